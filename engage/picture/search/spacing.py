"""Which names are near what was typed, when its words are run together or taken apart otherwise?

Mc Donald is McDonald, Maryjane is Mary Jane, and one man is Abdul Rahman here and Abdulrahman there. What is typed is read in these
ways too, where parts of names that somebody bears make one. Names need no further index for that: a word that stands for two is
looked for as two neighbours, two words that stand for one as one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np

from engage.picture.search import names, spelling
from engage.picture.search.names import CLOSE_ENOUGH, COMPARED_MOST, Asked, Near, Posting


# What is written as it was typed comes before what is not.
SPACED = 0.98
APART_MOST, SHORTEST = 3, 4
# O, Mc, Mac, Abd, al: what is often written apart.
PARTICLE = 3
_VERY = 100.0


def near_names(pages: sqlite3.Connection, typed: Asked) -> tuple[list[Near], bool]:
    """The names near what was typed, however its words are run together or apart, closest first, ties by alphabet; and whether there
    are more, written as it was typed, that were not compared."""
    near, is_cut = names.near_names(pages, typed)
    found = {one.words: one for one in near}
    there = _borne(pages, typed.words)
    for one in (*_joined(pages, typed, there), *_apart(pages, typed, there)):
        if one.words not in found or found[one.words].closeness < one.closeness:
            found[one.words] = one
    return sorted(found.values(), key=lambda one: (-one.closeness, one.words)), is_cut


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    """A word taken apart into two; what comes first may be one letter, as in O Neill."""
    if len(word) >= SHORTEST:
        yield from ((word[:at], word[at:]) for at in range(1, len(word) - 1))


def _borne(pages: sqlite3.Connection, words: tuple[str, ...]) -> dict[str, int]:
    """Of all that the words run together or taken apart may be: what is a part of anybody's name, and how much room its names take."""
    joined = [one + other for one, other in pairwise(words)]
    halves = [half for word in words for cut in _cuts(word) for half in cut]
    sql = "select part, length(names) from name_part where part in (select value from json_each(?))"
    return dict(pages.execute(sql, [json.dumps(sorted({*joined, *halves}))]).fetchall())


def _joined(pages: sqlite3.Connection, typed: Asked, there: Mapping[str, int]) -> Iterator[Near]:
    """Names near what was typed with two of its words taken for one."""
    words, near = typed.words, typed.near
    for at, (first, second) in enumerate(pairwise(words)):
        one = first + second
        if one in there or len(first) <= PARTICLE:
            close = spelling.near(pages, one)
            if one not in there:
                # O Neil is near O'Neill; but D Smith is nobody who is called Smith alone.
                close = {word: how for word, how in close.items() if word.startswith(first)}
            reading = Asked(
                (*words[:at], one, *words[at + 2 :]), (*near[:at], close, *near[at + 2 :]), typed.having
            )
            for name in names.near_names(pages, reading)[0]:
                parts = (*name.parts[: at + 1], *name.parts[at:])
                yield Near(name.words, SPACED * name.closeness, parts)


def _apart(pages: sqlite3.Connection, typed: Asked, there: Mapping[str, int]) -> Iterator[Near]:
    """Names near what was typed with one of its words taken for two that stand side by side."""
    words, near = typed.words, typed.near
    postings: list[Posting] = []
    for at, word in enumerate(words):
        cuts = [cut for cut in _cuts(word) if all(half in there for half in cut)]
        # Of two real parts of names neither is rare.
        for cut in sorted(cuts, key=lambda cut: -min(there[half] for half in cut))[:APART_MOST]:
            both = names.with_all(pages, cut)
            postings = postings or (names.postings(pages, typed) if len(both) else [])
            for other in (posting for place, posting in enumerate(postings) if place != at):
                some = [names.held(both, numbers) for _close, numbers in other]
                both = np.unique(np.concatenate([names.NO_NUMBERS, *some]))
            reading = Asked(
                (*words[:at], *cut, *words[at + 1 :]),
                (*near[:at], *({half: _VERY} for half in cut), *near[at + 1 :]),
            )
            for found in reading.names(names.words_of(pages, both[:COMPARED_MOST].tolist())):
                name = found.words
                if f" {' '.join(cut)} " in f" {name} " and found.closeness * SPACED >= CLOSE_ENOUGH:
                    halves = min(found.parts[at : at + 2])
                    yield Near(
                        name, SPACED * found.closeness, (*found.parts[:at], halves, *found.parts[at + 2 :])
                    )
