"""The document, the page of wordings and the words before words are kept go through the catalogue whole."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.test import Client

from engage.picture.wording.vocabulary import load
from engage.vocabulary.pseudo import left_in_english
from tests.integration.people.test_people_in_pseudo_language import WRITTEN
from tests.integration.web import test_pseudo_language as pages
from tests.integration.web.test_pseudo_language import in_pseudo  # noqa: F401  a fixture
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SOURCES = tuple({one.source for one in load().wordings})
EXAMPLES = tuple("; ".join(one.examples) for one in load().wordings)
OF_THE_DOCUMENT = ("OFFICIAL-SENSITIVE", "Mara Quill", "build b1", "ANA", "b1", "=Theft", "e1", "e2", "e6", "2BP", "P", "d-police")  # fmt: skip


def english(text: str, data: tuple[str, ...]) -> list[str]:
    """What of a text is neither data nor changed by the catalogue."""
    known = "|".join(re.escape(one) for one in sorted(data, key=len, reverse=True))
    return left_in_english(re.sub(rf"(?<!\w)({known})(?!\w)", "", text))


def test_the_document(
    ana: World,
    sign_in: Callable[..., Client],
    in_pseudo: None,  # noqa: F811
) -> None:
    file: Any = docx.Document(io.BytesIO(sign_in().get("/people/ANA/chronology.docx").content))

    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    texts = [*(line.text for line in file.paragraphs), *cells, file.sections[0].footer.paragraphs[0].text]
    assert len(texts) > 60
    left = [words for text in texts for words in english(text, (*WRITTEN, *OF_THE_DOCUMENT))]
    assert [words for words in left if not re.fullmatch(r"[\W\d]*(events|d-\w+)?[\W\d]*", words)] == []


def test_words_before_words_are_kept(
    ana: World,
    sign_in: Callable[..., Client],
    in_pseudo: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = ("Promiscuous", "absconded")
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN, *SOURCES, *typed))
    asked = {"kind": "note", "title": "Promiscuous", "when": "3/4/2026", "text": "absconded"}

    page = sign_in().post("/people/ANA/record/", asked).content.decode()

    assert "absconded" in page
    assert pages._english_left(page) == []


def test_the_page_of_wordings(
    ana: World,
    sign_in: Callable[..., Client],
    in_pseudo: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "DATA", (*pages.DATA, *WRITTEN, *SOURCES, *EXAMPLES))

    answer = sign_in("team_manager").get("/oversight/wording/")

    assert answer.status_code == 200
    assert pages._english_left(answer.content.decode()) == []
