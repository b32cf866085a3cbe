"""Over which quarters are wordings counted, and how exactly is a count told?

Among colleagues a small number may point at one who wrote the texts. A small number that is held back comes back where two periods overlap, or where
the same period is counted as known on one day and on the next: the difference is what was held back. So only whole quarters are counted that are over,
each is rounded by itself before quarters are added, and all are counted as known today: no choice of periods tells more than the rounded quarters do.
"""

from __future__ import annotations

from datetime import date


QUARTERS = 4
# As the Department for Education rounds counts of children in its published tables.
ROUNDED_TO = 5
# No text is older.
EARLIEST = date(1900, 1, 1)


def period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """The first day of the quarter of `first`, and the first day after the quarter of `last`. Of what is not given: the last quarter that is over
    today, and the year that ends with the last quarter. At least the last of them is counted, and none that is not over."""
    over = _quarter(today)
    first, last = (max(day, EARLIEST) if day else None for day in (first, last and min(last, today)))
    after = min(_quarters_on(_quarter(last), 1), over) if last else over
    begin = _quarter(first) if first else _quarters_on(after, -QUARTERS)
    return min(begin, _quarters_on(after, -1)), after


def _quarter(day: date) -> date:
    """Its first day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _quarters_on(begin: date, count: int) -> date:
    year, quarter = divmod(begin.year * 4 + begin.month // 3 + count, 4)
    return date(year, quarter * 3 + 1, 1)


def quarter_of(month: str) -> str:
    """The quarter of a month, as 2026-1 of 2026-03-01."""
    return f"{month[:4]}-{(int(month[5:7]) + 2) // 3}"


def rounded(texts: int) -> int:
    """The count of one quarter, to the nearest five."""
    return (texts + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
