"""Which field asks a question? None checks anything: what can be kept is decided by the rules of forms alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from engage.casework.forms.rules import FOUR_ANSWERS, Condition, Form, Kind, Question
from engage.web.filling.widgets import DayWidget, MomentWidget


Pairs = Sequence[tuple[str, str]]
# Up to so many answers stand below one another; of more one is chosen from a list that opens.
MOST_RADIOS = 10


@dataclass(frozen=True)
class People:
    """Whom a question about a worker or an agency can name, and which goals of a plan, time limits and measures of a case: codes with names, as the viewer may know them. `earlier`: what else a
    goal or measure was known under, before it was corrected."""

    workers: Pairs = ()
    agencies: Pairs = ()
    goals: Pairs = ()
    clocks: Pairs = ()
    earlier: Pairs = ()
    measures: Pairs = ()

    def of(self, kind: Kind) -> Pairs:
        """Those whom a question of this kind can name."""
        named = {
            Kind.WORKER: self.workers,
            Kind.AGENCY: self.agencies,
            Kind.GOAL: self.goals,
            Kind.CLOCK: self.clocks,
            Kind.MEASURE: self.measures,
        }
        return named.get(kind, ())

    def called(self, kind: Kind, answer: str) -> str:
        """How somebody or something that an answer names is called; the answer itself, where nobody knows."""
        earlier = self.earlier if kind in (Kind.GOAL, Kind.MEASURE) else ()
        return dict((*earlier, *self.of(kind))).get(answer, answer)


# What is chosen from a list that the page is given: workers, agencies, goals, time limits, measures.
OF_A_LIST = (Kind.WORKER, Kind.AGENCY, Kind.GOAL, Kind.CLOCK, Kind.MEASURE)


class AskedField(forms.Field):
    """A question on a page: with the heading above it, and the answers of another question on which it hangs."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(required=False, template_name="django/forms/question.html", **kwargs)
        self.heading = _(question.heading) if question.heading else ""
        self.heading_level = 2
        self.hangs_on = ""
        self.answers = " ".join(sorted(question.shown_when.answers)) if question.shown_when else ""

    def clean(self, value: Any) -> Any:
        """As it came: the rules of forms clean it."""
        return value


def field_of(question: Question, form: Form, people: People) -> AskedField:
    """The field that asks a question of a form."""
    return AskedField(
        question, label=label(question), help_text=_help(question, form), widget=_widget(question, people)
    )


def label(question: Question) -> str:
    """The question, with a word where it may be left open."""
    asked = _(question.label)
    return (
        asked
        if question.needed or question.needed_when
        else _("%(question)s (if known)") % {"question": asked}
    )


def _help(question: Question, form: Form) -> str:
    said = [_(question.hint)] if question.hint else []
    said += [example] if (example := _example(question.kind)) else []
    hint = " ".join(said)
    if question.shown_when is None:
        return format_html("{}", hint)
    return format_html('<span class="engage-if">{}</span> {}', only_if(question.shown_when, form), hint)


def _example(kind: Kind) -> str:
    if kind is Kind.DAY:
        return _("For instance 27 3 2026.")
    return (
        _("For instance 27 3 2026 and 21:30. Leave the time empty if it is not known.")
        if kind is Kind.MOMENT
        else ""
    )


def only_if(condition: Condition, form: Form) -> str:
    """In words, when a question is asked: for who reads the page without scripts, or on paper."""
    asked = form.question(condition.question)
    if asked is None:
        return ""
    titles = [
        _("“%(answer)s”") % {"answer": title} for code, title in choices(asked) if code in condition.answers
    ]
    values = {"answers": _(" or ").join(titles), "question": _(asked.label)}
    return _("Only if you answered %(answers)s to “%(question)s”.") % values


def choices(question: Question) -> list[tuple[str, str]]:
    """The answers to choose from, in the reader's language."""
    if question.kind is Kind.YES_NO:
        return [(code, _(title)) for code, title in FOUR_ANSWERS.items()]
    return [(one.code, _(one.title)) for one in question.choices]


def _widget(question: Question, people: People) -> forms.Widget:
    if question.kind in OF_A_LIST:
        return _select(people.of(question.kind))
    if question.kind in (Kind.YES_NO, Kind.CHOICE):
        offered = choices(question)
        return forms.RadioSelect(choices=offered) if len(offered) <= MOST_RADIOS else _select(offered)
    if question.kind is Kind.CHOICES:
        return forms.CheckboxSelectMultiple(choices=choices(question))
    return _TYPED[question.kind]()


def _select(offered: Iterable[tuple[str, str]]) -> forms.Select:
    return forms.Select(choices=[("", _("Choose")), *offered])


_TYPED: Mapping[Kind, Callable[[], forms.Widget]] = {
    Kind.TEXT: lambda: forms.TextInput(attrs={"autocomplete": "off"}),
    Kind.LONG_TEXT: lambda: forms.Textarea(attrs={"rows": 5}),
    Kind.NUMBER: lambda: forms.TextInput(
        attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-5"}
    ),
    Kind.DAY: DayWidget,
    Kind.MOMENT: MomentWidget,
}
