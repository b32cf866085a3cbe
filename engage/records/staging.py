"""How do the rows of all deliveries come together as text, one staging table for each kind of thing that rows make?

A staging row has the provenance of the row it came from and the fields of its kind as the mapping read them: still text, not
yet one version of a record. What no entry took, or had no id, is a reject with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from engage.records.compiling import Scope, field_sql, literal, quoted, value_sql, when_sql
from engage.records.entries import ENTRY_FIELDS, field_columns, value_columns
from engage.records.mapping import FileMapping, Mapping


class SentFile(Protocol):
    """As much of a kept file as staging needs."""

    file: str
    sent_name: str
    rows: Path
    broken: Path | None


class SentDelivery(Protocol):
    """As much of a kept delivery as staging needs."""

    delivery_id: str
    seq: int
    agency: str
    received_on: date
    extent: str
    files: Sequence[Any]


COMMON = (
    "entry", "record_id", "agency", "file", "source_id", "delivery_id", "seq", "row_number", "received_text", "delivery_on",
    "is_reference", "cohort", "handling_text", "grade", "sensitivity", "extra",
)  # fmt: skip
_TYPES = {"seq": "integer", "row_number": "bigint", "delivery_on": "date", "is_reference": "boolean"}
_COMMON_FIELDS = frozenset({"id", "received", "handling", "grade", "sensitivity", "people"})


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
        "has_id boolean, is_taken boolean, cohort varchar, agency varchar, id_column varchar, id_text varchar)"
    )


@dataclass(frozen=True)
class _Source:
    """One file of one delivery, with what the mapping says of it."""

    delivery: Any
    sent: Any
    mapping: Mapping
    file: FileMapping
    area: str
    columns: frozenset[str]
    joined: dict[str, tuple[str, str, str, frozenset[str]]]

    @property
    def prefix(self) -> str:
        return f"{self.area}:{self.mapping.agency}:"

    def scope(self, n: str = "") -> Scope:
        joined = {alias: columns for alias, (_p, _h, _t, columns) in self.joined.items()}
        return Scope(self.columns, joined, self.mapping.raw.get("code_lists", {}), self.prefix, n)

    def rows_sql(self) -> str:
        """The rows with the files joined to them. Of several rows with the key of a join, the last one counts."""
        sql = f"read_parquet({literal(self.sent.rows)}) r"
        for alias, (path, here, there, _columns) in self.joined.items():
            other = f"(select * from read_parquet({literal(path)}) qualify row_number() over (partition by {quoted(there)} order by _row desc) = 1)"
            sql += f" left join {other} {quoted('j_' + alias)} on r.{quoted(here)} = {quoted('j_' + alias)}.{quoted(there)}"
        return sql


def stage(connection: Any, *, area: str, delivery: Any, mapping: Mapping) -> None:
    """Put every row of a delivery into the staging tables."""
    for sent in delivery.files:
        source = _source(connection, area, delivery, sent, mapping)
        taken = [
            condition
            for number, entry in enumerate(source.file.raw.get("makes", []), 1)
            for condition in _stage_entry(connection, source, number, entry)
        ]
        if taken:  # a file that makes nothing is there to be joined to others
            _note_rows(connection, source, taken)


def _source(connection: Any, area: str, delivery: Any, sent: Any, mapping: Mapping) -> _Source:
    file = mapping.file(sent.file)
    joined = {}
    for alias, on in file.raw.get("join", {}).items():
        here, there = (on["here"], on["there"]) if isinstance(on, dict) else (on, on)
        other = next((f for f in delivery.files if f.file == alias), None)
        if other is not None:
            joined[alias] = (str(other.rows), here, there, _columns(connection, other.rows))
    return _Source(delivery, sent, mapping, file, area, _columns(connection, sent.rows), joined)


def _columns(connection: Any, rows: Path) -> frozenset[str]:
    described = connection.execute(f"describe select * from read_parquet({literal(rows)})").fetchall()
    return frozenset(row[0] for row in described)


def _stage_entry(connection: Any, source: _Source, number: int, entry: dict[str, Any]) -> Iterator[str]:
    """Stage one entry, once for each repetition; yield the conditions under which it takes a row."""
    kind = next(k for k in ENTRY_FIELDS if k in entry)
    fields = entry[kind]
    for n in [str(n) for n in entry.get("for_each", [""])]:
        scope = source.scope(n)
        name = f"{source.mapping.name}/{source.file.name}/{number}{n}"
        condition = when_sql({k.replace("{n}", n): v for k, v in entry.get("when", {}).items()}, scope)
        id_sql = _id_sql(kind, number, n, fields, source)
        selected = {
            **_common_sql(name, id_sql, fields, source, scope),
            **{f"f_{f}": field_sql(f, v, scope) for f, v in fields.items() if f not in _COMMON_FIELDS},
        }
        columns, values = ", ".join(selected), ", ".join(selected.values())
        where = f"{id_sql} is not null and {condition}"
        connection.execute(
            f"insert into stage_{kind} ({columns}) select {values} from {source.rows_sql()} where {where}"
        )
        _people(connection, name, fields, source, scope, where)
        _note_columns(connection, name, fields, n)
        yield condition


def _id_sql(kind: str, number: int, n: str, fields: dict[str, Any], source: _Source) -> str:
    scope = source.scope(n)
    if "id" in fields:
        return value_sql(fields["id"], scope)
    whole = value_sql(source.file.raw["id"], scope)
    if kind in ("role", "relationship") or n:
        return f"({whole} || {literal(f'/{kind}{number}{n}')})"
    return whole


def _common_sql(
    name: str, id_sql: str, fields: dict[str, Any], source: _Source, scope: Scope
) -> dict[str, str]:
    raw = {**source.mapping.raw, **source.file.raw, **fields}
    is_dated = "received" in raw and bool(source.columns.intersection(value_columns(raw["received"])))
    received = value_sql(raw["received"], scope) if is_dated else "null::varchar"
    return {
        "entry": literal(name),
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
        "cohort": literal(source.file.cohort),
        "handling_text": value_sql(raw["handling"], scope) if "handling" in raw else "null::varchar",
        "grade": value_sql(raw["grade"], scope) if "grade" in raw else "null::varchar",
        "sensitivity": f"coalesce({value_sql(raw['sensitivity'], scope)}, 'standard')"
        if "sensitivity" in raw
        else "'standard'",
        "extra": _extra_sql(source),
    }


def _extra_sql(source: _Source) -> str:
    shared = {
        c
        for word in ("received", "handling", "grade", "sensitivity")
        for c in value_columns(source.mapping.raw.get(word))
    }
    unknown = sorted(c for c in source.columns - source.file.known - shared if not c.startswith("_"))
    pairs = ", ".join(f"{literal(c)}, r.{quoted(c)}" for c in unknown)
    return (
        f"nullif(json_merge_patch('{{}}', json_object({pairs}))::varchar, '{{}}')"
        if pairs
        else "null::varchar"
    )


def _people(
    connection: Any, name: str, fields: dict[str, Any], source: _Source, scope: Scope, where: str
) -> None:
    """The persons that an event's own row names become roles of theirs in it."""
    for number, person in enumerate(fields.get("people", []), 1):
        whole = value_sql(fields.get("id", source.file.raw.get("id")), scope)
        id_sql = f"({whole} || '/person{number}')"
        selected = {
            **_common_sql(name, id_sql, fields, source, scope),
            "f_event": f"{literal(source.prefix + source.file.name + ':')} || {whole}",
            "f_person": field_sql("person", person["person"], scope),
            "f_role": value_sql(person["role"], scope),
        }
        columns, values = ", ".join(selected), ", ".join(selected.values())
        connection.execute(
            f"insert into stage_role ({columns}) select {values} from {source.rows_sql()} where {where} and {selected['f_person']} is not null"
        )


def _note_columns(connection: Any, name: str, fields: dict[str, Any], n: str) -> None:
    rows = [
        (name, field, ", ".join(c.replace("{n}", n) for c in field_columns(field, value)))
        for field, value in fields.items()
    ]
    connection.executemany("insert into field_column values (?, ?, ?)", rows)


def _note_rows(connection: Any, source: _Source, conditions: list[str]) -> None:
    """Remember rows that nothing took or that have no id, for the rejects."""
    scope = source.scope()
    key = source.file.raw.get("id")
    has_id = f"{value_sql(key, scope)} is not null" if key is not None else "true"
    id_column = key if isinstance(key, str) else "id"
    taken = " or ".join(f"({c})" for c in conditions) or "false"
    connection.execute(
        f"insert into row_taken select {literal(source.delivery.delivery_id)}, {literal(source.file.name)}, r._row, "
        f"{literal(source.sent.sent_name)}, {has_id}, {taken}, {literal(source.file.cohort)}, {literal(source.mapping.agency)}, "
        f"{literal(id_column)}, null from {source.rows_sql()} where not ({has_id}) or not ({taken})"
    )
