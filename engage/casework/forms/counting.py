"""What does a form of an area that counts points make of its answers? Its sum is that form's output, and is used for nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from engage.casework.forms.rules import Answers, Choice, Form, Question


def points(form: Form, answers: Answers) -> int | None:
    """The sum of points that a form of an area counts; None where it counts none. It is that form's output, and is used for nothing else."""
    if not form.bands:
        return None
    return sum(choice.points for question in form.questions for choice in _chosen(question, answers))


def band(form: Form, answers: Answers) -> str:
    """What the form calls its own sum; "" where it counts none."""
    total = points(form, answers)
    named = [one.title for one in form.bands if total is not None and total >= one.from_points]
    return named[-1] if named else ""


def _chosen(question: Question, answers: Answers) -> Iterable[Choice]:
    given = answers.get(question.code, [])
    codes = [given] if isinstance(given, str) else given
    return (one for one in question.choices if one.code in codes)
