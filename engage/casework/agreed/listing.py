"""Which actions are there, as asked for, of which the viewer may know? A page at a time, those due first on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from engage.casework.agreed.seeing import known, seen
from engage.casework.cases.rules import Head
from engage.casework.cases.seeing import Desk
from engage.casework.tasks.models import ActionWord, AgreedAction
from engage.casework.tasks.rules import ESCALATED, OPEN, STATES, Action
from engage.picture.search.called import Called


OVERDUE = "overdue"
# So many are counted and can be paged to, the earliest day first: whoever has more before them narrows the list.
ROWS, COUNTED = 50, 2_000


@dataclass(frozen=True)
class Asked:
    """Which actions: in which state (one of theirs, "overdue", "" any), of an owner, an agency, a case, a meeting, agreed by somebody; `is_escalated`: those of which a
    manager was told; and the page. `any_owner` "": everybody's."""

    state: str = OPEN
    owner: str = ""
    agency: str = ""
    case: int | None = None
    meeting: int | None = None
    by: str = ""
    is_escalated: bool = False
    page: int = 1
    rows: int = ROWS


@dataclass(frozen=True)
class ActionList:
    """One page of actions, the heads of their cases by number and how their subjects are called by id, how many there are in all, how many of them overdue, and how many pages;
    `is_more`: at least so many, and nobody counted on."""

    actions: tuple[Action, ...]
    heads: Mapping[int, Head]
    names: Mapping[str, Called]
    count: int
    overdue_count: int
    page_count: int
    today: date
    is_more: bool = False


def listed(desk: Desk, asked: Asked, today: date) -> ActionList:
    """One page of the actions asked for, the earliest day first."""
    rows = _asked(known(desk, AgreedAction.objects.all()), asked, today)
    # The numbers first, which an index holds: the rows of other pages are not read to be put in order.
    numbers = list(rows.order_by("due_on", "seq").values_list("seq", flat=True)[: COUNTED + 1])
    count, is_more = min(len(numbers), COUNTED), len(numbers) > COUNTED
    overdue = rows.filter(state=OPEN, due_on__lt=today)[:COUNTED].count() if count else 0
    pages = max(1, -(-count // asked.rows))
    first = (min(max(asked.page, 1), pages) - 1) * asked.rows
    page = AgreedAction.objects.filter(pk__in=numbers[:COUNTED][first : first + asked.rows])
    found = seen(desk, list(page.order_by("due_on", "seq")))
    return ActionList(found.actions, found.heads, found.names, count, overdue, pages, today, is_more)


def _asked(rows: QuerySet[AgreedAction], asked: Asked, today: date) -> QuerySet[AgreedAction]:
    if asked.state == OVERDUE:
        rows = rows.filter(state=OPEN, due_on__lt=today)
    elif asked.state in STATES:
        rows = rows.filter(state=asked.state)
    wanted = {
        "owner": asked.owner,
        "agency": asked.agency,
        "case": asked.case,
        "meeting": asked.meeting,
        "made_by": asked.by,
    }
    rows = rows.filter(**{column: value for column, value in wanted.items() if value})
    if asked.is_escalated:
        rows = rows.filter(Exists(ActionWord.objects.filter(action=OuterRef("seq"), says=ESCALATED)))
    return rows
