"""A detective goes from who is of concern to the records behind it, opens a place and takes it to a conference without names; a manager adopts a group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


LISTS = ("concern/", "concern/places/", "concern/vehicles/", "concern/phones/")


def path_of(page: Any) -> str:
    return str(page.url).split("/", 3)[3]


def first(page: Any) -> Any:
    return page.locator("main table tbody th[scope=row] a").first


@pytest.mark.parametrize("has_scripts", [True, False])
def test_from_the_list_to_the_records_and_a_place_to_a_conference(
    visit: Callable[..., Any], has_scripts: bool
) -> None:
    worker = visit(java_script_enabled=has_scripts)
    page = worker.page
    worker.sign_in("oren")
    page.get_by_role("link", name="Of concern", exact=True).click()
    expect(
        page.get_by_text("None of this is a finding, and most links have harmless reasons.")
    ).to_be_visible()
    page.get_by_text("The records behind it").first.click()
    expect(page.locator("details.engage-why[open] li").first).to_be_visible()
    page.get_by_role("link", name="Places of concern").click()
    name = first(page).inner_text()
    first(page).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    children = _children(page)
    page.get_by_role("link", name="This place without the names of children").click()
    assert _children(page) == children
    expect(page.get_by_text("Child 1", exact=True).first).to_be_visible()
    if has_scripts:
        assert worker.faults([path_of(page)]) == {}
        _opens_by_keyboard(worker)


def _children(page: Any) -> str:
    return str(page.get_by_text("with signs of harm or exposure.").first.inner_text())


def _opens_by_keyboard(worker: Any) -> None:
    """Opens the place with nothing but the keyboard; what is missing is said first."""
    page = worker.page
    page.get_by_role("link", name="Show the names").press("Enter")
    page.get_by_role("link", name="Open it as of concern").press("Enter")
    assert worker.faults([path_of(page)]) == {}
    page.get_by_role("button", name="Open as of concern").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("Say why: others will read it.")
    assert worker.axe() == []
    page.get_by_label("Why is this of concern?").fill("Two children were found here within a month.")
    page.get_by_label("Grade (3x5x2)").fill("2BP")
    page.get_by_label("Grade (3x5x2)").press("Enter")
    expect(page.get_by_text("Opened as of concern by Oren Pike").first).to_be_visible()
    assert worker.faults([path_of(page)]) == {}


def test_every_list_and_page_is_sound_wide_and_narrow(visit: Callable[..., Any]) -> None:
    worker = visit()
    page = worker.page
    worker.sign_in("mara")
    pages = [*LISTS, "groups/"]
    for path in LISTS:
        worker.open_well(path)
        if first(page).count():
            first(page).click()
            pages.append(path_of(page))
    worker.open_well("concern/")
    apart = page.get_by_role("table", name="Who is not counted, and why").locator("th[scope=row] a")
    if apart.count():
        apart.first.click()
        pages.append(path_of(page))
        page.get_by_role("link", name="Say what came of looking").click()
        pages.append(path_of(page))
    assert len(pages) > 8
    assert worker.faults(pages) == {}


def test_on_paper_the_lines_of_one_stand_without_what_leads_elsewhere(visit: Callable[..., Any]) -> None:
    worker = visit()
    page = worker.page
    worker.sign_in("mara")
    worker.open_well("concern/places/")
    first(page).click()
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name="Every record that ties somebody to it")).to_be_visible()
    expect(page.get_by_role("link", name="This place without the names of children")).not_to_be_visible()
    expect(page.get_by_role("navigation", name="Lists of concern")).not_to_be_visible()


def test_a_manager_adopts_a_group_and_others_see_it_from_then_on(visit: Callable[..., Any]) -> None:
    bo, mara = visit(), visit()
    for one, username in ((bo, "bo"), (mara, "mara")):
        one.sign_in(username)
        one.open_well("groups/")
    expect(mara.page.get_by_text("No group that you may see.")).to_be_visible()
    first(bo.page).click()
    assert bo.faults([path_of(bo.page)]) == {}
    bo.page.get_by_label("Its name from now on").fill("Fern")
    bo.page.get_by_role("button", name="Adopt it").click()
    expect(bo.page.get_by_role("alert").first).to_contain_text("Say why")
    bo.page.get_by_label("Why is it adopted, and what follows?").fill("Three children, one car.")
    bo.page.get_by_role("button", name="Adopt it").click()
    expect(bo.page.get_by_text("Adopted as “Fern” by Bo Lead")).to_be_visible()
    mara.open_well("groups/")
    first(mara.page).click()
    expect(mara.page.get_by_text("Three children, one car.")).to_be_visible()
    assert bo.faults([path_of(bo.page)]) == {}
