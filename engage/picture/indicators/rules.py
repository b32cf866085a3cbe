"""What is an indicator, what is evidence of it, and when does the evidence make it present? Plain values, no store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from engage.vocabulary.words import N_


# The five classes, in the order in which they are shown: harm apart from exposure apart from vulnerability (practice guidance
# since the 2023 joint targeted inspections). No class weighs more than another: nothing is added up.
CLASSES = {
    "harm": N_("signs of possible harm"),
    "exposure": N_("contact with people or settings that exploit"),
    "vulnerability": N_("background that exploiters look for"),
    "context": N_("place, peers or online setting"),
    "protective": N_("what protects"),
}
# What brings a child onto the worklist.
LISTED = ("harm", "exposure")
VALUES = {
    "present": N_("present"),
    "not_present": N_("not present"),
    "not_known": N_("not known"),
    "not_asked": N_("not asked"),
}


@dataclass(frozen=True)
class Pattern:
    """How many records within how many days make an indicator present; one record by itself when it has no pattern. `is_same`: at the
    same place, by the same phone and so on, as the step's column `same` says."""

    at_least: int
    within_days: int
    is_same: bool = False


@dataclass(frozen=True)
class Check:
    """One drawn table of an indicator: rows of the views that its step reads, and the records that it must return, by person."""

    what: str
    given: Mapping[str, Sequence[Mapping[str, Any]]]
    expected: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Indicator:
    """One entry of the catalogue. `kind` is its class; `window_days` how long one happening speaks for it (0: for ever); `sql` one select
    that returns records, "" when only people record it; `reads` the kinds of record that it is looked for in, `themes` those of texts. `is_linked`: it is found
    in links between people."""

    code: str
    title: str
    kind: str
    means: str
    does_not_mean: str
    window_days: int
    holders: tuple[str, ...]
    source: str
    version: str
    effective_on: date
    review_on: date
    owner: str
    is_on: bool = True
    sql: str = ""
    reads: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    pattern: Pattern | None = None
    checks: tuple[Check, ...] = ()
    is_linked: bool = False

    @property
    def is_computed(self) -> bool:
        """Its evidence is found in the records; otherwise people record it."""
        return bool(self.sql)

    @property
    def is_listed(self) -> bool:
        """Its evidence brings a child onto the worklist."""
        return self.is_on and self.is_computed and self.kind in LISTED

    @property
    def makes_concern(self) -> bool:
        """Links are looked for between children who carry it: never one that was itself found in links."""
        return self.is_listed and not self.is_linked


@dataclass(frozen=True)
class Evidence:
    """One record that speaks for an indicator: of whom, when it happened (None when not known), whose it is. `is_told`: it is what a text was
    read to say, weaker than what an agency recorded as such; `start` and `until` are then its characters. `other_record_id`: the further
    record it rests on; `is_against`: a text says that it is not so; `first_known_on`: since
    when some version of it is known."""

    indicator: str
    record_id: str
    person_record_id: str
    happened_on: date | None
    agency: str
    known_from_on: date
    is_told: bool = False
    start: int | None = None
    until: int | None = None
    other_record_id: str = ""
    same: str = ""
    is_against: bool = False
    first_known_on: date | None = None

    @property
    def since(self) -> date:
        """The day from which it is known, in some version."""
        return self.first_known_on or self.known_from_on

    @property
    def key(self) -> str:
        """What it is known by in every build: people's decisions name what they had seen by it."""
        return "\t".join(
            (
                self.indicator,
                self.person_record_id,
                self.record_id,
                "" if self.start is None else str(self.start),
            )
        )


@dataclass(frozen=True)
class Found:
    """What the records hold for one indicator on one day: the evidence that a viewer may see, newest first. `current` is what lies within the
    indicator's window and makes it present; `against` what says within it that it is not so."""

    indicator: Indicator
    evidence: tuple[Evidence, ...] = ()
    current: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()


def found(indicator: Indicator, evidence: Iterable[Evidence], on: date) -> Found:
    """What evidence of one indicator comes to on a day: that its pattern asks for, within its window. A happening on no known day counts from
    the day on which it became known."""
    everything = sorted(evidence, key=_newest, reverse=True)
    first = on - timedelta(days=indicator.window_days) if indicator.window_days else date.min
    rows = [one for one in everything if not one.is_against]
    within = [one for one in rows if day_of(one) >= first]
    current = within if indicator.pattern is None else _patterned(rows, indicator.pattern, first)
    against = (one for one in everything if one.is_against and day_of(one) >= first)
    return Found(indicator, tuple(rows), tuple(current), tuple(against))


def without_window(indicator: Indicator) -> Indicator:
    """The same indicator, for which any happening speaks however long ago it was."""
    return replace(indicator, window_days=0)


def day_of(one: Evidence) -> date:
    """The day it counts from: when it happened or, where that is not known, when it became known."""
    return one.happened_on or one.known_from_on


def _newest(one: Evidence) -> tuple[date, str, int]:
    return (day_of(one), one.record_id, -(one.start or 0))


def _patterned(rows: Sequence[Evidence], pattern: Pattern, first: date) -> list[Evidence]:
    """The rows that stand in some run of as many records within as many days, the last of which is on the first day or later."""
    groups: dict[str, list[Evidence]] = {}
    for one in rows:
        groups.setdefault(one.same if pattern.is_same else "", []).append(one)
    kept = {record for group in groups.values() for record in _in_runs(group, pattern, first)}
    return [one for one in rows if one.record_id in kept]


def _in_runs(group: Sequence[Evidence], pattern: Pattern, first: date) -> set[str]:
    days = sorted({(day_of(one), one.record_id) for one in group})
    runs = (days[at : at + pattern.at_least] for at in range(len(days) - pattern.at_least + 1))
    within = timedelta(days=pattern.within_days)
    return {
        record
        for run in runs
        if run[-1][0] - run[0][0] <= within and run[-1][0] >= first
        for _on, record in run
    }


def record_of(key: str) -> str:
    """The person's record that a key of evidence names."""
    return key.split("\t")[1]
