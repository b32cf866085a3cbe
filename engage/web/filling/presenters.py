"""What was answered, in words. What nobody answered is said as such, and never shown as a no; what was not asked is left out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.forms.counting import TOTAL, total
from engage.casework.forms.rules import (
    NOT_ASKED,
    NOT_KNOWN,
    Answer,
    Answers,
    Form,
    Kind,
    Question,
    day_of,
    moment_of,
)
from engage.vocabulary.words import N_
from engage.web.components import Cell, SummaryRow
from engage.web.filling.fields import People, choices


NOT_ANSWERED = N_("Not answered")


def answers_rows(form: Form, answers: Answers, people: People | None = None) -> list[SummaryRow]:
    """Every question that was asked, with its answer in words. `people`: the names of workers and agencies; of others the code is shown."""
    known = people or People()
    rows = [
        SummaryRow(_(question.label), cells(question, answers.get(question.code), known))
        for question in _asked(form, answers)
    ]
    return [*rows, *_no_longer_asked(form, answers), *_total(form, answers)]


def _asked(form: Form, answers: Answers) -> Iterator[Question]:
    # What has an answer is shown whatever the form says today: nothing that was written is lost.
    return (q for q in form.questions if q.code in answers or q.is_asked(answers))


def cells(question: Question, answer: Answer | None, people: People) -> tuple[Cell, ...]:
    """One answer in words."""
    if not answer:
        return (Cell(_(NOT_ANSWERED), is_known=False),)
    given = [answer] if isinstance(answer, str) else answer
    return tuple(_cell(question, one, people) for one in given)


def _cell(question: Question, answer: str, people: People) -> Cell:
    if question.codes:
        title = dict(choices(question)).get(answer, answer)
        return Cell(title, is_known=answer not in (NOT_KNOWN, NOT_ASKED))
    if question.kind in (Kind.DAY, Kind.MOMENT):
        return Cell(when(answer))
    return Cell(people.called(question.kind, answer), is_text=question.kind is Kind.LONG_TEXT)


def when(answer: str) -> str:
    """A kept day or moment in words: 7 April 2026, or 7 April 2026, 21:30 by the clock in London."""
    if at := moment_of(answer):
        return date_format(localtime(at), "j F Y, H:i")
    day = day_of(answer)
    return date_format(day, "j F Y") if day else answer


def _no_longer_asked(form: Form, answers: Answers) -> Iterator[SummaryRow]:
    """Answers to what the form asked in an older version of which no file is left."""
    for code, answer in answers.items():
        if code != TOTAL and form.question(code) is None:
            given = [answer] if isinstance(answer, str) else answer
            key = _("%(code)s (asked in an earlier version of this form)") % {"code": code}
            yield SummaryRow(key, tuple(Cell(one, is_text=True) for one in given))


def _total(form: Form, answers: Answers) -> Iterator[SummaryRow]:
    counted = total(form, answers)
    if counted is not None:
        values = {"points": f"{counted[0]:,}", "band": _(counted[1]) if counted[1] else ""}
        said = _("%(points)s: %(band)s") % values if values["band"] else values["points"]
        used = _("It is this form's own sum. No list is sorted by it and nothing else rests on it.")
        yield SummaryRow(_("Total of this form"), (Cell(said), Cell(used)))
