"""How are working days, days, months and hours counted from a moment?

The day on which something happened is day 0. Hours are real hours: when the clocks change, 72 of them end an hour earlier or later by the clock on the
wall. A month ends on the same day of the month, or on the last where the month has no such day. Everything here is of exact moments; `due` does it twice
where a moment is known only to lie between two.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engage.casework.clocks.calendars import Calendar
from engage.casework.clocks.rules import Length, Unit
from engage.vocabulary.time import london_day, london_midnight


DAY, HOUR, INSTANT = timedelta(days=1), timedelta(hours=1), timedelta(microseconds=1)
Still = tuple[datetime, datetime]


@dataclass(frozen=True)
class Measure:
    """What a length is counted by: the calendar, the times for which the clock stood still, and whether a last day that is no working day gives way to the next."""

    calendar: Calendar
    stills: Sequence[Still] = ()
    rolls: bool = False


def months_after(day: date, count: int) -> date:
    """The same day of the month so many months later (earlier where below nothing), or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_moment(start: datetime, length: Length, measure: Measure) -> datetime:
    """The last moment that is within the length from a start: of days, the last instant of the last one."""
    if length.unit is Unit.CLOCK_HOUR:
        return _hours_after(start, length.count, measure.stills)
    return london_midnight(last_day(london_day(start), length, measure) + DAY) - INSTANT


def last_day(day: date, length: Length, measure: Measure) -> date:
    """The last day that is within the length from day 0. A day on which the clock stood still is not counted: those after the day on which it was stopped, up to the
    day on which it went on, which is day 0 again."""
    still = [(london_day(began), london_day(until)) for began, until in measure.stills]
    wanted = length.count
    if length.unit is Unit.MONTH:
        end = months_after(day, length.count)
        wanted = (end - day).days
    while wanted:
        day += DAY
        if _counts(day, length.unit, measure.calendar) and not any(a < day <= b for a, b in still):
            wanted -= 1
    for began, until in sorted(still):
        # Stopped on the last day: what is left of it is had on the day on which it goes on.
        if began == day < until:
            day = (
                until if length.unit is not Unit.WORKING_DAY else measure.calendar.working_on_or_after(until)
            )
    return measure.calendar.working_on_or_after(day) if measure.rolls else day


def day_before(day: date, length: Length, calendar: Calendar) -> date:
    """The day that lies so many days, working days or months before a day."""
    if length.unit is Unit.MONTH:
        return months_after(day, -length.count)
    wanted = length.count
    while wanted:
        day -= DAY
        wanted -= _counts(day, length.unit, calendar)
    return day


def moment_before(moment: datetime, length: Length, calendar: Calendar) -> datetime:
    """So many hours before a moment; of days, the midnight at which that day begins."""
    if length.unit is Unit.CLOCK_HOUR:
        return moment - length.count * HOUR
    return london_midnight(day_before(london_day(moment), length, calendar))


def between(start: datetime, until: datetime, unit: Unit, measure: Measure) -> int:
    """Whole units that passed from a start to a moment, without those for which the clock stood still: days after day 0, that of the moment included; months as days.
    Below nothing where the moment lies before the start."""
    if unit is Unit.CLOCK_HOUR:
        stood = sum((max(timedelta(), min(b, until) - max(a, start)) for a, b in measure.stills), timedelta())
        return int((until - start - stood) // HOUR)
    first, last = london_day(start), london_day(until)
    if last < first:
        return -_days(last, first, unit, measure.calendar)
    stood_days = 0
    after = first
    for a, b in sorted((london_day(a), london_day(b)) for a, b in measure.stills):
        # Two pauses of which only the days are known may lie over one another: a day stands still once.
        stood_days += _days(max(a, after), min(b, last), unit, measure.calendar)
        after = max(after, b)
    return _days(first, last, unit, measure.calendar) - stood_days


def _days(after: date, until: date, unit: Unit, calendar: Calendar) -> int:
    """Days that count, after a day and up to another; none where that lies before."""
    if unit is Unit.WORKING_DAY:
        return calendar.working_between(after, until)
    return max(0, (until - after).days)


def _counts(day: date, unit: Unit, calendar: Calendar) -> bool:
    return unit is not Unit.WORKING_DAY or calendar.is_working(day)


def _hours_after(start: datetime, count: int, stills: Sequence[Still]) -> datetime:
    end = start + count * HOUR
    for began, until in sorted(stills):
        if began <= end:
            end += max(timedelta(), until - max(began, start))
    return end
