"""Which counts does the version without names show? None below the stated number, and none from which one below it can be worked out.

Cells of an area in a month below the number are left out, none and few alike. Within an area and month what its places leave over must be that number or more, or
nothing at all is told of the last of them. Weekdays and parts of the day are of the cells that are shown, and what they leave over of a month is that number or more
likewise. Everything else that is shown (totals, several months, the strip) is added up from the cells that are shown: so whatever
stands in a cell that is left out changes nothing of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import TypeVar

from engage.networks.maps.rules import ANYWHERE, NOT_KNOWN, OUTSIDE, Counted, Place, When, Where
from engage.networks.maps.stated import stated


_Key = TypeVar("_Key")


def without_small(found: Counted, below: int) -> Counted:
    """The same without counts below a number. A cell that is not there is one of these; `private` is told to nobody."""
    areas = {cell: count for cell, count in found.areas.items() if count >= below}
    strip: Counter[date] = Counter()
    for (_where, month), count in areas.items():
        strip[month] += count
    not_dated = found.not_dated if found.not_dated >= below else 0
    return replace(
        found, areas=areas, places=_places(found, areas, below), private={}, strip=dict(strip), not_dated=not_dated,
        times=_times(found, areas, below),
    )  # fmt: skip


def _times(
    found: Counted, areas: dict[tuple[Where, date], int], below: int
) -> dict[tuple[Where, date, When], int]:
    """Only of what the areas show, or the two together would tell of the rest."""
    cells: dict[date, Counter[When]] = defaultdict(Counter)
    for (where, month, (weekday, hour)), count in found.times.items():
        if (where, month) in areas:
            cells[month][weekday, None if hour is None else hour - hour % stated().hours_of_a_part] += count
    return {
        (ANYWHERE, month, when): -minus
        for month, some in cells.items()
        for large in [sorted((-count, str(when), when) for when, count in some.items() if count >= below)]
        for minus, _text, when in _leaving_enough(large, sum(some.values()), below)
    }


def where_is(place: Place) -> Where:
    """In which area a place is: its number, outside every one, or not known."""
    if place.site.easting is None:
        return NOT_KNOWN
    return OUTSIDE if place.site.area is None else place.site.area


def _places(found: Counted, areas: dict[tuple[Where, date], int], below: int) -> tuple[Place, ...]:
    cells: dict[tuple[Where, date], list[tuple[int, str, str]]] = defaultdict(list)
    for place in found.places:
        for month, count in place.months.items():
            if count >= below:
                spot = place.site.spot
                cells[where_is(place), month].append((-count, spot.label, spot.key))
    shown: dict[str, dict[date, int]] = defaultdict(dict)
    for (where, month), some in cells.items():
        for minus, _label, key in _leaving_enough(sorted(some), areas.get((where, month), 0), below):
            shown[key][month] = -minus
    kept = [
        replace(place, months=shown[place.site.spot.key])
        for place in found.places
        if place.site.spot.key in shown
    ]
    kept.sort(key=lambda place: (-place.count, place.site.spot.label, place.site.spot.key))
    return tuple(replace(place, number=number) for number, place in enumerate(kept, start=1))


def _leaving_enough(some: list[tuple[int, str, _Key]], whole: int, below: int) -> list[tuple[int, str, _Key]]:
    """As many of these as leave the number or more of the whole over: the fewest first are left out."""
    kept = list(some)
    while kept and whole + sum(minus for minus, _label, _key in kept) < below:
        kept.pop()
    return kept
