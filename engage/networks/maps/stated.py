"""What does the map count and how does it show it? Read from `stated.yaml`, where each rule stands with its source or reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from engage.networks.laying.counted import counting


@dataclass(frozen=True)
class Stated:
    """The words and numbers of stated.yaml. `classes` are the first counts of each class; `small` says below which number counts are kept back, by the day from which it
    holds, and `hours_of_a_part` into which parts the day is cut with it; `private` are kinds of place where somebody lives, `homes` those of children."""

    concern_kinds: tuple[str, ...]
    homes: frozenset[str]
    private: frozenset[str]
    months: int
    most_months: int
    classes: tuple[int, ...]
    small: tuple[tuple[date, int], ...]
    hours_of_a_part: int

    def small_below(self, on: date) -> int:
        """Below which number the version without names shows no count on a day; before any rule the first one's."""
        in_force = [below for from_on, below in self.small if from_on <= on]
        return in_force[-1] if in_force else self.small[0][1]

    def class_of(self, count: int) -> int:
        """The class of a count: 0 for none, then from 1."""
        return sum(first <= count for first in self.classes)


@cache
def stated() -> Stated:
    """What ships with the software."""
    raw = yaml.safe_load((Path(__file__).parent / "stated.yaml").read_text(encoding="utf-8"))
    homes = frozenset(raw["homes_of_children"])
    return Stated(
        concern_kinds=tuple(raw["concern_kinds"]),
        homes=homes,
        private=homes | frozenset(counting()["dwellings"]),
        months=int(raw["months"]),
        most_months=int(raw["most_months_at_once"]),
        classes=tuple(raw["classes"]),
        small=tuple(sorted((one["from"], int(one["below"])) for one in raw["small_counts"])),
        hours_of_a_part=int(raw["hours_of_a_part"]),
    )
