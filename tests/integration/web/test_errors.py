"""An error that somebody caused is a page with a sentence and a remedy; a bug shows nothing of itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from engage.config import urls
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


@login_not_required
def fails(_request: HttpRequest, status: int) -> HttpResponse:
    """What a page does that has a bug, is sent nonsense, or finds nothing."""
    raise {500: ZeroDivisionError, 400: SuspiciousOperation, 404: Http404}[status]("secret detail")


urlpatterns = [path("fails/<int:status>/", fails), *urls.urlpatterns]


@pytest.mark.urls(__name__)
def test_a_page_of_a_fault_keeps_to_its_own_security_policy(served: Path, db: None) -> None:
    said = {500: "Something went wrong", 400: "The request could not be read", 404: "Page not found"}
    for status, sentence in said.items():
        answer = Client(raise_request_exception=False).get(f"/fails/{status}/")
        page, policy = answer.content.decode(), answer["Content-Security-Policy"]
        assert answer.status_code == status
        assert sentence in page
        assert "secret" not in page
        assert '<html lang="en-gb"' in page
        # A script without a nonce that the policy names is refused by the browser, with a report of an attack that is none.
        scripts = re.findall(r"<script[^>]*>", page)
        nonces = [nonce for one in scripts for nonce in re.findall(r'nonce="([^"]*)"', one) or [""]]
        assert all(nonce and f"'nonce-{nonce}'" in policy for nonce in nonces), status
        assert bool(nonces) == (status != 500)
