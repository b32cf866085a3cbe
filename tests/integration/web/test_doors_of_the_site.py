"""Nobody gets further than signing in without signing in, and no page stays behind in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import URLResolver


OPEN_TO_ALL = {
    "pulse",
    "set_language",
    "accept_invitation",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_trust",
    # A partner without an account refers by a link that was made for them, and reads by another what became of it.
    "partner_refer",
    "partner_fate",
}


def _patterns(resolver: URLResolver, asked: dict[str, Any]) -> Iterator[tuple[URLPattern, dict[str, Any]]]:
    for entry in resolver.url_patterns:
        values = {**asked, **_values(entry)}
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, values)
        else:
            yield entry, values


def _values(entry: URLPattern | URLResolver) -> dict[str, Any]:
    samples = {"int": 1, "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
    converted = {name: samples[_kind(converter)] for name, converter in entry.pattern.converters.items()}
    return converted or dict.fromkeys(entry.pattern.regex.groupindex, "1")


def _addresses() -> list[tuple[str, str]]:
    return [
        (str(pattern.name), reverse(str(pattern.name), kwargs=values))
        for pattern, values in _patterns(get_resolver(), {})
    ]


def _kind(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


@pytest.mark.slow
def test_every_address_sends_a_stranger_to_the_sign_in_page(served: Path, db: None) -> None:
    addresses = _addresses()
    answers = {name: Client().get(address) for name, address in addresses}

    unguarded = {
        name
        for name, answer in answers.items()
        if answer.status_code != 302 or reverse("account_login") not in answer["Location"]
    }

    assert len(addresses) > 15
    assert unguarded <= OPEN_TO_ALL


@pytest.mark.slow
def test_no_page_may_be_stored_and_scripts_run_by_nonce_only(sign_in: Callable[..., Client]) -> None:
    browser = sign_in()
    for name, address in _addresses():
        answer = browser.get(address)
        policy = answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store", name
        assert "unsafe" not in policy, name
        assert "default-src 'none'" in policy, name
        assert len(answer["X-Request-ID"]) == 32, name


def test_nobody_can_make_an_account(served: Path, db: None, django_user_model: Any) -> None:
    values = {
        "username": "intruder",
        "password1": "a long enough pass phrase",
        "password2": "a long enough pass phrase",
    }

    page = Client().post(reverse("account_signup"), values)

    assert "By invitation only" in page.content.decode()
    assert not django_user_model.objects.filter(username="intruder").exists()


def test_demo_sign_ins_are_listed_in_the_demo_only(served: Path, db: None, settings: Any) -> None:
    ordinary = Client().get(reverse("account_login")).content.decode()
    settings.ENGAGE_DEMO = True
    demo = Client().get(reverse("account_login")).content.decode()

    assert "Mara Quill" not in ordinary
    assert settings.ENGAGE_DEMO_PASSWORD not in ordinary
    assert "Mara Quill" in demo
    assert "Social worker" in demo


def test_a_wrong_password_is_refused_without_saying_which_part_was_wrong(
    sign_in: Callable[..., Client],
) -> None:
    sign_in()
    known = Client().post(reverse("account_login"), {"login": "mara", "password": "wrong"}).content.decode()
    unknown = (
        Client().post(reverse("account_login"), {"login": "nobody", "password": "wrong"}).content.decode()
    )

    sentence = "The username and/or password you specified are not correct."
    assert sentence in known
    assert sentence in unknown


def test_the_gallery_is_for_the_demo(sign_in: Callable[..., Client], settings: Any) -> None:
    browser = sign_in()
    assert browser.get(reverse("gallery")).status_code == 404
    settings.ENGAGE_DEMO = True
    assert browser.get(reverse("gallery")).status_code == 200
