"""How do the clocks of a case stand, by everything that was told of it and that its records tell?

They are worked out anew whenever somebody looks. So that a day's list need not reckon every case of an area, what is due is also laid down by case each time something
is told (`lay_down`), by what nobody guarded; these rows are made from what is kept and may be thrown away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from engage.casework.cases import heard, settling
from engage.casework.cases.models import Case, ClockDue, Told
from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.cases.seeing import Desk
from engage.casework.clocks import rules as clocks
from engage.casework.clocks.catalogue import of_area
from engage.casework.clocks.reckoning import reckon
from engage.casework.clocks.rules import Run, State
from engage.picture.seeing import Sight
from engage.store.area import Area
from engage.vocabulary.time import Happened, Precision


def runs(desk: Desk, area: Area, head: Head) -> tuple[Run, ...]:
    """Every run of every clock of a case that something started, by what the viewer may see."""
    told = _told(Told.objects.filter(case=head.number))
    if head.kind in OF_PEOPLE and head.subject:
        told += heard.of_person(desk.see, area, head.subject)
    return _reckoned(told, area, head.kind, desk.see.viewing.at)


def _reckoned(told: Iterable[clocks.Told], area: Area, kind: str, now: datetime) -> tuple[Run, ...]:
    found = reckon(told, catalogue=of_area(area), now=now, about=kind)
    return tuple(run for run in found if run.state is not State.NOT_STARTED or run.due)


def _told(rows: Iterable[Told]) -> list[clocks.Told]:
    return [
        clocks.Told(
            told_id=f"told:{row.seq}", event=row.event, happened=Happened(row.from_at, row.until_at, Precision(row.precision)), told_at=row.told_at,
            authorised_by=row.authorised_by, reason=row.why, replaces=f"told:{row.replaces}" if row.replaces else "",
        )
        for row in rows
    ]  # fmt: skip


def lay_down(see: Sight, area: Area, numbers: Collection[int]) -> int:
    """Lay down anew what is due in these cases, and how those of people of concern stand; return how many rows stand. Within the transaction of what was told, or of its own."""
    desk, made = Desk(see), []
    for row in Case.objects.filter(seq__in=list(numbers)):
        told = _told(Told.objects.filter(case=row.seq))
        subject = desk.now([row.subject])[row.subject] if row.kind in OF_PEOPLE and row.subject else ""
        if subject:
            told += heard.of_person(see, area, subject, is_open_only=True)
        made += [_due(row.seq, run) for run in _reckoned(told, area, row.kind, see.viewing.at)]
    with transaction.atomic():
        settling.lay_down(see, area, numbers)
        ClockDue.objects.filter(case__in=list(numbers)).delete()
        ClockDue.objects.bulk_create(made)
    return len(made)


def _due(case: int, run: Run) -> ClockDue:
    return ClockDue(
        case=case, clock=run.clock.code, is_shown_first=run.clock.is_shown_first, state=run.state.value, is_open=run.is_open and not run.is_stopped,
        is_paused=run.state is State.PAUSED, warn_from_at=run.warn_from_at, due_at=run.due.earliest_at if run.due else None,
        latest_at=run.due.latest_at if run.due else None,
    )  # fmt: skip
