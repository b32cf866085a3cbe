"""The writing door: a worker records something about a person; a table is taken away as a file by somebody who may."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.identities import assignments
from engage.identities import tables as identities_tables
from engage.picture import queries
from engage.picture import tables as picture_tables
from engage.picture.rules import Filters
from engage.picture.seeing import Sight, sight
from engage.records import actions as records
from engage.records import tables as records_tables
from engage.store.area import Area
from engage.store.tables import Table
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import Happened
from engage.vocabulary.words import N_, EngageError, Sentence


class ExportRefused(EngageError):
    """There is no such table, or the file's ending says no kind of file."""


EXPORTED: dict[str, Table] = {
    table.name: table
    for module in (records_tables, identities_tables, picture_tables)
    for table in module.DERIVED_TABLES
}


@dataclass(frozen=True)
class Note:
    """What a worker records by hand: an exchange kind, one line, the words, when it happened (`written` as typed), and the
    handling and grade given to it ("" for none)."""

    kind: str
    title: str
    text: str
    happened: Happened
    written: str = ""
    handling: str = ""
    grade: str = ""


def record_by_hand(*, viewing: Viewing, build: Build, area: Area, person_id: str, note: Note) -> int:
    """Keep what a worker recorded about a person as their own agency's; return the entry's number. Audited.

    It stands in the chronology at once. Raises MayNotDo, PersonNotShown when the worker may see nothing of the person,
    RecordingRefused.
    """
    access.check_can(viewer=viewing.viewer, what="record")
    page = queries.person_page(
        viewing=viewing, build=build, area=area, person_id=person_id, filters=Filters(per_page=1)
    )
    record_ids = assignments.person(build, page.person_id).record_ids
    own = f"{area.code}:{viewing.viewer.agency}:"
    record = records.HandRecord(
        person_id=page.person_id, person_record_id=min(record_ids, key=lambda r: (not r.startswith(own), r)), kind=note.kind,
        title=note.title, text=note.text, happened_from_at=note.happened.from_at, happened_until_at=note.happened.until_at,
        happened_precision=note.happened.precision.value, happened_text=note.written, handling=note.handling, grade=note.grade,
    )  # fmt: skip
    return records.record_by_hand(area=area, viewing=viewing, record=record)


def export_table(*, viewing: Viewing, build: Build, table: str, out: Path) -> int:
    """Write the rows of a derived table that the viewer may see to a .csv or .parquet file; return how many.

    A row is decided on by its agency, handling, sensitivity and cohort, or by those of the records it was made from: what has
    neither is given to nobody. Raises ExportRefused. Audited.
    """
    if table not in EXPORTED:
        known = {"table": table, "known": ", ".join(sorted(EXPORTED))}
        raise ExportRefused(
            Sentence(N_("There is no derived table “%(table)s”."), known),
            remedy=Sentence(N_("There are: %(known)s."), known),
        )
    if out.suffix not in {".csv", ".parquet"}:
        raise ExportRefused(
            Sentence(N_("%(file)s is neither .csv nor .parquet."), {"file": out.name}),
            remedy=N_("Name it with one of the two endings."),
        )
    cursor = build.analysis()
    try:
        rows = _visible(cursor, table, sight(viewing, build))
    finally:
        cursor.close()
    governance.record_view(
        viewing=viewing,
        action="table.export",
        subject=table,
        fields=EXPORTED[table].column_names(),
        decision="allow",
    )
    _write(rows, out)
    return int(rows.num_rows)


def _visible(cursor: Any, table: str, see: Sight) -> pa.Table:
    """The rows whose every access base the viewer may see. Registers are let through only where somebody else has a reason."""
    columns = {row[0] for row in cursor.execute(f'describe "{table}"').fetchall()}
    names = ", ".join(c for c in EXPORTED[table].column_names() if c in columns)
    cursor.execute("create or replace temp table may_see (access_base integer, needs_reason boolean)")
    kind = table if table in {t.name for t in records_tables.EXCHANGE_TABLES} else "person_record"
    everybody = frozenset({"*"})
    allowed = [
        (base, not see.may(base, kind, frozenset())) for base in see.bases if see.may(base, kind, everybody)
    ]
    if allowed:
        cursor.executemany("insert into may_see values (?, ?)", allowed)
    where = _where(table, columns)
    return cursor.sql(f'select {names} from "{table}" t where {where}').to_arrow_table()


_OPEN_RECORDS = """
    select r.record_id from person_record r join access_base b on b.agency = r.agency and b.handling = r.handling
        and b.sensitivity = r.sensitivity and b.cohort = r.cohort join may_see m using (access_base)
    where not m.needs_reason or exists (
        select 1 from person_of_record p join reason s on s.person_id = p.person_id where p.record_id = r.record_id and s.agency <> r.agency)
"""


def _where(table: str, columns: set[str]) -> str:
    if table in {"delivery", "coverage", "access_base", "link_level", "link_dropped_key"}:
        return "true"
    if "access_base" in columns:
        bases = [
            c
            for c in ("access_base", "other_base", "role_base", "narrative_base", "place_base")
            if c in columns
        ]
        return " and ".join(
            f"(t.{b} is null or t.{b} in (select access_base from may_see where not needs_reason))"
            for b in bases
        )
    if {"agency", "handling", "sensitivity", "cohort"} <= columns:
        return _exchange_where(columns)
    records = [c for c in ("record_id", "left_record_id", "right_record_id") if c in columns]
    return " and ".join(f"t.{c} in ({_OPEN_RECORDS})" for c in records) or "false"


def _exchange_where(columns: set[str]) -> str:
    base = (
        "exists (select 1 from access_base b join may_see m using (access_base) where b.agency = t.agency and b.handling = t.handling "
        "and b.sensitivity = t.sensitivity and b.cohort = t.cohort and {extra})"
    )
    person = next(
        (c for c in ("person_record_id", "from_record_id", "thing_record_id") if c in columns), "record_id"
    )
    return f"({base.format(extra='not m.needs_reason')} or ({base.format(extra='m.needs_reason')} and t.{person} in ({_OPEN_RECORDS})))"


def _write(rows: pa.Table, out: Path) -> None:
    import pyarrow.csv as csv
    import pyarrow.parquet as pq

    if out.suffix == ".parquet":
        pq.write_table(rows, out, compression="zstd")
        return
    lists = [f.name for f in rows.schema if pa.types.is_list(f.type)]
    for name in lists:
        texts = ["; ".join(map(str, v)) if v is not None else None for v in rows.column(name).to_pylist()]
        rows = rows.set_column(rows.schema.get_field_index(name), name, pa.array(texts, pa.string()))
    for index, column in enumerate(rows.schema):
        if pa.types.is_string(column.type):
            rows = rows.set_column(
                index,
                column.name,
                pa.array([_not_a_formula(v) for v in rows.column(index).to_pylist()], pa.string()),
            )
    csv.write_csv(rows, out)


def _not_a_formula(text: str | None) -> str | None:
    """A spreadsheet takes a cell that begins like this for a formula and runs it."""
    return "'" + text if text and text[0] in "=+-@\t\r" else text
