"""Which rows does an entry of a mapping read: those of one file, with the columns of other files joined to them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engage.records.files.rows import OWN_COLUMNS
from engage.records.mapping.compiling import Scope, value_sql
from engage.records.mapping.declared import FileMapping, Mapping
from engage.records.mapping.entries import PART, PART_NUMBER, named_columns
from engage.store.sql import literal, quoted


_JOINED = "joined_rows"


@dataclass(frozen=True)
class Source:
    """One file of one delivery, with what the mapping says of it. `rows` is what SQL reads its rows from; `columns` those
    of the file as sent, `joined` those that came from other files, as FILE.column."""

    delivery: Any
    sent: Any
    mapping: Mapping
    file: FileMapping
    area: str
    rows: str
    columns: frozenset[str]
    joined: frozenset[str]

    @property
    def prefix(self) -> str:
        """What the record keys of this agency begin with."""
        return f"{self.area}:{self.mapping.agency}:"

    def scope(self, n: str = "") -> Scope:
        """What a value of this file may refer to."""
        return Scope(
            frozenset(c.lower() for c in self.columns | self.joined),
            self.mapping.raw.get("code_lists", {}),
            self.prefix,
            n,
        )

    def rows_sql(self, part: dict[str, str] | None = None) -> str:
        """The rows; with `part`, once for each part of a cell, in the columns {part} and {part number}."""
        if not part:
            return f"{self.rows} r"
        cell = f"string_split({value_sql(part['of'], self.scope())}, {literal(part['at'])})"
        return (
            f"(select *, trim(unnest({cell})) as {quoted(PART)}, generate_subscripts({cell}, 1)::varchar as {quoted(PART_NUMBER)} "
            f"from {self.rows} r) r"
        )


def source_of(
    connection: Any, *, area: str, delivery: Any, sent: Any, mapping: Mapping, deliveries: Sequence[Any]
) -> Source:
    """The rows of a file, joined to the files that its mapping names: of this delivery, else of the agency's last one before."""
    file = mapping.file(sent.file)
    columns = columns_of_rows(connection, [sent.rows])
    rows, joined = f"read_parquet({literal(sent.rows)})", frozenset[str]()
    wanted = file.raw.get("join", {})
    if wanted:
        named = {c.lower() for c in named_columns(file.raw)}
        for alias, on in wanted.items():
            paths = _files_called(alias, delivery, deliveries)
            if paths:
                there = columns_of_rows(connection, paths)
                picked = frozenset(c for c in there if f"{alias}.{c}".lower() in named)
                rows, joined = _join(rows, joined, (alias, on, paths), (columns, there, picked))
        connection.execute(f"create or replace temp table {_JOINED} as select r.* from {rows} r")
        rows = _JOINED
    return Source(delivery, sent, mapping, file, area, rows, columns, joined)


def columns_of_rows(connection: Any, paths: Sequence[Path]) -> frozenset[str]:
    """The columns that kept rows have, as their sender named them."""
    described = connection.execute(f"describe select * from {_parquet(paths)}").fetchall()
    return frozenset(row[0] for row in described if row[0] not in OWN_COLUMNS)


def _parquet(paths: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(literal(p) for p in paths)}], union_by_name=true)"


def _files_called(name: str, delivery: Any, deliveries: Sequence[Any]) -> list[Path]:
    """The files of that name in the delivery; else in the agency's newest delivery before it, else in the first one after."""

    def rows_in(d: Any) -> list[Path]:
        return [f.rows for f in d.files if f.file == name]

    others = sorted(
        (d for d in deliveries if d.agency == delivery.agency and rows_in(d)), key=lambda d: d.seq
    )
    before = [d for d in others if d.seq < delivery.seq]
    found = rows_in(delivery) or (rows_in(before[-1]) if before else [])
    return found or (rows_in(others[0]) if others else [])


def _join(
    rows: str,
    joined: frozenset[str],
    other: tuple[str, Any, list[Path]],
    columns: tuple[frozenset[str], frozenset[str], frozenset[str]],
) -> tuple[str, frozenset[str]]:
    """The rows with another file's columns beside them. Of several rows with the key of a join, the last one counts."""
    alias, on, paths = other
    of_rows, of_other, picked = columns
    here, there = (on["here"], on["there"]) if isinstance(on, dict) else (on, on)
    is_there = here.lower() in {c.lower() for c in of_rows} and there.lower() in {c.lower() for c in of_other}
    if not is_there or not picked:
        return rows, joined
    key = f"nullif(trim({quoted(there)}), '')"
    select = ", ".join(f"{quoted(c)} as {quoted(f'{alias}.{c}')}" for c in sorted(picked))
    last = f"qualify row_number() over (partition by {key} order by filename desc, _row desc) = 1"
    source = _parquet(paths).replace("union_by_name=true", "union_by_name=true, filename=true")
    names = ", ".join(f"o.{quoted(f'{alias}.{c}')}" for c in sorted(picked))
    return (
        f"(select a.*, {names} from {rows} a left join (select {key} as _key, {select} from {source} where {key} is not null {last}) o "
        f"on o._key = nullif(trim(a.{quoted(here)}), ''))"
    ), joined | {f"{alias}.{c}" for c in picked}
