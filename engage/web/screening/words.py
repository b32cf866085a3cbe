"""How screenings are said, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engage.vocabulary.words import N_


_STATES = {
    "asked": (N_("Waits for leave"), "yellow"),
    "authorised": (N_("May be run"), "blue"),
    "run": (N_("Run"), "green"),
    "refused": (N_("Refused"), "red"),
    "withdrawn": (N_("Withdrawn"), "grey"),
    "lapsed": (N_("Lapsed: not run in time"), "grey"),
    "expired": (N_("Expired and cleared"), "grey"),
}
_STEPS = {
    "authorised": N_("Gave leave"),
    "refused": N_("Refused leave"),
    "run": N_("Ran it"),
    "withdrawn": N_("Withdrew it"),
    "cleared": N_("What was kept of the list was removed"),
}
_HOW = {
    "number": N_("The same number or plate"),
    "name_and_birth": N_("The same name and the same day of birth"),
    "near_name_and_birth": N_("A name near it, or with more or fewer words between, and the same day of birth"),
    "name_and_near_birth": N_("The same name; the day of birth differs in one part, or day and month are swapped"),
    "name_alone": N_("The name alone: the list, or every record you may see, gives no day of birth"),
}  # fmt: skip
_THINGS = {"person": N_("Person"), "vehicle": N_("Vehicle"), "phone": N_("Phone")}


def state(code: str) -> tuple[str, str]:
    """A state in words, and the colour of its tag."""
    text, colour = _STATES[code]
    return _(text), colour


def step(code: str) -> str:
    """What somebody did with a screening."""
    return _(_STEPS[code])


def how(code: str) -> str:
    """How something fits a row."""
    return _(_HOW[code])


def thing(kind: str) -> str:
    """What was found."""
    return _(_THINGS[kind])
