"""Until where does a sentence tell of an age that the child no longer has? "At eleven she ran away", "he ran away in Year 7; he is in Year 11 now"."""

from __future__ import annotations

import re
from collections.abc import Sequence


_TEENS = r"(?:year \d\d?|1[0-8]|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)"
_IS = r"(?:is|'s|\u2019s|hes|shes)"
# "At eleven she ...; she is fifteen now": what stands before it is of another age.
_AGE_NOW = re.compile(
    rf"\b(?:{_IS} )?now (?:in |aged )?{_TEENS}\b|{_IS} (?:\w+ ){{0,3}}{_TEENS} (?:now|next)\b|turns {_TEENS}\b|\( s?he {_IS} {_TEENS} \)"
)
_SAYS_AGE = frozenset({"now", "turns", "next", "(", "at", "age", "aged"})
_AGE_THEN = re.compile(
    r"(?:at|age|aged) (?:[4-9]|1[0-2]|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:s?he|they|i|his|her)\b"
)


def grown_until(words: Sequence[str]) -> int:
    """The word before which all is of a younger age, of the small words of a sentence; 0 where it tells of none."""
    if _SAYS_AGE.isdisjoint(words):
        return 0
    said = " ".join(words)
    if _AGE_THEN.match(said):
        return len(words)
    grown = _AGE_NOW.search(said)
    return said.count(" ", 0, grown.start()) if grown else 0
