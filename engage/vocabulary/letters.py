"""How is a name made comparable: plain small letters, whatever script or accent it was written in?"""

from __future__ import annotations

import re

from anyascii import anyascii


_APOSTROPHES = re.compile("['\u2019`\u02bc.]")
_NOT_LETTERS = re.compile(r"[^a-z]+")


def plain_words(written: str) -> list[str]:
    """The words of a name in plain small letters: "Chloé O'Shea-Nowak" gives chloe, oshea, nowak."""
    plain = _APOSTROPHES.sub("", anyascii(written).lower())
    return [word for word in _NOT_LETTERS.split(plain) if word]
