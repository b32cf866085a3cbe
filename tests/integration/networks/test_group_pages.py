"""Groups: an analyst's and a manager's list, hidden from everybody else until a manager adopts one under a name, with reasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases.models import Case, CaseEntry
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.networks import actions
from engage.networks import queries as networks
from engage.networks.groups.naming import Found
from engage.networks.models import GroupAdoption
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
ANALYST, MANAGER = ("analyst", "police", "ines"), ("team_manager", "police", "bo")
GIVEN = {"name": "Fern", "reason": "Two girls in one car."}


@pytest.fixture
def group(two: World, viewing: Any) -> World:
    """The group of Max, Len and Ana's mother, as a build wrote it down; before it Max and Len had been in it with Sue."""
    at = datetime(2026, 4, 6, 8, tzinfo=UTC)
    earlier = Found(frozenset({"MAX", "LEN", "SUE"}), frozenset({"ANA"}))
    now = Found(frozenset({"MAX", "LEN", "MUM"}), frozenset({"ANA", "BEA", "CAT"}))
    actions.name_groups([earlier], viewing=viewing(), build_id="b0", at=at)
    assert actions.name_groups([now], viewing=viewing(), build_id="b1", at=at) == [1]
    return two


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_group_s_page_tells_members_and_apart_from_them_children_who_are_linked(
    group: World, sign_in: SignIn
) -> None:
    browser = sign_in(*ANALYST)
    listed = page(browser, "/groups/")
    assert re.search(r'data-label="Linked children">3<', listed)
    shown = page(browser, "/groups/1/")
    main = shown.partition("<main")[2].partition("</main")[0]
    members = main.partition("Members: grown-ups")[2].partition("</table>")[0]
    assert re.findall(r'href="/concern/people/(\w+)/"', members) == ["LEN", "MAX", "MUM"]
    assert "They are no members of it." in main
    for words in (
        "Ana Petal",
        "QQ11ABC",
        "1 February 2026",
        "Nowhere Police",
        "Nobody but analysts and team managers",
    ):
        assert words in main
    assert not re.search(r"\bhub\b|\bbroker|\bscore", main, re.I)
    history = main.partition("How it came to be")[2].partition("</table>")[0]
    assert "Sue Worker" not in history
    assert history.count("May Petal") == 1
    assert "Adopt it" not in main


def test_a_group_is_hidden_from_others_until_a_manager_adopts_it(group: World, sign_in: SignIn) -> None:
    worker, manager = sign_in("detective", "police", "idris"), sign_in(*MANAGER)
    assert "No group that you may see." in page(worker, "/groups/")
    assert worker.get("/groups/1/").status_code == 404
    assert "Only analysts and team managers see this whole list" in page(manager, "/groups/")

    assert "Give it a name." in manager.post("/groups/1/", {"reason": "x"}).content.decode()
    shown = manager.post("/groups/1/", GIVEN, follow=True).content.decode()
    assert "Adopted as “Fern” by Bo Quill" in shown
    written = AuditEvent.objects.get(action="group.adopted")
    assert (written.actor, written.subject, written.decision) == ("bo", "group:1", "adopted")
    assert GroupAdoption.objects.get().members == ["LEN", "MAX", "MUM"]
    assert "Fern (group 1)" in page(worker, "/groups/")
    assert "Two girls in one car." in page(worker, "/groups/1/")

    manager.post("/groups/1/", {"reason": "They do not know each other."})
    assert "No group that you may see." in page(worker, "/groups/")
    assert "Dropped by Bo Quill" in page(manager, "/groups/1/")


def test_who_may_not_adopt_is_refused(group: World, viewing: Any) -> None:
    where = {"build": group.warehouse.current(), "area": group.area}
    with pytest.raises(MayNotDo):
        actions.adopt_group(viewing=viewing("analyst", "police"), **where, number=1, **GIVEN)
    with pytest.raises(actions.AdoptionRefused):
        actions.drop_group(viewing=viewing("team_manager", "police"), **where, number=1, reason="x")
    with pytest.raises(actions.AdoptionRefused):
        actions.adopt_group(
            viewing=viewing("team_manager", "police"), **where, number=1, name=" ", reason="x"
        )
    assert not GroupAdoption.objects.exists()


def test_the_team_is_asked_from_the_page_of_an_adopted_group_to_look_at_its_children(
    group: World, sign_in: SignIn, viewing: Any
) -> None:
    manager = sign_in(*MANAGER)
    assert "/cases/refer/peer_group/" not in page(manager, "/groups/1/")
    path, sent = "/cases/refer/peer_group/?about=1&from=groups", {"called": "Fern", "children": "Three girls", "worry": "One car."}  # fmt: skip
    assert "Nobody has adopted this group yet." in manager.post(path, sent).content.decode()
    assert not Case.objects.exists()
    manager.post("/groups/1/", GIVEN)
    assert "/cases/refer/peer_group/?about=1&amp;from=groups" in page(manager, "/groups/1/")
    assert 'value="Fern"' in page(manager, path)
    made = manager.post(path, sent, follow=True)
    number = Case.objects.get(kind="peer_group", subject="1", called="Fern").seq
    # The records that tie its people to what they share come with it, as the referrer may see them.
    where = {"viewing": viewing("team_manager", "police"), "build": group.warehouse.current(), "area": group.area}  # fmt: skip
    tying = networks.group(**where, number=1).record_ids
    entry = CaseEntry.objects.get(case=number, form="referral_of_group")
    assert tying
    assert set(entry.evidence) == tying
    # Referring opens it to nobody: whoever leads it brings the police in.
    assert "Your agency referred this." in made.content.decode()
    sign_in("social_worker", "childrens_services", "cara").post(f"/cases/{number}/agencies/", {"agency": "police"})  # fmt: skip
    assert "Nobody is named yet." in page(manager, f"/cases/{number}/")
    # Records put nobody in it: they say who may be asked about.
    shown = page(manager, f"/cases/{number}/members/")
    ana = re.search(r'href="(/cases/\d+/members/\?person=ANA[^"]*)"', shown)[1].replace("&amp;", "&")  # type: ignore[index]
    assert 'value="ANA"' in page(manager, ana)
    manager.post(ana, {"person": "ANA", "how": "in", "reason": "She says so herself."})
    assert "She says so herself." in page(manager, f"/cases/{number}/")
    assert "person=ANA&amp;how=in" not in page(manager, f"/cases/{number}/members/")
