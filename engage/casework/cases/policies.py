"""May this worker make this move of this case now? Who may stands in the table of moves; when, here.

Each need that a move names is one small rule with the sentence that refuses. Example: a plan is agreed only when it has a goal, and somebody under 18 becomes a person
of concern only once a social worker agreed in writing, after the National Referral Mechanism and the defence of section 45 were considered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engage.casework.lifecycles.states import Lifecycle, Move, State
from engage.vocabulary.access import Viewer
from engage.vocabulary.words import N_, Sentence, in_words


@dataclass(frozen=True)
class Facts:
    """What the rules rest on: of the case, and of its subject. `is_adult`: True only where the subject is known to have been 18 at the time of all that is held; None when
    no birth is known or nothing says when it began. `is_led_here`: the viewer's agency leads it. `is_agreed`: social care agreed in writing that somebody under 18 is looked at so, with what had to be considered.
    `is_grown_up_today`: every
    birth that any record says, and at least one, is that of somebody who is 18 now. `is_looked_at_elsewhere`: a child, about whom as a person of concern a case is open as well. `is_held_elsewhere`: a record says that the strategy
    discussion for which the case waits was held."""

    state: State
    has_subject: bool
    has_worker: bool
    goal_count: int = 0
    open_action_count: int = 0
    is_adult: bool | None = None
    is_agreed: bool = False
    keeps_a_worker_as_a_child: bool = False
    is_grown_up_today: bool = False
    is_led_here: bool = False
    is_looked_at_elsewhere: bool = False
    is_held_elsewhere: bool = False


def refusal(
    viewer: Viewer, agency_kind: str, life: Lifecycle, move: Move, facts: Facts, *, door: str = ""
) -> Sentence | None:
    """Why that move cannot be made by that worker now; None when it can. `door`: which door asks ("" for the page of the case)."""
    if move.by != door:
        return Sentence(_BY_OTHER_DOOR[move.by]) if move.by else Sentence(_NOT_HERE)
    if viewer.role not in move.who:
        return Sentence(_NOT_YOUR_ROLE, {"move": move.title, "who": ", ".join(map(in_words, move.who))})
    if not _is_of_agency(move, agency_kind, facts):
        text = _NOT_YOURS_TO_LEAD if move.is_leads else _NOT_YOUR_AGENCY
        return Sentence(text, {"move": move.title, "who": ", ".join(map(in_words, move.agencies))})
    if facts.state.code not in move.from_states:
        from_states = ", ".join(life.state(code).title for code in move.from_states)
        return Sentence(
            _NOT_FROM_HERE, {"move": move.title, "state": facts.state.title, "states": from_states}
        )
    return lacking(facts, move.needs)


def lacking(facts: Facts, needs: Iterable[str]) -> Sentence | None:
    """The sentence of the first of these needs that is not met; None where all are."""
    return next((Sentence(NEEDS[need][1]) for need in needs if not NEEDS[need][0](facts)), None)


def _is_of_agency(move: Move, agency_kind: str, facts: Facts) -> bool:
    """Workers of that kind of agency may make the move: those of the agency that leads the case too, where it says so."""
    if move.is_leads and facts.is_led_here:
        return True
    return agency_kind in move.agencies if move.agencies else not move.is_leads


_NOT_HERE = N_("This is not done from here.")
_BY_OTHER_DOOR = {
    "referral": N_("This is done by a new referral: whoever refers the same again opens the case again."),
    "identify": N_(
        "This is done by saying whom or what the case is about, or that it is about another after all."
    ),
    "meeting": N_("This is done by the record of the meeting: open the meeting and say who was there."),
}
_NOT_YOUR_ROLE = N_("“%(move)s” is for: %(who)s.")
_NOT_YOUR_AGENCY = N_("“%(move)s” is for workers of: %(who)s.")
_NOT_YOURS_TO_LEAD = N_("“%(move)s” is for workers of the agency that leads the case, or of: %(who)s.")
_NOT_FROM_HERE = N_("“%(move)s” cannot follow on “%(state)s”. It follows on: %(states)s.")

Rule = Callable[[Facts], bool]
NO_OPEN_ACTION = "no_open_action"
NEEDS: dict[str, tuple[Rule, str]] = {
    "subject_known": (
        lambda facts: facts.has_subject,
        N_("Say first who or what this is about: find the person or the place, or record who they are."),
    ),
    "has_worker": (lambda facts: facts.has_worker, N_("Allocate it to a named worker first.")),
    "has_goal": (
        lambda facts: facts.goal_count > 0,
        N_("Write at least one goal first: what will be different, by when, and who sees to it."),
    ),
    NO_OPEN_ACTION: (
        lambda facts: facts.open_action_count == 0,
        N_(
            "Actions are still open. Finish each, hand it over, or say why it is no longer needed; then close."
        ),
    ),
    # It says no more than that: whoever closes a child's case may not be one who decides the other.
    "not_looked_at_elsewhere": (
        lambda facts: not facts.is_looked_at_elsewhere,
        N_(
            "This child keeps a worker as a child for now, because another matter about them is open. Children's social care can say which, and ends it first."
        ),
    ),
    "held_elsewhere": (
        lambda facts: facts.is_held_elsewhere,
        N_(
            "No record of social care that you may see says that the discussion was held, or that section 47 enquiries began, since it was decided on. Where it was held here, mark the meeting as held."
        ),
    ),
    "is_open": (lambda facts: facts.state.is_open, N_("This case has ended. Open it again first.")),
    "adult_or_agreed": (
        lambda facts: (
            facts.is_adult is True
            or (facts.is_agreed and (facts.keeps_a_worker_as_a_child or facts.is_grown_up_today))
        ),
        N_(
            "This person was under 18 at the time, or no birth is known, or nothing says when it began. First a social worker agrees in writing, after the National Referral Mechanism and the section 45 defence "
            "were considered, and the person has an allocated worker as a child, unless they are 18 or older today by every record."
        ),
    ),
}
