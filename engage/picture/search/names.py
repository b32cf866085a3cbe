"""Which of all the names that anybody bears are near the words that were typed?

Names are compared, not people: there are far fewer of them, and how near one is says nothing of who bears it. A name's words are
found by their spelling; the numbers of the names with each stand together, so that those with all words are had by intersecting.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import permutations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from engage.picture.search import spelling
from engage.vocabulary.letters import plain_words


# A first letter alone is a first letter, and no more.
INITIAL = 80.0
WORDS_MOST = 6
# Nearest words first: when those alone lead to enough names, no others are looked for.
LEVELS = (95.0, 75.0, 0.0)
ENOUGH, COMPARED_MOST = 100, 150
# Of three words typed one may be missing in the name, or unknown to whoever wrote it.
SOME_MISSING = 3
CLOSE_ENOUGH = 65.0
ORDERED_MOST = 5


# The numbers of names, rising; and for each near word how near it is, with the names that have it.
Numbers = npt.NDArray[np.uint32]
Posting = list[tuple[float, Numbers]]
NO_NUMBERS: Numbers = np.empty(0, np.uint32)


class Near(NamedTuple):
    """One whole name: how close it is to all that was typed (0 to 100), and how close it comes to each word."""

    words: str
    closeness: float
    parts: tuple[float, ...]


@dataclass(frozen=True)
class Asked:
    """What was typed, word by word: each with the parts of names near it and how near they are."""

    words: tuple[str, ...]
    near: tuple[dict[str, float], ...]
    # Which names have each part that was looked up so far: other readings of the same words need most of them again.
    having: dict[str, Numbers] = field(default_factory=dict)

    def may_be(self, names: Iterable[str]) -> bool:
        """Somebody of these names may be meant: one is near each word typed but for first letters, of three words or more all but one."""
        have = [word for name in names for word in name.split()]
        missing = sum(
            len(word) > 1 and near.keys().isdisjoint(have)
            for word, near in zip(self.words, self.near, strict=True)
        )
        return missing <= (len(self.words) >= SOME_MISSING)

    def has_near(self, name: str) -> bool:
        """One word of the name is near one that was typed."""
        return not self._any.isdisjoint(name.split())

    @cached_property
    def _any(self) -> frozenset[str]:
        """What is near any word of more than a letter: without one nobody is near."""
        return frozenset().union(
            *(near for word, near in zip(self.words, self.near, strict=True) if len(word) > 1)
        )

    def names(self, names: Sequence[str]) -> list[Near]:
        """How close each of these whole names is to what was typed: every word should be in it; what is more in it counts a little."""
        if not names:
            return []
        (whole,) = cdist([" ".join(self.words)], names, scorer=fuzz.token_sort_ratio)
        of_size: dict[int, list[tuple[int, list[str]]]] = defaultdict(list)
        for at, name in enumerate(names):
            words = name.split() or [""]
            of_size[len(words)].append((at, words))
        parts = np.empty((len(names), len(self.words)))
        for some in of_size.values():
            have = np.array([[self._to_each(word) for word in words] for _at, words in some])
            parts[[at for at, _words in some]] = _each_its_own(have)
        near = 0.9 * parts.mean(axis=1) + 0.1 * whole
        return list(map(Near, names, near.tolist(), map(tuple, parts.tolist())))

    def _to_each(self, word: str) -> tuple[float, ...]:
        """How near a word of a name comes to each word typed. Many names have the same words."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = tuple(
                # Near a single letter is what begins with it.
                near.get(word, INITIAL if len(typed) == 1 and word.startswith(typed) else 0.0)
                for typed, near in zip(self.words, self.near, strict=True)
            )
        return known

    @cached_property
    def _known(self) -> dict[str, tuple[float, ...]]:
        return {}


def asked(pages: sqlite3.Connection, words: str) -> Asked:
    """The words typed, with the parts of names that each may be."""
    plain = tuple(plain_words(words)[:WORDS_MOST])
    # A letter is somebody's first letter only beside a word: alone, or in a number, it is nobody's.
    if all(len(word) == 1 for word in plain):
        return Asked((), ())
    return Asked(
        plain, tuple(spelling.near(pages, word) if len(word) > 1 else {word: 100.0} for word in plain)
    )


def near_names(pages: sqlite3.Connection, typed: Asked) -> tuple[list[Near], bool]:
    """The names near what was typed, closest first, ties by alphabet; and whether there are more, as near as can be, that were not compared."""
    if not typed.words:
        return [], False
    numbers, nearest = _candidates(typed, postings(pages, typed))
    return closest(typed.names(words_of(pages, numbers))), nearest > COMPARED_MOST


def closest(found: Iterable[Near]) -> list[Near]:
    """Those that are close enough, closest first, ties by alphabet."""
    return sorted(
        (n for n in found if n.closeness >= CLOSE_ENOUGH), key=lambda near: (-near.closeness, near.words)
    )


def with_word(pages: sqlite3.Connection, typed: Asked, most: int) -> Iterator[Near]:
    """So many names with the word that the fewest names have, closest first: for people who bear the words in several names."""
    wanted = [posting for posting in postings(pages, typed) if posting]
    if not wanted:
        return
    rarest = min(wanted, key=lambda posting: sum(len(names) for _close, names in posting))
    numbers: list[int] = []
    for _close, names in sorted(rarest, key=lambda pair: -pair[0]):
        numbers += names[:most].tolist()
    found = typed.names(words_of(pages, sorted(set(numbers[:most]))))
    yield from sorted(found, key=lambda near: (-near.closeness, near.words))


def words_of(pages: sqlite3.Connection, numbers: Sequence[int]) -> list[str]:
    """The words of the names of these numbers."""
    rows = pages.execute(
        "select words from written_name where name_number in (select value from json_each(?))",
        [json.dumps(numbers)],
    )
    return [row[0] for row in rows]


def with_exactly(pages: sqlite3.Connection, words: Sequence[str]) -> list[str]:
    """The names that have these words and no others, in whatever order."""
    found = words_of(pages, with_all(pages, words).tolist())
    return [name for name in found if sorted(name.split()) == sorted(words)]


def postings(pages: sqlite3.Connection, typed: Asked) -> list[Posting]:
    """For each word typed, the names that have each of the words near it, with how near that is."""
    letters = {f"{word}*" for word in typed.words if len(word) == 1}
    names = typed.having
    if new := letters.union(*typed.near) - names.keys():
        # A part that nobody bears is not asked for again.
        names |= dict.fromkeys(new, NO_NUMBERS) | with_parts(pages, new)
    return [
        [(INITIAL, names[f"{word}*"])]
        if len(word) == 1
        else [(close, names[part]) for part, close in near.items() if len(names[part])]
        for word, near in zip(typed.words, typed.near, strict=True)
    ]


def with_parts(pages: sqlite3.Connection, parts: Iterable[str]) -> dict[str, Numbers]:
    """The numbers of the names that have each of these parts of names, where somebody bears it."""
    sql = "select part, names from name_part where part in (select value from json_each(?))"
    return {
        part: np.frombuffer(names, np.uint32)
        for part, names in pages.execute(sql, [json.dumps(sorted(parts))])
    }


def _candidates(typed: Asked, postings: Sequence[Posting]) -> tuple[list[int], int]:
    """The numbers of names with a word near each word typed, those with the nearest words first, so many of them; and how many have the
    nearest. Of three words or more, one may be missing. Letters alone are nobody's name."""
    last = max(
        (int(names[-1]) for posting in postings for _close, names in posting if len(names)), default=-1
    )
    have = np.zeros((len(postings), last + 1), np.uint8)
    of_words = [place for place, word in enumerate(typed.words) if len(word) > 1]
    needed = len(postings) - (len(postings) >= SOME_MISSING)
    found: dict[int, None] = {}
    nearest = 0
    for least in LEVELS:
        for place, posting in enumerate(postings):
            for close, names in posting:
                if close >= least or close == INITIAL:
                    have[place, names] = 1
        enough = np.flatnonzero(have.sum(axis=0, dtype=np.uint8) >= needed)
        if len(postings) - len(of_words) >= needed:
            enough = enough[have[np.ix_(np.array(of_words, np.intp), enough)].any(axis=0)]
        nearest = nearest if least < LEVELS[0] else len(enough)
        found |= dict.fromkeys(enough[: COMPARED_MOST + len(found)].tolist())
        if len(found) >= ENOUGH:
            break
    return list(found)[:COMPARED_MOST], nearest


def with_all(pages: sqlite3.Connection, parts: Sequence[str]) -> Numbers:
    """The numbers of the names that have all of these parts, rising."""
    found = with_parts(pages, parts)
    if not found or len(found) < len(set(parts)):
        return NO_NUMBERS
    shortest, *others = sorted(found.values(), key=len)
    for many in others:
        shortest = held(shortest, many)
    return shortest


def held(some: Numbers, many: Numbers) -> Numbers:
    """Those of some numbers that are among many, which rise."""
    if not len(many):
        return NO_NUMBERS
    at = np.minimum(np.searchsorted(many, some), len(many) - 1)
    among: Numbers = some[many[at] == some]
    return among


def _each_its_own(have: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Of names of one number of words: for each word typed how near a word of the name comes to it, each word of the name standing for one
    only. `have`: of each name, for each of its words, how near it comes to each that was typed (names, words, typed)."""
    _names, words, typed = have.shape
    if typed == 1 or max(words, typed) > ORDERED_MOST:
        nearest: npt.NDArray[np.float64] = have.max(axis=1)
        return nearest
    if words < typed:
        # A word that no word of the name is left for has none.
        have = np.pad(have, ((0, 0), (0, typed - words), (0, 0)))
    # Of each name (names, orders, typed): which of its words stands for which that was typed, in every order.
    ordered = have[:, _orders(have.shape[1], typed), np.arange(typed)]
    best = ordered.sum(axis=2).argmax(axis=1)
    own: npt.NDArray[np.float64] = ordered[np.arange(len(best)), best]
    return own


@cache
def _orders(words: int, typed: int) -> npt.NDArray[np.intp]:
    return np.array(list(permutations(range(words), typed)))
