"""What did a meeting decide, who did not agree, and what goes out of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engage.casework.meetings.rules import NOT_HELD, SIGNED_OFF


# Where a meeting stands of which nothing is added to the minutes.
CLOSED = (SIGNED_OFF, NOT_HELD)


@dataclass(frozen=True)
class Deciding:
    """A decision to be kept: on which case (None: none), in which section, what, why, by whom; `replaces`: the decision that it corrects."""

    section: str
    what: str
    case: int | None = None
    rationale: str = ""
    decided_by: str = ""
    replaces: int | None = None


@dataclass(frozen=True)
class Dissenting:
    """That somebody does not agree with a decision: who, of which agency, and what they say."""

    decision: int
    who: str
    agency: str
    what: str


@dataclass(frozen=True)
class Disagreed:
    """Somebody did not agree with a decision."""

    who: str
    agency: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Decided:
    """A decision as it was kept. `replaced_by`: the one that corrects it."""

    number: int
    meeting: int
    case: int | None
    section: str
    what: str
    rationale: str
    decided_by: str
    replaces: int | None
    replaced_by: int | None
    by_name: str
    agency: str
    at: datetime
    dissent: tuple[Disagreed, ...] = ()


@dataclass(frozen=True)
class Text:
    """What the minutes say of a case (0: of none) or section, the last version of it."""

    case: int
    section: str
    version: int
    text: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Fact:
    """One thing that happened, as a pack shows it: the day, what kind, in the words of its agency."""

    on: date | None
    kind: str
    title: str
    agency: str


@dataclass(frozen=True)
class Sheet:
    """What a pack tells of one case: how it is called, how it stands, who has it, and what happened, the newest first."""

    case: int
    title: str
    state: str
    worker: str
    facts: tuple[Fact, ...] = ()
