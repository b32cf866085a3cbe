"""How is a wording written down, and which texts does it stand for? As an expression that Python and DuckDB read alike.

Words in a row, each perhaps one of several ("a|b"). "+walk" is a regular verb with its forms, "[so]" may be missing, "life[-]style" is one word
or two, "<self>" is a list, ".." leaves room for up to five words, and "not|n't" also ends the word before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engage.picture.narrative.words import inflected


# Between two words of one wording: no sentence ends there, and no line of a list.
_BETWEEN = r"[ \t\r\n\xa0-]+"
_APOSTROPHES = "(?:'|\u2019)"
# A word of the room holds nothing that stands between words: a text of dashes alone must not be tried in every way.
_ROOM = rf"(?:{_BETWEEN}[^ \t\r\n\xa0.!?;-]+){{0,5}}?"
_LIST = re.compile(r"<(\w+)>$")
_OPTIONAL = re.compile(r"\[([^\]]*)\]$")
_NOT = "n't"


def expression(wording: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """The wording as a regular expression without flags. Raises KeyError for a list that is not there."""
    made, before = "", r"\b"
    for piece in wording.split():
        if piece == "..":
            made += _ROOM
            continue
        inner = _OPTIONAL.match(piece)
        meant = list(_meant(inner[1] if inner else piece, lists))
        one_of = "|".join(before + _as_written(word) for word in meant if word != _NOT)
        ways = "|".join(filter(None, (one_of, _as_written(_NOT) if _NOT in meant else "")))
        made += f"(?:{ways})" + ("?" if inner else "")
        before = _BETWEEN
    return made + r"\b"


def example(wording: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """One way of saying it, for people: the first of all that may stand there, without what may be missing."""
    said = []
    for piece in wording.split():
        if piece == "..":
            said.append("\u2026")
        elif not _OPTIONAL.match(piece):
            first = next(word for word in _meant(piece, lists) if word != _NOT)
            said.append(re.sub(r"\[[^\]]*\]", "", first.replace("[-]", "-")))
    return " ".join(said)


def _meant(piece: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for word in piece.split("|"):
        named = _LIST.match(word)
        yield from lists[named[1]] if named else inflected(word)


def _as_written(word: str) -> str:
    """One word, with what may be missing in it; either apostrophe will do."""
    parts = re.split(r"\[([^\]]*)\]", word)
    made = ""
    for at, part in enumerate(parts):
        written = re.escape(part).replace("'", _APOSTROPHES)
        if at % 2:
            made += "[ -]?" if part == "-" else f"(?:{written})?"
        else:
            made += written
    return made
