"""A worker draws a chart around a child, opens it further, cuts it to days, saves it and finds it again; without a script and by keyboard as well."""

from __future__ import annotations

import re
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
    _everything_drawn_stands_in_tables(page)
    _the_picture_fits_and_leads_further(page)
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


def _everything_drawn_stands_in_tables(page: Any) -> None:
    """They fold under headings that count, and open by keyboard, without a script."""
    drawn = page.locator("svg .engage-net__label").count()
    folds = page.locator("#nodes ~ details").filter(
        has=page.locator("[id^=person], [id^=place], [id^=vehicle], [id^=phone], [id^=account], [id^=event]")
    )
    told = [int(text.rpartition("(")[2].rstrip(")")) for text in folds.locator("summary").all_inner_texts()]
    assert sum(told) == drawn > 1
    people = page.locator("details", has=page.locator("#person"))
    if people.get_attribute("open") is None:
        people.locator("summary").focus()
        page.keyboard.press("Enter")
    rows = page.get_by_role("table", name="People (").get_by_role("row").count()
    assert rows == told[0] + 1
    page.get_by_role("table", name="People (").get_by_role("link", name=re.compile(r"^\d+$")).first.click()
    expect(page.locator("#lines-0").get_by_role("table")).to_be_visible()


def _the_picture_fits_and_leads_further(page: Any) -> None:
    first = page.locator("svg a", has=page.locator("text")).first
    first.focus()
    page.get_by_label("Fit the whole picture into the width of the page").check()
    svg = page.locator("svg.engage-net__svg").first
    assert svg.bounding_box()["width"] <= page.locator("main").bounding_box()["width"]
    page.locator("svg a[href*='expand=']").first.click()
    expect(page.get_by_role("heading", name=re.compile("^The lines of each person"))).to_be_visible()
    assert "expand=" in page.url


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


def test_a_chart_leads_to_who_is_linked_and_back_and_prints_what_is_asked(
    visit: Callable[..., Any], child: Any
) -> None:
    bo = visit()
    page = bo.page
    bo.sign_in("bo")
    bo.open_well(f"people/{child.person_id}/")
    page.get_by_role("link", name="People and places of concern that are linked to this person").click()
    expect(page.get_by_role("heading", name=child.name)).to_be_visible()
    page.get_by_role("link", name="A chart of what is around this person").click()
    page.get_by_role("link", name="Print this chart").click()
    expect(page.get_by_role("heading", name=re.compile(r"^People \(\d+\)"))).to_be_visible()
    assert page.get_by_role("heading", name=re.compile("^The lines of each person")).count() == 0
    page.get_by_label("The picture").uncheck()
    page.get_by_label("Who and what is on the chart").uncheck()
    page.get_by_label("The lines, each with the records behind it").check()
    page.get_by_label("Lines and records of").select_option(index=1)
    page.get_by_role("button", name="Show what is to be printed").click()
    assert page.locator("h3.engage-fold__title").count() == 1
    assert page.locator("svg.engage-net__svg").count() == 0
    assert (
        bo.faults(
            [f"concern/of/{child.person_id}/", f"charts/print/?about=person:{child.person_id}&part=lines"]
        )
        == {}
    )
