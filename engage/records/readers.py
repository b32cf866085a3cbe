"""How does a file, whatever it looks like, become rows of text exactly as they were sent?

Every cell is kept as text. `_row` is the row's number as a reader of the file counts them, the header included (in a file with
line breaks inside quotes it counts rows, not lines). What cannot be read as a row is kept in `broken` with its reason.
Encodings: UTF-8 with or without its mark, else cp1252. Delimiters: comma, semicolon, bar or tab, whichever parts the header most.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from engage.records.compiling import literal, quoted
from engage.records.rows import FileNotReadable, Rows, broken_rows, header_place, unique_names
from engage.records.workbook import WORKBOOKS, read_workbook, sheet_rows
from engage.vocabulary.words import N_, Sentence


DELIMITERS = ",;|\t"


def read(connection: Any, *, file: Path, into: Path, sheet: str | None = None, layout: Any = None) -> Rows:
    """Write the rows of `file` as Parquet into the folder `into`. `layout` is the mapping's part for the file, if known.

    Raises FileNotReadable.
    """
    into.mkdir(parents=True, exist_ok=True)
    suffix = file.suffix.lower()
    if suffix in WORKBOOKS:
        return read_workbook(file, into, sheet, layout)
    if suffix == ".parquet":
        return _parquet(connection, file, into)
    if suffix in {".csv", ".txt", ".tsv", ".psv", ".dat"}:
        return _text(connection, file, into, layout)
    raise FileNotReadable(
        Sentence(N_("%(file)s is of a kind that is not read."), {"file": file.name}),
        remedy=N_("Send CSV (or text), XLSX or Parquet."),
    )


def header_of(file: Path, *, sheet: str | None = None, layout: Any = None) -> tuple[str, ...]:
    """The columns' names, without reading the rest."""
    suffix = file.suffix.lower()
    if suffix in WORKBOOKS:
        return sheet_rows(file, sheet, layout)[1]
    if suffix == ".parquet":
        return tuple(pq.read_schema(file).names)
    encoding, delimiter, skip = dress_of(file, layout)
    with file.open(encoding=encoding, newline="") as handle:
        for _ in range(skip):
            handle.readline()
        return unique_names(next(csv.reader(handle, delimiter=delimiter), []))


def dress_of(file: Path, layout: Any = None) -> tuple[str, str, int]:
    """Encoding, delimiter, and the number of title lines above the header."""
    encoding = getattr(layout, "encoding", None) or _encoding(file)
    with file.open(encoding=encoding, newline="") as handle:
        lines = [line for _, line in zip(range(30), handle, strict=False)]
    if not lines:
        raise FileNotReadable(
            Sentence(N_("%(file)s is empty."), {"file": file.name}),
            remedy=N_("Ask the sender for the file again."),
        )
    delimiter = getattr(layout, "delimiter", None) or max(
        DELIMITERS, key=lambda mark: max(line.count(mark) for line in lines)
    )
    fixed = getattr(layout, "header_row", None)
    skip = (
        fixed - 1
        if fixed
        else header_place([next(csv.reader([line], delimiter=delimiter), []) for line in lines], layout)
    )
    return encoding, delimiter, skip


def _encoding(file: Path) -> str:
    with file.open("rb") as handle:
        if handle.read(3) == b"\xef\xbb\xbf":
            return "utf-8-sig"
    try:
        with file.open(encoding="utf-8") as handle:
            while handle.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _text(connection: Any, file: Path, into: Path, layout: Any) -> Rows:
    encoding, delimiter, skip = dress_of(file, layout)
    columns = header_of(file, layout=layout)
    source = _as_utf8(file, into) if encoding == "cp1252" else file
    names = "{" + ", ".join(f"{literal(c)}: 'VARCHAR'" for c in columns) + "}"
    options = (
        f"delim={literal(delimiter)}, quote='\"', escape='\"', header=false, skip={skip + 1}, columns={names}, auto_detect=false, "
        "null_padding=false, store_rejects=true, rejects_table='bad', rejects_scan='bad_scan', rejects_limit=0, parallel=false, "
        "nullstr='', max_line_size=10000000"
    )
    # Row numbers follow the file's order, so this one connection must keep it.
    connection.execute("set preserve_insertion_order = true")
    connection.execute("drop table if exists bad; drop table if exists bad_scan; drop table if exists sent")
    connection.execute(
        f"create temp table sent as select row_number() over () as _n, * from read_csv({literal(source)}, {options})"
    )
    bad = connection.execute(
        "select line, any_value(csv_line), any_value(error_message) from bad group by line order by line"
    ).fetchall()
    count = _write_numbered(connection, columns, [row[0] for row in bad], skip, into / "rows.parquet")
    connection.execute(
        "drop table sent; drop table bad; drop table bad_scan; set preserve_insertion_order = false"
    )
    broken = broken_rows(into, [(line, text, _reason(message)) for line, text, message in bad])
    return Rows(into / "rows.parquet", broken, count, len(bad), columns)


def _as_utf8(file: Path, into: Path) -> Path:
    source = into / "as-utf-8.csv"
    with (
        file.open(encoding="cp1252", errors="replace", newline="") as old,
        source.open("w", encoding="utf-8", newline="") as new,
    ):
        while part := old.read(1 << 20):
            new.write(part)
    return source


def _write_numbered(
    connection: Any, columns: Sequence[str], bad_lines: Sequence[int], skip: int, rows: Path
) -> int:
    """Write the rows read, numbered so that those that could not be read keep their places."""
    connection.execute("create or replace temp table bad_line (place bigint)")
    if bad_lines:
        connection.executemany("insert into bad_line values (?)", [(line - skip - 1,) for line in bad_lines])
    picked = ", ".join(f"nullif({quoted(c)}, '') as {quoted(c)}" for c in columns)
    before = "select place - row_number() over (order by place) + 1 as n from bad_line"
    numbered = (
        f"select *, _n + (select count(*) from ({before}) b where b.n <= _n) as _place from sent"
        if bad_lines
        else "select *, _n as _place from sent"
    )
    connection.execute(
        f"copy (select _place + {skip + 1} as _row, {picked} from ({numbered}) order by _row) to {literal(rows)} (format parquet, compression zstd)"
    )
    return int(connection.execute("select count(*) from sent").fetchall()[0][0])


def _reason(message: str) -> str:
    return "This line cannot be read as a row: " + " ".join(str(message).split("\n")[0].split())[:200]


def _parquet(connection: Any, file: Path, into: Path) -> Rows:
    names = pq.read_schema(file).names
    picked = ", ".join(f"nullif(trim({quoted(n)}::varchar), '') as {quoted(n)}" for n in names)
    rows = into / "rows.parquet"
    source = f"read_parquet({literal(file)}, file_row_number=true)"
    connection.execute(
        f"copy (select file_row_number + 1 as _row, {picked} from {source} order by 1) to {literal(rows)} (format parquet, compression zstd)"
    )
    count = pq.read_metadata(file).num_rows
    return Rows(rows, None, count, 0, tuple(names))
