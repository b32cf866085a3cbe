"""A form of casework filled in on its page: what a journey is about is given, whatever else must be answered gets the plainest answer there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engage.casework.forms.reading import load
from engage.casework.forms.rules import Answer, Answers, Kind, Question


WORDS = "Written by somebody at work."
DAY = "2026-04-14"


def fill(page: Any, form: str, /, **given: Answer) -> Answers:
    """Fill in the shipped form of that code where it stands on the page; return what was answered. `given`: answers by the question's code, as they are kept.
    A question that hangs on an answer is reached only where the page shows it, as somebody at work would find it."""
    answers: dict[str, Answer] = {}
    for question in load()[form].questions:
        if question.is_asked(answers) and (question.code in given or question.is_needed(answers)):
            answers[question.code] = given.get(question.code, plainest(question))
            answer(page, question, answers[question.code])
    assert set(given) <= set(answers), f"{form} does not ask {set(given) - set(answers)}"
    return answers


def plainest(question: Question) -> Answer:
    """Some answer that can be kept: the first that is offered, a few words, a day soon."""
    if question.codes:
        return [question.codes[0]] if question.kind is Kind.CHOICES else question.codes[0]
    by_kind: Mapping[Kind, str] = {Kind.DAY: DAY, Kind.MOMENT: "2026-04-07T08:00", Kind.NUMBER: "1", Kind.WORKER: "mara", Kind.AGENCY: "childrens_services"}  # fmt: skip
    return by_kind.get(question.kind, WORDS)


def answer(page: Any, question: Question, value: Answer) -> None:
    """Give one answer in the boxes of its question."""
    name = question.code
    # Long lists of answers, and of workers and agencies, open; what is chosen in them is one answer.
    if page.locator(f'select[name="{name}"]').count():
        page.locator(f'[name="{name}"]').select_option(value)
    elif question.codes:
        for one in [value] if isinstance(value, str) else value:
            page.locator(f'[name="{name}"][value="{one}"]').check()
    elif question.kind in (Kind.DAY, Kind.MOMENT):
        day, _at, time = str(value).partition("T")
        year, month, number = day.split("-")
        for at, words in enumerate((number, month, year, *([time] if time else []))):
            page.locator(f'[name="{name}_{at}"]').fill(words)
    else:
        page.locator(f'[name="{name}"]').fill(str(value))
