"""From which day do records count, and by which working day is something due?"""

from __future__ import annotations

from datetime import date, timedelta

from engage.casework.clocks.calendars import Calendar
from engage.casework.clocks.counting import months_after
from engage.store.area import Area
from engage.vocabulary.access import Viewing


def since(viewing: Viewing, months: int) -> date:
    """The day that many months before the viewing's day; of a month that is too short, its last."""
    return months_after(viewing.as_of, -months)


def calendar(area: Area) -> Calendar:
    """The working days of the area's nation (area.yaml: nation), England's where it says none."""
    return Calendar(str(area.settings.get("nation") or "england"))


def working_days(area: Area, day: date, count: int) -> date:
    """The day that many working days after a day, or (negative) before it; of none, that day or the next working day."""
    days, step = calendar(area), timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left or not days.is_working(day):
        day += step
        left -= days.is_working(day) and left > 0
    return day
