"""With twenty times as many cases, and twenty times as much in one, a page asks the database no more often."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engage.casework.agreed import actions as agreed
from engage.casework.agreed.actions import NewAction, Owner, Word
from engage.casework.cases import drafts
from engage.casework.cases.actions import About
from engage.casework.meetings import actions as meetings
from engage.casework.meetings.actions import Convening, Guest, Person
from engage.casework.meetings.models import Invitee
from engage.casework.minutes import actions as minutes
from engage.casework.minutes.actions import Deciding
from engage.casework.rounds import actions as rounds
from engage.casework.rounds.actions import Asking
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import Office


pytestmark = pytest.mark.slow
FEW, MANY = 3, 60


@pytest.fixture
def asks(office: Office, sign_in: Callable[..., Client]) -> Callable[[str], int]:
    """How often a page asks the decided store. The first visit is not counted: it fills what is kept for a process."""
    browser = sign_in("team_manager", username="lena")

    def count(path: str) -> int:
        assert browser.get(path).status_code == 200
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(path)
        return len(asked)

    return count


@pytest.mark.parametrize(
    "query", ["", "?state=", "?kind=child&state=referred", "?about=ANA&state=", "?mine=yes"]
)
def test_the_list_of_cases(office: Office, asks: Callable[[str], int], query: str) -> None:
    for number in range(FEW):
        office.refers(about=About("child", ("ANA", "BEA")[number % 2]))
    few = asks(f"/cases/{query}")
    for number in range(FEW, MANY):
        # A second referral of the same child is written in the same case: many cases are of children not yet known.
        office.refers(about=About("child", *(("ANA", "TOM", "CAL")[number % 3],) if number < 10 else ("", f"Child {number}")))  # fmt: skip
    assert asks(f"/cases/{query}") <= few


@pytest.mark.parametrize(
    "page", ["", "print/", "move/accept/", "write/note/", "write/assessment/", "agencies/", "files/", "who/"]
)
def test_a_case_with_much_written_in_it(office: Office, asks: Callable[[str], int], page: str) -> None:
    number = office.refers()
    for turn in range(FEW):
        office.writes(number, "note", title=f"Seen {turn}", text="At the station.")
    office.refers()
    few = asks(f"/cases/{number}/{page}")
    for turn in range(FEW, MANY):
        entry = office.writes(number, "note", title=f"Seen {turn}", text="At the station.")
        if turn % 3 == 0:
            office.corrects(number, entry, title="Seen", text="At the bus stop.")
            office.brings(number, ("police", "health", "education")[turn % 9 // 3])
        if turn % 6 == 0:
            office.refers()
    assert asks(f"/cases/{number}/{page}") == few


# Of the week and of meetings; `{panel}` is that of a panel to which cases are added.
PAGES = (
    "today/", "today/?all=clocks", "referrals/links/", "caseload/audits/", "caseload/limits/", "people/ANA/", "returns/of/ANA/", "actions/", "actions/?state=any", "caseload/", "meetings/", "meetings/week/", "meetings/decisions/", "referrals/", "meetings/{panel}/", "meetings/{panel}/who/",
    "meetings/{panel}/round/", "meetings/{panel}/record/", "meetings/{panel}/minutes/", "meetings/{panel}/answer/", "meetings/{panel}/pack/", "meetings/{panel}/proposed/",
)  # fmt: skip


def as_lena(office: Office) -> Viewing:
    """The team manager whose pages they are."""
    return office.as_("team_manager", user_id="lena")


def calling(office: Office, kind: str, case: int) -> Convening:
    """A meeting of that kind in two days."""
    soon = office.as_().at + timedelta(days=2)
    return Convening(kind, soon, Person("lena", "Lena", "childrens_services"), cases=(case,))


def works(office: Office, first: int, last: int) -> list[int]:
    """Cases of children not yet known, each with an action that was given more days; the team manager referred them, and has begun to write in each."""
    lena, today = as_lena(office), office.as_().at.date()
    where = {**office.where, "viewing": lena}
    made = []
    for number in range(first, last):
        case = office.refers(lena, about=About("child", "", f"Child {number}"))
        new = [NewAction(f"Ring {number}", Owner("childrens_services", "Lena", "lena"), today, case=case)]
        (action,) = agreed.agree(**where, new=[*new])
        agreed.say(**where, number=action, word=Word("extended", 0, "Ill", today + timedelta(days=2)))
        office.moves(case, "accept", office.as_(), why="Seen", safe_tonight="yes")
        drafts.save_draft(viewing=lena, place=f"/cases/{case}/write/note/", content={"text": ["Words"]})
        made.append(case)
    return made


def meets(office: Office, panel: int, cases: list[int]) -> None:
    """They are on the agenda of the panel, which asks and decides; and each has a meeting of its own."""
    where = {**office.where, "viewing": as_lena(office)}
    meetings.put_on_agenda(**where, number=panel, cases=cases)
    for case in cases:
        guests = [Guest("police", "police", case=case), Guest("health", "health", case=case)]
        meetings.invite(**where, number=panel, guests=guests)
        minutes.decide(**where, number=panel, made=Deciding("new", "Look again", case))
        minutes.write(**where, number=panel, texts=[(case, "new", 0, "Talked over.")])
        own = meetings.convene(**where, convening=calling(office, "strategy_discussion", case))
        minutes.decide(**where, number=own, made=Deciding("decision", "Meet again", case))
    rows = Invitee.objects.filter(meeting=panel).values_list("pk", flat=True)
    rounds.ask(**where, number=panel, asking=Asking(tuple(rows)))


def test_the_week_and_its_meetings(office: Office, asks: Callable[[str], int]) -> None:
    some = works(office, 0, FEW)
    convening = calling(office, "exploitation_panel", office.refers())
    panel = meetings.convene(viewing=as_lena(office), **office.where, convening=convening)
    meets(office, panel, some)
    few = {page: asks(f"/{page.format(panel=panel)}") for page in PAGES}
    meets(office, panel, works(office, FEW, 4 * FEW))
    assert {page: asks(f"/{page.format(panel=panel)}") for page in PAGES} == few


def test_what_an_agency_answers_on_one_screen_is_asked_of_all_cases_at_once(
    office: Office, sign_in: Callable[..., Client]
) -> None:
    where = {**office.where, "viewing": as_lena(office)}
    cases = [office.refers(about=About("child", person)) for person in ("ANA", "BEA", "TOM", "CAL")]
    panel = meetings.convene(**where, convening=calling(office, "exploitation_panel", cases[0]))
    browser = sign_in("nurse", "health", username="nora")

    def asks_health(some: list[int]) -> int:
        guests = [Guest("health", "health", case=case) for case in some]
        meetings.put_on_agenda(**where, number=panel, cases=some[1:])
        meetings.invite(**where, number=panel, guests=guests)
        rows = Invitee.objects.filter(meeting=panel, agency="health").values_list("pk", flat=True)
        rounds.ask(**where, number=panel, asking=Asking(tuple(rows)))
        page = browser.get(f"/meetings/{panel}/answer/").content.decode()
        assert len(set(re.findall(r'name="(r\d+)_says"', page))) == len(some)
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/meetings/{panel}/answer/")
        return len(asked)

    assert asks_health(cases[:1]) == asks_health(cases)
