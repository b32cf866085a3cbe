"""How kinds, ages, strengths and questions of charts are said, in the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engage.networks.charts.rules import CHILD, EVENT, GROWN, HOW, NOT_KNOWN, PERSON, QUESTIONS, Node
from engage.vocabulary.words import N_
from engage.web.people import words as people


_KINDS = {
    "person": N_("Person"),
    "place": N_("Place"),
    "vehicle": N_("Vehicle"),
    "phone": N_("Phone"),
    "account": N_("Account"),
    "event": N_("Event"),
}
_SEVERAL = {
    "person": N_("People"),
    "place": N_("Places"),
    "vehicle": N_("Vehicles"),
    "phone": N_("Phones"),
    "account": N_("Accounts"),
    "event": N_("Events"),
}
_AGES = {CHILD: N_("Child"), GROWN: N_("Adult"), NOT_KNOWN: N_("Person, age not known")}
_STRENGTHS = {
    "confirmed": N_("recorded"),
    "tentative": N_("read in a text, or graded low"),
    "inferred": N_("worked out from two records"),
}
FORM_TITLES = {
    "i2": N_("i2 (CSV)"),
    "ftm": N_("FollowTheMoney (JSON lines)"),
    "graphml": N_("GraphML"),
    "xlsx": N_("Workbook (XLSX)"),
}


def kind(code: str) -> str:
    """What a kind of node is called."""
    return _(_KINDS[code])


def kinds(code: str) -> str:
    """What several of a kind are called."""
    return _(_SEVERAL[code])


def kind_of(node: Node) -> str:
    """What a node is: of a person whether a child at the time, of an event its kind, and whether many people have to do with it."""
    if node.kind == PERSON:
        return _(_AGES[node.age])
    if node.kind == EVENT:
        return people.kind(node.of_kind)
    return _("%(kind)s of many people") % {"kind": kind(node.kind)} if node.is_common else kind(node.kind)


def label(node: Node) -> str:
    """How a node is written."""
    if node.kind == EVENT:
        return node.label or people.kind(node.of_kind)
    return (node.label or node.key).strip("|").replace("|", ", ")


def strength(code: str) -> str:
    """How sure a line is."""
    return _(_STRENGTHS[code])


def part(text: str) -> str:
    """What a record says of a line, in its source's words; our own where no source has any."""
    return _(HOW[text]) if text in HOW else people.part(text)


def day(when: date | None, precision: str) -> str:
    """When something happened, as exactly as its source said."""
    if when is None:
        return _("not known")
    if precision == "month":
        return date_format(when, "F Y")
    if precision == "year":
        return date_format(when, "Y")
    told = date_format(when, "j F Y")
    return _("about %(day)s") % {"day": told} if precision == "about" else told


def question_choices() -> list[tuple[str, str]]:
    """The questions that a chart starts from."""
    return [(code, _(text)) for code, text in QUESTIONS.items()]


def kind_choices() -> list[tuple[str, str]]:
    """What a chart can start from."""
    return [(code, _(text)) for code, text in _KINDS.items() if code != EVENT]
