"""What is long is shown in parts, and nothing of it is lost: a case's history, lists of actions, what is counted of a day, and the cases in which an agency takes part."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from engage.casework.agreed import actions as agreed
from engage.casework.agreed import listing
from engage.casework.agreed import queries as lists_of_actions
from engage.casework.agreed.actions import NewAction, Owner
from engage.casework.cases import actions, concern, narrowing
from engage.casework.cases.actions import About
from engage.casework.cases.models import Case, CasePart, OfConcern
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import GROWN_UP, QUESTION, YOUNG, Leaving
from engage.casework.cases.seeing import Desk
from engage.casework.lifecycles.states import lifecycles
from engage.casework.week.lists import day_of
from engage.casework.week.of_cases import of_open_states
from engage.casework.week.today import fill
from engage.picture.seeing import sight
from engage.web.cases import views
from tests.integration.casework.conftest import Office


Reads = Callable[..., Client]
LINE = re.compile(r'id="((?:entry|move)-\d+)"')


def test_a_long_history_stands_on_several_pages_and_prints_the_newest_first(
    office: Office, sign_in: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.refers()
    for turn in range(5):
        office.writes(number, "note", title=f"Seen {turn}", text="At the station.")
    office.moves(number, "acknowledge", office.as_(), how="phone")
    whole = [f"entry-{one.number}" for one in reversed(office.sees(number).entries)]
    browser = sign_in("team_manager", username="lena")

    monkeypatch.setattr(views, "LINES", 3)
    monkeypatch.setattr(views, "LINES_PRINTED", 3)
    for path in (f"/cases/{number}/", f"/cases/{number}/print/"):
        pages = [browser.get(f"{path}?page={page}").content.decode() for page in (1, 2, 3)]
        assert [f"Lines {first} to" in page for first, page in zip((1, 4, 7), pages, strict=True)] == [
            True
        ] * 3
        assert ['href="?page=2"' in page for page in pages] == [True, False, True]
        assert sorted(line for page in pages for line in LINE.findall(page)) == sorted(whole)
    assert "each part is printed by itself" in browser.get(f"/cases/{number}/print/").content.decode()
    monkeypatch.setattr(views, "LINES", 30)
    assert "Lines 1 to" not in browser.get(f"/cases/{number}/").content.decode()


def test_more_actions_than_are_counted_are_said_to_be_more(
    office: Office, sign_in: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, today = office.refers(), office.as_().at.date()
    new = [NewAction(f"Ring {n}", Owner("childrens_services", "Mara"), today + timedelta(days=n), case=case) for n in range(5)]  # fmt: skip
    agreed.agree(viewing=office.as_(), **office.where, new=new)
    browser = sign_in("team_manager", username="lena")
    assert "There are more than" not in browser.get("/actions/").content.decode()
    monkeypatch.setattr(listing, "COUNTED", 3)
    page = browser.get("/actions/?page=9").content.decode()
    assert "There are more than these 3, which are due first" in page
    assert [f"Ring {n}" in page for n in range(5)] == [True, True, True, False, False]
    desk = Desk(sight(office.as_("team_manager", user_id="social_worker.childrens_services"), office.where["build"]))  # fmt: skip
    day = day_of("team_manager", "childrens_services")
    for counted, is_more in ((2, True), (9, False)):
        found = fill(desk, office.where["area"], day, None, counted=counted)
        new_ones = {one.kind.code: one.filled for one in found.lists}
        assert all(one.count <= counted for one in new_ones.values())
        assert any(one.is_more for one in new_ones.values()) == is_more


def test_of_an_agency_in_many_cases_the_same_is_listed_as_of_one_in_few(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse, where = office.as_("nurse", "health"), {"viewing": office.as_(), **office.where}
    numbers = [office.refers(about=About("child", who)) for who in ("ANA", "BEA", "TOM")]
    for number in numbers:
        new = [NewAction("Ring", Owner("childrens_services", "Mara"), nurse.at.date(), case=number)]
        agreed.agree(**where, new=new)
    for number, parts in zip(numbers, (["team"], ["team", "asked"], []), strict=True):
        for part in parts:
            actions.take_part(**where, number=number, agency="health", part=part)
    actions.leave(**where, number=numbers[0], which=Leaving("health"))
    actions.leave(**where, number=numbers[1], which=Leaving("health", "asked"))
    for most in (2_000, 1):
        monkeypatch.setattr(narrowing, "IN_MANY", most)
        found = lists_of_actions.actions(viewing=nurse, build=office.where["build"], asked=lists_of_actions.Asked())  # fmt: skip
        assert ([one.case for one in found.actions], found.count) == ([numbers[1]], 1)


@pytest.mark.postgresql
@pytest.mark.parametrize("how", [narrowing.one_by_one, narrowing.together])
def test_a_list_holds_the_cases_in_which_an_agency_takes_part_as_the_last_word_on_each_reason_says(
    office: Office, how: Callable[..., Any]
) -> None:
    now, chance = office.as_().at, random.Random(11)
    cases = [_case(office, number) for number in range(40)]
    for _ in range(400):
        by, number = chance.choice([(None, None), ("meeting", 1), ("meeting", 2), ("action", 1)])
        CasePart.objects.create(
            case=chance.choice(cases), agency=chance.choice(["health", "police"]), part=chance.choice(["team", "asked"]), is_joined=chance.random() < 0.4, by=by, number=number,
            from_at=chance.choice([None, None, now - timedelta(days=1), now, now + timedelta(days=1)]), said_by="mara", said_at=now,
        )  # fmt: skip
    takes_part = {
        case for case, parts in parts_of(cases, now).items() if any(one.agency == "health" for one in parts)
    }
    listed = Case.objects.filter(how("health", now, "seq")).values_list("seq", flat=True)
    assert set(listed) == takes_part
    assert 0 < len(takes_part) < len(cases)


def _case(
    office: Office, number: int, agency: str = "police", kind: str = "child", state: str = "referred"
) -> int:
    at = office.as_().at
    made = Case.objects.create(kind=kind, subject=f"S{number}", state=state, agency=agency, opened_by="mara", opened_by_agency=agency, opened_at=at, moved_at=at)  # fmt: skip
    return int(made.seq)


@pytest.mark.postgresql
def test_a_list_of_open_cases_holds_those_whose_state_is_open(office: Office) -> None:
    states = [(kind, state) for kind, life in lifecycles().items() for state in life.states]
    for number, (kind, state) in enumerate(states):
        _case(office, number, kind=kind, state=state.code)
    for kinds in ((), ("child",), ("place", "person_of_concern")):
        listed = Case.objects.filter(of_open_states(*kinds)).values_list("kind", "state")
        wanted = {(kind, state.code) for kind, state in states if state.is_open and (not kinds or kind in kinds)}  # fmt: skip
        assert set(listed) == wanted


@pytest.mark.postgresql
def test_a_list_tells_how_cases_of_people_of_concern_stand_as_it_is_laid_down(office: Office) -> None:
    laid = {
        _case(office, number, kind="person_of_concern"): stands
        for number, stands in enumerate((GROWN_UP, YOUNG, QUESTION, ""))
    }
    child = _case(office, len(laid))
    OfConcern.objects.bulk_create(
        OfConcern(case=case, stands=stands) for case, stands in laid.items() if stands
    )
    stand = concern.stands_of(laid)
    for stands in (GROWN_UP, YOUNG, QUESTION):
        listed = set(concern.standing(Case.objects.all(), stands).values_list("seq", flat=True))
        assert listed == {case for case, one in stand.items() if one == stands}
    settled = set(concern.settled(Case.objects.all()).values_list("seq", flat=True))
    assert settled == {child, *(case for case, one in stand.items() if one != QUESTION)}


@pytest.mark.postgresql
def test_every_agency_that_rows_name_is_found_once_in_order(office: Office) -> None:
    assert narrowing.agencies_of(Case.objects) == []
    for number, agency in enumerate(("police", "health", "police", "charity", "health")):
        _case(office, number, agency)
    assert narrowing.agencies_of(Case.objects) == ["charity", "health", "police"]
