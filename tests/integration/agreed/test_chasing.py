"""Is what is due by rule chased and escalated once, and left alone by who runs it again?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from engage.casework.agreed import actions
from engage.casework.tasks.models import ActionWord
from engage.governance.queries import MayNotDo
from tests.integration.agreed.conftest import TODAY


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]


def late(office, days):
    number = office.agree("mara", "Ring the school", to="mara")
    with connection.cursor() as cursor:
        cursor.execute(
            "update tasks_agreedaction set due_on = %s, version = version + 1 where seq = %s",
            [TODAY - timedelta(days=days), number],
        )
    return number


def chase(office, **at):
    viewing = office.viewing(role="operator", agency="", purpose="data_quality", user_id="op", **at)
    return actions.chase_due(viewing=viewing, area=office.area)


def test_each_is_chased_and_escalated_once_by_working_days(office):
    # Easter Monday was yesterday: since Thursday one working day, since the Friday before last five.
    late(office, 0)
    chased, escalated = late(office, 5), late(office, 11)
    said = chase(office)
    assert (said.overdue, said.chased, said.escalated) == (2, 1, 1)
    assert dict(ActionWord.objects.values_list("action", "says")) == {
        chased: "chased",
        escalated: "escalated",
    }
    again = chase(office)
    assert (again.overdue, again.chased, again.escalated) == (2, 0, 0)
    next_week = chase(office, at=office.at("mara").at + timedelta(days=7))
    assert (next_week.overdue, next_week.chased, next_week.escalated) == (3, 0, 2)
    assert set(ActionWord.objects.values_list("reason", "said_by")) == {("By rule", "op")}


def test_only_whose_role_it_is(office):
    with pytest.raises(MayNotDo):
        actions.chase_due(viewing=office.at("gov"), area=office.area)
