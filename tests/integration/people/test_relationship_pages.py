"""Declaring a relationship on pages: from somebody's page, from the list, and ending it; and what a manager is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from engage.governance.models import DeclaredRelationship
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
WORDS = {"nature": "My sister's child", "since": "2010"}


def test_from_somebodys_page_to_nobody_there(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    page = browser.get("/people/ANA/").content.decode()
    assert 'href="/relationships/declare/?about=ANA"' in page
    start = browser.get("/relationships/declare/?about=ANA").content.decode()
    assert 'value="ANA"' in start
    shown = browser.post("/relationships/declare/", {"kind": "person", "person": "ana", **WORDS}, follow=True)
    assert "A person: ana" in shown.content.decode()
    there, nowhere = (browser.get(f"/people/{who}/") for who in ("ANA", "NOBODY"))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert "/people/ANA/" not in browser.get("/people/?q=Ana+Petal").content.decode()


def test_an_address_is_kept_in_the_form_of_places(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    assert "1 Reed Close" in browser.get("/people/ANA/connections/").content.decode()
    given = {"kind": "address", "address": "1 Reed Close", "postcode": "qx1 1aa", **WORDS}
    browser.post("/relationships/declare/", given)
    kept = DeclaredRelationship.objects.get()
    assert kept.key.partition("|")[2] == "QX1 1AA"
    assert kept.called == "1 Reed Close, QX1 1AA"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose a person, an address or a firm."),
        ({"kind": "person"}, "Give the person&#x27;s number."),
        ({"kind": "address", "postcode": "QX1 1AA"}, "Give the first line of the address."),
        ({"kind": "address", "address": "1 Reed Close", "postcode": "nowhere"}, "That is no postcode."),
        ({"kind": "firm", "firm": "Star Cabs", "nature": ""}, "Say what the relationship is."),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    ana: World, sign_in: SignIn, given: dict[str, str], says: str
) -> None:
    shown = sign_in().post("/relationships/declare/", {**WORDS, **given}).content.decode()
    assert "There is a problem" in shown
    assert says in shown
    assert not DeclaredRelationship.objects.exists()


def test_a_manager_ends_it_and_other_agencies_are_told_of_none(ana: World, sign_in: SignIn) -> None:
    sign_in().post("/relationships/declare/", {"kind": "firm", "firm": "Star  Cabs", **WORDS})
    number = DeclaredRelationship.objects.get().pk
    assert sign_in("nurse", "health", "nora").get("/relationships/agency/").status_code == 403
    assert sign_in("social_worker", username="lena").get(f"/relationships/{number}/end/").status_code == 404
    other = sign_in("team_manager", "police", "pete")
    assert "Star Cabs" not in other.get("/relationships/agency/").content.decode()
    manager = sign_in("team_manager", username="boss")
    assert "A firm: Star Cabs" in manager.get("/relationships/agency/").content.decode()
    shown = manager.post(f"/relationships/{number}/end/", {"reason": "Left the firm"}, follow=True)
    assert "by boss: Left the firm" in shown.content.decode()


def test_information_governance_sees_all_for_the_purpose_of_audit(ana: World, sign_in: SignIn) -> None:
    sign_in().post("/relationships/declare/", {"kind": "firm", "firm": "Star Cabs", **WORDS})
    browser = sign_in("information_governance", "police", "ivo")
    assert browser.get("/relationships/all/").status_code == 403
    session = browser.session
    session["purpose"] = "audit"
    session.save()
    assert "A firm: Star Cabs" in browser.get("/relationships/all/").content.decode()
