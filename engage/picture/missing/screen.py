"""What does the first screen hold? Plain values, already cut to what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engage.picture.missing.ages import Ages
from engage.picture.missing.rules import Episode, InterviewDue
from engage.picture.missing.together import Pair, Place
from engage.picture.missing.unplaced import Unplaced
from engage.picture.rules import Tied
from engage.vocabulary.words import N_


@dataclass(frozen=True)
class With:
    """Somebody in an earlier report or return of the child: by which part, and on which days."""

    person_id: str
    name: str
    roles: tuple[str, ...]
    on: tuple[date, ...]


@dataclass(frozen=True)
class Check:
    """Something that somebody checked. `result` is found, not_found, no_answer or waiting. A check that was struck has a reason."""

    number: int
    what: str
    subject: str
    result: str
    note: str
    agency: str
    by: str
    at: datetime
    struck_by: str = ""
    struck_reason: str = ""

    @property
    def is_struck(self) -> bool:
        """It stands no more."""
        return bool(self.struck_by)


@dataclass(frozen=True)
class Listed:
    """One child on the screen. `ages` are the youngest and the oldest in whole years on the screen's day by each birth that is said, none when
    not known; `known_to` the agencies whose
    records of the child the viewer may see; `record_id` the record of the child in the first report; `earlier` the times before this one, newest first;
    `checks` are of this time and `earlier_checks` of those; `told` the words of the reports, with whose they are."""

    person_id: str
    name: str
    born: str
    ages: Ages
    known_to: tuple[str, ...]
    record_id: str
    episode: Episode
    earlier: tuple[Episode, ...] = ()
    places: tuple[Place, ...] = ()
    company: tuple[With, ...] = ()
    vehicles: tuple[Tied, ...] = ()
    phones: tuple[Tied, ...] = ()
    homes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    earlier_checks: tuple[Check, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    is_told_withheld: bool = False

    @property
    def report(self) -> str:
        """The record id of the first report: by which the episode is named."""
        return self.episode.since.record_id


@dataclass(frozen=True)
class Returned:
    """One time from which a child came back, with what is known of its interview; `is_again`: the child was reported anew since."""

    person_id: str
    name: str
    ages: Ages
    episode: Episode
    interview: InterviewDue
    is_again: bool


@dataclass(frozen=True)
class Together:
    """Who was missing together since a day. `names` are of everybody in a pair; `children` what is known of each."""

    first_on: date
    days: int
    pairs: tuple[Pair, ...]
    chance: tuple[Pair, ...]
    names: Mapping[str, str]
    episodes: Mapping[str, tuple[Episode, ...]]
    places: Mapping[str, tuple[Place, ...]]


@dataclass(frozen=True)
class Screen:
    """Everything the first screen shows at a moment. `back` is every return of the last days, several of one child also; `received` is the day of the last delivery of each agency that reports;
    `sees_reports` False: the viewer's role may see no report at all for the purpose given, so that nobody listed says nothing; `long` who was
    reported more than `long_days` ago and is not back; `earlier_unended` how many were reported before the days of `unended` and within
    two years."""

    now: datetime
    as_of: date
    order: str
    missing: tuple[Listed, ...]
    unended: tuple[Listed, ...]
    back: tuple[Returned, ...]
    together: Together
    back_days: int
    unended_days: int
    clock_source: str
    received: Mapping[str, str] = field(default_factory=dict)
    sees_reports: bool = True
    long: tuple[Listed, ...] = ()
    long_days: int = 0
    earlier_unended: int = 0
    unplaced: Unplaced = field(default_factory=Unplaced)

    @property
    def person_ids(self) -> frozenset[str]:
        """All children on it."""
        listed = {one.person_id for one in (*self.missing, *self.unended, *self.long)}
        return frozenset(listed | {one.person_id for one in self.back})


# A list is put in order by one fact that stands on it, which the reader picks; nothing is weighed and nothing added up.
DEFAULT_ORDER = "since"
ORDERS: dict[str, tuple[str, Callable[[Listed], Any]]] = {
    "since": (N_("longest missing first"), lambda one: one.episode.since.from_at),
    "age": (N_("youngest first"), lambda one: (not one.ages, one.ages)),
    "agencies": (N_("known to most agencies first"), lambda one: -len(one.known_to)),
    "name": (N_("by name"), lambda one: (not one.name, one.name.lower())),
}


def in_order(listed: list[Listed], order: str) -> tuple[Listed, ...]:
    """By the fact of that order; those alike by it longest missing first."""
    _words, key = ORDERS.get(order, ORDERS[DEFAULT_ORDER])
    since = sorted(listed, key=lambda one: (one.episode.since.from_at, one.person_id))
    return tuple(sorted(since, key=key))
