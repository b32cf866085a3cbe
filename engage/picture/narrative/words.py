"""How are the words of a vocabulary written down, and which forms of a word are meant?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


_VOWELS = "aeiou"
_DOUBLES = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")
_HISSES = re.compile(r"(s|sh|ch|x)$")
_SHORT = 4


def inflected(word: str) -> list[str]:
    """The forms of a regular verb that is written with a plus ("+walk": walk, walks, walked, walking); any other word as it is."""
    if not word.startswith("+"):
        return [word]
    stem = word[1:]
    if stem.endswith("e"):
        return [stem, f"{stem}s", f"{stem}d", f"{stem[:-1]}ing"]
    if stem.endswith("y") and stem[-2] not in _VOWELS:
        return [stem, f"{stem[:-1]}ies", f"{stem[:-1]}ied", f"{stem}ing"]
    long = stem + stem[-1] if len(stem) <= _SHORT and _DOUBLES.search(stem) else stem
    return [stem, f"{stem}es" if _HISSES.search(stem) else f"{stem}s", f"{long}ed", f"{long}ing"]


def lists(raw: Mapping[str, Iterable[object]]) -> dict[str, frozenset[str]]:
    """Each list of words with all its forms; "<name>" in a list stands for another list above it. Raises KeyError for one that is
    not there."""
    made: dict[str, frozenset[str]] = {}
    for name, words in raw.items():
        forms: set[str] = set()
        for word in map(str, words):
            forms.update(made[word[1:-1]] if word.startswith("<") else inflected(word))
        made[name] = frozenset(forms)
    return made
