"""Everybody sees what they themselves looked at; only an auditor, for that purpose, sees what others did."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.test import Client
from django.urls import reverse

from engage.governance import actions
from engage.vocabulary.access import Viewing


def _looked(viewing: Callable[..., Viewing], user_id: str, subject: str) -> None:
    actions.record_view(
        viewing=viewing(user_id=user_id),
        action="person.view",
        subject=subject,
        fields=["name"],
        decision="allow",
    )


def test_my_log_holds_my_views_and_nobody_elses(
    sign_in: Callable[..., Client], viewing: Callable[..., Viewing]
) -> None:
    browser = sign_in()
    _looked(viewing, "mara", "P0000001A")
    _looked(viewing, "somebody.else", "P0000002B")

    page = browser.get(reverse("access_log")).content.decode()

    assert "P0000001A" in page
    assert "P0000002B" not in page
    assert "To safeguard a child" in page


def test_an_auditor_sees_everybodys_log_only_for_the_purpose_of_audit(
    sign_in: Callable[..., Client], viewing: Callable[..., Viewing]
) -> None:
    _looked_by_another = "P0000002B"
    browser = sign_in(role="information_governance")
    _looked(viewing, "somebody.else", _looked_by_another)

    refused = browser.get(reverse("access_log_of_all"))
    browser.post(reverse("purpose"), {"purpose": "audit"})
    shown = browser.get(reverse("access_log_of_all"), {"actor": "somebody.else"}).content.decode()

    assert refused.status_code == 403
    assert _looked_by_another not in refused.content.decode()
    assert _looked_by_another in shown
    assert "somebody.else" in shown


def test_the_way_to_everybodys_log_asks_first_for_the_purpose_without_which_it_is_refused(
    sign_in: Callable[..., Client],
) -> None:
    browser = sign_in(role="information_governance")
    asks = f"{reverse('purpose')}?next={quote(reverse('access_log_of_all'), safe='')}"

    before = browser.get(reverse("access_log")).content.decode()
    given = browser.post(asks, {"purpose": "audit", "next": reverse("access_log_of_all")}, follow=True)
    after = browser.get(reverse("access_log")).content.decode()

    assert f'href="{asks}"' in before
    assert given.status_code == 200
    assert given.redirect_chain[-1][0] == reverse("access_log_of_all")
    assert f'href="{reverse("access_log_of_all")}"' in after


def test_a_worker_who_asks_for_everybodys_log_is_refused_and_that_is_written(
    sign_in: Callable[..., Client],
) -> None:
    browser = sign_in()
    browser.post(reverse("purpose"), {"purpose": "audit"})

    assert browser.get(reverse("access_log_of_all")).status_code == 403
    assert "Read the access log" in browser.get(reverse("access_log")).content.decode()
