"""The demo's eight minutes (docs/tutorials/eight-minutes.md), walked as somebody who sees it for the first time would: link by link, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.made_once import town_at_work


@pytest.fixture(scope="module")
def town(serve: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The smallest town in the middle of its team's week, served as the demo is."""
    folder = tmp_path_factory.mktemp("eight") / "area"
    town_at_work(folder)
    return serve(folder=folder, ENGAGE_DEMO="1")


@pytest.fixture
def at_work(visit: Callable[..., Any], town: Any) -> Callable[[str], Any]:
    """Somebody of the team at their browser."""

    def start(username: str) -> Any:
        worker = visit(town)
        worker.sign_in(username)
        return worker

    return start


def go(worker: Any, *names: str) -> None:
    """Follow links by their words, one after the other; each page that comes is held to axe."""
    for name in names:
        worker.page.get_by_role("link", name=re.compile(name)).first.click()
        assert worker.axe() == [], name


def test_the_night_who_is_back_and_the_sheet(at_work: Callable[[str], Any]) -> None:
    worker = at_work("whitlock")
    worker.open_well("missing/")
    expect(worker.page.get_by_role("heading", level=1)).to_contain_text("Missing")
    expect(worker.page.get_by_text(re.compile("interview", re.I)).first).to_be_visible()
    worker.open_well("missing/print/")
    expect(worker.page.locator("main")).to_contain_text("Missing")


def test_two_who_went_together_and_each_line_to_its_record(at_work: Callable[[str], Any]) -> None:
    worker = at_work("adeyinka")
    worker.open_well("missing/together/")
    expect(worker.page.locator("main table").first).to_be_visible()
    worker.open_well("cases/1/")
    go(worker, "^Cases$")


def test_of_concern_and_who_is_not_counted_and_why(at_work: Callable[[str], Any]) -> None:
    worker = at_work("ellery")
    worker.open_well("concern/")
    expect(worker.page.locator("main")).to_contain_text("not counted")


def test_the_panel_its_sealed_omission_its_silence_and_a_discussion_that_is_refused(
    at_work: Callable[[str], Any],
) -> None:
    chair = at_work("pembury")
    chair.open_well("meetings/")
    go(chair, "Exploitation panel.*April")
    go(chair, "^Who$")
    sealed = "A cousin of somebody named on the agenda"
    expect(chair.page.locator("main")).to_contain_text(sealed)
    go(chair, "^Information round$")
    for words in ("Holds nothing", "No reply", "manager told"):
        expect(chair.page.locator("main")).to_contain_text(words)

    chair.open_well("meetings/4/hold/")
    chair.page.get_by_role("button", name="It was held").click()
    expect(chair.page.locator("main")).to_contain_text("health")
    expect(chair.page.get_by_role("alert").first).to_be_visible()

    other = at_work("bellamy")
    other.open_well("meetings/5/who/")
    assert sealed not in other.page.content()


def test_a_conference_clock_that_knows_easter(at_work: Callable[[str], Any]) -> None:
    worker = at_work("adeyinka")
    worker.open_well("cases/1/")
    row = worker.page.get_by_role("row").filter(has_text="C5 ").first
    expect(row).to_contain_text("14 April 2026")


def test_minutes_out_the_same_day_and_who_looked(at_work: Callable[[str], Any]) -> None:
    chair = at_work("pembury")
    chair.open_well("meetings/1/record/")
    expect(chair.page.locator("main")).to_contain_text("Six weeks are too short")
    chair.open_well("meetings/1/")
    issued = chair.page.get_by_role("row").filter(has_text="Minutes issued").first
    expect(issued).to_contain_text("20 March 2026")
    officer = at_work("lindqvist")
    officer.open_well("access-log/")
    expect(officer.page.locator("main")).to_contain_text("Looked at")
