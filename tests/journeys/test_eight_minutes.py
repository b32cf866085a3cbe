"""The demo's eight minutes (docs/tutorials/eight-minutes.md), walked as somebody who sees it for the first time would: link by link, in a real browser, each sentence seen."""

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
        worker.page.wait_for_load_state()
        assert worker.axe() == [], name


def main(worker: Any) -> Any:
    return worker.page.locator("main")


def pair_of(worker: Any) -> Any:
    """The row of the first two who were missing together, from one's day on."""
    go(worker, "^Missing$", "^Who was missing together")
    return worker.page.get_by_role("table", name="Missing together", exact=True).get_by_role("row").nth(1)


def test_the_night_who_is_back_with_the_hours_left_and_the_sheet(at_work: Callable[[str], Any]) -> None:
    worker = at_work("whitlock")
    go(worker, "^Who is missing$")
    back = worker.page.get_by_role("table", name="Back, and the return interview")
    tonight = back.get_by_role("row").filter(has_text=re.compile(r"7 April 2026, \d\d:\d\d: 1\d hours left"))
    expect(tonight).to_have_count(1)
    expect(back.get_by_role("row").filter(has_text="Sam Whitlock, Mon 30 March 2026")).to_contain_text("Held")
    name = tonight.get_by_role("rowheader").inner_text()
    tonight.get_by_role("link", name="Interview with").click()
    expect(main(worker)).to_contain_text(re.compile(r"1\d hours left"))
    assert worker.axe() == []
    go(worker, "^Missing$", "^Print on one side")
    expect(main(worker)).to_contain_text(name)


def test_two_girls_each_line_to_its_record_and_a_school_that_is_not_known(
    at_work: Callable[[str], Any],
) -> None:
    worker = at_work("adeyinka")
    row = pair_of(worker)
    expect(row).to_contain_text("14 Mar 2026, 27 Mar 2026")
    expect(row).to_contain_text("(both 15 Mar 2026, 28 Mar 2026)")
    names = [one.inner_text() for one in row.get_by_role("link").all()[:2]]
    go(worker, "^What lies between")
    chart = worker.page.url
    opened = {agency: _record(worker, chart, agency) for agency in ("Constabulary", "Harbour Light")}
    assert all(opened.values())
    schools = [_school(worker, name) for name in names]
    assert schools[0] != schools[1]
    assert any(one.startswith("not known: none of") for one in schools)


def _record(worker: Any, chart: str, agency: str) -> bool:
    """A line of the first of the two leads to the record of that agency."""
    worker.page.goto(chart)
    worker.page.locator("details", has=worker.page.locator("#lines-0")).locator("summary").click()
    line = worker.page.locator("#lines-0").get_by_role("row").filter(has_text=agency).first
    line.get_by_role("link").last.click()
    worker.page.wait_for_load_state()
    entry = worker.page.locator("#" + worker.page.url.partition("#")[2])
    return agency in entry.inner_text()


def _school(worker: Any, name: str) -> str:
    row = pair_of(worker)
    row.get_by_role("link", name=name, exact=True).click()
    said = worker.page.locator(".govuk-summary-list__row").filter(has_text="School, placement")
    return said.locator("dd").first.inner_text().strip()


def test_of_concern_and_who_is_not_counted_and_why(at_work: Callable[[str], Any]) -> None:
    worker = at_work("ellery")
    go(worker, "^Of concern$")
    expect(main(worker)).to_contain_text("not counted")
    apart = worker.page.get_by_role("table", name="Who is not counted, and why")
    expect(apart).to_contain_text("had no part in it with the child")
    for row in apart.locator("tbody tr").all():
        assert row.locator("td").nth(2).inner_text().strip()


def test_the_panel_its_sealed_omission_its_silence_and_a_discussion_that_is_refused(
    at_work: Callable[[str], Any],
) -> None:
    chair = at_work("pembury")
    chair.open_well("meetings/")
    go(chair, "Exploitation panel.*April", "^Proposed$")
    expect(main(chair)).to_contain_text("Holds records")
    go(chair, "^Who$")
    sealed = "A cousin of somebody named on the agenda"
    expect(main(chair)).to_contain_text(sealed)
    go(chair, "^Information round$")
    for words in ("Holds nothing", "No reply", "manager told"):
        expect(main(chair)).to_contain_text(words)

    chair.open_well("meetings/4/hold/")
    chair.page.get_by_role("button", name="It was held").click()
    expect(main(chair)).to_contain_text("health")
    expect(chair.page.get_by_role("alert").first).to_be_visible()

    other = at_work("bellamy")
    other.open_well("meetings/6/who/")
    assert sealed not in other.page.content()
    other.open_well("meetings/5/who/")
    assert sealed not in other.page.content()


def test_a_conference_clock_that_knows_easter(at_work: Callable[[str], Any]) -> None:
    worker = at_work("adeyinka")
    worker.open_well("cases/1/")
    row = worker.page.get_by_role("row").filter(has_text="C5 ").first
    expect(row).to_contain_text("14 April 2026")
    expect(row).to_contain_text("Not counted: Good Friday, Easter Monday")


def test_minutes_out_the_same_day_and_who_looked(at_work: Callable[[str], Any]) -> None:
    chair = at_work("pembury")
    go(chair, "^Meetings$", "Exploitation panel.*March")
    issued = chair.page.get_by_role("row").filter(has_text="Minutes issued").first
    expect(issued).to_contain_text("20 March 2026")
    go(chair, "^Record$")
    expect(main(chair)).to_contain_text("Six weeks are too short")


def records(worker: Any, person: str) -> int:
    """How many records are joined to a person."""
    worker.open_well(f"people/{person}/identity/")
    return int(
        worker.page.get_by_role("table", name="Records that are this person").get_by_role("row").count()
    )


def test_a_machine_join_is_taken_apart_with_what_relied_on_it_and_restored(
    at_work: Callable[[str], Any],
) -> None:
    chair = at_work("pembury")
    pair_of(chair).get_by_role("link").first.click()
    person = chair.page.url.rstrip("/").split("/")[-1]
    before = records(chair, person)
    go(chair, "^Why these records are one person$", r"^Judge whether they are one person\s*:")
    chair.page.get_by_label("No, different people").check()
    chair.page.get_by_label("What tells you so?").fill("Another child of that name lives next door.")
    chair.page.get_by_role("button", name="Record and go on").click()
    expect(chair.page.get_by_text("Recorded and followed at once")).to_be_visible()
    assert records(chair, person) < before
    chair.more("Judging")
    go(chair, "^What I have judged", "^Take it back, or see what relied on it")
    relied = chair.page.get_by_role("table", name="What relied on it")
    expect(relied.get_by_role("row").nth(1)).to_contain_text("Looked at a person")
    chair.page.get_by_label("What has changed?").fill("Her grandmother says that it is she.")
    chair.page.get_by_role("button", name="Take it back").click()
    expect(main(chair)).to_contain_text("Taken back.")
    assert records(chair, person) == before


def test_the_worklist_in_a_named_order_and_one_row_explained_away(at_work: Callable[[str], Any]) -> None:
    worker = at_work("adeyinka")
    go(worker, "^Worklist$")
    worker.page.get_by_label("In order of").select_option("newest_harm")
    worker.page.get_by_role("button", name="Order").click()
    expect(main(worker)).to_contain_text("In order of: newest sign of harm, newest first")
    first = worker.page.locator("main table tbody th[scope=row] a").first
    name = first.inner_text()
    first.click()
    go(worker, "^Indicators$")
    worker.page.get_by_label("What was done, or why nothing is needed now").fill(
        "Her worker saw her on Friday."
    )
    worker.page.get_by_role("button", name="Keep that I looked").click()
    expect(main(worker)).to_contain_text("Her worker saw her on Friday.")
    go(worker, "^Worklist$")
    expect(worker.page.get_by_role("rowheader", name=name, exact=True)).to_have_count(0)


def test_who_looked_at_this_child(at_work: Callable[[str], Any]) -> None:
    worker = at_work("adeyinka")
    pair_of(worker).get_by_role("link").first.click()
    person = worker.page.url.rstrip("/").split("/")[-1]
    officer = at_work("lindqvist")
    go(officer, "^Who looked at what$")
    officer.page.get_by_role("radio", name=re.compile("audit", re.I)).check()
    officer.page.get_by_role("button", name="Continue").click()
    officer.page.get_by_label("About (an id)").fill(person)
    officer.page.get_by_role("button", name="Show").first.click()
    rows = officer.page.get_by_role("row").filter(has_text="adeyinka")
    expect(rows.first).to_contain_text(person)
    assert officer.axe() == []
