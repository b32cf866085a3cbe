"""May somebody have been a child, and how old are they, by every birth that records say? One that says otherwise makes nobody grown up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from engage.picture.missing import rules
from engage.picture.search.called import Called
from engage.vocabulary.time import age_on


# Each the first day of birth that is possible, and the first that is not any more.
Births = tuple[tuple[date, date], ...]
# Each the youngest and the oldest age in whole years.
Ages = tuple[tuple[int, int], ...]


def births_of(one: Called | None) -> Births:
    """Every valid birth of somebody that the viewer may know."""
    keys = {
        row["value_key"]
        for row in (one.rows if one else ())
        if row["field"] == "birth" and row["is_valid"] and row["value_key"]
    }
    spans = (tuple(map(date.fromisoformat, key.split("/"))) for key in sorted(keys) if key.count("/") == 1)
    return tuple((first, until) for first, until in spans)


def may_be_child(births: Births, on: date) -> bool | None:
    """Whether somebody may have been under 18 on a day: no only when every birth says so; None when none is known."""
    told = [rules.is_child(birth, on) for birth in births]
    return any(told) if told else None


def ages_on(births: Births, on: date) -> Ages:
    """The youngest and the oldest age in whole years that each birth allows, youngest first; those that allow the same once."""
    return _apart({(age_on(until - timedelta(days=1), on), age_on(first, on)) for first, until in births})


def _apart(ages: Iterable[tuple[int, int]]) -> Ages:
    """Without those within another: who was born in 2010 by one record and on a day of 2010 by another is as old as the day says."""
    known = sorted(ages, key=lambda one: (one[1] - one[0], one))
    kept: list[tuple[int, int]] = []
    for youngest, oldest in known:
        if not any(youngest <= one[0] and one[1] <= oldest for one in kept):
            kept.append((youngest, oldest))
    return tuple(sorted(kept))
