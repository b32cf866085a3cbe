"""The list of the day that holds children of whom nobody has written whether they are referred to the National Referral Mechanism.

A first responder considers it for every child who may be exploited. That it was considered and not done, with the reason, is an answer as good as a referral: either
takes the child off the list. No fact of a child's life puts one on it or higher.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, CaseEntry
from engage.casework.lifecycles.states import CHILD
from engage.casework.week.lists import MANAGER
from engage.casework.week.of_cases import WAITS, of_open_states
from engage.casework.week.reading import OPEN_TO_ALL, readable
from engage.casework.week.rows import Asking, Filled, Need, Row, Steps, first_of


# What is written on either says that it was considered.
FORMS = ("nrm_referral", "nrm_decision")


def nrm(asking: Asking) -> Steps:
    """Open cases of children that were taken on (the viewer's own; of a manager those that their agency leads) in which nothing of it is written that the viewer may read; the one
    opened first on top."""
    is_manager = asking.desk.see.viewing.viewer.role == MANAGER
    whose = Q(agency=asking.agency) if is_manager else Q(worker=asking.user)
    rows = Case.objects.filter(of_open_states(CHILD), whose, kind=CHILD).exclude(state__in=WAITS)
    rows = _not_considered(asking, known(asking.desk, rows, are_settled=True))
    first = first_of(asking, rows.order_by("opened_at", "seq"))
    read = yield Need(cases=first.numbers)
    lines = tuple(Row(head=head, on=head.opened_at) for head in read.heads_of(first.numbers))
    return Filled(lines, first.count, is_more=first.is_more)


def _not_considered(asking: Asking, rows: QuerySet[Case]) -> QuerySet[Case]:
    """Without those in which it stands. What is guarded counts for whoever may read it alone: to others a shorter list would tell that it is there."""
    written = CaseEntry.objects.filter(form__in=FORMS)
    rows = rows.exclude(Exists(written.filter(OPEN_TO_ALL, case=OuterRef("seq"))))
    # Few are guarded: these are looked up first.
    guarded = list(rows.filter(seq__in=written.exclude(OPEN_TO_ALL).values("case")))
    entries = readable(asking.desk, asking.desk.heads(guarded), FORMS) if guarded else []
    read = {row.case for row in entries if row.case is not None}
    return rows.exclude(pk__in=read) if read else rows
