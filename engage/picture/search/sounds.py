"""How does a part of a name sound, whatever language it comes from and whoever wrote it down?

Metaphone and NYSIIS were made for English; here a word is cut down to the consonants that nearly all ways of writing one sound
share: Qasim, Kassim and Casim are one, and so are Ivanov and Ivanoff, Szymanski and Shimansky, Choudhury and Chaudhry.
Two names that sound alike by this need not be one name: it only leads to candidates, whose letters are then compared.
"""

from __future__ import annotations

import re
from functools import lru_cache

import jellyfish


# In this order. A small C is the sound of "church".
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"^(?:kn|gn)", "n"), (r"^wr", "r"), (r"^x", "s"), (r"^y", "j"), (r"^(?:ie|i)(?=[aou])", "j"),
        (r"sch|sh|sz|zh|sj", "s"), (r"ch(?=[rl])", "k"), (r"tsch|tch|cz|ch", "C"), (r"dzh|dj|dż", "j"),
        (r"ph", "f"), (r"ck|kh|q|cc(?![ei])", "k"), (r"x", "ks"), (r"gh", "g"), (r"(?<=[dbtrg])h", ""),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"z", "s"), (r"(?<=[oe])(?:ff?|v|w)$", "f"), (r"^w|(?<=[aeiouy])w(?=[aeiouy])|v", "f"), (r"w", ""),
        (r"d$", "t"), (r"(?<!^)h", ""), (r"(.)\1+", r"\1"), (r"^[aeiou]", "a"), (r"(?<!^)[aeiouy]", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a word as they sound, the first vowel kept; empty when fewer than two are left."""
    for written, heard in _RULES:
        word = written.sub(heard, word)
    return word if len(word) > 1 else ""


def sounds(word: str) -> frozenset[str]:
    """How a word sounds by each of three rules, since each hears some names that the others do not."""
    found = (skeleton(word), f"m{jellyfish.metaphone(word)}", f"n{jellyfish.nysiis(word)}")
    return frozenset(one for one in found if len(one) > 1)
