"""Over which months are wordings counted, and which counts are too small to be shown?"""

from __future__ import annotations

from datetime import date


MONTHS = 12
# Fewer texts than that are not told apart: among colleagues a small number may point at one who wrote them.
SMALL = 5


def period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """The first day of the first month, and the first day after the last month. Of what is not given: the month of today, and the year that
    ends with the last month. A last month before the first counts as the first."""
    end = last or today
    begin = first.replace(day=1) if first else _months_on(end, 1 - MONTHS)
    return begin, _months_on(max(end, begin), 1)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def shown(texts: int) -> int | None:
    """The count; None for one that is small and not nothing."""
    return None if 0 < texts < SMALL else texts
