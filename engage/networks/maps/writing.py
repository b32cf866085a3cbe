"""The map as rows of a file: every area, then what lies outside and what is not known where, every place, and weekdays and hours, each by month; as one viewer may see it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date

from engage.networks.maps.rules import NOT_KNOWN, OUTSIDE, PLACES, When, Where
from engage.networks.maps.showing import Hotspots
from engage.picture.exporting import safe


Row = tuple[str | int, ...]
HEAD = ("kind", "level", "name", "code", "month", "count", "weekday", "hour")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def as_csv(found: Hotspots) -> str:
    """The file as a spreadsheet opens it, with a mark that says it is UTF-8. No text in it is a formula."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows(safe(row) for row in rows(found))
    return out.getvalue()


def rows(found: Hotspots) -> Iterator[Row]:
    """Everything that the page shows of the months that are asked for. Of weekdays and hours only those with a count that is shown."""
    kind, counted = found.asked.kind, found.counted
    for level, name, code, where in _wheres(found):
        for month in found.asked.months:
            count = _count(counted.areas.get((where, month), 0), found)
            yield kind, level, name, code, _month(month), count, "", ""
    for place in counted.places:
        for month in found.asked.months:
            count = _count(place.months.get(month, 0), found)
            yield kind, "place", place.site.spot.label, "", _month(month), count, "", ""
    if kind != PLACES:
        yield from _times(found)
    yield kind, "month not known", "", "", "", _count(counted.not_dated, found), "", ""


def _wheres(found: Hotspots) -> Iterator[tuple[str, str, str, Where]]:
    for number, part in enumerate(found.boundaries.parts if found.boundaries else ()):
        yield "area", part.name, part.code, number
    for code in (OUTSIDE, NOT_KNOWN):
        yield code, "", "", code


def _times(found: Hotspots) -> Iterator[Row]:
    cells: Counter[tuple[date, When]] = Counter()
    for (_where, month, when), count in found.counted.times.items():
        if month in found.asked.months:
            cells[month, when] += count
    in_order = sorted(cells, key=lambda cell: (cell[0], *(24 if one is None else one for one in cell[1])))
    for month, (weekday, hour) in in_order:
        day = NOT_KNOWN if weekday is None else WEEKDAYS[weekday]
        clock = NOT_KNOWN if hour is None else str(hour)
        count = cells[month, (weekday, hour)]
        yield found.asked.kind, "time", "", "", _month(month), count, day, clock


def _month(month: date) -> str:
    return f"{month:%Y-%m}"


def _count(count: int, found: Hotspots) -> str | int:
    return f"fewer than {found.below}" if count < found.below else count
