"""Every text of the pages of concern and of groups goes through the catalogue: nothing but what sources wrote stays English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from engage.networks import actions
from engage.networks.groups.naming import Found
from engage.networks.rules import code_of
from tests.integration.people.test_people_in_pseudo_language import WRITTEN
from tests.integration.web import test_pseudo_language as pages
from tests.integration.web.test_pseudo_language import in_pseudo  # noqa: F401  a fixture
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
DRAWN = (
    "Bea Reed", "Max Tarn", "May Petal", "Cat Moss", "Sue Worker", "Len Pool", "Flat 2 for", "QQ11ABC", "driver", "passenger", "missing person", "reporting person",
    "Seen here", "Fern", "Bo Quill", "Mara Quill", "2BP", "3DP", "1AC", "Child 1", "flat 2 for ana petal",
)  # fmt: skip
FLAT = code_of("place", "flat 2 for ana petal")
PAGES = (
    "/concern/", "/concern/places/", "/concern/vehicles/", "/concern/phones/", "/concern/people/MAX/", "/concern/people/MAX/decide/", "/concern/people/LEN/decide/",
    "/concern/people/SUE/review/", "/concern/of/ANA/", f"/concern/places/{FLAT}/", f"/concern/places/{FLAT}/?names=no", "/groups/", "/groups/1/", "/groups/7/",
)  # fmt: skip


def test_pages_of_concern_and_of_groups(
    two: World,
    sign_in: Callable[..., Client],
    in_pseudo: None,  # noqa: F811
    viewing: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = datetime(2026, 4, 6, 8, tzinfo=UTC)
    people = Found(frozenset({"MAX", "LEN", "MUM"}), frozenset({"ANA"}))
    actions.name_groups([people], viewing=viewing(), build_id="b1", at=at)
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN, *DRAWN))
    browser = sign_in("team_manager", "police", "bo")
    shown = browser.get("/concern/people/MAX/decide/").content.decode()
    seen = shown.partition('name="seen" value="')[2].partition('"')[0].replace("&quot;", '"')
    browser.post("/concern/people/MAX/decide/", {"reason": "Seen here", "grade": "2BP", "seen": seen})
    browser.post("/concern/people/SUE/review/", {"reason": "Seen here", "review_on": "2026-06-01"})
    browser.post("/groups/1/", {"name": "Fern", "reason": "Seen here"})

    left = {page: pages._english_left(browser.get(page).content.decode()) for page in PAGES}

    assert {page: words for page, words in left.items() if words} == {}


def test_what_is_typed_wrongly_is_said_in_the_readers_language(
    two: World,
    sign_in: Callable[..., Client],
    in_pseudo: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN, *DRAWN))
    browser = sign_in("team_manager", "police", "bo")
    for path, given in (
        ("/concern/people/MAX/decide/", {"reason": "Seen here", "grade": "2BP", "seen": "[]"}),
        ("/concern/people/MAX/decide/", {"grade": "x"}),
        ("/concern/people/SUE/review/", {"reason": "Seen here", "review_on": "2036-06-01"}),
        ("/groups/1/", {"reason": ""}),
    ):
        answer = browser.post(path, given)
        assert answer.status_code == 200
        assert pages._english_left(answer.content.decode()) == [], path
