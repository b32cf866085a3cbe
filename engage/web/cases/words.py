"""What cases, their kinds and what is done in them are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engage.casework.cases.rules import PARTS, QUESTION, YOUNG, Head, Part
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


# By how a case of a person of concern stands: nobody under 18 is called that.
STANDS = {
    QUESTION: N_("Question about somebody who may be under 18"),
    YOUNG: N_("Young person, looked at with social care's agreement"),
}


def what(of: Head) -> str:
    """What kind of case this is, in the words that its subject may be called by."""
    return _(STANDS[of.stands]) if of.stands in STANDS else kind(of.kind)


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


def part_with_reason(one: Part) -> str:
    """The same with what brought it in."""
    told = {
        "meeting": N_("%(part)s (meeting %(number)s)"),
        "action": N_("%(part)s (action %(number)s)"),
        "referral": N_("%(part)s (a partner, by a link)"),
        # Of a case without its number: whoever reads it here may know nothing of that one.
        "case": N_("%(part)s (in a case that went into this one)"),
    }
    if one.reason is None:
        return part(one.part)
    return _(told[one.reason[0]]) % {"part": part(one.part), "number": one.reason[1]}
