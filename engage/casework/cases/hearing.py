"""Which record tells of which event? The rows of heard.yaml and an area's own: each hears the records of one kind of agency, whole titles and what stands beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from engage.casework.forms.rules import day_of, moment_of
from engage.store.area import Area, AreaSettingsWrong
from engage.vocabulary.time import Happened, Precision, london_day, whole_day
from engage.vocabulary.words import N_, Sentence
from engage.vocabulary.written import read_yaml


BEGINNING, END = "beginning", "end"
# Which column of a record each of them is about: the whole of it, in lower case.
_WHOLE = {"roles": "role", "kinds": "kind", "titles": "title", "categories": "category", "outcomes": "outcome"}  # fmt: skip
_NEEDED = frozenset({"event", "of", "kinds", "at"})
_KNOWN = _NEEDED | {*_WHOLE, "details", "outcomes_not", "clock", "in"}
Words = frozenset[str]


@dataclass(frozen=True)
class Hearing:
    """A record of one of these kinds of agency of which everything holds that is said here tells of an event: at its beginning, its end, or on the day that one of its details says.

    `whole`: what a column has to be; `details`: what further mapped values have to be; `never`: how no outcome of it may begin;
    `clock`: the only clock that it is told to; `kind`: the only kind of case in which it is heard ("": in every one).
    """

    event: str
    agencies: Words
    whole: tuple[tuple[str, Words], ...]
    details: tuple[tuple[str, Words], ...]
    never: tuple[str, ...]
    at: str
    detail: str = ""
    clock: str = ""
    kind: str = ""

    def hears(self, row: Mapping[str, Any], agency_kind: str) -> bool:
        """That record tells of it."""
        if agency_kind not in self.agencies:
            return False
        if not all(_plain(row[column]) in words for column, words in self.whole):
            return False
        return self._is_said(row) and not _plain(row["outcome"]).startswith(self.never)

    def _is_said(self, row: Mapping[str, Any]) -> bool:
        said = _details(row) if self.details else {}
        return all(_plain(said.get(key)) in words for key, words in self.details)

    def when(self, row: Mapping[str, Any]) -> Happened | None:
        """When it was; None where the record says nothing of it."""
        if self.detail:
            return _on(_plain(_details(row).get(self.detail)).upper())
        return _when(row, is_end=self.at == END)


def of_area(area: Area) -> tuple[Hearing, ...]:
    """Which records tell of what in an area: the shipped rows and its own. Raises AreaSettingsWrong."""
    own = (area.settings.get("casework") or {}).get("heard") or ()
    return (*shipped(), *(_hearing(one) for one in own))


@cache
def shipped() -> tuple[Hearing, ...]:
    """The rows that ship."""
    return tuple(_hearing(one) for one in _read()["rows"])


@cache
def before_case() -> timedelta:
    """So long before a case began time was up for what a record began, that it is none of the case's time limits."""
    return timedelta(days=int(_read()["before_case"]["days"]))


def _read() -> Mapping[str, Any]:
    return dict(read_yaml(Path(__file__).with_name("heard.yaml").read_text(encoding="utf-8")))


def _hearing(raw: Any) -> Hearing:
    """Raises AreaSettingsWrong: what is misspelt would be heard from everything."""
    if not isinstance(raw, dict) or _NEEDED - raw.keys() or raw.keys() - _KNOWN:
        raise AreaSettingsWrong(
            Sentence(N_("area.yaml cannot be used: casework, heard: “%(row)s”."), {"row": str(raw)[:200]}),
            remedy=Sentence(
                N_("Say of each row %(needed)s, and nothing but these: %(known)s."),
                {"needed": ", ".join(sorted(_NEEDED)), "known": ", ".join(sorted(_KNOWN))},
            ),
        )
    at = raw["at"]
    return Hearing(
        raw["event"], _words(raw["of"]), tuple((column, _words(raw[key])) for key, column in _WHOLE.items() if key in raw),
        tuple((key, _words(some)) for key, some in (raw.get("details") or {}).items()), tuple(sorted(_words(raw.get("outcomes_not") or ()))),
        at if isinstance(at, str) else "detail", "" if isinstance(at, str) else str(at["detail"]), raw.get("clock", ""), raw.get("in", ""),
    )  # fmt: skip


def _words(some: Any) -> Words:
    return frozenset(_plain(one) for one in some)


def _plain(text: Any) -> str:
    """In lower case, with one space between words."""
    return "" if text is None else " ".join(str(text).lower().split())


def _details(row: Mapping[str, Any]) -> Mapping[str, Any]:
    found = json.loads(row["details"]) if row["details"] else {}
    return found if isinstance(found, dict) else {}


def _on(text: str) -> Happened | None:
    """The day or moment that a detail says."""
    if at := moment_of(text):
        return Happened(at, at, Precision.MINUTE)
    day = day_of(text)
    return whole_day(day) if day else None


def _when(row: Mapping[str, Any], *, is_end: bool) -> Happened | None:
    """When a record begins, or ends. An interval of which no end is said is how exactly its beginning is known."""
    first, until = row["happened_from_at"], row["happened_until_at"]
    if not first or not until:
        return None
    if not row["until_precision"]:
        return None if is_end else Happened(_moment(first), _moment(until), Precision(row["happened_precision"]))  # fmt: skip
    at, precision = (
        (_moment(until), row["until_precision"]) if is_end else (_moment(first), row["happened_precision"])
    )
    if precision == Precision.MINUTE:
        return Happened(at, at, Precision.MINUTE)
    if precision == Precision.DAY:
        return whole_day(london_day(at - timedelta(microseconds=1) if is_end else at))
    return None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
