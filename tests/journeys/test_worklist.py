"""A worker opens the worklist, reads why a child is there, opens the very words, says what they make of it, and that they looked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


def first_child(page: Any) -> Any:
    return page.locator("main table tbody th[scope=row] a").first


@pytest.mark.parametrize(("username", "has_scripts"), [("mara", True), ("oren", False)])
def test_from_the_worklist_to_the_words_and_back(
    visit: Callable[..., Any], username: str, has_scripts: bool
) -> None:
    worker = visit(java_script_enabled=has_scripts)
    page = worker.page
    worker.sign_in(username)
    worker.open_well("worklist/")
    expect(page.get_by_text("Most children on this list are not being exploited.")).to_be_visible()
    if has_scripts:
        assert worker.faults(["worklist/"]) == {}
    page.get_by_label("In order of").select_option("newest_harm")
    page.get_by_role("button", name="Order").click()
    expect(page.get_by_text("In order of: newest sign of harm, newest first")).to_be_visible()
    page.get_by_text("Why this child is here").first.click()
    why = page.locator("details.engage-why[open] li a").first
    expect(why).to_be_visible()

    name = first_child(page).inner_text()
    why.click()
    expect(page.get_by_role("heading", name="The records that speak of it")).to_be_visible()
    worker.open_well(page.url.split("/", 3)[3])
    _confirm(page)
    _looked(worker)
    worker.open_well("worklist/?by1=newest_harm")
    expect(page.get_by_role("rowheader", name=name, exact=True)).to_have_count(0)


def _confirm(page: Any) -> None:
    page.get_by_role("button", name="Keep what I say").click()
    expect(page.get_by_role("alert").first).to_contain_text("Choose what you say of it.")
    page.get_by_label("Confirm: it is so").check()
    page.get_by_label("Why, and what it means for this child").fill("She told me so herself.")
    page.get_by_role("button", name="Keep what I say").click()
    expect(page.get_by_text("She told me so herself.")).to_be_visible()


def _looked(worker: Any) -> None:
    page = worker.page
    page.get_by_role("link", name="All indicators of this person").click()
    _strips_say_what_the_table_says(page)
    page.get_by_label("What was done, or why nothing is needed now").fill("Strategy discussion on Friday.")
    page.get_by_role("button", name="Keep that I looked").click()
    expect(page.get_by_text("Strategy discussion on Friday.")).to_be_visible()
    worker.open_well(page.url.split("/", 3)[3])


def _strips_say_what_the_table_says(page: Any) -> None:
    expect(page.get_by_role("img", name="How many records spoke in each month")).to_be_visible()
    table = page.get_by_role("table", name="Records by class, agency and month")
    counts = [cell.inner_text().strip() for cell in table.locator("tbody td").all()]
    assert page.locator(".engage-strips__bar").count() == len([one for one in counts if one != "-"]) > 0


def test_every_indicator_is_explained(visit: Callable[..., Any]) -> None:
    mara = visit()
    mara.sign_in("mara")
    mara.open_well("indicators/")
    mara.page.get_by_text("M2 Missing three times in 90 days").click()
    expect(mara.page.get_by_text("some children in great danger are never reported missing")).to_be_visible()
