"""On which days is what was written in a case looked at again? Each form that asks for such a day has one of its own, until a later entry of that form takes it over: that a supervision
is set says nothing of the review of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engage.casework.cases.rules import Head
from engage.casework.cases.seeing import Desk
from engage.casework.forms.reading import of_area
from engage.casework.forms.rules import Form, day_of
from engage.casework.week.reading import readable
from engage.store.area import Area


@dataclass(frozen=True)
class Review:
    """What is looked at again on which day, and by whom: a sign-in name."""

    form: Form
    on: date
    by: str


def reviewing(area: Area) -> dict[str, Form]:
    """The forms that set such a day, by code."""
    return {code: form for code, form in of_area(area).items() if form.review}


def reviews(desk: Desk, area: Area, heads: Sequence[Head]) -> dict[int, list[Review]]:
    """The days that stand in each of these cases, the earliest first, of what the viewer may read: a day alone would tell that something else is written."""
    forms, worker = reviewing(area), {head.number: head.worker for head in heads}
    found: dict[int, dict[str, Review]] = defaultdict(dict)
    for row in readable(desk, heads, list(forms)) if heads else ():
        form, of = forms[row.form], found[row.case or 0]
        for code in (form.code, *form.takes_over):
            of.pop(code, None)
        if day := day_of(str(row.answers.get(form.review, ""))):
            by = str(row.answers.get(form.reviewer, "")) if form.reviewer else ""
            of[form.code] = Review(form, day, by or worker[row.case or 0])
    return {
        case: sorted(some.values(), key=lambda one: (one.on, one.form.code)) for case, some in found.items()
    }
