"""A declined referral seen by its referrer, a partner who refers by a link, and a return interview that is refused, offered again and held."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect


REFERRAL = {
    "Who is the child?": "Kim, about 14",
    "What worries you?": "A man in a car has collected her twice.",
    "Who are you, and where do you work?": "Tia Marsh, Reed Youth Club",
    "How do we reach you, and when?": "07000 100077, mornings",
}


def _fill(page: Any) -> None:
    for label, words in REFERRAL.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("group", name="Is the child safe tonight?").get_by_label("Yes").check()
    page.get_by_role("group", name="How did this reach the team?").get_by_label("It is written here first").check()  # fmt: skip


def _link(page: Any) -> str:
    """A worker makes a link for Tia."""
    page.get_by_label("Name of the partner").fill("Tia Marsh")
    page.get_by_label("Where they work").fill("Reed Youth Club")
    page.get_by_label("E-mail or phone").fill("tia@reed.example")
    page.get_by_role("button", name="Make the link").click()
    return str(page.locator(".govuk-inset-text .engage-verbatim").inner_text())


def _declines(bo: Any) -> None:
    """A manager declines what was referred of Kim."""
    bo.sign_in("bo")
    bo.page.get_by_role("navigation", name="Main").get_by_role("link", name="Cases", exact=True).click()
    bo.page.get_by_role("row").filter(has_text="Kim, about 14").get_by_role("link").first.click()
    bo.page.get_by_role("link", name="Decline", exact=True).click()
    bo.page.get_by_label("We need to know more before we can decide").check()
    bo.page.get_by_label("What else is the referrer told to do?").fill("Tell us the car.")
    bo.page.get_by_role("group", name="How are they told?").get_by_label("On their page here").check()
    bo.page.get_by_label("Why, for the team?").fill("One visit only.")
    bo.page.get_by_label("What we hold of the child").check()
    bo.page.get_by_role("group", name="Is the child safe tonight?").get_by_label("Yes").check()
    bo.page.get_by_label("What would make us look again?").fill("A plate.")
    bo.page.get_by_role("button", name="Decline").click()


def test_a_partner_by_a_link_and_a_declined_referral_that_its_referrer_reads(
    visit: Callable[..., Any],
) -> None:
    mara = visit()
    page = mara.page
    mara.sign_in("mara")
    mara.more("My referrals")
    page.get_by_role("link", name="Links by which partners without an account refer").click()
    link = _link(page)
    assert mara.axe() == []

    tia = visit()
    tia.page.goto(link)
    assert tia.axe() == []
    _fill(tia.page)
    tia.page.get_by_role("button", name="Send to the team").focus()
    tia.page.keyboard.press("Enter")
    expect(tia.page.get_by_role("heading", name="Your referral", level=1)).to_be_visible()
    expect(tia.page.get_by_text("Received")).to_be_visible()
    second = tia.page.url

    _declines(visit())

    tia.page.goto(second)
    assert tia.axe() == []
    expect(tia.page.get_by_text("Tell us the car.")).to_be_visible()
    expect(tia.page.get_by_text("One visit only.")).to_have_count(0)
    mara.more("My referrals")
    expect(page.get_by_text("We need to know more before we can decide")).to_be_visible()
    assert mara.faults(["referrals/", "referrals/links/", "relationships/", "relationships/declare/"]) == {}


def test_a_return_interview_refused_then_held(visit: Callable[..., Any]) -> None:
    mara = visit()
    page = mara.page
    mara.sign_in("mara")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Missing", exact=True).click()
    table = page.get_by_role("table", name="Back, and the return interview")
    table.get_by_role("link", name=re.compile("^Interview with")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/returns/**")
    here = page.url
    assert mara.axe() == []
    assert mara.faults([here.removeprefix(mara.site.address)]) == {}
    expect(page.get_by_text("Interview due by")).to_be_visible()
    expect(page.get_by_text(re.compile("hours? left|over by|not known"))).not_to_have_count(0)

    _refused(page)
    expect(page.get_by_role("heading", name="Refused", level=2)).to_be_visible()
    expect(page.get_by_text("Refused", exact=True).first).to_be_visible()
    assert mara.axe() == []

    _held(page)
    expect(page.get_by_role("heading", name="Held", level=2)).to_be_visible()

    page.get_by_role("link", name="What was learned from this child's interviews").click()
    expect(page.get_by_text("There was a flat with grown-ups.")).to_be_visible()
    expect(page.get_by_text("Somebody answered the phone for them.")).to_be_visible()
    assert mara.axe() == []
    mara.open_well("missing/")
    expect(table.get_by_text("Held after its time was up", exact=True)).not_to_have_count(0)


def _refused(page: Any) -> None:
    _offered(page, "Refused")
    _moment(page, "answered_at", "10:05")
    page.get_by_role("group", name="Who refused?").get_by_label("The child").check()
    page.get_by_label("What was learned from the offer itself?").fill("Somebody answered the phone for them.")
    page.get_by_label("How and when is it offered again?").fill("On Monday, at school.")
    _told_nobody(page)
    page.get_by_role("button", name="Keep", exact=True).click()


def _held(page: Any) -> None:
    _offered(page, "Accepted")
    _moment(page, "answered_at", "10:05")
    page.get_by_role("group", name="Has it been held?").get_by_label("Yes").check()
    _moment(page, "held_at", "11:00")
    page.get_by_label("Who held it?").fill("Lena of the charity")
    page.get_by_role("group", name="Does whoever held it look after the child?").get_by_label(
        "No", exact=True
    ).check()
    page.get_by_role("group", name="Was the child alone with them?").get_by_label("Yes").check()
    page.get_by_label("What was learned?", exact=True).fill("There was a flat with grown-ups.")
    page.get_by_role("group", name="Did the child tell of harm?").get_by_label("No", exact=True).check()
    _told_nobody(page)
    page.get_by_role("button", name="Keep", exact=True).click()


def _offered(page: Any, answer: str) -> None:
    page.get_by_role(
        "group", name="Does the record of the police say when the child came back?"
    ).get_by_label("Yes").check()
    page.get_by_role("group", name="Was the interview offered?").get_by_label("Yes").check()
    _moment(page, "offered_at", "10:00")
    page.get_by_label("Who offered it, and how?").fill("Mara, by phone")
    page.get_by_role("group", name="What was the answer?").get_by_label(answer, exact=True).check()


def _told_nobody(page: Any) -> None:
    page.get_by_role("group", name="Was anybody told what was learned?").get_by_label(
        "No", exact=True
    ).check()
    page.get_by_label("Why not?").last.fill("The social worker is told on Tuesday.")


def _moment(page: Any, question: str, time: str) -> None:
    """On Monday 6 April 2026."""
    for at, words in enumerate(("6", "4", "2026", time)):
        page.locator(f'[name="{question}_{at}"]').fill(words)
