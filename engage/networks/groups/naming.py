"""Which group of a build is which of an earlier one? By the people both have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


# A group goes on under its number when it shares at least so much of all members of both (Jaccard); with less it came from it, and is another.
SAME_FROM = 0.3


@dataclass(frozen=True)
class Found:
    """A group as a build found it: its members, and the children with evidence who are linked to it."""

    members: frozenset[str]
    linked: frozenset[str]


@dataclass(frozen=True)
class Named:
    """A group of a build: its place among those found, its number (None: it needs a new one), and the earlier groups that it shares members with."""

    place: int
    number: int | None
    came_from: tuple[int, ...]


def carried_over(before: Mapping[int, frozenset[str]], now: Sequence[frozenset[str]]) -> list[Named]:
    """The number of each group found. Of several that could go on under one number that goes on which shares most; of groups that share as much the
    older number goes first, then the group with the first member by id. Every number goes on at most once."""
    shares = sorted(
        (-(len(old & new) / len(old | new)), number, min(new), place)
        for number, old in before.items()
        for place, new in enumerate(now)
        if old & new
    )
    given: dict[int, int] = {}
    for negative, number, _first, place in shares:
        if -negative >= SAME_FROM and place not in given and number not in given.values():
            given[place] = number
    return [
        Named(
            place,
            given.get(place),
            tuple(sorted({number for _s, number, _f, at in shares if at == place} - {given.get(place)})),
        )
        for place in range(len(now))
    ]
