"""A passkey is added, then signs its owner in without a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect


PASSWORD = "made-up-town-2026"


def test_a_passkey_is_added_and_signs_in_without_a_password(visit: Callable[..., Any]) -> None:
    idris = visit()
    _give_an_authenticator(idris)
    idris.sign_in("idris")

    idris.open("account/second-factor/webauthn/add/")
    idris.page.get_by_label("Password", exact=True).fill(PASSWORD)
    idris.page.get_by_role("button", name="Confirm").click()
    idris.page.get_by_label("Name").fill("My work laptop")
    idris.page.get_by_label("Passwordless").check()
    idris.page.get_by_role("button", name="Add").click()
    idris.page.get_by_role("heading", name="Recovery codes").wait_for()
    assert idris.axe() == []

    idris.page.get_by_role("button", name="Sign out").click()
    idris.page.get_by_role("button", name="Sign in with a passkey").click()
    idris.page.get_by_role("button", name="Sign out").wait_for()
    expect(idris.page.get_by_text("Idris Vane", exact=True)).to_be_visible()


def _give_an_authenticator(visit: Any) -> None:
    tools = visit.page.context.new_cdp_session(visit.page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
