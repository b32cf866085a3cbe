"""Watches as a browser gets them: begun from a person, a tie and a search, told on the home page, and never of what is withheld."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client

from engage.picture.models import Watch
from tests.conftest import NOW
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
TODAY = date(2026, 4, 7)
LATER = """
    id | agency | who              | kind         | title       | when       | received   | handling | plate
    ---+--------+------------------+--------------+-------------+------------+------------+----------+---------
    l1 | police | police/2 subject | crime        | title-of-l1 | 2026-04-06 | 2026-04-07 |          | AB12CDE
    l2 | police | police/2 subject | intelligence | title-of-l2 | 2026-04-06 | 2026-04-07 | C        | ZZ99ZZZ
"""


def begin(browser: Client, kind: str = "person", key: str = "ANA", **more: str) -> str:
    asked = {"kind": kind, "key": key, "why": "Worried about her", "until": "2026-04-20", **more}
    return browser.post("/watches/new/", asked, follow=True).content.decode()


def home(browser: Client) -> str:
    return browser.get("/").content.decode()


def test_a_person_is_watched_from_the_page_and_the_home_page_tells_what_came(
    ana: World, sign_in: SignIn
) -> None:
    mara, idris = sign_in(), sign_in("detective", "police", "idris")
    page = mara.get("/people/ANA/").content.decode()
    address = unescape(re.findall(r'href="(/watches/new/[^"]*)"', page)[0])
    assert "Person: Ana Petal" in mara.get(address).content.decode()

    for browser in (mara, idris):
        assert "You watch it now." in begin(browser)
        assert "Of 1 that you watch nothing new is shown to you." in home(browser)
    ana.events(LATER).served(TODAY, build_id="b2")

    for browser, count in ((mara, 2), (idris, 4)):
        assert f"{count} things from Nowhere Police, the last received 7 April 2026" in home(browser)
        assert re.search(r'href="/watches/#watch-\d+"', home(browser))
    listed = mara.get("/watches/").content.decode()
    assert "Crime, Vehicles" in listed
    assert "ntelligence" not in listed
    assert "ZZ99ZZZ" not in listed
    assert "Intelligence" in idris.get("/watches/").content.decode()


def test_it_is_seen_renewed_and_ended_by_buttons(ana: World, sign_in: SignIn) -> None:
    mara = sign_in()
    begin(mara)
    ana.events(LATER).served(TODAY, build_id="b2")
    first = Watch.objects.get().pk
    state = re.findall(r'name="state" value="(\w+)"', mara.get("/watches/").content.decode())[0]

    wrong = mara.post(f"/watches/{first}/seen/", {"state": "x"}, follow=True).content.decode()
    seen = mara.post(f"/watches/{first}/seen/", {"state": state}, follow=True).content.decode()
    unsaid = mara.post(f"/watches/{first}/renew/", {"why": "", "until": "2026-05-01"}).content.decode()
    far = mara.post(f"/watches/{first}/renew/", {"why": "Still", "until": "2027-05-01"}).content.decode()
    renewed = mara.post(f"/watches/{first}/renew/", {"why": "Still", "until": "2026-05-01"}, follow=True).content.decode()  # fmt: skip
    again = mara.post(f"/watches/{first}/end/", follow=True).content.decode()
    ended = mara.post(f"/watches/{first + 1}/end/", follow=True).content.decode()

    assert "Something else has come since you looked." in wrong
    assert "Marked as seen." in seen
    assert "Nothing new that you may see since you last looked." in seen
    assert "Say why you watch this." in unsaid
    assert "90 days from now at most" in far
    assert "1 May 2026" in renewed
    assert "You have no watch of that number" in again
    assert "Ended. That you watched it, and why, stays in the record." in ended
    assert "You watch nothing." in ended
    assert Watch.objects.count() == 2


def test_what_stands_among_the_ties_and_what_was_searched_for_can_be_watched(
    ana: World, sign_in: SignIn
) -> None:
    mara = sign_in()
    ties = mara.get("/people/ANA/connections/").content.decode()
    offered = [unescape(one) for one in re.findall(r'href="(/watches/new/[^"]*)"', ties)]
    assert any("kind=place&key=1+reed+close%7CQX1+1AA" in one for one in offered)
    assert any("kind=phone&key=07000123456" in one for one in offered)
    assert "Place: 1 Reed Close, QX1 1AA" in begin(mara, "place", "1 reed close|QX1 1AA")

    found = mara.get("/people/?q=AB12+CDE").content.decode()
    assert "Watch this plate" in found
    assert "Watch this name" not in found
    assert "Vehicle: ab12 cde" in begin(mara, "vehicle", "ab12 cde")
    assert "You watch this already." in begin(mara, "vehicle", "AB12CDE")


def test_a_watch_that_has_expired_says_so_and_tells_nothing(ana: World, sign_in: SignIn) -> None:
    mara = sign_in()
    made = {
        "why": "Worried",
        "purpose": "safeguarding_child",
        "agency": "childrens_services",
        "made_at": NOW - timedelta(days=30),
    }
    for key, expires_on in (("ANA", TODAY), ("BEN", TODAY + timedelta(days=1))):
        Watch.objects.create(
            kind="person",
            key=key,
            owner="mara",
            expires_on=expires_on,
            seen_delivery=0,
            seen_entry=0,
            **made,
        )
    ana.events(LATER).served(TODAY, build_id="b2")

    page = mara.get("/watches/").content.decode()

    assert page.count("It tells nothing any more.") == 1
    assert page.count("Nothing new that you may see since you last looked.") == 1
    assert "Crime" not in page
    assert "1 watch has expired and tells nothing." in home(mara)


@pytest.mark.parametrize(
    "address", ["/watches/new/", "/watches/new/?kind=secret&key=x", "/watches/new/?kind=name"]
)
def test_there_is_no_page_to_watch_nothing(ana: World, sign_in: SignIn, address: str) -> None:
    assert sign_in().get(address).status_code == 404


def test_somebody_of_whom_nothing_is_shown_cannot_be_watched_nor_named(ana: World, sign_in: SignIn) -> None:
    mara = sign_in()

    page = mara.get("/watches/new/?kind=person&key=DEE").content.decode()
    answer = mara.post("/watches/new/", {"kind": "person", "key": "DEE", "why": "x", "until": "2026-04-20"})

    assert "Ashby" not in page
    assert answer.status_code == 404
    assert not Watch.objects.exists()


def test_a_role_that_watches_nothing_is_offered_nothing(ana: World, sign_in: SignIn) -> None:
    clerk = sign_in("business_support", "childrens_services", "bea")

    for address in ("/", "/people/ANA/", "/people/ANA/connections/", "/people/?q=Ana"):
        assert "/watches/" not in clerk.get(address).content.decode()
    assert clerk.get("/watches/").status_code == 403
    assert clerk.post("/watches/new/", {"kind": "person", "key": "ANA", "why": "x", "until": "2026-04-20"}).status_code == 403  # fmt: skip


def test_information_governance_lists_all_watches_and_others_do_not(ana: World, sign_in: SignIn) -> None:
    mara = sign_in()
    begin(mara)
    begin(mara, "name", "Sol Quandle")
    lead = sign_in("information_governance", "childrens_services", "per")
    session = lead.session
    session["purpose"] = "audit"
    session.save()

    page = lead.get("/watches/all/").content.decode()

    assert "Worried about her" in page
    assert '<span class="engage-verbatim">ANA</span>' in page
    assert "Quandle" not in page.split("<main")[1]
    assert 'href="/watches/all/"' in lead.get("/access-log/").content.decode()
    assert mara.get("/watches/all/").status_code == 403


def test_a_vehicle_that_nobody_was_seen_in_is_told_by_the_record_to_ask_for(
    ana: World, sign_in: SignIn
) -> None:
    mara = sign_in()
    begin(mara, "vehicle", "AB12CDE")
    ana.events("""
        id | agency | who | kind         | title  | when       | received   | plate   | text
        ---+--------+-----+--------------+--------+------------+------------+---------+-----
        p1 | police |     | stop         | Parked | 2026-04-06 | 2026-04-07 | AB12CDE |
        p2 | police |     | intelligence | Told   | 2026-04-06 | 2026-04-07 |         | Somebody drove AB12CDE away.
    """).read().served(TODAY, build_id="b2")

    listed = mara.get("/watches/").content.decode()

    assert "No person in police:events:p1" in listed
    assert "Named, or perhaps named, in a text (Intelligence)" in listed
    assert "/people//" not in listed
