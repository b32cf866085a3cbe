"""How is a day read that somebody typed as exactly as they knew it, and no more exactly?

"3/4/2026 14:05", "3/4/2026", "3 April 2026", "April 2026", "4/2026", "2009", "about 2009", and nothing at all.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from engage.vocabulary.time import LONDON, Happened, Precision, london_midnight, whole_day


class NotADay(ValueError):
    """The words name no day, month or year."""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABOUT = re.compile(r"^(about|around|circa|c\.?|approx\.?|approximately|~)\s*", re.IGNORECASE)
_TIME = re.compile(r"[ ,T]+(?:at )?(\d{1,2})[:.](\d{2})$")


def read_happened(written: str) -> Happened:
    """The interval that the words allow. Raises NotADay with a sentence that says how to write it."""
    try:
        return _read(written)
    except OverflowError:
        # The first and last days that a calendar has: systems write them for "not known".
        raise _wrong(written) from None


def _read(written: str) -> Happened:
    text = " ".join(written.split())
    if not text:
        return Happened(None, None, Precision.UNKNOWN)
    about = _ABOUT.match(text)
    text = text[about.end() :] if about else text
    time = _TIME.search(text)
    first, until, precision = _days(text[: time.start()] if time else text, written)
    if time and precision is Precision.DAY:
        return _minute(first, int(time[1]), int(time[2]), written, is_about=bool(about))
    if time:
        raise _wrong(written)
    if about:
        slack = until - first
        return Happened(london_midnight(first - slack), london_midnight(until + slack), Precision.ABOUT)
    if precision is Precision.DAY:
        return whole_day(first)
    return Happened(london_midnight(first), london_midnight(until), precision)


def _minute(day: date, hour: int, minute: int, written: str, *, is_about: bool) -> Happened:
    if hour > 23 or minute > 59:
        raise _wrong(written)
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
    slack = timedelta(hours=1) if is_about else timedelta(0)
    utc = london_midnight(day).tzinfo
    return Happened(
        (moment - slack).astimezone(utc),
        (moment + slack + timedelta(minutes=1)).astimezone(utc),
        Precision.ABOUT if is_about else Precision.MINUTE,
    )


def _days(text: str, written: str) -> tuple[date, date, Precision]:
    """First day, the day after the last, and how exact that is."""
    try:
        if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
            return _one(date(int(found[3]), int(found[2]), int(found[1])))
        if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
            return _one(date(int(found[1]), int(found[2]), int(found[3])))
        if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9}) (\d{4})", text):
            return _one(date(int(found[3]), _month(found[2]), int(found[1])))
        if found := re.fullmatch(r"([A-Za-z]{3,9}) (\d{4})", text):
            return _whole_month(int(found[2]), _month(found[1]))
        if found := re.fullmatch(r"(\d{1,2})/(\d{4})", text):
            return _whole_month(int(found[2]), int(found[1]))
        if re.fullmatch(r"(19|20)\d{2}", text):
            return date(int(text), 1, 1), date(int(text) + 1, 1, 1), Precision.YEAR
    except ValueError:
        pass
    raise _wrong(written)


def _one(day: date) -> tuple[date, date, Precision]:
    return day, day + timedelta(days=1), Precision.DAY


def _whole_month(year: int, month: int) -> tuple[date, date, Precision]:
    first = date(year, month, 1)
    return first, (first + timedelta(days=31)).replace(day=1), Precision.MONTH


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _wrong(written: str) -> NotADay:
    return NotADay(
        _(
            "“%(written)s” is not a day, a month or a year. Write it like 3/4/2026 14:05, 3/4/2026, March 2026, 2009 or about 2009."
        )
        % {"written": written}
    )
