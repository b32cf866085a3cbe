"""A day's work: two people write of one action at the same moment, what was begun is found again, and the pages have no fault that axe finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


def agree(worker: Any, what: str, who: str) -> str:
    """Agree an action on its page; return its address."""
    page = worker.page
    worker.open_well("actions/new/")
    page.get_by_label("What is to be done?").fill(what)
    page.get_by_label("Which worker?").select_option(who)
    day = worker.page.evaluate("new Date(2030, 0, 5).toISOString().slice(0, 10)")
    page.get_by_label("By which day?").fill(day)
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_text("Agreed. Whoever does it")).to_be_visible()
    return str(page.url).split("/", 3)[3]


def say(page: Any, word: str, why: str) -> None:
    page.get_by_label(word, exact=True).check()
    page.get_by_label("Why?").fill(why)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_two_people_write_of_one_action_and_neither_loses_a_word(
    visit: Callable[..., Any], has_scripts: bool
) -> None:
    mara, bo = visit(java_script_enabled=has_scripts), visit()
    mara.sign_in("mara")
    bo.sign_in("bo")
    where = agree(bo, f"Ring the school ({has_scripts})", "mara")
    for one in (mara, bo):
        one.open_well(where)
    say(bo.page, "No longer needed", "The school rang us.")
    bo.page.get_by_role("button", name="Keep", exact=True).click()
    expect(bo.page.get_by_text("Kept, with your name.")).to_be_visible()
    say(mara.page, "Done", "I rang the head teacher on Monday.")
    mara.page.get_by_role("button", name="Keep", exact=True).click()
    both = mara.page.get_by_role("region", name="Two of you wrote at the same time. Nothing is lost.")
    expect(both).to_contain_text("The school rang us.")
    expect(both).to_contain_text("I rang the head teacher on Monday.")
    if has_scripts:
        assert mara.axe() == []
        assert mara.overflow() <= 0
    # What she wrote is still in the form, and it is on her day's page besides.
    expect(mara.page.get_by_label("Why?")).to_have_value("I rang the head teacher on Monday.")
    mara.open_well("today/")
    expect(mara.page.get_by_role("table", name="What I began to write")).to_contain_text("A word on action")


def test_what_is_begun_is_found_again_after_signing_in(visit: Callable[..., Any]) -> None:
    mara = visit()
    mara.sign_in("mara")
    expect(mara.page.get_by_role("heading", level=1)).to_contain_text("Today")
    mara.open_well("cases/refer/child/")
    mara.page.get_by_label("What worries you?").fill("A car waits at the gate every day.")
    # Saved while she writes: nobody pressed anything.
    expect(mara.page.get_by_role("status")).to_contain_text("Kept as your draft", timeout=15_000)
    mara.page.get_by_role("button", name="Sign out").click()

    again = visit()
    again.sign_in("mara")
    again.page.get_by_role("table", name="What I began to write").get_by_role("link", name="Referral").click()
    expect(again.page.get_by_label("What worries you?")).to_have_value("A car waits at the gate every day.")
    assert again.axe() == []
    again.open_well("cases/refer/child/")
    expect(again.page.get_by_role("heading", name="You began this on")).to_be_visible()
    assert again.axe() == []
    again.page.get_by_role("button", name="Throw away").click()
    expect(again.page.get_by_text("Thrown away.")).to_be_visible()
    expect(again.page.get_by_label("What worries you?")).to_have_value("")


def test_the_pages_of_a_day_have_no_fault_that_axe_finds_and_no_sideways_scroll(
    visit: Callable[..., Any],
) -> None:
    bo = visit()
    bo.sign_in("bo")
    where = agree(bo, "Ask the youth club whom she trusts there", "idris")
    bo.page.get_by_role("button", name="Keep", exact=True).click()
    expect(bo.page.get_by_role("alert")).to_contain_text("Choose what became of it.")
    assert bo.axe() == []
    assert bo.faults(["today/", "actions/", "actions/new/", where]) == {}


def test_a_managers_pages_and_files_have_none_either(visit: Callable[..., Any], child: Any) -> None:
    bo = visit()
    bo.sign_in("bo")
    page = bo.page
    bo.open_well(f"people/{child.person_id}/documents/")
    page.get_by_label("Which file?").set_input_files(
        {"name": "profile.txt", "mimeType": "text/plain", "buffer": b"Her aunt lives at the mill."}
    )
    page.get_by_label("What is it?").fill("For when she is missing")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("link", name="profile.txt")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="profile.txt").click()
    assert taken.value.suggested_filename == "profile.txt"
    page.get_by_label("Which file?").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": b"<svg onload='alert(1)'/>"}
    )
    page.get_by_label("What is it?").fill("A photograph")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("can hold a program")
    assert bo.axe() == []
    papers = f"people/{child.person_id}/documents/"
    assert bo.faults(["caseload/", "caseload/audits/", "today/digest/", papers]) == {}
