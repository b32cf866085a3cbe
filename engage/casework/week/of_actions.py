"""The lists of the day that hold actions."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from engage.casework.agreed.seeing import known
from engage.casework.cases import narrowing
from engage.casework.tasks.models import ActionWord, AgreedAction
from engage.casework.tasks.rules import ESCALATED, OPEN
from engage.casework.week.rows import Asking, Filled, Need, Row, Steps, first_of


SOON = timedelta(days=7)


def my_actions(asking: Asking) -> Steps:
    """Open actions of the viewer's own that are overdue or due within seven days."""
    return _filled(asking, _open().filter(owner=asking.user, due_on__lte=asking.today + SOON))


def agency_overdue(asking: Asking) -> Steps:
    """Overdue actions of the viewer's agency."""
    return _filled(asking, _open().filter(agency=asking.agency, due_on__lt=asking.today))


def agency_actions(asking: Asking) -> Steps:
    """Open actions that somebody else agreed for the viewer's agency since they were here last, also those whose owner does not sign in; the last agreed first."""
    rows = _open().filter(agency=asking.agency).exclude(made_by=asking.user)
    if asking.since:
        rows = rows.filter(made_at__gt=asking.since)
    return _filled(asking, rows, "-made_at", "-seq")


def to_chase(asking: Asking) -> Steps:
    """Overdue actions of every agency, as far as the viewer may know of them."""
    return _filled(asking, _open().filter(due_on__lt=asking.today))


def escalated(asking: Asking) -> Steps:
    """Open actions of the viewer's agency that were escalated."""
    told = ActionWord.objects.filter(says=ESCALATED).values_list("action", flat=True)
    few = narrowing.few(told)
    return _filled(asking, _open().filter(seq__in=told if few is None else few, agency=asking.agency))


def by_me(asking: Asking) -> Steps:
    """Open actions that the viewer agreed and somebody else owns."""
    return _filled(asking, _open().filter(made_by=asking.user).exclude(owner=asking.user))


def _open() -> QuerySet[AgreedAction]:
    return AgreedAction.objects.filter(state=OPEN)


def _filled(asking: Asking, rows: QuerySet[AgreedAction], *order: str) -> Steps:
    """The earliest day first, where no other order is asked for."""
    first = first_of(asking, known(asking.desk, rows).order_by(*(order or ("due_on", "seq"))))
    read = yield Need(actions=first.numbers)
    lines = tuple(
        Row(action=one, head=read.heads.get(one.case) if one.case else None, on=one.due_on)
        for one in read.actions_of(first.numbers)
    )
    return Filled(lines, first.count, is_more=first.is_more)
