"""The lists of the day that hold actions."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from engage.casework.agreed.seeing import known, seen
from engage.casework.tasks.models import ActionWord, AgreedAction
from engage.casework.tasks.rules import ESCALATED, OPEN
from engage.casework.week.rows import Asking, Filled, Row, first_of


SOON = timedelta(days=7)


def my_actions(asking: Asking) -> Filled:
    """Open actions of the viewer's own that are overdue or due within seven days."""
    return _filled(asking, _open().filter(owner=asking.user, due_on__lte=asking.today + SOON))


def agency_overdue(asking: Asking) -> Filled:
    """Overdue actions of the viewer's agency."""
    return _filled(asking, _open().filter(agency=asking.agency, due_on__lt=asking.today))


def to_chase(asking: Asking) -> Filled:
    """Overdue actions of every agency, as far as the viewer may know of them."""
    return _filled(asking, _open().filter(due_on__lt=asking.today))


def escalated(asking: Asking) -> Filled:
    """Open actions of the viewer's agency that were escalated."""
    told = ActionWord.objects.filter(says=ESCALATED).values("action")
    return _filled(asking, _open().filter(seq__in=told, agency=asking.agency))


def by_me(asking: Asking) -> Filled:
    """Open actions that the viewer agreed and somebody else owns."""
    return _filled(asking, _open().filter(made_by=asking.user).exclude(owner=asking.user))


def _open() -> QuerySet[AgreedAction]:
    return AgreedAction.objects.filter(state=OPEN)


def _filled(asking: Asking, rows: QuerySet[AgreedAction]) -> Filled:
    first = first_of(asking, known(asking.desk, rows).order_by("due_on", "seq"))
    if not first.numbers:
        return Filled((), 0)
    found = AgreedAction.objects.filter(pk__in=first.numbers).order_by("due_on", "seq")
    shown = seen(asking.desk, list(found), is_named=False)
    lines = tuple(
        Row(action=one, head=shown.heads.get(one.case) if one.case else None, on=one.due_on)
        for one in shown.actions
    )
    return Filled(lines, first.count, is_more=first.is_more)
