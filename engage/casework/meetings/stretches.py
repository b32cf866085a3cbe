"""Which stretch of a long list is shown, where only who may know of each thing can be asked of the thing itself?

The list is gone along a few at a time from the last one shown, until a page is full: so a page takes no longer for what lies before it, is never short of what is not the
viewer's, and no number tells how much that is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


Shown = TypeVar("Shown")
ROWS = 50


@dataclass(frozen=True)
class Where:
    """Which stretch: what follows on a number, or what comes before one (both None: the beginning), and how much of it."""

    after: int | None = None
    before: int | None = None
    rows: int = ROWS


BEGINNING = Where()


@dataclass(frozen=True)
class Stretch(Generic[Shown]):
    """What is shown, in order; and from which number the stretch before it, and the one after it, is asked for (None: there is none)."""

    shown: tuple[Shown, ...]
    before: int | None = None
    after: int | None = None


# The next so many numbers of an order each time that it is asked; fewer, or none, at its end.
Parts = Callable[[int], Sequence[int]]


class Order(Protocol):
    """The numbers of a list in their order."""

    def beside(self, number: int | None, *, is_back: bool = False) -> Parts | None:
        """Those that follow a number, or with `is_back` lie before it, the nearest first; of no number all from the beginning. None where the list does not have it."""


def stretch(
    order: Order, show: Callable[[Sequence[int]], Mapping[int, Shown]], where: Where
) -> Stretch[Shown]:
    """A stretch of the things of these numbers, of which `show` gives those that the viewer may know. A number that they may not know of is none to go from."""
    is_back = where.before is not None
    at = where.before if is_back else where.after
    rest = order.beside(at, is_back=is_back) if at is not None else None
    if at is None or rest is None or at not in show([at]):
        return _made(_along(order.beside(None), show, where.rows), where.rows, is_first=True)
    if is_back:
        found = _along(rest, show, where.rows)
        page = dict(reversed(list(found.items())[: where.rows]))
        first, last = next(iter(page), None), next(reversed(page), None)
        return Stretch(tuple(page.values()), first if len(found) > where.rows else None, last)
    return _made(_along(rest, show, where.rows), where.rows, is_first=False)


def _along(
    parts: Parts | None, show: Callable[[Sequence[int]], Mapping[int, Shown]], rows: int
) -> dict[int, Shown]:
    """The first of these that may be known, one more than are asked for where there are."""
    found: dict[int, Shown] = {}
    # Some more than fill the page: where a few are not the viewer's, nothing is asked twice.
    size = rows + 1 + rows // 4
    while parts and len(found) <= rows and (some := parts(size)):
        known = show(some)
        found |= {number: known[number] for number in some if number in known}
        if len(some) < size:
            break
    return dict(list(found.items())[: rows + 1])


def _made(found: dict[int, Shown], rows: int, *, is_first: bool) -> Stretch[Shown]:
    page = dict(list(found.items())[:rows])
    first, last = next(iter(page), None), next(reversed(page), None)
    return Stretch(tuple(page.values()), None if is_first else first, last if len(found) > rows else None)
