"""How does a file of separated values become rows of text, without one row lost however its quotes are broken?

A clean file is read by DuckDB in one go, and its lines are counted to prove that none was swallowed. A file with anything odd in
it (too many or too few cells, quotes that do not close, empty lines) is read again line by line, which takes a few seconds for a
million rows and knows for each line what became of it.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from engage.records.files.rows import FileNotReadable, Rows, broken_rows, header_place, unique_names
from engage.store.sql import literal, quoted
from engage.store.warehouse import StoreError
from engage.vocabulary.words import N_, Sentence


DELIMITERS = ",;|\t"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CHUNK = 50_000
# The longest record that a quote may open over several lines; beyond it the quote is taken to be a slip.
_MOST_LINES = 500


@dataclass(frozen=True)
class Dress:
    """How a file of separated values is dressed: its encoding, its delimiter, and the number of lines above the header."""

    encoding: str
    delimiter: str
    skip: int


def dress_of(file: Path, layout: Any = None) -> Dress:
    """What the mapping says of the file's dress, and for the rest what the file looks like. Raises FileNotReadable."""
    encoding = getattr(layout, "encoding", None) or _encoding(file)
    encoding = "utf-8-sig" if encoding == "utf-8" else encoding
    with file.open(encoding=encoding, newline="", errors="replace") as handle:
        lines = [line for _, line in zip(range(30), handle, strict=False)]
    if not lines:
        raise FileNotReadable(
            Sentence(N_("%(file)s is empty."), {"file": file.name}),
            remedy=N_("Ask the sender for the file again."),
        )
    known: frozenset[str] = getattr(layout, "known", frozenset())
    delimiter = getattr(layout, "delimiter", None) or max(DELIMITERS, key=lambda m: _parted(lines, m, known))
    fixed = getattr(layout, "header_row", None)
    place = fixed - 1 if fixed else header_place([_loosely(line, delimiter) for line in lines], layout)
    return Dress(encoding, delimiter, place)


def _loosely(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])


def _parted(lines: list[str], mark: str, known: frozenset[str]) -> tuple[int, int, int]:
    """How well a delimiter parts the lines: by columns that the mapping knows, then by how many lines get equally many cells."""
    cells = [_loosely(line, mark) for line in lines if line.strip()]
    width, often = Counter(len(c) for c in cells).most_common(1)[0] if cells else (0, 0)
    names = max((len(known.intersection(name.strip() for name in c)) for c in cells), default=0)
    return names, often if width > 1 else 0, width


def header_of(file: Path, dress: Dress) -> tuple[str, ...]:
    """The columns' names."""
    with file.open(encoding=dress.encoding, newline="", errors="replace") as handle:
        for _ in range(dress.skip):
            handle.readline()
        return unique_names(next(csv.reader(handle, delimiter=dress.delimiter), []))


def read(connection: Any, *, file: Path, into: Path, dress: Dress) -> Rows:
    """Write the rows of `file` as Parquet into the folder `into`. Raises FileNotReadable."""
    try:
        return _read(connection, file, into, dress)
    except UnicodeDecodeError as error:
        values = {"file": file.name, "encoding": dress.encoding, "byte": f"{error.start:,}"}
        raise FileNotReadable(
            Sentence(N_("%(file)s is not written in the encoding %(encoding)s (see byte %(byte)s)."), values),
            remedy=N_("Name the right encoding in the mapping, or leave it out so that it is found."),
        ) from error


def _read(connection: Any, file: Path, into: Path, dress: Dress) -> Rows:
    columns = header_of(file, dress)
    path = into / "rows.parquet"
    source = _as_utf8(file, into, dress.encoding)
    count = _at_once(connection, source, path, columns, dress)
    if count is not None:
        return Rows(path, None, count, 0, columns)
    broken: list[tuple[int, str, str]] = []
    count = _line_by_line(source, path, columns, dress, broken)
    return Rows(path, broken_rows(into, broken), count, len(broken), columns)


def _encoding(file: Path) -> str:
    with file.open("rb") as handle:
        start = handle.read(3)
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding
    try:
        with file.open(encoding="utf-8") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _as_utf8(file: Path, into: Path, encoding: str) -> Path:
    if encoding == "utf-8-sig":
        return file
    source = into / "as-utf-8.csv"
    # cp1252 is what is tried last, so it must take any byte; another encoding that does not fit was named wrongly.
    errors = "replace" if encoding == "cp1252" else "strict"
    with (
        file.open(encoding=encoding, errors=errors, newline="") as old,
        source.open("w", encoding="utf-8", newline="") as new,
    ):
        while part := old.read(1 << 20):
            new.write(part)
    return source


def _at_once(connection: Any, source: Path, rows: Path, columns: tuple[str, ...], dress: Dress) -> int | None:
    """Let DuckDB read a clean file; None when it is not clean, or a line of it is not accounted for."""
    names = "{" + ", ".join(f"{literal(c)}: 'VARCHAR'" for c in columns) + "}"
    options = (
        f"delim={literal(dress.delimiter)}, quote='\"', escape='\"', header=false, skip={dress.skip + 1}, columns={names}, "
        "auto_detect=false, null_padding=false, parallel=false, nullstr='', max_line_size=10000000"
    )
    picked = ", ".join(f"nullif({quoted(c)}, '') as {quoted(c)}" for c in columns)
    # Row numbers follow the file's order, so this one connection must keep it.
    connection.execute("set preserve_insertion_order = true")
    try:
        connection.execute(
            f"create or replace temp table sent as select row_number() over () + {dress.skip + 1} as _row, {picked} "
            f"from read_csv({literal(source)}, {options})"
        )
        if _breaks(connection, columns) != _lines(source) - dress.skip - 1:
            return None
        connection.execute(
            f"copy (select * from sent order by _row) to {literal(rows)} (format parquet, compression zstd)"
        )
        return int(connection.execute("select count(*) from sent").fetchall()[0][0])
    except StoreError:
        return None
    finally:
        connection.execute("drop table if exists sent; set preserve_insertion_order = false")


def _breaks(connection: Any, columns: tuple[str, ...]) -> int:
    """How many lines of the file the rows read stand for."""
    inside = " + ".join(
        f"coalesce(length({quoted(c)}) - length(replace({quoted(c)}, chr(10), '')), 0)" for c in columns
    )
    found = connection.execute(f"select count(*) + coalesce(sum({inside}), 0) from sent").fetchall()
    return int(found[0][0])


def _lines(file: Path) -> int:
    """The lines of a file; the last may lack its end."""
    count, last = 0, b"\n"
    with file.open("rb") as handle:
        while part := handle.read(1 << 20):
            count += part.count(b"\n")
            last = part[-1:]
    return count + (last != b"\n")


def _line_by_line(
    source: Path,
    path: Path,
    columns: tuple[str, ...],
    dress: Dress,
    broken: list[tuple[int, str, str]],
) -> int:
    """Read records one at a time; what cannot be read as one goes to `broken` and the next line begins anew."""
    csv.field_size_limit(sys.maxsize)
    schema = pa.schema([("_row", pa.int64()), *((c, pa.string()) for c in columns)])
    count, chunk = 0, []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for number, cells, text, fault in _records(source, len(columns), dress):
            if fault:
                broken.append((number, text, fault))
                continue
            chunk.append((number, *(cell or None for cell in cells)))
            count += 1
            if len(chunk) == _CHUNK:
                writer.write_table(_table(chunk, schema))
                chunk = []
        writer.write_table(_table(chunk, schema))
    return count


def _table(chunk: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    if not chunk:
        return schema.empty_table()
    return pa.table(
        [pa.array(v, f.type) for v, f in zip(zip(*chunk, strict=True), schema, strict=True)], schema=schema
    )


def _records(source: Path, width: int, dress: Dress) -> Iterator[tuple[int, list[str], str, str]]:
    """Number, cells, text and fault (empty when there is none) of each record below the header that is not an empty line."""
    with source.open(encoding="utf-8-sig", newline="") as handle:
        lines = handle.read().splitlines(keepends=True) if _is_mac(source) else list(handle)
    place, number = _below_header(lines, dress), dress.skip + 1
    while place < len(lines):
        number += 1
        cells, taken, fault = _record(lines, place, width, dress.delimiter)
        text = "".join(lines[place : place + taken]).rstrip("\r\n")
        place += taken
        if text.strip():
            yield number, cells, text, fault


def _is_mac(source: Path) -> bool:
    with source.open("rb") as handle:
        start = handle.read(1 << 16)
    return b"\r" in start and b"\n" not in start


def _below_header(lines: list[str], dress: Dress) -> int:
    """A header may itself run over several lines, in quotes."""
    _cells, taken, _fault = _record(lines, dress.skip, 0, dress.delimiter)
    return dress.skip + taken


def _record(lines: list[str], place: int, width: int, delimiter: str) -> tuple[list[str], int, str]:
    """The cells of the record that begins at a line, how many lines it takes, and what is wrong with it.

    A quote that is not closed on its line runs on over the next ones, if that makes a record of the right width.
    """
    cells, fault = _cells(lines[place], delimiter)
    if not fault:
        return cells, 1, _width_fault(len(cells), width)
    text = lines[place]
    for more, line in enumerate(lines[place + 1 : place + _MOST_LINES], 2):
        text += line
        if '"' not in line:
            continue
        longer, still = _cells(text, delimiter)
        if not still and width in (0, len(longer)):
            return longer, more, ""
    return [], 1, N_("The quotes of this line do not match, so it cannot be told into cells.")


def _cells(text: str, delimiter: str) -> tuple[list[str], bool]:
    try:
        rows = list(csv.reader([text.rstrip("\r\n")], delimiter=delimiter, strict=True))
    except csv.Error:
        return [], True
    return (rows[0] if rows else []), len(rows) > 1


def _width_fault(found: int, width: int) -> str:
    if width == 0 or found == width:
        return ""
    if found > width:
        return N_("This line has more cells than the header has columns.")
    return N_("This line has fewer cells than the header has columns.")
