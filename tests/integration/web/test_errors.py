"""An error that somebody caused is a page with a sentence and a remedy; a bug shows nothing of itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client, RequestFactory

from engage.store.warehouse import NoBuild
from engage.web.access.requests import Sentences


def _page(error: Exception) -> HttpResponse | None:
    request: Any = RequestFactory().get("/people/")
    request.resolver_match = None
    return Sentences(lambda _request: HttpResponse()).process_exception(request, error)


def test_a_missing_build_says_how_to_make_one(served: Path) -> None:
    answer = _page(NoBuild("Quayborough has not been built yet.", remedy="Build it with: engage build qx"))

    assert answer is not None
    assert answer.status_code == 503
    assert "Quayborough has not been built yet." in answer.content.decode()
    assert "Build it with: engage build qx" in answer.content.decode()


def test_a_bug_is_left_to_the_servers_own_page(served: Path) -> None:
    assert _page(ZeroDivisionError("secret detail")) is None


def test_an_address_that_does_not_exist_asks_a_stranger_nothing(served: Path, db: None) -> None:
    answer = Client().get("/no-such-page")

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
