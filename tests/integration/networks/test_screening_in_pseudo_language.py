"""Every text of the pages of screenings goes through the catalogue: nothing but what sources and people wrote stays English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from engage.networks.models import Screening
from tests.integration.networks.test_networks_in_pseudo_language import DRAWN
from tests.integration.people.test_people_in_pseudo_language import WRITTEN
from tests.integration.web import test_pseudo_language as pages
from tests.integration.web.test_pseudo_language import in_pseudo  # noqa: F401  a fixture
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
ROWS = "Len Pool, 7/7/1990\nMax Tarn\nQQ11 ABC\nOtto Nichts, 7/7/1991"
GIVEN = {
    "whose_list": "Seen here", "why": "Seen here", "purpose": "disruption", "authoriser": "bo", "last_day": "2026-05-01"
}  # fmt: skip
MORE = (
    "Idris Quill",
    "Per Quill",
    "name,licence no",
    "name,born",
    "licence no",
    "name, forename, surname, born, phone, plate",
)


def test_pages_of_screenings(
    two: World,
    sign_in: Callable[..., Client],
    in_pseudo: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN, *DRAWN, *MORE))
    idris = sign_in("detective", "police", "idris")
    bo = sign_in("team_manager", "police", "bo")
    officer = sign_in("information_governance", "police", "per")
    officer.post("/why/", {"purpose": "audit"})
    left: dict[str, Any] = {}

    def look(browser: Client, path: str, given: dict[str, str] | None = None) -> None:
        answer = browser.get(path) if given is None else browser.post(path, given, follow=True)
        assert answer.status_code == 200, path
        left[f"{path} {given}"] = pages._english_left(answer.content.decode())

    look(idris, "/screenings/new/")
    for wrong in (
        "",
        "name,licence no\nLen Pool,7",
        "12-34\nLen Pool, 31/2/1990\n0770",
        "name,born\n,7/7/1990",
    ):
        look(idris, "/screenings/new/", {**GIVEN, "pasted": wrong})
    look(idris, "/screenings/new/", {**GIVEN, "pasted": ROWS})
    number = Screening.objects.get().pk
    look(bo, f"/screenings/{number}/leave/")
    look(bo, f"/screenings/{number}/leave/", {"refuse": "yes"})
    look(bo, f"/screenings/{number}/leave/", {"give": "yes"})
    look(idris, f"/screenings/{number}/run/", {})
    look(idris, f"/screenings/{number}/run/", {})
    for path in ("/screenings/", f"/screenings/{number}/", f"/screenings/{number}/withdraw/"):
        look(idris, path)
    look(bo, f"/screenings/{number}/")
    look(officer, "/screenings/all/")
    look(idris, f"/screenings/{number}/withdraw/", {"reason": "Seen here"})
    assert get_user_model().objects.count() == 3
    assert {page: words for page, words in left.items() if words} == {}
