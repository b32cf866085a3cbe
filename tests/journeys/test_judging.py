"""A worker judges what waits, by keyboard alone and without scripts, and takes it back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect


def _answer(page: Any, keys: list[str], reason: str) -> None:
    """Choose the first answer and write the reason with the keyboard alone."""
    page.get_by_role("radio").first.focus()
    for key in keys:
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    page.keyboard.type(reason)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_one_question_leads_to_the_next_by_keyboard_and_is_taken_back_with_what_relied_on_it(
    visit: Callable[..., Any],
) -> None:
    mara = visit()
    mara.sign_in("mara")
    page = mara.page
    mara.open("judging/")
    assert mara.axe() == []
    waits = page.get_by_text(re.compile(r"pairs are judged; (more than )?\d+ questions wait"))
    expect(waits).to_be_visible()

    page.get_by_role("button", name="Begin with the first").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/judging/question/**")
    first = page.url
    assert mara.axe() == []
    page.get_by_role("button", name="Record and go on").click()
    expect(page.get_by_role("alert").first).to_contain_text("Say whether they are one person")

    _answer(page, ["Space"], "Same aunt at the same door.")
    expect(page.get_by_text("Recorded and followed at once")).to_be_visible()
    assert page.url != first

    mara.open("judging/said/?mine=1")
    assert mara.axe() == []
    expect(page.get_by_text("Same aunt at the same door.")).to_be_visible()
    _take_back(mara)


def _take_back(mara: Any) -> None:
    mara.page.get_by_role("link", name="Take it back, or see what relied on it").first.click()
    mara.page.wait_for_url("**/judging/said/*/")
    assert mara.axe() == []
    mara.page.get_by_label("What has changed?").fill("It was her cousin.")
    mara.page.get_by_role("button", name="Take it back").click()
    expect(mara.page.get_by_text("Taken back.")).to_be_visible()


def test_without_scripts_and_on_a_narrow_screen_a_question_is_answered_too(visit: Callable[..., Any]) -> None:
    mara = visit(java_script_enabled=False)
    mara.sign_in("mara")
    mara.page.set_viewport_size({"width": 320, "height": 800})
    mara.open("judging/?order=kind")
    mara.page.get_by_role("table").get_by_role("link").first.click()
    mara.page.get_by_role("radio").last.check()
    mara.page.get_by_label("What tells you so?").fill("Too little is known.")
    mara.page.get_by_role("button", name="Record and go on").click()
    expect(mara.page.get_by_text("it says that you cannot tell")).to_be_visible()
