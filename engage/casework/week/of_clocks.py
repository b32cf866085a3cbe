"""The list of the day that holds time limits: as they are laid down by case whenever something is told, so that no case need be reckoned to show them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, ClockDue
from engage.casework.clocks.catalogue import of_area
from engage.casework.week.rows import Asking, Filled, Row, first_of


# Whose day holds the limits of every case in which the agency takes part, and not of their own cases alone.
SEES_ALL = frozenset({"team_manager", "missing_coordinator"})


def clocks(asking: Asking) -> Filled:
    """Time limits of cases of the viewer's own (of a manager and a missing coordinator: of those in which their agency takes part) that are over or within their warning."""
    cases = known(asking.desk, Case.objects.filter(asking.desk.in_part_of(asking.agency, "seq")))
    # Of the few of one's own these are looked up first; of an agency's many the limits are gone along in their order.
    sees_all = asking.desk.see.viewing.viewer.role in SEES_ALL
    is_theirs = Q(Exists(cases.filter(seq=OuterRef("case")))) if sees_all else Q(case__in=cases.filter(worker=asking.user).values("seq"))  # fmt: skip
    now = asking.desk.see.viewing.at
    is_near = Q(warn_from_at__lte=now) | Q(due_at__lte=now)
    rows = ClockDue.objects.filter(
        is_near, is_theirs, is_open=True, is_paused=False, is_shown_first=True, due_at__isnull=False
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
