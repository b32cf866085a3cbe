"""Every page knows who looks, why, and at the records of which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from engage.web.access import viewing


def _request(user: Any, query: str = "", session: dict[str, str] | None = None) -> Any:
    request = RequestFactory().get("/people/" + query)
    request.user, request.session, request.request_id = user, session or {}, "r1"
    return request


def test_a_viewing_says_who_why_when_and_as_of_which_day(
    sign_in: Callable[..., Client], django_user_model: Any
) -> None:
    sign_in()
    mara = django_user_model.objects.get(username="mara")

    seen = viewing.viewing_of(_request(mara, "?as_of=2026-03-01", {"purpose": "missing_response"}))

    assert (seen.viewer.user_id, seen.viewer.name, seen.viewer.agency, seen.viewer.role) == (
        "mara",
        "Mara Quill",
        "cs",
        "social_worker",
    )
    assert seen.purpose == "missing_response"
    assert seen.as_of == date(2026, 3, 1)
    assert seen.at.isoformat() == "2026-04-07T07:40:00+00:00"
    assert seen.request_id == "r1"


def test_without_signing_in_there_is_no_viewing(served: object) -> None:
    with pytest.raises(PermissionError):
        viewing.viewing_of(_request(AnonymousUser()))


def test_an_impossible_day_is_refused_with_a_remedy(
    sign_in: Callable[..., Client], django_user_model: Any
) -> None:
    sign_in()
    with pytest.raises(viewing.DayWrong, match="Write it as year-month-day"):
        viewing.viewing_of(_request(django_user_model.objects.get(), "?as_of=2026-02-30"))


def test_the_purpose_is_safeguarding_until_another_is_given(sign_in: Callable[..., Client]) -> None:
    browser = sign_in()
    before = browser.get(reverse("purpose")).content.decode()
    answer = browser.post(reverse("purpose"), {"purpose": "disruption", "next": reverse("purpose")})
    after = browser.get(reverse("purpose")).content.decode()

    assert "<strong>To safeguard a child</strong>" in before
    assert answer["Location"] == reverse("purpose")
    assert "<strong>To disrupt people or places of concern</strong>" in after


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_after_giving_a_purpose_one_stays_on_this_site(sign_in: Callable[..., Client], address: str) -> None:
    answer = sign_in().post(reverse("purpose"), {"purpose": "disruption", "next": address})

    assert answer["Location"] == reverse("home")


def test_a_purpose_that_is_not_on_the_list_is_refused(sign_in: Callable[..., Client]) -> None:
    page = sign_in().post(reverse("purpose"), {"purpose": "curiosity"}).content.decode()

    assert "There is a problem" in page
    assert "<strong>To safeguard a child</strong>" in page
