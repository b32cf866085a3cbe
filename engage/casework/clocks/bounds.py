"""Between which moments does something that was told lie?

A source that wrote a minute is taken at that minute. One that wrote a day (a month, about a day) leaves everything from the first to the last instant of it open; so does the
moment at which it was written down, which it cannot have happened after. What nobody dated lies anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from engage.casework.clocks.counting import INSTANT
from engage.casework.clocks.rules import Told
from engage.vocabulary.time import Happened, Precision


EVER, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Bounds:
    """The earliest and the latest moment that something can have happened at: both may be it."""

    earliest: datetime
    latest: datetime

    @property
    def is_known(self) -> bool:
        """Both ends were said."""
        return self.earliest != EVER and self.latest != NEVER


def bounds_of(told: Told) -> Bounds:
    """Between which moments a telling lies."""
    lies = bounds(told.happened)
    if told.told_at is not None and lies.is_known and lies.earliest <= told.told_at < lies.latest:
        return Bounds(lies.earliest, told.told_at)
    return lies


def bounds(happened: Happened) -> Bounds:
    """Between which moments a time lies."""
    if happened.precision is Precision.UNKNOWN or happened.from_at is None:
        latest = happened.until_at - INSTANT if happened.until_at else NEVER
        return Bounds(EVER, latest)
    if happened.precision is Precision.MINUTE:
        return Bounds(happened.from_at, happened.from_at)
    return Bounds(happened.from_at, happened.until_at - INSTANT if happened.until_at else NEVER)


def last_of(some: Iterable[Told]) -> Bounds:
    """Between which moments the last of several tellings lies."""
    lie = [bounds_of(one) for one in some]
    return Bounds(max(one.earliest for one in lie), max(one.latest for one in lie))
