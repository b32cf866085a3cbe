"""A case in work is given to another worker without being closed, and is closed by whoever leads it."""

from __future__ import annotations

import pytest

from engage.casework.cases import actions
from engage.casework.cases.actions import MoveRefused
from engage.casework.cases.models import Case, Told
from engage.casework.cases.rules import Written
from engage.casework.cases.writing import Opening, open_case
from engage.casework.forms.reading import load
from engage.governance.models import DeclaredRelationship
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import Office
from tests.integration.casework.test_cases import ALLOCATED, opens_concern
from tests.spec.identities.towns import drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEW = {"why": "She moves to another team", "first": "He waits at the school gate on Fridays"}


def test_a_person_of_concern_in_work_gets_another_worker_and_stays_where_the_work_is(office: Office) -> None:
    before, after = office.worker("detective", "police"), office.worker("social_worker")
    number, police = opens_concern(office, "MAX"), office.as_("detective", "police")
    with pytest.raises(MoveRefused, match="cannot follow on"):
        office.moves(number, "hand_over", police, **NEW, worker=after, lead="police")
    office.moves(number, "take_on", police, **ALLOCATED, worker=before)
    office.moves(number, "agree_measures", police, **MEASURES)
    told = Told.objects.filter(case=number).count()
    brings(office, number, "childrens_services", police)
    office.moves(number, "hand_over", police, **NEW, worker=after, lead="childrens_services")
    row = Case.objects.get(pk=number)
    assert (row.state, row.worker, row.agency) == ("disruption", after, "childrens_services")
    # It starts no time limit anew: only a first allocation does.
    assert Told.objects.filter(case=number).count() == told
    shown = office.sees(number)
    assert {(one.agency, one.part) for one in shown.parts if one.part in ("worker", "lead")} == {("childrens_services", "worker"), ("childrens_services", "lead")}  # fmt: skip
    # Whoever had it reads on, until somebody lets them leave.
    assert office.sees(number, police).takes_part
    assert [one.move for one in shown.moves] == ["opened", "take_on", "agree_measures", "hand_over"]
    assert (shown.moves[-1].from_state, shown.moves[-1].to_state) == ("disruption", "disruption")


MEASURES = {
    "agreed_on": "2026-04-01", "what": "Visits", "sign": "No calls", "effect": "None known", "disagreed": "no", "review_on": "2026-05-01",
}  # fmt: skip


def test_nobody_is_given_a_case_about_whom_they_declared_a_relationship_to(office: Office) -> None:
    worker, other = office.worker("nurse", "health"), office.worker("social_worker")
    number, police = opens_concern(office, "MAX"), office.as_("detective", "police")
    DeclaredRelationship.objects.create(
        user=worker, kind="person", key="MAX", nature="My cousin", agency="health", declared_by=worker, declared_at=police.at
    )  # fmt: skip
    with pytest.raises(MoveRefused) as refused:
        office.moves(number, "take_on", police, **ALLOCATED, worker=worker)
    assert str(refused.value.sentence) == "Nurse cannot be given this."
    office.moves(number, "take_on", police, **ALLOCATED, worker=other)


WHO_CLOSES = """
    kind              | leads              | of                 | closes
    child             | childrens_services | childrens_services | yes
    child             | childrens_services | health             | no
    child             | health             | health             | yes
    child             | health             | childrens_services | yes
    person_of_concern | police             | childrens_services | no
    person_of_concern | childrens_services | childrens_services | yes
    person_of_concern | childrens_services | police             | yes
"""


def test_a_case_is_closed_by_a_manager_of_whoever_leads_it(office: Office) -> None:
    cases = {"child": office.refers(), "person_of_concern": opens_concern(office, "MAX")}
    Case.objects.filter(kind="child").update(state="accepted")
    for agency in ("health", "police", "childrens_services"):
        brings(office, cases["child"], agency, office.as_())
        brings(office, cases["person_of_concern"], agency, office.as_("detective", "police"))
    for row in drawn(WHO_CLOSES):
        number = cases[row["kind"]]
        Case.objects.filter(pk=number).update(agency=row["leads"])
        shown = office.sees(number, office.as_("team_manager", row["of"]))
        refused = next(one.refused for one in shown.choices if one.move.code == "close")
        assert (refused is None) == (row["closes"] == "yes"), row
        assert refused is None or "the agency that leads the case, or of" in refused.text


def brings(office: Office, number: int, agency: str, viewing: Viewing) -> None:
    actions.take_part(viewing=viewing, **office.where, number=number, agency=agency)


@pytest.mark.parametrize(
    ("agreed", "is_open"), [(["police", "health"], False), (["childrens_services", "police"], True)]
)
def test_a_strategy_discussion_that_is_not_needed_after_all_goes_back_to_the_daily_discussion_and_its_clock_ends_where_police_and_health_agreed(
    office: Office, agreed: list[str], is_open: bool
) -> None:
    number = office.refers()
    office.moves(number, "accept", why="A man collects her.", safe_tonight="yes")
    office.moves(number, "call_strategy", **CALLED)
    withdrawn = {
        "why": "Seen today with her aunt",
        "decided_by": "x",
        "agreed_by": agreed,
        "until_then": "Stays with her aunt",
    }
    office.moves(number, "withdraw_strategy", **withdrawn)
    assert Case.objects.get(pk=number).state == "discussion"
    # One agency does not take it back alone: then its limit runs on.
    clock = [(run.clock.code, run.is_open) for run in office.sees(number).runs if run.clock.code == "C3"]
    assert clock == [("C3", is_open)]


CALLED = {
    "why": "Collected twice",
    "decided_by": "x",
    "decided_at": "2026-04-07T08:00",
    "invite": ["police", "health"],
    "until_then": "At her aunt's",
}


@pytest.mark.parametrize(("code", "comes_to"), [("allocate", "allocated"), ("call_strategy", "strategy")])
def test_while_another_area_has_not_agreed_the_child_can_be_allocated_and_a_strategy_discussion_called(
    office: Office, code: str, comes_to: str
) -> None:
    """Its strategy discussion was held before anybody had the case, and the other area says no."""
    number = open_case(
        office.as_(), Opening("child", "ANA", "", "held", "childrens_services", (("childrens_services", "lead"),)), load()["referral"], Written("referral")
    )  # fmt: skip
    office.moves(number, "transfer", area="Eastholm", asked_whom="Duty", asked_on="2026-04-06", why="Moved", sent="All", until_then="Visits")  # fmt: skip
    worker = office.worker()
    answers = {
        "allocate": {"worker": worker, "lead": "childrens_services", "first": "Visit"},
        "call_strategy": {
            "why": "Followed",
            "decided_by": worker,
            "decided_at": "2026-04-07T08:00",
            "invite": ["police"],
            "until_then": "Visits",
        },
    }
    office.moves(number, code, **answers[code])
    assert Case.objects.get(pk=number).state == comes_to
