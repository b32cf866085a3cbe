"""How does a supplier write a value: a date, a name, a number, a code?

A column of a layout says `field as form`. Without a form, dates, moments, times and truth values are written in the layout's own
way. Forms never change what is meant, only how it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from engage.example.draw import written


DAYS = {
    "iso": "%Y-%m-%d",
    "uk": "%d/%m/%Y",
    "mon": "%d-%b-%Y",
    "compact": "%Y%m%d",
    "dots": "%d.%m.%Y",
}
TIMES = {"colon": "%H:%M", "plain": "%H%M", "seconds": "%H:%M:%S"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EXCEL_ZERO = date(1899, 12, 30)


class Forms:
    """The forms of one layout: `day` and `clock` are its usual ways of writing days and times."""

    def __init__(self, day: str, clock: str) -> None:
        self.day, self.clock = day, clock

    def write(self, value: Any, form: str) -> Any:
        """The value in that form ('' for the layout's own). Empty stays empty. Raises KeyError for an unknown form."""
        if value is None or value == "":
            return ""
        if form in DAYS or form in ("excel", "cell"):
            return self._day(value, form)
        if form in TIMES:
            return value.strftime(TIMES[form])
        if form:
            return FORMS[form](value)
        return self._plain(value)

    def _plain(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return f"{self._day(value, self.day)} {value.strftime(TIMES[self.clock])}"
        if isinstance(value, date):
            return self._day(value, self.day)
        if isinstance(value, time):
            return value.strftime(TIMES[self.clock])
        if isinstance(value, bool):
            return "Y" if value else "N"
        return value

    def _day(self, value: Any, form: str) -> Any:
        if not isinstance(value, date):
            return value  # an age where a birth date was asked for
        day = value.date() if isinstance(value, datetime) else value
        if form == "cell":  # a workbook's own kind of date
            return value
        if form == "excel":
            return (day - EXCEL_ZERO).days
        if form == "mon":  # strftime's month depends on the machine's language
            return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}"
        return day.strftime(DAYS[form])


def _spaced_nhs(value: str) -> str:
    return f"{value[:3]} {value[3:6]} {value[6:]}"


def _codes(name: str) -> Callable[[Any], Any]:
    def translate(value: Any) -> Any:
        codes: dict[str, Any] = written("codes.yaml")[name]
        return codes.get(value, value)

    return translate


FORMS: dict[str, Callable[[Any], Any]] = {
    "upper": lambda value: str(value).upper(),
    "lower": lambda value: str(value).lower(),
    "title": lambda value: str(value).capitalize(),
    "text": str,
    "spaced": _spaced_nhs,
    "together": lambda value: str(value).replace(" ", ""),
    "international": lambda value: "+44" + str(value)[1:],
    "grouped": lambda value: f"{value[:5]} {value[5:8]} {value[8:]}",
    "number": lambda value: int(value) if str(value).isdigit() else value,
    "ethnicity words": _codes("ethnicity words"),
    "ethnicity school": _codes("ethnicity school"),
    "ethnicity nhs": _codes("ethnicity nhs"),
    "sex words": _codes("sex words"),
    "sex numbers": _codes("sex numbers"),
    "kind codes": _codes("kind codes"),
    "role codes": _codes("role codes"),
    "one zero": lambda value: int(bool(value)),
}
