"""How were the time limits kept of the cases that an agency leads? Each clock in counts, beside it every other way of counting the same: both starts of the fifteen working days stand there.

It is counted from what is laid down of each case. Nobody is measured by it: a limit that is late says nothing of whose doing that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from engage.casework.cases import guarded
from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, ClockDue
from engage.casework.cases.seeing import Desk
from engage.casework.clocks.catalogue import of_area
from engage.casework.clocks.rules import Clock, State
from engage.store.area import Area
from engage.vocabulary.time import london_day, london_midnight


# A quarter, as such figures are asked for.
LOOKS_BACK = timedelta(days=92)
# Nothing was opened here before.
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Kept:
    """Of one clock: how many of its runs ended in time, ended late, still have time, are over with nothing that ended them, and ended with no limit or because nothing was left to do."""

    clock: Clock
    in_time: int
    late: int
    running: int
    overdue: int
    other: int


@dataclass(frozen=True)
class Limits:
    """The clocks of cases that were opened from a day until another, those that count the same thing beneath each other."""

    from_on: date
    until_on: date
    kept: tuple[Kept, ...]


def limits(desk: Desk, area: Area, agency: str, days: tuple[date | None, date | None]) -> Limits:
    """The clocks of the cases that this agency leads, of which the viewer may know and which were opened on these days; without a first day of the last quarter."""
    today = london_day(desk.see.viewing.at)
    until_on = max(EARLIEST, min(days[1] or today, today))
    from_on = max(EARLIEST, days[0] or until_on - LOOKS_BACK)
    opened = Case.objects.filter(
        agency=agency, opened_at__gte=london_midnight(from_on), opened_at__lt=london_midnight(until_on + timedelta(days=1))
    )  # fmt: skip
    is_over = Q(is_open=True, is_paused=False, due_at__lte=desk.see.viewing.at)
    rows = ClockDue.objects.filter(guarded.readable(desk), case__in=known(desk, opened).values("seq"))
    counted = rows.values("clock", "state", "is_open").annotate(
        count=Count("pk"), over=Count("pk", filter=is_over)
    )
    return Limits(from_on, until_on, tuple(_by_clock(area, counted)))


def _by_clock(area: Area, counted: Iterable[Mapping[str, Any]]) -> Iterable[Kept]:
    clocks = {code: versions[-1] for code, versions in of_area(area).clocks.items()}
    found: dict[str, dict[str, int]] = {}
    for row in counted:
        of = found.setdefault(
            str(row["clock"]), dict.fromkeys(("in_time", "late", "running", "overdue", "other"), 0)
        )
        if row["is_open"]:
            of["overdue"] += row["over"]
            of["running"] += row["count"] - row["over"]
        else:
            of[_ENDED.get(row["state"], "other")] += row["count"]
    known_clocks = [code for code in clocks if code in found]
    return (
        Kept(clocks[code], **found[code])
        for code in sorted(known_clocks, key=lambda code: _place(clocks[code]))
    )


_ENDED = {State.IN_TIME.value: "in_time", State.LATE.value: "late", State.TOO_EARLY.value: "late"}


def _place(clock: Clock) -> tuple[int, str]:
    """By number, so that what counts the same stands beneath it: C5, C5a, C5b, C6."""
    number = "".join(one for one in (clock.variant_of or clock.code) if one.isdigit())
    return int(number or 0), clock.code
