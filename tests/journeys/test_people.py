"""What a worker does all day: find a child, see who is involved, read, compare, record, take away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect


def misspelt(name: str) -> str:
    """As somebody heard it on the telephone: the last letter but one is missing from each word."""
    return " ".join(word[:-2] + word[-1] if len(word) > 4 else word for word in name.split())


def agencies(page: Any) -> set[str]:
    """Whose entries a chronology shows."""
    return set(page.locator(".moj-timeline__byline").all_inner_texts())


def _find(page: Any, words: str, child: Any) -> None:
    page.get_by_role("link", name="Engage", exact=True).click()
    page.get_by_label("Name, number, plate, phone or address").fill(words)
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url("**q=**")
    page.locator(f"a[href$='/people/{child.person_id}/']").first.click()
    page.wait_for_url(f"**/people/{child.person_id}/**")


def _show_only(page: Any, agency: str) -> None:
    page.get_by_role("link", name="Chronology", exact=True).click()
    page.wait_for_url("**/chronology/**")
    assert len(agencies(page)) > 2
    page.get_by_text("Show only some agencies, kinds or days").click()
    page.get_by_label(agency).check()
    page.get_by_role("button", name="Show these").click()
    page.wait_for_url("**agency=**")


def test_from_a_misspelt_name_to_who_is_involved_what_happened_and_why_it_is_one_person(
    visit: Callable[..., Any], child: Any
) -> None:
    mara = visit()
    page = mara.page
    mara.sign_in("mara")

    _find(page, misspelt(child.name), child)
    involved = page.get_by_role("table", name="Who is involved")
    assert involved.get_by_role("row").count() >= 4
    assert "07000" in involved.inner_text()

    _show_only(page, "Westermouth Constabulary")
    assert agencies(page) == {"Westermouth Constabulary"}

    page.get_by_role("link", name="Identity and joins").click()
    page.get_by_role("link", name="Why these records are one person").click()
    expect(page.get_by_role("table").first.get_by_text("strongly for").first).to_be_visible()


@pytest.mark.parametrize(("username", "has_scripts"), [("mara", True), ("oren", False)])
def test_what_is_recorded_stands_at_once_and_is_withdrawn(
    visit: Callable[..., Any], child: Any, username: str, has_scripts: bool
) -> None:
    worker = visit(java_script_enabled=has_scripts)
    page = worker.page
    worker.sign_in(username)
    _find(page, child.name, child)

    page.get_by_role("link", name="Record something").click()
    _record(page)
    first = page.locator(".moj-timeline__item").first
    expect(first).to_contain_text("Recorded by hand, not yet in a build")
    expect(first).to_contain_text("Her aunt rang.")

    first.get_by_role("link", name="Withdraw this entry").click()
    page.get_by_label("Why is it withdrawn?").fill("It was her sister.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("Withdrawn. It stands in the chronology no more")).to_be_visible()
    expect(page.get_by_text("Her aunt rang.")).to_have_count(0)


def _record(page: Any) -> None:
    page.get_by_label("What is it?").select_option("note")
    page.get_by_label("In one line").fill("Telephone call")
    page.get_by_label("When did it happen?").fill("6/4/2026 17:30")
    page.get_by_label("What was seen, said or done, and by whom").fill("Her aunt rang.")
    page.get_by_role("button", name="Record", exact=True).click()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_name_is_narrowed_by_what_else_is_known(
    visit: Callable[..., Any], child: Any, has_scripts: bool
) -> None:
    mara = visit(java_script_enabled=has_scripts)
    page = mara.page
    mara.sign_in("mara")
    mara.open("people/")

    page.get_by_label("Name, number, plate, phone or address").fill(misspelt(child.name))
    page.get_by_text("Narrow by birth, street or agency").click()
    page.get_by_label("Day, month or year of birth").fill("1961")
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url("**born=1961**")
    expect(page.locator(f"a[href$='/people/{child.person_id}/']")).to_have_count(0)

    page.get_by_label("Day, month or year of birth").fill("")
    page.get_by_label("Known to").select_option(label="Westermouth Constabulary")
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_url("**agency=**")
    expect(page.locator(f"a[href$='/people/{child.person_id}/']").first).to_be_visible()

    page.get_by_label("Name, number, plate, phone or address").fill("")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Write a name, a number or a street besides.")
    if has_scripts:
        assert mara.axe() == []


def test_by_keyboard_alone_from_the_search_to_a_filtered_chronology(
    visit: Callable[..., Any], child: Any
) -> None:
    mara = visit()
    keys = mara.page.keyboard
    mara.sign_in("mara")
    mara.open("people/")

    _tab_to(mara, "document.activeElement.name === 'q'")
    keys.type(child.name)
    keys.press("Enter")
    mara.page.get_by_role("table").first.wait_for()
    _tab_to(mara, f"(document.activeElement.href || '').endsWith('/people/{child.person_id}/')")
    keys.press("Enter")
    mara.page.get_by_role("heading", name="Who this is").wait_for()
    _tab_to(mara, "document.activeElement.textContent === 'Chronology'")
    keys.press("Enter")
    mara.page.locator(".moj-timeline").wait_for()
    _tab_to(mara, "document.activeElement.matches('main summary')")
    keys.press("Enter")
    _tab_to(mara, "document.activeElement.name === 'agency'")
    keys.press("Space")
    chosen = mara.page.evaluate("document.activeElement.labels[0].innerText.trim()")
    _tab_to(mara, "document.activeElement.textContent.trim() === 'Show these'")
    keys.press("Enter")
    mara.page.wait_for_url("**agency=**")

    assert agencies(mara.page) == {chosen}


def _tab_to(visit: Any, condition: str) -> None:
    """Press Tab until it is so; what has the focus is always seen."""
    for _ in range(60):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate(condition):
            box = visit.page.evaluate(
                "(r => [r.width, r.height])(document.activeElement.getBoundingClientRect())"
            )
            assert min(box) > 0
            return
    pytest.fail(f"sixty steps of Tab did not come to: {condition}")


def test_without_javascript_one_finds_reads_and_filters(visit: Callable[..., Any], child: Any) -> None:
    oren = visit(java_script_enabled=False)
    oren.sign_in("oren")

    _find(oren.page, child.name, child)
    _show_only(oren.page, "Westermouth Constabulary")

    assert agencies(oren.page) == {"Westermouth Constabulary"}


def test_a_persons_pages_have_no_fault_that_axe_finds_and_no_sideways_scroll(
    visit: Callable[..., Any], child: Any
) -> None:
    mara = visit()
    mara.sign_in("mara")
    own = f"people/{child.person_id}/"
    paths = [
        f"people/?q={child.name.split()[-1]}",
        f"people/?q={child.name.split()[-1]}&born=2010&street=Road",
        *(
            own + page
            for page in (
                "",
                "identity/",
                "identity/why/",
                "identity/history/",
                "connections/",
                "record/",
                "reason/",
            )
        ),
        f"{own}chronology/?kind=missing",
        f"{own}?as_of=2025-06-01",
    ]

    assert mara.faults(paths) == {}

    mara.open(own + "record/")
    mara.page.get_by_role("button", name="Record", exact=True).click()
    expect(mara.page.get_by_role("alert")).to_be_visible()
    assert mara.axe() == []
    mara.page.get_by_role("link", name="Choose what it is").click()
    assert mara.page.evaluate("document.activeElement.name") == "kind"


def test_whether_somebody_is_known_is_asked_with_everything_that_is_known(
    visit: Callable[..., Any], child: Any
) -> None:
    mara = visit()
    mara.sign_in("mara")
    mara.open("people/")
    mara.page.get_by_role("link", name="Is this person known?").click()

    mara.page.get_by_role("button", name="Check", exact=True).click()
    expect(mara.page.get_by_role("alert").first).to_contain_text("Nothing was given")
    assert mara.axe() == []

    forename, _, surname = child.name.rpartition(" ")
    mara.page.get_by_label("First name").fill(forename)
    mara.page.get_by_label("Surname").fill(surname)
    mara.page.get_by_role("button", name="Check", exact=True).click()
    found = mara.page.get_by_role("link", name=f"Person {child.person_id}")
    expect(found).to_be_visible()
    assert mara.axe() == []
    assert "known" in mara.page.url
    assert surname not in mara.page.url

    token = next(c["value"] for c in mara.page.context.cookies() if "csrf" in c["name"])
    answer = mara.page.request.post(
        f"{mara.site.address}people/known.json",
        data={"forename": forename, "surname": surname},
        headers={"X-CSRFToken": token, "Referer": mara.page.url},
    ).json()
    (told,) = [one for one in answer["candidates"] if one["person_id"] == child.person_id]
    assert told["weight_bits"] > 0
    assert {"forename", "surname"} <= {one["field"] for one in told["fields"]}
    found.click()
    mara.page.wait_for_url(f"**/people/{child.person_id}/**")


def test_on_paper_a_chronology_says_who_printed_it_and_leaves_out_what_is_for_the_screen(
    visit: Callable[..., Any], child: Any
) -> None:
    mara = visit()
    mara.sign_in("mara")
    mara.open(f"people/{child.person_id}/chronology/print/")
    mara.page.emulate_media(media="print")

    expect(mara.page.get_by_text("Printed by Mara Quill (Social worker")).to_be_visible()
    expect(mara.page.get_by_text("OFFICIAL-SENSITIVE")).to_be_visible()
    expect(mara.page.get_by_role("heading", name=child.name)).to_be_visible()
    expect(mara.page.get_by_role("navigation", name="This person")).not_to_be_visible()
    assert mara.page.locator(".moj-timeline__item").count() > 5
    assert mara.page.pdf().startswith(b"%PDF")


def test_the_spreadsheet_is_taken_away_as_a_file(visit: Callable[..., Any], child: Any) -> None:
    mara = visit()
    mara.sign_in("mara")
    mara.open(f"people/{child.person_id}/chronology/")

    with mara.page.expect_download() as download:
        mara.page.get_by_role("link", name="Take it away as a spreadsheet (CSV)").click()

    assert download.value.suggested_filename == f"chronology-{child.person_id}.csv"


def test_a_name_in_a_text_leads_to_who_it_was_taken_to_be(visit: Callable[..., Any], child: Any) -> None:
    oren = visit()
    oren.sign_in("oren")
    path = f"people/{child.person_id}/chronology/"
    assert oren.faults([path]) == {}
    oren.open_well(path)
    # It stands open for who may say that it is wrong.
    oren.page.locator(".engage-read-list[open]").first.wait_for()
    named = oren.page.locator(".engage-read-list li a").first
    name, page = named.inner_text(), named.get_attribute("href")
    named.click()
    oren.page.wait_for_url(f"**{page}")
    assert name in oren.page.locator("h1").inner_text()
