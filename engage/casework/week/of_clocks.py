"""The lists of the day that hold time limits: as they are laid down by case whenever something is told, so that no case need be reckoned to show them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, ClockDue
from engage.casework.clocks.catalogue import of_area
from engage.casework.lifecycles.states import CHILD
from engage.casework.week.lists import MANAGER, lists
from engage.casework.week.of_cases import of_open_states
from engage.casework.week.rows import Asking, Filled, Row, first_of


# Whose day holds the limits of every case in which the agency takes part, and not of their own cases alone.
SEES_ALL = frozenset({MANAGER, "missing_coordinator"})


def clocks(asking: Asking) -> Filled:
    """Time limits of cases of the viewer's own (of a manager and a missing coordinator: of those in which their agency takes part) that are over or within their warning."""
    cases, others = Case.objects.filter(asking.desk.in_part_of(asking.agency, "seq")), ~Q(clock__in=lists().own_clocks)  # fmt: skip
    if asking.desk.see.viewing.viewer.role in SEES_ALL:
        # Of an agency's many cases the limits are gone along in their order, and each is asked for its case.
        return _near(asking, Exists(known(asking.desk, cases).filter(seq=OuterRef("case"))), others)
    return _of_few(asking, cases.filter(worker=asking.user), others)


def visits(asking: Asking) -> Filled:
    """Children whose next visit, or next visit alone, is over or near."""
    return _of_few(asking, _open_and_own(asking), Q(clock__in=lists().kinds["visits"].clocks))


def eighteen(asking: Asking) -> Filled:
    """Young people whose eighteenth birthday is near, or was and nobody has prepared for it."""
    return _of_few(asking, _open_and_own(asking), Q(clock__in=lists().kinds["eighteen"].clocks))


def _open_and_own(asking: Asking) -> QuerySet[Case]:
    """Open cases of children that the viewer has, or (of a manager) that their agency leads."""
    is_manager = asking.desk.see.viewing.viewer.role == MANAGER
    whose = Q(agency=asking.agency) if is_manager else Q(worker=asking.user)
    return Case.objects.filter(of_open_states(), whose, kind=CHILD)


def _of_few(asking: Asking, cases: QuerySet[Case], which: Q) -> Filled:
    """Of so few cases these are looked up first."""
    return _near(asking, Q(case__in=known(asking.desk, cases).values("seq")), which)


def _near(asking: Asking, is_theirs: Q | Exists, which: Q) -> Filled:
    """Of the cases of which that holds, these limits that are over or within their warning; the earliest first."""
    now = asking.desk.see.viewing.at
    is_near = Q(warn_from_at__lte=now) | Q(due_at__lte=now)
    rows = ClockDue.objects.filter(
        which, is_near, is_theirs, is_open=True, is_paused=False, is_shown_first=True, due_at__isnull=False
    )  # fmt: skip
    order = ("due_at", "case", "clock")
    first = first_of(asking, rows.order_by(*order))
    if not first.numbers:
        return Filled((), 0)
    found = list(ClockDue.objects.filter(pk__in=first.numbers).order_by(*order))
    heads = {head.number: head for head in asking.desk.heads(list(Case.objects.filter(pk__in={row.case for row in found})))}  # fmt: skip
    known_clocks = of_area(asking.area).clocks
    lines = [
        Row(head=heads[row.case], called=known_clocks[row.clock][-1].title, on=row.due_at, is_over=bool(row.due_at and row.due_at <= now))
        for row in found
        if row.case in heads and row.clock in known_clocks
    ]  # fmt: skip
    return Filled(tuple(lines), first.count, is_more=first.is_more)
