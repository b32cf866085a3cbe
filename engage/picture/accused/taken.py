"""How do the tables that are taken away write somebody's part, where a record accuses them? As lists do (rules.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from engage.picture.accused.listing import Asked, day_of, written
from engage.picture.accused.rules import accuses
from engage.picture.seeing import Sight


# Each table that says somebody's part, with the column that does. Of a relationship nobody knows the day.
_SAYS = {"chronology": "role", "tie": "how", "role": "role", "relationship": "kind"}
_WHOSE = "select record_id, person_id from person_of_record where record_id in (select unnest(?))"
_WHEN = "select record_id, min(happened_from_at) from event where record_id in (select unnest(?)) group by record_id"


def as_listed(cursor: Any, see: Sight, table: str, rows: pa.Table) -> pa.Table:
    """The rows of a table that the viewer may take away, with every part as lists write it. `cursor` reads the tables as of today."""
    column = _SAYS.get(table)
    if column is None:
        return rows
    parts = rows.column(column).to_pylist()
    at = [number for number, part in enumerate(parts) if accuses(part)]
    if not at:
        return rows
    some = rows.take(at).to_pylist()
    asked = _of_pages(some, column) if table in ("chronology", "tie") else _of_records(cursor, some, column)
    is_event = [row.get("through") == "event" for row in some]
    said = {titled: written(see, asked, is_titled=titled) for titled in (True, False)}
    for number, one, titled in zip(at, asked, is_event, strict=True):
        parts[number] = said[titled][one]
    index = rows.schema.get_field_index(column)
    return rows.set_column(index, rows.schema.field(index), pa.array(parts, rows.schema.field(index).type))


def _of_pages(rows: Iterable[Mapping[str, Any]], column: str) -> list[Asked]:
    """Of tables that pages are served from: they say who it is today, and when it happened."""
    return [(row["person_id"], row[column], day_of(row["happened_from_at"])) for row in rows]


def _of_records(cursor: Any, rows: Sequence[Mapping[str, Any]], column: str) -> list[Asked]:
    """Of tables of records: who that is, and when the event happened, stands in others."""
    ends = [row.get("thing_record_id") or row.get("from_record_id") or "" for row in rows]
    events = [row.get("event_record_id") or "" for row in rows]
    whose = dict(cursor.execute(_WHOSE, [ends]).fetchall())
    days = dict(cursor.execute(_WHEN, [events]).fetchall())
    found = zip(rows, ends, events, strict=True)
    return [(whose.get(end, ""), row[column], day_of(days.get(event))) for row, end, event in found]
