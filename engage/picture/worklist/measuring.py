"""Do alerts stay believable? How many children come onto the worklist in a week, and how many of them are exploited, where the truth is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engage.picture.indicators.rules import Evidence, Indicator, found, without_window


WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """One week: from its first day how many children came onto the list, and how many of these are exploited, then or later."""

    from_on: date
    came: int
    right: int


def listed_from(
    evidence: Mapping[str, Sequence[Evidence]], catalogue: Mapping[str, Indicator]
) -> date | None:
    """The day from which somebody stands on the list by this evidence, when nobody looks: that on which the first of it, or the last that a pattern
    needs, became known; None when nothing is listed."""
    days = []
    for code, rows in evidence.items():
        indicator = catalogue[code]
        if indicator.is_listed:
            known = sorted(rows, key=lambda one: one.since)
            first = next(
                (
                    one.since
                    for count, one in enumerate(known, start=1)
                    if found(without_window(indicator), known[:count], date.max).current
                ),
                None,
            )
            days += [first] if first else []
    return min(days, default=None)


def weeks(listed: Mapping[str, date], exploited: Collection[str], first: date, last: date) -> list[Week]:
    """The weeks from one day to another, with who came onto the list in each."""
    made = []
    while first <= last:
        came = [person for person, on in listed.items() if first <= on < first + WEEK]
        made.append(Week(first, len(came), sum(person in exploited for person in came)))
        first += WEEK
    return made
