"""What reading any file comes to: rows of text, and what could not be read as a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from engage.vocabulary.words import EngageError


# The columns that keeping adds to a row.
OWN_COLUMNS = ("_row", "_salt", "_leaf")


class FileNotReadable(EngageError):
    """A file is not of a kind that is read, is empty, or has no such sheet."""


@dataclass(frozen=True)
class Rows:
    """What a file held: rows in `rows`, what could not be read as a row in `broken` (None when everything could)."""

    rows: Path
    broken: Path | None
    row_count: int
    broken_count: int
    columns: tuple[str, ...]


def header_place(rows: Sequence[Sequence[Any]], layout: Any) -> int:
    """Which of the first rows is the header: the one with most of the mapping's columns, else the first fullest of texts."""
    known: frozenset[str] = getattr(layout, "known", frozenset())

    def fit(row: Sequence[Any]) -> tuple[int, int]:
        cells = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
        return len(known.intersection(cells)), len(cells) if not any(
            cell.replace(".", "").isdigit() for cell in cells
        ) else 0

    return max(range(len(rows)), key=lambda place: (*fit(rows[place]), -place)) if rows else 0


def unique_names(names: Iterable[Any]) -> tuple[str, ...]:
    """Column names as sent; a second one of the same name becomes "name (2)", one without a name "column N".

    Letters' case does not make a second name: the store does not tell them apart.
    """
    seen: dict[str, int] = dict.fromkeys(OWN_COLUMNS, 1)
    result = []
    for number, raw in enumerate(names, 1):
        name = str(raw).strip() if raw is not None and str(raw).strip() else f"column {number}"
        seen[name.lower()] = seen.get(name.lower(), 0) + 1
        result.append(name if seen[name.lower()] == 1 else f"{name} ({seen[name.lower()]})")
    return tuple(result)


def broken_rows(into: Path, bad: Sequence[tuple[int, str, str]]) -> Path | None:
    """Keep what could not be read: row number, text and reason. None when there is nothing to keep."""
    if not bad:
        return None
    path = into / "broken.parquet"
    columns = {"_row": [b[0] for b in bad], "line": [b[1] for b in bad], "reason": [b[2] for b in bad]}
    pq.write_table(
        pa.table(
            columns, schema=pa.schema([("_row", pa.int64()), ("line", pa.string()), ("reason", pa.string())])
        ),
        path,
    )
    return path
