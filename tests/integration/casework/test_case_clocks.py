"""The clocks of a case: told by forms and moves, heard from agencies' records, seen by those who may, and laid down for a day's list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from engage.casework.cases import actions
from engage.casework.cases.actions import About
from engage.casework.cases.models import ClockDue
from engage.casework.clocks.rules import Run
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import Office
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Tuesday 7 April 2026, 08:40, after Easter Monday.
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
