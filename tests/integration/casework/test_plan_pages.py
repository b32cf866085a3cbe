"""The plan on the page of a child's case: three lanes, what is overdue or was not looked at, and what one looks for first."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases.actions import AnswersWrong
from engage.casework.tasks.models import AgreedAction
from tests.integration.casework.conftest import Office


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
GOAL = {"worker": "social_worker.childrens_services", "agency": "childrens_services", "first": "Ask."}
REVIEW = {"reviewed_on": "2026-04-01", "know": "Seen.", "next": "Ask again."}


def text(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def lanes(page: str) -> list[str]:
    """What stands in each lane, and beside them."""
    plan = page.split('id="plan"')[1].split("</section>")[0]
    return [text(part) for part in re.split(r"<h3[^>]*>", plan)][1:]


@pytest.fixture
def planned(office: Office) -> int:
    """A case with a goal in two of three lanes; today is the day of the drawn world."""
    office.worker()
    number = office.refers()
    office.writes(number, "goal", **GOAL, lane="protect", different="Two adults at the station.", by_on="2020-01-01")  # fmt: skip
    office.writes(number, "goal", **GOAL, lane="pursue", different="Known whose car it is.", by_on="2099-01-01")  # fmt: skip
    return number


def test_goals_stand_in_their_lanes_and_what_nobody_looked_at_is_said(
    office: Office, planned: int, sign_in: SignIn
) -> None:
    browser = sign_in()
    prevent, protect, pursue, safety, missing = lanes(browser.get(f"/cases/{planned}/").content.decode())
    assert "No goal to prevent." in prevent
    assert "1. Two adults at the station. Social_Worker, Nowhere Children's Services 1 January 2020 Overdue and not reviewed None" in protect  # fmt: skip
    assert "2. Known whose car it is." in pursue
    assert "Not reviewed yet" in pursue
    assert "Nobody has written a safety plan." in safety
    assert "Nobody has written a plan for when the child is missing." in missing
    paper = browser.get(f"/cases/{planned}/print/").content.decode()
    assert "Overdue and not reviewed" in lanes(paper)[1]
    assert "Review goal" not in paper


def test_a_review_chooses_its_goal_and_stays_with_it_when_that_is_corrected(
    office: Office, planned: int, sign_in: SignIn
) -> None:
    first, _second = (goal.entry.number for goal in office.sees(planned).plan.goals)
    with pytest.raises(AnswersWrong):
        office.writes(planned, "goal_review", **REVIEW, goal="The station", how_far="nearer")
    browser, path = sign_in(), f"/cases/{planned}/write/goal_review/?goal={first}"
    form = browser.get(path).content.decode()
    assert re.search(rf'<option value="{first}" selected[^>]*>\s*1. Two adults', form), re.findall(
        r"<option.*", form
    )
    sent = {"goal": str(first), "how_far": "nearer", "know": "Seen.", "next": "Ask again."}
    browser.post(path, {**sent, "reviewed_on_0": "1", "reviewed_on_1": "4", "reviewed_on_2": "2026"})
    office.corrects(planned, first, "goal", **GOAL, lane="protect", different="Three adults there.", by_on="2099-01-01")  # fmt: skip
    page = browser.get(f"/cases/{planned}/").content.decode()
    assert re.search(r"1\. Three adults there\..* Nearer 1 April 2026: Nearer\. Next: Ask again\.", lanes(page)[1])  # fmt: skip
    office.writes(planned, "goal_review", **REVIEW, goal=str(first), how_far="reached")
    assert "It is reached 1 April 2026" in lanes(browser.get(f"/cases/{planned}/").content.decode())[1]


def test_a_plan_whose_day_of_review_is_over_says_which_goals_nobody_looked_at(
    office: Office, planned: int
) -> None:
    from datetime import date

    agreed: dict[str, Any] = {"agreed_on": "2026-01-05", "kind": "team", "who_agreed": "All", "child_asked": "yes", "empty_lane": "no", "disagreed": "yes", "disagreed_who": "Her aunt.", "review_on": "2026-02-05"}  # fmt: skip
    office.moves(planned, "accept", office.as_(), why="Yes.", safe_tonight="yes")
    worker = "social_worker.childrens_services"
    office.moves(planned, "allocate", worker=worker, lead="childrens_services", first="See.", told="yes")
    office.moves(planned, "agree_plan", **agreed)
    shown = office.sees(planned)
    goal = shown.plan.goals[1]
    assert [shown.plan.is_unreviewed(goal, on) for on in (date(2026, 2, 5), date(2026, 2, 6))] == [False, True]  # fmt: skip
    office.writes(planned, "goal_review", **REVIEW, goal=str(goal.entry.number), how_far="same", in_the_way="Time.")  # fmt: skip
    shown = office.sees(planned)
    assert not shown.plan.is_unreviewed(shown.plan.goals[1], date(2026, 5, 1))
    assert [one.answers and one.answers["disagreed_who"] for one in shown.said_last.disagreed] == ["Her aunt."]  # fmt: skip


def test_what_one_looks_for_first_stands_on_top_and_a_danger_from_a_parent_apart(
    office: Office, sign_in: SignIn
) -> None:
    number = office.refers()
    visit = {"by": "x", "where": "school", "seen": "yes", "saw": "Tired."}
    office.writes(number, "visit", **visit, at="2026-03-02T16:00", alone="no", alone_why="Her aunt stayed.")
    office.writes(number, "visit", **visit, at="2026-03-01T16:00", alone="yes", child_said="I like drama.")
    office.writes(number, "childs_words", said_on="2026-03-01", words="Fetch me on Fridays.", heard_by="M")
    office.writes(number, "parents_view", said_on="2026-03-03", who="Mother", worries="The car.")
    office.writes(number, "communication_needs", safe_contact="Text first.", never="No police car.")
    office.writes(number, "disagreement", said_on="2026-03-04", who="The nurse", with_what="waiting", why="Too long.", answered="We meet on Monday.")  # fmt: skip
    page = sign_in().get(f"/cases/{number}/").content.decode()
    first = text(page.split('id="first"')[1].split('id="plan"')[0])
    for words in ("Text first.", "No police car.", "Fetch me on Fridays.", "The car.", "Nothing is in it.", "The nurse, with waiting: Too long. Answered: We meet on Monday."):  # fmt: skip
        assert words in first
    assert re.search(r"2 March 2026, 16:00 x At school or college Yes No Not answered 1 March 2026", first)
    assert "Next time limit" in text(page.split('id="first"')[0])


def test_who_may_not_read_a_goal_sees_none_and_another_agency_sees_no_plan(
    office: Office, planned: int, sign_in: SignIn
) -> None:
    page = sign_in("education_lead", "education", "edith").get(f"/cases/{planned}/").content.decode()
    assert 'id="plan"' not in page
    assert 'id="first"' not in page
    assert "station" not in page


def test_where_the_child_is_placed_stands_with_the_case_the_last_first(
    office: Office, planned: int, sign_in: SignIn
) -> None:
    browser, path = sign_in(), f"/cases/{planned}/"
    assert "Where the child is placed Nobody has written it down here." in text(browser.get(path).content.decode())  # fmt: skip
    placed = {"kind": "foster", "ended": "no", "responsible": "ours", "host": "another", "host_name": "Harbour Council", "host_told": "no", "source": "No. 9"}  # fmt: skip
    office.writes(planned, "placement", **placed, began_on="2026-02-03", line="12 Quay Row", postcode="ZZ1 1AA")  # fmt: skip
    office.writes(planned, "placement", **{**placed, "ended": "yes"}, began_on="2025-02-03", ended_on="2026-02-03", line="Old Mill")  # fmt: skip
    page = text(browser.get(path).content.decode())
    row = page.split("Where the child is placed Of which kind")[1].split("Write it down")[0]
    for told in ("Foster carers", "3 February 2026", "12 Quay Row", "Harbour Council", "That of this area", "1 entry before it."):  # fmt: skip
        assert told in row, (told, row)
    assert "Old Mill" not in row
    with pytest.raises(AnswersWrong):
        office.writes(planned, "placement", **{**placed, "ended": "yes"}, began_on="2026-02-03", ended_on="2026-02-02")  # fmt: skip


NAMED = {"name": "Jo with the grey van", "who": "not_known", "how": "Drove them twice.", "where": "strategy"}


def test_each_other_who_was_named_is_a_row_from_which_the_check_is_asked_for(
    office: Office, planned: int, sign_in: SignIn
) -> None:
    browser, path = sign_in(), f"/cases/{planned}/"
    assert "Others who were named" not in browser.get(path).content.decode()
    with pytest.raises(AnswersWrong):
        office.writes(planned, "named_other", **NAMED, check="no")
    first = office.writes(planned, "named_other", **NAMED, check="yes", check_what="Police and school")
    second = office.writes(planned, "named_other", **{**NAMED, "name": "Bea Reed"}, person="bea", check="no", check_not="Her worker was there.")  # fmt: skip
    page = browser.get(path).content.decode()
    row = text(page.split("Others who were named")[-1].split("</table>")[0])
    assert "Jo with the grey van Not known - Drove them twice. Yes: Police and school Ask for the check" in row  # fmt: skip
    assert "No: Her worker was there." in row
    assert "/people/BEA/" in page
    assert f"case={planned}&amp;named={first}" in page
    assert f"named={second}" not in page
    asked = browser.get(f"/actions/new/?case={planned}&named={first}").content.decode()
    assert "Check Jo with the grey van, and write down what is not known: Police and school" in asked
    assert not AgreedAction.objects.exists()
    other = office.refers()
    assert "grey van" not in browser.get(f"/actions/new/?case={other}&named={second}").content.decode()
    assert "Others who were named" in browser.get(f"{path}print/").content.decode()
    assert "Ask for the check" not in browser.get(f"{path}print/").content.decode()
