"""A text as it was delivered, with what was read in it marked in place and said in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from engage.picture.readings.rules import RIGHT, WRONG, Pointed, Reading, SaidWrong
from engage.picture.rules import Entry
from engage.web.people import words
from engage.web.people.workers import called


@dataclass(frozen=True)
class Piece:
    """A part of a text as it was delivered; `label` says what was read in it, "" where nothing was. `is_wrong`: somebody said that it
    was misread."""

    text: str
    label: str = ""
    is_wrong: bool = False


@dataclass(frozen=True)
class Read:
    """One thing that was read in a text, in words; `wrong` who said that it is wrong ("" when nobody does). `pointed` and `says` are what
    a button beside it sends: which reading, and what a worker who presses it says of that."""

    text: str
    wrong: str
    pointed: Pointed
    says: str


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
            is_wrong = one.wrong is not None
            label = _("%(what)s; said to be wrong") % {"what": _label(one)} if is_wrong else _label(one)
            made += [Piece(text[at : one.start]), Piece(text[one.start : one.end], label, is_wrong)]
            at = one.end
    return tuple(piece for piece in (*made, Piece(text[at:])) if piece.text)


def read_in(entry: Entry) -> tuple[Read, ...]:
    """What was read in the text, in its order, each with the words and the guidance."""
    text = entry.narrative or ""
    return tuple(
        Read(
            _("%(what)s: “%(words)s” (%(source)s)")
            % {"what": _label(one), "words": text[one.start : one.end], "source": one.source},
            said_wrong(one.wrong),
            Pointed(entry.event_record_id, one.theme, one.polarity, one.start, one.end),
            RIGHT if one.wrong else WRONG,
        )
        for one in entry.told
    )


def said_wrong(said: SaidWrong | None) -> str:
    """Who said that it is wrong, as a sentence; "" when nobody does."""
    if said is None:
        return ""
    values = {"who": called(said.by), "when": date_format(localtime(said.at), "j F Y")}
    return _("Said to be wrong by %(who)s on %(when)s.") % values


def _label(one: Reading) -> str:
    values = {"theme": words.theme(one.theme), "how": _(_MADE_OF_IT[one.polarity])}
    if one.is_hearsay:
        return _("%(theme)s, %(how)s, from hearsay") % values
    return _("%(theme)s, %(how)s") % values
