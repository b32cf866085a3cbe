"""A referral that is declined, and read by its referrer: from both sign-ins to the end without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.journeys.keys import Keys


def test_a_declined_referral_by_tab_enter_and_space_alone(visit: Callable[..., Any]) -> None:
    idris, bo = visit(), visit()
    keys = Keys(idris.page)
    keys.sign_in(idris.site.address + "account/sign-in/", "idris")
    keys.follow("Cases")
    keys.follow("Refer to the team: Child")
    keys.fill("referral", child="Jo, about 13", worry="Jo has two phones.")
    keys.follow("Send to the team")
    number = re.search(r"/cases/(\d+)/", idris.page.url)[1]  # type: ignore[index]

    manager = Keys(bo.page)
    manager.sign_in(bo.site.address + "account/sign-in/", "bo")
    # On the list the newest is the first; on a day it stands behind all that wait longer.
    manager.follow("Cases")
    manager.follow(f"Case {number}")
    manager.follow("Decline")
    manager.fill(
        "declining", to_referrer="Tell her worker when you see a third.", why="Her worker knows of it."
    )
    assert bo.axe() == []
    manager.follow("Decline")
    expect(bo.page.get_by_text("Kept, with your name.")).to_be_visible()

    keys.tab_to(text="More")
    idris.page.keyboard.press("Enter")
    keys.follow("My referrals")
    row = idris.page.get_by_role("region", name=re.compile("^Jo, about 13"))
    expect(row).to_contain_text("The child already has a worker")
    expect(row).to_contain_text("Tell her worker when you see a third.")
    expect(idris.page.get_by_text("Her worker knows of it.")).to_have_count(0)
    assert idris.axe() == []
