"""Whom or what was a case taken to be about before somebody said that it is not?

What was written meanwhile stays in the case and may tell of them: whoever declared a relationship to them is kept out of it still.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engage.casework.cases.models import Case, CaseEntry


# The form with which it is said: each entry of it holds whom the case was about until then.
FORM = "about_another"


def subjects_of(cases: Collection[int]) -> dict[int, frozenset[str]]:
    """Of these cases those that were taken to be about somebody or something else, and whom or what, as it was kept then."""
    found: dict[int, set[str]] = {}
    for case, subject in CaseEntry.objects.filter(form=FORM, case__in=cases).values_list("case", "subject"):
        found.setdefault(case or 0, set()).add(subject)
    return {case: frozenset(some) for case, some in found.items()}


def of_kinds(kinds: Iterable[str]) -> list[tuple[int, str]]:
    """Every case of these kinds that was taken to be about somebody or something else, with whom or what."""
    of_these = Case.objects.filter(kind__in=list(kinds)).values("seq")
    rows = CaseEntry.objects.filter(form=FORM, case__in=of_these).values_list("case", "subject")
    return [(case, subject) for case, subject in rows if case is not None]
