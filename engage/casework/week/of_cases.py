"""The lists of the day that hold cases, and that of drafts."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from engage.casework.cases import drafts as kept
from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, CaseEntry
from engage.casework.forms.rules import day_of
from engage.casework.lifecycles.states import CHILD, lifecycles
from engage.casework.week.rows import Asking, Filled, Row, first_of


SOON = timedelta(days=14)
# The forms that set a day of review, and the question that holds it.
REVIEWS = {"plan_agreed": "review_on", "review_set": "review_on", "supervision": "next_on"}
WAITS, TAKEN_ON = ("referred", "acknowledged", "proposed"), ("accepted", "reopened", "discussion")


def my_new(asking: Asking) -> Filled:
    """Open cases of which the viewer is the worker and that moved since they were here last."""
    return _cases(asking, _moved(asking, Case.objects.filter(worker=asking.user)))


def agency_new(asking: Asking) -> Filled:
    """Cases that the viewer's agency leads and that moved since they were here last."""
    return _cases(asking, _moved(asking, Case.objects.filter(agency=asking.agency)))


def concern_new(asking: Asking) -> Filled:
    """Cases of people of concern, places and groups that moved since the viewer was here last."""
    return _cases(asking, _moved(asking, Case.objects.exclude(kind=CHILD)))


def to_decide(asking: Asking) -> Filled:
    """Cases that the viewer's agency leads and that nobody has accepted or declined, the oldest first."""
    return _cases(asking, Case.objects.filter(agency=asking.agency, state__in=WAITS), oldest_first=True)


def to_allocate(asking: Asking) -> Filled:
    """Cases that the viewer's agency leads, that were taken on, and that nobody has."""
    rows = Case.objects.filter(agency=asking.agency, state__in=TAKEN_ON, worker="")
    return _cases(asking, rows, oldest_first=True)


def discussion(asking: Asking) -> Filled:
    """Cases on the list of the daily discussion in which the viewer's agency takes part."""
    return _cases(asking, _taking_part(asking).filter(state="discussion"), oldest_first=True)


def strategy(asking: Asking) -> Filled:
    """Cases of which a strategy discussion was called, in which the viewer's agency takes part."""
    return _cases(asking, _taking_part(asking).filter(state="strategy"), oldest_first=True)


def handing_over(asking: Asking) -> Filled:
    """Cases that the viewer's agency leads and that another area was asked to take over."""
    return _cases(asking, Case.objects.filter(agency=asking.agency, state="transferring"), oldest_first=True)


def sent_by_me(asking: Asking) -> Filled:
    """Cases that the viewer opened and that nobody has decided."""
    return _cases(asking, Case.objects.filter(opened_by=asking.user, state__in=WAITS), oldest_first=True)


def my_reviews(asking: Asking) -> Filled:
    """Open cases of the viewer whose next review is over or within fourteen days."""
    rows = known(asking.desk, Case.objects.filter(of_open_states(), worker=asking.user))
    found = {row.seq: row for row in rows}
    by_day = sorted((day, case) for case, day in next_reviews(list(found)).items())
    near = [(day, case) for day, case in by_day if day <= asking.today + SOON]
    heads = {head.number: head for head in asking.desk.heads([found[case] for _, case in near])}
    lines = [Row(head=heads[case], on=day) for day, case in near if case in heads]
    return Filled(tuple(lines[: asking.most]), len(lines))


def next_reviews(cases: list[int]) -> dict[int, date]:
    """The day of the next review of each of these cases that has one: as the last form says that sets one, corrections instead of what they correct."""
    entries = list(CaseEntry.objects.filter(case__in=cases, form__in=REVIEWS).order_by("seq"))
    replaced = {row.replaces for row in entries if row.replaces}
    found: dict[int, date] = {}
    for row in entries:
        day = day_of(str(row.answers.get(REVIEWS[row.form], "")))
        if row.case is not None and day and row.seq not in replaced:
            found[row.case] = day
    return found


def drafts(asking: Asking) -> Filled:
    """What the viewer began to write."""
    found = kept.drafts(viewing=asking.desk.see.viewing)
    return Filled(tuple(Row(place=place, on=at) for place, at in found[: asking.most]), len(found))


def of_open_states() -> Q:
    """Cases that are open, by the states of each kind."""
    states = Q()
    for kind, life in lifecycles().items():
        states |= Q(kind=kind, state__in=[one.code for one in life.states if one.is_open])
    return states


def _moved(asking: Asking, rows: QuerySet[Case]) -> QuerySet[Case]:
    rows = rows.filter(of_open_states())
    return rows.filter(moved_at__gt=asking.since) if asking.since else rows


def _taking_part(asking: Asking) -> QuerySet[Case]:
    return Case.objects.filter(asking.desk.in_part_of(asking.agency, "seq"))


def _cases(asking: Asking, rows: QuerySet[Case], *, oldest_first: bool = False) -> Filled:
    rows = known(asking.desk, rows)
    order = ("moved_at", "seq") if oldest_first else ("-moved_at", "-seq")
    first = first_of(asking, rows.order_by(*order))
    if not first.numbers:
        return Filled((), 0)
    heads = asking.desk.heads(list(Case.objects.filter(pk__in=first.numbers).order_by(*order)))
    return Filled(
        tuple(Row(head=head, on=head.moved_at) for head in heads), first.count, is_more=first.is_more
    )
