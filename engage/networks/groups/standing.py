"""Which groups there are, kept: each build's groups get the numbers of those that they go on from, and what changed is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from engage.governance import actions as governance
from engage.networks.groups.naming import Found, carried_over
from engage.networks.models import GroupStanding
from engage.vocabulary.access import Viewing


def standing() -> dict[int, GroupStanding]:
    """The last row of each group that is not gone."""
    last = GroupStanding.objects.values("number").annotate(last=Max("seq")).values_list("last", flat=True)
    return {
        row.number: row
        for row in GroupStanding.objects.filter(seq__in=list(last)).order_by("number")
        if row.members
    }


def name_groups(found: Sequence[Found], *, viewing: Viewing, build_id: str, at: datetime) -> list[int]:
    """The number of each group found. New groups, those whose people changed and those that are gone are written down, with the build. A kill between
    this and the swap does no harm: the next build finds the same numbers."""
    with transaction.atomic():
        before = standing()
        named = carried_over(
            {number: frozenset(row.members) for number, row in before.items()}, [one.members for one in found]
        )
        free = (GroupStanding.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        numbers, rows = [], []
        for one, group in zip(named, found, strict=True):
            number, free = (one.number, free) if one.number is not None else (free, free + 1)
            numbers.append(number)
            if number not in before or _changed(before[number], group):
                rows.append(_row(number, group, one.came_from, build_id=build_id, at=at))
        rows += [
            _row(number, Found(frozenset(), frozenset()), (), build_id=build_id, at=at)
            for number in sorted(before.keys() - set(numbers))
        ]
        GroupStanding.objects.bulk_create(rows)
        governance.record_decision(
            viewing=viewing, action="groups.found", subject=build_id, fields=[str(row.number) for row in rows], decision="found"
        )  # fmt: skip
    return numbers


def _changed(row: GroupStanding, group: Found) -> bool:
    return set(row.members) != group.members or set(row.linked) != group.linked


def _row(
    number: int, group: Found, came_from: Sequence[int], *, build_id: str, at: datetime
) -> GroupStanding:
    return GroupStanding(
        number=number, build_id=build_id, stood_at=at, members=sorted(group.members), linked=sorted(group.linked), came_from=list(came_from)
    )  # fmt: skip
