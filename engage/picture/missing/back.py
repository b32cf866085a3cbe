"""Who came back in the last days, and whose return interview is still waited for?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engage.picture.missing import rules
from engage.picture.missing.ages import Ages, ages_on
from engage.picture.missing.gathering import Gathered, gather_late
from engage.picture.missing.screen import Returned
from engage.picture.missing.stated import stated
from engage.picture.seeing import Sight
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class Waiting:
    """The returns whose interview is still waited for at a moment, the earliest due first."""

    now: datetime
    back: tuple[Returned, ...]


def waiting(see: Sight) -> Waiting:
    """The returns of the screen on missing children whose interview no record says was held or refused: by the same rules, from the records of those alone of whom anything was recorded in the days over
    which it is looked for who was missing together. Whoever shows it writes the look in the log."""
    days = stated().days
    gathered = gather_late(see, days["back"], of_days=days["together"])
    found = returned(gathered, gathered.now - timedelta(days=days["back"]))
    return Waiting(gathered.now, tuple(one for one in found if one.interview.is_open))


def returned(gathered: Gathered, first_at: datetime) -> tuple[Returned, ...]:
    """Every time from which a child came back since, also of a child who went again: whose interview is still waited for first, the
    earliest due first."""
    found = []
    for person, child in gathered.children.items():
        for one in child.episodes:
            due = rules.interview_due(one, now=gathered.now, stated=gathered.stated)
            if due and one.end and one.end.until_at >= first_at:
                is_again = one is not child.episodes[-1]
                found.append(
                    Returned(person, gathered.name(person), ages_of(gathered, person), one, due, is_again)
                )
    return tuple(sorted(found, key=_by_due))


def _by_due(one: Returned) -> tuple[bool, str, str]:
    due = one.interview
    return (not due.is_open, due.due_at.isoformat() if due.due_at else "", one.person_id)


def ages_of(gathered: Gathered, person: str) -> Ages:
    """In whole years on the day of looking, by each birth that is said."""
    return ages_on(gathered.births(person), london_day(gathered.now))
