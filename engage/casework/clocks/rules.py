"""What is a clock, what is told to it, and what does it answer? Plain values; `reckoning` works with them.

A day is a day in London (all four nations keep the same time). A moment is UTC. What limits a clock by days ends at the midnight after its last day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from engage.casework.clocks.calendars import Calendar
from engage.vocabulary.time import Happened
from engage.vocabulary.words import N_


# Which kinds of case or subject a clock can be for.
ABOUT = {
    "child": N_("a child"),
    "peer_group": N_("a group of children"),
    "person_of_concern": N_("a person of concern"),
    "place": N_("a place"),
    "victim": N_("a victim who is no child"),
    "request": N_("a request for information"),
    "area": N_("the area as a whole"),
}
# How sure a rule is: shown with every clock.
CERTAINTIES = {
    "V": N_("Read in the source named."),
    "L": N_("One area's rule: no other area is bound by it."),
    "P": N_("Seen in a summary or the press: to be checked."),
    "K": N_("Known, not read again in the source: to be checked."),
    "D": N_("This project's own choice."),
}


class Unit(StrEnum):
    """What a clock counts."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    CLOCK_HOUR = "clock_hour"
    MONTH = "month"


class Kind(StrEnum):
    """What a clock's moment means."""

    DEADLINE = "deadline"  # to be done by then
    AS_SOON_AS_POSSIBLE = (
        "as_soon_as_possible"  # no limit that would make it soon enough; a length is the outer limit
    )
    NOT_BEFORE = "not_before"  # not to be done before then
    BEFORE = "before"  # so long before what is planned: counted backwards from it
    EXPIRY = "expiry"  # an order or notice ends then; who it protects has to be told before
    WINDOW = "window"  # something is shown until then


class Which(StrEnum):
    """Which of several starts counts, until an ending is told."""

    FIRST = "first"
    LAST = "last"
    EACH = "each"


class State(StrEnum):
    """How a run of a clock stands."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    WARNING = "warning"
    OVERDUE = "overdue"
    PAUSED = "paused"
    IN_TIME = "in_time"
    LATE = "late"
    ENDED = "ended"  # done, and no limit says whether in time; or needless before time was up
    TOO_EARLY = "too_early"  # done before it should have been
    OPEN = "open"  # may be done from now on
    OVER = "over"  # what was shown is shown no longer
    NOT_KNOWN = "not_known"  # the times that were told do not say


@dataclass(frozen=True)
class Length:
    """So many of a unit."""

    count: int
    unit: Unit


@dataclass(frozen=True)
class Extension:
    """An event that makes a clock longer, each time by `by`, no more than `at_most` times. Counts only with a named authoriser, and only while the clock has not run out."""

    event: str
    by: Length
    at_most: int = 1


@dataclass(frozen=True)
class Pause:
    """The events between which a clock stands still. Counts only with a named authoriser."""

    event: str
    until: str


@dataclass(frozen=True)
class EventKind:
    """Something that can be told to clocks. `why`: why it stands here although no clock uses it."""

    code: str
    title: str
    means: str
    why: str = ""


@dataclass(frozen=True)
class Clock:
    """One version of a clock, in force from `effective_on` and before `until_on`.

    `certainty` is V (read in the source named), L (one area's rule), P (press or a summary), K (known, to be checked in the source) or D (this project's own).
    `about`: the kinds of case or subject it is for. `variant_of`: the clock that counts the same thing otherwise. `from_number`: the start from which it
    counts (3: from the third). `needs_all`: every one of `ends` has to be told, the last one counts. `ends_every`: one ending ends every run that began before it, each of
    which has its own limit. `stops`: events after which there is nothing left to do.
    `rolls`: a last day that is no working day gives way to the next one. `is_on`: an area may switch it off, or on.
    `not_here`: why nothing in Engage tells it, so that it never runs here.
    """

    code: str
    title: str
    means: str
    kind: Kind
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    about: tuple[str, ...]
    source: str
    certainty: str
    effective_on: date
    length: Length | None = None
    which: Which = Which.EACH
    from_number: int = 1
    needs_all: bool = False
    ends_every: bool = False
    stops: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    warn: Length | None = None
    calendar: str = ""
    nations: tuple[str, ...] = ()
    is_local: bool = False
    whose: str = ""
    variant_of: str = ""
    is_shown_first: bool = True
    rolls: bool = False
    is_on: bool = True
    note: str = ""
    not_here: str = ""
    until_on: date | None = None

    @property
    def version(self) -> str:
        """The day from which this version counts, and whose it is where it is an area's."""
        return (
            f"{self.effective_on.isoformat()} ({self.whose})"
            if self.is_local
            else self.effective_on.isoformat()
        )

    @property
    def events(self) -> frozenset[str]:
        """Every event that this clock listens to."""
        paused = {code for one in self.pauses for code in (one.event, one.until)}
        return frozenset(
            {*self.starts, *self.ends, *self.stops, *paused, *(one.event for one in self.extensions)}
        )


@dataclass(frozen=True)
class Told:
    """Something that happened, as somebody told it.

    `told_id` names what told it (an answer of a form, a move, a meeting, a record). `told_at`: when it was written down, which it cannot have happened after.
    `regards`: the tellings that it belongs to (the return that an interview was about); without any, it belongs to the latest start before it. `replaces`:
    the telling that this one corrects, with all that it told. `stated_end`: the end that an order itself states. `clock`: the only clock that it is meant for, else all that listen.
    """

    told_id: str
    event: str
    happened: Happened
    told_at: datetime | None = None
    authorised_by: str = ""
    reason: str = ""
    regards: tuple[str, ...] = ()
    replaces: str = ""
    stated_end: Happened | None = None
    clock: str = ""


@dataclass(frozen=True)
class Due:
    """The moment at which time is up, between the earliest and the latest that it can be (the same where the start is known well enough), and the last day on which it
    is in time. What is limited by days is in time before that moment, what is limited by hours up to it."""

    earliest_at: datetime
    latest_at: datetime
    earliest_on: date
    latest_on: date

    @property
    def is_exact(self) -> bool:
        """It is known to the day (or the moment, for hours)."""
        return self.earliest_at == self.latest_at


@dataclass(frozen=True)
class Span:
    """A number between two: days or hours used or left. Left is below nothing once time is up."""

    least: int
    most: int


@dataclass(frozen=True)
class Run:
    """A clock from one start on. `counted_in` is the unit of `used` and `left` (a clock of months counts days).

    `other_starts`: starts that do not count by this clock, kept and shown. `ended_by` is empty while nothing ended it; `may_have_ended` holds endings that may
    belong to this start or to another. `is_first`: of the clocks that count the same thing it is the one that stands in lists. `is_stopped`: it ended because there was nothing left to do. `pauses` and `extensions` count; `not_counted` are those that do not,
    for want of a named authoriser or because they came when time was up.
    """

    clock: Clock
    state: State
    calendar: str
    started_by: Told | None = None
    other_starts: tuple[Told, ...] = ()
    due: Due | None = None
    warn_from_at: datetime | None = None
    counted_in: Unit | None = None
    used: Span | None = None
    left: Span | None = None
    ended_by: tuple[Told, ...] = ()
    may_have_ended: tuple[Told, ...] = ()
    is_stopped: bool = False
    reason: str = ""
    authorised_by: str = ""
    pauses: tuple[Told, ...] = ()
    extensions: tuple[Told, ...] = ()
    not_counted: tuple[Told, ...] = ()
    versions: tuple[str, ...] = ()
    is_first: bool = True

    @property
    def key(self) -> str:
        """By which a form names it: its clock, and what started it."""
        return f"{self.clock.code}|{self.started_by.told_id}" if self.started_by else ""

    @property
    def is_open(self) -> bool:
        """Nothing has ended it: it stays on the list of whoever answers for it, breached or not."""
        return not self.ended_by

    @property
    def is_breach_unexplained(self) -> bool:
        """Time is up, and nobody has said why and who authorised that."""
        return self.state in {State.OVERDUE, State.LATE} and not (self.reason and self.authorised_by)


@dataclass(frozen=True)
class Catalogue:
    """Every clock of an area by code, each with its versions in the order of their days, the events, and the calendars that they are counted by."""

    clocks: dict[str, tuple[Clock, ...]]
    events: dict[str, EventKind]
    calendars: dict[str, Calendar] = field(default_factory=dict)
    nation: str = "england"

    def calendar_of(self, clock: Clock) -> Calendar:
        """The calendar of a clock: its own, else the nation's; days on which an area is closed count for local clocks alone, since no area can make a national limit longer."""
        key = clock.calendar or self.nation
        return self.calendars[f"{key}+closed" if clock.is_local else key]

    def in_force(self, code: str, on: date) -> Clock | None:
        """The version of a clock that counts for what starts on a day; None where none was in force."""
        began = [
            one
            for one in self.clocks.get(code, ())
            if one.effective_on <= on and (one.until_on is None or on < one.until_on)
        ]
        return began[-1] if began else None
