"""A form of casework as it is filled in on a page. The page gives it whom a question can name; the rules of forms say what can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from engage.casework.forms.rules import Answer, Answers, Form, Kind, Question, check
from engage.vocabulary.words import N_, Sentence
from engage.web.filling.fields import OF_A_LIST, People, field_of
from engage.web.wording.forms import CarefulForm


class FilledForm(CarefulForm):
    """The questions of a form. When it is valid, `answers` are what can be kept; wordings that blame a child in any long text are shown first, as everywhere."""

    def __init__(self, form: Form, *args: Any, people: People, heading_level: int = 2, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form, self.people = form, people
        self.answers: dict[str, Answer] = {}
        for question in form.questions:
            field = field_of(question, form, people)
            field.heading_level = heading_level
            if question.shown_when:
                field.hangs_on = self.add_prefix(question.shown_when.question)
            self.fields[question.code] = field
        # Instances differ: which texts are long depends on the file.
        self.free_text = tuple(q.code for q in form.questions if q.kind is Kind.LONG_TEXT)

    def clean(self) -> None:
        """What is missing or cannot be read is said at its question."""
        checked = check(self.form, self.cleaned_data)
        self.answers = checked.answers
        faults = dict(checked.faults)
        for question in self.form.questions:
            if question.code not in faults and self._is_nobody(question, checked.answers):
                faults[question.code] = Sentence(_NOT_OFFERED[question.kind])
        for code, fault in faults.items():
            self.add_error(code, _words(fault))
            # The boxes of a day are no single field that could be told so by Django.
            self.fields[code].widget.is_wrong = True

    def _is_nobody(self, question: Question, answers: Answers) -> bool:
        """An answer names a worker, an agency or a goal whom the page did not offer, and who did not stand there before."""
        answer = answers.get(question.code)
        if question.kind not in OF_A_LIST or not answer:
            return False
        return answer not in dict(self.people.of(question.kind)) and answer != self.initial.get(question.code)


def form_for(
    form: Form,
    data: Mapping[str, Any] | None = None,
    *,
    answers: Answers | None = None,
    people: People | None = None,
    prefix: str | None = None,
    heading_level: int = 2,
) -> FilledForm:
    """A form to be filled in: empty, or beginning with `answers` (a draft, or the entry that is corrected), or as it came back (`data`)."""
    asked = FilledForm(
        form,
        data,
        people=people or People(),
        initial=dict(answers or {}),
        prefix=prefix,
        heading_level=heading_level,
    )
    for question in form.questions:
        _offer_who_stood_there(asked, question, (answers or {}).get(question.code))
    return asked


_NOT_OFFERED = {
    Kind.WORKER: N_("Choose somebody from the list."),
    Kind.AGENCY: N_("Choose somebody from the list."),
    Kind.GOAL: N_("Choose a goal of the plan."),
    Kind.CLOCK: N_("Choose a time limit from the list."),
    Kind.MEASURE: N_("Choose a measure from the list."),
}


def _offer_who_stood_there(asked: FilledForm, question: Question, answer: Answer | None) -> None:
    """Who corrects an entry must not lose the name of a worker who has left since."""
    if question.kind in OF_A_LIST and isinstance(answer, str) and answer:
        widget = asked.fields[question.code].widget
        if answer not in dict(widget.choices):
            widget.choices = [*widget.choices, (answer, asked.people.called(question.kind, answer))]


def _words(fault: Sentence) -> str:
    """The fault in the reader's language; it may name a question, whose words are translated too."""
    return _(fault.text) % {name: _(value) if value else "" for name, value in fault.values.items()}
