"""How good is each indicator: how many children carry it, from whose records, what staff said of it, and, where the truth is known, how many of
those are exploited and how many exploited children it does not find?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from engage.picture.indicators.rules import Evidence, Indicator, found, without_window
from engage.vocabulary.written import read_yaml


# Fewer right than that, and it is off until an area turns it on.
LEAST_RIGHT = 1 / 20
_MEASURED = Path(__file__).parent / "measured.yaml"


@dataclass(frozen=True)
class Use:
    """One indicator in use: how many children carry it at any time, in records of which agencies, and how often people confirmed, explained or
    disputed it. `exploited` of those who carry it are, and `missed` exploited children do not carry it; None where no truth is known."""

    indicator: Indicator
    carried: int
    agencies: tuple[str, ...]
    said: Mapping[str, int]
    exploited: int | None = None
    missed: int | None = None

    @property
    def right(self) -> float | None:
        """Which share of those who carry it are exploited; None where that is not known or nobody carries it."""
        return None if self.exploited is None or not self.carried else self.exploited / self.carried


@dataclass(frozen=True)
class Carried:
    """Of each indicator that anybody carries: who does (today's ids), and in records of which agencies."""

    carriers: Mapping[str, frozenset[str]]
    agencies: Mapping[str, frozenset[str]]


def carried(
    catalogue: Mapping[str, Indicator], held: Mapping[str, Mapping[str, Sequence[Evidence]]]
) -> Carried:
    """Who carries which indicator at any time, by the evidence of each person by indicator."""
    carriers: dict[str, set[str]] = defaultdict(set)
    agencies: dict[str, set[str]] = defaultdict(set)
    ever = {code: without_window(one) for code, one in catalogue.items()}
    for person, by_code in held.items():
        for code, evidence in by_code.items():
            current = found(ever[code], evidence, date.max).current
            if current:
                carriers[code].add(person)
                agencies[code] |= {one.agency for one in current}
    return Carried(
        {code: frozenset(some) for code, some in carriers.items()},
        {code: frozenset(some) for code, some in agencies.items()},
    )


def measure(
    catalogue: Mapping[str, Indicator],
    by: Carried,
    said: Iterable[tuple[str, str]],
    exploited: Mapping[str, str] | None = None,
) -> list[Use]:
    """The use of every computed indicator, in the catalogue's order: `by` is who carries it, `said` what people said as (indicator, word), `exploited`
    which exploited child each such person is, where that is known: one child may be several persons."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for code, word in said:
        words[code][word] += 1
    return [
        _use(one, by.carriers.get(code, frozenset()), by.agencies.get(code, frozenset()), words[code], exploited)
        for code, one in catalogue.items()
        if one.is_computed
    ]  # fmt: skip


def _use(
    one: Indicator,
    carriers: frozenset[str],
    agencies: frozenset[str],
    said: Mapping[str, int],
    exploited: Mapping[str, str] | None,
) -> Use:
    if exploited is None:
        return Use(one, len(carriers), tuple(sorted(agencies)), said)
    return Use(one, len(carriers), tuple(sorted(agencies)), said, len(carriers & exploited.keys()), _missed(carriers, exploited))  # fmt: skip


def _missed(carriers: Collection[str], exploited: Mapping[str, str]) -> int:
    found_children = {child for person, child in exploited.items() if person in carriers}
    return len(set(exploited.values()) - found_children)


@dataclass(frozen=True)
class MeasuredTown:
    """What was found on one made-up town whose truth is known: how many children it has, how many of them exploited, and of each indicator how
    many carry it, how many of these are exploited, and how many exploited children it misses."""

    town: str
    measured_on: date
    children: int
    exploited: int
    found: Mapping[str, tuple[int, int, int]]


@cache
def measured_towns() -> tuple[MeasuredTown, ...]:
    """What was measured with the shipped catalogue: measured.yaml, written by tools/measure_indicators.py."""
    raw: list[dict[str, Any]] = read_yaml(_MEASURED.read_text(encoding="utf-8")) or []
    return tuple(
        MeasuredTown(
            one["town"], one["on"], one["children"], one["exploited"], {code: (n[0], n[1], n[2]) for code, n in one["found"].items()}
        )
        for one in raw
    )  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """Of one indicator, over all towns measured: how many children carry it, how many of these are exploited, how many exploited it misses."""

    carried: int
    exploited: int
    missed: int


def measured(code: str) -> Measured:
    """What was measured of one indicator; zeros when nothing was."""
    rows = [town.found.get(code, (0, 0, 0)) for town in measured_towns()]
    return Measured(*(sum(row[place] for row in rows) for place in range(3)))
