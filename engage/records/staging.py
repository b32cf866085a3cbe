"""How do the rows of all deliveries come together as text, one staging table for each kind of thing that rows make?

A staging row has the provenance of the row it came from and the fields of its kind as the mapping read them: still text, not
yet one version of a record. What no entry took, or had no id, is a reject with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engage.records.mapping.compiling import Scope, field_sql, value_sql, when_sql
from engage.records.mapping.declared import Mapping
from engage.records.mapping.entries import (
    ENTRY_FIELDS,
    PART,
    PART_NUMBER,
    entry_columns,
    field_columns,
    value_columns,
)
from engage.records.sources import Source, source_of
from engage.store.sql import literal, quoted


COMMON = (
    "entry", "record_id", "agency", "file", "source_id", "delivery_id", "seq", "row_number", "received_text", "delivery_on",
    "is_reference", "cohort", "handling_text", "grade", "sensitivity", "extra",
)  # fmt: skip
_TYPES = {"seq": "integer", "row_number": "bigint", "delivery_on": "date", "is_reference": "boolean"}
_OF_ROWS = ("received", "handling", "grade", "sensitivity")
_COMMON_FIELDS = frozenset({"id", "people", *_OF_ROWS})


def stage_columns(kind: str) -> list[str]:
    """The columns of a kind's staging table."""
    return [*COMMON, *(f"f_{field}" for field in ENTRY_FIELDS[kind] if field not in _COMMON_FIELDS)]


def create(connection: Any) -> None:
    """Make the empty staging tables, and the table of which column each field came from."""
    for kind in ENTRY_FIELDS:
        body = ", ".join(f"{column} {_TYPES.get(column, 'varchar')}" for column in stage_columns(kind))
        connection.execute(f"create or replace temp table stage_{kind} ({body})")
    connection.execute(
        "create or replace temp table field_column (entry varchar, field varchar, column_name varchar)"
    )
    connection.execute(
        "create or replace temp table row_taken (delivery_id varchar, file varchar, row_number bigint, sent_name varchar, "
        "has_id boolean, is_taken boolean, cohort varchar, agency varchar, id_column varchar, handling_text varchar, sensitivity varchar)"
    )


def stage(
    connection: Any, *, area: str, delivery: Any, mapping: Mapping, deliveries: Sequence[Any] = ()
) -> None:
    """Put every row of a delivery into the staging tables. `deliveries` are all that are kept, for joins between files."""
    for sent in delivery.files:
        source = source_of(
            connection, area=area, delivery=delivery, sent=sent, mapping=mapping, deliveries=deliveries
        )
        taken = [
            condition
            for number, entry in enumerate(source.file.raw.get("makes", []), 1)
            for condition in _stage_entry(connection, source, number, entry)
        ]
        if taken:  # a file that makes nothing is there to be joined to others
            _note_rows(connection, source, taken)


def _stage_entry(connection: Any, source: Source, number: int, entry: dict[str, Any]) -> Iterator[str]:
    """Stage one entry, once for each repetition; yield the conditions under which it takes a row."""
    kind = next(k for k in ENTRY_FIELDS if k in entry)
    fields, part = entry[kind], entry.get("for_each_part")
    for n in [str(n) for n in entry.get("for_each", [""])]:
        scope = source.scope(n)
        name = f"{source.mapping.name}/{source.file.name}/{number}{n}"
        made = _Made(name, kind, number, n, fields, entry.get("cohort", source.file.cohort))
        id_sql = _id_sql(made, source, part)
        condition = when_sql({k.replace("{n}", n): v for k, v in entry.get("when", {}).items()}, scope)
        selected = {
            **_common_sql(made, id_sql, source, scope),
            **{f"f_{f}": field_sql(f, v, scope) for f, v in fields.items() if f not in _COMMON_FIELDS},
        }
        where = " and ".join([f"{id_sql} is not null", condition, *_is_filled(entry, n, scope)])
        rows = f"{source.rows_sql(part)} where {where}"
        _insert(connection, f"stage_{kind}", selected, rows)
        _people(connection, (made, id_sql), source, scope, rows)
        _note_columns(connection, made, source)
        yield condition


@dataclass(frozen=True)
class _Made:
    """What one repetition of an entry makes: its name in the rejects, its kind, its place, its word, its fields and
    the cohort."""

    name: str
    kind: str
    number: int
    n: str
    fields: dict[str, Any]
    cohort: str


def _insert(connection: Any, table: str, selected: dict[str, str], rows: str) -> None:
    columns, values = ", ".join(selected), ", ".join(selected.values())
    connection.execute(f"insert into {table} ({columns}) select {values} from {rows}")


def _is_filled(entry: dict[str, Any], n: str, scope: Scope) -> Iterator[str]:
    """A repetition whose own columns are all empty makes nothing, and no more does an empty part of a cell."""
    own = sorted({c for c in entry_columns(entry, [n]) if n and c not in entry_columns(entry, [""])})
    if own:
        yield f"coalesce({', '.join(value_sql(c, scope) for c in own)}) is not null"
    if "for_each_part" in entry:
        yield f"{value_sql(PART, scope)} is not null"


def _id_sql(made: _Made, source: Source, part: dict[str, str] | None) -> str:
    scope = source.scope(made.n)
    if "id" in made.fields:
        return value_sql(made.fields["id"], scope)
    whole = value_sql(source.file.raw["id"], scope)
    if part:
        return f"({whole} || {literal(f'/{made.kind}{made.number}{made.n}-')} || r.{quoted(PART_NUMBER)})"
    if made.kind in ("role", "relationship") or made.n:
        return f"({whole} || {literal(f'/{made.kind}{made.number}{made.n}')})"
    return whole


def _common_sql(made: _Made, id_sql: str, source: Source, scope: Scope) -> dict[str, str]:
    raw = {**source.mapping.raw, **source.file.raw, **made.fields}
    named = {c.replace("{n}", made.n).lower() for c in value_columns(raw.get("received", []))}
    is_dated = bool(scope.columns & named)
    received = value_sql(raw["received"], scope) if is_dated else "null::varchar"
    return {
        "entry": literal(made.name),
        "record_id": f"{literal(source.prefix + source.file.name + ':')} || {id_sql}",
        "agency": literal(source.mapping.agency),
        "file": literal(source.file.name),
        "source_id": id_sql,
        "delivery_id": literal(source.delivery.delivery_id),
        "seq": str(source.delivery.seq),
        "row_number": "r._row",
        "received_text": received,
        "delivery_on": f"date {literal(source.delivery.received_on)}",
        "is_reference": "false" if is_dated else "true",
        "cohort": literal(made.cohort),
        "grade": value_sql(raw["grade"], scope) if "grade" in raw else "null::varchar",
        **_guard_sql(raw, scope),
        "extra": _extra_sql(made, source),
    }


def _guard_sql(raw: dict[str, Any], scope: Scope) -> dict[str, str]:
    """How a row is handled and how sensitive it is."""
    sensitivity = value_sql(raw["sensitivity"], scope) if "sensitivity" in raw else "null"
    return {
        "handling_text": value_sql(raw["handling"], scope) if "handling" in raw else "null::varchar",
        "sensitivity": f"coalesce({sensitivity}, 'standard')",
    }


def _extra_sql(made: _Made, source: Source) -> str:
    """Columns that the mapping does not name, and a handling that says more than its code ("C A1 S2"), verbatim. They belong to
    what has the row's own id: a person told again on every row of events is not another one because some other column is."""
    if _own_id(source) != made.fields.get("id", source.file.raw.get("id")):
        return "null::varchar"
    shared = {c for word in _OF_ROWS for c in value_columns(source.mapping.raw.get(word))}
    known = {c.lower() for c in source.file.known | shared}
    unknown = sorted(c for c in source.columns if c.lower() not in known)
    raw = {**source.mapping.raw, **source.file.raw, **made.fields}
    conditions = sorted(
        c for c in value_columns(raw.get("handling")) if c.lower() in {d.lower() for d in source.columns}
    )
    told = [f"{literal(c)}, r.{quoted(c)}" for c in unknown]
    told += [
        f"{literal(c)}, case when length(trim(r.{quoted(c)})) > 1 then r.{quoted(c)} end" for c in conditions
    ]
    pairs = ", ".join(told)
    return (
        f"nullif(json_merge_patch('{{}}', json_object({pairs}))::varchar, '{{}}')"
        if pairs
        else "null::varchar"
    )


def _own_id(source: Source) -> Any:
    """What tells a row of the file from another: the file's id, else that of what it makes first."""
    if "id" in source.file.raw:
        return source.file.raw["id"]
    first = source.file.raw["makes"][0]
    return next(first[kind] for kind in ENTRY_FIELDS if kind in first)["id"]


def _people(connection: Any, event: tuple[_Made, str], source: Source, scope: Scope, rows: str) -> None:
    """The persons that an event's own row names become roles of theirs in it."""
    made, id_sql = event
    for number, person in enumerate(made.fields.get("people", []), 1):
        selected = {
            **_common_sql(made, f"({id_sql} || '/person{number}')", source, scope),
            "extra": "null::varchar",
            "f_event": f"{literal(source.prefix + source.file.name + ':')} || {id_sql}",
            "f_person": field_sql("person", person["person"], scope),
            "f_role": value_sql(person["role"], scope),
        }
        _insert(connection, "stage_role", selected, f"{rows} and {selected['f_person']} is not null")


def _note_columns(connection: Any, made: _Made, source: Source) -> None:
    of_row = {w: v for w, v in {**source.mapping.raw, **source.file.raw}.items() if w in _OF_ROWS}
    rows = [
        (made.name, field, ", ".join(c.replace("{n}", made.n) for c in field_columns(field, value)))
        for field, value in {**of_row, **made.fields}.items()
    ]
    if rows:
        connection.executemany("insert into field_column values (?, ?, ?)", rows)


def _note_rows(connection: Any, source: Source, conditions: list[str]) -> None:
    """Remember rows that nothing took or that have no id, for the rejects."""
    scope = source.scope()
    key = _own_id(source)
    has_id = f"{value_sql(key, scope)} is not null"
    id_column = ", ".join(value_columns(key)) or "id"
    taken = " or ".join(f"({c})" for c in conditions) or "false"
    guard = _guard_sql({**source.mapping.raw, **source.file.raw}, scope)
    connection.execute(
        f"insert into row_taken select {literal(source.delivery.delivery_id)}, {literal(source.file.name)}, r._row, "
        f"{literal(source.sent.sent_name)}, {has_id}, {taken}, {literal(source.file.cohort)}, {literal(source.mapping.agency)}, "
        f"{literal(id_column)}, {guard['handling_text']}, {guard['sensitivity']} from {source.rows_sql()} where (not ({has_id}) or not ({taken})) and {_anything(source)}"
    )


def _anything(source: Source) -> str:
    """The row is not one of empty cells only, as spreadsheets leave behind the last one."""
    return f"coalesce({', '.join(f'r.{quoted(c)}' for c in sorted(source.columns))}) is not null"
