"""How do the clocks of a case stand, by everything that was told of it and that its records tell?

They are worked out anew whenever somebody looks. So that a day's list need not reckon every case of an area, what is due is also laid down by case each time something
is told (`lay_down`), by what nobody guarded; these rows are made from what is kept and may be thrown away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from engage.casework.cases import heard
from engage.casework.cases.models import Case, ClockDue, Told
from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.cases.seeing import Desk
from engage.casework.cases.telling import name_of
from engage.casework.clocks import rules as clocks
from engage.casework.clocks.catalogue import of_area
from engage.casework.clocks.reckoning import reckon
from engage.casework.clocks.rules import Run, State
from engage.picture.seeing import Sight
from engage.store.area import Area
from engage.vocabulary.time import Happened, Precision, whole_day


def runs(desk: Desk, area: Area, head: Head) -> tuple[Run, ...]:
    """Every run of every clock of a case that something started, by what the viewer may see."""
    return _reckoned(told_of(desk, area, head), area, head.kind, desk.see.viewing.at)


def told_of(desk: Desk, area: Area, head: Head) -> list[clocks.Told]:
    """Everything that was told of a case, and that records tell which the viewer may see."""
    told = _told(Told.objects.filter(case=head.number).order_by("seq"))
    if head.kind in OF_PEOPLE and head.subject:
        told += heard.of_person(desk.see, area, head.subject)
    return told


def _reckoned(told: Iterable[clocks.Told], area: Area, kind: str, now: datetime) -> tuple[Run, ...]:
    # What two tellings name alike is one: the last, and rather an agency's record than what was typed.
    once = {(one.told_id, one.event): one for one in told}
    found = reckon(once.values(), catalogue=of_area(area), now=now, about=kind)
    return tuple(run for run in found if run.state is not State.NOT_STARTED or run.due)


def _told(rows: Iterable[Told]) -> list[clocks.Told]:
    """What was told of a case. What corrects a telling under its own name takes its place."""
    known = {row.seq: row for row in rows}
    names = {seq: name_of(row) for seq, row in known.items()}
    gone = {row.replaces for row in known.values() if row.replaces and names.get(row.replaces) == names[row.seq]}  # fmt: skip
    return [_telling(row, names, gone) for row in known.values() if row.seq not in gone]


def _telling(row: Told, names: Mapping[int, str], gone: Collection[int | None]) -> clocks.Told:
    replaces = names.get(row.replaces, f"told:{row.replaces}") if row.replaces and row.replaces not in gone else ""  # fmt: skip
    return clocks.Told(
        told_id=names[row.seq], event=row.event, happened=Happened(row.from_at, row.until_at, Precision(row.precision)), told_at=row.told_at,
        authorised_by=row.authorised_by, reason=row.why, regards=(row.regards,) if row.regards else (), replaces=replaces,
        stated_end=whole_day(row.until_on) if row.until_on else None, clock=row.clock or "",
    )  # fmt: skip


def lay_down(see: Sight, area: Area, numbers: Collection[int]) -> int:
    """Lay down anew what is due in these cases; return how many rows stand. Within the transaction of what was told, or of its own."""
    desk, made = Desk(see), []
    for row in Case.objects.filter(seq__in=list(numbers)):
        told = _told(Told.objects.filter(case=row.seq).order_by("seq"))
        subject = desk.now([row.subject])[row.subject] if row.kind in OF_PEOPLE and row.subject else ""
        if subject:
            told += heard.of_person(see, area, subject, is_open_only=True)
        made += [_due(row.seq, run) for run in _reckoned(told, area, row.kind, see.viewing.at)]
    with transaction.atomic():
        ClockDue.objects.filter(case__in=list(numbers)).delete()
        ClockDue.objects.bulk_create(made)
    return len(made)


def _due(case: int, run: Run) -> ClockDue:
    return ClockDue(
        case=case, clock=run.clock.code, is_shown_first=run.clock.is_shown_first, state=run.state.value, is_open=run.is_open and not run.is_stopped,
        is_paused=run.state is State.PAUSED, warn_from_at=run.warn_from_at, due_at=run.due.earliest_at if run.due else None,
        latest_at=run.due.latest_at if run.due else None,
    )  # fmt: skip
