"""A child comes back on Good Friday: the 72 hours of the return interview run through the holiday, the fifteen working days stand still over it.

The site is opened twice, as it stands on Easter Saturday in the morning and on Easter Monday before noon; in between nobody writes anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import expect

from tests.journeys.desks import Desk, desk
from tests.journeys.filling import fill
from tests.made_once import small_town


__all__ = ["desk"]
SATURDAY, MONDAY = "2026-04-04T09:30:00+01:00", "2026-04-06T11:30:00+01:00"
AT_HOME = (("missing", "Missing from home", "2/4/2026 18:00"), ("found", "Found at the bus station", "3/4/2026 20:00"))  # fmt: skip
TOLD = {"told": "yes", "told_who": "Her social worker"}


@pytest.fixture
def at(serve: Callable[..., Any], tmp_path: Path) -> Callable[[str], Any]:
    """The site as it stands at a moment."""
    folder = tmp_path / "area"
    small_town(folder)

    def start(moment: str) -> Any:
        settings = yaml.safe_load((folder / "area.yaml").read_text(encoding="utf-8"))
        (folder / "area.yaml").write_text(yaml.safe_dump({**settings, "stands_at": moment}), encoding="utf-8")
        return serve(folder=folder, ENGAGE_DEMO="1")

    return start


def test_back_on_good_friday_refused_on_saturday_and_held_on_easter_monday(
    at: Callable[[str], Any], desk: Callable[..., Desk]
) -> None:
    saturday = at(SATURDAY)
    name = came_back(desk("ellery", saturday))
    refused(desk("adeyinka", saturday), name)

    monday = at(MONDAY)
    held(desk("adeyinka", monday), name)
    others_are_late(desk("whitlock", monday))


def came_back(ellery: Desk) -> str:
    """The police write down that a child was missing since Thursday and came back on Good Friday at eight in the evening."""
    ellery.main("Worklist")
    ellery.press(ellery.page.locator("main tbody th a").first)
    name = str(ellery.page.get_by_role("heading", level=1).inner_text())
    for kind, title, when in AT_HOME:
        ellery.follow("Record something")
        ellery.page.get_by_label("What is it?").select_option(kind)
        ellery.page.get_by_label("In one line").fill(title)
        ellery.page.get_by_label("When did it happen?").fill(when)
        ellery.page.get_by_label("What was seen, said or done").fill("As her mother told us.")
        ellery.send("Record")
    return name


def refused(adeyinka: Desk, name: str) -> None:
    """58 of the 72 hours are left on Saturday morning. She is referred, enquiries began on Thursday; the offer is refused, which is an outcome."""
    page = adeyinka.page
    interview(adeyinka, name)
    expect(page.locator("dl").first).to_contain_text("Mon 6 April 2026, 20:00")
    expect(page.locator("dl").first).to_contain_text("58 hours left")
    adeyinka.follow(name)
    adeyinka.follow("Refer to the team")
    fill(page, "referral")
    adeyinka.send("Send to the team")
    adeyinka.writes("statutory_step", step="section_47_started", step_on="2026-04-02")
    # Neither Good Friday nor Easter Monday is a working day: without them it would be Thursday 23 April.
    expect(clock(page, "C5b")).to_contain_text("Monday 27 April 2026")
    interview(adeyinka, name)
    fill(
        page, "return_interview", by_hand="yes", offered_at="2026-04-04T09:10", answer="refused", answered_at="2026-04-04T09:15",
        offer_learned="A man answered her phone.", offered_again="On Monday, with her aunt.", told_at="2026-04-04T09:20", **TOLD,
    )  # fmt: skip
    adeyinka.send("Keep")
    expect(page.get_by_role("heading", name="Refused", level=2)).to_be_visible()


def held(adeyinka: Desk, name: str) -> None:
    """Offered again on Monday, and held nine hours before time was up; what was learned and who was told can be read."""
    page = adeyinka.page
    interview(adeyinka, name)
    fill(
        page, "return_interview", by_hand="yes", offered_at="2026-04-06T10:00", answer="accepted", answered_at="2026-04-06T10:05", held_at="2026-04-06T11:00",
        held_by="Joss Bellamy of the charity", carer="no", learned="She was driven to a flat.", harm="no", told_at="2026-04-06T11:20", **TOLD,
    )  # fmt: skip
    adeyinka.send("Keep")
    expect(page.get_by_role("heading", name="Held", level=2)).to_be_visible()
    adeyinka.follow("What was learned from this child's interviews, and who was told")
    for words in ("A man answered her phone.", "She was driven to a flat.", "Her social worker"):
        expect(page.locator("main")).to_contain_text(words)
    adeyinka.main("Missing")
    row = page.locator("#back").get_by_role("row").filter(has_text=name)
    for words in ("Held in time", "Mon 6 April 2026, 20:00", "Tomi Adeyinka, Mon 6 April 2026, 11:00"):
        expect(row).to_contain_text(words)


def others_are_late(whitlock: Desk) -> None:
    """Whoever came back on Wednesday and was not spoken to by Saturday is late: a weekend stops no hours."""
    page = whitlock.page
    whitlock.main("Missing")
    row = page.locator("#back").get_by_role("row").filter(has_text="Sat 4 April 2026, 15:48")
    expect(row).to_contain_text("Not recorded, time is over")
    whitlock.press(row.get_by_role("link", name=re.compile("^Interview with")))
    expect(page.locator("dl").first).to_contain_text("over by 43 hours")


def interview(one: Desk, name: str) -> None:
    one.main("Missing")
    one.follow(f"Interview with {name}")


def clock(page: Any, code: str) -> Any:
    """The row of a clock on the page of a case."""
    return page.get_by_role("row").filter(has_text=f"{code} ").first
