"""One question as its page shows it: the records side by side, with what differs marked in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.identities.judging.naming import plain
from engage.identities.judging.rules import Named, PairToJudge
from engage.identities.rules import FieldExplained, chance_words
from engage.web.components import Cell, Table
from engage.web.judging.words import SAYS, named, when
from engage.web.people.presenters import Reader, record_name
from engage.web.templatetags.engage import said


NONE, UNSURE = "none", "unsure"
# The levels of a comparison at which two values differ: of all others the words say how near they are.
DIFFERS = ("different", "generation")


@dataclass(frozen=True)
class QuestionShown:
    """A question: a heading, all candidates side by side in one table, and what is to know of each."""

    heading: str
    table: Table
    notes: tuple[str, ...]
    choices: list[tuple[str, str]]
    people: tuple[tuple[str, str], ...]


def question(pairs: Sequence[PairToJudge], reader: Reader) -> QuestionShown:
    """Up to five pairs with one record in common, side by side; differences are marked in words."""
    asked = _in_common(pairs)
    others = [_other(pair, asked) for pair in pairs]
    columns = [_("Candidate %(number)s") % {"number": n} for n in range(1, len(pairs) + 1)]
    names = [record_name(record, reader) for record in others]
    if len(pairs) == 1:
        columns = names
    head = (_("Compared"), record_name(asked, reader), *columns)
    rows = _rows(pairs, asked)
    if len(pairs) > 1:
        rows.insert(0, (_("Record"), head[1], *names))
    heading = _("Is this one person?") if len(pairs) == 1 else _("Which of these is the same person?")
    return QuestionShown(
        heading=heading,
        table=Table(_("Side by side"), head, rows, is_caption_hidden=True),
        notes=_notes(pairs, columns),
        choices=_choices(pairs, columns),
        people=_people(pairs, asked, columns, reader),
    )


def _rows(pairs: Sequence[PairToJudge], asked: str) -> list[Sequence[Cell | str]]:
    fields = list(dict.fromkeys((f.field, said(f.words)) for pair in pairs for f in pair.explained.fields))
    compared: list[Sequence[Cell | str]] = [
        (words, _own(pairs, name, asked), *(_theirs(pair, name, asked) for pair in pairs))
        for name, words in fields
        if name not in ("household", "source")
    ]
    recorded = [_recorded(pair.names.get(_other(pair, asked))) for pair in pairs]
    own = _recorded(pairs[0].names.get(asked))
    together = [_all_together(pair) for pair in pairs]
    return [(_("As recorded"), own, *recorded), *compared, (_("All together"), "", *together)]


def _recorded(name: Named | None) -> Cell:
    words = named(name)
    return Cell(words, is_verbatim=True) if words else Cell(_("not known"), is_known=False)


def _people(
    pairs: Sequence[PairToJudge], asked: str, columns: Sequence[str], reader: Reader
) -> tuple[tuple[str, str], ...]:
    """Whose the records are today, each with the place in this question, name and birth, and the address of the person's page."""
    first = pairs[0]
    own = first.left_person_id if first.explained.left.record_id == asked else first.right_person_id
    told = [(record_name(asked, reader), named(first.names.get(asked)), own)]
    for pair, column in zip(pairs, columns, strict=True):
        is_left = pair.explained.left.record_id == asked
        person = pair.right_person_id if is_left else pair.left_person_id
        told.append((column, named(pair.names.get(_other(pair, asked))), person))
    found: dict[str, str] = {}
    for place, name, person in told:
        words = {"place": place, "name": name, "person": person}
        text = _("%(place)s: %(name)s") % words if name else _("%(place)s: person %(person)s") % words
        found[person] = f"{found[person]}; {text}" if person in found else text
    return tuple((text, reader.link("people_person", person)) for person, text in found.items())


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
    if not own:
        return Cell(_("not known"), is_known=False)
    return Cell(_as_written(own, pairs[0].names.get(asked)), is_verbatim=True)


def _as_written(text: str, name: Named | None) -> str:
    """What was compared, each part as its source wrote it where it is known how."""
    written = name.written if name else {}
    return ", ".join(written.get(plain(part), part) for part in text.split(", "))


def _all_together(pair: PairToJudge) -> str:
    """How often such a pair is one person, where that was counted; else in words, and never both: the words are of the two records
    alone and may point the other way."""
    chance = chance_words(pair.explained.chance)
    if chance is not None:
        return said(chance)
    return said(pair.explained.strength) if pair.explained.compared else _("not compared")


def _theirs(pair: PairToJudge, name: str, asked: str) -> Cell:
    own, theirs, found = _values(pair, name, asked)
    if not theirs or found is None:
        return Cell(_("not known"), is_known=False)
    theirs = _as_written(theirs, pair.names.get(_other(pair, asked)))
    if not own:
        return Cell(theirs, is_verbatim=True)
    # The mark is a sign and words, so that it is there in print, by ear and without colours.
    mark = "≠ " if found.code in DIFFERS else ""
    level = said(found.level) if found.code is not None else _("not compared")
    return Cell(_("%(mark)s%(value)s (%(found)s)") % {"mark": mark, "value": theirs, "found": level})


def _notes(pairs: Sequence[PairToJudge], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        _("%(what)s: %(why)s") % {"what": column, "why": why}
        for pair, column in zip(pairs, columns, strict=True)
        for why in _notes_of(pair)
    )


def _notes_of(pair: PairToJudge) -> list[str]:
    """What is to know of a pair: what forbade joining it, what a yes would break, how it stands, and what the reader said of it."""
    notes = [said(why) for why in (pair.explained.refusal, pair.breaks) if why is not None]
    if pair.left_person_id == pair.right_person_id:
        notes.append(_("today the two are one person."))
    if pair.needs > 1:
        words = _("%(needs)s people judge this kind of pair, each without seeing what the other said.")
        notes.append(words % {"needs": pair.needs})
    if pair.own is not None:
        words = _("You judged this on %(day)s as “%(says)s”; your last word counts.")
        notes.append(words % {"day": when(pair.own.at), "says": _(SAYS[pair.own.says])})
    return notes


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
