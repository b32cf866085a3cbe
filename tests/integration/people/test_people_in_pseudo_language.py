"""Every text of people's pages goes through the catalogue: in a pseudo-language nothing but what sources wrote stays English."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.integration.people.test_recording import record
from tests.integration.web import test_pseudo_language as pages
from tests.integration.web.test_pseudo_language import in_pseudo  # noqa: F401  a fixture
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
# What the drawn records, the area's settings and its mappings say, in their own words.
WRITTEN = (
    "Nowhere", "Nowhere Police", "Nowhere Children's Services", "Nowhere Schools", "Nowhere Health", "The Lantern Project",
    "Exploitation team", "Front door", "Safeguarding lead", "Specialist nurse", "Parent liaison", "Ana Petal", "Anna Petal",
    "Ben Reed", "1 Reed Close, QX1 1AA", "Theft", "Not home", "Spring term", "text-of", "late", "events", "children", "persons", "pupils",
    "child", "victim", "subject", "pupil", "police", "everybody", "sister of", "lives at", "uses", "Rang home", "well",
    "Worried about her", "AB12CDE", "note", "by-hand", "Her aunt said she is",
)  # fmt: skip
PAGES = (
    "/people/?q=Ana+Petal",
    "/people/?q=nobody+at+all",
    "/people/reason/",
    "/people/ANA/",
    "/people/ANA/chronology/?agency=police",
    "/people/ANA/chronology/?as_of=2026-02-03",
    "/people/ANA/chronology/print/",
    "/people/ANA/identity/",
    "/people/ANA/identity/why/",
    "/people/ANA/connections/",
    "/people/ANA/record/",
    "/people/ANA/reason/",
    "/people/ZOE/",
    "/watches/",
    "/watches/new/?kind=person&key=ANA",
    "/watches/new/?kind=vehicle&key=AB12CDE",
    "/watches/1/renew/",
    "/people/join/?left=zz:childrens_services:children:1&right=zz:police:persons:5",
)


def test_people_pages(
    ana: World,
    sign_in: Callable[..., Client],
    in_pseudo: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN))
    browser = sign_in()
    browser.post(
        "/watches/new/", {"kind": "person", "key": "ANA", "why": "Worried about her", "until": "2026-04-20"}
    )
    record(browser)

    left = {page: pages._english_left(browser.get(page).content.decode()) for page in PAGES}

    assert {page: words for page, words in left.items() if words} == {}


def test_what_is_typed_wrongly_is_said_in_the_readers_language(
    ana: World,
    sign_in: Callable[..., Client],
    in_pseudo: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN))
    browser = sign_in()
    sent = (
        browser.post(
            "/people/ANA/record/", {"when": "1/5/2026", "kind": "note", "title": "Rang home", "text": "well"}
        ),
        browser.post("/people/ANA/record/", {"when": "Tuesday"}),
        browser.post("/people/reason/", {"name": "Ana Petal", "born": "1/1/2001", "reason": "well"}),
        browser.post("/people/reason/", {}),
    )

    left = [pages._english_left(answer.content.decode()) for answer in sent]

    assert left == [[], [], [], []]
