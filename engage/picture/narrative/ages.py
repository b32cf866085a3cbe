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
_SAYS_AGE = frozenset({"now", "turns", "next", "(", "at", "age", "aged", "when", "while", "year", "yr", "y"})
_AGE_THEN = re.compile(
    r"(?:at|age|aged) (?:[4-9]|1[0-2]|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:s?he|they|i|his|her)\b"
)
_YOUNG = r"(?:[3-9]|1[0-3]|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)"
# "When Rory was eleven", "broke it at age six": all of it is of that age.
_WAS_YOUNG = re.compile(
    rf"\b(?:when|while) (?:\w+ ){{1,3}}was (?:only |just |about |around |still )?{_YOUNG}\b|\bat (?:the )?age (?:of )?{_YOUNG}\b"
)
# "Caution at fourteen, nothing since", "in Year 7 ..., settled now": an age or a year of school, and that it is otherwise by now.
_ONCE = re.compile(
    r"\b(?:at (?:age )?(?:1[0-4]|eleven|twelve|thirteen|fourteen)(?! (?:am|pm|o))|(?:in|during) (?:year|yr|y) (?:7|8|seven|eight))\b.*\b"
    r"(?:since|now|none|ended|end of|resolved|years|settled|then on|these days|behind|right)\b"
)


def grown_until(words: Sequence[str]) -> int:
    """The word before which all is of a younger age, of the small words of a sentence; 0 where it tells of none."""
    if _SAYS_AGE.isdisjoint(words):
        return 0
    said = " ".join(words)
    if _AGE_THEN.match(said) or _WAS_YOUNG.search(said) or _ONCE.search(said):
        return len(words)
    grown = _AGE_NOW.search(said)
    return said.count(" ", 0, grown.start()) if grown else 0
