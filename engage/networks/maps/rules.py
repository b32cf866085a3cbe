"""What is asked of the map, and what is one thing that it counts? Plain values, no store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from engage.vocabulary.time import LONDON, Precision
from engage.vocabulary.words import N_


MISSING, FOUND, CONCERNS, PLACES = "missing", "found", "concerns", "places"
KINDS = {
    FOUND: N_("Missing: where found"),
    MISSING: N_("Missing: where from"),
    CONCERNS: N_("Concerns"),
    PLACES: N_("Places of concern"),
}
# What stands in the place of an area: outside every one, nobody says where, or wherever it is told.
OUTSIDE, NOT_KNOWN, ANYWHERE = "outside", "not known", "anywhere"
# On which day of the week (Monday is 0) and in which hour of London's clock; None where no record says.
When = tuple[int | None, int | None]
NO_TIME: When = (None, None)


@dataclass(frozen=True)
class Asked:
    """One kind, and from which month until which (each named by its first day; both are counted)."""

    kind: str
    first: date
    last: date

    @property
    def months(self) -> tuple[date, ...]:
        """Every month asked for, the earliest first."""
        return months_until(self.last, months_between(self.first, self.last) + 1)


def month_of(day: date) -> date:
    """The month of a day, named by its first day."""
    return day.replace(day=1)


def later(month: date, by: int) -> date:
    """The month so many months later; earlier where `by` is below none."""
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months later the last is."""
    return (last.year - first.year) * 12 + last.month - first.month


def months_until(last: date, count: int) -> tuple[date, ...]:
    """So many months, the earliest first."""
    return tuple(later(last, number + 1 - count) for number in range(count))


def when_of(at: datetime | None, precision: str) -> When:
    """Weekday and hour of a UTC moment, as far as its source says them: of a day no hour, of a month neither."""
    if at is None or precision not in (Precision.MINUTE, Precision.DAY):
        return NO_TIME
    local = at.astimezone(LONDON)
    return local.weekday(), local.hour if precision == Precision.MINUTE else None


@dataclass(frozen=True)
class Spot:
    """One place that a record names: the normal form by which it is told, and as it is written."""

    key: str
    label: str


@dataclass(frozen=True)
class Item:
    """One thing that is counted once, as one viewer may see it: an episode, an event, or a record that ties children to a place of concern. `on` is the London
    day, None where the month is not known; `spot` where it was, None where no record that may be seen says; `people` the children it is about, `records` all
    that it rests on, the first the one it is opened by; `when` on which weekday and in which hour."""

    kind: str
    of_kind: str
    on: date | None
    people: tuple[str, ...]
    records: tuple[str, ...]
    agencies: tuple[str, ...]
    spot: Spot | None = None
    when: When = NO_TIME


@dataclass(frozen=True)
class Site:
    """Where a place is, as far as one viewer may know: metres on the national grid (None where no record says), and of which area's number that is (None outside
    every one). `is_private`: somebody lives there, or may, as no record says otherwise; a place of concern that is no child's home is a point even so."""

    spot: Spot
    easting: int | None = None
    northing: int | None = None
    area: int | None = None
    is_private: bool = True
    kind: str = ""


# An area by its number, or one of OUTSIDE and NOT_KNOWN.
Where = int | str


@dataclass(frozen=True)
class Counted:
    """Counts of one kind by area and month, and by place and month; `not_dated` is how many have no known month, whatever is asked. `places` are in the order in which
    they are shown: most first, then by name. `times` are by area and month and weekday and hour."""

    asked: Asked
    areas: dict[tuple[Where, date], int]
    places: tuple[Place, ...]
    private: dict[tuple[Where, date], int]
    strip: dict[date, int]
    not_dated: int
    times: dict[tuple[Where, date, When], int] = field(default_factory=dict)

    def by_time(self) -> Counter[When]:
        """The counts of weekdays and hours over what is asked, wherever."""
        found: Counter[When] = Counter()
        for (_where, month, when), count in self.times.items():
            if month in self.asked.months:
                found[when] += count
        return found

    def of(self, where: Where) -> int:
        """The count of an area over what is asked."""
        return sum(self.areas.get((where, month), 0) for month in self.asked.months)

    def total(self) -> int:
        """Everything over what is asked, wherever."""
        return sum(self.strip.get(month, 0) for month in self.asked.months)


@dataclass(frozen=True)
class Place:
    """One place that may be shown as such, with its counts by month."""

    number: int
    site: Site
    months: dict[date, int]

    @property
    def count(self) -> int:
        """Over all months that are asked for."""
        return sum(self.months.values())


def in_months(items: Iterable[Item], months: Sequence[date]) -> list[Item]:
    """Those of these months."""
    wanted = set(months)
    return [item for item in items if item.on and month_of(item.on) in wanted]
