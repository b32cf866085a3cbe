"""Why two records are, or are not, one person: field by field, both values, the weight in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.identities.rules import FieldExplained, JoinExplained, chance_words
from engage.web.components import Cell, Table
from engage.web.people.presenters import Reader, record_name
from engage.web.templatetags.engage import said


@dataclass(frozen=True)
class JoinShown:
    """One compared pair: a heading, a sentence on what came of it, and a table of the fields."""

    heading: str
    outcome: str
    refusal: str
    table: Table


def visible(joins: Iterable[JoinExplained]) -> list[JoinExplained]:
    """The pairs of which the viewer may see both records; of the others not even their ids are shown."""
    return [join for join in joins if join.left.is_visible and join.right.is_visible]


def shown(join: JoinExplained, reader: Reader) -> JoinShown:
    """A pair in words."""
    left, right = record_name(join.left.record_id, reader), record_name(join.right.record_id, reader)
    head = (_("Compared"), left, right, _("What was found"), _("Weight in words"))
    rows = [
        (
            said(f.words),
            _value(f, f.left_value),
            _value(f, f.right_value),
            said(f.level),
            said(f.strength) if f.weight else _("nothing"),
        )
        for f in join.fields
    ]
    return JoinShown(
        heading=_("%(left)s and %(right)s") % {"left": left, "right": right},
        outcome=_outcome(join),
        refusal=said(join.refusal) if join.refusal else "",
        table=Table(
            _("Field by field"),
            head,
            rows,
            empty=_("The two were not compared directly."),
            is_caption_hidden=True,
        ),
    )


def _outcome(join: JoinExplained) -> str:
    values = {"strength": said(join.strength)}
    outcome = (
        _("Joined as one person. All fields together: %(strength)s.") % values
        if join.are_joined
        else _("Not joined. All fields together: %(strength)s.") % values
    )
    chance = chance_words(join.chance)
    return f"{outcome} {said(chance)}" if chance else outcome


def _value(field: FieldExplained, text: str | None) -> Cell:
    if field.field == "household":
        return Cell(_("both records as a whole"))
    return Cell(text, is_verbatim=True) if text else Cell(_("not known"), is_known=False)
