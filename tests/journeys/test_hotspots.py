"""A worker looks where children were found, steps through the months, opens an area, and prints the version to give to others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("has_scripts", [True, False])
def test_where_children_were_found_is_looked_at_month_by_month_and_opened(
    visit: Callable[..., Any], has_scripts: bool
) -> None:
    oren = visit(java_script_enabled=has_scripts)
    page = oren.page
    oren.sign_in("oren")
    oren.open_well("concern/")
    page.get_by_role("link", name="Hotspots", exact=True).click()
    expect(page.get_by_role("heading", name="Missing: where found: April 2026")).to_be_visible()
    page.get_by_role("link", name="Before: March 2026").click()
    expect(page.get_by_role("heading", name="Missing: where found: March 2026")).to_be_visible()
    page.get_by_label("What is counted", exact=True).select_option("Concerns")
    page.get_by_label("Month", exact=True).select_option("June 2025")
    page.get_by_label("Until", exact=True).select_option("March 2026")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Concerns: June 2025 to March 2026")).to_be_visible()

    told = _open_the_most(page)
    page.get_by_role("link", name="Back to the map").click()
    page.get_by_role("link", name="The version to give to others").click()
    expect(page.get_by_text("To give to others: it names nobody")).to_be_visible()
    assert (page.locator("svg a").count(), len(told)) == (0, 12)


def _open_the_most(page: Any) -> dict[str, str]:
    """The counts that table and picture agree on; the area with most is opened from the picture by keyboard."""
    areas = page.get_by_role("table", name="By area")
    told = {
        row.get_by_role("rowheader").inner_text(): row.get_by_role("cell").nth(10).inner_text()
        for row in areas.get_by_role("row").all()[1:-3]
    }
    names = page.locator(".engage-hot__name").all_text_contents()
    assert dict(zip(names, page.locator(".engage-hot__count").all_text_contents(), strict=True)) == told
    most = max(told, key=lambda name: int(told[name]))
    assert int(told[most]) > 0
    page.locator(f'svg a[aria-label^="{most}:"]').focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=most, exact=True)).to_be_visible()
    expect(page.get_by_text(f"{told[most]} counted that you may see.")).to_be_visible()
    return told


def test_the_pages_of_hotspots_have_no_fault_that_axe_finds_and_no_sideways_scroll(
    visit: Callable[..., Any],
) -> None:
    oren = visit()
    oren.sign_in("oren")
    year = "kind=concerns&month=2025-05&until=2026-04"
    assert oren.faults([
        "hotspots/", f"hotspots/?{year}", f"hotspots/?{year}&names=no", "hotspots/?month=2026-03&until=2026-01", f"hotspots/opened/not%20known/?{year}",
        f"hotspots/opened/outside/?{year}",
    ]) == {}  # fmt: skip
