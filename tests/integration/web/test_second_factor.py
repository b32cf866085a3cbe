"""Where a second factor is required, nobody works without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse


def test_without_a_second_factor_every_page_leads_to_setting_one_up(
    sign_in: Callable[..., Client], settings: Any
) -> None:
    settings.ENGAGE_REQUIRE_MFA = True
    browser = sign_in()

    for name in ("home", "purpose", "account_change_password"):
        assert browser.get(reverse(name))["Location"] == reverse("mfa_index")
    page = browser.get(reverse("mfa_index"))
    assert page.status_code == 200
    assert "Set up a second factor" in page.content.decode()


def test_with_a_second_factor_work_goes_on(
    sign_in: Callable[..., Client], settings: Any, django_user_model: Any
) -> None:
    settings.ENGAGE_REQUIRE_MFA = True
    browser = sign_in()
    TOTP.activate(django_user_model.objects.get(username="mara"), generate_totp_secret())

    assert browser.get(reverse("purpose")).status_code == 200


def test_outside_the_demo_it_is_required_unless_switched_off(monkeypatch: Any) -> None:
    from engage.config import environment

    monkeypatch.delenv("ENGAGE_REQUIRE_MFA", raising=False)
    assert environment.truth("ENGAGE_REQUIRE_MFA", default=True) is True
    monkeypatch.setenv("ENGAGE_REQUIRE_MFA", "0")
    assert environment.truth("ENGAGE_REQUIRE_MFA", default=True) is False
