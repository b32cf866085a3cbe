"""One question as its page shows it: the records side by side, with what differs marked in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.identities.judging.rules import PairToJudge
from engage.identities.rules import FieldExplained
from engage.web.components import Cell, Table
from engage.web.people.presenters import Reader, record_name
from engage.web.templatetags.engage import said


NONE, UNSURE = "none", "unsure"


@dataclass(frozen=True)
class QuestionShown:
    """A question: a heading, all candidates side by side in one table, and what is to know of each."""

    heading: str
    table: Table
    notes: tuple[str, ...]
    choices: list[tuple[str, str]]


def question(pairs: Sequence[PairToJudge], reader: Reader) -> QuestionShown:
    """Up to five pairs with one record in common, side by side; differences are marked in words."""
    asked = _in_common(pairs)
    others = [_other(pair, asked) for pair in pairs]
    columns = [_("Candidate %(number)s") % {"number": n} for n in range(1, len(pairs) + 1)]
    names = [record_name(record, reader) for record in others]
    if len(pairs) == 1:
        columns = names
    head = (_("Compared"), record_name(asked, reader), *columns)
    fields = list(dict.fromkeys((f.field, said(f.words)) for pair in pairs for f in pair.explained.fields))
    rows: list[Sequence[Cell | str]] = [
        (words, _own(pairs, name, asked), *(_theirs(pair, name, asked) for pair in pairs))
        for name, words in fields
        if name not in ("household", "source")
    ]
    if len(pairs) > 1:
        rows.insert(0, (_("Record"), head[1], *names))
    rows.append((_("All together"), "", *(_all_together(pair) for pair in pairs)))
    return QuestionShown(
        heading=_("Is this one person?") if len(pairs) == 1 else _("Which of these is the same person?"),
        table=Table(
            _("Side by side"),
            head,
            rows,
            is_caption_hidden=True,
        ),
        notes=_notes(pairs, columns),
        choices=_choices(pairs, columns),
    )


def _in_common(pairs: Sequence[PairToJudge]) -> str:
    """The record that all the pairs hold; of one pair the left."""
    held = [{p.explained.left.record_id, p.explained.right.record_id} for p in pairs]
    common = set.intersection(*held)
    left = pairs[0].explained.left.record_id
    return left if left in common else min(common, default=left)


def _other(pair: PairToJudge, asked: str) -> str:
    left, right = pair.explained.left.record_id, pair.explained.right.record_id
    return right if left == asked else left


def _values(pair: PairToJudge, name: str, asked: str) -> tuple[str | None, str | None, FieldExplained | None]:
    """The asked record's value, the other's, and what was found of them."""
    for found in pair.explained.fields:
        if found.field == name:
            values = found.left_value, found.right_value
            own, theirs = values if pair.explained.left.record_id == asked else values[::-1]
            return own, theirs, found
    return None, None, None


def _own(pairs: Sequence[PairToJudge], name: str, asked: str) -> Cell:
    own = next((value for pair in pairs if (value := _values(pair, name, asked)[0])), None)
    return Cell(own, is_verbatim=True) if own else Cell(_("not known"), is_known=False)


def _all_together(pair: PairToJudge) -> str:
    return said(pair.explained.strength) if pair.explained.compared else _("not compared")


def _theirs(pair: PairToJudge, name: str, asked: str) -> Cell:
    own, theirs, found = _values(pair, name, asked)
    if not theirs or found is None:
        return Cell(_("not known"), is_known=False)
    if not own:
        return Cell(theirs, is_verbatim=True)
    # The mark is a sign and words, so that it is there in print, by ear and without colours.
    mark = "" if own == theirs else "≠ "
    return Cell(
        _("%(mark)s%(value)s (%(found)s)") % {"mark": mark, "value": theirs, "found": said(found.level)}
    )


def _notes(pairs: Sequence[PairToJudge], columns: Sequence[str]) -> tuple[str, ...]:
    notes = []
    for pair, column in zip(pairs, columns, strict=True):
        if pair.explained.refusal:
            words = {"what": column, "why": said(pair.explained.refusal)}
            notes.append(_("%(what)s: %(why)s") % words)
        if pair.left_person_id == pair.right_person_id:
            notes.append(_("%(what)s: today the two are one person.") % {"what": column})
        if pair.needs > 1:
            notes.append(
                _(
                    "%(what)s: %(needs)s people judge this kind of pair, each without seeing what the other said."
                )
                % {"what": column, "needs": pair.needs}
            )
    return tuple(notes)


def _choices(pairs: Sequence[PairToJudge], columns: Sequence[str]) -> list[tuple[str, str]]:
    if len(pairs) == 1:
        return [
            ("same", _("Yes, one person")),
            ("different", _("No, different people")),
            (UNSURE, _("I cannot tell")),
        ]
    each = [
        (str(number), _("%(candidate)s is the same person") % {"candidate": column})
        for number, column in enumerate(columns)
    ]
    return [*each, (NONE, _("None of them: all are different people")), (UNSURE, _("I cannot tell"))]
