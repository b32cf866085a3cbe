"""When does somebody turn eighteen, as clocks that ring ahead of it want to be told?"""

from __future__ import annotations

from datetime import date, timedelta

from engage.vocabulary.time import Happened, age_on, whole_day


ADULT = 18


def eighteenth(born: date) -> Happened:
    """The day of the eighteenth birthday. Somebody born on 29 February comes of age on 1 March in a common year."""
    day = date(born.year + ADULT, born.month, min(born.day, 28))
    while age_on(born, day) < ADULT:
        day += timedelta(days=1)
    return whole_day(day)
