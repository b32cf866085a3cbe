"""What is a meeting, as pages and rules speak of it, and what refuses?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engage.casework.meetings.holders import Holder
from engage.vocabulary.words import N_, EngageError


PLANNED, HELD, NOT_HELD, ISSUED, SIGNED_OFF = "planned", "held", "not_held", "issued", "signed_off"
STATES = {
    PLANNED: N_("Planned"),
    HELD: N_("Held"),
    NOT_HELD: N_("Not held"),
    ISSUED: N_("Minutes issued"),
    SIGNED_OFF: N_("Minutes signed off"),
}
# move: from which states, to which ("": it stays where it is).
MOVES = {
    "changed": ((PLANNED,), PLANNED),
    "pack_sent": ((PLANNED,), PLANNED),
    "held": ((PLANNED,), HELD),
    "not_held": ((PLANNED,), NOT_HELD),
    "chair": ((PLANNED, HELD, ISSUED), ""),
    "issued": ((HELD, ISSUED), ISSUED),
    "signed_off": ((ISSUED,), SIGNED_OFF),
}
INVITED, LEFT_OUT, SIGNED = "invited", "left_out", "signed"
COMING, NOT_COMING, CAME, DID_NOT_COME, SAID, ANSWERED = (
    "coming",
    "not_coming",
    "came",
    "did_not_come",
    "said",
    "answered",
)
REPLIES = (COMING, NOT_COMING)
ATTENDANCE = (CAME, DID_NOT_COME)


class MeetingNotShown(EngageError):
    """There is no such meeting, or it is not the viewer's to know of: the same words for both."""

    exit_code = 5


class MeetingRefused(EngageError):
    """It cannot be done so: the sentence says who may, or what is missing."""


@dataclass(frozen=True)
class Head:
    """A meeting as its head says. `kind` is a code of the area's kinds; `called` how it is called, with nobody's name in it."""

    number: int
    kind: str
    called: str
    state: str
    version: int
    starts_at: datetime
    minutes_long: int
    place: str
    chair: str
    chair_name: str
    chair_agency: str
    organiser: str
    organiser_name: str
    agency: str

    @property
    def ends_at(self) -> datetime:
        """When it is to end."""
        return self.starts_at + timedelta(minutes=self.minutes_long)

    @property
    def log_name(self) -> str:
        """What it is called in the log of who looks at what."""
        return log_name(self.number)


def log_name(number: int) -> str:
    """What a meeting is called in the log of who looks at what."""
    return f"meeting {number}"


@dataclass(frozen=True)
class Item:
    """A case on the agenda, in a section, at a place within it."""

    case: int
    section: str
    place: int


@dataclass(frozen=True)
class Said:
    """A word on somebody's part in a meeting. `text` is None where it is sealed to others."""

    says: str
    case: int | None
    text: str | None
    is_sealed: bool
    who: str
    role: str
    by: str
    by_name: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class Scope:
    """What was said last of inviting somebody for one case (None: the whole meeting): invited, left_out or "" (neither); whether the chair signed it; what of it counts now (`holds`), and whether
    it is sealed."""

    case: int | None
    holder: Holder
    state: str
    is_signed: bool = False
    holds: str = ""
    is_sealed: bool = False

    @property
    def is_settled(self) -> bool:
        """Nobody has to decide about it any more."""
        return self.state == INVITED or (self.state == LEFT_OUT and self.is_signed)


@dataclass(frozen=True)
class Invitee:
    """Somebody who has to do with a meeting (`number` 0: proposed, and nothing was said of them yet), for which cases and why, with every word that was said of it."""

    number: int
    agency: str
    member: str
    holder: str
    title: str
    user: str = ""
    user_name: str = ""
    contact: str = ""
    is_statutory: bool = False
    scopes: tuple[Scope, ...] = ()
    words: tuple[Said, ...] = ()

    @property
    def key(self) -> str:
        """By which a form names them: a worker of an agency is not the agency."""
        named = (self.user_name,) if self.user_name else ()
        return "|".join((self.agency, self.member, self.holder, *named))

    @property
    def called(self) -> str:
        """How they are called, with the worker's name where one is meant."""
        return f"{self.title}, {self.user_name}" if self.user_name else self.title

    @property
    def is_invited(self) -> bool:
        """Invited for anything. Whoever is left out openly is until the chair has signed that."""
        return any(scope.holds == INVITED for scope in self.scopes)

    @property
    def is_left_out(self) -> bool:
        """Left out of everything that they were proposed for."""
        return bool(self.scopes) and all(scope.state == LEFT_OUT for scope in self.scopes)

    @property
    def is_open(self) -> bool:
        """Neither invited nor left out with the chair's signature, of something."""
        return any(not scope.is_settled for scope in self.scopes)

    @property
    def last_contact_on(self) -> date | None:
        """When they were last in contact with any of the subjects, as far as the organiser may see."""
        days = [scope.holder.last_contact_on for scope in self.scopes if scope.holder.last_contact_on]
        return max(days, default=None)

    def last(self, says: tuple[str, ...]) -> Said | None:
        """The last of these words on them."""
        return next((word for word in reversed(self.words) if word.says in says), None)


@dataclass(frozen=True)
class Person:
    """A worker who takes a seat or the chair: sign-in name ("" for one who does not sign in), name and agency."""

    user: str
    name: str
    agency: str


@dataclass(frozen=True)
class Convening:
    """A meeting to be called: its kind, when, how long, where, who chairs, how it is called, and which cases are on its agenda."""

    kind: str
    starts_at: datetime
    chair: Person
    place: str = ""
    called: str = ""
    minutes_long: int = 60
    cases: tuple[int, ...] = ()


@dataclass(frozen=True)
class Word:
    """What is said of somebody's part: of one case (None: of the whole), with a text, who it was and in which role."""

    says: str
    case: int | None = None
    text: str = ""
    is_sealed: bool = False
    who: str = ""
    role: str = ""


@dataclass(frozen=True)
class Attended:
    """Who came for an invitee: the name and role, or nobody."""

    invitee: int
    came: bool
    who: str = ""
    role: str = ""


@dataclass(frozen=True)
class Holding:
    """That a meeting was held, while it stood at `version`; `reason`: why although somebody is missing; `was_chaired`: the chair was there."""

    number: int
    version: int
    reason: str = ""
    was_chaired: bool = False


@dataclass(frozen=True)
class AgendaPart:
    """A section of the agenda with the items in it that the viewer may know of, in their order."""

    code: str
    title: str
    items: tuple[Item, ...] = ()
    takes_actions: bool = False


@dataclass(frozen=True)
class Agenda:
    """The agenda in its order, with today's titles of the items by case."""

    parts: tuple[AgendaPart, ...]
    titles: Mapping[int, str] = field(default_factory=dict)

    @property
    def cases(self) -> list[int]:
        """The cases in the order in which they are worked down."""
        return [item.case for part in self.parts for item in part.items]
