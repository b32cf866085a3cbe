"""How often did people say that what an entry of the vocabulary finds is wrong, or whom or what words name, of how many readings?"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from engage.picture.readings.rules import Counted, ReadingKey
from engage.picture.readings.standing import wrong_readings


# The same words in several records are one reading: what is said of it is said of all of them.
_READINGS = """
    select distinct theme, entry, source, text_key, polarity, from_sign, until_sign from told
    where known_from_on <= $day and (known_until_on is null or known_until_on > $day)
    union all
    select distinct kind, '', '', text_key, '', from_sign, until_sign from mentioned
    where known_from_on <= $day and (known_until_on is null or known_until_on > $day)
"""
_COUNTED = f"select theme, entry, min(source), count(*) from ({_READINGS}) group by theme, entry order by theme, entry"
_OF_TEXTS = f"select theme, entry, text_key, polarity, from_sign, until_sign from ({_READINGS}) where text_key in (select unnest($texts))"


def counted(cursor: Any, day: date, *, said_until: date | None = None) -> tuple[Counted, ...]:
    """Each theme and entry by which a build reads something in texts known on the day, and each kind that they name; of entries most often said to be wrong first. `said_until`:
    the last day of which what people said counts (None: all of it)."""
    wrong = wrong_readings(until=said_until)
    texts = sorted({key.text_key for key in wrong})
    found: Counter[tuple[str, str]] = Counter()
    for theme, entry, text, *where in cursor.execute(_OF_TEXTS, {"day": str(day), "texts": texts}).fetchall():
        found[theme, entry] += ReadingKey(text, theme, *where) in wrong
    made = [
        Counted(theme, entry, source, readings, found[theme, entry])
        for theme, entry, source, readings in cursor.execute(_COUNTED, {"day": str(day)}).fetchall()
    ]
    return tuple(sorted(made, key=lambda one: (-one.wrong, one.theme, one.entry)))
