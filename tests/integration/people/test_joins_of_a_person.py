"""Why records are one person, as a page says it: by whose word, and where it is judged by those who may."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from engage.identities import actions
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
LEFT, RIGHT = "zz:childrens_services:children:1", "zz:police:persons:2"


@pytest.fixture
def judged(ana: World, viewing: Callable[..., Any]) -> World:
    """Two of Ana's records that no build compared, judged to be one person."""
    actions.judge(
        viewing=viewing(user_id="ida"),
        build=ana.warehouse.current(),
        left=LEFT,
        right=RIGHT,
        says="same",
        reason="<b>seen</b> together",
    )
    return ana


def shown(browser: Client, address: str) -> str:
    page = browser.get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_a_join_by_a_person_says_whose_word_it_is_and_why(judged: World, sign_in: SignIn) -> None:
    page = shown(sign_in(), "/people/ANA/identity/why/")

    because = (
        "Joined because ida of Nowhere Children's Services judged so on 7 April 2026: <b>seen</b> together"
    )
    assert because in unescape(page)
    assert "<b>seen</b>" not in page
    assert "The weakest link that holds them together:" in page


def test_who_may_judge_is_led_to_it_from_each_join(judged: World, sign_in: SignIn) -> None:
    browser = sign_in()

    (link,) = re.findall(r'href="(/judging/[^"]*pair=[^"]*)"', shown(browser, "/people/ANA/identity/why/"))
    assert parse_qs(urlsplit(unescape(link)).query)["pair"] == [f"{LEFT}|{RIGHT}"]
    assert browser.get(unescape(link)).status_code == 200


def test_the_notice_that_nobody_has_judged_leads_to_where_it_is_judged(ana: World, sign_in: SignIn) -> None:
    (notice,) = re.findall(
        r'nobody has judged[^<]*<a [^>]*href="([^"]*)">([^<]*)<', shown(sign_in(), "/people/ANA/")
    )

    assert notice == ("/people/ANA/identity/why/", "Judge whether they are one person")


def test_where_it_is_judged_the_notice_does_not_lead_to_the_page_itself(ana: World, sign_in: SignIn) -> None:
    page = shown(sign_in(), "/people/ANA/identity/why/")

    assert "nobody has judged" in page
    assert 'href="/people/ANA/identity/why/">Judge' not in page


def test_who_may_not_judge_is_not_led_to_it(judged: World, sign_in: SignIn) -> None:
    clerk = sign_in("business_support", "childrens_services")

    for address in ("/people/ANA/identity/why/", "/people/ANA/"):
        assert "Judge whether they are one person" not in shown(clerk, address)


def test_the_page_that_compares_two_records_has_the_style_of_its_picture(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/people/join/", {"left": LEFT, "right": RIGHT}).content.decode()

    assert "engage/people.css" in page
