"""How do people write a name that they heard, saw or remember? Errors, short forms and other spellings, drawn by a seed.

Used by tools/bench_search.py only. The product knows nothing of these rules: what it finds, it finds by its own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from string import ascii_lowercase

from nicknames import NickNamer


LETTERS_LEAST = 4
_SHORT = NickNamer()
# How one sound is written in several ways, over names of several origins: either way round, wherever it occurs in a word.
SOUNDS: tuple[tuple[str, str], ...] = (
    ("ph", "f"), ("q", "k"), ("kh", "k"), ("ck", "k"), ("x", "ks"), ("z", "s"), ("sz", "sh"), ("cz", "ch"), ("w", "v"), ("ee", "i"),
    ("ou", "u"), ("oo", "u"), ("ai", "ay"), ("ei", "ie"), ("ah$", "a"), ("y$", "ie"), ("y$", "i"), ("^mac", "mc"), ("off$", "ov"),
    ("th", "t"), ("dh", "d"), ("bh", "b"), ("gh", "g"), ("sch", "sh"), ("j", "y"), ("c(?=[aou])", "k"), ("c(?=[ei])", "s"), ("ae", "e"),
)  # fmt: skip
_OTHER_WAY = ("ph", "q", "kh", "ck", "z", "ee", "oo", "ay", "ah$", "y$")
_VOWELS = "aeiou"


def one_error(words: list[str], draw: random.Random) -> list[str] | None:
    """One letter left out, put in, taken for another, or two swapped, in one word of at least four letters."""
    places = [i for i, word in enumerate(words) if len(word) >= LETTERS_LEAST]
    if not places:
        return None
    at = draw.choice(places)
    while (wrong := _wrong(words[at], draw)) == words[at]:
        pass
    return [*words[:at], wrong, *words[at + 1 :]]


def two_errors(words: list[str], draw: random.Random) -> list[str] | None:
    """Two such errors, in one word or in two; never the one taking the other back."""
    while once := one_error(words, draw):
        twice = one_error(once, draw)
        if twice and twice != words:
            return twice
    return None


def _wrong(word: str, draw: random.Random) -> str:
    at = draw.randrange(len(word))
    letter = draw.choice(ascii_lowercase)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word[1] + word[0] + word[2:],
        )
    )


def heard(words: list[str], draw: random.Random) -> list[str] | None:
    """The name as somebody else would write what is heard: two other spellings of its sounds, or one where there is one."""
    for _ in range(2):
        changes = [(i, other) for i, word in enumerate(words) for other in _spellings(word)]
        if not changes:
            return None
        at, other = draw.choice(changes)
        words = [*words[:at], other, *words[at + 1 :]]
    return words


def _spellings(word: str) -> Iterator[str]:
    """Other ways to write one sound of a word; the first letters of a name that is only two long stay."""
    if len(word) < LETTERS_LEAST:
        return
    for one, other in SOUNDS:
        yield from _replaced(word, one, other)
        if other not in _OTHER_WAY:
            ends = "$" if one.endswith("$") else ""
            starts = "^" if one.startswith("^") else ""
            yield from _replaced(word, starts + other + ends, re.sub(r"[\^$]|\(.*\)", "", one))
    yield from _replaced(word, r"([bdfglmnprst])\1", r"\1")
    yield from _replaced(word, r"(?<=[aeiou])([lmnst])(?=[aeiou])", r"\1\1")
    for at, letter in enumerate(word[1:-1], 1):
        if letter in _VOWELS:
            yield from (word[:at] + vowel + word[at + 1 :] for vowel in _VOWELS if vowel != letter)


def _replaced(word: str, one: str, other: str) -> Iterator[str]:
    made = re.sub(one, other, word, count=1)
    if made != word:
        yield made


def short(words: list[str], draw: random.Random) -> list[str] | None:
    """The first name shortened or familiar, where it has such a form."""
    forms = sorted(form for form in _SHORT.nicknames_of(words[0]) if form != words[0] and len(form) > 1)
    return [draw.choice(forms), *words[1:]] if forms else None


def swapped(words: list[str], _draw: random.Random) -> list[str] | None:
    """The surname first."""
    return [words[-1], *words[:-1]]


def initial(words: list[str], _draw: random.Random) -> list[str] | None:
    """Only the first letter of the first name."""
    return [words[0][0], words[-1]]


def respaced(words: list[str], draw: random.Random) -> list[str] | None:
    """Two neighbouring words run together, or one word of at least four letters taken apart."""
    together = [[*words[:at], words[at] + words[at + 1], *words[at + 2 :]] for at in range(len(words) - 1)]
    apart = [
        [*words[:at], word[:cut], word[cut:], *words[at + 1 :]]
        for at, word in enumerate(words)
        if len(word) >= LETTERS_LEAST
        for cut in range(1, len(word) - 1)
    ]
    ways = [way for way in (together, apart) if way]
    return draw.choice(draw.choice(ways)) if ways else None


Kind = Callable[[list[str], random.Random], list[str] | None]
