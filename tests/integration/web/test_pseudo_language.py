"""Every text of the main pages goes through the catalogue: in a pseudo-language nothing but data stays English."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from engage.vocabulary.pseudo import left_in_english, pseudo
from engage.web.templatetags import engage as tags


# What is data, not text: names of the area, its agencies and people, the product's name, verbatim codes.
DATA = (
    "Engage",
    "Quayborough",
    "Quay Police",
    "Children's social care",
    "Mara Quill",
    "mara",
)
PAGES = (
    "home",
    "purpose",
    "access_log",
    "people",
    "people_known",
    "access_log_of_all",
    "invite",
    "deliveries",
    "data_quality",
    "data_quality_joins",
    "account_change_password",
    "mfa_index",
)
HIDDEN = {"script", "style", "noscript"}
VOID = {"br", "hr", "img", "input", "link", "meta"}


class _Words(HTMLParser):
    """The words of a page that somebody sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._within: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._within.append(tag in HIDDEN or ("class", "engage-verbatim") in attrs)
        self.words += [
            value for name, value in attrs if name in {"aria-label", "alt", "title", "data-label"} and value
        ]

    def handle_endtag(self, tag: str) -> None:
        if self._within and tag not in VOID:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._within) and data.strip():
            self.words.append(" ".join(data.split()))


def _english_left(page: str) -> list[str]:
    parser = _Words()
    parser.feed(page)
    text = "\n".join(parser.words)
    data = "|".join(re.escape(datum) for datum in sorted(DATA, key=len, reverse=True))
    return left_in_english(re.sub(rf"\b({data})\b", "", text))


@pytest.fixture
def in_pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text from a catalogue is changed visibly, whatever the language; also what a page before put together in that language and would be kept for it."""
    monkeypatch.setattr(tags._Kept, "render", lambda kept, context: kept._inside.render(context))
    catalogue: Any = translation._trans
    monkeypatch.setattr(catalogue, "gettext", pseudo, raising=False)
    monkeypatch.setattr(catalogue, "pgettext", lambda _context, text: pseudo(text), raising=False)
    monkeypatch.setattr(
        catalogue, "ngettext", lambda one, many, n: pseudo(one if n == 1 else many), raising=False
    )
    monkeypatch.setattr(
        catalogue, "npgettext", lambda _context, one, many, n: pseudo(one if n == 1 else many), raising=False
    )


@pytest.mark.slow
def test_pages_for_a_signed_in_worker(sign_in: Callable[..., Client], in_pseudo: None) -> None:
    browser = sign_in(role="information_governance")
    browser.post(reverse("purpose"), {"purpose": "audit"})

    left = {name: _english_left(browser.get(reverse(name), follow=True).content.decode()) for name in PAGES}

    assert {name: words for name, words in left.items() if words} == {}


def test_pages_for_a_stranger(served: object, db: None, in_pseudo: None) -> None:
    addresses = [
        reverse("account_login"),
        reverse("account_signup"),
        reverse("accept_invitation", args=["x"]),
        "/no-such-page",
    ]

    left = {address: _english_left(Client().get(address).content.decode()) for address in addresses}

    assert {address: words for address, words in left.items() if words} == {}


def test_a_text_that_escaped_would_be_found() -> None:
    assert _english_left(f"<p>{pseudo('Known')} Escaped <b>Engage</b></p>") == ["Escaped"]
