"""The strips of a child as a picture drawn by the server: a line for each class and agency, a column for each month.

It holds nothing that the table beside it does not: both are made of the same counts of records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format


LEFT, MONTH, ROW, TOP = 330, 44, 44, 34
# A bar is as high for so many records and for more: the table says how many.
MOST = 5
_HIGHEST, _WIDTH = 22, 30


@dataclass(frozen=True)
class Bar:
    """The records of one month."""

    x: int
    y: int
    height: int
    width: int = _WIDTH


@dataclass(frozen=True)
class Strip:
    """One class at one agency."""

    title: str
    agency: str
    floor: int
    bars: tuple[Bar, ...]

    @property
    def title_y(self) -> int:
        """Where the class is written, above the agency."""
        return self.floor - 18


@dataclass(frozen=True)
class Strips:
    """All strips of a child, under the months."""

    lines: tuple[Strip, ...]
    months: tuple[tuple[int, str], ...]
    width: int
    height: int


def strips(months: Sequence[date], counted: Sequence[tuple[str, str, Sequence[int]]]) -> Strips | None:
    """The picture of how many records spoke in each of these months, by class and agency; None of no line."""
    if not counted:
        return None
    lines = []
    for number, (title, agency, counts) in enumerate(counted):
        floor = TOP + (number + 1) * ROW - 4
        bars = [_bar(LEFT + at * MONTH, floor, count) for at, count in enumerate(counts) if count]
        lines.append(Strip(title, agency, floor, tuple(bars)))
    named = tuple(
        (LEFT + at * MONTH + _WIDTH // 2, date_format(month, "M y")) for at, month in enumerate(months)
    )
    return Strips(tuple(lines), named, LEFT + len(months) * MONTH, TOP + len(counted) * ROW + 6)


def _bar(x: int, floor: int, count: int) -> Bar:
    height = round(_HIGHEST * min(count, MOST) / MOST)
    return Bar(x, floor - height, height)
