"""A worker watches a child, is told of what a colleague of another agency records, and ends it; and says that a text was misread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


def note(page: Any, title: str) -> None:
    page.get_by_role("link", name="Record something").click()
    page.get_by_label("What is it?").select_option("note")
    page.get_by_label("In one line").fill(title)
    page.get_by_label("What was seen, said or done, and by whom").fill("A neighbour asked after her.")
    page.get_by_role("button", name="Record", exact=True).click()
    page.locator(".moj-timeline").wait_for()


def begin(worker: Any, child: Any) -> None:
    page = worker.page
    worker.open_well(f"people/{child.person_id}/")
    page.get_by_role("link", name="Watch: be told when anything new arrives").click()
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Say why you watch this.")
    page.get_by_label("Why do you need to know?").fill("Missing twice. I see her on Friday.")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_text("Nothing new that you may see since you last looked.")).to_be_visible()


def renew_and_end(page: Any) -> None:
    page.get_by_role("link", name="Renew").click()
    page.get_by_label("Why do you need to know?").fill("The meeting is on Monday.")
    page.get_by_role("button", name="Renew", exact=True).click()
    expect(page.get_by_text("The meeting is on Monday.")).to_be_visible()
    page.get_by_role("button", name="End").click()
    expect(page.get_by_text("You watch nothing.")).to_be_visible()


@pytest.mark.parametrize(("username", "has_scripts"), [("mara", True), ("bo", False)])
def test_a_child_is_watched_told_of_seen_and_ended(
    visit: Callable[..., Any], child: Any, username: str, has_scripts: bool
) -> None:
    worker, oren = visit(java_script_enabled=has_scripts), visit()
    page = worker.page
    worker.sign_in(username)
    begin(worker, child)
    worker.open_well("")
    expect(page.get_by_text("Of 1 that you watch nothing new is shown to you.")).to_be_visible()

    oren.sign_in("oren")
    oren.open_well(f"people/{child.person_id}/")
    note(oren.page, f"Aunt rang for {username}")

    worker.open_well("")
    page.get_by_role("link", name=f"Person: {child.name}").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Note")
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.get_by_text("Marked as seen.")).to_be_visible()
    expect(page.get_by_text("Nothing new that you may see since you last looked.")).to_be_visible()
    renew_and_end(page)


def test_the_pages_of_watches_have_no_fault_that_axe_finds_and_no_sideways_scroll(
    visit: Callable[..., Any], child: Any
) -> None:
    mara = visit()
    mara.sign_in("mara")
    begin(mara, child)
    mara.open_well(f"people/{child.person_id}/")
    note(mara.page, "Rang her aunt")
    mara.open_well("watches/")
    renew = mara.page.get_by_role("link", name="Renew").get_attribute("href")

    new = f"watches/new/?kind=person&key={child.person_id}"
    assert mara.faults(["", "watches/", new, renew.lstrip("/")]) == {}
    mara.open_well(new)
    mara.page.get_by_role("button", name="Watch", exact=True).click()
    expect(mara.page.get_by_role("alert")).to_be_visible()
    assert mara.axe() == []

    mara.open_well("watches/")
    renew_and_end(mara.page)


def test_places_and_words_are_watched_from_where_they_stand(visit: Callable[..., Any], child: Any) -> None:
    mara = visit()
    page = mara.page
    mara.sign_in("mara")
    mara.open_well(f"people/{child.person_id}/connections/")
    page.get_by_role("table", name="Places").get_by_role("link", name="Watch").first.click()
    page.get_by_label("Why do you need to know?").fill("Children were found there.")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("heading", name="Place:")).to_be_visible()

    mara.open_well("people/?q=Sol+Quandle")
    assert mara.axe() == []
    page.get_by_role("link", name="Watch this name").click()
    page.get_by_label("Why do you need to know?").fill("A child names him.")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("heading", name="Name: Sol Quandle")).to_be_visible()

    for _ in range(2):
        page.get_by_role("button", name="End").first.click()
    expect(page.get_by_text("You watch nothing.")).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_one_click_says_that_a_text_was_misread_and_another_takes_it_back(
    visit: Callable[..., Any], child: Any, has_scripts: bool
) -> None:
    mara = visit(java_script_enabled=has_scripts)
    page = mara.page
    mara.sign_in("mara")
    mara.open_well(f"people/{child.person_id}/chronology/")

    page.get_by_role("button", name="That is wrong").first.click()
    page.wait_for_url("**/chronology/?page=1#entry-*")
    expect(page.get_by_text("Said to be wrong by Mara Quill").first).to_be_visible()
    if has_scripts:
        assert mara.faults([f"people/{child.person_id}/chronology/"]) == {}

    mara.open_well(f"people/{child.person_id}/chronology/")
    page.get_by_role("button", name="It is right after all").first.click()
    expect(page.get_by_text("Kept: these words were read rightly after all.")).to_be_visible()
    expect(page.get_by_text("Said to be wrong by")).to_have_count(0)
