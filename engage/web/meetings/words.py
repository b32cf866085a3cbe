"""How meetings are said, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engage.casework.meetings.kinds.reading import seats
from engage.casework.meetings.rules import STATES
from engage.vocabulary.words import N_


_COLOURS = {"planned": "blue", "held": "yellow", "not_held": "grey", "issued": "turquoise", "signed_off": "green"}  # fmt: skip
_BASES = {
    "records": N_("Holds records"),
    "register": N_("Has them on its register"),
    "may_be": N_("Has a record that may be theirs, not joined"),
    "part": N_("Takes part in a case"),
    "named": N_("A record names them"),
    "statute": N_("Law or guidance asks for them"),
    "standing": N_("Standing member"),
    "hand": N_("Added by hand"),
}
_SAYS = {
    "invited": N_("Invited"),
    "left_out": N_("Left out"),
    "signed": N_("The chair signed"),
    "coming": N_("Comes"),
    "not_coming": N_("Cannot come"),
    "came": N_("Came"),
    "did_not_come": N_("Did not come"),
    "said": N_("Said"),
    "answered": N_("Was answered"),
}
_REPLIES = {
    "nil": (N_("Holds nothing"), "green"),
    "content": (N_("Answered"), "blue"),
    "no_reply": (N_("No reply"), "red"),
    "withdrawn": (N_("Asked no more"), "grey"),
}
_MOVES = {
    "convened": N_("Called"),
    "chair": N_("Chaired by somebody else"),
    "changed": N_("Put off"),
    "pack_sent": N_("Pack sent"),
    "held": N_("Held"),
    "not_held": N_("Not held"),
    "issued": N_("Minutes issued"),
    "signed_off": N_("Minutes signed off"),
}


# How an agency lets what it sent be used; what stands under conditions is not sent.
HANDLINGS = {
    "": N_("Only in this meeting, by those who take part in the case"),
    "P": N_("P: it may be passed on where that is lawful and needed"),
    "C": N_("C: only under conditions of ours, or not at all"),
}


def handling(code: str) -> str:
    """How what was sent may be used; what an older code says, by its code."""
    return _(HANDLINGS.get(code, code))


def state(code: str) -> tuple[str, str]:
    """A state in words, and the colour of its tag."""
    return _(STATES[code]), _COLOURS[code]


def basis(code: str) -> str:
    """Why somebody is proposed."""
    return _(_BASES.get(code, code))


def says(code: str) -> str:
    """What was said of somebody's part."""
    return _(_SAYS.get(code, code))


def reply(code: str) -> tuple[str, str]:
    """What came of a request, and the colour of its tag."""
    text, colour = _REPLIES[code]
    return _(text), colour


def move(code: str) -> str:
    """What was done with a meeting."""
    return _(_MOVES.get(code, code))


def seat(code: str) -> str:
    """A kind of member."""
    return _(seats().title(code))
