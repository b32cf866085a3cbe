"""A slow calculator that knows nothing of Engage: it walks hour by hour in UTC and day by day over lists written here.

Bank holidays as the Government publishes them for each nation, with substitute days; when the clocks change as the Summer Time Order has it (the last Sundays of March
and October at 01:00 UTC), written out. It uses no time zone database and no calendar of holidays.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


FIRST, LAST = date(2023, 1, 1), date(2028, 12, 31)


def _days(text: str) -> set[date]:
    """“2026: 1.1 3.4” is 1 January and 3 April 2026."""
    found = set()
    for line in text.strip().splitlines():
        year, _colon, days = line.partition(":")
        for day in days.split():
            number, _point, month = day.partition(".")
            found.add(date(int(year), int(month), int(number)))
    return found


_ENGLAND = _days("""
    2023: 2.1 7.4 10.4 1.5 8.5 29.5 28.8 25.12 26.12
    2024: 1.1 29.3 1.4 6.5 27.5 26.8 25.12 26.12
    2025: 1.1 18.4 21.4 5.5 26.5 25.8 25.12 26.12
    2026: 1.1 3.4 6.4 4.5 25.5 31.8 25.12 28.12
    2027: 1.1 26.3 29.3 3.5 31.5 30.8 27.12 28.12
    2028: 3.1 14.4 17.4 1.5 29.5 28.8 25.12 26.12
""")
_SCOTLAND = _days("""
    2023: 2.1 3.1 7.4 1.5 8.5 29.5 7.8 30.11 25.12 26.12
    2024: 1.1 2.1 29.3 6.5 27.5 5.8 2.12 25.12 26.12
    2025: 1.1 2.1 18.4 5.5 26.5 4.8 1.12 25.12 26.12
    2026: 1.1 2.1 3.4 4.5 25.5 15.6 3.8 30.11 25.12 28.12
    2027: 1.1 4.1 26.3 3.5 31.5 2.8 30.11 27.12 28.12
    2028: 3.1 4.1 14.4 1.5 29.5 7.8 30.11 25.12 26.12
""")
_NORTHERN_IRELAND = _ENGLAND | _days("""
    2023: 17.3 12.7
    2024: 18.3 12.7
    2025: 17.3 14.7
    2026: 17.3 13.7
    2027: 17.3 12.7
    2028: 17.3 12.7
""")
BANK_HOLIDAYS = {
    "england": _ENGLAND, "wales": _ENGLAND, "scotland": _SCOTLAND, "northern_ireland": _NORTHERN_IRELAND,
    "any_nation": _ENGLAND | _SCOTLAND | _NORTHERN_IRELAND,
}  # fmt: skip
_SUMMER = [
    (datetime(year, 3, spring, 1, tzinfo=UTC), datetime(year, 10, autumn, 1, tzinfo=UTC))
    for year, spring, autumn in ((2022, 27, 30), (2023, 26, 29), (2024, 31, 27), (2025, 30, 26), (2026, 29, 25), (2027, 28, 31), (2028, 26, 29))
]  # fmt: skip
CLOCK_CHANGES = [moment for both in _SUMMER for moment in both]
HOUR = timedelta(hours=1)


def wall(moment: datetime) -> datetime:
    """What the clock on the wall in London shows (without a zone)."""
    is_summer = any(begins <= moment < ends for begins, ends in _SUMMER)
    return (moment + (HOUR if is_summer else timedelta())).replace(tzinfo=None)


def is_working(day: date, nation: str) -> bool:
    return day.strftime("%a") not in ("Sat", "Sun") and day not in BANK_HOLIDAYS[nation]


def midnight_after(day: date, not_before: datetime) -> datetime:
    """The first moment of the day after, found hour by hour."""
    moment = not_before.replace(minute=0, second=0, microsecond=0)
    while wall(moment).date() <= day:
        moment += HOUR
    return moment


def last_day(day: date, count: int, unit: str, nation: str) -> date:
    """Day by day from day 0; a month on when its number comes up."""
    if unit == "month":
        return _month_on(day, count)
    while count:
        day += timedelta(days=1)
        if unit == "calendar_day" or is_working(day, nation):
            count -= 1
    return day


def day_before(day: date, count: int, unit: str, nation: str) -> date:
    while count:
        day -= timedelta(days=1)
        if unit == "calendar_day" or is_working(day, nation):
            count -= 1
    return day


def _month_on(day: date, count: int) -> date:
    number, walked = day.day, 0
    while walked < count:
        day += timedelta(days=1)
        if day.day == 1:
            walked += 1
    while day.day < number and (day + timedelta(days=1)).day != 1:
        day += timedelta(days=1)
    return day


def up_at(start: datetime, count: int, unit: str, nation: str) -> datetime:
    """When time is up: hours counted one by one, else the midnight after the last day."""
    if unit == "clock_hour":
        for _hour in range(count):
            start += HOUR
        return start
    return midnight_after(last_day(wall(start).date(), count, unit, nation), start)


def is_in_time(moment: datetime, up: datetime, unit: str) -> bool:
    return moment <= up if unit == "clock_hour" else moment < up


def used(start: datetime, until: datetime, unit: str, nation: str) -> int:
    """Whole units that passed, counted one by one."""
    count = 0
    if unit == "clock_hour":
        while start + HOUR <= until:
            start, count = start + HOUR, count + 1
        return count
    day = wall(start).date()
    while day < wall(until).date():
        day += timedelta(days=1)
        count += unit != "working_day" or is_working(day, nation)
    return count
