"""A peer group: who is in it is said by named people, whoever holds their records is proposed for its meetings, and nobody learns of a member whom they may not see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases import actions
from engage.casework.cases.actions import About, CaseNotShown, MoveRefused, Written
from engage.casework.meetings import actions as meetings
from engage.casework.meetings import queries as booked
from engage.casework.meetings.actions import Convening, Person
from engage.governance.models import DeclaredRelationship
from engage.networks.models import GroupAdoption
from tests.integration.casework.conftest import Office


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
WRITTEN = Written("referral_of_group", {"called": "Evenings at the park", "children": "Two girls", "worry": "Together."})  # fmt: skip


@pytest.fixture
def group(office: Office) -> int:
    """A case about a group, in which nobody is yet."""
    about = About("peer_group", "", "Evenings at the park")
    return actions.refer(viewing=office.as_(), **office.where, about=about, written=WRITTEN)


def adds(office: Office, number: int, person: str, reason: str = "Seen together.", **more: Any) -> int:
    viewing = more.pop("viewing", None) or office.as_()
    return actions.add_member(viewing=viewing, build=office.where["build"], number=number, person_id=person, reason=reason)  # fmt: skip


def holders(office: Office, number: int, kind: str) -> set[tuple[str, str]]:
    """Who is proposed for a meeting about the group because they hold records: agency and why."""
    viewing = office.as_("team_manager")
    convening = Convening(kind, viewing.at + timedelta(days=5), Person(viewing.viewer.user_id, "Bo", "childrens_services"), cases=(number,))  # fmt: skip
    meeting = meetings.convene(viewing=viewing, **office.where, convening=convening)
    found = booked.proposed(viewing=viewing, **office.where, number=meeting).invitees
    return {(one.agency, scope.holder.basis) for one in found for scope in one.scopes if scope.case == number}


def test_who_holds_records_of_any_member_is_proposed_for_mapping_meeting_and_panel(
    office: Office, group: int
) -> None:
    assert ("police", "records") not in holders(office, group, "mapping_meeting")
    adds(office, group, "BEA")
    for kind in ("mapping_meeting", "exploitation_panel"):
        assert ("police", "records") in holders(office, group, kind)
    actions.remove_member(viewing=office.as_(), build=office.where["build"], number=group, person_id="BEA", reason="Another girl was meant.")  # fmt: skip
    assert ("police", "records") not in holders(office, group, "mapping_meeting")
    shown = office.sees(group).members
    assert [(one.person_id, one.is_in, one.reason) for one in shown] == [("BEA", False, "Another girl was meant.")]  # fmt: skip


def test_only_children_once_each_with_a_reason_and_by_those_who_take_part(office: Office, group: int) -> None:
    adds(office, group, "ANA")
    for person, reason in (("ANA", "Again."), ("MAX", "Grown up."), ("BEA", " ")):
        with pytest.raises(MoveRefused):
            adds(office, group, person, reason)
    for viewing in (None, office.as_("education_lead", "education")):
        with pytest.raises(CaseNotShown):
            adds(office, group, "NOBODY" if viewing is None else "BEA", viewing=viewing)
    with pytest.raises(MoveRefused):
        adds(office, office.refers(), "BEA")


def test_who_declared_a_relationship_to_a_member_is_not_told_of_them(
    office: Office, group: int, sign_in: SignIn
) -> None:
    browser = sign_in(username="mara")
    path = f"/cases/{group}/members/"
    sent = {"person": "bea", "how": "in", "reason": "Seen with Ana at the park."}
    shown = browser.post(path, sent, follow=True).content.decode()
    browser.post(path, {**sent, "person": "ANA"})
    assert "Bea Reed" in shown
    assert "Take out Bea Reed" in shown
    assert "Take out" not in browser.get(f"/cases/{group}/print/").content.decode()
    nobody = browser.post(path, {**sent, "person": "ZZZ"}).content.decode()
    assert "There is nobody of this number, or nobody whom you may see." in nobody
    viewing = office.as_()
    DeclaredRelationship.objects.create(
        user=viewing.viewer.user_id, kind="person", key="BEA", declared_at=viewing.at, declared_by="x"
    )
    assert [one.person_id for one in office.sees(group, viewing).members] == ["ANA"]


def test_a_group_is_referred_by_its_number_only_where_it_is_adopted_and_may_be_seen(office: Office) -> None:
    with pytest.raises(CaseNotShown):
        actions.refer(
            viewing=office.as_(), **office.where, about=About("peer_group", "7", "x"), written=WRITTEN
        )
    assert not GroupAdoption.objects.exists()
