"""Which parts of names that somebody bears may a typed word be: misspelt, only heard, shortened, or begun?

Two words that differ by one or two letters become one word when a letter or two are left out of each: so each part of a name
stands in an index under itself with letters left out, and what is typed is looked up likewise.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from engage.identities.linking.names import clean_name
from engage.picture.search.sounds import sounds


# The shortest parts by which phones, plates and addresses are found.
NUMBER_PART, PLATE_PART, PLACE_PART = 4, 3, 3
NEAR_MOST = 40
SPELT_LIKE = 55.0
# A nickname is nearer than its letters say; a name that begins with the word is likely meant; what sounds alike is nearer by a part.
FORM, BEGUN, SOUND = 92.0, 80.0, 0.4
HALF = 45.0
WORDS_OF_KEYS, BEGUN_MOST = 6_000, 200
# Letters are left out of a word's first seven only: more would find no more that is near, and cost much more room.
LEFT_OUT_OF, LONG = 7, 5


def spelling_keys(word: str) -> list[str]:
    """The keys under which a part of a name is found when it is spelt otherwise, shortened, or only heard."""
    keys = {f"sound:{sound}" for sound in sounds(word)} | {f"form:{full}" for full in clean_name(word).groups}
    return sorted(keys | {f"less:{left}" for left in _left(word) if left})


def _left(word: str) -> Iterator[str]:
    """The word with up to two letters left out, a short one with up to one."""
    start = word[:LEFT_OUT_OF]
    for out in range(3 if len(word) >= LONG else 2):
        for places in combinations(range(len(start)), out):
            yield "".join(letter for at, letter in enumerate(start) if at not in places)


def near(pages: sqlite3.Connection, word: str) -> dict[str, float]:
    """The parts of names near a typed word, nearest first, each with how near (0 to 100; 100 is the word itself)."""
    keys = spelling_keys(word)
    rows = pages.execute(
        f"select key, word from spelling where key in ({', '.join('?' * len(keys))}) limit ?",
        [*keys, WORDS_OF_KEYS],
    ).fetchall()
    by: dict[str, set[str]] = {"sound": set(), "form": set(), "less": set()}
    for key, other in rows:
        by[key.partition(":")[0]].add(other)
    others = sorted(by["sound"] | by["form"] | by["less"])
    found = {
        other: max(_alike(word, other, apart, other in by["sound"]), FORM * (other in by["form"]))
        for other, apart in zip(others, cdist([word], others, scorer=OSA.distance)[0].tolist(), strict=True)
    }  # fmt: skip
    if len(word) > 2:
        begun = pages.execute(
            "select part from name_part where part > ? and part < ? limit ?", [word, word + "{", BEGUN_MOST]
        )
        found |= {other: max(found.get(other, 0.0), BEGUN) for (other,) in begun}
    nearest = sorted(
        (pair for pair in found.items() if pair[1] >= SPELT_LIKE), key=lambda pair: (-pair[1], pair[0])
    )
    return dict(nearest[:NEAR_MOST])


def _alike(word: str, other: str, apart: int, is_heard: bool) -> float:
    """How near two words are by their letters, and nearer when they sound alike."""
    if not apart:
        return 100.0
    letters = 100.0 * (1 - apart / (max(len(word), len(other)) + 1))
    return letters + SOUND * (100 - letters) if is_heard and letters > HALF else letters
