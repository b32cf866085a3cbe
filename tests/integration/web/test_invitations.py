"""The only way in is an invitation, used once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from engage.governance import actions
from engage.governance.models import Invitation
from engage.vocabulary.access import Viewing


WORDS = {"pass_phrase": "herons over the slipway", "again": "herons over the slipway"}


def _invite(viewing: Callable[..., Viewing]) -> str:
    return actions.invite(
        viewing=viewing(role="team_manager", agency="cs"),
        username="nadia",
        name="Nadia Brook",
        agency="cs",
        role="nurse",
    )


def test_an_invited_worker_sets_a_pass_phrase_once_and_signs_in(
    served: Path, db: None, viewing: Callable[..., Viewing]
) -> None:
    address = reverse("accept_invitation", args=[_invite(viewing)])
    stranger = Client()

    assert "nadia" in stranger.get(address).content.decode()
    assert stranger.post(address, WORDS)["Location"] == reverse("account_login")
    signed_in = stranger.post(reverse("account_login"), {"login": "nadia", "password": WORDS["pass_phrase"]})
    assert signed_in["Location"] == reverse("home")
    again = Client().get(address)
    assert again.status_code == 400
    assert "cannot be used" in again.content.decode()


def test_a_weak_or_mistyped_pass_phrase_leaves_the_invitation_open(
    served: Path, db: None, viewing: Callable[..., Viewing], django_user_model: Any
) -> None:
    address = reverse("accept_invitation", args=[_invite(viewing)])

    short = Client().post(address, {"pass_phrase": "short", "again": "short"}).content.decode()
    unlike = Client().post(address, {**WORDS, "again": "something else entirely"}).content.decode()

    assert "There is a problem" in short
    assert "The two are not the same." in unlike
    assert not django_user_model.objects.filter(username="nadia").exists()
    assert Client().get(address).status_code == 200


def test_an_expired_invitation_says_what_to_do(
    served: Path, db: None, viewing: Callable[..., Viewing]
) -> None:
    old = viewing(role="team_manager", agency="cs", at=viewing().at - timedelta(days=8))
    token = actions.invite(viewing=old, username="nadia", name="Nadia Brook", agency="cs", role="nurse")

    page = Client().get(reverse("accept_invitation", args=[token])).content.decode()

    assert "Ask for a new one." in page


def test_signing_in_is_remembered_as_a_visit(
    served: Path, db: None, viewing: Callable[..., Viewing], django_user_model: Any
) -> None:
    stranger = Client()
    stranger.post(reverse("accept_invitation", args=[_invite(viewing)]), WORDS)
    stranger.post(reverse("account_login"), {"login": "nadia", "password": WORDS["pass_phrase"]})

    assert django_user_model.objects.get(username="nadia").this_visit_at == viewing().at


def test_who_may_invite_gets_a_link_that_works_and_others_are_refused(sign_in: Callable[..., Client]) -> None:
    words = {"username": "nadia", "name": "Nadia Brook", "agency": "cs", "role": "nurse"}

    assert sign_in().post(reverse("invite"), words).status_code == 403
    page = (
        sign_in(role="information_governance", username="iggy")
        .post(reverse("invite"), words)
        .content.decode()
    )

    link = re.search(r"http://testserver(/invitations/[^/<]+/)", page)
    assert link is not None
    assert "nadia" in Client().get(link.group(1)).content.decode()


def test_a_team_manager_is_offered_the_own_agency_only_and_cannot_post_another(
    sign_in: Callable[..., Client], django_user_model: Any
) -> None:
    manager = sign_in(role="team_manager", username="marta")
    own = django_user_model.objects.get(username="marta").agency
    page = manager.get(reverse("invite")).content.decode()
    assert re.findall(r'<option value="([^"]+)"', page)[0] == own
    assert "information_governance" not in page
    other = "police" if own != "police" else "cs"
    words = {"username": "nadia", "name": "Nadia Brook", "agency": other, "role": "nurse"}
    manager.post(reverse("invite"), words)
    assert not Invitation.objects.exists()
