"""Why two records are, or are not, one person: field by field, both values, the weight in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.identities.assignments import IdChange
from engage.identities.rules import FieldExplained, JoinExplained, LookAlike, chance_words, strength
from engage.vocabulary.words import N_
from engage.web.components import Cell, Table
from engage.web.people.presenters import Reader, join_link, record_name
from engage.web.people.waterfall import NOTHING, Waterfall, steps, waterfall
from engage.web.templatetags.engage import said


@dataclass(frozen=True)
class JoinShown:
    """One compared pair: a heading, a sentence on what came of it, a table of the fields, and the same as a picture."""

    heading: str
    outcome: str
    refusal: str
    table: Table
    waterfall: Waterfall | None = None


def visible(joins: Iterable[JoinExplained]) -> list[JoinExplained]:
    """The pairs of which the viewer may see both records; of the others not even their ids are shown."""
    return [join for join in joins if join.left.is_visible and join.right.is_visible]


def shown(join: JoinExplained, reader: Reader) -> JoinShown:
    """A pair in words."""
    left, right = record_name(join.left.record_id, reader), record_name(join.right.record_id, reader)
    head = (_("Compared"), left, right, _("What was found"), _("Weight in words"))
    rows: list[tuple[Cell | str, ...]] = [
        (
            said(f.words),
            _value(f, f.left_value),
            _value(f, f.right_value),
            said(f.level),
            _weight(said(f.strength), f.weight),
        )
        for f in join.fields
    ]
    if rows and join.weight is not None:
        before = steps(join)[0]
        rows.insert(
            0,
            (
                before[0],
                "",
                "",
                _("how usual it is that two records are one person"),
                _weight(said(strength(before[1])), before[1]),
            ),
        )
        rows.append((_("All together"), "", "", "", _weight(said(join.strength), join.weight)))
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
        waterfall=waterfall(join),
    )


def _weight(words: str, bits: float) -> str:
    if abs(bits) < NOTHING:
        return _("nothing")
    return _("%(words)s (%(bits)s bits)") % {
        "words": words,
        "bits": f"{bits:+.1f}".replace("-", "\N{MINUS SIGN}"),
    }


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


_EVENTS = {
    "merged": N_("became the person named here: this id leads there"),
    "merged-here": N_("the person named here became this one"),
    "split": N_("was parted from the person named here"),
    "split-here": N_("the person named here was parted from this one"),
}


def _happened(change: IdChange) -> str:
    if not change.record_id:
        return _(_EVENTS.get(change.cause, change.cause))
    if change.cause == "judgement":
        return _("a record came to this id, because of what somebody judged")
    if change.cause == "taken back":
        return _("a record came to this id, because a judgement was taken back")
    return _("a record came to this id, when the area was built")


def history_table(found: Iterable[IdChange], reader: Reader) -> Table:
    """What happened to an id, oldest first: which record came to it when and why, and which ids it became or was parted from."""
    head = (_("When"), _("What happened"), _("Record or person"), _("Why"))
    rows = [
        (
            date_format(localtime(one.at), "j F Y, H:i"),
            _happened(one),
            record_name(one.record_id, reader)
            if one.record_id
            else Cell(one.other_id, href=reader.link("people_person", one.other_id)),
            Cell(one.why, is_verbatim=True) if one.why else "",
        )
        for one in found
    ]
    return Table(_("History of this id"), head, rows, empty=_("Nothing that you may see."))


def alike_table(found: Iterable[LookAlike], reader: Reader, person_id: str) -> Table:
    """Who looks like this person and was not joined, and why not."""
    head = (_("Person"), _("Most alike"), _("All fields together"), _("Why they are not joined"))
    rows = [
        (
            Cell(one.person_id, href=reader.link("people_person", one.person_id)),
            Cell(
                _("%(left)s and %(right)s") % {"left": record_name(one.left.record_id, reader), "right": record_name(one.right.record_id, reader)},
                href=join_link(one.left.record_id, one.right.record_id, reader, person_id),
            ),
            _weight(said(one.strength), one.weight),
            said(one.why),
        )
        for one in found
    ]  # fmt: skip
    return Table(
        _("People who look alike and were not joined"), head, rows, empty=_("Nobody that you may see.")
    )
