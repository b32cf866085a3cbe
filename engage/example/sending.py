"""How does one file get its bytes: text with a delimiter, a workbook or Parquet? The same rows always give the same bytes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from anyascii import anyascii
from openpyxl import Workbook

from engage.example.layout import SentFile


Cells = list[Any]

FIXED_MOMENT = (2026, 4, 7, 8, 0, 0)
PARQUET_ROWS = 50_000


def write_text(file: Path, sent: SentFile, rows: Iterable[Cells]) -> int:
    """A delimited text file with one header row; letters that the encoding has not are put plainly. Returns the row count."""
    number = 0
    with file.open("w", encoding=sent.encoding, newline="") as handle:
        writer = csv.writer(handle, delimiter=sent.delimiter, lineterminator="\r\n")
        writer.writerow([column.name for column in sent.columns])
        for row in rows:
            writer.writerow(
                row if sent.encoding.startswith("utf") else [_plain(cell, sent.encoding) for cell in row]
            )
            number += 1
    return number


def _plain(cell: Any, encoding: str) -> Any:
    if not isinstance(cell, str) or cell.isascii():
        return cell
    return "".join(letter if letter.encode(encoding, "ignore") else anyascii(letter) for letter in cell)


def write_workbook(file: Path, sheets: list[tuple[SentFile, Iterable[Cells]]]) -> list[int]:
    """A workbook with a sheet for each, a title above the header where the supplier puts one. Returns the row counts."""
    book = Workbook(write_only=True)
    counts = []
    for sent, rows in sheets:
        sheet = book.create_sheet(sent.sheet or sent.name)
        for line in sent.title:
            sheet.append([line])
        sheet.append([column.name for column in sent.columns])
        number = 0
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
            number += 1
        counts.append(number)
    drawn = io.BytesIO()
    book.save(drawn)
    _fix_moments(drawn, file)
    return counts


def _fix_moments(drawn: io.BytesIO, file: Path) -> None:
    """Put the parts of a workbook into the file with one fixed moment in place of the machine's."""
    with zipfile.ZipFile(drawn) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-04-07T08:00:00Z", part)
            info = zipfile.ZipInfo(name, FIXED_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)


def write_parquet(file: Path, sent: SentFile, rows: Iterable[Cells]) -> int:
    """A Parquet file whose columns are whole numbers, dates or text, as their first filled value is. Returns the row count."""
    names = [column.name for column in sent.columns]
    number, writer = 0, None
    for chunk in _chunks(rows):
        columns = [[None if cell == "" else cell for cell in column] for column in zip(*chunk, strict=True)]
        arrays = [_array(column) for column in columns]
        table = pa.table(dict(zip(names, arrays, strict=True)))
        writer = writer or pq.ParquetWriter(file, table.schema)
        writer.write_table(table.cast(writer.schema))
        number += len(chunk)
    if writer is None:
        pq.write_table(pa.table({name: pa.array([], pa.string()) for name in names}), file)
    else:
        writer.close()
    return number


def _array(column: list[Any]) -> Any:
    kinds = {type(cell) for cell in column if cell is not None}
    if len(kinds) == 1:
        return pa.array(column)
    return pa.array([None if cell is None else str(cell) for cell in column], pa.string())


def _chunks(rows: Iterable[Cells]) -> Iterator[list[Cells]]:
    chunk: list[Cells] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == PARQUET_ROWS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
