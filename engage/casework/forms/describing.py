"""The reference page of the forms: what is asked, of whom and by whom, and what an area may write in a form's file."""

from __future__ import annotations

from collections.abc import Iterator

from engage.casework.forms.checking import DAYS
from engage.casework.forms.happening import may_lie_ahead
from engage.casework.forms.reading import load
from engage.casework.forms.rules import FOUR_ANSWERS, Condition, Form, Kind, Question
from engage.governance import table


_KINDS = {
    Kind.TEXT: "words in one line",
    Kind.LONG_TEXT: "words at length",
    Kind.YES_NO: "yes, no, not known or not asked",
    Kind.CHOICE: "one of",
    Kind.CHOICES: "any of",
    Kind.DAY: "a day",
    Kind.MOMENT: "a day with the time, where it is known",
    Kind.NUMBER: "a whole number",
    Kind.WORKER: "a worker",
    Kind.AGENCY: "an agency",
    Kind.CLOCK: "a time limit of the case",
    Kind.GOAL: "a goal of the plan of this case",
    Kind.MEASURE: "a measure of this case",
}
_OPENING = (
    "What is asked in a case. Each form is a file; an area adds one or puts its own in the place of one: [how](../how-to/add-a-form.md). "
    "Nothing that is answered is added up, except where an area's own form counts points: its total is shown on that form and used for nothing else. "
    "An answer that was not given is kept as not given, never as a no.\n"
)


def forms_page() -> str:
    """The page."""
    forms = load()
    parts = ["# Forms of casework\n", _OPENING, "| form | of | tells |\n| --- | --- | --- |"]
    parts += [f"| [{form.title}](#{form.code}) | {_of(form)} | {_told(form)} |" for form in forms.values()]
    for form in forms.values():
        parts += ["", *_form(form)]
    return "\n".join(parts) + "\n"


def _form(form: Form) -> Iterator[str]:
    roles = table.codes("roles")
    who = ", ".join(roles[role]["title"] for role in form.who) or "everybody who practises"
    yield f"## {form.code}\n"
    yield f"**{form.title}.** {form.means}\n"
    yield f"Of: {_of(form)}. Filled in by: {who}. Source: {form.source}. Version {form.version}, in force from {form.effective_on}.\n"
    for kind, needs in form.needs.items():
        yield f"In the case of a {kind.replace('_', ' ')} it needs: {', '.join(f'`{need}`' for need in needs)} ([what each asks](cases.md)).\n"
    yield "| question | answer | when it is asked | needed |\n| --- | --- | --- | --- |"
    for question in form.questions:
        yield f"| {question.label}{_kept(question)}{_ahead(question, form)} | {_answer(question)} | {_when(question.shown_when, form)} | {_needed(question, form)} |"


def _of(form: Form) -> str:
    return ", ".join(kind.replace("_", " ") for kind in form.of) or "every kind of case"


def _told(form: Form) -> str:
    return ", ".join(f"`{event}`" for event in dict.fromkeys(one.event for one in form.tells))


def _kept(question: Question) -> str:
    return " (not read by an agency that only referred)" if question.not_for else ""


def _ahead(question: Question, form: Form) -> str:
    if question.ahead_when:
        return f" (may be a day to come with {_when(question.ahead_when, form)})"
    return " (may be a day to come)" if question.kind in DAYS and may_lie_ahead(form, question) else ""


def _answer(question: Question) -> str:
    titles = "; ".join(one.title for one in question.choices)
    return f"{_KINDS[question.kind]}: {titles}" if titles else _KINDS[question.kind]


def _needed(question: Question, form: Form) -> str:
    if question.needed:
        return "yes"
    return "; ".join(_when(one, form) for one in question.needed_when)


def _when(condition: Condition | None, form: Form) -> str:
    asked = form.question(condition.question) if condition else None
    if condition is None or asked is None:
        return ""
    titles = {**FOUR_ANSWERS} if asked.kind is Kind.YES_NO else {one.code: one.title for one in asked.choices}
    answers = " or ".join(f"“{title}”" for code, title in titles.items() if code in condition.answers)
    return f"{answers} to “{asked.label}”"
