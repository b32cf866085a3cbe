"""How is somebody's part written in a list or an export, where a record calls them a suspect? So only where they are known to have been 18 on the day of it.

Whoever was under 18, or of whom no birth is known, or one birth says so and another does not, or of which nobody knows the day: none of them is called a suspect by a list, on
whatever page or in whatever file. "Not known" makes nobody grown up here, as it makes nobody a person of concern (casework/cases/concern.py), and it makes nobody a child either: the
words that stand there instead are the same of them all and say no more than that. So they tell nobody an age that a record guards: it is decided by every birth that any record says,
whoever looks. Nothing of the record is lost. It keeps its own words, and a person's chronology quotes them where it is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from engage.vocabulary.time import age_on
from engage.vocabulary.words import N_
from engage.vocabulary.written import read_yaml


# Each the first day of birth that is possible, and the first that is not any more.
Births = tuple[tuple[date, date], ...]
# What stands in place of the accusing word. Without a comma or a semicolon: it stands among parts that these divide.
NAMED_IN_IT = N_("named in this when not known to be 18")
_DIVIDE = re.compile(r"(\s*[,;/&+]\s*|\s+and\s+)")


@cache
def _words() -> Mapping[str, Any]:
    known: Mapping[str, Any] = read_yaml((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
    return known


@cache
def _has(name: str) -> re.Pattern[str]:
    """One of the words of that name stands in it, whole."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _words()[name]))})(?!\w)", re.IGNORECASE)


def was_grown_up(births: Births, on: date | None) -> bool:
    """Somebody is known to have been 18 on a day: every birth that is known says so, and there is one, and the day is known."""
    return (
        on is not None
        and bool(births)
        and all(age_on(until - timedelta(days=1), on) >= 18 for _first, until in births)
    )


@lru_cache(maxsize=50_000)
def accuses(part: str | None, *, is_titled: bool = False) -> bool:
    """What a record calls somebody's part, or their tie to somebody or something, accuses them. `is_titled`: the title of what happened stands before it ("Stop, suspect, used"), which
    is no part of anybody's."""
    return any(does for _one, does in _pieces(part or "", is_titled=is_titled))


def in_lists(part: str, births: Births, on: date | None, *, is_titled: bool = False) -> str:
    """A part as a list writes it, by every birth that any record says of whose it is and the day of it. What else stands beside the accusing word stays."""
    if was_grown_up(births, on):
        return part
    return "".join(NAMED_IN_IT if does else one for one, does in _pieces(part, is_titled=is_titled))


def _pieces(part: str, *, is_titled: bool) -> Iterator[tuple[str, bool]]:
    """What stands between commas and the like, and these themselves; each with whether it accuses. Of a title only a bare word does: then there is no title."""
    pieces = _DIVIDE.split(part)
    for number, one in enumerate(pieces):
        is_title = is_titled and number == 0 and len(pieces) > 3
        yield one, _is_bare(one) if is_title else _does(one)


def _does(one: str) -> bool:
    return bool(_has("words").search(one)) and not _has("unless").search(one)


def _is_bare(one: str) -> bool:
    return bool(_has("words").fullmatch(one.strip()))
