"""A worker draws a chart around a child, opens it further, cuts it to days, saves it and finds it again; without a script and by keyboard as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_chart_is_drawn_opened_saved_and_found_again(
    visit: Callable[..., Any], child: Any, has_scripts: bool
) -> None:
    bo = visit(java_script_enabled=has_scripts)
    page = bo.page
    bo.sign_in("bo")
    bo.open_well(f"people/{child.person_id}/connections/")
    page.get_by_role("link", name="A chart of what is around this person").click()
    expect(page.get_by_role("heading", name=f"What is around {child.name}?")).to_be_visible()
    drawn = page.locator("svg .engage-net__label").count()
    rows = page.get_by_role("table", name="Who and what is on the chart").get_by_role("row").count()
    assert drawn == rows - 1 > 1

    first = page.locator("svg a", has=page.locator("text")).first
    first.focus()
    page.get_by_role("table", name="Who and what is on the chart").get_by_role(
        "link", name="Open", exact=True
    ).first.click()
    expect(page.get_by_role("table", name="The lines, each with the records behind it")).to_be_visible()
    assert "expand=" in page.url
    page.get_by_label("From (a month or a day: 2026-03)").fill("2025-01")
    page.get_by_role("button", name="Show these days").click()
    expect(page.get_by_text("What has no day is drawn as well.")).to_be_visible()
    assert "expand=" in page.url

    page.get_by_label("Title").fill(f"Around her {has_scripts}")
    page.get_by_label("Note").fill("Who drives?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name=f"Around her {has_scripts}")).to_be_visible()
    page.get_by_role("link", name="Saved charts").click()
    page.get_by_role("link", name=f"Around her {has_scripts}").click()
    expect(page.get_by_text("Who drives?").first).to_be_visible()


def test_the_pages_of_charts_have_no_fault_that_axe_finds_and_no_sideways_scroll(
    visit: Callable[..., Any], child: Any
) -> None:
    oren = visit()
    oren.sign_in("oren")
    about = f"about=person:{child.person_id}"
    assert oren.faults([
        "charts/", "charts/?kind=person", f"charts/?{about}", f"charts/print/?{about}", f"charts/?{about}&from=1990-01&until=1990-02", "charts/saved/",
        "charts/?asks=nights&from=2026-03-01&until=2026-03-31",
    ]) == {}  # fmt: skip
