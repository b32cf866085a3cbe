"""In which order do rows of the store follow each other, read from any of them on, and no further than a page needs?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from engage.casework.meetings.stretches import Parts


@dataclass(frozen=True)
class Leg:
    """Rows in the order of a moment of theirs, and of their number (`seq`) where it is the same: the earliest first, or (`is_down`) the last."""

    rows: QuerySet[Any, Any]
    column: str
    is_down: bool = False

    def turned(self) -> Leg:
        """The same the other way round."""
        return Leg(self.rows, self.column, not self.is_down)

    def numbers(self) -> QuerySet[Any, int]:
        """The numbers in their order."""
        sign = "-" if self.is_down else ""
        return self.rows.order_by(f"{sign}{self.column}", f"{sign}seq").values_list("seq", flat=True)

    def at(self, number: int) -> Any:
        """The moment of the row of that number; None where it is none of these."""
        return self.rows.filter(seq=number).values_list(self.column, flat=True).first()

    def after(self, number: int, at: Any) -> Leg:
        """What follows the row of that number, with its moment. Both bounds stand apart, so that an index in the order of the column leads to the first of them."""
        way = "lt" if self.is_down else "gt"
        rows = self.rows.filter(**{f"{self.column}__{way}e": at})
        return Leg(rows.exclude(**{self.column: at, f"seq__{'gte' if self.is_down else 'lte'}": number}), self.column, self.is_down)  # fmt: skip


@dataclass(frozen=True)
class Legs:
    """Several such lists, one after the other: an order of a stretch (`stretches.Order`)."""

    legs: tuple[Leg, ...]

    def beside(self, number: int | None, *, is_back: bool = False) -> Parts | None:
        """The numbers that follow a number, or lie before it."""
        legs = tuple(leg.turned() for leg in reversed(self.legs)) if is_back else self.legs
        if number is None:
            return _Parts(legs)
        for place, leg in enumerate(legs):
            at = leg.at(number)
            if at is not None:
                return _Parts((leg.after(number, at), *legs[place + 1 :]))
        return None


class _Parts:
    """The numbers of these, the next so many each time that it is asked."""

    def __init__(self, legs: Sequence[Leg]) -> None:
        self._legs = list(legs)
        self._taken = 0

    def __call__(self, size: int) -> Sequence[int]:
        found: list[int] = []
        while self._legs and len(found) < size:
            wanted = size - len(found)
            read = list(self._legs[0].numbers()[self._taken : self._taken + wanted])
            self._taken += len(read)
            found += read
            if len(read) < wanted:
                self._legs, self._taken = self._legs[1:], 0
        return found
