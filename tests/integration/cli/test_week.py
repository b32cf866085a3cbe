"""`engage chase` and `engage digest` from a terminal: numbers and no names, and an exit code where the mail server takes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import typer
from django.db import connection

from engage.casework.agreed import actions as agreed
from engage.casework.cases import drafts
from engage.casework.week import actions
from engage.casework.week.models import DigestSent
from engage.cli import week
from engage.governance.actions import make_user
from engage.vocabulary.time import london_day


pytestmark = pytest.mark.slow


@pytest.fixture
def office(drawn, viewing):
    """Ann has an action that is ten days overdue, and asked for the digest."""
    drawn.people(
        "id | agency | person | name | born\n---+---+---+---+---\n1 | police | ANA | Ana Petal | 2010-03-01"
    )
    drawn.served()
    at = viewing(role="analyst", agency="police", user_id="ann")
    today = london_day(at.at)
    new = agreed.NewAction("Ask about the boyfriend", agreed.Owner("police", "", "ann"), today)
    agreed.agree(viewing=at, build=drawn.warehouse.current(), area=drawn.area, new=[new])
    with connection.cursor() as cursor:
        cursor.execute("update tasks_agreedaction set due_on = %s, version = 1", [today - timedelta(days=10)])
    actions.choose_digest(viewing=at, is_wanted=True, address="ann@police.example")
    old = viewing(role="analyst", agency="police", user_id="ann", at=at.at - timedelta(days=31))
    drafts.save_draft(viewing=old, place="/cases/1/write/note/", content={"text": ["x"]})
    make_user(viewing=at, username="op", name="O P", agency="police", role="team_manager", password="x")
    return drawn


def test_what_is_due_is_chased_and_old_drafts_thrown_away_in_numbers(office, capsys):
    week.chase(office.area.folder, operator="")
    said = capsys.readouterr().out
    assert said.splitlines() == [
        "Overdue actions: 1. Chased now: 0. Escalated now: 1.",
        "Requests without an answer: 0. Chased now: 0. Managers told now: 0.",
        "Drafts thrown away: 1.",
    ]
    week.chase(office.area.folder, operator="")
    assert capsys.readouterr().out.splitlines() == [
        "Overdue actions: 1. Chased now: 0. Escalated now: 0.",
        "Requests without an answer: 0. Chased now: 0. Managers told now: 0.",
        "Drafts thrown away: 0.",
    ]


def test_a_digest_is_sent_in_numbers_and_a_deaf_server_is_an_exit_code(office, capsys, settings):
    week.digest(office.area.folder, operator="")
    assert capsys.readouterr().out.strip().startswith("Mails sent: 1.")
    DigestSent.objects.all().delete()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(typer.Exit) as ended:
        week.digest(office.area.folder, operator="")
    assert ended.value.exit_code == 3
    said = capsys.readouterr()
    assert "Not taken by the mail server: 1." in said.out
    assert "ann" not in said.out + said.err
