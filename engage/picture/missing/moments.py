"""How is a moment or a day read that a source wrote into a value of its own, an interview's "missing from" for instance?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from engage.vocabulary.time import LONDON, Happened, Precision, whole_day


_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%b-%Y", "%Y%m%d", "%d %B %Y")
_TIMES = ("", " %H:%M", "T%H:%M", " %H:%M:%S", "T%H:%M:%S", " %H%M")


def said_moment(text: object) -> Happened | None:
    """The moment or day that a source wrote into a value of its own; None when it wrote none, or none that can be read."""
    return _read(str(text or "").strip())


# Each time of being missing is held against every interview: the same few texts are read again and again.
@lru_cache(maxsize=20_000)
def _read(written: str) -> Happened | None:
    for day in _DAYS:
        for time in _TIMES:
            try:
                read = datetime.strptime(written, day + time).replace(tzinfo=LONDON)
            except ValueError:
                continue
            if not time:
                return whole_day(read.date())
            utc = read.astimezone(UTC)
            return Happened(utc, utc + timedelta(minutes=1), Precision.MINUTE)
    return None
