"""Ten things that teams elsewhere do by hand, each done here by a hand whose clicks are counted: what the documentation says that each takes is what it takes.

Each begins on one's day, after signing in. What is written is kept in a town of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.counting import Hand
from tests.made_once import town_at_work


PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "what-ten-manual-steps-take.md"


@pytest.fixture
def hand(visit: Callable[..., Any], serve: Callable[..., Any], tmp_path: Path) -> Callable[[str], Hand]:
    """The hand of somebody of the team, on their day."""
    town_at_work(tmp_path / "area")
    site = serve(folder=tmp_path / "area", ENGAGE_DEMO="1")

    def start(username: str) -> Hand:
        worker = visit(site)
        worker.sign_in(username)
        expect(worker.page.get_by_role("heading", level=1)).to_contain_text("Today")
        return Hand(worker.page)

    return start


def test_the_documentation_says_what_each_step_takes(hand: Callable[[str], Hand]) -> None:
    took = {}
    for row, (worker, step) in STEPS.items():
        one = hand(worker)
        step(one)
        took[row] = one.took
        one.page.context.close()
    assert took == stated()


def stated() -> dict[str, tuple[int, int, int]]:
    """Pages, clicks and fields of each row of the table, by what stands first in it."""
    rows = re.findall(
        r"^\| (\d+\w?) \|.*\| (\d+) \| (\d+) \| (\d+) \|$", PAGE.read_text(encoding="utf-8"), re.M
    )
    return {row: (int(pages), int(clicks), int(fields)) for row, pages, clicks, fields in rows}


def says(one: Hand, *words: str) -> None:
    """The work is done: the page that came says so."""
    for part in words:
        expect(one.page.locator("main")).to_contain_text(part)


def finds(one: Hand) -> None:
    one.goes("People")
    one.writes("Name", "Amelia Ashton")
    one.sends("Find")
    one.goes("Amelia Ashton")


def every_number(one: Hand) -> None:
    finds(one)
    one.goes("Identity and joins")
    says(one, "NHS number", "Unique pupil number", "Records that are this person")


def asks(one: Hand) -> None:
    one.goes("Meetings", "Initial conference 3", "Information round", "Ask who is invited what they hold")
    one.sends("Ask")
    says(one, "No reply")


def answers(one: Hand) -> None:
    asked = one.page.get_by_role("table", name="Requests that my agency has not answered")
    one.presses(asked.get_by_role("link", name="Initial conference"))
    one.ticks(one.page.get_by_label("We hold nothing"))
    one.sends("Send")
    says(one, "Holds nothing")


def chases(one: Hand) -> None:
    one.goes("Meetings", "Initial conference 3", "Information round")
    one.sends("Chase those who have not answered")


def chronology(one: Hand) -> None:
    one.goes("Case 1", "Chronology")
    with one.page.expect_download() as taken:
        one.ticks(one.page.get_by_role("button", name="Take the chronology away as a Word document"))
    assert taken.value.suggested_filename.endswith(".docx")


def due(one: Hand) -> None:
    """Nothing is pressed: the days stand on the page on which one's day begins."""
    expect(one.page.get_by_role("table", name="Time limits that end soon")).to_contain_text("(over)")


def together(one: Hand) -> None:
    one.goes("Who was missing together")
    expect(one.page.get_by_role("table", name="Missing together")).to_contain_text("84 Pound Street")


def network(one: Hand) -> None:
    one.goes("Children with new evidence")
    one.ticks(one.page.locator("main summary").first)
    one.goes("Open in chart")
    one.ticks(one.page.locator("#lines ~ details summary").first)
    one.presses(one.page.locator("#lines ~ details a[href*='chronology']").first)


def minutes(one: Hand) -> None:
    one.goes("Meetings", "Strategy discussion 5", "Record", "Keep a decision")
    one.chooses("About which case?", "15")
    one.writes("What was decided?", "Enquiries begin.")
    one.writes("Why?", "Two agencies saw her there.")
    one.sends("Keep")
    one.goes("Agree an action")
    one.chooses("Of which case?", "15")
    one.writes("What is to be done?", "Ask for the camera.")
    one.chooses("Which worker?", "ellery")
    one.writes("By when?", "2026-04-20")
    one.sends("Keep")
    one.goes("Write the minutes")
    one.writes("Confidentiality and conflicts of interest", "None was declared.")
    one.sends("Keep")
    one.sends("Issue the minutes")
    says(one, "Enquiries begin.", "Issued to those who take part.")


def packs(one: Hand) -> None:
    one.goes("Meetings", "Exploitation panel: April", "Pack", "Pack for Westermouth Health Trust")
    says(one, "Westermouth Health Trust")


def figures(one: Hand) -> None:
    one.goes("Caseload and supervision")
    expect(one.page.get_by_role("table", name="Open cases by worker")).to_be_visible()


def may_see(one: Hand) -> None:
    finds(one)
    says(one, "What it holds", "Whom to phone")


def who_looked(one: Hand) -> None:
    one.goes("Who looked at what")
    one.ticks(one.page.get_by_label("To audit access"))
    one.sends("Continue")
    says(one, "Everybody's access log")


# By the row of the table: who does it, and how.
STEPS: dict[str, tuple[str, Callable[[Hand], None]]] = {
    "1": ("adeyinka", every_number),
    "2a": ("oakes", asks),
    "2b": ("marsh", answers),
    "2c": ("oakes", chases),
    "3": ("adeyinka", chronology),
    "4": ("adeyinka", due),
    "5": ("whitlock", together),
    "6": ("kessler", network),
    "7": ("oakes", minutes),
    "8": ("oakes", packs),
    "9": ("pembury", figures),
    "10a": ("adeyinka", may_see),
    "10b": ("lindqvist", who_looked),
}
