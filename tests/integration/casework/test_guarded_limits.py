"""Nobody learns from a time limit what they may not read: not on the case's page, not on paper, not on a list of the day, not where a form names one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from engage.casework.cases import actions
from engage.casework.cases.actions import AnswersWrong, Written
from engage.casework.cases.models import ClockDue
from engage.casework.week import queries as week
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import Office
from tests.integration.casework.test_case_clocks import of


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Police protection began on Saturday evening: it is over this evening, and rings.
PROTECTED = {"step": "protection", "at": "2026-04-04T20:00"}
ENDED = {"step": "protection_ended", "at": "2026-04-07T08:00"}


@pytest.fixture
def number(office: Office) -> int:
    """A child's case in which police and school take part."""
    found = office.refers()
    for agency in ("police", "education"):
        office.brings(found, agency)
    return found


def step(office: Office, number: int, answers: dict[str, str], **guard: str) -> int:
    replaces = guard.pop("replaces", None)
    written = Written("police_step", answers, replaces=int(replaces) if replaces else None, **guard)
    return actions.write(
        viewing=office.as_("detective", "police"), **office.where, number=number, written=written
    )


def seen(office: Office, number: int, who: Viewing) -> list[str]:
    return [state for state, _due in of(office.sees(number, who).runs, "C24")]


def on_the_day(office: Office, who: Viewing) -> list[str]:
    """The time limits on a manager's day, by their titles."""
    day = week.today(viewing=who, **office.where)
    return [row.called for one in day.lists for row in one.filled.rows if "protection" in row.called.lower()]


@pytest.mark.parametrize("guard", [{"sensitivity": "restricted"}, {"handling": "C"}])
def test_a_limit_that_a_guarded_entry_begins_is_for_those_who_may_read_it(office: Office, number: int, guard: dict[str, str]) -> None:  # fmt: skip
    before = [run.key for run in office.sees(number).runs]
    step(office, number, PROTECTED, **guard)
    detective, manager = office.as_("detective", "police"), office.as_("team_manager", "police")
    assert seen(office, number, detective) == seen(office, number, manager) == ["warning"]
    assert [run.key for run in office.sees(number).runs] == before
    assert on_the_day(office, manager) != []
    assert on_the_day(office, office.as_("team_manager")) == []


def test_an_open_entry_begins_a_limit_for_everybody_who_takes_part(office: Office, number: int) -> None:
    step(office, number, PROTECTED)
    assert not ClockDue.objects.exclude(guard=None).exists()
    assert seen(office, number, office.as_()) != []
    assert on_the_day(office, office.as_("team_manager")) != []


def test_what_a_guarded_entry_ends_ends_for_those_who_may_read_it(office: Office, number: int) -> None:
    step(office, number, PROTECTED)
    step(office, number, ENDED, sensitivity="restricted")
    assert seen(office, number, office.as_("detective", "police")) == ["in_time"]
    assert seen(office, number, office.as_()) == ["warning"]
    assert on_the_day(office, office.as_("team_manager", "police")) == []
    assert on_the_day(office, office.as_("team_manager")) != []


def test_a_guarded_correction_changes_nothing_for_whoever_may_not_read_it(office: Office, number: int) -> None:  # fmt: skip
    first = step(office, number, PROTECTED)
    was = of(office.sees(number).runs, "C24")
    second = step(
        office, number, {**PROTECTED, "at": "2026-04-05T10:00"}, sensitivity="restricted", replaces=str(first)
    )
    assert of(office.sees(number).runs, "C24") == was != of(office.sees(number, office.as_("detective", "police")).runs, "C24")  # fmt: skip
    # What corrects that openly stands for everybody, once.
    step(office, number, {**PROTECTED, "at": "2026-04-06T21:00"}, replaces=str(second))
    now = of(office.sees(number, office.as_("detective", "police")).runs, "C24")
    assert len(now) == 1
    assert of(office.sees(number).runs, "C24") == now


def test_guarded_entries_of_two_agencies_are_each_for_its_own(office: Office, number: int) -> None:
    step(office, number, PROTECTED, sensitivity="restricted")
    made = {
        "step": "emergency_made",
        "step_on": "2026-04-06",
        "source": "The court",
        "until_on": "2026-04-08",
    }
    written = Written("statutory_step", made, sensitivity="restricted")
    actions.write(viewing=office.as_(), **office.where, number=number, written=written)

    def day(agency: str) -> set[str]:
        shown = week.today(viewing=office.as_("team_manager", agency), **office.where)
        return {row.called for one in shown.lists for row in one.filled.rows if "rotection" in row.called}

    assert (day("police"), day("childrens_services")) == (
        {"Police protection ends"},
        {"Emergency protection order ends"},
    )
    assert day("education") == set()


def test_nobody_explains_a_limit_that_is_not_for_them(office: Office, number: int) -> None:
    step(office, number, {**PROTECTED, "at": "2026-04-01T08:00"}, sensitivity="restricted")
    (key,) = (run.key for run in office.sees(number, office.as_("detective", "police")).runs if run.clock.code == "C24")  # fmt: skip
    late = {"clock": key, "why": "x", "authorised_by": office.worker("team_manager")}
    with pytest.raises(AnswersWrong) as refused:
        office.writes(number, "lateness", **late)
    assert "time limits of this case" in refused.value.faults["clock"].text


def test_no_page_names_a_limit_that_is_not_for_the_reader(office: Office, number: int, sign_in: Callable[..., Client]) -> None:  # fmt: skip
    step(office, number, PROTECTED, sensitivity="restricted")
    browser = sign_in(role="social_worker", agency="childrens_services")
    for page in (
        f"/cases/{number}/",
        f"/cases/{number}/print/",
        f"/cases/{number}/write/lateness/",
        "/today/",
    ):
        assert "C24" not in browser.get(page).content.decode()
