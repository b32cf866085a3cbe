"""Who takes part in a case, as what and by which reason?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from engage.casework.cases.models import CasePart
from engage.casework.cases.rules import Part


class _PartRow(NamedTuple):
    """Of the row of a part what is read of it: whole rows of the mapper take longer to make than the store to read."""

    case: int
    agency: str
    user: str
    part: str
    is_joined: bool
    by: str | None
    number: int | None
    from_at: datetime | None
    said_at: datetime


def parts_of(cases: Iterable[int], at: datetime | None = None) -> dict[int, tuple[Part, ...]]:
    """Which agencies take part in each of these cases, as what and by which reason: the last word on each counts. `at`: a part that ends later stands still (None: it does not)."""
    last: dict[tuple[object, ...], _PartRow] = {}
    ending: dict[tuple[object, ...], datetime] = {}
    rows = CasePart.objects.filter(case__in=list(cases)).order_by("seq").values_list(*_PartRow._fields)
    for row in map(_PartRow._make, rows):
        key = (row.case, row.part, row.agency, row.by, row.number)
        if at and row.from_at and row.from_at > at:
            ending[key] = row.from_at
        else:
            last[key] = row
            ending.pop(key, None)
    found: dict[int, list[Part]] = defaultdict(list)
    for of, row in last.items():
        if row.is_joined:
            reason = (row.by, row.number) if row.by and row.number is not None else None
            found[row.case].append(Part(row.agency, row.part, row.user, row.said_at, reason, ending.get(of)))
    return {case: tuple(some) for case, some in found.items()}
