"""Where does a text's every sentence begin and end, and which are its words? Offsets count characters of the text as delivered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


Span = tuple[int, int]


class Word(NamedTuple):
    """A word, a number or a sign of a text, and where it stands (half-open)."""

    text: str
    start: int
    end: int


# A word that is written as a name is.
NAME = re.compile(r"[A-Z][^\W\d_]+(?:[-'\u2019][^\W\d_]+)*$")
_NEXT = r"""(?=["'\u201c\u2018(]?[A-Z£0-9])"""
# What may close a quotation and room, or room with a line's end in it. Every way begins with a sign, so that others are passed by.
_END = re.compile(
    rf"""([\s"'\u201d\u2019)](?:(?<=[.!?]["'\u201d\u2019)])\s+{_NEXT}|(?<=[.!?]\s)\s*{_NEXT}|(?<=\n)\s*|(?<=\s)\s*\n\s*))"""
)
# The same in a text of one line: there are fewer stops than spaces to try it at.
_END_IN_LINE = re.compile(rf"""[.!?](["'\u201d\u2019)]?\s+){_NEXT}""")
# Hasn't is two words, and so is mum's: what is denied, and whose it is, stand apart.
_WORD = re.compile(
    r"£?\d+(?:[.:/,]\d+)*|[^\W\d_]+(?=n['\u2019]t\b)|n['\u2019]t\b|['\u2019](?:s|d|re|ve|ll|m)\b|"
    r"[^\W\d_]+(?:[-&][^\W\d_]+)*(?:['\u2019](?!(?:s|d|re|ve|ll|m|t)\b)[^\W\d_]*)?|\d+|[^\w\s]"
)
# The same where no word has an apostrophe and no letter an accent, in a third of the time.
_PLAIN_WORD = re.compile(r"[A-Za-z]+(?:[-&][A-Za-z]+)*|\d+(?:[.:/,]\d+)*|[^\w\s]")
# A full stop after these, and after an initial, ends no sentence.
_SHORTENED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|St|Rd|Ave|Sgt|DC|DS|DI|PC|approx|no|tel|ref|yrs?|e\.g|i\.e|[a-z])\.$",
    re.IGNORECASE,
)
# None of them is longer, with its full stop.
_SHORT = 7


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence stands; a line's end ends one too."""
    at = 0
    for gap in (_END if "\n" in text else _END_IN_LINE).finditer(text):
        start = gap.start(1)
        if (
            text[start - 1] == "."
            and "\n" not in gap[1]
            and _SHORTENED.search(text, max(at, start - _SHORT), start)
        ):
            continue
        if text[at:start].strip():
            yield at, start
        at = gap.end()
    if text[at:].strip():
        yield at, len(text)


def texts_of(text: str) -> list[str]:
    """The words, numbers and signs of a text, without where they stand."""
    return (_PLAIN_WORD if text.isascii() and "'" not in text else _WORD).findall(text)


def places(text: str, words: Iterable[str]) -> list[Span]:
    """Where each of its words stands."""
    at, found = 0, []
    for word in words:
        # Between words are only spaces and strokes, of which no word is made: the next such signs are it.
        at = text.index(word, at)
        found.append((at, at + len(word)))
        at += len(word)
    return found


def words(text: str, start: int, end: int) -> list[Word]:
    """The words, numbers and signs of a part of a text, with where they stand."""
    return [Word(found[0], found.start(), found.end()) for found in _WORD.finditer(text, start, end)]
