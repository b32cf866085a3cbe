"""What does a form of an area that counts points make of its answers? Its sum is that form's output, and is used for nothing else.

It is kept with the answers when they are written: a sum that was printed and sent out is not another because the area's file has other points since.
"""

from __future__ import annotations

from collections.abc import Iterable

from engage.casework.forms.rules import Answer, Answers, Choice, Form, Question


# Under this name the sum is kept beside the answers: the points, and what the form calls them.
TOTAL = "total_of_form"


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


def with_total(form: Form, answers: Answers) -> dict[str, Answer]:
    """The answers as they are kept: with the sum of a form that counts points."""
    counted = points(form, answers)
    return {**answers} if counted is None else {**answers, TOTAL: [str(counted), band(form, answers)]}


def total(form: Form, answers: Answers) -> tuple[int, str] | None:
    """The sum as it was kept with these answers, and what the form called it then; of answers that are not kept yet, or were before sums were, as the form counts them now. None where it counts none."""
    kept = answers.get(TOTAL)
    if isinstance(kept, list):
        return int(kept[0]), kept[1]
    counted = points(form, answers)
    return None if counted is None else (counted, band(form, answers))


def _chosen(question: Question, answers: Answers) -> Iterable[Choice]:
    given = answers.get(question.code, [])
    codes = [given] if isinstance(given, str) else given
    return (one for one in question.choices if one.code in codes)
