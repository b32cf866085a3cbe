"""What cases, their kinds and what is done in them are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engage.casework.cases.rules import PARTS
from engage.casework.lifecycles.states import CHILD, PEER_GROUP, PERSON_OF_CONCERN, PLACE, State, lifecycles
from engage.vocabulary.words import N_


REFERRALS = {
    CHILD: "referral",
    PERSON_OF_CONCERN: "referral_of_concern",
    PLACE: "referral_of_place",
    PEER_GROUP: "referral_of_group",
}
# By a state's code: grey has ended, and yellow waits for an answer.
_COLOURS = {
    "referred": "yellow",
    "acknowledged": "yellow",
    "proposed": "yellow",
    "reopened": "yellow",
    "strategy": "orange",
    "transferring": "orange",
}
SENSITIVITIES = {
    "standard": N_("Everybody who takes part in the case may read it"),
    "restricted": N_("Only my own agency may read it"),
}


def kind(code: str) -> str:
    """What a kind of case is called."""
    return _(lifecycles()[code].title)


def number(of: int) -> str:
    """How a case is called by its number."""
    return _("Case %(number)s") % {"number": of}


def state(of: State) -> str:
    """What a state is called."""
    return _(of.title)


def colour(of: State) -> str:
    """The colour of a state's tag."""
    return _COLOURS.get(of.code, "blue") if of.is_open else "grey"


def part(code: str) -> str:
    """As what an agency takes part."""
    return _(PARTS.get(code, code))
