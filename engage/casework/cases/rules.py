"""What is a case, as pages and rules speak of it, and what refuses a move?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engage.casework.forms.rules import Answer
from engage.casework.lifecycles.states import (
    CHILD,
    PEER_GROUP,
    PERSON_OF_CONCERN,
    PLACE,
    Lifecycle,
    Move,
    State,
    lifecycle,
)
from engage.vocabulary.time import Happened
from engage.vocabulary.words import N_, EngageError, Sentence


# Of what a case is about, in the words of declared relationships.
RELATIONSHIP_OF = {CHILD: "person", PERSON_OF_CONCERN: "person", PLACE: "address", PEER_GROUP: "group"}
OF_PEOPLE = frozenset({CHILD, PERSON_OF_CONCERN})
# How the case of a person of concern stands (see concern.py): only of one who was grown up is it called that.
GROWN_UP, YOUNG, QUESTION = "grown_up", "young", "question"
LEAD, REFERRER, WORKER, TEAM, INVITED, ASKED, ACTION, AGREES = (
    "lead",
    "referrer",
    "worker",
    "team",
    "invited",
    "asked",
    "action",
    "agrees",
)
PARTS = {
    LEAD: N_("leads"),
    REFERRER: N_("referred"),
    WORKER: N_("has the named worker"),
    TEAM: N_("is part of the team"),
    INVITED: N_("was invited to a meeting"),
    ASKED: N_("was asked what it holds"),
    ACTION: N_("has an action"),
    AGREES: N_("is asked whether it agrees"),
}

# A referral reached the team; what kind of response there is was decided; whoever referred was told. The last two answer it.
RECEIVED, DECIDED, REFERRER_TOLD = "referral.received", "referral.decided", "referrer.told"
ANSWERS = (DECIDED, REFERRER_TOLD)
# It was decided, and nothing is done about it here.
NOT_TAKEN = "referral.declined"
# The name of what answers no referral: nothing is called so, and so nothing is answered by it.
NONE = "none"


# What brought an agency into a case: a meeting, an action, or a case that went into it, and its number.
Reason = tuple[str, int]


class CaseNotShown(EngageError):
    """There is no such case, or nothing of it may be shown: the same words for both."""

    exit_code = 5


class MoveRefused(EngageError):
    """The case cannot be moved so: the sentence says who may, or what is missing."""


class AnswersWrong(EngageError):
    """A form cannot be kept as it was filled in. `faults`: a sentence for each question that is at fault."""

    def __init__(self, faults: Mapping[str, Sentence]) -> None:
        super().__init__(N_("Some answers are missing or cannot be read."))
        self.faults = faults


class MovedOn(EngageError):
    """Somebody else moved the case, or corrected the entry, while this was being written: says who, how and when. Nothing of either is lost."""


@dataclass(frozen=True)
class Written:
    """Answers to a form as they are to be kept, and how guarded they are; `evidence` the ids of records that come with it; `replaces` the entry that it corrects;
    `regards` the name of what it belongs to, where the page says it (the referral that is answered); `as_of` when what it rests on was last told, by event; `copy_of` the referral
    of another case of which it says why it stands here no more."""

    form: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    handling: str = ""
    sensitivity: str = "standard"
    evidence: tuple[str, ...] = ()
    replaces: int | None = None
    regards: str = ""
    as_of: Mapping[str, Happened] = field(default_factory=dict)
    copy_of: int | None = None


@dataclass(frozen=True)
class Head:
    """A case as its head says. `subject`: today's id of the person, or the place's or group's key; "" while it is not known who is meant. `stands`: of the case of a person of concern,
    whether it may be called that ("" of any other). `before`: whom or what it was taken to be about, until somebody said that it is not."""

    number: int
    kind: str
    subject: str
    called: str
    state: State
    version: int
    agency: str
    worker: str
    worker_name: str
    opened_by: str
    opened_by_name: str
    opened_by_agency: str
    opened_at: datetime
    moved_at: datetime
    stands: str = ""
    before: frozenset[str] = frozenset()

    @property
    def lifecycle(self) -> Lifecycle:
        """The states and moves of its kind."""
        return lifecycle(self.kind)

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something."""
        return self.state.is_open

    @property
    def log_name(self) -> str:
        """What it is called in the log of who looks at what."""
        return log_name(self.number)


def log_name(number: int) -> str:
    """What a case is called in the log of who looks at what."""
    return f"case {number}"


@dataclass(frozen=True)
class MoveMade:
    """One move that was made, by whom, with which entry."""

    number: int
    move: str
    title: str
    from_state: str
    to_state: str
    entry: int | None
    by: str
    by_name: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class EntryShown:
    """What somebody wrote. `answers` is None where the viewer learns only that there is something (`why_not` says whom to ask). `replaced_by`: the entry that corrects it; `kept_back`:
    the questions of its form that are not for whoever takes part as this viewer does: whether they were answered is not told."""

    number: int
    case: int | None
    form: str
    form_version: str
    answers: Mapping[str, Answer] | None
    evidence: tuple[str, ...]
    replaces: int | None
    replaced_by: int | None
    handling: str
    sensitivity: str
    by: str
    by_name: str
    agency: str
    at: datetime
    why_not: Sentence | None = None
    kept_back: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Part:
    """An agency takes part in a case since a moment, as this. `reason`: what brought it in, with its number, where something did; `until`: when it ends, where that is
    said already."""

    agency: str
    part: str
    user: str
    since: datetime
    reason: Reason | None = None
    until: datetime | None = None


def readers(parts: Iterable[Part]) -> frozenset[str]:
    """The agencies that read what is written, and so may act, by how they take part: nobody opens a case to themselves by referring."""
    return frozenset(part.agency for part in parts if part.part != REFERRER)


@dataclass(frozen=True)
class Leaving:
    """A part of an agency that is to end: as what it takes part, and what brought it in (None: nothing that ends by itself)."""

    agency: str
    part: str = TEAM
    reason: Reason | None = None


@dataclass(frozen=True)
class Choice:
    """A move that could follow, and the sentence that refuses it to this viewer now (None: it may be made)."""

    move: Move
    refused: Sentence | None
