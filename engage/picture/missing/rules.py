"""When was a child missing, is the child back, and was the return interview held? From what records say, and no more.

An episode begins with a report. It has ended when a record says so: the child was found; the report itself says until when, or for
how many hours; an interview afterwards says so, or was held; or the child was reported anew, so was back in between at a time that
nobody recorded. When no record says so, the agencies that reported it decide what that means: of one that sends ends, the child is
missing as far as is known; of one that never sends any, the end was not received, which is neither missing nor back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from engage.picture.missing.moments import said_moment
from engage.picture.missing.stated import Stated
from engage.vocabulary.time import Happened, Precision, age_on, london_day, whole_day


MISSING, BACK, NOT_RECEIVED = "missing", "back", "end_not_received"
HELD, OFFERED, REFUSED, DUE, NOT_RECORDED, TIME_NOT_KNOWN = (
    "held", "offered", "refused", "due", "not_recorded", "time_not_known",
)  # fmt: skip
# How the end of an episode is known.
FOUND, SAID, HOURS, BY_INTERVIEW, REPORTED_ANEW = "found", "said", "hours", "by_interview", "reported_anew"
_HOURS = re.compile(r"\b(\d{1,4})\s*(?:hours?|hrs?)\b", re.IGNORECASE)
_SPAN = {"minute": timedelta(minutes=1), "day": timedelta(hours=25)}


@dataclass(frozen=True)
class Recorded:
    """One report, return or interview as a record tells it. `from_at` and `until_at` are UTC and half-open."""

    record_id: str
    kind: str
    agency: str
    from_at: datetime
    until_at: datetime
    precision: str
    category: str = ""
    title: str = ""
    outcome: str = ""
    by: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    is_fresh: bool = False


@dataclass(frozen=True)
class End:
    """How it is known that the child is back, and when that was: not before `from_at` (None: not known) and before `until_at`."""

    how: str
    from_at: datetime | None
    until_at: datetime
    precision: str
    agency: str
    record_id: str


@dataclass(frozen=True)
class Interview:
    """A return interview as recorded: held, offered or refused."""

    how: str
    recorded: Recorded


@dataclass(frozen=True)
class Episode:
    """One time of being missing: its reports, earliest first; `state` is missing, back or end_not_received."""

    reports: tuple[Recorded, ...]
    end: End | None
    state: str
    interview: Interview | None = None

    @property
    def since(self) -> Recorded:
        """The first report."""
        return self.reports[0]

    @property
    def agencies(self) -> tuple[str, ...]:
        """Who reported it."""
        return tuple(sorted({report.agency for report in self.reports}))


@dataclass(frozen=True)
class InterviewDue:
    """What is known of the return interview: held, offered, refused, due, not recorded though its time is over, or due at a time
    that is not known. `due_at` counts from the earliest moment at which the child may have been back; `is_exact`: that is known
    to the minute."""

    how: str
    due_at: datetime | None
    is_exact: bool = False


def episodes(
    recorded: Iterable[Recorded], *, ends_sent_by: AbstractSet[str], stated: Stated
) -> tuple[Episode, ...]:
    """All times that one child was missing by these records, earliest first. `ends_sent_by` are the agencies that send ends."""
    known = sorted(recorded, key=lambda one: (one.from_at, one.record_id))
    groups = _grouped(known, stated)
    made = []
    for number, reports in enumerate(groups):
        next_report = groups[number + 1][0] if number + 1 < len(groups) else None
        end = _end(reports, known, next_report)
        state = BACK if end else MISSING if ends_sent_by & {r.agency for r in reports} else NOT_RECEIVED
        interview = _interview(reports, known, next_report, stated)
        made.append(Episode(tuple(reports), end, state, interview))
    return tuple(made)


def _grouped(known: Sequence[Recorded], stated: Stated) -> list[list[Recorded]]:
    """The reports of each episode: another agency's within some hours, while no record says that the child is back, is one more."""
    groups: list[list[Recorded]] = []
    for report in (one for one in known if one.kind == "missing"):
        last = groups[-1] if groups else []
        is_same = (
            bool(last)
            and report.agency not in {one.agency for one in last}
            and report.from_at - last[0].from_at <= stated.same_report
            and _is_away(last, known, report)
        )
        if is_same:
            last.append(report)
        else:
            groups.append([report])
    return groups


def _is_away(reports: Sequence[Recorded], known: Sequence[Recorded], at: Recorded) -> bool:
    end = _end(reports, known, None)
    return end is None or end.until_at > at.from_at


def _end(reports: Sequence[Recorded], known: Sequence[Recorded], next_report: Recorded | None) -> End | None:
    """The first thing that says that the child is back: a record of its own before words in another, and anything before a guess."""
    return (
        _found(reports, known, next_report)
        or next(filter(None, map(_said_until, reports)), None)
        or next(filter(None, map(_hours, reports)), None)
        or _told(reports, known)
        or _held_after(reports, known, next_report)
        or _anew(next_report)
    )


def _within(one: Recorded, reports: Sequence[Recorded], next_report: Recorded | None) -> bool:
    """It happened after the child went and before the child was reported anew."""
    return one.until_at > reports[0].from_at and (next_report is None or one.from_at < next_report.from_at)


def says_end(report: Recorded) -> bool:
    """The report says itself until when the child was missing, or for how many hours."""
    return bool(_said_until(report) or _hours(report)) if report.kind == "missing" else False


def _found(
    reports: Sequence[Recorded], known: Sequence[Recorded], next_report: Recorded | None
) -> End | None:
    for one in known:
        if one.kind == "found" and _within(one, reports, next_report):
            return End(FOUND, one.from_at, one.until_at, one.precision, one.agency, one.record_id)
    return None


def _said_until(report: Recorded) -> End | None:
    """The report is itself an interval: its end is when the child came back."""
    span = _SPAN.get(report.precision)
    if span is None or report.until_at - report.from_at <= span:
        return None
    if report.precision == "day":
        day = whole_day(london_day(report.until_at - timedelta(seconds=1)))
        return _ended(SAID, day, report)
    return End(SAID, report.until_at, report.until_at + span, "minute", report.agency, report.record_id)


def _hours(report: Recorded) -> End | None:
    """The report says for how many hours the child was missing: back within the hour after so many."""
    words = [report.category, report.outcome, str(report.details.get("hours_missing", ""))]
    found = next(filter(None, map(_HOURS.search, words)), None)
    number = found[1] if found else words[2].strip()
    if not number.isdecimal() or report.precision != "minute":
        return None
    back = report.from_at + timedelta(hours=int(number))
    return End(HOURS, back, back + timedelta(hours=1), "about", report.agency, report.record_id)


def _told(reports: Sequence[Recorded], known: Sequence[Recorded]) -> End | None:
    """An interview says from when until when the child was missing, and it is this time."""
    for one in known:
        if one.kind == "return_interview" and _names(one, reports):
            back = said_moment(one.details.get("missing_to"))
            if back and back.until_at and back.until_at > reports[0].from_at:
                return _ended(BY_INTERVIEW, back, one)
    return None


def _ended(how: str, back: Happened, by: Recorded) -> End:
    assert back.until_at is not None  # noqa: S101  only of days and moments that were said
    return End(how, back.from_at, back.until_at, back.precision.value, by.agency, by.record_id)


def _held_after(
    reports: Sequence[Recorded], known: Sequence[Recorded], next_report: Recorded | None
) -> End | None:
    """A return interview is about a child who is back: by then at the latest."""
    for one in known:
        is_after = one.from_at >= reports[0].from_at and _within(one, reports, next_report)
        is_of_another = said_moment(one.details.get("missing_from")) and not _names(one, reports)
        if one.kind == "return_interview" and is_after and not is_of_another:
            return End(BY_INTERVIEW, None, one.until_at, "unknown", one.agency, one.record_id)
    return None


def _anew(next_report: Recorded | None) -> End | None:
    """Who is reported missing again was back before, at a time that nobody recorded."""
    if next_report is None:
        return None
    return End(
        REPORTED_ANEW, None, next_report.until_at, "unknown", next_report.agency, next_report.record_id
    )


def _names(interview: Recorded, reports: Sequence[Recorded]) -> bool:
    """The interview says that it is about the time that began on the day of one of these reports."""
    gone = said_moment(interview.details.get("missing_from"))
    if gone is None or gone.from_at is None:
        return False
    return london_day(gone.from_at) in {london_day(report.from_at) for report in reports}


def _interview(
    reports: Sequence[Recorded], known: Sequence[Recorded], next_report: Recorded | None, stated: Stated
) -> Interview | None:
    """The interview about this time: one that says so; else, of those that say nothing, one held before the child went again."""
    of_it = [one for one in known if one.kind == "return_interview" and one.until_at > reports[0].from_at]
    named = [one for one in of_it if _names(one, reports)]
    silent = [
        one
        for one in of_it
        if not said_moment(one.details.get("missing_from")) and _within(one, reports, next_report)
    ]
    found = named or silent
    hows = [Interview(interview_how(one, stated), one) for one in found]
    return min(hows, key=lambda one: (HELD, REFUSED, OFFERED).index(one.how), default=None)


def interview_how(recorded: Recorded, stated: Stated) -> str:
    """Held, offered or refused, by the words of its outcome, category or title."""
    said = " ".join((recorded.outcome, recorded.category, recorded.title)).lower()
    return next(
        (how for how, words in stated.interview_words.items() if any(word in said for word in words)), HELD
    )


def interview_due(episode: Episode, *, now: datetime, stated: Stated) -> InterviewDue | None:
    """What is known of the return interview of an episode that ended; None of one that did not."""
    end = episode.end
    if end is None:
        return None
    due_at = end.from_at + stated.interview.lasts if end.from_at else None
    is_exact = end.precision == Precision.MINUTE
    if episode.interview:
        return InterviewDue(episode.interview.how, due_at, is_exact)
    if due_at is None:
        return InterviewDue(TIME_NOT_KNOWN, None)
    return InterviewDue(DUE if now < due_at else NOT_RECORDED, due_at, is_exact)


def is_child(born: tuple[date, date] | None, on: date) -> bool | None:
    """Whether somebody was under 18 on a day; None when not known. `born` are the first day of birth that is possible and the first
    that is not any more; who may have been under 18 counts as a child."""
    if born is None:
        return None
    return age_on(born[1] - timedelta(days=1), on) < 18
