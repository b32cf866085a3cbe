"""How does a file, whatever it looks like, become rows of text exactly as they were sent?

Every cell is kept as text. `_row` is the row's number as a reader of the file counts them, the header and empty rows included (in
a file with line breaks inside quotes it counts rows, not lines). What cannot be read as a row is kept in `broken` with its reason.
Encodings: UTF-8 with or without its mark, UTF-16, else cp1252. Delimiters: comma, semicolon, bar or tab, whichever parts the
lines most evenly.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from engage.records.files import separated
from engage.records.files.rows import FileNotReadable, Rows, unique_names
from engage.records.files.workbook import WORKBOOKS, read_workbook, sheet_top
from engage.store.sql import literal, quoted
from engage.store.warehouse import StoreError
from engage.vocabulary.words import N_, Sentence


TEXTS = frozenset({".csv", ".txt", ".tsv", ".psv", ".dat"})


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
    if suffix in TEXTS:
        return separated.read(connection, file=file, into=into, dress=separated.dress_of(file, layout))
    raise _unread(file)


def header_of(file: Path, *, sheet: str | None = None, layout: Any = None) -> tuple[str, ...]:
    """The columns' names, without reading the rest. Raises FileNotReadable."""
    suffix = file.suffix.lower()
    if suffix in WORKBOOKS:
        return sheet_top(file, sheet, layout)[1]
    if suffix == ".parquet":
        return _parquet_names(file)
    if suffix in TEXTS:
        return separated.header_of(file, separated.dress_of(file, layout))
    raise _unread(file)


def dress_of(file: Path, *, sheet: str | None = None, layout: Any = None) -> str:
    """In one line, how the file was taken to be written: the same bytes taken otherwise are read again. Raises FileNotReadable."""
    suffix = file.suffix.lower()
    if suffix in WORKBOOKS:
        name, _columns, place = sheet_top(file, sheet, layout)
        return f"{name}|{place}"
    if suffix in TEXTS:
        dress = separated.dress_of(file, layout)
        return f"{dress.encoding}|{dress.delimiter}|{dress.skip}"
    return suffix


def _unread(file: Path) -> FileNotReadable:
    return FileNotReadable(
        Sentence(N_("%(file)s is of a kind that is not read."), {"file": file.name}),
        remedy=N_("Send CSV (or text), XLSX or Parquet."),
    )


def _parquet_names(file: Path) -> tuple[str, ...]:
    try:
        return unique_names(pq.read_schema(file).names)
    except (OSError, ValueError) as error:
        raise FileNotReadable(
            Sentence(
                N_("%(file)s is not a Parquet file: %(error)s"), {"file": file.name, "error": str(error)}
            ),
            remedy=N_("Ask the sender for the file again."),
        ) from error


def _parquet(connection: Any, file: Path, into: Path) -> Rows:
    names = _parquet_names(file)
    sent = zip(pq.read_schema(file).names, names, strict=True)
    picked = ", ".join(f"nullif({quoted(old)}::varchar, '') as {quoted(new)}" for old, new in sent)
    rows = into / "rows.parquet"
    source = f"read_parquet({literal(file)}, file_row_number=true)"
    try:
        connection.execute(
            f"copy (select file_row_number + 1 as _row, {picked} from {source} order by 1) to {literal(rows)} (format parquet, compression zstd)"
        )
    except StoreError as error:
        raise FileNotReadable(
            Sentence(N_("%(file)s cannot be read: %(error)s"), {"file": file.name, "error": str(error)}),
            remedy=N_("Ask the sender for the file again."),
        ) from error
    return Rows(rows, None, pq.read_metadata(file).num_rows, 0, names)
