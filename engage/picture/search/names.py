"""Which of all the names that anybody bears are near the words that were typed?

Names are compared, not people: there are far fewer of them, and how near one is says nothing of who bears it. A name's words are
found by their spelling; the numbers of the names with each stand together, so that those with all words are had by intersecting.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np
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


@dataclass(frozen=True)
class Near:
    """One whole name: how close it is to all that was typed (0 to 100), and how close it comes to each word."""

    words: str
    closeness: float
    parts: tuple[float, ...]


@dataclass(frozen=True)
class Asked:
    """What was typed, word by word: each with the parts of names near it and how near they are."""

    words: tuple[str, ...]
    near: tuple[dict[str, float], ...]

    def names(self, names: Sequence[str]) -> list[Near]:
        """How close each of these whole names is to what was typed: every word should be in it; what is more in it counts a little."""
        if not names:
            return []
        (whole,) = cdist([" ".join(self.words)], names, scorer=fuzz.token_sort_ratio).tolist()
        return [self._near(words, alike) for words, alike in zip(names, whole, strict=True)]

    def _near(self, words: str, alike: float) -> Near:
        have = words.split() or [""]
        parts = _each_its_own(
            [
                [near.get(word, 0.0) for word in have]
                if len(typed) > 1
                # Near a single letter is what begins with it.
                else [near.get(word, INITIAL if word.startswith(typed) else 0.0) for word in have]
                for typed, near in zip(self.words, self.near, strict=True)
            ]
        )
        return Near(words, 0.9 * sum(parts) / len(parts) + 0.1 * alike, parts)


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
        numbers += names[:most]
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
    parts = pages.execute(
        "select names from name_part where part in (select value from json_each(?))",
        [json.dumps(sorted(set(words)))],
    ).fetchall()
    if len(parts) < len(set(words)):
        return []
    numbers = sorted(_in_all(set(array("I", part[0])) for part in parts))
    return [name for name in words_of(pages, numbers) if sorted(name.split()) == sorted(words)]


Posting = list[tuple[float, "array[int]"]]


def postings(pages: sqlite3.Connection, typed: Asked) -> list[Posting]:
    """For each word typed, the names that have each of the words near it, with how near that is."""
    wanted = {part for near in typed.near for part in near} | {
        f"{word}*" for word in typed.words if len(word) == 1
    }
    names = {
        row[0]: array("I", row[1])
        for row in pages.execute(
            "select part, names from name_part where part in (select value from json_each(?))",
            [json.dumps(sorted(wanted))],
        )
    }
    return [
        [(INITIAL, names.get(f"{word}*", array("I")))]
        if len(word) == 1
        else [(close, names[part]) for part, close in near.items() if part in names]
        for word, near in zip(typed.words, typed.near, strict=True)
    ]


def _candidates(typed: Asked, postings: Sequence[Posting]) -> tuple[list[int], int]:
    """The numbers of names with a word near each word typed, those with the nearest words first, so many of them; and how many have the
    nearest. Of three words or more, one may be missing."""
    found: dict[int, None] = {}
    nearest = 0
    for least in LEVELS:
        sets = [
            posting[0][1]
            if len(word) == 1
            else set[int]().union(*(names for close, names in posting if close >= least or close == INITIAL))
            for word, posting in zip(typed.words, postings, strict=True)
        ]
        ways = combinations(sets, len(sets) - 1) if len(sets) >= SOME_MISSING else [sets]
        found |= dict.fromkeys(sorted(set[int]().union(*(_in_all(way) for way in ways))))
        nearest = nearest if least < LEVELS[0] else len(found)
        if len(found) >= ENOUGH:
            break
    return list(found)[:COMPARED_MOST], nearest


def _in_all(numbers: Iterable[set[int] | array[int]]) -> set[int]:
    """What is in each of the sets and arrays; the names with a first letter are many, and are only looked into. Letters alone are
    nobody's name."""
    every = list(numbers)
    sets = sorted((one for one in every if isinstance(one, set)), key=len)
    if not sets:
        return set()
    common = sets[0].intersection(*sets[1:])
    for many in (one for one in every if not isinstance(one, set)):
        common = held(common, many)
    return common


def held(some: set[int], many: array[int]) -> set[int]:
    """Those of some numbers that are among many, which rise."""
    if not some or not many:
        return set()
    wanted, among = np.fromiter(some, dtype=np.uint32, count=len(some)), np.frombuffer(many, dtype=np.uint32)
    at = np.minimum(np.searchsorted(among, wanted), len(among) - 1)
    return set(wanted[among[at] == wanted].tolist())


def _each_its_own(near: list[list[float]]) -> tuple[float, ...]:
    """For each word typed how near a word of the name comes to it, each word of the name standing for one only."""
    size = len(near[0])
    if len(near) == 1:
        return (max(near[0]),)
    if size > ORDERED_MOST or len(near) > ORDERED_MOST:
        return tuple(max(row) for row in near)
    nearest = [max(row) for row in near]
    taken = [row.index(best) for row, best in zip(near, nearest, strict=True) if best > 0]
    if len(set(taken)) == len(taken):
        return tuple(nearest)
    columns = [*range(size), *[-1] * max(0, len(near) - size)]
    return max(
        (tuple(row[at] if at >= 0 else 0.0 for row, at in zip(near, order, strict=False))
         for order in permutations(columns, len(near))), key=sum,
    )  # fmt: skip
