"""Why two records are, or are not, one person: field by field, both values, the weight in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.identities.assignments import JUDGED, TAKEN_BACK, IdChange
from engage.identities.rules import FieldExplained, JoinExplained, LookAlike, Word, chance_words, strength
from engage.vocabulary.words import N_, Sentence
from engage.web.components import Cell, Table
from engage.web.people.presenters import Reader, join_link, record_name
from engage.web.people.waterfall import NOTHING, Compared, Waterfall, signed, steps, waterfall
from engage.web.templatetags.engage import said


@dataclass(frozen=True)
class JoinShown:
    """One pair: a heading, a sentence on what came of it and one for each person who judged so, a table of the fields, the same as
    a picture, and where the pair is judged ("" for who may not)."""

    heading: str
    outcome: str
    refusal: str
    table: Table
    waterfall: Waterfall | None = None
    judged: tuple[str, ...] = ()
    judge: str = ""


def visible(joins: Iterable[JoinExplained]) -> list[JoinExplained]:
    """The pairs of which the viewer may see both records; of the others not even their ids are shown."""
    return [join for join in joins if join.left.is_visible and join.right.is_visible]


def shown(join: JoinExplained, reader: Reader) -> JoinShown:
    """A pair in words."""
    left, right = record_name(join.left.record_id, reader), record_name(join.right.record_id, reader)
    return JoinShown(
        heading=_("%(left)s and %(right)s") % {"left": left, "right": right},
        outcome=_outcome(join),
        refusal=said(join.refusal) if join.refusal else "",
        table=fields_table(join, left, right),
        waterfall=waterfall(join),
        judged=tuple(_judged(word, reader, are_joined=join.are_joined) for word in join.judged),
        judge=judge_link(join.left.record_id, join.right.record_id) if reader.may_judge else "",
    )


def fields_table(found: Compared, left: str, right: str) -> Table:
    """What adds up to the weight, line by line, under these names of the two sides: the same lines as the picture."""
    rows: list[tuple[Cell | str, ...]] = [
        (
            said(f.words),
            _value(f, f.left_value),
            _value(f, f.right_value),
            said(f.level),
            _weight(said(f.strength), f.weight),
        )
        for f in found.fields
    ]
    if rows and found.weight is not None:
        words, before = steps(found)[0]
        usual = _("how usual it is that two records are one person")
        rows.insert(0, (words, "", "", usual, _weight(said(strength(before)), before)))
        rows.append((_("All together"), "", "", "", whole(found.strength, found.weight, found.chance)))
    return Table(
        _("Field by field"),
        (_("Compared"), left, right, _("What was found"), _("Weight in words")),
        rows,
        empty=_("The two were not compared directly."),
        is_caption_hidden=True,
    )


def judge_link(left: str, right: str) -> str:
    """The address where two records are judged."""
    return reverse("judging_question") + "?" + urlencode({"pair": f"{left}|{right}"})


def _judged(word: Word, reader: Reader, *, are_joined: bool) -> str:
    """Because of whose word the two stand as they do."""
    values = {
        "who": word.by,
        "agency": reader.agency(word.agency),
        "day": date_format(localtime(word.at), "j F Y"),
        "reason": word.reason,
    }
    if are_joined:
        return _("Joined because %(who)s of %(agency)s judged so on %(day)s: %(reason)s") % values
    return _("Not joined because %(who)s of %(agency)s judged so on %(day)s: %(reason)s") % values


def whole(strength: Sentence, weight: float, chance: float | None) -> str:
    """All fields of a pair together. Where it was counted how often such a pair is one person, the count says it and no words beside
    it that could say otherwise."""
    return bits(weight) if chance is not None else _weight(said(strength), weight)


def bits(weight: float) -> str:
    """A weight by itself."""
    return _("%(bits)s bits") % {"bits": signed(weight)}


def _weight(words: str, weight: float) -> str:
    if abs(weight) < NOTHING:
        return _("nothing")
    return _("%(words)s (%(bits)s bits)") % {"words": words, "bits": signed(weight)}


def _outcome(join: JoinExplained) -> str:
    """What came of the pair, and what it says as a whole."""
    return f"{_how(join)} {altogether(join)}"


def altogether(found: Compared) -> str:
    """How often a pair like it is one person; words for its weight only where that is not counted."""
    chance = chance_words(found.chance)
    return (
        said(chance)
        if chance
        else _("All fields together: %(strength)s.") % {"strength": said(found.strength)}
    )


def _how(join: JoinExplained) -> str:
    if not join.are_joined:
        return _("Not joined.")
    if join.judged:
        return _("Joined as one person by somebody's word.")
    if join.by_software:
        return _("Joined as one person by the software.")
    return _("Joined as one person through other records.")


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
    if change.cause == JUDGED:
        return _("a record came to this id, because of what somebody judged")
    if change.cause == TAKEN_BACK:
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


def _chance(one: LookAlike) -> str:
    chance = chance_words(one.chance)
    return f"{said(chance)} ({bits(one.weight)})" if chance else _weight(said(one.strength), one.weight)


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
            _chance(one),
            said(one.why),
        )
        for one in found
    ]  # fmt: skip
    return Table(
        _("People who look alike and were not joined"), head, rows, empty=_("Nobody that you may see.")
    )
