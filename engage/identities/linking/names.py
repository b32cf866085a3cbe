"""How is a name made comparable: accents, titles, parts, short forms, and how it sounds?

Plain functions on one written name. They run once for each distinct value, never once for each record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import jellyfish
from anyascii import anyascii
from nicknames import NickNamer


# Forms of address, and how workers write "young person": none of them is part of a name.
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "yp", "master", "rev"})
# Particles alone never tell two families apart.
_PARTICLES = frozenset(
    {
        "al",
        "el",
        "de",
        "da",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "ben",
        "o",
        "mc",
        "mac",
        "st",
    }
)
_NOT_LETTERS = re.compile(r"[^a-z]+")
_APOSTROPHES = re.compile("['\u2019`\u02bc.]")


@dataclass(frozen=True)
class CleanName:
    """One written name made comparable. `text` is the parts with single spaces; `first` the first part; `sound` how
    the first part sounds; `parts` those that can stand for the whole; `groups` the given names of which the first
    part is a form, itself included."""

    written: str
    text: str
    first: str
    joined: str
    sound: str
    parts: tuple[str, ...]
    groups: tuple[str, ...]


@cache
def _short_forms() -> NickNamer:
    return NickNamer()


@cache
def _further_forms() -> dict[str, frozenset[str]]:
    """The names of which a form is a form, by form, from `name_forms.txt`."""
    text = resources.files("engage.identities.linking").joinpath("name_forms.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        name, _, forms = line.partition(":")
        for form in (name, *forms.split()) if forms else ():
            found.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in found.items()}


def clean_name(written: str) -> CleanName:
    """Make one written name comparable. An empty or unreadable name gives empty parts, never an error."""
    plain = _APOSTROPHES.sub("", anyascii(written).lower())
    words = [word for word in _NOT_LETTERS.split(plain) if word and word not in _TITLES]
    joined = "".join(words)
    first = words[0] if words else ""
    return CleanName(
        written=written,
        text=" ".join(words),
        first=first,
        joined=joined,
        sound=_sound(joined),
        parts=tuple(
            sorted(
                {word for word in words if len(word) > 2 and word not in _PARTICLES}
                | ({joined} if joined else set())
            )
        ),
        groups=_groups(first),
    )


def _sound(joined: str) -> str:
    """How a name sounds, by Metaphone; one letter sounds like nothing."""
    return str(jellyfish.metaphone(joined)) if len(joined) > 1 else ""


def _groups(first: str) -> tuple[str, ...]:
    if len(first) < 2:
        return ()
    return tuple(sorted({first, *_short_forms().canonicals_of(first), *_further_forms().get(first, ())}))


def clean_names(written: Iterable[str]) -> dict[str, list[object]]:
    """Columns of the cleaned names, one row for each written name given, ready for a columnar table."""
    names = [clean_name(value) for value in written]
    return {
        "written": [n.written for n in names],
        "text": [n.text for n in names],
        "first": [n.first for n in names],
        "joined": [n.joined for n in names],
        "sound": [n.sound for n in names],
        "parts": [list(n.parts) for n in names],
        "groups": [list(n.groups) for n in names],
    }
