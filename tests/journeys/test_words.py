"""Words with care: what is noticed before it is kept, what a manager sees of it, and a chronology that leaves as a document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import expect


TEXT = "She won't engage, and absconded on Friday."


@pytest.mark.parametrize("has_scripts", [True, False])
def test_better_words_are_shown_before_a_record_is_kept_and_ones_own_may_stay(
    visit: Callable[..., Any], child: Any, has_scripts: bool
) -> None:
    mara = visit(java_script_enabled=has_scripts)
    page = mara.page
    mara.sign_in("mara")
    mara.open(f"people/{child.person_id}/record/")

    page.get_by_label("What is it?").select_option("note")
    page.get_by_label("In one line").fill("Telephone call")
    page.get_by_label("When did it happen?").fill("5/4/2026 12:00")
    page.get_by_label("What was seen, said or done, and by whom").fill(TEXT)
    page.get_by_role("button", name="Record", exact=True).click()
    banner = page.get_by_role("alert", name="A word before it is kept")
    expect(banner).to_contain_text("won't engage")
    expect(banner).to_contain_text("Say “went missing”")
    expect(page.get_by_label("What was seen, said or done, and by whom")).to_have_value(TEXT)
    if has_scripts:
        expect(banner).to_be_focused()
        assert mara.axe() == []
        page.set_viewport_size({"width": 320, "height": 800})
        assert (mara.axe(), mara.overflow()) == ([], 0)

    page.get_by_role("button", name="Keep my words as they are").click()
    expect(page.get_by_text("Recorded. It stands in the chronology now")).to_be_visible()
    expect(page.get_by_text(TEXT).first).to_be_visible()


def test_a_manager_counts_wordings_by_agency_and_the_page_is_well(visit: Callable[..., Any]) -> None:
    manager = visit()
    page = manager.page
    manager.sign_in("bo")
    manager.open("data-quality/")

    page.get_by_role("link", name="How texts are worded").click()
    table = page.get_by_role("table", name="How many texts hold such wording")
    expect(table.get_by_role("columnheader", name="Westermouth Constabulary")).to_be_visible()
    page.get_by_text("Count other months").click()
    page.get_by_label("First month").fill("2010-01")
    page.get_by_role("button", name="Show these").click()
    page.wait_for_url("**first=2010-01**")
    expect(page.get_by_text("January 2010 to")).to_be_visible()
    assert manager.faults(["oversight/wording/"]) == {}


def test_the_chronology_leaves_as_a_document_by_keyboard(
    visit: Callable[..., Any], child: Any, tmp_path: Path
) -> None:
    mara = visit()
    mara.sign_in("mara")
    mara.open(f"people/{child.person_id}/chronology/")
    button = mara.page.get_by_role("button", name="Take the chronology away as a Word document")

    button.focus()
    with mara.page.expect_download() as leaving:
        mara.page.keyboard.press("Enter")

    leaving.value.save_as(tmp_path / "chronology.docx")
    file = docx.Document(tmp_path / "chronology.docx")
    assert child.person_id in file.paragraphs[0].text
    assert len(file.tables) > 2
    assert mara.axe() == []
