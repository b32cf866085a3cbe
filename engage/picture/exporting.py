"""Which rows of a derived table may a viewer take away, and how are they written?

A row is decided on by its agency, handling, sensitivity and cohort, or by those of the records that it was made from, or that it
leads to; every one of them must be open. What has none of these is given to nobody, unless the table tells of no person at all.
"""

from __future__ import annotations

import csv
import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from engage.governance.policies import CHARACTERISTIC, HANDLING_ORDER
from engage.identities.judging import standing
from engage.picture import following
from engage.picture.indicators import moving as indicators
from engage.picture.seeing import Sight
from engage.records import tables as records_tables
from engage.store.rows import lay_rows
from engage.store.tables import Table
from engage.vocabulary.access import Cohort
from engage.vocabulary.words import N_, EngageError, Sentence


class CannotWrite(EngageError):
    """The file that was asked for cannot be written where it was asked for."""


_EXCHANGE = {table.name for table in records_tables.EXCHANGE_TABLES}
# Every base of a row of these tables with the kind of fact that it is decided on, a column of the row or a word.
_BASES = {
    "said": (("access_base", "t.kind"), ("other_base", "t.kind")),
    "find": (("access_base", "t.kind"), ("other_base", "t.kind")),
    "told": (("access_base", "'narrative'"),),
    "missing_place": (("access_base", "'event'"), ("place_base", "'location'"), ("thing_base", "'role'")),
    "worded": (("access_base", "'narrative'"),),
    "proposal": (("access_base", "'person_record'"), ("other_base", "'person_record'")),
    "tie": (
        ("access_base", "t.through"),
        ("other_base", "t.kind"),
        ("role_base", "'role'"),
        ("thing_base", "'role'"),
    ),
    "chronology": (
        ("access_base", "t.fact"),
        ("role_base", "'role'"),
        ("event_base", "'event'"),
        ("narrative_base", "'narrative'"),
        ("place_base", "'location'"),
    ),
}
# What a join is made of: who takes joins away must be allowed all of these, with the strictest handling of them.
_JOINED = ("person_record", "person_name", "identifier", "location", "contact_point", "relationship")
# Rows of these tables are a person's by this record: whether nobody has judged its join goes with them, as `is_unjudged`.
_OF_RECORD = {
    "said": "record_id",
    "chronology": "person_record_id",
    "tie": "person_record_id",
    "evidence": "person_record_id",
    "person_of_record": "record_id",
}
_NAMES_RECORDS = (
    "record_id", "person_record_id", "event_record_id", "thing_record_id", "other_record_id", "left_record_id", "right_record_id", "from_record_id", "to_record_id", "via_record_id",
)  # fmt: skip
_RECORDS = ("record_id", "left_record_id", "right_record_id", "cluster")


def visible(cursor: Any, table: Table, see: Sight) -> pa.Table:
    """The rows whose every access base the viewer may see, as of today: what people judged since the build is followed by every
    table of `following.FOLLOW`. Registers are let through only where somebody else has a reason."""
    following.follow(cursor, see.today.moved)
    columns = {row[0] for row in cursor.execute(f'describe "{table.name}"').fetchall()}
    names = [f"t.{c}" for c in table.column_names() if c in columns]
    _say_what_may_be_seen(cursor, see)
    if record := _OF_RECORD.get(table.name):
        _say_what_was_judged(cursor)
        names.append(f"coalesce(t.{record} in (from unjudged), false) as is_unjudged")
    where = f"({_where(table.name, columns)}){_not_barred(cursor, see, columns)}"
    if table.name == "evidence" and see.today.moved:
        where += f" and {indicators.OF_A_CHILD_TODAY}"
    return cursor.sql(f'select {", ".join(names)} from "{table.name}" t where {where}').to_arrow_table()


def hides_all(cursor: Any, table: Table, rows: pa.Table) -> bool:
    """The table has rows, and the viewer may see none of them."""
    return not rows.num_rows and bool(cursor.execute(f'select 1 from "{table.name}" limit 1').fetchone())


def _say_what_may_be_seen(cursor: Any, see: Sight) -> None:
    """Make `may_see` (access_base, kind, needs_reason), `may_join` (agency, handling) for what joins were made of, and `tells`
    for what gives a reason."""
    everybody, nobody = frozenset({"*"}), frozenset[str]()
    facts = {"access_base": "integer", "kind": "varchar"}
    lay_rows(cursor, "tells", facts, [*see.tells, (None, None)], temporary=True)
    seen = [
        (base, kind, not see.may(base, kind, nobody))
        for base in see.bases
        for kind in sorted(_EXCHANGE | {CHARACTERISTIC})
        if see.may(base, kind, everybody)
    ]
    lay_rows(cursor, "may_see", {**facts, "needs_reason": "boolean"}, seen, temporary=True)
    agencies = {base[0] for base in see.bases.values()}
    joined = [
        (agency, handling)
        for agency in sorted(agencies)
        for handling in HANDLING_ORDER
        if all(see.may((agency, handling, "standard", Cohort.CASE), kind, nobody) for kind in _JOINED)
    ]
    lay_rows(cursor, "may_join", {"agency": "varchar", "handling": "varchar"}, joined, temporary=True)


_OPEN_RECORDS = """
    select r.record_id from person_record r join access_base b on b.agency = r.agency and b.handling = r.handling
        and b.sensitivity = r.sensitivity and b.cohort = r.cohort join may_see m on m.access_base = b.access_base and m.kind = 'person_record'
    where not m.needs_reason or exists (
        select 1 from person_of_record p join reason s on s.person_id = p.person_id join tells on tells.access_base = s.access_base
            and tells.kind = s.kind where p.record_id = r.record_id and s.agency <> r.agency and s.known_until_on is null)
"""


def _say_what_was_judged(cursor: Any) -> None:
    """Make `unjudged`: of the records that may be seen, those that stand with others of their person by the software alone."""
    pairs = sorted(standing.tied_pairs())
    lay_rows(cursor, "judged_pair", {"one": "varchar", "other": "varchar"}, pairs, temporary=True)
    cursor.execute(f"create or replace temp table open_record as {_OPEN_RECORDS}")
    held = cursor.execute(
        "select p.person_id, one, other from judged_pair join person_of_record p on p.record_id = one join person_of_record o on o.record_id = other "
        "where p.person_id = o.person_id and one in (from open_record) and other in (from open_record)"
    ).fetchall()
    judged = [(record,) for record in standing.held_together(held)]
    lay_rows(cursor, "judged", {"record_id": "varchar"}, judged, temporary=True)
    cursor.execute(
        "create or replace temp table unjudged as select record_id from (select *, count(*) over (partition by person_id) as records "
        "from person_of_record semi join open_record using (record_id)) where records > 1 and record_id not in (from judged)"
    )


# These tell of deliveries, rules and the model: of no person.
_OPEN_TABLES = {
    "delivery",
    "coverage",
    "covers",
    "access_base",
    "evidence_access",
    "mentioned_access",
    "find_kind",
    "link_level",
    "link_dropped_key",
    "link_left_out",
}
_LED_TO = (
    "(select f.key from find f join may_see m on m.access_base = f.access_base and m.kind = f.kind "
    "where not m.needs_reason and f.other_base is null)"
)
_TEXT_OPEN = "(t.access_base, 'narrative') in (select access_base, kind from may_see where not needs_reason)"
_NAMED_OPEN = (
    "t.access_set not in (select e.access_set from mentioned_access e where (e.access_base, e.kind) not in "
    "(select access_base, kind from may_see where not needs_reason))"
)
_BY_WHAT_IT_LEADS_TO = {
    # Words that only records make a mention are one for whoever may see such a record.
    "mentioned": f"{_TEXT_OPEN} and (t.is_certain = 1 or (t.record_id, t.kind, t.from_sign, t.until_sign) in "
    f"(select t.record_id, t.kind, t.from_sign, t.until_sign from mentioned_as t where {_NAMED_OPEN}))",
    "mentioned_as": f"{_TEXT_OPEN} and {_NAMED_OPEN}",
    "spelling": f"t.word in (select unnest(string_split(substr(l.key, 6), ' ')) from {_LED_TO} l where l.key like 'name:%')",
    "written_name": f"'name:' || t.words in {_LED_TO}",
    # It counts the names of everybody.
    "name_part": "false",
    # It has the names and places that all agencies gave.
    "name_at_place": "false",
    "part": f"split_part(t.key, ':', 1) || ':' || t.whole in {_LED_TO}",
    "evidence": "t.access_set not in (select e.access_set from evidence_access e where (e.access_base, e.kind) not in "
    "(select access_base, kind from may_see where not needs_reason))",
    "reason": "(t.access_base, t.kind) in (select access_base, kind from may_see where not needs_reason)",
}


def _not_barred(cursor: Any, see: Sight, columns: set[str]) -> str:
    """Nothing of whom the viewer declared a relationship to, by whichever record or person a row names."""
    barred = sorted(see.bars.people | see.bars.records)
    lay_rows(cursor, "barred", {"id": "varchar"}, [(one,) for one in barred], temporary=True)
    named = [column for column in (*_NAMES_RECORDS, "person_id", "other_person_id") if column in columns]
    return "".join(f" and (t.{column} is null or t.{column} not in (from barred))" for column in named)


def _where(table: str, columns: set[str]) -> str:
    if table in _OPEN_TABLES:
        return "true"
    if table in _BY_WHAT_IT_LEADS_TO:
        return _BY_WHAT_IT_LEADS_TO[table]
    if table in _BASES:
        return " and ".join(
            f"(t.{base} is null or (t.{base}, {kind}) in (select access_base, kind from may_see where not needs_reason))"
            for base, kind in _BASES[table]
        )
    if {"agency", "handling", "sensitivity", "cohort"} <= columns:
        return _exchange_where(table, columns)
    records = [c for c in _RECORDS if c in columns]
    parts = [f"t.{c} in ({_OPEN_RECORDS})" for c in records]
    if "handling" in columns:
        parts += [
            f"exists (select 1 from person_record r join may_join j on j.agency = r.agency where r.record_id = t.{c} and j.handling = t.handling)"
            for c in records
        ]
    return " and ".join(parts) or "false"


def _exchange_where(table: str, columns: set[str]) -> str:
    kind = table if table in _EXCHANGE else "person_record"
    base = (
        f"exists (select 1 from access_base b join may_see m on m.access_base = b.access_base and m.kind = '{kind}' where b.agency = t.agency "
        "and b.handling = t.handling and b.sensitivity = t.sensitivity and b.cohort = t.cohort and {extra})"
    )
    person = next(
        (
            c
            for c in ("person_record_id", "from_record_id", "thing_record_id", "new_record_id")
            if c in columns
        ),
        "record_id",
    )
    other = (
        f" and (t.to_thing <> 'person' or t.to_record_id in ({_OPEN_RECORDS}))"
        if "to_thing" in columns
        else ""
    )
    return (
        f"({base.format(extra='not m.needs_reason')} or ({base.format(extra='m.needs_reason')} and t.{person} in ({_OPEN_RECORDS})))"
        + other
    )


@contextmanager
def written_beside(out: Path, *, make_folder: bool = False) -> Iterator[Path]:
    """A file to write that takes the place of `out` at the end; if anything fails, `out` stays as it was. Raises CannotWrite."""
    aside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        if make_folder:
            out.parent.mkdir(parents=True, exist_ok=True)
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        aside.touch(exist_ok=False)
        yield aside
        aside.replace(out)
    except OSError as error:
        values = {"file": str(out), "why": error.strerror or str(error)}
        raise CannotWrite(
            Sentence(N_("%(file)s cannot be written: %(why)s."), values),
            remedy=N_("Name a file in a folder that exists, that you may write to, and that has room."),
        ) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def write_rows(
    out: Path, head: Sequence[str], rows: Iterable[Sequence[Any]], *, make_folder: bool = False
) -> None:
    """Write rows as CSV under their head, whole or not at all; no text in them is a formula. Raises CannotWrite."""
    with (
        written_beside(out, make_folder=make_folder) as aside,
        aside.open("w", encoding="utf-8", newline="") as handle,
    ):
        writer = csv.writer(handle)
        writer.writerow(head)
        writer.writerows(safe(row) for row in rows)


def safe(row: Iterable[Any]) -> list[Any]:
    """The cells of a row of a CSV with no text among them that a spreadsheet would run; numbers and days stay what they are."""
    return [not_a_formula(cell) if isinstance(cell, str) else cell for cell in row]


def write(rows: pa.Table, out: Path, kind: str) -> None:
    """Write the rows to a file of the kind .csv or .parquet; in a CSV lists are joined with semicolons, and no cell is a formula."""
    import pyarrow.csv as arrow_csv
    import pyarrow.parquet as pq

    if kind == ".parquet":
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
                pa.array([v and not_a_formula(v) for v in rows.column(index).to_pylist()], pa.string()),
            )
    arrow_csv.write_csv(rows, out)


# What a spreadsheet takes for a formula. A sign before figures, spaces and points alone is a phone number or a weight: at worst it is read as a number.
_FORMULA = re.compile(r"[=@\t\r\n]|[+-](?![0-9][0-9 .]*\Z)")


def not_a_formula(text: str) -> str:
    """A spreadsheet takes a cell that begins like this for a formula and runs it; with a quote before it, it does not."""
    return "'" + text if _FORMULA.match(text) else text
