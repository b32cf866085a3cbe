"""Who was missing together? Explained pair by pair, with the nights, the places and the records.

Three things make a pair, and each is shown with what it rests on:
- the same night: both were away at the same hours of a night. A night runs from 21:00 until 06:00 in London and is named by the day
  on which it begins. Only hours at which each was surely away count: from the report until the earliest moment of coming back.
- the same place: both were found there, or their reports name it, on the same night or another; not where one of them lives.
- in one record: one has a part in the report or return of the other.
That two children were away at one same time and nothing else ties them may be chance, and in a large area often is: such pairs stand apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations

from engage.picture.missing.rules import MISSING, Episode
from engage.vocabulary.time import LONDON, london_day


@dataclass(frozen=True)
class Place:
    """Somewhere that a report or a return of one child names. `how` is found or report; `easting` and `northing` are metres on the
    national grid, None where no record says; `on` is the London day of the record."""

    key: str
    label: str
    how: str
    on: date
    agency: str
    record_id: str
    easting: int | None = None
    northing: int | None = None


@dataclass(frozen=True)
class Night:
    """A night on which both were away: the day on which it begins, and from when until when both surely were, in UTC."""

    on: date
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True)
class SharedPlace:
    """A place that the reports or returns of both name, with the days of the one and of the other."""

    place: Place
    one_on: tuple[date, ...]
    other_on: tuple[date, ...]


@dataclass(frozen=True)
class Away:
    """What is known of one child: the times of being missing, the places, the keys of every place where the child lives or lived, and the
    children who have a part in these records, each with the days of the records."""

    person_id: str
    episodes: tuple[Episode, ...]
    places: tuple[Place, ...] = ()
    homes: frozenset[str] = frozenset()
    with_whom: Mapping[str, tuple[date, ...]] | None = None


@dataclass(frozen=True)
class Pair:
    """Two children who were missing together, and by what. `times` is on how many occasions: nights in a row of one time of being
    missing are one."""

    one: str
    other: str
    times: int
    nights: tuple[Night, ...]
    places: tuple[SharedPlace, ...]
    recorded_on: tuple[date, ...]

    @property
    def is_once_only(self) -> bool:
        """Nothing but nights of one same time: it may well be chance."""
        return self.times == 1 and not self.places and not self.recorded_on

    @property
    def last_on(self) -> date:
        """The newest day of anything that makes them a pair."""
        days = [night.on for night in self.nights] + list(self.recorded_on)
        return max([*days, *(min(max(p.one_on), max(p.other_on)) for p in self.places)])


def surely_away(episode: Episode, now: datetime) -> tuple[datetime, datetime] | None:
    """The hours at which the child was away without doubt; None where there are none. Who is missing is away until now."""
    until_now = now if episode.state == MISSING else None
    until = episode.end.from_at if episode.end else until_now
    since = episode.since
    first = since.from_at if since.precision == "minute" else since.begun_by
    return (first, until) if until is not None and first <= until else None


def nights_of(first: datetime, until: datetime, night: tuple[int, int]) -> list[Night]:
    """The nights of which these hours hold a part. A moment alone holds none, but midnight: who went on one day and was back on the next was away then."""
    found = []
    day = london_day(first) - timedelta(days=1)
    while day <= london_day(until):
        begins, ends = _london(day, night[0]), _london(day + timedelta(days=1), night[1])
        held = max(first, begins), min(until, ends)
        if _holds(held, day):
            found.append(Night(day, *held))
        day += timedelta(days=1)
    return found


def _london(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=LONDON).astimezone(UTC)


def pairs(
    children: Sequence[Away], *, first_on: date, now: datetime, night: tuple[int, int]
) -> tuple[Pair, ...]:
    """Every two of these children who were missing together since a day, newest first."""
    nights = _shared_nights(children, first_on, now, night)
    places = _shared_places(children, first_on)
    recorded = _recorded(children, first_on)
    found = [
        Pair(
            *two,
            len(nights[two].times) if two in nights else 0,
            nights[two].whole() if two in nights else (),
            tuple(sorted(places.get(two, ()), key=lambda one: one.place.label)),
            tuple(sorted(recorded.get(two, ()))),
        )
        for two in nights.keys() | places.keys() | recorded.keys()
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.last_on.toordinal(), pair.one, pair.other)))


Two = tuple[str, str]


@dataclass
class _Shared:
    """The nights that two children shared, and the two reports behind each."""

    nights: dict[date, Night] = field(default_factory=dict)
    times: set[tuple[str, str]] = field(default_factory=set)

    def add(self, night: Night, reports: tuple[str, str]) -> None:
        """Of several times within one night the whole: the night counts once."""
        had = self.nights.get(night.on, night)
        self.nights[night.on] = Night(
            night.on, min(had.from_at, night.from_at), max(had.until_at, night.until_at)
        )
        self.times.add(reports)

    def whole(self) -> tuple[Night, ...]:
        """Every night, the earliest first."""
        return tuple(self.nights[on] for on in sorted(self.nights))


def _shared_nights(
    children: Sequence[Away], first_on: date, now: datetime, night: tuple[int, int]
) -> dict[Two, _Shared]:
    by_night: dict[date, list[tuple[str, str, Night]]] = defaultdict(list)
    for child in children:
        for episode in child.episodes:
            hours = surely_away(episode, now)
            for one in nights_of(*hours, night) if hours else ():
                if one.on >= first_on:
                    by_night[one.on].append((child.person_id, episode.since.record_id, one))
    found: dict[Two, _Shared] = defaultdict(_Shared)
    for on, away in by_night.items():
        for (child_id, report, its), (other_id, reported, theirs) in combinations(
            sorted(away, key=_by_child), 2
        ):
            both = max(its.from_at, theirs.from_at), min(its.until_at, theirs.until_at)
            if child_id != other_id and _holds(both, on):
                found[child_id, other_id].add(Night(on, *both), (report, reported))
    return dict(found)


def _by_child(away: tuple[str, str, Night]) -> tuple[str, str]:
    return away[:2]


def _holds(hours: tuple[datetime, datetime], on: date) -> bool:
    """They last, or are the midnight of that night."""
    return hours[0] < hours[1] or hours[0] == hours[1] == _london(on + timedelta(days=1), 0)


def _shared_places(children: Sequence[Away], first_on: date) -> dict[Two, list[SharedPlace]]:
    by_place: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for child in children:
        for place in child.places:
            if place.on >= first_on:
                by_place[place.key][child.person_id].append(place)
    found: dict[Two, list[SharedPlace]] = defaultdict(list)
    homes = {child.person_id: child.homes for child in children}
    for key, by_child in by_place.items():
        at_home = {child for child in by_child if _may_be_home(key, homes[child])}
        for one, other in combinations(sorted(by_child), 2):
            if not {one, other} & at_home:
                found[one, other].append(
                    SharedPlace(by_child[one][0], _days(by_child[one]), _days(by_child[other]))
                )
    return found


def _may_be_home(key: str, homes: Iterable[str]) -> bool:
    """A place is one of these homes, or may be: of an address and its postcode ("1 reed close|QX1 1AA") only the one is known of the
    place or of the home ("|QX1 1AA"), and nothing that is known of both differs."""
    return any(key == home or _may_be_one(key.rpartition("|"), home.rpartition("|")) for home in homes)


def _may_be_one(place: tuple[str, str, str], home: tuple[str, str, str]) -> bool:
    pairs = [(place[part], home[part]) for part in (0, 2)]
    is_told_apart = any(one and other and one != other for one, other in pairs)
    return (
        bool(place[1] and home[1]) and not is_told_apart and any(one and one == other for one, other in pairs)
    )


def _days(places: Iterable[Place]) -> tuple[date, ...]:
    return tuple(sorted({place.on for place in places}))


def _recorded(children: Sequence[Away], first_on: date) -> dict[Two, set[date]]:
    shown = {child.person_id for child in children}
    found: dict[Two, set[date]] = defaultdict(set)
    for child in children:
        for other, days in (child.with_whom or {}).items():
            recent = {day for day in days if day >= first_on}
            if other in shown and other != child.person_id and recent:
                one, two = sorted((child.person_id, other))
                found[one, two] |= recent
    return found
