"""By which of several names is a person called, and which day of birth stands beside it? The same wherever a person is named.

Records differ in what they know: one holds half a name and an age, another the whole name and the day. The fullest is taken, so that
a record that was joined late and knows little does not rename anybody; every value stays to be seen on the person's own page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any


def name_of(rows: Iterable[Any]) -> str:
    """The name by which to call somebody of whom these rows of `said` speak ("" when none names them): one that has a forename and a
    surname, then that most agencies and records say, then the newest, then the first by its letters."""
    groups = _by_value(rows, "name")
    best = _best(groups, lambda group: (_fullness(_text(group)), *_support(group)))
    return _text(best) if best else ""


def birth_of(rows: Iterable[Any]) -> str:
    """The birth to show of somebody ("" when not known): a known day (as 2013-07-29) before a range or an age, as its source wrote
    it; then by who says so, as for names."""
    groups = _by_value(rows, "birth")
    best = _best(groups, lambda group: (_exactness(group), *_support(group)))
    if best is None:
        return ""
    days = _days(best)
    return days[0].isoformat() if days and days[1] - days[0] == timedelta(days=1) else _text(best)


def _best(groups: list[list[Any]], order: Callable[[list[Any]], Any]) -> list[Any] | None:
    """The group that comes last by that order; of one there is nothing to weigh up."""
    return max(groups, key=order, default=None) if len(groups) != 1 else groups[0]


def _by_value(rows: Iterable[Any], field: str) -> list[list[Any]]:
    """The rows of a field, those together that say the same; in an order of their own, so that ties fall the same way always."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        if row["field"] == field and row["value"]:
            groups[row["value_key"] or row["value"]].append(row)
    return [groups[key] for key in sorted(groups)]


def _text(group: Sequence[Any]) -> str:
    """The value as it is written, in capitals only where nobody writes it otherwise."""
    return str(min((row["value"].isupper(), row["value"]) for row in group)[1])


def _support(group: Sequence[Any]) -> tuple[int, int, str]:
    """How many agencies and records say so, and since when the newest does."""
    return (
        len({row["agency"] for row in group}),
        len({row["record_id"] for row in group}),
        max(row["known_from_on"] for row in group),
    )


def _fullness(name: str) -> int:
    """Two words make a whole name; an initial is less than a word."""
    words = name.replace(".", " ").split()
    return 2 if sum(len(word) > 1 for word in words) > 1 else len(words) > 1


def _exactness(group: Sequence[Any]) -> tuple[int, int]:
    """Well formed before not, then the shorter the exacter. 1 January is what many write who know the year."""
    days = _days(group)
    if days is None:
        return 0, 0
    first, until = days
    is_new_year = (first.month, first.day) == (1, 1)
    return 1, -max((until - first).days, 365 if is_new_year else 0)


def _days(group: Sequence[Any]) -> tuple[date, date] | None:
    """The first day on which the person may have been born, and the first on which no longer; None where the source's words say none."""
    if not group[0]["is_valid"]:
        return None
    first, _, until = (group[0]["value_key"] or "").partition("/")
    return date.fromisoformat(first), date.fromisoformat(until)
