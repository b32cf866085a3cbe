"""A text as it was delivered, with what was read in it marked in place and said in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from engage.picture.narrative.rules import Told
from engage.picture.rules import Entry
from engage.web.people import words


@dataclass(frozen=True)
class Piece:
    """A part of a text as it was delivered; `label` says what was read in it, "" where nothing was."""

    text: str
    label: str = ""


_MADE_OF_IT = {
    "present": gettext_noop("said to be so"),
    "negated": gettext_noop("said not to be so"),
    "historical": gettext_noop("said of an earlier time"),
    "other": gettext_noop("said of somebody else"),
    "hypothetical": gettext_noop("said as advice or of what might be"),
}


def pieces(entry: Entry) -> tuple[Piece, ...]:
    """The text in pieces, in order and without gaps. Of what overlaps the first is marked; all of it is in `read_in`."""
    text, at, made = entry.narrative or "", 0, list[Piece]()
    for one in entry.told:
        if one.start >= at and one.end <= len(text):
            made += [Piece(text[at : one.start]), Piece(text[one.start : one.end], _label(one))]
            at = one.end
    return tuple(piece for piece in (*made, Piece(text[at:])) if piece.text)


def read_in(entry: Entry) -> tuple[str, ...]:
    """What was read in the text, each thing once, with the words and the guidance."""
    text = entry.narrative or ""
    found = (
        _("%(what)s: “%(words)s” (%(source)s)") % {"what": _label(one), "words": text[one.start : one.end], "source": one.source}
        for one in entry.told
    )  # fmt: skip
    return tuple(dict.fromkeys(found))


def _label(one: Told) -> str:
    values = {"theme": words.theme(one.theme), "how": _(_MADE_OF_IT[one.polarity])}
    if one.is_hearsay:
        return _("%(theme)s, %(how)s, from hearsay") % values
    return _("%(theme)s, %(how)s") % values
