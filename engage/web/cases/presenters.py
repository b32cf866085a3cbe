"""Cases in plain words: rows of the list, the head of one, its history, and what can follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.cases.queries import CaseList, CaseShown
from engage.casework.cases.rules import OF_PEOPLE, EntryShown, Head, MoveMade
from engage.casework.forms.rules import Form
from engage.web.cases import words
from engage.web.components import Cell, SummaryRow, Table
from engage.web.filling.fields import People
from engage.web.filling.presenters import NOT_ANSWERED, answers_rows
from engage.web.people.presenters import Reader
from engage.web.templatetags.engage import said


def when(at: datetime) -> str:
    """A moment by the clock on the wall."""
    return date_format(localtime(at), "j F Y, H:i")


def list_table(found: CaseList, reader: Reader) -> Table:
    """One row a case."""
    head = (_("Case"), _("About"), _("State"), _("Worker"), _("Led by"), _("Last moved"))
    rows = [
        (
            Cell(words.number(one.number), href=reader.link("case", str(one.number))),
            _about(one, found.names, reader),
            Cell(words.state(one.state), colour=words.colour(one.state)),
            one.worker_name or Cell(_("Nobody yet"), is_known=False),
            reader.agency(one.agency),
            when(one.moved_at),
        )
        for one in found.heads
    ]
    return Table(_("Cases"), head, rows, empty=_("None that you may know of. That is not the same as none."))


def _about(one: Head, names: Mapping[str, object], reader: Reader) -> Cell:
    called = names.get(one.subject)
    name = getattr(called, "name", "") or one.called or _("Name not shown")
    text = _("%(kind)s: %(name)s") % {"kind": words.kind(one.kind), "name": name}
    is_linked = one.kind in OF_PEOPLE and one.subject and called is not None
    return Cell(text, href=reader.link("people_person", one.subject) if is_linked else "")


def title(shown: CaseShown) -> str:
    """The heading of a case."""
    name = shown.name or _("Name not shown")
    return _("%(kind)s: %(name)s") % {"kind": words.kind(shown.head.kind), "name": name}


def head_rows(shown: CaseShown, reader: Reader) -> list[SummaryRow]:
    """What the head of a case says."""
    head = shown.head
    opened = {
        "who": head.opened_by_name,
        "agency": reader.agency(head.opened_by_agency),
        "at": when(head.opened_at),
    }
    waits = _(head.state.waits_for) if head.state.waits_for else _("nobody")
    worker = Cell(head.worker_name) if head.worker else Cell(_("Nobody yet"), is_known=False)
    return [
        *_about_rows(shown, reader),
        SummaryRow(
            _("State"),
            (Cell(words.state(head.state), colour=words.colour(head.state)), Cell(_(head.state.means))),
        ),
        SummaryRow(_("Waits for"), (Cell(waits),)),
        SummaryRow(_("Named worker"), (worker,)),
        SummaryRow(_("Led by"), (Cell(reader.whom_to_phone(head.agency)),)),
        SummaryRow(_("Opened"), (Cell(_("%(at)s, by %(who)s, %(agency)s") % opened),)),
        SummaryRow(_("Takes part"), tuple(_parts(shown, reader))),
    ]


def _about_rows(shown: CaseShown, reader: Reader) -> list[SummaryRow]:
    """The way to the page and the chronology of whom the case is about, where the reader may know who that is."""
    head = shown.head
    if head.kind not in OF_PEOPLE or not head.subject or not shown.name:
        return []
    page = Cell(shown.name, href=reader.link("people_person", head.subject))
    return [SummaryRow(_("About"), (page, Cell(_("Chronology"), href=reader.link("people_chronology", head.subject))))]  # fmt: skip


def _parts(shown: CaseShown, reader: Reader) -> list[Cell]:
    by_agency: dict[str, list[str]] = {}
    for part in shown.parts:
        by_agency.setdefault(part.agency, []).append(words.part(part.part))
    return [
        Cell(f"{reader.agency(agency)} ({', '.join(parts)})") for agency, parts in sorted(by_agency.items())
    ]


@dataclass(frozen=True)
class Line:
    """One line of a case's history: a move or something written. `rows`: what was answered, `unanswered` the questions to which nobody gave an answer; `why_not`: whom to ask about what is not shown."""

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
    evidence_count: int = 0
    answer: str = ""


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
        else replace(_entry(one, with_moves.get(one.number), forms, people, reader), answer=_to_answer(shown, one, reader))
        for one in all_of_it[first : first + rows]
    )  # fmt: skip
    return History(lines, part, parts, first + 1, first + len(lines), count)


def _to_answer(shown: CaseShown, one: EntryShown, reader: Reader) -> str:
    """The address at which a referral is answered by itself; "" where it has its answer, or a move of the case is still to give it."""
    is_owed = one.number in shown.waiting and one.answers is not None and not reader.asked
    by_move = one.number == next((move.entry for move in shown.moves if not move.number), None) and shown.head.state.code in ANSWERED_BY_MOVE  # fmt: skip
    return (
        reader.link("case_answer", str(shown.head.number), str(one.number)) if is_owed and not by_move else ""
    )


# In these states the moves of the case answer the referral with which it was opened.
ANSWERED_BY_MOVE = frozenset({"referred", "acknowledged", "proposed"})


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
        _note(one), correct, move is not None, len(one.evidence),
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
    if one.replaces:
        return _("Corrects entry %(number)s, which stays below.") % {"number": one.replaces}
    return ""


@dataclass(frozen=True)
class Next:
    """A move that could follow: its address, or the sentence that refuses it."""

    title: str
    href: str
    refused: str


def choices(shown: CaseShown, reader: Reader) -> list[Next]:
    """What could follow now, each with what refuses it to this reader."""
    return [
        Next(
            _(one.move.title),
            "" if one.refused else reader.link("case_move", str(shown.head.number), one.move.code),
            said(one.refused) if one.refused else "",
        )
        for one in shown.choices
    ]


def others_table(shown: CaseShown, reader: Reader) -> Table | None:
    """Further cases of the same subject."""
    if not shown.others:
        return None
    rows = [
        (
            Cell(words.number(one.number), href=reader.link("case", str(one.number))),
            words.kind(one.kind),
            Cell(words.state(one.state), colour=words.colour(one.state)),
            when(one.moved_at),
        )
        for one in shown.others
    ]
    return Table(
        _("Other cases of the same, each with a life of its own"),
        (_("Case"), _("Kind"), _("State"), _("Last moved")),
        rows,
    )


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
