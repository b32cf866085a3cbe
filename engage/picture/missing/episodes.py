"""Which records make which episode: when was a child missing, is the child back, and which interview is about which time?

An episode begins with a report. It has ended when a record says so: the child was found; the report itself says until when, or for
how many hours; an interview afterwards says so, or was held; or the child was reported anew, so was back in between at a time that
nobody recorded. One record ends at most one episode, the earliest that it fits: a find of which only the day is known does not end
what began later on that day as well. What is said to end after now has not ended. When no record says so, the agencies that
reported it decide what that means: of one that sends ends, the child is missing as far as is known; of one that never sends any, the
end was not received, which is neither missing nor back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engage.picture.missing import ends
from engage.picture.missing.rules import (
    BACK,
    HELD,
    MISSING,
    NOT_HELD,
    NOT_RECEIVED,
    OFFERED,
    OUTCOME_NOT_KNOWN,
    REFUSED,
    REPORTED_ANEW,
    End,
    Episode,
    Interview,
    Recorded,
    interview_how,
)
from engage.picture.missing.stated import Stated
from engage.vocabulary.time import Precision


_FIRST = (HELD, REFUSED, NOT_HELD, OFFERED, OUTCOME_NOT_KNOWN)


@dataclass(frozen=True)
class _Known:
    """Everything that is recorded of one child, each earliest first, and what it is read by."""

    reports: tuple[Recorded, ...]
    finds: tuple[Recorded, ...]
    interviews: tuple[Interview, ...]
    stated: Stated
    now: datetime


@dataclass
class _Time:
    """One time of being missing while it is worked out. `next_report` is the first of the next time."""

    reports: list[Recorded]
    next_report: Recorded | None = None
    end: End | None = None
    interviews: list[Interview] = field(default_factory=list)

    @property
    def since(self) -> Recorded:
        return self.reports[0]

    @property
    def is_held(self) -> bool:
        return any(one.how == HELD for one in self.interviews)

    def may_be_over(self, by: datetime) -> bool:
        """The child may have been back before that moment."""
        if self.end is None:
            return self.next_report is not None and self.next_report.from_at < by
        return self.end.from_at is None or self.end.from_at < by

    def is_recent(self, at: datetime, within: timedelta) -> bool:
        """By some record the child was back, and not longer before that moment."""
        end = self.end or _anew(self.next_report)
        return end is not None and at - end.until_at <= within


def episodes(
    recorded: Iterable[Recorded], *, ends_sent_by: AbstractSet[str], stated: Stated, now: datetime
) -> tuple[Episode, ...]:
    """All times that one child was missing by these records, earliest first. `ends_sent_by` are the agencies that send ends."""
    known = _known(recorded, stated, now)
    times = _told_times(known)
    silent = [one for one in known.interviews if ends.gone_at(one.recorded) is None]
    for one in sorted(silent, key=lambda one: (one.recorded.until_at, one.recorded.record_id)):
        _give(one, times, timedelta(days=stated.days["back"]))
    return tuple(_episode(one, ends_sent_by) for one in times)


def _known(recorded: Iterable[Recorded], stated: Stated, now: datetime) -> _Known:
    of: dict[str, list[Recorded]] = defaultdict(list)
    for one in sorted(recorded, key=lambda one: (one.from_at, one.record_id)):
        of[one.kind].append(one)
    interviews = [Interview(interview_how(one, stated), one) for one in of["return_interview"]]
    return _Known(tuple(of["missing"]), tuple(of["found"]), tuple(interviews), stated, now)


def _episode(time: _Time, ends_sent_by: AbstractSet[str]) -> Episode:
    end = time.end or _anew(time.next_report)
    sends_ends = bool(ends_sent_by & {report.agency for report in time.reports})
    state = BACK if end else MISSING if sends_ends else NOT_RECEIVED
    interview = min(time.interviews, key=lambda one: _FIRST.index(one.how), default=None)
    return Episode(tuple(time.reports), end, state, interview)


def _anew(report: Recorded | None) -> End | None:
    """Who is reported missing again was back before, at a time that nobody recorded."""
    if report is None:
        return None
    return End(REPORTED_ANEW, None, report.begun_by, "unknown", report.agency, report.record_id)


def _told_times(known: _Known) -> list[_Time]:
    """Each time with its reports, the interviews that name it, and its end where a record tells it of this very time."""
    times: list[_Time] = []
    used: set[str] = set()
    for report in known.reports:
        if times and _is_same(times[-1], report, known, used):
            times[-1].reports.append(report)
            continue
        if times:
            times[-1].next_report = report
            used |= _close(times[-1], known, used)
        times.append(_Time([report]))
    if times:
        _close(times[-1], known, used)
    return times


def _is_same(last: _Time, report: Recorded, known: _Known, used: AbstractSet[str]) -> bool:
    """Another agency's report within some hours, while no record says that the child is back, is one more of the same time."""
    is_near = (
        report.agency not in {one.agency for one in last.reports}
        and report.from_at - last.since.from_at <= known.stated.same_report
    )
    if not is_near or report.from_at < last.since.begun_by:
        return is_near
    end, _used = _end_of(last, known, used)
    if end is None:
        return not _was_held_between(last.since, report, known)
    # Who may have been back is taken to have gone again: nobody missing may pass for found.
    return (end.from_at or end.until_at) > report.from_at


def _was_held_between(since: Recorded, report: Recorded, known: _Known) -> bool:
    return any(
        one.how == HELD and since.from_at <= one.recorded.from_at and one.recorded.until_at <= report.from_at
        for one in known.interviews
    )


def _close(time: _Time, known: _Known, used: AbstractSet[str]) -> set[str]:
    """Give a time whose reports are complete its end and the interviews that name it; return the records that tell of no other."""
    time.end, of_it = _end_of(time, known, used)
    time.interviews += [one for one in known.interviews if one.recorded.record_id in of_it]
    return of_it


def _end_of(time: _Time, known: _Known, used: AbstractSet[str]) -> tuple[End | None, set[str]]:
    """The first thing that says that the child is back, a record of its own before words in another; and which finds and interviews
    are about this time."""
    next_at = time.next_report.from_at if time.next_report else None
    finds = ends.telling_one_return(known.finds, time.since, next_at, used)
    own = _first(
        [
            ends.found_end(finds, time.since),
            *map(ends.said_until, time.reports),
            *map(ends.said_hours, time.reports),
        ],
        known.now,
    )
    named = [
        one
        for one in known.interviews
        if one.recorded.record_id not in used and _is_about(one.recorded, time, own)
    ]
    told = [ends.told_end(one.recorded, time.since) for one in named]
    held = [
        ends.held_end(one.recorded)
        for one in named
        if one.how == HELD and one.recorded.from_at >= time.since.from_at
    ]
    of_it = {one.record_id for one in finds} | {one.recorded.record_id for one in named}
    return own or _first([*told, *held], known.now), of_it


def _first(said: Iterable[End | None], now: datetime) -> End | None:
    """The first that has come: what is yet to come has not ended anything."""
    return next((end for end in said if end and (end.from_at is None or end.from_at <= now)), None)


def _is_about(interview: Recorded, time: _Time, own: End | None) -> bool:
    """The interview names this time, which was not over when it says that the child went, and not the next of the same day."""
    gone, back = ends.gone_at(interview), ends.back_at(interview)
    if gone is None or gone.from_at is None or not ends.names(interview, time.reports):
        return False
    if interview.until_at <= time.since.from_at or (own is not None and own.until_at <= gone.from_at):
        return False
    after = time.next_report
    if after is None:
        return True
    if back is not None and back.from_at is not None and back.from_at >= after.from_at:
        return False
    is_nearer = abs(after.from_at - gone.from_at) < abs(time.since.from_at - gone.from_at)
    return not (is_nearer and gone.precision == Precision.MINUTE and ends.names(interview, [after]))


def _give(interview: Interview, times: Sequence[_Time], within: timedelta) -> None:
    """Give an interview that says of no time to the last one that was over by then and had none that was held. One that was held
    ends the time that was not over, unless another still waited for its interview: within these days it is rather about that."""
    recorded = interview.recorded
    begun = [one for one in times if one.since.from_at < recorded.until_at]
    over = [one for one in begun if one.may_be_over(recorded.until_at)]
    is_away = bool(begun) and begun[-1].end is None and begun[-1] not in over
    waiting = [
        one
        for one in reversed(over)
        if not one.is_held and (one.is_recent(recorded.from_at, within) or (one is over[-1] and not is_away))
    ]
    if waiting:
        waiting[0].interviews.append(interview)
    elif is_away and interview.how == HELD and recorded.from_at >= begun[-1].since.from_at:
        begun[-1].end = ends.held_end(recorded)
        begun[-1].interviews.append(interview)
