"""Who may judge, and what the pages do with what is no question."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse


def test_whoever_may_not_judge_is_refused_and_is_not_offered_it(sign_in: Callable[..., Client]) -> None:
    browser = sign_in(role="business_support")

    assert browser.get(reverse("judging")).status_code == 403
    assert reverse("judging") in sign_in(username="ines").get(reverse("people")).content.decode()
    assert reverse("judging") not in browser.get(reverse("people")).content.decode()


def test_what_names_no_pair_is_not_found(sign_in: Callable[..., Client]) -> None:
    browser = sign_in()

    for address in ("", "?pair=one", "?pair=a|b|c"):
        assert browser.get(reverse("judging_question") + address).status_code == 404
