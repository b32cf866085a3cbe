"""With twenty times as many cases, and twenty times as much in one, a page asks the database no more often."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engage.casework.cases.actions import About
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
        office.refers(about=About("child", ("ANA", "BEA", "MAX", "TOM", "CAL")[number % 5]))
    assert asks(f"/cases/{query}") == few


@pytest.mark.parametrize("page", ["", "print/", "move/accept/", "write/note/", "agencies/"])
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
