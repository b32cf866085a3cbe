"""What do words with capitals in a row tell by themselves, whatever stands around them? Where they name a place, and which of them somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from engage.picture.mentions.patterns import CAPITAL, Patterns
from engage.picture.mentions.rules import CERTAIN, IF_KNOWN, NOWHERE, Span


_CAPITAL = re.compile(CAPITAL)
# Words that lead to the name of a place and are no part of it; "The" may be.
_LEADS = frozenset(["a", "an", "at", "in", "near", "from", "to", "outside", "by", "on", "inside", "around", "via", "of", "and", "with", "her", "his", "their", "no", "if", "when", "after", "before", "for", "as"])  # fmt: skip
_KEPT = 20_000


class Part(NamedTuple):
    """Words of a run that may be somebody's name, counted from where the run begins: all of them, those of them that are no form of address,
    and which of these is the given and which the family name."""

    start: int
    end: int
    named: tuple[Span, ...]
    is_called: bool
    given: Span
    family: Span


class Run(NamedTuple):
    """Words with capitals in a row. `first`: where the name of a place begins in it; `place`: how surely a word in it tells that it is one,
    None where none does; `is_name`: it may be the name of one that is called by a name alone; `is_street`: it ends as streets do;
    `is_agency`: it ends as agencies do, and has more than that word."""

    first: int
    place: int | None
    is_name: bool
    is_street: bool
    is_agency: bool
    parts: tuple[Part, ...]


class Runs:
    """Tells it by a vocabulary's lists. Texts write few words with a capital, again and again: of each what it tells is kept."""

    def __init__(self, lists: Mapping[str, frozenset[str]], patterns: Patterns) -> None:
        self._lists, self._patterns = lists, patterns
        self._never = (lists["never_names"] | lists["brands"]) - lists["also_words"]
        self._called = lists["titles"] | lists["ranks"]
        self.is_title = lru_cache(_KEPT)(self._is_title)
        self.is_word = lru_cache(_KEPT)(self._is_word)
        self.read = lru_cache(_KEPT)(self._read)

    def begins(self, text: str, start: int, end: int) -> int:
        """Where the name of a place begins, without a word that only leads to it."""
        if " " not in text[start:end]:
            return start
        words = list(_CAPITAL.finditer(text, start, end))
        while len(words) > 1 and words[0][0].lower() in _LEADS:
            words.pop(0)
        return words[0].start() if words else start

    def is_venue(self, name: str) -> bool:
        """A word in it tells that it is a place and not a person, and it is not that word alone."""
        return " " in name and self._patterns.venue.search(name) is not None

    def _is_title(self, word: str) -> bool:
        return word.lower().rstrip(".") in self._called

    def _is_word(self, word: str) -> bool:
        is_initial = len(word) == len("A.") and word.endswith(".")
        return not is_initial and word.lower().replace("\u2019", "'") in self._never

    def _read(self, text: str) -> Run | None:
        """None for a run that is nobody's and nothing's name."""
        if self.is_word(text) or self.is_title(text):
            return None
        words = [found.span() for found in _CAPITAL.finditer(text)]
        first = self.begins(text, 0, len(text))
        name, last = text[first:], text[slice(*words[-1])].lower()
        is_agency = last in self._lists["agencies"]
        place = None
        if not is_agency and self.is_venue(name):
            # Woods and Hill are families, too.
            place = IF_KNOWN if last in self._lists["also_words"] else CERTAIN
        return Run(
            first,
            place,
            not self.is_word(name),
            last in self._lists["streets"],
            is_agency and len(words) > 1,
            tuple(self._part(text, part) for part in self._parts(text, words)),
        )

    def _parts(self, text: str, words: Sequence[Span]) -> Iterator[list[Span]]:
        """The run without the words that are nobody's name: what stands between those. A form of address, and "&", begin another."""
        part: list[Span] = []
        for span in words:
            word = text[slice(*span)]
            is_title = self.is_title(word)
            is_word = self.is_word(word) and not is_title
            if part and (is_word or is_title or "&" in text[part[-1][1] : span[0]]):
                yield from self._unless_title(text, part)
                part = []
            if not is_word:
                part.append(span)
        yield from self._unless_title(text, part)

    def _unless_title(self, text: str, part: list[Span]) -> Iterator[list[Span]]:
        if part and not (len(part) == 1 and self.is_title(text[slice(*part[0])])):
            yield part

    def _part(self, text: str, words: Sequence[Span]) -> Part:
        is_called = len(words) > 1 and self.is_title(text[slice(*words[0])])
        named = words[1:] if is_called else words
        given, family = given_and_family(text, named)
        if is_called and len(named) == 1:
            given, family = NOWHERE, named[0]
        return Part(words[0][0], words[-1][1], tuple(named), is_called, given, family)


def given_and_family(text: str, named: Sequence[Span]) -> tuple[Span, Span]:
    """The given and the family name: the last word, or the one in large letters where the other is not."""
    if len(named) == 1:
        return named[0], NOWHERE
    first, last = named[0], named[-1]
    if (
        text[slice(*first)].isupper()
        and len(text[slice(*first)].rstrip(".")) > 1
        and not text[slice(*last)].isupper()
    ):
        return last, first
    return first, last
