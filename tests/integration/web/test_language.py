"""Welsh is offered as soon as its catalogue is there, and not before."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real


def _catalogue(file: Path, texts: dict[str, str]) -> None:
    """Write a compiled gettext catalogue, as msgfmt would."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **texts}.items())
    originals, translations = [[text.encode() for text in side] for side in zip(*pairs, strict=True)]
    start = 28 + 16 * len(pairs)
    table, body = b"", b""
    for text in originals + translations:
        table += struct.pack("<II", len(text), start + len(body))
        body += text + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    file.parent.mkdir(parents=True)
    file.write_bytes(header + table + body)


@pytest.fixture
def welsh(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A catalogue that knows one word of Welsh."""
    _catalogue(
        tmp_path / "locale" / "cy" / "LC_MESSAGES" / "django.mo", {"Sign in": "Mewngofnodi", "Home": "Hafan"}
    )
    settings.LOCALE_PATHS = [str(tmp_path / "locale")]
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    trans_real._translations.clear()
    yield
    trans_real._translations.clear()


@pytest.fixture
def english_only(settings: Any) -> None:
    """No catalogue at all."""
    settings.LANGUAGES = [("en-gb", "English")]


def test_without_a_catalogue_only_english_is_offered(english_only: None, served: Path, db: None) -> None:
    page = Client().get(reverse("account_login"), headers={"accept-language": "cy"}).content.decode()

    assert "Cymraeg" not in page
    assert '<html lang="en-gb"' in page


def test_with_one_a_reader_chooses_and_keeps_it(welsh: None, sign_in: Callable[..., Client]) -> None:
    browser = sign_in()
    assert "Cymraeg" in browser.get(reverse("purpose")).content.decode()

    browser.post(reverse("set_language"), {"language": "cy", "next": reverse("purpose")})
    page = browser.get(reverse("purpose")).content.decode()

    assert '<html lang="cy"' in page
    assert "Hafan" in page
