"""The clocks of a case: told by forms and moves, heard from agencies' records, seen by those who may, and laid down for a day's list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engage.casework.cases import actions
from engage.casework.cases.actions import About
from engage.casework.cases.models import ClockDue
from engage.casework.cases.rules import Written
from engage.casework.clocks.catalogue import HERE, load
from engage.casework.clocks.rules import Length, Run, Unit
from engage.casework.forms.reading import load as forms
from engage.casework.lifecycles.states import lifecycles
from engage.casework.meetings.kinds.reading import load as kinds
from engage.casework.returns import actions as returns
from engage.picture.missing.stated import stated
from engage.vocabulary.access import Viewing
from engage.vocabulary.written import read_yaml
from tests.integration.casework.conftest import Office
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Tuesday 7 April 2026, 08:40, after Easter Monday.
CASES = Path(actions.__file__).parent
GOOD_FRIDAY_EVENING = datetime(2026, 4, 3, 19, 0, tzinfo=UTC)


def of(runs: tuple[Run, ...], code: str) -> list[tuple[str, str]]:
    return [
        (run.state.value, str(run.due.latest_on) if run.due else "") for run in runs if run.clock.code == code
    ]


def test_a_referral_of_the_eve_of_easter_is_decided_by_the_first_working_day_after_it(office: Office) -> None:
    number = office.refers(came="phone", received="2026-04-02T16:30")
    assert of(office.sees(number).runs, "C1") == [("warning", "2026-04-07")]
    office.moves(number, "acknowledge", office.as_(), how="phone")
    assert of(office.sees(number).runs, "C1")[0][0] == "warning"  # telling the referrer is half of it
    office.moves(number, "accept", office.as_(), why="Collected by a man.", safe_tonight="yes")
    assert of(office.sees(number).runs, "C1")[0][0] == "in_time"


def test_a_breached_clock_stays_on_the_list_until_what_ends_it_is_told(office: Office) -> None:
    number = office.refers(came="phone", received="2026-03-02T10:00")
    assert of(office.sees(number).runs, "C1") == [("overdue", "2026-03-03")]
    office.moves(number, "acknowledge", office.as_(), how="phone")
    assert of(office.sees(number).runs, "C1") == [("overdue", "2026-03-03")]
    office.moves(number, "accept", office.as_(), why="Collected by a man.", safe_tonight="yes")
    assert of(office.sees(number).runs, "C1") == [("late", "2026-03-03")]


@pytest.fixture
def enquiry(world: World, viewing: Callable[..., Viewing]) -> Office:
    """Social care's extract holds a section 47 enquiry about Ana, and a guarded one about Bea."""
    world.people("""
        id | agency             | person | name      | born
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
        2  | childrens_services | BEA    | Bea Reed  | 2011-05-05
    """).events("""
        id | agency             | who                        | kind          | title                                | when       | sensitivity
        s1 | childrens_services | childrens_services/1 child | investigation | Section 47 enquiry                   | 2026-03-25 |
        s2 | childrens_services | childrens_services/2 child | investigation | Section 47 enquiry                   | 2026-03-25 | restricted
    """)  # fmt: skip
    world.served()
    return Office(world, viewing)


def test_what_social_care_records_already_starts_the_clock_without_being_typed_again(enquiry: Office) -> None:
    number = enquiry.refers()
    states = of(enquiry.sees(number).runs, "C5b")
    assert states == [("running", "2026-04-17")]  # fifteen working days over Good Friday and Easter Monday


def test_what_is_guarded_starts_no_clock_that_others_see_and_none_that_is_laid_down(enquiry: Office) -> None:
    number = enquiry.refers(about=About("child", "BEA"))
    enquiry.brings(number, "police")
    assert of(enquiry.sees(number).runs, "C5b") == [("running", "2026-04-17")]
    assert of(enquiry.sees(number, enquiry.as_("detective", "police")).runs, "C5b") == []
    assert not ClockDue.objects.filter(case=number, clock="C5b").exists()


def test_what_is_due_is_laid_down_with_what_is_told_and_made_anew_after_a_build(enquiry: Office) -> None:
    number = enquiry.refers()
    before = sorted(ClockDue.objects.values_list("clock", "is_open", "due_at"), key=str)
    assert {"C1", "C2", "C5b"} <= {clock for clock, _open, _due in before}
    ClockDue.objects.all().delete()
    made: Any = actions.reckon_clocks(viewing=enquiry.as_("operator", ""), **enquiry.where)
    assert made == 1
    assert sorted(ClockDue.objects.values_list("clock", "is_open", "due_at"), key=str) == before
    assert number


@pytest.fixture
def returned(world: World, viewing: Callable[..., Viewing]) -> Office:
    """The police's extract tells of two times of being missing of Ana in the week of Easter, and of one from long before; her interview after the first is recorded by social care."""
    world.people("""
        id | agency             | person | name      | born
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
        2  | police             | ANA    | Ana Petal | 2010-03-01
    """).events("""
        id | agency             | who                     | kind             | title                      | when
        m0 | police             | police/2 missing person | missing          |                            | 2025-06-01 18:00
        f0 | police             | police/2 missing person | found            |                            | 2025-06-02 18:00
        m1 | police             | police/2 missing person | missing          |                            | 2026-03-31 18:00
        f1 | police             | police/2 missing person | found            |                            | 2026-04-01 18:00
        i1 | childrens_services | childrens_services/1 child | return_interview | Return home interview held | 2026-04-02 10:00
        m2 | police             | police/2 missing person | missing          |                            | 2026-04-05 18:00
        f2 | police             | police/2 missing person | found            |                            | 2026-04-05 23:00
    """)  # fmt: skip
    world.served()
    return Office(world, viewing)


# Of the return on Sunday 5 April at 23:00 UTC the interview is due on Wednesday 8 April at midnight by the clock in London, an hour later.
INTERVIEW = {
    "offered": "yes", "offered_at": "2026-04-06T10:00", "offered_by": "Lena", "offer_learned": "x", "offered_again": "x", "told": "no", "told_not_why": "x",
}  # fmt: skip


def interviewed(office: Office, report: str, **answers: Any) -> None:
    written = Written("return_interview", {**INTERVIEW, **answers})
    returns.record(viewing=office.as_(), **office.where, report=f"zz:police:events:{report}", written=written)


def test_returns_and_interviews_are_heard_from_the_extract_each_interview_with_its_own_return(returned: Office) -> None:  # fmt: skip
    number = returned.refers()
    assert [state for state, _due in of(returned.sees(number).runs, "C12")] == ["in_time", "running"]
    assert [one.state for one in ClockDue.objects.filter(case=number, clock="C12", is_open=True)] == ["running"]  # fmt: skip
    # A parent's no is none of the child's: nobody asked her.
    refused = {"by_hand": "yes", "answer": "refused", "answered_at": "2026-04-06T10:05"}
    interviewed(returned, "m2", **refused, refused_by="parent")
    assert [state for state, _due in of(returned.sees(number).runs, "C12")] == ["in_time", "running"]
    # What is written of the first return now, after the second, is still of the first.
    interviewed(returned, "m1", **refused, refused_by="child")
    assert [state for state, _due in of(returned.sees(number).runs, "C12")] == ["in_time", "running"]
    interviewed(returned, "m2", **refused, refused_by="child")
    assert [state for state, _due in of(returned.sees(number).runs, "C12")] == ["in_time", "in_time"]


def test_a_return_that_is_written_twice_is_one(office: Office) -> None:
    number = office.refers()
    back = {"by_hand": "no", "returned": "2026-04-05T21:00"}
    office.writes(number, "return_interview", **INTERVIEW, **back, answer="waiting")
    refused = office.writes(number, "return_interview", **INTERVIEW, **back, answer="refused", answered_at="2026-04-06T12:00", refused_by="child")  # fmt: skip
    assert [state for state, _due in of(office.sees(number).runs, "C12")] == ["in_time"]
    # It was her mother who said no: what the correction no longer says is taken back.
    office.corrects(number, refused, "return_interview", **INTERVIEW, **back, answer="refused", answered_at="2026-04-06T12:00", refused_by="parent")  # fmt: skip
    assert [state for state, _due in of(office.sees(number).runs, "C12")] == ["running"]


def test_the_list_of_missing_children_and_the_clock_go_by_one_number_of_hours() -> None:
    (clock,) = load().clocks["C12"]
    assert clock.length == Length(int(stated().interview.lasts / timedelta(hours=1)), Unit.CLOCK_HOUR)
    assert "72" not in (HERE / "catalogue" / "c12_return_interview.yaml").read_text("utf-8").split("length:")[1].split("starts:")[0]  # fmt: skip


# Told by forms that are still to come: a pause, that it goes on, and that a birthday was prepared for.
TO_COME = {"clock.paused", "clock.resumed", "adulthood.prepared", "concern.first", "child.born", "strategy.recorded"}  # fmt: skip


def test_whatever_a_clock_waits_for_is_told_by_something_or_its_file_says_why_not() -> None:
    told = {one.event for form in forms().values() for one in form.tells}
    told |= {event for life in lifecycles().values() for move in life.moves for event in move.tells}
    told |= {event for kind in kinds().values() for event in (kind.event, *kind.tells.values())}
    told |= {row["event"] for row in read_yaml((CASES / "heard.yaml").read_text("utf-8"))}
    told |= {"birthday.eighteenth", "child.returned", "interview.held", "interview.refused"}  # heard.py
    waits = {clock.code: sorted(clock.events - told - TO_COME) for some in load().clocks.values() for clock in some if not clock.not_here}  # fmt: skip
    assert {code: events for code, events in waits.items() if events} == {}
    silent = {clock.code: clock for some in load().clocks.values() for clock in some if clock.not_here}
    assert all(not set(one.about) & set(lifecycles()) for one in silent.values())
