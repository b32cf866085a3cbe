"""The lists of the day that hold time limits: as they are laid down by case whenever something is told, so that no case need be reckoned to show them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, ClockDue
from engage.casework.cases.seeing import with_part_of
from engage.casework.clocks.catalogue import of_area
from engage.casework.lifecycles.states import CHILD
from engage.casework.week.lists import MANAGER, lists
from engage.casework.week.of_cases import of_open_states
from engage.casework.week.rows import Asking, Filled, Row


# Whose day holds the limits of every case in which the agency takes part, and not of their own cases alone.
SEES_ALL = frozenset({MANAGER, "missing_coordinator"})


def clocks(asking: Asking) -> Filled:
    """Time limits of cases of the viewer's own (of a manager and a missing coordinator: of those in which their agency takes part) that are over or within their warning."""
    mine = with_part_of(asking.agency, asking.desk.see.viewing.at)
    cases = Case.objects.filter(seq__in=mine.values("case"))
    if asking.desk.see.viewing.viewer.role not in SEES_ALL:
        cases = cases.filter(worker=asking.user)
    return _near(asking, cases, ~Q(clock__in=lists().own_clocks))


def visits(asking: Asking) -> Filled:
    """Children whose next visit, or next visit alone, is over or near."""
    return _near(asking, _open_and_own(asking), Q(clock__in=lists().kinds["visits"].clocks))


def eighteen(asking: Asking) -> Filled:
    """Young people whose eighteenth birthday is near, or was and nobody has prepared for it."""
    return _near(asking, _open_and_own(asking), Q(clock__in=lists().kinds["eighteen"].clocks))


def _open_and_own(asking: Asking) -> QuerySet[Case]:
    """Open cases of children that the viewer has, or (of a manager) that their agency leads."""
    is_manager = asking.desk.see.viewing.viewer.role == MANAGER
    whose = Q(agency=asking.agency) if is_manager else Q(worker=asking.user)
    return Case.objects.filter(of_open_states(), whose, kind=CHILD)


def _near(asking: Asking, cases: QuerySet[Case], which: Q) -> Filled:
    """Of these cases, as far as the viewer may know of them, these limits that are over or within their warning; the earliest first."""
    now = asking.desk.see.viewing.at
    is_near = Q(warn_from_at__lte=now) | Q(due_at__lte=now)
    rows = ClockDue.objects.filter(
        which, is_near, is_open=True, is_paused=False, is_shown_first=True, due_at__isnull=False, case__in=known(asking.desk, cases).values("seq")
    )  # fmt: skip
    found = list(rows.order_by("due_at", "case", "clock")[: asking.most])
    if not found:
        return Filled((), 0)
    heads = {head.number: head for head in asking.desk.heads(list(Case.objects.filter(pk__in={row.case for row in found})))}  # fmt: skip
    known_clocks = of_area(asking.area).clocks
    lines = [
        Row(head=heads[row.case], called=known_clocks[row.clock][-1].title, on=row.due_at, is_over=bool(row.due_at and row.due_at <= now))
        for row in found
        if row.case in heads and row.clock in known_clocks
    ]  # fmt: skip
    return Filled(tuple(lines), rows.count())
