"""What is an episode of being missing made of, when is its return interview due, and who is a child? Words and plain values.

How an episode ends is in `ends`, which records make which episode in `episodes`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from engage.picture.missing.stated import Stated
from engage.vocabulary.time import Precision, age_on, london_day, london_midnight


MISSING, BACK, NOT_RECEIVED = "missing", "back", "end_not_received"
# What a record says of an interview; of one about which there is no record: whether its time is over.
HELD, REFUSED, NOT_HELD, OFFERED, OUTCOME_NOT_KNOWN = (
    "held",
    "refused",
    "not_held",
    "offered",
    "outcome_not_known",
)
DUE, NOT_RECORDED, TIME_NOT_KNOWN = "due", "not_recorded", "time_not_known"
# What ends the waiting for an interview; everything else leaves it open.
CLOSED = frozenset({HELD, REFUSED})
# How the end of an episode is known.
FOUND, SAID, HOURS, BY_INTERVIEW, REPORTED_ANEW = "found", "said", "hours", "by_interview", "reported_anew"


@dataclass(frozen=True)
class Recorded:
    """One report, return or interview as a record tells it. `from_at` and `until_at` are UTC and half-open; `precision` is of the
    beginning, `until_precision` of an end that its source said: minute or day, "" where it said none."""

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
    until_precision: str = ""

    @property
    def begun_by(self) -> datetime:
        """By when it had surely begun: of a day without an hour its end, of what is said less exactly all of it."""
        if self.precision == "minute":
            return self.from_at + timedelta(minutes=1)
        if self.precision == "day":
            return london_midnight(london_day(self.from_at) + timedelta(days=1))
        return self.until_at


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
    """A return interview as recorded: held, refused, not held, offered, or with an outcome that is not known."""

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
    """What is known of the return interview: what its record says, or due, not recorded though its time is over, or due at a time
    that is not known. `due_at` counts from the earliest moment at which the child may have been back; `is_exact`: that is known
    to the minute; `is_late`: it is not yet to come, as far as is known; `in_time`: of one that was held or refused, whether that was before its time was
    up (None: of no other, and where days without hours do not say)."""

    how: str
    due_at: datetime | None
    is_exact: bool = False
    is_late: bool = False
    in_time: bool | None = None

    @property
    def is_open(self) -> bool:
        """No record says that it was held or refused: it is still waited for."""
        return self.how not in CLOSED


# "Completed: no" is a question that was answered.
_ANSWERED_NO = re.compile(r"\w*\W*\b(?:no|n|false)\W*$")


def interview_how(recorded: Recorded, stated: Stated) -> str:
    """What a record of an interview says of it, by the words of its outcome; by those of its category and title when it has none.
    The word that stands first decides, an offer only where there is no other; words that no list knows say nothing."""
    said = (recorded.outcome.strip() or f"{recorded.category} {recorded.title}").lower()
    return _how(said, tuple(stated.interview_words.items()), stated.not_held_after)


# Most interviews say it in one of a few words: each is looked through once.
@lru_cache(maxsize=4096)
def _how(said: str, of_how: tuple[tuple[str, tuple[str, ...]], ...], not_held_after: frozenset[str]) -> str:
    found = [
        (how == OFFERED, at.start(), how)
        for how, words in of_how
        for word in words
        for at in re.finditer(rf"\b{re.escape(word)}", said)
        if how != HELD or _is_said_so(said, at, not_held_after)
    ]
    return min(found)[2] if found else OUTCOME_NOT_KNOWN


def _is_said_so(said: str, at: re.Match[str], not_held_after: frozenset[str]) -> bool:
    """A word for held is neither denied nor lies ahead."""
    clause = re.split(r"[^\w\s']", said[: at.start()])[-1]
    before = clause.split()[-3:]
    return not not_held_after.intersection(before) and not _ANSWERED_NO.match(said, at.end())


def interview_due(episode: Episode, *, now: datetime, stated: Stated) -> InterviewDue | None:
    """What is known of the return interview of an episode that ended; None of one that did not."""
    end = episode.end
    if end is None:
        return None
    due_at = end.from_at + stated.interview.lasts if end.from_at else None
    is_late = due_at is None or now >= due_at
    if episode.interview:
        how = episode.interview.how
    elif due_at is None:
        how = TIME_NOT_KNOWN
    else:
        how = NOT_RECORDED if is_late else DUE
    in_time = _in_time(end, episode.interview, stated.interview.lasts)
    return InterviewDue(
        how, due_at, due_at is not None and end.precision == Precision.MINUTE, is_late, in_time
    )


def _in_time(end: End, interview: Interview | None, lasts: timedelta) -> bool | None:
    if interview is None or interview.how not in CLOSED or end.from_at is None:
        return None
    recorded, a_minute = interview.recorded, timedelta(minutes=1)
    if recorded.begun_by <= end.from_at + lasts + a_minute:
        return True
    latest = end.from_at if end.precision == Precision.MINUTE else end.until_at
    return False if recorded.from_at > latest + lasts else None


def is_child(born: tuple[date, date] | None, on: date) -> bool | None:
    """Whether somebody was under 18 on a day; None when not known. `born` are the first day of birth that is possible and the first
    that is not any more; who may have been under 18 counts as a child."""
    if born is None:
        return None
    return age_on(born[1] - timedelta(days=1), on) < 18
