"""The history of a case in plain words, in parts, and how a case ended the last time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from engage.casework.cases.evidence import Record
from engage.casework.cases.queries import CaseShown
from engage.casework.cases.referred import APART
from engage.casework.cases.rules import EntryShown, Head, MoveMade
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import PLACE
from engage.picture.rules import Filters
from engage.web.cases import words
from engage.web.cases.presenters import when
from engage.web.components import Cell, SummaryRow
from engage.web.filling.fields import People
from engage.web.filling.presenters import NOT_ANSWERED, answers_rows
from engage.web.people import words as people_words
from engage.web.people.chronology import anchor, filter_query
from engage.web.people.presenters import Reader
from engage.web.templatetags.engage import said


# So many lines of a part stand open on a screen.
OPEN = 3


@dataclass(frozen=True)
class Line:
    """One line of a case's history: a move or something written. `rows`: what was answered, `unanswered` the questions to which nobody gave an answer; `why_not`: whom to ask about what is not shown; `is_folded`: on a screen it opens under its head; `records`: those that came with it and that the reader may see."""

    anchor: str
    title: str
    by: str
    at: datetime
    words_at: str
    rows: tuple[SummaryRow, ...] = ()
    unanswered: tuple[str, ...] = ()
    why_not: str = ""
    note: str = ""
    correct: str = ""
    is_move: bool = False
    answer: str = ""
    is_folded: bool = False
    records: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class History:
    """A part of a case's history: its lines, which part of how many it is, and which lines of how many in all."""

    lines: tuple[Line, ...]
    part: int
    part_count: int
    first: int
    last: int
    count: int


def history(
    shown: CaseShown, forms: Mapping[str, Form], people: People, reader: Reader, *, part: int, rows: int
) -> History:
    """A part of everything that was done and written, newest first. What a move was filled in with stands with it. Only what is shown is put into words."""
    with_moves = {move.entry: move for move in shown.moves if move.entry}
    all_of_it: list[EntryShown | MoveMade] = [*shown.entries, *(move for move in shown.moves if not move.entry)]  # fmt: skip
    all_of_it.sort(key=lambda one: one.at, reverse=True)
    count = len(all_of_it)
    parts = max(1, -(-count // rows))
    part = min(part, parts)
    first = (part - 1) * rows
    lines = tuple(
        _move(one, shown.head, reader)
        if isinstance(one, MoveMade)
        else _written(shown, _entry(one, with_moves.get(one.number), forms, people, reader), one, reader)
        for one in all_of_it[first : first + rows]
    )
    return History(_folded(lines), part, parts, first + 1, first + len(lines), count)


def _folded(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The newest stand open, and whatever waits for an answer; of the others their heads do, and what was answered opens under them."""
    return tuple(
        replace(line, is_folded=at >= OPEN and bool(line.rows) and not line.answer)
        for at, line in enumerate(lines)
    )


def _written(shown: CaseShown, line: Line, one: EntryShown, reader: Reader) -> Line:
    """The line with where it is answered, and the records that came with it."""
    some = (shown.records[key] for key in one.evidence if key in shown.records)
    records = tuple(record_cell(record, shown.head, reader) for record in some)
    return replace(line, answer=_to_answer(shown, one, reader), records=records)


def _to_answer(shown: CaseShown, one: EntryShown, reader: Reader) -> str:
    """The address at which a referral is answered by itself; "" where it has its answer, or a move of the case is still to give it."""
    is_owed = one.number in shown.waiting and one.answers is not None and not reader.asked
    by_move = one.number == next((move.entry for move in shown.moves if not move.number), None) and shown.head.state.code in ANSWERED_BY_MOVE  # fmt: skip
    return (
        reader.link("case_answer", str(shown.head.number), str(one.number)) if is_owed and not by_move else ""
    )


# In these states the moves of the case answer the referral with which it was opened.
ANSWERED_BY_MOVE = frozenset({"referred", "acknowledged", "proposed"})


def record_cell(one: Record, head: Head, reader: Reader) -> Cell:
    """A record that came with something, and where it is read: in the chronology of whom it is of, or on the page of the place."""
    kind = people_words.kind(one.kind) if one.kind != "person_record" else _("Record of a person")
    day = people_words.day(one.on) if one.on else _("day not known")
    told = ", ".join(part for part in (kind, one.title, day, reader.agency(one.agency)) if part)
    if not one.person_id:
        is_place = head.kind == PLACE and bool(head.subject)
        return Cell(told, href=reader.link("concern_one", "places", head.subject) if is_place else "")
    if one.kind == "person_record":
        return Cell(told, href=reader.link("people_person", one.person_id))
    query = filter_query(Filters(kinds=frozenset({one.kind}), from_on=one.on, until_on=one.on), "")
    address = reader.link("people_chronology", one.person_id, query=query)
    return Cell(told, href=f"{address}#{anchor(one.record_id)}")


def _by(name: str, agency: str, reader: Reader) -> str:
    return _("%(who)s, %(agency)s") % {"who": name, "agency": reader.agency(agency)}


def _move(move: MoveMade, head: Head, reader: Reader) -> Line:
    by = _by(move.by_name, move.agency, reader)
    return Line(f"move-{move.number}", _moved(move, head), by, move.at, when(move.at), is_move=True)


def _moved(move: MoveMade, head: Head) -> str:
    to = {"move": _(move.title), "state": words.state(head.lifecycle.state(move.to_state))}
    return _("%(move)s: now “%(state)s”") % to


def _entry(
    one: EntryShown, move: MoveMade | None, forms: Mapping[str, Form], people: People, reader: Reader
) -> Line:
    form = forms.get(one.form)
    title = _(form.title) if form else one.form
    head = f"{_(move.title)}: {title}" if move and _(move.title) != title else title
    form = _without(form, one.kept_back)
    rows = tuple(answers_rows(form, one.answers, people)) if form and one.answers is not None else ()
    answered = tuple(row for row in rows if not _is_open(row))
    unanswered = tuple(row.key for row in rows if _is_open(row))
    may_correct = (
        one.answers is not None
        and not one.kept_back
        and one.replaced_by is None
        and one.case is not None
        and not reader.asked
    )
    correct = (
        reader.link("case_write", str(one.case), one.form, query=f"replaces={one.number}")
        if may_correct
        else ""
    )
    return Line(
        f"entry-{one.number}", head, _by(one.by_name, one.agency, reader), one.at, when(one.at), answered, unanswered, said(one.why_not) if one.why_not else "",
        _note(one), correct, move is not None,
    )  # fmt: skip


def _without(form: Form | None, kept_back: frozenset[str]) -> Form | None:
    """The form as it stands for whom these questions are not: neither answered nor left open."""
    if form is None or not kept_back:
        return form
    return replace(form, questions=tuple(one for one in form.questions if one.code not in kept_back))


def _is_open(row: SummaryRow) -> bool:
    """Nobody answered the question. "Not known" and "not asked" are answers."""
    return all(not cell.is_known and cell.text == _(NOT_ANSWERED) for cell in row.values)


def _note(one: EntryShown) -> str:
    if one.kept_back and one.answers is not None:
        return _("What the team writes for itself here is not for whoever only referred.")
    if one.replaced_by:
        return _("Corrected: what stands now is entry %(number)s.") % {"number": one.replaced_by}
    if one.form == APART and one.replaces:
        return _("Stands in the place of entry %(number)s, which stays below. If this case was opened again by it and nothing else is left to do, close it.") % {"number": one.replaces}  # fmt: skip
    if one.replaces:
        return _("Corrects entry %(number)s, which stays below.") % {"number": one.replaces}
    return ""


def last_closure(shown: CaseShown, forms: Mapping[str, Form], people: People) -> list[SummaryRow]:
    """Of a case that was reopened, what was answered when it was last closed, declined or handed over, as it stands since it was last corrected."""
    ended = [
        move for move in shown.moves if not shown.head.lifecycle.state(move.to_state).is_open and move.entry
    ]
    entry = _standing(shown, ended[-1].entry) if ended else None
    form = _without(forms.get(entry.form), entry.kept_back) if entry else None
    return answers_rows(form, entry.answers, people) if entry and form and entry.answers is not None else []


def _standing(shown: CaseShown, number: int | None) -> EntryShown | None:
    """The entry of that number, or what corrects it now."""
    by_number = {one.number: one for one in shown.entries}
    entry = by_number.get(number or 0)
    while entry and entry.replaced_by in by_number:
        entry = by_number[entry.replaced_by]
    return entry
