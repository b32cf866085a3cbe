"""From a person's page to who and what of concern they are linked to, and to charts, and back: without a word to whoever may not see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from engage.governance.models import AuditEvent
from engage.networks.rules import code_of
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
POLICE = ("detective", "police", "idris")
CAR = f"/concern/vehicles/{code_of('vehicle', 'QQ11ABC')}/"


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def links(shown: str) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', shown.partition("<main")[2].partition("</main")[0]))


def test_a_childs_page_leads_to_who_and_what_is_linked_and_from_there_everywhere(
    two: World, sign_in: SignIn
) -> None:
    idris = sign_in(*POLICE)
    for path in ("/people/ANA/", "/people/ANA/connections/"):
        assert {"/concern/of/ANA/", "/charts/?about=person%3AANA"} <= links(page(idris, path))
    shown = page(idris, "/concern/of/ANA/")
    assert {
        "/people/ANA/",
        "/concern/people/MAX/",
        "/concern/people/LEN/",
        CAR,
        "/charts/?about=vehicle%3AQQ11ABC",
    } <= links(shown)
    assert "Max Tarn" in shown
    assert "May Petal" not in shown
    assert "What ties this person to children" not in shown
    assert AuditEvent.objects.filter(action="concern.linked", actor="idris", decision="allow").count() == 1
    assert "/concern/people/MAX/" in links(page(idris, "/concern/of/MAX/"))


def test_pages_of_concern_and_of_groups_lead_to_charts_and_charts_back(two: World, sign_in: SignIn) -> None:
    idris = sign_in(*POLICE)
    assert "/charts/?about=vehicle%3AQQ11ABC" in links(page(idris, CAR))
    assert {"/charts/?about=person%3AMAX", "/people/MAX/"} <= links(page(idris, "/concern/people/MAX/"))
    chart = links(page(idris, "/charts/?about=person:ANA"))
    assert {CAR, "/concern/of/ANA/", "/concern/of/MAX/", "/people/MAX/"} <= chart
    flat = f"/concern/places/{code_of('place', 'flat 2 for ana petal')}/"
    assert "/charts/?about=place%3Aflat+2+for+ana+petal" in links(page(idris, flat))
    # A chart has names: a page without them does not lead to one.
    assert not [href for href in links(page(idris, f"{flat}?names=no")) if href.startswith("/charts/?")]
    listed = page(idris, "/worklist/")
    assert {"/concern/of/ANA/", "/charts/?about=person%3AANA"} <= links(listed)


def test_the_links_of_a_persons_page_say_of_nobody_that_there_is_anything(
    two: World, sign_in: SignIn
) -> None:
    """They stand on everybody's page, in the same words, whether or not anything is linked and whether or not the reader may see it."""
    browsers = sign_in(*POLICE), sign_in("social_worker", "childrens_services", "mara")
    told = set()
    for browser in browsers:
        for who in ("ANA", "MUM", "MAX"):
            answer = browser.get(f"/people/{who}/connections/")
            if answer.status_code == 200:
                found = re.findall(
                    rf'<a class="govuk-link" href="/concern/of/{who}/">([^<]*)<', answer.content.decode()
                )
                told.add(tuple(found))
    assert told == {("People and places of concern that are linked to this person, as far as you may see",)}


def test_what_links_a_child_is_shown_to_nobody_who_may_not_see_it(two: World, sign_in: SignIn) -> None:
    idris, ned = sign_in(*POLICE), sign_in("nurse", "health", "ned")
    assert "/concern/people/MAX/" in links(page(idris, "/concern/of/CAT/"))
    assert not [href for href in links(page(ned, "/concern/of/CAT/")) if href.startswith("/concern/people/")]
    two.people("""
        id | agency | person | name       | born       | handling
        9  | police | SEC    | Sec Hidden | 2010-01-01 | C
    """).served(build_id="b2")
    assert "Sec Hidden" in page(idris, "/concern/of/SEC/")
    hidden, absent = ned.get("/concern/of/SEC/"), ned.get("/concern/of/NOBODY/")
    assert hidden.status_code == absent.status_code == 404
    words = [
        re.sub(r"\s+", " ", unescape(a.content.decode())).partition("<main")[2].partition("</main")[0]
        for a in (hidden, absent)
    ]
    assert words[0] == words[1]
    assert AuditEvent.objects.filter(action="concern.linked", actor="ned", decision="nothing").count() == 2


def test_a_record_that_is_hidden_changes_no_links(two: World, sign_in: SignIn) -> None:
    mara = sign_in("social_worker", "childrens_services", "mara")
    about = "/charts/?about=person:ANA"
    before = (
        links(page(mara, about)),
        page(mara, "/concern/of/ANA/").partition("<main")[2].partition("What this page")[0],
    )
    two.events("""
        id | agency | who                                | kind         | when       | plate   | handling
        x1 | police | police/2 subject, police/5 subject | intelligence | 2026-03-07 | QQ77ZZZ | C
    """)
    for role in two.rows["role"]:
        if role["event_record_id"].endswith(":x1"):
            role["handling"] = "C"
    two.served(build_id="b2")
    after = (
        links(page(mara, about)),
        page(mara, "/concern/of/ANA/").partition("<main")[2].partition("What this page")[0],
    )
    assert after == before
    assert "QQ77ZZZ" in page(sign_in(*POLICE), about)
