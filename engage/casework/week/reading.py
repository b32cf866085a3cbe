"""What is written in many cases at once on some forms, as far as the viewer may read it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from engage.casework.cases.models import CaseEntry
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import Head
from engage.casework.cases.seeing import Desk
from engage.governance.policies import OPEN_HANDLING, OPEN_SENSITIVITY
from engage.vocabulary.access import Fact


# What is written so that nobody who takes part in its case is kept from it.
OPEN_TO_ALL = Q(handling__in=OPEN_HANDLING, sensitivity__in=OPEN_SENSITIVITY)


def readable(desk: Desk, heads: Sequence[Head], forms: Sequence[str]) -> list[CaseEntry]:
    """What stands in these cases on these forms (a correction instead of what it corrects), in the order in which it was written."""
    numbers = [head.number for head in heads]
    subjects = desk.subjects_of(heads, parts_of(numbers, desk.see.viewing.at))
    rows = list(CaseEntry.objects.filter(case__in=numbers, form__in=forms).order_by("seq"))
    replaced = {row.replaces for row in rows if row.replaces}
    return [
        row
        for row in rows
        if row.case is not None
        and row.seq not in replaced
        and desk.decide(
            subjects[row.case], Fact(row.agency, "case_entry", row.handling, row.sensitivity)
        ).is_allowed
    ]
