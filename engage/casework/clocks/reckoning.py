"""How does every clock stand, now, by what was told?

`reckon` works it out anew each time. A run that nothing ended stays open, however long ago its time was up. Where the times that were told can mean in time as well
as late, the state is “not known”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from engage.casework.clocks.begun import Begun
from engage.casework.clocks.bounds import Bounds, bounds_of, last_of
from engage.casework.clocks.counting import INSTANT, Measure, between, moment_before
from engage.casework.clocks.due import Limits, limits_of
from engage.casework.clocks.judging import Standing, state_of
from engage.casework.clocks.pairing import EXPLAINED, Pairing, standing
from engage.casework.clocks.rules import Catalogue, Clock, Due, Kind, Run, Span, State, Told, Unit
from engage.vocabulary.time import london_day


def reckon(
    tellings: Iterable[Told], *, catalogue: Catalogue, now: datetime, about: str = ""
) -> tuple[Run, ...]:
    """Every run of every clock that is on, for what was told of one case or subject, at a moment.

    `about` is the kind of the case or subject; without it every clock is looked at. A clock that nothing started gives one run that has not started. Runs
    come in the order of the clocks' codes as the catalogue has them, then of their starts.
    """
    told = standing(tellings)
    return tuple(
        run
        for code in catalogue.clocks
        for run in _runs(catalogue, code, told, now)
        if _is_for(run.clock, about)
    )


def _is_for(clock: Clock, about: str) -> bool:
    return clock.is_on and (not about or about in clock.about)


def _runs(catalogue: Catalogue, code: str, told: list[Told], now: datetime) -> Iterator[Run]:
    pairing = Pairing(catalogue, code, told)
    begun = pairing.runs(now)
    for one in begun:
        yield _run(catalogue, one, now)
    ahead = [] if pairing.is_backwards else [Begun(c, (c,), one) for c, one in pairing.ahead(now)]
    for one in ahead:
        yield _run(catalogue, one, now, is_ahead=True)
    if not begun and not ahead:
        clock = catalogue.in_force(code, london_day(now)) or catalogue.clocks[code][-1]
        yield Run(clock, State.NOT_STARTED, catalogue.calendar_of(clock).version, versions=(clock.version,))


def _run(catalogue: Catalogue, begun: Begun, now: datetime, *, is_ahead: bool = False) -> Run:
    calendar, clock = catalogue.calendar_of(begun.clock), begun.clock
    end = last_of(begun.ended_by) if begun.ended_by else None
    limits = limits_of(catalogue, begun, end.latest if end and end.is_known else now)
    warn_from = moment_before(limits.earliest, clock.warn, calendar) if limits and clock.warn else None
    stands = Standing(
        clock, bounds_of(begun.started_by), end, limits, warn_from, tuple(map(bounds_of, begun.may_have_ended)), begun.is_stopped
    )  # fmt: skip
    state = State.NOT_STARTED if is_ahead else state_of(stands, now)
    unit = _unit(clock)
    explained = _explanation(begun)
    return Run(
        clock=clock, state=state, calendar=calendar.version, started_by=begun.started_by, other_starts=tuple(begun.others),
        due=None if limits is None or state is State.PAUSED else _due(clock, limits), warn_from_at=warn_from, counted_in=unit,
        used=None if is_ahead else _used(stands, unit, Measure(calendar), now), left=_left(stands, unit, Measure(calendar), now),
        ended_by=begun.ended_by, may_have_ended=tuple(begun.may_have_ended), is_stopped=begun.is_stopped,
        reason=explained.reason if explained else "", authorised_by=explained.authorised_by if explained else "",
        pauses=tuple(one.began for one in limits.pauses) if limits else (), extensions=limits.extensions if limits else (),
        not_counted=limits.not_counted if limits else (), versions=tuple(dict.fromkeys(one.version for one in begun.versions)),
    )  # fmt: skip


def _explanation(begun: Begun) -> Told | None:
    """Why it is late and who authorised that: the last that was said of this run, else what the ending itself says."""
    said = [one for one in begun.heard if one.event == EXPLAINED]
    said = said or [one for one in begun.ended_by if one.reason or one.authorised_by]
    return said[-1] if said else None


def _shown(moment: datetime) -> datetime:
    """A limit by days ends at midnight; inside it is the instant before."""
    return moment + INSTANT if (moment + INSTANT).microsecond == 0 else moment


def _due(clock: Clock, limits: Limits) -> Due:
    earliest, latest = _shown(limits.earliest), _shown(limits.latest)
    if clock.kind is Kind.NOT_BEFORE:
        return Due(earliest, latest, london_day(earliest), london_day(latest))
    return Due(earliest, latest, london_day(limits.earliest), london_day(limits.latest))


def _unit(clock: Clock) -> Unit:
    """What it counts; what counts months, or has no limit, is shown in days."""
    length = clock.length or (clock.extensions[0].by if clock.extensions else None)
    return Unit.CALENDAR_DAY if length is None or length.unit is Unit.MONTH else length.unit


def _until(stands: Standing, now: datetime) -> Bounds | None:
    """Up to which moments is counted: the ending, else now."""
    if stands.end is None:
        return Bounds(now, now)
    return stands.end if stands.end.is_known else None


def _used(stands: Standing, unit: Unit, measure: Measure, now: datetime) -> Span | None:
    until = _until(stands, now)
    if until is None or not stands.start.is_known or stands.clock.kind is Kind.BEFORE:
        return None
    pauses = stands.limits.pauses if stands.limits else ()
    short, long = (
        Measure(measure.calendar, tuple(one.still(is_longest=is_longest, now=until.latest) for one in pauses))
        for is_longest in (False, True)
    )
    return Span(
        max(0, between(stands.start.latest, until.earliest, unit, long)),
        max(0, between(stands.start.earliest, until.latest, unit, short)),
    )


def _left(stands: Standing, unit: Unit, measure: Measure, now: datetime) -> Span | None:
    until = _until(stands, now)
    if until is None or stands.limits is None:
        return None
    earliest, latest = stands.limits.earliest, stands.limits.latest
    if stands.clock.kind is Kind.NOT_BEFORE:
        earliest, latest = _shown(earliest), _shown(latest)
    return Span(
        between(until.latest, earliest, unit, measure), between(until.earliest, latest, unit, measure)
    )
