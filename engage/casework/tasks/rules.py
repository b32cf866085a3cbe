"""What is an agreed action, as pages and rules speak of it, and who may say what of it?

An action is open until somebody says that it is done, or why it is not needed any more. It can be given more days, handed over, chased, escalated, and
reopened; each is a word on it, in order, and none is taken away. Whose word counts: the owner, a manager of the owner's agency, whoever agreed it, and the
worker who has the case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from engage.vocabulary.access import Viewer
from engage.vocabulary.words import N_, EngageError, Sentence


OPEN, DONE, NOT_NEEDED = "open", "done", "not_needed"
EXTENDED, HANDED_OVER, CHASED, ESCALATED, REOPENED = (
    "extended",
    "handed_over",
    "chased",
    "escalated",
    "reopened",
)
STATES = {OPEN: N_("Open"), DONE: N_("Done"), NOT_NEEDED: N_("No longer needed")}
WORDS = {
    DONE: N_("Done"),
    NOT_NEEDED: N_("No longer needed"),
    EXTENDED: N_("Given more days"),
    HANDED_OVER: N_("Handed over"),
    CHASED: N_("Chased"),
    ESCALATED: N_("Escalated to the agency's manager"),
    REOPENED: N_("Opened again"),
}
# What has to say why, and in which state it is left. What is not here leaves it open.
NEEDS_REASON = frozenset({NOT_NEEDED, EXTENDED, HANDED_OVER, REOPENED, ESCALATED})
ENDS = frozenset({DONE, NOT_NEEDED})
MANAGER = "team_manager"
LONGEST = 4_000


class ActionNotShown(EngageError):
    """There is no such action, or it may not be shown: the same words for both."""

    exit_code = 5


class ActionRefused(EngageError):
    """This cannot be said of the action so: the sentence says who may, or what is missing."""


def is_body(body: str, text: str) -> bool:
    """That text names that body: by its whole name, alone or among other words, in capitals or not."""
    name, words = (" ".join(one.casefold().split()) for one in (body, text))
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


@dataclass(frozen=True)
class Owner:
    """Who does it: at which agency, by name, and by sign-in name where they have one ("" else)."""

    agency: str
    name: str
    user: str = ""

    @property
    def is_named(self) -> bool:
        """It is said who it is."""
        return bool(self.user or self.name.strip())


@dataclass(frozen=True)
class NewAction:
    """An action to be agreed: what, who, by when; and of which case, meeting or decision it comes (None: of none)."""

    what: str
    owner: Owner
    due_on: date
    case: int | None = None
    meeting: int | None = None
    decision: int | None = None


@dataclass(frozen=True)
class Word:
    """Something said of an action that was read at `version`: the reason, and the new day or owner where it changes them."""

    says: str
    version: int
    reason: str = ""
    due_on: date | None = None
    owner: Owner | None = None


@dataclass(frozen=True)
class Action:
    """An action as its head says. `what` is None where the viewer learns who has to do something by when, and not what (`why_not` says so)."""

    number: int
    case: int | None
    meeting: int | None
    decision: int | None
    what: str | None
    owner: Owner
    due_on: date
    state: str
    version: int
    by: str
    by_name: str
    by_agency: str
    at: datetime
    why_not: Sentence | None = None

    @property
    def is_open(self) -> bool:
        """Somebody still has to do it."""
        return self.state == OPEN

    def is_overdue(self, today: date) -> bool:
        """It is open, and its last day is over."""
        return self.is_open and self.due_on < today

    @property
    def log_name(self) -> str:
        """What it is called in the log of who looks at what."""
        return log_name(self.number)


def log_name(number: int) -> str:
    """What an action is called in the log of who looks at what."""
    return f"action {number}"


@dataclass(frozen=True)
class WordSaid:
    """One word on an action, by whom and when; the reason is None where the viewer does not read what the action says."""

    number: int
    says: str
    reason: str | None
    due_on: date | None
    owner: Owner | None
    by: str
    by_name: str
    agency: str
    at: datetime


@dataclass(frozen=True)
class Ties:
    """Who besides its owner has a say in an action: whoever agreed it, and the worker of its case ("" where there is none)."""

    owner: str
    agency: str
    agreed_by: str
    worker: str = ""


def refusal(viewer: Viewer, ties: Ties, state: str, says: str, *, may_chase: bool) -> Sentence | None:
    """Why that worker cannot say this of the action now; None when they can."""
    if says not in WORDS:
        return Sentence(_UNKNOWN, {"says": says})
    if says == REOPENED and state == OPEN:
        return Sentence(_OPEN_ALREADY)
    if says != REOPENED and state != OPEN:
        return Sentence(_ENDED[state])
    if says == CHASED:
        return None if may_chase or has_a_say(viewer, ties) else Sentence(_NOT_TO_CHASE)
    return None if has_a_say(viewer, ties) else Sentence(_NOT_YOURS)


def has_a_say(viewer: Viewer, ties: Ties) -> bool:
    """The viewer is the owner, a manager of the owner's agency, whoever agreed it, or the worker of the case."""
    is_manager = viewer.role == MANAGER and viewer.agency == ties.agency and bool(viewer.agency)
    return is_manager or viewer.user_id in {ties.owner, ties.agreed_by, ties.worker} - {""}


def fault(word: Word, today: date) -> Sentence | None:
    """What is missing or wrong in what is to be said; None when nothing is."""
    if word.says in NEEDS_REASON and not word.reason.strip():
        return Sentence(_SAY_WHY)
    if len(word.reason) > LONGEST:
        return Sentence(_TOO_LONG, {"most": str(LONGEST)})
    if word.says == EXTENDED and (word.due_on is None or word.due_on <= today):
        return Sentence(_SAY_UNTIL)
    if word.says == HANDED_OVER and (word.owner is None or not word.owner.is_named):
        return Sentence(_SAY_WHO)
    return None


def fault_of_new(new: NewAction, today: date) -> Sentence | None:
    """What is missing or wrong in an action that is to be agreed; None when nothing is."""
    if not new.what.strip():
        return Sentence(_SAY_WHAT)
    if len(new.what) > LONGEST:
        return Sentence(_TOO_LONG, {"most": str(LONGEST)})
    if not new.owner.is_named:
        return Sentence(_SAY_WHO)
    if new.due_on < today:
        return Sentence(_SAY_UNTIL)
    return None


_UNKNOWN = N_("Nobody can say “%(says)s” of an action.")
_OPEN_ALREADY = N_("This action is open already.")
_ENDED = {
    DONE: N_("This action is done. Open it again first if something is left to do."),
    NOT_NEEDED: N_("This action is no longer needed. Open it again first if it is."),
}
_NOT_TO_CHASE = N_("Your role does not chase actions.")
_NOT_YOURS = N_(
    "This is for the owner, a manager of the owner's agency, whoever agreed the action, and the worker who has the case."
)
_SAY_WHY = N_("Say why.")
_SAY_UNTIL = N_("Give a day that is still to come.")
_SAY_WHO = N_("Name who does it.")
_SAY_WHAT = N_("Say what is to be done.")
_TOO_LONG = N_("Write at most %(most)s characters.")
