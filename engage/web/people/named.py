"""Whom and what a text names, marked in place beside what was read in it, and told in a list: never more than the viewer may know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from engage.picture.mentions.rules import PERSON, MayBe, Mentioned
from engage.picture.rules import Entry
from engage.web.people.presenters import Reader
from engage.web.people.texts import Piece


@dataclass(frozen=True)
class Part:
    """A part of a text as it was delivered. `is_read`: a theme was read in it; `is_wrong`: somebody said that it was misread; `label` says which, at the end of its words. `is_named`: it
    names somebody or something; `named` says who it was taken to be, and `href` leads there; both "" where that is not known."""

    text: str
    is_read: bool = False
    is_wrong: bool = False
    label: str = ""
    is_named: bool = False
    named: str = ""
    href: str = ""


@dataclass(frozen=True)
class Naming:
    """One line on whom or what words name; `links` are those they were taken to be, or may be, with their pages ("" where there is none)."""

    words: str
    kind: str
    links: tuple[tuple[str, str], ...]
    why: str


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


def _split(piece: Piece, at: int, mentions: Iterable[Mentioned], reader: Reader) -> Iterator[Part]:
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


def _page(one: Mentioned, reader: Reader) -> str:
    """The page of the person whom the words were taken to name; things have none."""
    is_one = one.kind == PERSON and one.is_taken and len(one.may_be) == 1
    return reader.link("people_person", one.may_be[0].key) if is_one else ""


def _named(one: Mentioned) -> str:
    if one.kind != PERSON or not one.may_be:
        return ""
    names = _(" or ").join(may_be.label for may_be in one.may_be)
    said = _("taken to be %(name)s") if one.is_taken else _("may be %(name)s")
    return said % {"name": names}


def namings(entry: Entry, reader: Reader) -> tuple[Naming, ...]:
    """Whom and what the text names, each once in the order of the text."""
    text = entry.narrative or ""
    found = (_naming(text[one.start : one.end], one, reader) for one in entry.mentions)
    return tuple(dict.fromkeys(found))


def _naming(words: str, one: Mentioned, reader: Reader) -> Naming:
    links = tuple((_label(words, may_be, one), _link(may_be, one, reader)) for may_be in one.may_be)
    if not links:
        kind = _("%(kind)s; nobody and nothing that you may see is known to be meant")
    else:
        kind = _("%(kind)s, taken to be") if one.is_taken else _("%(kind)s, not told apart; may be")
    why = "; ".join(dict.fromkeys(_(_WHY[may_be.why]) for may_be in one.may_be))
    return Naming(words, kind % {"kind": _(_KINDS[one.kind])}, links, why)


def _label(words: str, may_be: MayBe, one: Mentioned) -> str:
    """A person by name, a plate or number as it is, a place as the records call it."""
    return may_be.label or (words if one.kind == "place" and one.is_taken else may_be.key.replace("|", ", "))


def _link(may_be: MayBe, one: Mentioned, reader: Reader) -> str:
    return reader.link("people_person", may_be.key) if one.kind == PERSON else ""
