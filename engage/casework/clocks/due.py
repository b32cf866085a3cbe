"""When is time up for a run, given when it began, for how long it stood still, and what made it longer?

Worked out twice: from the earliest moment at which it can have begun, with the shortest pauses, and from the latest, with the longest. Where the start is known to
the minute both are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from engage.casework.clocks.begun import Begun
from engage.casework.clocks.bounds import EVER, NEVER, Bounds, bounds, bounds_of
from engage.casework.clocks.calendars import Calendar
from engage.casework.clocks.counting import DAY, INSTANT, Measure, Still, day_before, last_day, last_moment
from engage.casework.clocks.rules import Catalogue, Clock, Extension, Kind, Length, Told, Unit
from engage.vocabulary.time import Happened, Precision, london_day, london_midnight


@dataclass(frozen=True)
class Paused:
    """A pause that a named person authorised: when it was begun and, where it was, ended."""

    began: Told
    until: Told | None

    def still(self, *, is_longest: bool, now: datetime) -> Still:
        """For how long the clock stood still, at the longest or at the least."""
        began = bounds_of(self.began)
        until = bounds_of(self.until) if self.until else Bounds(now, now)
        if is_longest:
            return began.earliest, max(began.earliest, until.latest)
        return began.latest, max(began.latest, until.earliest)


@dataclass(frozen=True)
class Limits:
    """The last moment that is in time, between the earliest and the latest that it can be, with what counted towards it and what did not."""

    earliest: datetime
    latest: datetime
    pauses: tuple[Paused, ...] = ()
    extensions: tuple[Told, ...] = ()
    not_counted: tuple[Told, ...] = ()

    @property
    def is_paused(self) -> bool:
        """It stands still now."""
        return any(one.until is None for one in self.pauses)


@dataclass(frozen=True)
class _Way:
    """One of the two ways of working it out."""

    begun: Begun
    clock: Clock
    calendar: Calendar
    start: datetime
    now: datetime
    is_latest: bool
    not_counted: list[Told] = field(default_factory=list)

    def stills(self, pauses: tuple[Paused, ...]) -> tuple[Still, ...]:
        return tuple(one.still(is_longest=self.is_latest, now=self.now) for one in pauses)


def limits_of(catalogue: Catalogue, begun: Begun, now: datetime) -> Limits | None:
    """When time is up for a run; None where it has no limit, or nobody said when it began."""
    starts = bounds_of(begun.started_by)
    if not starts.is_known:
        return None
    found = [
        limits
        for clock in begun.versions
        for is_latest, start in ((False, starts.earliest), (True, starts.latest))
        if (limits := _limit(_Way(begun, clock, catalogue.calendar_of(clock), start, now, is_latest)))
    ]
    if not found:
        return None
    last = found[-1]
    return replace(last, earliest=min(one.earliest for one in found), latest=max(one.latest for one in found))


def _limit(way: _Way) -> Limits | None:
    """Its length, with the pauses and extensions that came while there was time."""
    if way.clock.kind is Kind.BEFORE:
        last = _last_before(way)
        return Limits(last, last)
    counted: list[Told] = []
    pauses: list[Paused] = []
    moment = _moment(way, (), ())
    for told, paused in _heard(way):
        if moment is not None and _moment_of(way, told) > moment:
            way.not_counted.append(told)
            continue
        if paused:
            pauses.append(paused)
        else:
            counted.append(told)
        moment = _moment(way, tuple(pauses), tuple(counted))
    if moment is None:
        return None
    return Limits(moment, moment, tuple(pauses), tuple(counted), tuple(way.not_counted))


def _moment_of(way: _Way, told: Told) -> datetime:
    """When a pause or extension came, as this way takes it: for the latest limit it came in time where it can have."""
    lies = bounds_of(told)
    return lies.earliest if way.is_latest else lies.latest


def _heard(way: _Way) -> Iterator[tuple[Told, Paused | None]]:
    """The extensions, and the pauses with what ended them, that a named person authorised; the rest are put with what does not count."""
    taken: dict[str, int] = {}
    extends = {one.event: one for one in way.clock.extensions}
    until = {one.event: one.until for one in way.clock.pauses}
    free_from = EVER
    for at, told in enumerate(way.begun.heard):
        if told.event not in {*extends, *until}:
            continue
        if not told.authorised_by or taken.get(told.event, 0) >= _at_most(extends.get(told.event)):
            way.not_counted.append(told)
        elif told.event in extends:
            taken[told.event] = taken.get(told.event, 0) + 1
            yield told, None
        elif bounds_of(told).earliest >= free_from:
            later = (one for one in way.begun.heard[at + 1 :] if one.event == until[told.event])
            found = next(later, None)
            # What is said to be paused once more while it stands still stands still once.
            free_from = bounds_of(found).earliest if found else NEVER
            yield told, Paused(told, found)


def _at_most(extension: Extension | None) -> int:
    return extension.at_most if extension else 1_000


def _moment(way: _Way, pauses: tuple[Paused, ...], extensions: tuple[Told, ...]) -> datetime | None:
    """The last moment in time; of what must not be done before, the last that is too early."""
    ends = _stated_end(way, extensions)
    length = _length(way.clock, extensions)
    if length is None:
        return ends
    measure = Measure(way.calendar, way.stills(pauses), way.clock.rolls)
    if way.clock.kind is Kind.NOT_BEFORE and length.unit is not Unit.CLOCK_HOUR:
        return london_midnight(last_day(london_day(way.start), length, measure)) - INSTANT
    moment = last_moment(way.start, length, measure)
    # What an order states counts, but no order lasts longer than the law allows.
    return min(moment, ends) if ends else moment


def _length(clock: Clock, extensions: tuple[Told, ...]) -> Length | None:
    longer = {one.event: one.by.count for one in clock.extensions}
    by = sum(longer[one.event] for one in extensions)
    if clock.length is None:
        unit = clock.extensions[0].by.unit if clock.extensions else None
        return Length(by, unit) if by and unit else None
    return Length(clock.length.count + by, clock.length.unit)


def _stated_end(way: _Way, extensions: tuple[Told, ...]) -> datetime | None:
    """The end that the order states; of an extension that states none, so much later."""
    longer = {one.event: one.by for one in way.clock.extensions}
    ends = _stated(way.begun.started_by.stated_end, is_latest=way.is_latest)
    for one in extensions:
        if one.stated_end:
            ends = _stated(one.stated_end, is_latest=way.is_latest)
        elif ends:
            ends = last_moment(ends, longer[one.event], Measure(way.calendar))
    return ends


def _stated(stated: Happened | None, *, is_latest: bool) -> datetime | None:
    if stated is None:
        return None
    lies = bounds(stated)
    if not lies.is_known:
        return None
    # A day that an order states is its last; of a month or a rough time every day may be.
    return lies.latest if is_latest else max(lies.earliest, min(lies.latest, _day_end(lies.earliest, stated)))


def _day_end(moment: datetime, stated: Happened) -> datetime:
    if stated.precision is Precision.MINUTE:
        return moment
    return london_midnight(london_day(moment) + DAY) - INSTANT


def _last_before(way: _Way) -> datetime:
    """The last moment that is so long before what is planned: of days, the last instant of that day."""
    length = way.clock.length or Length(0, Unit.CALENDAR_DAY)
    if length.unit is Unit.CLOCK_HOUR:
        return last_moment(way.start, Length(-length.count, length.unit), Measure(way.calendar))
    return london_midnight(day_before(london_day(way.start), length, way.calendar) + DAY) - INSTANT
