"""What does a whole text tell of a name that the sentence it stands in does not?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from engage.picture.mentions.rules import CERTAIN, IF_KNOWN, NOWHERE, PERSON, Found


_SIGNED = re.compile(
    r"\b(?:thanks|cheers|regards|wishes|love|faithfully|sincerely)[,.! ]*\s*$", re.IGNORECASE
)
_AFTER_WHO_SIGNED = re.compile(r"[ .xX]*(?:\n|$)")
# How far before a name its closing words begin.
_BEFORE = 20


def throughout(text: str, found: Sequence[Found]) -> tuple[Found, ...]:
    """Whom a text calls so once it calls so throughout; and who has signed it."""
    persons = [one for one in found if one.kind == PERSON and one.last == NOWHERE]
    sure = {text[one.start : one.end] for one in persons if one.sure == CERTAIN}
    signed = {one for one in persons if one.sure == IF_KNOWN and _has_signed(text, one.start, one.end)}
    if not (sure or signed):
        return tuple(found)
    return tuple(
        one._replace(sure=CERTAIN)
        if one in signed
        or (one.kind == PERSON and one.sure == IF_KNOWN and text[one.start : one.end] in sure)
        else one
        for one in found
    )


def _has_signed(text: str, start: int, end: int) -> bool:
    """Right before it stand the words that close a letter, and nothing follows on its line."""
    return (
        _AFTER_WHO_SIGNED.match(text, end) is not None
        and _SIGNED.search(text, max(0, start - _BEFORE), start) is not None
    )
