"""Which days are working days, in which nation? And which calendar said so?

Bank holidays of England, Wales, Scotland and Northern Ireland, with substitute days, come from the `holidays` package: it is kept by many, installed with
Engage, and asks no network. Its version is the version of the calendar. Days that nobody has proclaimed yet (a jubilee) are in a later version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import metadata

import holidays


# What the package calls each nation. A limit “anywhere in the United Kingdom” (freedom of information) leaves out the bank holidays of all four.
NATIONS = {"england": ("ENG",), "wales": ("WLS",), "scotland": ("SCT",), "northern_ireland": ("NIR",)}
ANY_NATION = "any_nation"
CALENDARS = {**NATIONS, ANY_NATION: ("ENG", "WLS", "SCT", "NIR")}
_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The working days of a nation: Monday to Friday without bank holidays, and without `closed` days that an area states."""

    code: str
    closed: frozenset[date] = frozenset()

    @property
    def version(self) -> str:
        """Which calendar this is: for the record of what was counted by it."""
        days = f", {len(self.closed)} closed" if self.closed else ""
        return f"{self.code}, holidays {_package_version()}{days}"

    def is_working(self, day: date) -> bool:
        """Work is done on that day."""
        return (
            day.weekday() < _SATURDAY
            and day not in _bank_holidays(self.code, day.year)
            and day not in self.closed
        )

    def working_between(self, after: date, until: date) -> int:
        """How many working days lie after a day and up to another: counted by weeks, since clocks that nobody ended run for years."""
        if until <= after:
            return 0
        weeks, rest = divmod((until - after).days, 7)
        days = [until - timedelta(days=n) for n in range(rest)]
        weekdays = 5 * weeks + sum(day.weekday() < _SATURDAY for day in days)
        return weekdays - sum(after < day <= until for day in _free_weekdays(self, after.year, until.year))

    def free_weekdays(self, after: date, until: date) -> list[str]:
        """How the bank holidays are called that fall from Monday to Friday after a day and up to another, in their order."""
        years = range(after.year, until.year + 1)
        named = {day: name for year in years for day, name in _bank_holidays(self.code, year).items()}
        return [named[day] for day in sorted(named) if after < day <= until and day.weekday() < _SATURDAY]

    def working_on_or_after(self, day: date) -> date:
        """That day, or the next one that is a working day."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day


def calendars(closed: Iterable[date] = ()) -> dict[str, Calendar]:
    """Every calendar, each without and with (`+closed`) the days on which an area is closed."""
    days = frozenset(closed)
    return {
        name: calendar
        for code in CALENDARS
        for name, calendar in ((code, Calendar(code)), (f"{code}+closed", Calendar(code, days)))
    }


@cache
def _free_weekdays(calendar: Calendar, first: int, last: int) -> frozenset[date]:
    """Days from Monday to Friday, of these years, on which no work is done."""
    free = calendar.closed.union(*(_bank_holidays(calendar.code, year) for year in range(first, last + 1)))
    return frozenset(day for day in free if day.weekday() < _SATURDAY)


@cache
def _bank_holidays(code: str, year: int) -> Mapping[date, str]:
    parts = [holidays.country_holidays("GB", subdiv=part, years=year) for part in CALENDARS[code]]
    return {day: name for part in parts for day, name in part.items()}


@cache
def _package_version() -> str:
    return metadata.version("holidays")
