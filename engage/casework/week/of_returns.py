"""The list of the day that holds return home interviews of children of whom no case tells: a case has a time limit for it, and of a child without one nothing else on the page would say so."""

from __future__ import annotations

from datetime import timedelta

from engage.casework.cases import guarded
from engage.casework.cases.listing import known
from engage.casework.cases.models import Case, ClockDue
from engage.casework.clocks.catalogue import of_area
from engage.casework.lifecycles.states import CHILD
from engage.casework.week.rows import Asking, Filled, Need, Row, Steps
from engage.identities import assignments
from engage.picture.missing.back import Waiting, waiting


RETURNED = "child.returned"
# Of a return of the last days the limit ended no longer ago.
LOOKS_BACK = timedelta(days=60)


def interviews(asking: Asking) -> Steps:
    """Returns on the page of who is missing whose interview is still waited for, as far as the viewer may see them there, without those whose limit stands in a case that the viewer may know of; those
    with time left first, the earliest due before the others: of what is over nobody can be in time any more."""
    found = waiting(asking.desk.see)
    yield Need()
    of_cases = _of_cases(asking) if found.back else set()
    rows = [_row(found, place) for place, one in enumerate(found.back) if one.person_id not in of_cases]
    rows.sort(key=lambda row: row.is_over)
    return Filled(tuple(rows[: asking.most]), len(rows))


def _row(found: Waiting, place: int) -> Row:
    one = found.back[place]
    due = one.interview
    return Row(returned=one, at=found.now, on=due.due_at, is_over=due.is_late and due.due_at is not None)


def _of_cases(asking: Asking) -> set[str]:
    """The children in whose cases, in which the viewer's agency takes part, such a limit runs; by today's ids."""
    clocks = [code for code, some in of_area(asking.area).clocks.items() if RETURNED in some[-1].starts]
    since = asking.desk.see.viewing.at - LOOKS_BACK
    running = ClockDue.objects.filter(
        guarded.readable(asking.desk), clock__in=clocks, is_open=True, due_at__gte=since
    )
    cases = Case.objects.filter(asking.desk.in_part_of(asking.agency, "seq"), kind=CHILD, seq__in=running.values("case"))  # fmt: skip
    subjects = known(asking.desk, cases, are_settled=True).values_list("subject", flat=True)
    return set(assignments.today(asking.desk.see.build, subjects).values())
