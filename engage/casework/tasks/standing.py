"""Which actions stand open? Numbers alone, for rules that rest on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from engage.casework.tasks.models import AgreedAction
from engage.casework.tasks.rules import DONE, NOT_NEEDED, OPEN


__all__ = ["DONE", "NOT_NEEDED", "OPEN", "open_counts"]


def open_counts(cases: Iterable[int]) -> Counter[int]:
    """How many actions of each of these cases are open."""
    rows = AgreedAction.objects.filter(case__in=list(cases), state=OPEN).values_list("case", flat=True)
    return Counter(case for case in rows if case is not None)
