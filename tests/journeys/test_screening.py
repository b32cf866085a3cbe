"""A social worker asks to screen a list, a manager gives leave in a session of their own, it is run once, read, and withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect


def path_of(page: Any) -> str:
    return str(page.url).split("/", 3)[3]


def ask(worker: Any, lines: str, whose: str) -> None:
    page = worker.page
    worker.open_well("screenings/")
    page.get_by_role("button", name="Ask to screen a list").click()
    page.get_by_label("Whose list is it").fill(whose)
    page.get_by_label("Why is it held").fill("A report that a driver waits for children.")
    page.get_by_label("To disrupt people or places of concern").check()
    page.get_by_label("Whose leave do you ask for?").select_option("Bo Lead")
    page.get_by_label("The list", exact=True).fill(lines)
    page.get_by_role("button", name="Ask for leave").click()


def leads(visit: Callable[..., Any], whose: str, has_scripts: bool) -> Any:
    lead = visit(java_script_enabled=has_scripts)
    lead.sign_in("bo")
    lead.more("Screenings")
    lead.page.get_by_role("table", name="They wait for your leave").get_by_role("link", name=whose).click()
    return lead


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_list_is_asked_for_given_leave_run_and_withdrawn(
    visit: Callable[..., Any], child: Any, has_scripts: bool
) -> None:
    whose = f"New drivers {has_scripts}"
    worker = visit(java_script_enabled=has_scripts)
    page = worker.page
    worker.sign_in("mara")
    ask(worker, f"{child.name}\nOtto Nowhereman, 31/2/1981", whose)
    expect(page.get_by_role("alert").first).to_contain_text("row 2, column born: “31/2/1981” cannot be read.")
    faults = worker.axe() if has_scripts else []
    page.get_by_label("The list", exact=True).fill(f"{child.name}\nOtto Nowhereman, 3/2/1981\n07700 900999")
    page.get_by_role("button", name="Ask for leave").click()
    expect(page.get_by_text("Nothing is looked for until leave is given.")).to_be_visible()
    page.get_by_role("link", name=whose).click()
    expect(page.get_by_role("button", name="Run it now, once")).to_have_count(0)
    address = path_of(page)

    lead = leads(visit, whose, has_scripts)
    expect(lead.page.get_by_text(child.name)).to_have_count(0)
    lead_faults = lead.faults(["screenings/", path_of(lead.page)]) if has_scripts else {}
    give(lead.page)

    worker.open_well(address)
    run_and_read(page, child.name)
    pages = [address, "screenings/", f"{address}withdraw/"]
    assert (faults, lead_faults, worker.faults(pages) if has_scripts else {}) == ([], {}, {})
    lead.open_well(address)
    expect(lead.page.get_by_text("shown to whoever asked, and to nobody else")).to_be_visible()
    worker.open_well(address)
    withdraw(page, child.name)


def give(page: Any) -> None:
    page.get_by_role("button", name="Give leave").click()
    expect(page.get_by_text("You gave leave, with your name.")).to_be_visible()


def run_and_read(page: Any, name: str) -> None:
    page.get_by_role("button", name="Run it now, once").click()
    expect(page.get_by_text("1 row led to something that whoever asked may see.")).to_be_visible()
    expect(page.get_by_text("2 rows led to nothing; nothing else of them is kept.")).to_be_visible()
    expect(page.get_by_text("is no clearance and no “not known”")).to_be_visible()
    expect(page.get_by_role("link", name=name).first).to_be_visible()
    expect(page.get_by_text("Nowhereman")).to_have_count(0)


def withdraw(page: Any, name: str) -> None:
    page.get_by_role("link", name="Withdraw it").click()
    page.get_by_label("Why is it withdrawn?").fill("It was last year's list.")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("The list and what it led to are removed.")).to_be_visible()
    expect(page.get_by_role("link", name=name)).to_have_count(0)


def test_a_manager_refuses_a_file_with_a_reason(visit: Callable[..., Any], tmp_path: Path) -> None:
    worker = visit()
    page = worker.page
    worker.sign_in("mara")
    file = tmp_path / "plates.csv"
    file.write_text("plate,owner\nQQ11 ABC,Otto\n", encoding="utf-8")
    ask(worker, "", "Cars at the park")
    expect(page.get_by_role("alert").first).to_contain_text("Paste the list, or choose a file")
    page.get_by_label("Or a file with it").set_input_files(file)
    page.get_by_role("button", name="Ask for leave").click()
    expect(page.get_by_role("alert").first).to_contain_text("the column “owner” is none that is looked for")
    file.write_text("plate\nQQ11 ABC\n", encoding="utf-8")
    page.get_by_label("Or a file with it").set_input_files(file)
    page.get_by_role("button", name="Ask for leave").click()
    expect(page.get_by_text("Nothing is looked for until leave is given.")).to_be_visible()

    lead = leads(visit, "Cars at the park", has_scripts=True)
    lead.page.get_by_role("button", name="Refuse leave").click()
    expect(lead.page.get_by_role("alert").first).to_contain_text("Say why: others will read it.")
    assert lead.axe() == []
    lead.page.get_by_label("Why do you refuse it?").fill("Ask about the one car.")
    lead.page.get_by_role("button", name="Refuse leave").click()
    expect(lead.page.get_by_text("Refused, with your name and reason.")).to_be_visible()

    worker.open_well("screenings/")
    page.get_by_role("link", name="Cars at the park").click()
    expect(page.get_by_text("Ask about the one car.")).to_be_visible()
    expect(page.get_by_text("nothing of the list is kept")).to_be_visible()
