"""How does English look when every text that went through the catalogue is visibly changed?

A page shown in this pseudo-language betrays a text that escaped translation: it alone stays plain English. Names in
`%(…)s` and `{…}`, tags and entities stay as they are, and the text grows by a third, as translations do.
"""

from __future__ import annotations

import re


OPENS, CLOSES = "⟦", "⟧"
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHANGED = "àƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
_LETTERS = str.maketrans(_PLAIN, _CHANGED)
_KEPT = re.compile(r"(%\([^)]*\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%[a-zA-Z%]|\{[^{}]*\}|<[^<>]*>|&[#\w]+;)")


def pseudo(text: str) -> str:
    """The text with other letters, longer, between ⟦ and ⟧; the empty text stays empty."""
    if not text:
        return text
    parts = _KEPT.split(text)
    changed = "".join(part if _KEPT.fullmatch(part) else part.translate(_LETTERS) for part in parts)
    return f"{OPENS}{changed}{'~' * (len(text) // 3)}{CLOSES}"


def left_in_english(shown: str) -> list[str]:
    """The runs of words of a shown text (no markup) that lie outside every ⟦…⟧: data, or a text that escaped."""
    inner = re.compile(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}")
    while inner.search(shown):
        shown = inner.sub("\n", shown)
    return [line.strip() for line in shown.splitlines() if re.search(r"[A-Za-z]{2}", line)]
