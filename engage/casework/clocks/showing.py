"""Of clocks that count the same thing, which one stands in lists and as the next time limit? Decided here alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from engage.casework.clocks.rules import Run


def with_first(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs, each with whether it is shown first: those of the clock that the area shows first; where none of these waits, those of the variant whose time is up next.

    What begins the first one may be told to nobody: an extract says when enquiries started, and not which discussion decided on them.
    """
    some = tuple(runs)
    chosen = _chosen(some)
    return tuple(replace(run, is_first=run.clock.code == chosen[_family(run)]) for run in some)


def _family(run: Run) -> str:
    return run.clock.variant_of or run.clock.code


def _chosen(runs: Iterable[Run]) -> Mapping[str, str]:
    families: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        families[_family(run)].append(run)
    return {family: _of_family(some) for family, some in families.items()}


def _of_family(runs: list[Run]) -> str:
    waiting = [run for run in runs if run.is_open]
    first = [run for run in waiting or runs if run.clock.is_shown_first]
    # Without a moment at which time is up it comes after those with one.
    soonest = sorted(first or waiting or runs, key=lambda run: (run.due is None, run.due.earliest_at.timestamp() if run.due else 0))  # fmt: skip
    return soonest[0].clock.code
