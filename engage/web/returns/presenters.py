"""A return and its interview in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.casework.cases.rules import EntryShown
from engage.casework.forms.rules import Form
from engage.casework.returns.rules import Return, outcome
from engage.vocabulary.words import N_
from engage.web.components import Cell, SummaryRow
from engage.web.filling.presenters import answers_rows
from engage.web.missing import words
from engage.web.people.presenters import Reader
from engage.web.templatetags.engage import said


_HOW = {
    "held": N_("Held"),
    "refused": N_("Refused"),
    "offered": N_("Offered, not held yet"),
    "not_held": N_("Not offered yet"),
}


@dataclass(frozen=True)
class EntryCard:
    """One entry: what came of it, by whom and when, its answers; `is_replaced`: a later one corrects it."""

    number: int
    title: str
    by: str
    rows: list[SummaryRow]
    why_not: str
    is_replaced: bool
    may_correct: bool


def rows(found: Return, reader: Reader) -> list[SummaryRow]:
    """The return, and until when the interview is due."""
    end, due = found.episode.end, found.due
    made = [
        SummaryRow(_("Child"), (Cell(found.name or _("Name not shown"), href=reader.link("people_person", found.person_id)),)),
        SummaryRow(_("Missing since"), (Cell(words.since(found.episode.since)),)),
    ]  # fmt: skip
    if end is None or due is None:
        return [*made, SummaryRow(_("Back"), (Cell(_("No record says that this child is back."), is_known=False),))]  # fmt: skip
    said_so, colour = words.interview(due)
    back = words.moment(end.from_at) if end.from_at else _("it is not known when")
    return [
        *made,
        SummaryRow(_("Back"), (Cell(f"{back}: {words.how_ended(end)} ({reader.agency(end.agency)})"),)),
        SummaryRow(_("Interview due by"), (Cell(words.due(due, found.now)),)),
        SummaryRow(_("Time left"), (Cell(time_left(found)),)),
        SummaryRow(_("What is recorded"), (Cell(said_so, colour=colour),)),
    ]


def time_left(found: Return) -> str:
    """Clock hours until the interview is due: through nights, weekends and holidays."""
    due = found.due
    if due is None or due.due_at is None:
        return _("not known: the time of coming back is not")
    if not due.is_open:
        return _("none is needed: it was held or refused. You can still offer it again.")
    left = due.due_at - found.now
    hours = int(abs(left) / timedelta(hours=1))
    if left < timedelta(0):
        return ngettext("over by %(count)s hour", "over by %(count)s hours", hours) % {"count": hours}
    text = ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
    return text if due.is_exact else _("at least %(left)s") % {"left": text}


def cards(found: tuple[EntryShown, ...], form: Form, reader: Reader, agency: str) -> list[EntryCard]:
    """The entries, newest first."""
    return [_card(one, form, reader, agency) for one in reversed(found)]


def _card(one: EntryShown, form: Form, reader: Reader, agency: str) -> EntryCard:
    answers = one.answers or {}
    title = _(_HOW[outcome(answers).how]) if one.answers is not None else _("Not for you to read")
    by = _("%(who)s, %(agency)s, %(when)s") % {"who": one.by_name, "agency": reader.agency(one.agency), "when": words.moment(one.at)}  # fmt: skip
    return EntryCard(
        one.number, title, by, answers_rows(form, answers) if answers else [], said(one.why_not) if one.why_not else "", one.replaced_by is not None,
        one.agency == agency and one.replaced_by is None and one.answers is not None,
    )  # fmt: skip


def learned(found: tuple[EntryShown, ...], form: Form, reader: Reader) -> list[SummaryRow]:
    """What was learned and who was told, of each entry that stands, newest first."""
    made = []
    for one in reversed(found):
        if one.answers is None or one.replaced_by is not None:
            continue
        wanted = [
            form.question(code)
            for code in ("offer_learned", "learned", "harm_done", "told_who", "told_not_why")
        ]
        cells = tuple(
            Cell(f"{_(question.label)} {one.answers[question.code]}", is_text=True)
            for question in wanted
            if question and one.answers.get(question.code)
        )
        how = _(_HOW[outcome(one.answers).how])
        key = _("%(how)s, %(when)s (%(agency)s)") % {"how": how, "when": words.moment(one.at), "agency": reader.agency(one.agency)}  # fmt: skip
        made.append(SummaryRow(key, cells or (Cell(_("Nothing was written of what was learned."), is_known=False),)))  # fmt: skip
    return made
