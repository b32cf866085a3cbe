"""The made-up team's week: work in every state, made through the doors, once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engage.casework.lifecycles.states import lifecycles
from engage.casework.meetings.kinds.reading import load
from engage.casework.meetings.rules import STATES
from tests.made_once import python, town_at_work


pytestmark = pytest.mark.slow
# In a process of its own: an area's decided store is its own, and not that of the tests.
_MAKE = """
import sys, json
from pathlib import Path
from engage.cli.opening import open_for_command
opened = open_for_command(Path(sys.argv[1]))
from engage.cli.demo import let_the_team_work
let_the_team_work(opened)
from engage.casework.cases.models import Case, CaseMove, ClockDue
from engage.casework.meetings.models import Meeting
from engage.casework.tasks.models import AgreedAction
from engage.governance.models import AuditEvent, DeclaredRelationship
from engage.casework.cases.models import CaseEntry
from engage.casework.referrals.models import ReferralLink, ReferralLinkWord
from engage.example.week.office import PLAIN
def answers(form, question):
    return sorted(row.answers.get(question, "") for row in CaseEntry.objects.filter(form=form))
print(json.dumps({
    "cases": sorted(Case.objects.values_list("kind", "state")),
    "moves": CaseMove.objects.count(),
    "logged": AuditEvent.objects.filter(action__startswith="case.", subject__startswith="case ").exclude(action__in=["case.view", "case.written", "case.part", "case.went_into"]).count(),
    "meetings": sorted(Meeting.objects.values_list("kind", "state")),
    "actions": sorted(AgreedAction.objects.values_list("state", flat=True)),
    "relationships": list(DeclaredRelationship.objects.values_list("user", "kind")),
    "links": [ReferralLink.objects.count(), list(ReferralLinkWord.objects.values_list("says", flat=True))],
    "by_link": list(Case.objects.filter(pk__in=ReferralLinkWord.objects.values("case")).values_list("state", flat=True)),
    "interviews": answers("return_interview", "held"),
    "referred": answers("nrm_referral", "refer"),
    "plain": sorted({(row.form, code) for row in CaseEntry.objects.all() for code, said in (row.answers or {}).items() if said == PLAIN}),
    "hours": answers("return_interview", "held_at"),
    "clocks": sorted(set(ClockDue.objects.values_list("clock", flat=True))),
}))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What stands in the decided store of the smallest town, whose team was let work once more."""
    folder = tmp_path_factory.mktemp("week") / "area"
    town_at_work(folder)
    found: dict[str, Any] = json.loads(python("-c", _MAKE, str(folder)).strip().splitlines()[-1])
    return found


def test_nothing_that_is_read_was_filled_in_for_want_of_a_story(made: dict[str, Any]) -> None:
    assert made["plain"] == []


def test_a_child_is_interviewed_by_day(made: dict[str, Any]) -> None:
    assert made["hours"]
    assert all("09:00" <= at.partition("T")[2] <= "18:00" for at in made["hours"])


def test_there_is_a_case_in_every_state_of_every_life(made: dict[str, Any]) -> None:
    for kind, life in lifecycles().items():
        assert {state for of, state in made["cases"] if of == kind} == {s.code for s in life.states}


def test_every_move_has_its_line_in_the_log(made: dict[str, Any]) -> None:
    assert made["moves"] == made["logged"]


def test_meetings_were_held_minuted_and_called(made: dict[str, Any]) -> None:
    assert made["meetings"] == [
        ["core_group", "planned"],
        ["exploitation_panel", "planned"],
        ["exploitation_panel", "signed_off"],
        ["initial_conference", "planned"],
        ["mapping_meeting", "not_held"],
        ["mapping_meeting", "planned"],
        ["place_conference", "issued"],
        ["review_conference", "planned"],
        ["strategy_discussion", "held"],
        ["strategy_discussion", "issued"],
        ["strategy_discussion", "planned"],
    ]
    assert {kind for kind, _state in made["meetings"]} == set(load())
    assert {state for _kind, state in made["meetings"]} == set(STATES)
    assert made["actions"] == ["done", "open", "open"]


def test_between_its_meetings_the_team_did_what_nobody_else_records(made: dict[str, Any]) -> None:
    assert made["relationships"] == [["rahim", "person"]]
    # One partner's referral waits for an answer; another was sent a link and has not used it.
    assert made["links"] == [2, ["used"]]
    assert made["by_link"] == ["referred"]
    assert made["interviews"] == ["yes"]
    assert made["referred"] == ["no", "yes"]


def test_clocks_run(made: dict[str, Any]) -> None:
    assert {"C1", "C2", "C3", "C5"} <= set(made["clocks"])
