"""The lists of the day that hold time limits: as they are laid down by case whenever something is told, so that no case need be reckoned to show them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from engage.casework.cases import guarded, linked
from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, ClockDue
from engage.casework.clocks.catalogue import of_area
from engage.casework.lifecycles.states import CHILD
from engage.casework.week.lists import MANAGER, lists
from engage.casework.week.of_cases import of_open_states
from engage.casework.week.rows import Asking, Filled, Need, Row, Steps, first_of


# Whose day holds the limits of every case in which the agency takes part, and not of their own cases alone.
SEES_ALL = frozenset({MANAGER, "missing_coordinator"})


def clocks(asking: Asking) -> Steps:
    """Time limits of cases of the viewer's own (of a manager and a missing coordinator: of those in which their agency takes part) that are over or within their warning; what another list of this day holds stands there alone."""
    cases, others = Case.objects.filter(asking.desk.in_part_of(asking.agency, "seq")), ~Q(clock__in=asking.own_clocks)  # fmt: skip
    if asking.desk.see.viewing.viewer.role in SEES_ALL:
        # Of an agency's many cases the limits are gone along in their order, and each is asked for its case.
        return _near(asking, Exists(known(asking.desk, cases).filter(seq=OuterRef("case"))), others)
    return _of_few(asking, cases.filter(worker=asking.user), others)


def visits(asking: Asking) -> Steps:
    """Children whose next visit, or next visit alone, is over or near."""
    return _of_children(asking, lists().kinds["visits"].clocks)


def eighteen(asking: Asking) -> Steps:
    """Young people whose eighteenth birthday is near, or was and nobody has prepared for it."""
    return _of_children(asking, lists().kinds["eighteen"].clocks)


def _of_children(asking: Asking, clocks: Sequence[str]) -> Steps:
    """Of open cases of children that the viewer has, or (of a manager) that they have or their agency leads."""
    which, cases = Q(clock__in=clocks), Case.objects.filter(of_open_states(CHILD), kind=CHILD)
    if asking.desk.see.viewing.viewer.role == MANAGER:
        of_theirs = Q(agency=asking.agency) | Q(worker=asking.user)
        of_agency = known(asking.desk, cases.filter(of_theirs), are_settled=True)
        return _near(asking, Exists(of_agency.filter(seq=OuterRef("case"))), which)
    return _near(
        asking,
        Q(case__in=known(asking.desk, cases.filter(worker=asking.user), are_settled=True).values("seq")),
        which,
    )


def _of_few(asking: Asking, cases: QuerySet[Case], which: Q) -> Steps:
    """Of so few cases these are looked up first."""
    return _near(asking, Q(case__in=known(asking.desk, cases).values("seq")), which)


def _near(asking: Asking, is_theirs: Q | Exists, which: Q) -> Steps:
    """Of the cases of which that holds, these limits that are over or within their warning; the earliest first."""
    now = asking.desk.see.viewing.at
    is_near = Q(warn_from_at__lte=now) | Q(due_at__lte=now)
    rows = ClockDue.objects.filter(
        which, is_near, is_theirs, guarded.readable(asking.desk), ~linked.not_for(asking.desk, asking.area), is_open=True, is_paused=False, is_shown_first=True, due_at__isnull=False
    )  # fmt: skip
    first = first_of(asking, rows.order_by("due_at", "case", "clock"), "case", "clock", "due_at")
    read = yield Need(cases={case for case, _clock, _due in first.told.values()})
    known_clocks = of_area(asking.area).clocks
    lines = tuple(
        Row(head=read.heads[case], called=known_clocks[clock][-1].title, on=due, is_over=due <= now)
        for case, clock, due in first.told.values()
        if case in read.heads and clock in known_clocks
    )
    return Filled(lines, first.count, is_more=first.is_more)
