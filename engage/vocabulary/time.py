"""What is a moment here, and what is a time that nobody wrote down exactly?

Moments are UTC and shown in Europe/London. When something happened is an interval with its precision. The clock is
handed in: nothing below the command line and the pages asks the machine what time it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]


class Precision(StrEnum):
    """How exactly a source said when something happened."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"
    UNKNOWN = "unknown"


@dataclass(frozen=True, order=True)
class Happened:
    """A half-open interval of UTC moments in which something happened, and how exactly its source said so.

    Both ends are None when the source did not say (`Precision.UNKNOWN`).
    """

    from_at: datetime | None
    until_at: datetime | None
    precision: Precision


def system_clock() -> datetime:
    """The machine's clock, in UTC. Only the edge (command line, web server) may hand this in."""
    return datetime.now(UTC)


def standing_clock(at: datetime) -> Clock:
    """A clock that stands still at one moment, for the demo and for tests."""
    fixed = at.astimezone(UTC)
    return lambda: fixed


def london_midnight(day: date) -> datetime:
    """The UTC moment at which a London day begins (23:00 the evening before in summer)."""
    return datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)


def london_day(at: datetime) -> date:
    """The London calendar day on which a UTC moment falls."""
    return at.astimezone(LONDON).date()


def whole_day(day: date) -> Happened:
    """The interval of one London day."""
    return Happened(london_midnight(day), london_midnight(day + timedelta(days=1)), Precision.DAY)


def age_on(born: date, day: date) -> int:
    """Completed years of age on a day. Someone born on 29 February comes of age on 1 March in a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
