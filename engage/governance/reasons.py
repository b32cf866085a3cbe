"""Which named workers have an open safeguarding reason about whom? As rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Q

from engage.governance.models import SafeguardingReason


def open_reasons(person_ids: Iterable[str] | None, at: datetime | None) -> Iterable[tuple[str, str]]:
    """The persons, of these or of all, each with a worker who has a reason that is open, or was at that moment."""
    if person_ids is None and at is None:
        # Asked for every page and every search: to put the words together takes longer than to be answered.
        with connection.cursor() as cursor:
            cursor.execute(_ALL_OPEN)
            return list(cursor.fetchall())
    rows = SafeguardingReason.objects.all()
    if person_ids is not None:
        rows = rows.filter(person_id__in=list(person_ids))
    rows = (
        rows.filter(recorded_at__lte=at).filter(Q(ended_at=None) | Q(ended_at__gt=at))
        if at
        else rows.filter(ended_at=None)
    )
    return rows.values_list("person_id", "recorded_by")


_ALL_OPEN = f"select person_id, recorded_by from {SafeguardingReason._meta.db_table} where ended_at is null"  # noqa: SLF001
