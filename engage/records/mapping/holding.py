"""What of files as sent does a mapping not read, miss or not know?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from engage.records.files import readers, workbook
from engage.records.mapping.compiling import Scope, when_sql
from engage.records.mapping.declared import FileMapping, Mapping
from engage.records.mapping.entries import value_columns
from engage.store.sql import literal, quoted
from engage.store.warehouse import connect


# So many codes are listed; whoever has more has no code list but words.
MOST_CODES = 20
# What can be said for a whole mapping.
SHARED = ("received", "handling", "grade", "sensitivity")


def held_against(mapping: Mapping, files: Sequence[Path]) -> list[str]:
    """In sentences, for every file the mapping reads: columns read by nothing, columns named but missing, and values of a
    coded column that its code list lacks. Files it does not read say nothing. Raises FileNotReadable."""
    connection = connect(None)
    try:
        told = [
            sentence
            for file in files
            for layout in mapping.files
            if layout.takes(file.name)
            for sentence in _of_file(connection, mapping, layout, file)
        ]
        return list(dict.fromkeys([*told, *_nowhere(mapping, files)]))
    finally:
        connection.close()


def taken_by_none(mappings: Sequence[Mapping], files: Sequence[Path]) -> list[str]:
    """In sentences: the files whose names no mapping expects, and the names that are expected."""
    layouts = [layout for mapping in mappings for layout in mapping.files]
    expected = ", ".join(dict.fromkeys(pattern for layout in layouts for pattern in layout.match))
    return [
        f"{file.name}: no mapping reads a file of this name (they read {expected})"
        for file in files
        if not any(layout.takes(file.name) for layout in layouts)
    ]


def _nowhere(mapping: Mapping, files: Sequence[Path]) -> Iterator[str]:
    """What the mapping says of all its files is passed over in a file without that column; in every one, it is misspelt."""
    columns = {
        column.lower()
        for file in files
        for layout in mapping.files
        if layout.takes(file.name)
        for column in readers.header_of(file, sheet=_sheet(file, layout), layout=layout)
    }
    for word in SHARED if columns else ():
        named = sorted({c for c in value_columns(mapping.raw.get(word)) if c.lower() not in columns})
        if named:
            yield f"“{word}” of the mapping: no file has {', '.join(named)}"


def _sheet(file: Path, layout: FileMapping) -> str | None:
    return layout.sheet if file.suffix.lower() in workbook.WORKBOOKS else None


def _of_file(connection: Any, mapping: Mapping, layout: FileMapping, file: Path) -> Iterator[str]:
    sheet = _sheet(file, layout)
    with tempfile.TemporaryDirectory() as folder:
        read = readers.read(connection, file=file, into=Path(folder), sheet=sheet, layout=layout)
        shared = {column for word in SHARED for column in value_columns(mapping.raw.get(word))}
        unread = [c for c in read.columns if c not in layout.known | shared]
        missing = sorted(layout.known - set(read.columns))
        if unread:
            yield f"{file.name}: read by nothing, kept as they come: {', '.join(unread)}"
        if missing:
            yield f"{file.name}: named in the mapping but not in the file: {', '.join(missing)}"
        if read.broken_count:
            yield f"{file.name}: {read.broken_count:,} rows cannot be read as rows"
        scope = Scope(frozenset(c.lower() for c in read.columns), {}, "")
        for column, codes, when in _coded(layout.raw, mapping.raw.get("code_lists", {})):
            if column in read.columns:
                here = {c: wanted for c, wanted in when.items() if c.lower() in scope.columns}
                rows = f"read_parquet({literal(read.rows)}) r where {when_sql(here, scope)}"
                yield from _unknown_codes(connection, file.name, rows, column, codes)


def _unknown_codes(connection: Any, name: str, rows: str, column: str, codes: Iterable[str]) -> Iterator[str]:
    """`rows` are those that the entry takes."""
    listed = ", ".join(literal(str(code).lower()) for code in codes) or "''"
    found = connection.execute(
        f"select trim({quoted(column)}) as code, count(*) from {rows} and nullif(trim({quoted(column)}), '') is not null "
        f"and lower(trim({quoted(column)})) not in ({listed}) group by 1 order by 2 desc, 1 limit {MOST_CODES + 1}"
    ).fetchall()
    if found:
        shown = ", ".join(f"“{code}” ({count:,})" for code, count in found[:MOST_CODES])
        more = " and more" if len(found) > MOST_CODES else ""
        yield f"{name}: values of “{column}” that no code list has: {shown}{more}"


def _coded(
    value: Any, lists: dict[str, Any], when: dict[str, Any] | None = None
) -> Iterator[tuple[str, Iterable[str], dict[str, Any]]]:
    """Every plain column that is translated by a code list, with the list's codes, and which rows its entry takes."""
    if isinstance(value, dict):
        codes, column = value.get("codes"), value.get("column", value.get("from"))
        is_whole = value.get("otherwise", "keep") == "keep"  # else the rest is meant to become one word
        if codes is not None and is_whole and isinstance(column, str):
            yield column, lists.get(codes, {}) if isinstance(codes, str) else codes, when or {}
        for part in value.values():
            yield from _coded(part, lists, value.get("when", when))
    elif isinstance(value, list):
        for part in value:
            yield from _coded(part, lists, when)
