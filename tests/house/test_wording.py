"""Do the product's own words blame a child? Everything that people read of it passes the check that staff's words pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engage.picture.wording.noticing import noticed
from engage.picture.wording.vocabulary import load
from tests.house import tree
from tools import messages


# What speaks of wordings must write them down; what is looked for in texts, and what the agencies of the made-up town send, is written as
# agencies write it.
EXCEPTED = (
    "engage/picture/wording/", "engage/picture/narrative/phrases/", "engage/picture/missing/stated.yaml", "engage/example/sentences.yaml", "engage/example/town.yaml",
    "docs/how-to/notice-wordings-that-blame.md", "tests/", "tools/",
)  # fmt: skip
READ_BY_PEOPLE = (".html", ".md", ".yaml", ".js", ".txt")


def _texts() -> Iterator[tuple[str, str]]:
    for path in tree.committed():
        name = tree.name(path)
        if (
            path.suffix in READ_BY_PEOPLE
            and not name.startswith(EXCEPTED)
            and "requirements" not in path.parts
        ):
            yield name, path.read_text(encoding="utf-8")
    for (_context, text, plural), message in messages.messages().items():
        places = [place for place in message.places if not place.startswith(EXCEPTED)]
        if places:
            yield f"{places[0]}: {text[:60]}", f"{text}\n{plural}"


def _blaming(texts: Iterator[tuple[str, str]]) -> list[str]:
    known = load()
    return [
        f"{name}: “{one.words}”. {one.wording.better}" for name, text in texts for one in noticed(text, known)
    ]


def test_nothing_that_people_read_blames_a_child():
    assert _blaming(_texts()) == []


def test_titles_and_meanings_of_what_is_looked_for_in_texts_do_not_either():
    themes = [
        key[1]
        for key, message in messages.messages().items()
        if any(messages.THEMES in p for p in message.places)
    ]
    assert len(themes) > 60
    assert _blaming((text[:60], text) for text in themes) == []


def test_what_is_advised_instead_does_not_either():
    advised = [one.better for one in load().wordings]
    assert _blaming((text[:40], _without_quoted(text)) for text in advised) == []


def _without_quoted(text: str) -> str:
    return re.sub("“[^”]*”", "", text)


@pytest.mark.parametrize("kind", READ_BY_PEOPLE[:3])
def test_every_kind_of_file_is_looked_at(kind):
    assert sum(1 for name, _text in _texts() if Path(name).suffix == kind) > 5


def test_the_check_would_find_one():
    (found,) = _blaming(iter([("a page", "She was putting herself at risk.")]))
    assert found.startswith("a page: “putting herself at risk”. Say who or what is dangerous")
