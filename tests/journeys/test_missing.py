"""A morning with the list of missing children: who is missing, what was checked, who went together; on paper and without a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from engage.web.missing.copies import STYLE
from engage.web.missing.sheets import BACK_ROWS, BackRow, Named, Row, Sheet
from tests.journeys.conftest import ROOT
from tests.made_once import engage


PAGES = ("", "missing/", "missing/together/", "missing/together/?days=730", "missing/print/")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_every_page_is_well_wide_and_narrow(visit: Callable[..., Any]) -> None:
    mara = visit()
    mara.sign_in("mara")
    assert mara.faults(PAGES) == {}


@pytest.mark.parametrize("has_scripts", [True, False])
def test_from_signing_in_to_a_check_that_is_recorded_and_struck(
    visit: Callable[..., Any], has_scripts: bool
) -> None:
    mara = visit(java_script_enabled=has_scripts)
    page = mara.page
    mara.sign_in("mara")
    # One's day comes first; who is missing is one step away on every page.
    page.wait_for_url("**/today/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Missing", exact=True).click()
    page.wait_for_url("**/missing/")
    assert page.get_by_role("table", name="Missing now", exact=True).get_by_role("row").count() >= 3

    page.get_by_role("link", name="Record what was checked").first.click()
    if has_scripts:
        assert mara.axe() == []
    page.get_by_label("What was checked?").select_option("hospital")
    hospital = "Thistle General" if has_scripts else "Vane General"
    page.get_by_label("Which one?").fill(hospital)
    page.get_by_label("What came of it?").select_option("not_found")
    page.get_by_role("button", name="Record").click()
    said = f"Hospital {hospital}: not there (Mara Quill, Westermouth Children's Services, Tue 7 April 2026, 08:40)"
    expect(page.get_by_role("listitem").filter(has_text=said)).to_be_visible()

    page.get_by_role("link", name=f"Strike (Hospital {hospital}").first.click()
    page.get_by_label("Why is it struck?").fill("It was another child.")
    page.get_by_role("button", name="Strike").click()
    struck = page.get_by_role("listitem").filter(has_text=hospital)
    expect(struck.filter(has_text="Struck: It was another child.")).to_be_visible()


def test_by_keyboard_from_the_list_to_a_childs_chronology(visit: Callable[..., Any]) -> None:
    mara = visit()
    page = mara.page
    mara.sign_in("mara")
    mara.open_well("missing/")

    child = page.get_by_role("table", name="Missing now", exact=True).get_by_role("link").first
    name = child.inner_text()
    child.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/**")
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    page.get_by_role("link", name="Chronology", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/chronology/**")
    expect(page.locator(".moj-timeline__item").first).to_contain_text("Missing")


def test_another_order_is_picked_and_stays_picked(visit: Callable[..., Any]) -> None:
    mara = visit(java_script_enabled=False)
    page = mara.page
    mara.sign_in("mara")
    mara.open_well("missing/")

    page.get_by_label("Order", exact=True).select_option("name")
    page.get_by_role("button", name="Show", exact=True).click()

    page.wait_for_url("**order=name**")
    assert page.get_by_label("Order", exact=True).input_value() == "name"
    names = (
        page.get_by_role("table", name="Missing now", exact=True).get_by_role("rowheader").all_inner_texts()
    )
    assert names == sorted(names, key=str.lower)


def test_the_list_prints_on_one_side(visit: Callable[..., Any]) -> None:
    mara = visit()
    mara.sign_in("mara")
    mara.open_well("missing/print/")
    assert pages_of(mara.page.pdf(prefer_css_page_size=True)) == 1


@pytest.fixture
def offline(chromium: Any) -> Iterator[Any]:
    """A browser window on a machine without a network."""
    context = chromium.new_context(offline=True)
    yield context.new_page()
    context.close()


def test_the_copy_opens_from_a_folder_without_any_network(
    visit: Callable[..., Any], offline: Any, area_folder: Path
) -> None:
    mara = visit()
    mara.sign_in("mara")
    mara.open_well("missing/")
    names = (
        mara.page.get_by_role("table", name="Missing now", exact=True)
        .get_by_role("rowheader")
        .all_inner_texts()
    )
    engage("missing", str(area_folder), "--as", "mara")
    (file,) = (area_folder / "copies").iterdir()
    asked: list[str] = []
    offline.on("request", lambda request: asked.append(request.url))

    offline.goto(file.as_uri())

    assert asked == [file.as_uri()]
    # Who is missing again may stand among the returns as well.
    missing = offline.get_by_role("table").first
    for name in names:
        expect(missing.get_by_role("rowheader", name=name)).to_be_visible()
    assert pages_of(offline.pdf(prefer_css_page_size=True)) == 1
    offline.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = offline.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']})"
    )
    assert [one["id"] for one in found["violations"]] == []


def test_eight_children_of_whom_much_is_known_fit_on_one_side(offline: Any, tmp_path: Path) -> None:
    place = "Northside Convenience Store, 149 Castlegate Square, QX31 7HU (31 Mar 2026)"
    person = "Bartholomew Featherstone-Haugh (found with, 31 Mar 2026)"
    check = "Partner agency Westermouth General, ward sister: asked, waiting for an answer (Tomi Adeyinka, Mon 6 April 2026, 23:15)"
    row = Row(
        name="Charlotte Featherstone-Haugh", age="15", since="Mon 6 April 2026, 22:19", lasting="2 days 10 hours",
        home="149 Castlegate Square, QX31 7HU", found=f"{place}; {place}; and 7 more", company=f"{person}; {person}; and 4 more",
        things="07000123456; QQ58 RDP silver Mercedes C Class; QQ59 RDP silver Mercedes C Class; and 2 more", checks=(check, check),
    )  # fmt: skip
    back = BackRow(
        "Charlotte Featherstone-Haugh",
        "15",
        "Sun 5 April 2026, 03:22",
        "Not recorded, time is over",
        "Wed 8 April 2026, 03:22",
    )
    sheet = Sheet(
        moment="Tue 7 April 2026, 08:40",
        received=("Westermouth Constabulary up to 7 April 2026",) * 2,
        count=8,
        longer=(),
        rows=(row,) * 8,
        back=(back,) * BACK_ROWS,
        back_more=Named("Also back", ("Charlotte Featherstone-Haugh (Wed 8 April 2026, 03:22)",) * 3),
        named=(),
        sees_reports=True,
    )
    style = (ROOT / "engage" / "web" / "static" / STYLE).read_text(encoding="utf-8")
    file = tmp_path / "copy.html"
    file.write_text(
        render_to_string("missing/copy.html", {"sheet": sheet, "style": style, "area": "Westermouth"}),
        encoding="utf-8",
    )

    offline.goto(file.as_uri())

    assert offline.get_by_role("rowheader", name="Charlotte").count() == 8 + BACK_ROWS
    assert pages_of(offline.pdf(prefer_css_page_size=True)) == 1
