"""May this be done with a meeting now? Each rule with the sentence that refuses.

Example: a strategy discussion is marked as held only when somebody came for the local authority as a social worker, for the police and for health, or when a named
manager says why it is held without them.
"""

from __future__ import annotations

from collections.abc import Sequence

from engage.casework.meetings.kinds.rules import Kind, Need
from engage.casework.meetings.rules import MOVES, STATES, Head, Invitee
from engage.vocabulary.access import Viewer
from engage.vocabulary.words import N_, Sentence


MANAGER = "team_manager"


def may_arrange(viewer: Viewer, head: Head, *, may_convene: bool) -> bool:
    """The viewer arranges this meeting: of the agency that called it, with the right to, or as its chair."""
    return viewer.user_id == head.chair or (may_convene and viewer.agency == head.agency)


def refused_move(head: Head, code: str) -> Sentence | None:
    """Why the meeting cannot be moved so from where it stands; None when it can."""
    from_states, _to = MOVES[code]
    if head.state in from_states:
        return None
    return Sentence(_NOT_FROM_HERE, {"state": STATES[head.state]})


def refused_holding(
    viewer: Viewer, kind: Kind, lacking: Sequence[Need], unsettled: Sequence[Invitee], reason: str
) -> Sentence | None:
    """Why it cannot be marked as held; None when nobody is missing, or a manager says why."""
    if not lacking and not unsettled:
        return None
    if viewer.role == MANAGER and reason.strip():
        return None
    if lacking:
        return Sentence(_LACKING, {"kind": kind.title, "who": ", ".join(who(kind, need) for need in lacking)})
    return Sentence(_UNSETTLED, {"who": ", ".join(one.called for one in unsettled)})


def who(kind: Kind, need: Need) -> str:
    """Who is missing, in words."""
    return need.title if need.member or need == kind.chair else f"{kind.at_least} agencies"


_NOT_FROM_HERE = N_("This cannot be done any more: the meeting stands at “%(state)s”.")
_LACKING = N_(
    "“%(kind)s” cannot be marked as held without %(who)s. A team manager can say why it was held without them."
)
_UNSETTLED = N_(
    "These hold records or have a seat, and were neither invited nor left out with a reason that the chair signed: %(who)s. Invite them, or leave them out first; or a team manager "
    "says why it was held so."
)
MAY_NOT = N_("Whoever called the meeting, and its chair, do this.")
CHAIR_ONLY = N_("Only the chair does this.")
# Whoever names the chair reads what is sealed to the chair: so nobody does who does not read it already.
CHAIR_OR_GUARDIAN = N_("The chair hands the chair on, or a guardian of records does it for them.")
# It does not say what, or that there is anything: that would tell whoever is kept from it.
NOT_ALL_OF_IT = N_("You cannot mark this meeting as held. Ask its chair, or whoever called it.")
