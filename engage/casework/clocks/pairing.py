"""Which ending belongs to which start?

By what was told it belongs to (`Told.regards`); without that to the latest start before it, and to no other: an interview after the second return does not
end the clock of the first. Where it is not sure which start was the latest, it is none's, and each that it may belong to says so. By a clock of which one ending ends
every run (one assessment answers all that was referred), it belongs to every start before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from engage.casework.clocks.begun import Begun
from engage.casework.clocks.bounds import EVER, NEVER, bounds_of
from engage.casework.clocks.due import limits_of
from engage.casework.clocks.rules import Catalogue, Clock, Kind, Told, Which
from engage.vocabulary.time import london_day


EXPLAINED = "lateness.explained"
TAKEN_BACK = "telling.taken_back"


def standing(tellings: Iterable[Told]) -> list[Told]:
    """What was told and neither corrected nor taken back; what belongs to a corrected telling belongs to its correction."""
    some = list(tellings)
    instead = {one.replaces: one.told_id for one in some if one.replaces}

    def now(told_id: str) -> str:
        seen: set[str] = set()
        while told_id in instead and told_id not in seen:
            seen.add(told_id)
            told_id = instead[told_id]
        return told_id

    return [
        _regarding(one, tuple(now(told_id) for told_id in one.regards))
        for one in some
        if one.told_id not in instead and one.event != TAKEN_BACK
    ]


def _regarding(told: Told, regards: tuple[str, ...]) -> Told:
    return told if told.regards == regards else replace(told, regards=regards)


class Pairing:
    """The runs of one clock, from tellings in the order of their moments."""

    def __init__(self, catalogue: Catalogue, code: str, tellings: Iterable[Told]) -> None:
        self.catalogue, self.code = catalogue, code
        self.begun: list[Begun] = []
        self._number = 0
        versions = catalogue.clocks[code]
        self._starts = {event for one in versions for event in one.starts}
        self._ends = {event for one in versions for event in (*one.ends, *one.stops)}
        self.is_backwards = versions[-1].kind is Kind.BEFORE
        heard = {event for one in versions for event in one.events} | {EXPLAINED}
        everything = list(tellings)
        self._tellings = [one for one in everything if one.event in heard and one.clock in ("", code)]
        self._told_of: dict[str, set[str]] = {}
        for one in everything:
            self._told_of.setdefault(one.told_id, set()).add(one.event)

    def runs(self, now: datetime) -> list[Begun]:
        """Every run that what happened up to now began."""
        if self.is_backwards:
            for told in sorted(self._tellings, key=self._order):
                if told.event in self._starts:
                    self._start(told)
        for told in sorted(self._tellings, key=self._order):
            if bounds_of(told).earliest <= now:
                self._hear(told, now)
        return self.begun

    def ahead(self, now: datetime) -> list[tuple[Clock, Told]]:
        """Starts that lie ahead, with the version that will count."""
        return [
            (versions[0], told)
            for told in self._tellings
            if bounds_of(told).earliest > now and (versions := self._versions(told))
        ]

    def _order(self, told: Told) -> tuple[datetime, int, str, str]:
        """By their moments, an ending by the latest that it can be; at one moment always in the same order, however they were told."""
        lies = bounds_of(told)
        if told.event not in self._starts:
            return (lies.latest, 3 if told.event in self._ends else 2, told.event, told.told_id)
        # What ends one run and begins the next (a review) comes before what only begins one.
        return (lies.earliest, 0 if told.event in self._ends else 1, told.event, told.told_id)

    def _hear(self, told: Told, now: datetime) -> None:
        if told.event in self._ends:
            self._end(told)
        elif told.event not in self._starts:
            for one in self._owners(told)[:1]:
                one.heard.append(told)
        if told.event in self._starts and not self.is_backwards:
            self._start(told, now)

    def _start(self, told: Told, now: datetime = NEVER) -> None:
        versions = self._versions(told)
        if not versions:
            return
        self._number += 1
        current = next((one for one in reversed(self.begun) if not one.ended_by), None)
        clock = versions[0]
        if self._number < clock.from_number:
            return
        if clock.which is Which.EACH or current is None or self._has_run_out(current, told, now):
            self.begun.append(Begun(clock, versions, told))
        elif clock.which is Which.FIRST:
            current.others.append(told)
        else:
            current.others.append(current.started_by)
            current.clock, current.versions, current.started_by = clock, versions, told

    def _versions(self, told: Told) -> tuple[Clock, ...]:
        """The version in force when it started; two where it is not sure on which side of a change that was."""
        lies = bounds_of(told)
        days = [london_day(at) for at in (lies.earliest, lies.latest) if at not in (EVER, NEVER)]
        if not days:
            return self.catalogue.clocks[self.code][-1:]
        found = dict.fromkeys(self.catalogue.in_force(self.code, day) for day in days)
        return tuple(one for one in found if one and told.event in one.starts)

    def _has_run_out(self, current: Begun, told: Told, now: datetime) -> bool:
        """Time was surely up before: a further start then moves nothing, the breach stays, and a run of its own begins."""
        limits = limits_of(self.catalogue, current, min(now, bounds_of(told).earliest))
        return limits is not None and limits.latest < bounds_of(told).earliest

    def _end(self, told: Told) -> None:
        surely, perhaps = self._whose(told)
        for one in perhaps:
            if not one.ended_by:
                one.may_have_ended.append(told)
        for one in surely:
            one.end(told)

    def _whose(self, told: Told) -> tuple[list[Begun], list[Begun]]:
        """The runs that an ending ends, and those of which it is not sure."""
        owners = self._owners(told)
        if len(owners) < 2 or self._named(told) or owners[0].clock.which is not Which.EACH:
            return owners, []
        if not owners[0].clock.ends_every:
            return [], owners
        earliest = bounds_of(told).earliest
        surely = [one for one in owners if bounds_of(one.started_by).latest <= earliest]
        return surely, [one for one in owners if one not in surely]

    def _owners(self, told: Told) -> list[Begun]:
        """The runs that a telling belongs to, or may belong to: the latest start first."""
        mine = [one for one in self.begun if one.started_by is not told]
        named = self._named(told)
        if named:
            return [one for one in mine if one.is_started_by(named)]
        if self.is_backwards:
            return self._next(mine, told)
        # What begins after it was not heard yet.
        before = sorted(mine, key=lambda one: bounds_of(one.started_by).latest, reverse=True)
        if before and (before[0].clock.which is not Which.EACH or before[0].clock.ends_every):
            return [one for one in before if not one.ended_by] or before[:1]
        return list(_until_sure(before, bounds_of(told).earliest))

    def _named(self, told: Told) -> list[str]:
        """The starts of this clock that it says it belongs to, with what is not among the tellings: to that nothing here belongs."""
        return [one for one in told.regards if self._starts & self._told_of.get(one, self._starts)]

    @staticmethod
    def _next(mine: list[Begun], told: Told) -> list[Begun]:
        """What is done before something planned belongs to the next thing planned; when all are past, to the last."""
        lies = bounds_of(told)
        ahead = [one for one in mine if bounds_of(one.started_by).latest >= lies.earliest]
        return ahead[:1] or mine[-1:]


def _until_sure(before: list[Begun], earliest: datetime) -> Iterator[Begun]:
    for one in before:
        yield one
        if bounds_of(one.started_by).latest <= earliest:
            return
