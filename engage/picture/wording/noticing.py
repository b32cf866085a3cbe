"""Which wordings stand in a text, where, and what is better? Nothing is altered, and nobody is stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engage.picture.wording.vocabulary import Wording, Wordings


@dataclass(frozen=True)
class Noticed:
    """A wording and the words by which it was noticed; `start` and `end` count the text's characters (half-open)."""

    wording: Wording
    words: str
    start: int
    end: int


def noticed(text: str, wordings: Wordings) -> tuple[Noticed, ...]:
    """Every wording of the text, each once, in the order of the text."""
    return tuple(sorted(_each(text, wordings), key=lambda one: (one.start, -one.end)))


def _each(text: str, wordings: Wordings) -> Iterator[Noticed]:
    for wording in wordings.wordings:
        found = _compiled(wording.expression).search(text)
        if found:
            start = _beginning(text, found.start())
            yield Noticed(wording, text[start : found.end()], start, found.end())


def _beginning(text: str, at: int) -> int:
    """Where the word begins of which a wording may be the end: of "doesn't engage" the whole is shown."""
    while at and text[at - 1].isalpha():
        at -= 1
    return at


@lru_cache(512)
def _compiled(expression: str) -> re.Pattern[str]:
    # As DuckDB reads it: what is a letter is decided by ASCII alone.
    return re.compile(expression, re.IGNORECASE | re.ASCII)
