"""What is asked of an agency before a meeting, and what is it to have answered?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engage.casework.meetings.rules import HELD, PLANNED


NIL, CONTENT, NO_REPLY, WITHDRAWN = "nil", "content", "no_reply", "withdrawn"
# In which states of a meeting an agency can answer: not once its minutes are out, nor where it is not held.
TAKES_ANSWERS = (PLANNED, HELD)


@dataclass(frozen=True)
class Asking:
    """What is asked of whom: of these invitees (by number), with a question besides what each holds, until a day (None: as the kind of meeting says)."""

    invitees: tuple[int, ...]
    question: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Answer:
    """What an agency answers to one request, which had `version` answers when the page was shown: that it holds nothing, or what it holds, with records of its own that it
    names. `heard_from`: who of it said so, by phone say, to whoever arranges the meeting ("" where the agency writes it itself)."""

    request: int
    version: int
    is_nil: bool
    text: str = ""
    records: tuple[str, ...] = ()
    handling: str = ""
    heard_from: str = ""


@dataclass(frozen=True)
class Returned:
    """A return that was sent. `text` is None where the viewer may not read it; `handling`: how the agency that sent it lets it be used; `heard_from`: who said it, where
    `by_name` of whoever arranges the meeting wrote it down."""

    version: int
    is_nil: bool
    text: str | None
    records: tuple[str, ...]
    is_late: bool
    by_name: str
    agency: str
    at: datetime
    handling: str = ""
    heard_from: str = ""


@dataclass(frozen=True)
class Chased:
    """That an agency was chased, and whether its manager was told."""

    is_escalated: bool
    to: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Request:
    """One request as the viewer may see it, with every return and chase. `is_own`: the viewer's agency answers it; `is_asked`: it is still invited for this, and the meeting
    was not called off."""

    number: int
    invitee: int
    title: str
    agency: str
    case: int | None
    purpose: str
    basis: str
    question: str
    due_on: date
    asked_at: datetime
    asked_by: str
    returns: tuple[Returned, ...]
    chases: tuple[Chased, ...]
    is_own: bool
    today: date
    is_asked: bool = True

    @property
    def standing(self) -> tuple[Returned, ...]:
        """The returns that count: the last that the agency wrote itself, and what was heard of it since; where it wrote none, all that was heard."""
        own = [at for at, one in enumerate(self.returns) if not one.heard_from]
        return self.returns[own[-1] if own else 0 :]

    @property
    def state(self) -> str:
        """That the agency holds nothing, that it holds something, that it has not answered, or that it is asked no more: never the one for the other. That nothing is held,
        as somebody said by phone, takes back nothing that the agency sent."""
        if not self.returns:
            return NO_REPLY if self.is_asked else WITHDRAWN
        return NIL if all(one.is_nil for one in self.standing) else CONTENT

    @property
    def is_late(self) -> bool:
        """The first answer came after its day, or none came and the day has passed."""
        return self.returns[0].is_late if self.returns else self.is_asked and self.today > self.due_on

    @property
    def version(self) -> int:
        """How many returns there are."""
        return len(self.returns)


@dataclass(frozen=True)
class OwnRecord:
    """A record of the viewer's agency that a return may name: shown so that nobody types what is held already."""

    record_id: str
    on: date | None
    kind: str
    title: str
