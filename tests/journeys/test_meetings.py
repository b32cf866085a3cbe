"""A panel of twelve children from its agenda to its minutes, and an invitation that is left out with a sealed reason."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.keys import enter, tick


ROOT = Path(__file__).resolve().parents[2]
# The cases come by the doors, as workers make them; on pages that would be twelve times the journey of a referral.
REFER = """
import json, sys
from pathlib import Path
from engage.cli.opening import open_for_command
opened = open_for_command(Path(sys.argv[1]))
from engage.casework.cases import actions
from engage.casework.cases.actions import About, Written
from engage.vocabulary.access import Viewer, Viewing
from engage.vocabulary.time import london_day
build = opened.warehouse.current()
at = opened.area.clock()
mara = Viewer("mara", "Mara Quill", "childrens_services", "social_worker")
viewing = Viewing(mara, "safeguarding_child", at, london_day(at), "journey")
rows = build.pages().execute(
    "select person_id, min(value) from said where field = 'name' and agency = 'childrens_services' group by 1 order by 1 limit 13"
).fetchall()
made = []
for person, name in rows:
    answers = {"child": name, "worry": "She was collected by a car.", "safe_tonight": "yes", "referrer": "Mara Quill", "reach": "07000 100009", "came": "here"}
    number = actions.refer(
        viewing=viewing, build=build, area=opened.area, about=About("child", person), written=Written("referral", answers)
    )
    made.append((number, name))
print(json.dumps(made))
"""


@pytest.fixture(scope="module")
def cases(site: Any) -> list[tuple[int, str]]:
    """Thirteen children who were referred, the last of whom is not for the panel: what is sealed of a case goes with it, and would wait for the panel's chair. The number of each case, and how the child is called."""
    done = subprocess.run(
        [sys.executable, "-c", REFER, str(site.folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [(number, name) for number, name in json.loads(done.stdout.splitlines()[-1])]


def call(worker: Any, kind: str, numbers: list[int], chair: str) -> str:
    page = worker.page
    by_navigation(page, "Meetings")
    enter(page.get_by_role("button", name="Call a meeting"))
    page.get_by_label("What kind of meeting?").select_option(kind)
    page.get_by_label("Day").fill("2026-04-07")
    page.get_by_label("From").fill("08:00")
    page.get_by_label("Who chairs it?").select_option(chair)
    page.get_by_label("Which cases are on its agenda?").fill(", ".join(map(str, numbers)))
    enter(page.get_by_role("button", name="Call it"))
    expect(page.get_by_text("Now see who holds records, and invite them.")).to_be_visible()
    return str(page.url).split("/", 3)[3].removesuffix("proposed/")


def by_navigation(page: Any, name: str) -> None:
    enter(page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True))


def invite(page: Any) -> None:
    enter(page.get_by_role("button", name="Invite those who are ticked"))
    expect(page.get_by_text("are invited.")).to_be_visible()


def not_told(worker: Any, path: str) -> None:
    worker.open_well(path)
    expect(worker.page.get_by_text("A cousin of the suspect")).to_have_count(0)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_somebody_is_left_out_with_a_sealed_reason(
    visit: Callable[..., Any], cases: list[tuple[int, str]], has_scripts: bool
) -> None:
    worker = visit(java_script_enabled=has_scripts)
    page = worker.page
    worker.sign_in("mara")
    address = call(worker, "Mapping meeting", [cases[-1][0]], "bo")
    faults = worker.axe() if has_scripts else []
    enter(page.get_by_role("link", name="Leave out").last)
    enter(page.get_by_role("button", name="Leave out"))
    expect(page.get_by_role("alert").first).to_contain_text("Fill this in")
    faults += worker.axe() if has_scripts else []
    page.get_by_label("Why are they left out?").fill("A cousin of the suspect works there.")
    tick(page.get_by_label("Seal the reason"))
    enter(page.get_by_role("button", name="Leave out"))
    expect(page.get_by_text("Left out; waits for the chair")).to_be_visible()
    not_told(worker, f"{address}who/")

    chair = visit(java_script_enabled=has_scripts)
    chair.sign_in("bo")
    waits = chair.page.get_by_role("table", name="Left out, for me to sign or decide")
    enter(waits.locator(f'a[href="/{address}who/"]'))
    expect(chair.page.get_by_text("A cousin of the suspect works there.").first).to_be_visible()
    faults += chair.axe() if has_scripts else []
    enter(chair.page.get_by_role("button", name="Sign that"))
    expect(chair.page.get_by_text("Signed, with your name.")).to_be_visible()

    not_told(worker, f"{address}minutes/")
    expect(page.get_by_text("The chair decided.")).to_be_visible()
    assert faults == []


def test_a_panel_on_twelve_children_from_agenda_to_minutes(
    visit: Callable[..., Any], cases: list[tuple[int, str]]
) -> None:
    worker = visit()
    page = worker.page
    worker.sign_in("mara")
    cases = cases[:12]
    numbers = [number for number, _name in cases]
    address = call(worker, "Exploitation panel", numbers, "bo")
    invite(page)
    enter(page.get_by_role("link", name="Agenda", exact=True))
    agenda = page.get_by_role("table", name="Agenda")
    for number, _name in cases:
        expect(agenda.get_by_text(f"case {number}").first).to_be_visible()
    asked(page)
    enter(page.get_by_role("link", name="Agenda", exact=True))
    held(page)
    decided(page, worker, address, cases)
    parts = [
        "",
        "who/",
        "proposed/",
        "round/",
        "record/",
        "pack/",
        "minutes/",
        "attendance/",
        "answer/",
        "said/",
        "write/",
        "decide/",
    ]
    pages = [f"{address}{part}" for part in parts] + [
        "meetings/",
        "meetings/week/?day=2026-04-07",
        "meetings/decisions/?words=car",
    ]
    assert worker.faults(pages) == {}

    chair = visit()
    chair.sign_in("bo")
    # It waits on the chair's day.
    waits = chair.page.get_by_role("table", name="Minutes for me to sign off")
    enter(waits.locator(f'a[href="/{address}record/"]'))
    for number, name in cases:
        expect(chair.page.get_by_text(of_child(number, name))).to_be_visible()
    enter(chair.page.get_by_role("button", name="Sign the minutes off"))
    expect(chair.page.get_by_text("Signed off. Nothing is added any more.")).to_be_visible()
    expect(chair.page.get_by_role("link", name="Keep a decision")).to_have_count(0)


def of_child(number: int, name: str) -> str:
    """What the minutes say of one of the twelve."""
    return f"Of case {number}, {name}: what each agency holds was said."


def asked(page: Any) -> None:
    enter(page.get_by_role("link", name="Information round", exact=True))
    enter(page.get_by_role("link", name="Ask who is invited what they hold"))
    page.get_by_label("What do you ask besides what each holds?").fill("Who drives the car?")
    enter(page.get_by_role("button", name="Ask", exact=True))
    expect(page.get_by_text("No reply").first).to_be_visible()
    enter(page.get_by_role("button", name="Answer for your agency"))
    tick(page.get_by_label("We hold nothing").first)
    enter(page.get_by_role("button", name="Send"))
    expect(page.get_by_text("Holds nothing").first).to_be_visible()


def held(page: Any) -> None:
    enter(page.get_by_role("link", name="Mark it as held"))
    enter(page.get_by_role("button", name="It was held"))
    expect(page.get_by_role("alert").first).to_contain_text(
        "held without children's social care, the police, health"
    )
    enter(page.get_by_role("link", name="Back to the meeting"))
    enter(page.get_by_role("link", name="Say who came"))
    for one in page.get_by_label("Came", exact=True).all():
        tick(one)
    enter(page.get_by_role("button", name="Keep who came"))
    enter(page.get_by_role("link", name="Mark it as held"))
    tick(page.get_by_label("The chair was there"))
    enter(page.get_by_role("button", name="It was held"))
    expect(page.get_by_text("Held. Cases that waited for it have moved on.")).to_be_visible()


def acted(page: Any, case: int) -> None:
    """An action is agreed, from the first decision, and given to a worker."""
    enter(page.get_by_role("link", name="Agree an action"))
    page.get_by_label("Of which case?").select_option(str(case))
    page.get_by_label("What is to be done?").fill("Ask for the camera.")
    page.get_by_label("From which decision?").select_option(index=1)
    page.get_by_label("Which worker?").select_option("mara")
    page.get_by_label("By when?").fill("2026-04-20")
    enter(page.get_by_role("button", name="Keep", exact=True))
    line = (
        page.get_by_role("table", name="Actions by agency")
        .get_by_role("row")
        .filter(has_text="Ask for the camera.")
    )
    expect(line).to_contain_text("Mara Quill")
    expect(line).to_contain_text("Look at the car together.")


def decided(page: Any, worker: Any, address: str, cases: list[tuple[int, str]]) -> None:
    enter(page.get_by_role("link", name="Keep a decision"))
    page.get_by_label("About which case?").select_option(str(cases[3][0]))
    page.get_by_label("What was decided?").fill("Look at the car together.")
    page.get_by_label("Why?").fill("Two agencies saw it.")
    enter(page.get_by_role("button", name="Keep", exact=True))
    enter(page.get_by_role("link", name="Say that somebody does not agree"))
    page.get_by_label("Who does not agree?").fill("Mara Quill")
    page.get_by_label("What do they say?").fill("It is too late.")
    enter(page.get_by_role("button", name="Keep", exact=True))
    expect(page.get_by_role("table", name="Decisions").get_by_text("It is too late.")).to_be_visible()
    acted(page, cases[3][0])
    enter(page.get_by_role("link", name="Write the minutes"))
    page.get_by_label("Confidentiality and conflicts of interest").fill("None was declared.")
    for number, name in cases:
        page.locator(f'[name^="text_{number}_"]').first.fill(of_child(number, name))
    enter(page.get_by_role("button", name="Keep", exact=True))
    expect(page.get_by_text("None was declared.")).to_be_visible()
    enter(page.get_by_role("button", name="Issue the minutes"))
    expect(page.get_by_text("Issued to those who take part.")).to_be_visible()
