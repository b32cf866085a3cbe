"""How does a workbook's sheet, with title lines above its header and dates of every kind, become rows of text?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from engage.records.files.rows import FileNotReadable, Rows, broken_rows, header_place, unique_names
from engage.vocabulary.words import N_, Sentence


WORKBOOKS = {".xlsx", ".xlsm"}
# A header stands among the first rows.
_TOP = 30


def sheets(file: Path) -> list[str]:
    """The names of a workbook's sheets; none for other files."""
    if file.suffix.lower() not in WORKBOOKS:
        return []
    book = openpyxl.load_workbook(file, read_only=True)
    try:
        return list(book.sheetnames)
    finally:
        book.close()


def sheet_top(file: Path, sheet: str | None, layout: Any) -> tuple[str, tuple[str, ...], int]:
    """The sheet's name, its columns, and how many rows stand above the header. Raises FileNotReadable."""
    name, rows = _sheet(file, sheet, layout, most=_TOP)
    fixed = getattr(layout, "header_row", None)
    place = fixed - 1 if fixed else header_place(rows, layout)
    return name, unique_names(_trimmed(rows[place] if place < len(rows) else ())), place


def _sheet(
    file: Path, sheet: str | None, layout: Any, *, most: int | None = None
) -> tuple[str, list[tuple[Any, ...]]]:
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise FileNotReadable(
            Sentence(N_("%(file)s is not a workbook: %(error)s"), {"file": file.name, "error": str(error)}),
            remedy=N_("Ask the sender for the file again, saved as .xlsx."),
        ) from error
    try:
        name = sheet or getattr(layout, "sheet", None) or book.sheetnames[0]
        if name not in book.sheetnames:
            values = {"file": file.name, "sheet": name, "sheets": ", ".join(book.sheetnames)}
            raise FileNotReadable(
                Sentence(N_("%(file)s has no sheet “%(sheet)s”."), values),
                remedy=Sentence(N_("It has: %(sheets)s."), values),
            )
        book[
            name
        ].reset_dimensions()  # what a sheet says of its own size is often wrong, and would cut rows off
        rows = [tuple(row) for row in book[name].iter_rows(values_only=True, max_row=most)]
    finally:
        book.close()
    if not rows:
        raise FileNotReadable(
            Sentence(N_("%(file)s, sheet %(sheet)s, is empty."), {"file": file.name, "sheet": name})
        )
    return name, rows


def _trimmed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The header without the empty cells behind it."""
    last = max((n for n, cell in enumerate(row, 1) if cell is not None), default=0)
    return row[:last]


def read_workbook(file: Path, into: Path, sheet: str | None, layout: Any) -> Rows:
    """Write the rows of one sheet as Parquet into the folder. Raises FileNotReadable."""
    _name, columns, place = sheet_top(file, sheet, layout)
    _same, rows = _sheet(file, sheet, layout)
    kept = [
        (number, row)
        for number, row in enumerate(rows[place + 1 :], place + 2)
        if any(cell is not None for cell in row)
    ]
    data: dict[str, Any] = {"_row": pa.array([number for number, _ in kept], pa.int64())}
    for index, column in enumerate(columns):
        data[column] = pa.array(
            [cell_text(row[index]) if index < len(row) else None for _, row in kept], pa.string()
        )
    path = into / "rows.parquet"
    pq.write_table(pa.table(data), path, compression="zstd")
    overflowing = list(_overflowing(kept, len(columns)))
    return Rows(path, broken_rows(into, overflowing), len(kept), len(overflowing), columns)


def _overflowing(kept: Sequence[tuple[int, tuple[Any, ...]]], width: int) -> Iterator[tuple[int, str, str]]:
    """Cells to the right of the last named column belong to nothing: they are kept and told."""
    for number, row in kept:
        spill = [cell_text(cell) for cell in row[width:] if cell is not None]
        if spill:
            yield (
                number,
                " | ".join(str(s) for s in spill),
                "Cells stand to the right of the last named column.",
            )


def cell_text(cell: Any) -> str | None:
    """A workbook cell as text: a date as 2024-03-01, with a time as 2024-03-01 21:40 (or
    21:40:35), a whole number without a point."""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat() if cell.time() == time() else f"{cell.date().isoformat()} {_clock(cell)}"
        )
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return _clock(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell) or None


def _clock(moment: datetime | time) -> str:
    """The time of day, with seconds only where there are any."""
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
