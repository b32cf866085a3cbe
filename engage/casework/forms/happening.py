"""Can that have happened? What a form says was done lies behind whoever writes it, in the order in which it can be; and an answer that may not be is refused with why.

A day that is meant to lie ahead is of another kind, and marked so at its question: by when something is to be done (`ahead: true`), what is planned beside what was done
(`ahead: {step: [court]}`), the day of a review, the day on which an order ends.
"""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType

from engage.casework.forms.rules import Answers, Form, Kind, Question, day_of, moment_of
from engage.vocabulary.time import LONDON, london_day
from engage.vocabulary.words import N_, Sentence


def faults(form: Form, answers: Answers, at: datetime) -> dict[str, Sentence]:
    """What cannot be of these answers when they are written at that moment, by question."""
    return {one.code: fault for one in form.questions if (fault := _fault(form, one, answers, at))}


def may_lie_ahead(form: Form, question: Question, answers: Answers = MappingProxyType({})) -> bool:
    """Its day may be one to come: it is marked so, for these answers at least, or is that of the form's review or of an end that it tells."""
    if question.ahead_when and question.ahead_when.holds(answers):
        return True
    return question.is_ahead or question.code in {form.review, *(one.until for one in form.tells)}


def _fault(form: Form, question: Question, answers: Answers, at: datetime) -> Sentence | None:
    answer = str(answers.get(question.code, ""))
    if why := question.never.get(answer):
        return Sentence(why)
    if not answer or question.kind not in (Kind.DAY, Kind.MOMENT):
        return None
    if not may_lie_ahead(form, question, answers) and _is_after(answer, at):
        return Sentence(_AHEAD[question.kind])
    first = form.question(question.not_before)
    if first and _comes_before(answer, str(answers.get(first.code, ""))):
        return Sentence(N_("That is before what you answered to “%(question)s”."), {"question": first.label})
    return None


_AHEAD = {Kind.DAY: N_("That day is yet to come."), Kind.MOMENT: N_("That moment is yet to come.")}


def _is_after(answer: str, at: datetime) -> bool:
    moment, day = moment_of(answer), day_of(answer)
    return moment > at if moment else bool(day and day > london_day(at))


def _comes_before(answer: str, first: str) -> bool:
    """Of two of which one is known by the day only, the days count."""
    one, other = moment_of(answer), moment_of(first)
    if one and other:
        return one < other
    days = [moment.astimezone(LONDON).date() if moment else day_of(text) for moment, text in ((one, answer), (other, first))]  # fmt: skip
    return bool(days[0] and days[1] and days[0] < days[1])
