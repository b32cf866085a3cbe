"""Which parts of names that somebody bears may a typed word be: misspelt, only heard, shortened, or begun?"""

from __future__ import annotations

import sqlite3

from rapidfuzz import fuzz

from engage.picture.finding import spelling_keys


NEAR_MOST = 40
SPELT_LIKE = 70.0
# A nickname or a word that sounds the same is nearer than its letters say; a name that begins with the word is likely meant.
FORM, SOUND, BEGUN = 92.0, 84.0, 80.0
WORDS_OF_A_KEY = 5000


def near(pages: sqlite3.Connection, word: str) -> dict[str, float]:
    """The parts of names near a typed word, nearest first, each with how near (0 to 100; 100 is the word itself)."""
    keys = spelling_keys(word)
    rows = pages.execute(
        f"select key, word from spelling where key in ({', '.join('?' * len(keys))}) limit ?",
        [*keys, WORDS_OF_A_KEY],
    ).fetchall()
    found: dict[str, float] = {}
    for key, candidate in rows:
        found[candidate] = max(found.get(candidate, 0.0), _nearness(key, word, candidate))
    nearest = sorted(
        (pair for pair in found.items() if pair[1] >= SPELT_LIKE), key=lambda pair: (-pair[1], pair[0])
    )
    return dict(nearest[:NEAR_MOST])


def _nearness(key: str, word: str, candidate: str) -> float:
    if word == candidate:
        return 100.0
    if key.startswith("form:"):
        return FORM
    letters = float(fuzz.ratio(word, candidate))
    if key.startswith("sound:"):
        return max(letters, SOUND) if letters > 50 else letters
    return max(letters, BEGUN) if len(word) > 2 and candidate.startswith(word) else letters
