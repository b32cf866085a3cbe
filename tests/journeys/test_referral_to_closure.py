"""One child from the referral to the closure and back: police, social worker and manager each at their own browser, from signing in to the end."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.desks import Desk, desk
from tests.journeys.filling import fill


__all__ = ["desk"]
# In which role somebody came for each agency.
ROLES = {"Children's Services": "social_worker", "Constabulary": "detective", "Health": "nurse"}
LANES = {"prevent": "She has somebody to talk to at school.", "protect": "Two adults meet her bus.", "pursue": "The driver of the car is spoken to."}  # fmt: skip


def test_a_child_from_referral_to_closure_and_back(desk: Callable[..., Desk]) -> None:
    idris, mara, bo = desk("idris"), desk("mara"), desk("bo")
    number = referred(idris)
    taken_on(mara, number)
    allocated(bo, number)
    discussed(mara, number)
    planned(mara)
    done(idris, mara, bo, number)
    closed(bo, number)
    reopened(idris, number)
    taken_for_another(idris)


def referred(idris: Desk) -> int:
    """From the worklist, with the records that put the child there."""
    idris.main("Worklist")
    idris.press(idris.page.locator("main tbody th a").first)
    idris.follow("Refer to the team, with the records that speak here")
    fill(idris.page, "referral", worry="A man in a car has collected her twice.", came="here")
    idris.send("Send to the team")
    idris.stands("Referral received")
    expect(idris.page.get_by_text("Records that came with it")).to_be_visible()
    return int(re.search(r"/cases/(\d+)/", idris.page.url)[1])  # type: ignore[index]


def open_case(one: Desk, number: int) -> None:
    """From one's own day; where others wait longer, from the whole of a list of it."""
    one.main("Today")
    main = one.page.locator("main")
    link = main.get_by_role("link", name=f"Case {number}", exact=True)
    wholes = [
        str(one.get_attribute("href")) for one in main.get_by_role("link", name=re.compile("^All ")).all()
    ]
    while not link.count():
        one.press(main.locator(f'a[href="{wholes.pop(0)}"]'))
        if not link.count():
            one.main("Today")
    one.press(link.first)


def taken_on(mara: Desk, number: int) -> None:
    """Acknowledged, accepted, screened. That the first clock runs stands beside it."""
    open_case(mara, number)
    expect(mara.page.get_by_role("row").filter(has_text="C1 ").first).to_contain_text("8 April 2026")
    mara.moves("Tell the referrer that it arrived", "acknowledgement")
    mara.stands("Acknowledged")
    mara.moves("Accept", "acceptance", why="Two visits are too many.")
    mara.stands("Accepted")
    mara.moves("Put on the daily discussion", "screening")
    mara.stands("Daily discussion")


def allocated(bo: Desk, number: int) -> None:
    open_case(bo, number)
    bo.moves("Allocate", "allocation", worker="mara", lead="childrens_services")
    bo.stands("Allocated")
    expect(bo.page.get_by_text("Mara Quill").first).to_be_visible()


def discussed(mara: Desk, number: int) -> None:
    """A strategy discussion is refused without health, and held with it."""
    open_case(mara, number)
    mara.moves("Call a strategy discussion", "strategy_decision", invite=["childrens_services", "police", "health"])  # fmt: skip
    mara.stands("Strategy discussion called")
    called(mara, number)
    came(mara, without="Health")
    held(mara)
    expect(mara.page.get_by_role("alert").first).to_contain_text("held without a health practitioner")
    mara.follow("Back to the meeting")
    came(mara, without="")
    held(mara)
    expect(mara.page.get_by_text("Held. Cases that waited for it have moved on.")).to_be_visible()
    open_case(mara, number)
    mara.stands("Strategy discussion held")
    mara.writes("strategy_record", section_47="yes", conference="yes")
    # From the day on which enquiries began: fifteen working days, none of them a weekend.
    expect(mara.page.get_by_role("row").filter(has_text="C5 ").first).to_contain_text("28 April 2026")


def called(mara: Desk, number: int) -> None:
    """The meeting is called from the case, and those who hold records are invited."""
    page = mara.page
    mara.follow("Call a meeting about it")
    page.get_by_label("What kind of meeting?").select_option("Strategy discussion")
    page.get_by_label("Day").fill("2026-04-07")
    page.get_by_label("From").fill("08:00")
    page.get_by_label("Who chairs it?").select_option("bo")
    expect(page.get_by_label("Which cases are on its agenda?")).to_have_value(str(number))
    mara.send("Call it")
    mara.send("Invite those who are ticked")
    mara.follow("Agenda")


def held(mara: Desk) -> None:
    mara.follow("Mark it as held")
    mara.send("It was held")


def came(mara: Desk, *, without: str) -> None:
    """Say who came: everybody who is invited, or everybody but those of one agency."""
    mara.follow("Say who came")
    for group in mara.page.locator("main fieldset").all():
        is_out = bool(without) and without in group.inner_text()
        group.get_by_label("Did not come" if is_out else "Came", exact=True).check()
        for agency, role in ROLES.items():
            if agency in group.inner_text():
                group.get_by_label("In which role").select_option(role)
    mara.send("Keep who came")


def planned(mara: Desk) -> None:
    """A goal in each of the three lanes, then the plan."""
    for lane, different in LANES.items():
        mara.writes("goal", lane=lane, different=different)
    mara.moves("Agree the plan", "plan_agreed", agreed_on="2026-04-07")
    mara.stands("Plan")


def done(idris: Desk, mara: Desk, bo: Desk, number: int) -> None:
    """An action is agreed; while it is open the case does not close. Its owner does it; a goal is reviewed."""
    page = mara.page
    mara.follow("Agree an action")
    page.get_by_label("What is to be done?").fill("Speak to the driver.")
    page.get_by_label("Which worker?").select_option("idris")
    page.get_by_label("By which day?").fill("2026-04-10")
    mara.send("Agree")

    open_case(bo, number)
    expect(bo.page.get_by_text("Actions are still open.")).to_be_visible()
    expect(bo.page.get_by_role("link", name="Close", exact=True)).to_have_count(0)

    idris.main("Today")
    idris.follow("Speak to the driver.")
    idris.page.get_by_label("Done", exact=True).check()
    idris.send("Keep")

    open_case(mara, number)
    mara.writes("goal_review", goal=f"2. {LANES['protect']}", reviewed_on="2026-04-07", how_far="reached")


def closed(bo: Desk, number: int) -> None:
    """Step down, then the questions of the closing check: an empty check closes nothing."""
    open_case(bo, number)
    bo.moves("Step down", "stepping_down")
    bo.stands("Stepping down")
    bo.follow("Close")
    bo.send("Close")
    asked = bo.page.get_by_role("alert").first
    for question in ("lines of enquiry", "account obtained", "suspected spoken to", "disagree"):
        expect(asked).to_contain_text(question)
    fill(bo.page, "closure", why="The driver was charged, and she is back at school.", lines_open="no")
    bo.send("Close")
    bo.stands("Closed")


def reopened(idris: Desk, number: int) -> None:
    """Whoever opens it again sees first how it ended the last time."""
    idris.main("Cases")
    idris.page.get_by_label("State").select_option("Ended")
    idris.send("Show")
    idris.follow(f"Case {number}")
    idris.moves("Reopen", "reopening", new="The car is back.")
    idris.stands("Reopened")
    expect(idris.page.get_by_role("heading", name="How it ended the last time, and why")).to_be_visible()
    expect(idris.page.get_by_text("The driver was charged, and she is back at school.").first).to_be_visible()


def taken_for_another(idris: Desk) -> None:
    """It was another girl after all: the case stays where it is, under the name that it is given."""
    idris.moves("It is not about them after all", "about_another", called="A girl in the park")
    idris.stands("Reopened")
    expect(idris.page.get_by_role("heading", level=1)).to_have_text("Child: A girl in the park")
    expect(idris.page.get_by_role("link", name="Say who this is about")).to_be_visible()
