"""A day that was worked out is shown again for as long as it would be worked out alike: to nobody else, not after anything was decided, and each look is in the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction

from engage.casework.cases import drafts
from engage.casework.cases.actions import Moving, Written
from engage.casework.cases.actions import move as move_case
from engage.casework.week import keeping, today
from engage.casework.week import queries as week
from engage.governance import actions as governance
from engage.governance import queries as access
from engage.governance.declared import actions as declared
from engage.governance.declared.rules import Declaring
from engage.governance.models import AuditEvent


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.postgresql]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Whose day was worked out, one name each time."""
    calls: list[str] = []
    plain = today.PROVIDERS["my_actions"]

    def counted(asking):
        calls.append(asking.user)
        return plain(asking)

    monkeypatch.setitem(today.PROVIDERS, "my_actions", counted)
    keeping.forget()
    yield calls
    keeping.forget()


def day(office, who, viewing=None, **more):
    found = week.today(viewing=viewing or office.at(who), build=office.build, area=office.area, **more)
    return {one.kind.code: [(row.action and row.action.number, row.head and row.head.number, row.place) for row in one.filled.rows] for one in found.lists}  # fmt: skip


def test_who_looks_again_is_shown_the_same_and_it_is_logged_again(office, made):
    case = office.allocated("mara")
    office.agree("mara", "Ask about the lifts", case=case, to="mara")
    first = day(office, "mara")
    looks = AuditEvent.objects.filter(action="today.view", actor="mara")
    (before,) = looks.values_list("subject", flat=True)
    assert day(office, "mara") == first
    assert made == ["mara"]
    assert list(looks.values_list("subject", flat=True)) == [before, before]
    assert first["my_actions"] != []


def test_what_was_decided_since_is_shown_at_once(office, made):
    case = office.allocated("mara")
    assert day(office, "mara")["my_actions"] == []
    number = office.agree("bo", "Ask about the lifts", case=case, to="mara")
    assert day(office, "mara")["my_actions"] == [(number, case, "")]
    office.say("mara", number, "done")
    assert day(office, "mara")["my_actions"] == []
    assert made == ["mara"] * 3


def test_a_case_that_moves_moves_on_the_day_of_everybody(office, made):
    case = office.case()
    assert [head for _a, head, _p in day(office, "bo")["to_decide"]] == [case]
    written = Written("acceptance", {"why": "She is harmed.", "safe_tonight": "yes"})
    move_case(viewing=office.at("bo"), build=office.build, area=office.area, moving=Moving(case, "accept", 0, written))  # fmt: skip
    assert day(office, "bo")["to_decide"] == []
    assert [head for _a, head, _p in day(office, "bo")["to_allocate"]] == [case]


def test_who_declares_a_relationship_is_shown_nothing_more_of_them(office, made):
    case = office.allocated("mara")
    office.agree("bo", "Ask about the lifts", case=case, to="mara")
    assert day(office, "mara")["my_actions"] != []
    declared.declare(viewing=office.at("mara"), declaring=Declaring("person", "ANA", "Ana Petal", "She is my niece.", "2020"))  # fmt: skip
    assert day(office, "mara")["my_actions"] == []


def test_what_one_began_to_write_stands_there_at_once_and_is_gone_at_once(office, made):
    assert day(office, "mara")["drafts"] == []
    drafts.save_draft(viewing=office.at("mara"), place="/cases/refer/child/", content={"child": ["Ana"]})
    assert [place for _a, _h, place in day(office, "mara")["drafts"]] == ["/cases/refer/child/"]
    drafts.throw_away(viewing=office.at("mara"), place="/cases/refer/child/")
    assert day(office, "mara")["drafts"] == []


def test_it_is_kept_apart_by_who_looks_why_when_and_for_what(office, made):
    viewing = office.at("mara")
    viewings = [
        viewing,
        office.at("bo"),
        replace(viewing, purpose="audit"),
        replace(viewing, at=viewing.at + timedelta(minutes=1)),
        replace(viewing, viewer=replace(viewing.viewer, role="detective", agency="police")),
        replace(viewing, as_of=viewing.as_of - timedelta(days=1)),
    ]
    for one in viewings:
        day(office, "mara", one)
    day(office, "mara", since=viewing.at - timedelta(days=1))
    day(office, "mara", whole="my_actions")
    assert len(made) == len(viewings) + 2
    # All of these are kept, and so many at most.
    for one in viewings:
        day(office, "mara", one)
    assert len(made) == len(viewings) + 2
    for minute in range(keeping.MOST + 5):
        day(office, "mara", replace(viewing, at=viewing.at + timedelta(hours=1, minutes=minute)))
    assert len(keeping._days) == keeping.MOST


def test_within_a_transaction_which_may_be_undone_nothing_is_kept(office, made):
    case = office.allocated("mara")
    with transaction.atomic():
        office.agree("bo", "Ask about the lifts", case=case, to="mara")
        assert day(office, "mara")["my_actions"] != []
        transaction.set_rollback(True)
    assert day(office, "mara")["my_actions"] == []
    # The next has the number of the one that was undone.
    office.agree("bo", "Look for the car", case=case, to="bo")
    assert day(office, "mara")["my_actions"] == []


def test_a_decision_that_is_being_written_is_not_passed_over(office, made):
    office.allocated("mara")
    before = access.decided_so_far()
    assert before == AuditEvent.objects.filter(decides=True).order_by("-id").values_list("id", flat=True)[0]
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            columns = [f.column for f in AuditEvent._meta.concrete_fields if not f.primary_key]
            names = ", ".join(columns)
            cursor.execute(
                f"insert into governance_auditevent ({names}) select {names} from governance_auditevent where id = {before}"
            )
        # What is written meanwhile on PostgreSQL may come to stand with a lower number than what is seen already.
        assert access.decided_so_far() == (None if connection.vendor == "postgresql" else before)
        other.commit()
    finally:
        other.close()
    after = access.decided_so_far()
    assert after is not None
    assert after > before


def test_a_row_of_the_log_says_whether_it_is_a_decision(office, made):
    viewing = office.at("bo")
    governance.record_view(viewing=viewing, action="case.view", subject="case 1", fields=[], decision="allow")
    with transaction.atomic():
        governance.record_decision(viewing=viewing, action="case.part", subject="case 1", fields=[], decision="left")  # fmt: skip
    rows = AuditEvent.objects.filter(subject="case 1").order_by("id").values_list("action", "decides")
    assert list(rows) == [("case.view", None), ("case.part", True)]
