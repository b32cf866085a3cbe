"""What holds for every page: reachable by keyboard, readable narrow, without scripts, on paper, under any path."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


PAGES = [
    "",
    "people/",
    "people/?q=nobody+at+all",
    "people/reason/",
    "deliveries/",
    "data-quality/",
    "data-quality/joins/",
    "access-log/",
    "why/",
    "gallery/",
    "account/second-factor/",
    "account/password/",
]


def test_pages_have_no_fault_that_axe_finds_and_no_sideways_scroll(visit: Callable[..., Any]) -> None:
    mara = visit()
    mara.open("account/sign-in/")
    assert mara.axe() == []
    mara.sign_in("mara")

    assert mara.faults(PAGES) == {}


def test_by_keyboard_from_the_skip_link_through_the_navigation_to_the_page(visit: Callable[..., Any]) -> None:
    mara = visit()
    mara.sign_in("mara")
    mara.open("why/")

    mara.page.keyboard.press("Tab")
    assert _focused(mara) == "Skip to main content"
    walked = []
    for _ in range(26):
        mara.page.keyboard.press("Tab")
        walked.append(_focused(mara))
    assert walked[:3] == ["Engage", "Today", "Missing"]
    assert "Sign out" in walked
    # What is seldom opened is passed by in one step, and opens by keyboard.
    assert walked[walked.index("More") + 1] == "Sign out"
    assert mara.page.locator("#navigation").bounding_box()["height"] < 80
    assert walked[walked.index("Sign out") + 1].startswith("Change")

    mara.page.locator("summary", has_text="More").focus()
    mara.page.keyboard.press("Enter")
    mara.page.keyboard.press("Tab")
    assert _focused(mara) == "Home"
    assert mara.axe() == []

    mara.open("why/")
    mara.page.keyboard.press("Tab")
    mara.page.keyboard.press("Enter")
    mara.page.keyboard.press("Tab")
    assert mara.page.evaluate("document.activeElement.type") == "radio"


def test_without_javascript_one_signs_in_gives_a_purpose_and_signs_out(visit: Callable[..., Any]) -> None:
    mara = visit(java_script_enabled=False)
    mara.sign_in("mara")
    mara.more("My access log")
    expect(mara.page.get_by_role("heading", level=1)).to_contain_text("access log")
    mara.open("why/")
    mara.page.get_by_label("To disrupt people or places of concern").check()
    mara.page.get_by_role("button", name="Continue").click()

    expect(
        mara.page.get_by_text("Why you are looking: To disrupt people or places of concern")
    ).to_be_visible()
    mara.page.get_by_role("button", name="Sign out").click()
    expect(mara.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert mara.open("").url.endswith("account/sign-in/?next=/")


def test_printed_pages_say_who_printed_them_when_and_why(visit: Callable[..., Any]) -> None:
    mara = visit()
    mara.sign_in("mara")
    mara.open("gallery/")
    mara.page.emulate_media(media="print")

    expect(mara.page.get_by_text("OFFICIAL-SENSITIVE")).to_be_visible()
    line = "Printed by Mara Quill (Social worker, Westermouth Children's Services) on 7 April 2026, 08:40 for the purpose: To safeguard a child."
    expect(mara.page.get_by_text(line)).to_be_visible()
    expect(mara.page.get_by_role("navigation", name="Main")).not_to_be_visible()
    assert mara.page.pdf().startswith(b"%PDF")


def test_under_a_path_every_address_stays_under_it(
    serve: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    mara = visit(serve(prefix="/quay/engage"))
    mara.sign_in("mara")
    for path in PAGES:
        mara.open_well(path)
        addresses = mara.page.evaluate(
            "[...document.querySelectorAll('[href],[src],form[action]')].map(e => e.href || e.src || e.action)"
        )
        astray = [a for a in addresses if a.startswith("http") and not a.startswith(mara.site.address)]
        assert astray == []


@pytest.mark.parametrize("width", [320, 1280])
def test_words_are_all_there_at_twice_the_size(visit: Callable[..., Any], width: int) -> None:
    mara = visit(device_scale_factor=1)
    mara.sign_in("mara")
    mara.page.set_viewport_size({"width": width, "height": 900})
    mara.open("why/")
    mara.page.evaluate("document.documentElement.style.fontSize = '200%'") if width > 320 else None

    assert mara.overflow() <= 0


def _focused(visit: Any) -> str:
    return " ".join(str(visit.page.evaluate("document.activeElement.textContent")).split())
