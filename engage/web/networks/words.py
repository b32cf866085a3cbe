"""How lines, what they lead to, and what people decide of them are called, in the reader's language."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.networks.decided import Decision
from engage.networks.rules import ASIDE, STRENGTHS, Line
from engage.vocabulary.words import N_
from engage.web.people import words
from engage.web.people.presenters import Reader


FAMILIES = {
    "people": N_("People of concern"),
    "places": N_("Places of concern"),
    "vehicles": N_("Vehicles of concern"),
    "phones": N_("Phones and accounts of concern"),
}
FAMILY_OF = {
    "person": "people",
    "place": "places",
    "vehicle": "vehicles",
    "phone": "phones",
    "account": "phones",
}
_THINGS = {
    "person": N_("Person"),
    "place": N_("Place"),
    "vehicle": N_("Vehicle"),
    "phone": N_("Phone"),
    "account": N_("Online account"),
}
# In what order each list stands, as engage/networks/concern.py sorts it.
ORDERS = {
    "people": N_("most distinct children first, then most agencies that hold a link, then the newest link"),
    "places": N_(
        "first private addresses where two children and an adult of concern were, then other places where an adult of concern was; among these most distinct children, "
        "then most adults of concern, then most agencies, then the newest"
    ),
    "vehicles": N_("most distinct children first, then most adults of concern, then most agencies, then the newest"),
    "phones": N_("most distinct children first, then most adults of concern, then most agencies, then the newest"),
}  # fmt: skip
_PARTS = {"named": N_("named in the text"), "lives at": N_("lives there"), "uses": N_("gave it as their own")}
_SAYS = {
    "opened": N_("Opened as of concern"),
    "closed": N_("Closed"),
    "not_counted": N_("Looked at why they are not counted"),
}


def family(code: str) -> str:
    """What a list is called."""
    return _(FAMILIES[code])


def thing(kind: str) -> str:
    """What one of a kind is called."""
    return _(_THINGS[kind])


def order(code: str) -> str:
    """In what order a list stands."""
    return _(ORDERS[code])


def label(text: str) -> str:
    """A thing as it is shown; the normal form of an address in its two parts."""
    return ", ".join(part.strip() for part in text.split("|") if part.strip())


def part(line: Line) -> str:
    """What somebody has to do with it, as its source calls it; "" when no source says."""
    return _(_PARTS[line.how]) if line.how in _PARTS else words.part(line.part)


def strength(code: str) -> str:
    """How strong a line is."""
    return _(STRENGTHS[code])


def aside(code: str) -> str:
    """Why a line does not count."""
    return _(ASIDE[code])


def record(line: Line) -> str:
    """What kind of record it is."""
    if line.how in ("lives at", "uses"):
        return _("Record of the person")
    if line.thing == "place" or not line.of_kind:
        return _("Record of an event")
    return words.kind(line.of_kind)


def agencies(codes: tuple[str, ...], reader: Reader) -> str:
    """How many agencies, and of what kinds."""
    kinds = sorted({words.agency_kind(reader.kinds.get(code, code)) for code in codes})
    return f"{len(codes)}: " + ", ".join(kinds) if codes else ""


def decided(one: Decision, reader: Reader) -> str:
    """Who decided what, when, and by which grade or until when."""
    values = {
        "what": _(_SAYS[one.says]), "who": one.said_by_name, "agency": reader.agency(one.agency), "when": date_format(localtime(one.said_at), "j F Y, H:i"),
        "grade": one.grade, "review": words.day(one.review_on),
    }  # fmt: skip
    if one.says == "opened":
        return _("%(what)s by %(who)s, %(agency)s, on %(when)s, graded %(grade)s") % values
    if one.says == "not_counted":
        return _("%(what)s: %(who)s, %(agency)s, on %(when)s; to be looked at again on %(review)s") % values
    return _("%(what)s by %(who)s, %(agency)s, on %(when)s") % values
