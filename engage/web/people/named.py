"""Whom and what a text names, marked in place beside what was read in it, and told in a list: never more than the viewer may know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from engage.picture.mentions.rules import PERSON, MayBe
from engage.picture.readings.rules import RIGHT, WRONG, MentionRead, Pointed
from engage.picture.rules import Entry
from engage.web.people.presenters import Reader
from engage.web.people.texts import Piece, said_wrong


@dataclass(frozen=True)
class Part:
    """A part of a text as it was delivered. `is_read`: a theme was read in it; `is_wrong`: somebody said that it was misread; `label` says which, at the end of its words. `is_named`: it
    names somebody or something; `named` says who it may be, and `href` leads there; both "" where that is not known, `href` also where somebody said that it is wrong."""

    text: str
    is_read: bool = False
    is_wrong: bool = False
    label: str = ""
    is_named: bool = False
    named: str = ""
    href: str = ""


@dataclass(frozen=True)
class Naming:
    """One line on whom or what words name; `links` are those they may be, with their pages ("" where there is none); `wrong` who said that
    this is wrong ("" when nobody does). `pointed` and `says` are what a button beside it sends."""

    words: str
    kind: str
    links: tuple[tuple[str, str], ...]
    why: str
    wrong: str
    pointed: Pointed
    says: str

    @property
    def text(self) -> str:
        """The line in words, without links."""
        names = ", ".join(label for label, _href in self.links)
        said = f"“{self.words}”: {self.kind} {names}".rstrip()
        return f"{said} ({self.why})" if self.why else said


_KINDS = {
    "person": gettext_noop("a person"),
    "place": gettext_noop("a place"),
    "vehicle": gettext_noop("a vehicle"),
    "phone": gettext_noop("a phone"),
    "account": gettext_noop("an account"),
}
_WHY = {
    "above": gettext_noop("named in full in the same text"),
    "part": gettext_noop("has a part in what the text tells of"),
    "tied": gettext_noop("is tied by a record to somebody who has a part in it"),
    "home": gettext_noop("is recorded at the address of somebody who has a part in it"),
    "met": gettext_noop("had a part in something else with somebody who has one in this"),
    "called": gettext_noop("is called so in the area's records"),
    "number": gettext_noop("as it is written"),
}


def parts(pieces: Iterable[Piece], entry: Entry, reader: Reader) -> tuple[Part, ...]:
    """The pieces of the entry's text, those that name somebody apart, in order and without gaps."""
    made, at = list[Part](), 0
    for piece in pieces:
        made += _split(piece, at, entry.mentions, reader)
        at += len(piece.text)
    return tuple(made)


def _split(piece: Piece, at: int, mentions: Iterable[MentionRead], reader: Reader) -> Iterator[Part]:
    """A piece that begins at that sign of the text. What is said of it is said once, at its end."""
    begin, end = at, at + len(piece.text)
    for one in mentions:
        start, until = max(one.start, begin), min(one.end, end)
        if start >= until:
            continue
        if start > begin:
            yield _plain(piece, at, begin, start)
        label = piece.label if until == end else ""
        named = _named(one) if until == one.end else ""
        yield Part(
            piece.text[start - at : until - at],
            bool(piece.label),
            piece.is_wrong,
            label,
            True,
            named,
            _page(one, reader),
        )
        begin = until
    if begin < end:
        yield _plain(piece, at, begin, end)


def _plain(piece: Piece, at: int, start: int, until: int) -> Part:
    is_end = until == at + len(piece.text)
    return Part(
        piece.text[start - at : until - at], bool(piece.label), piece.is_wrong, piece.label if is_end else ""
    )


def _page(one: MentionRead, reader: Reader) -> str:
    """The page of the person whom alone the words fit; things have none."""
    is_one = one.kind == PERSON and one.fits_alone and one.wrong is None
    return reader.link("people_person", one.may_be[0].key) if is_one else ""


def _named(one: MentionRead) -> str:
    if one.kind != PERSON or not one.may_be:
        return ""
    names = {"name": _(" or ").join(may_be.label for may_be in one.may_be)}
    said = _("of those that you may see, fits %(name)s alone") if one.fits_alone else _("may be %(name)s")
    return _("%(said)s; said to be wrong") % {"said": said % names} if one.wrong else said % names


def namings(entry: Entry, reader: Reader) -> tuple[Naming, ...]:
    """Whom and what the text names, in the order of the text."""
    text = entry.narrative or ""
    return tuple(
        _naming(text[one.start : one.end], one, entry.event_record_id, reader) for one in entry.mentions
    )


def _naming(words: str, one: MentionRead, record: str, reader: Reader) -> Naming:
    links = tuple((_label(words, may_be, one), _link(may_be, one, reader)) for may_be in one.may_be)
    return Naming(
        words,
        _how(one) % {"kind": _(_KINDS[one.kind])},
        links,
        "; ".join(dict.fromkeys(_(_WHY[may_be.why]) for may_be in one.may_be)),
        said_wrong(one.wrong),
        Pointed(record, one.kind, "", one.start, one.end),
        RIGHT if one.wrong else WRONG,
    )


def _how(one: MentionRead) -> str:
    """How sure it is that the words name those that follow. One alone may be so because another is withheld: it is never said that they are the
    one who is named."""
    if not one.may_be:
        return _("%(kind)s; nobody and nothing that you may see is known to be meant")
    if one.may_be[0].why == "number":
        return _("%(kind)s:")
    if one.fits_alone:
        return _("%(kind)s; of those that you may see one alone fits:")
    return _("%(kind)s; may be") if len(one.may_be) == 1 else _("%(kind)s, not told apart; may be")


def _label(words: str, may_be: MayBe, one: MentionRead) -> str:
    """A person by name, a plate or number as it is, a place as the records call it."""
    return may_be.label or (
        words if one.kind == "place" and one.fits_alone else may_be.key.replace("|", ", ")
    )


def _link(may_be: MayBe, one: MentionRead, reader: Reader) -> str:
    return reader.link("people_person", may_be.key) if one.kind == PERSON else ""
