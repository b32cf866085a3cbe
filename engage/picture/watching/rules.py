"""What can be watched, for how long, and what is told of it. Plain dataclasses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from engage.vocabulary.letters import plain_words
from engage.vocabulary.written import read_yaml


PERSON, PLACE, VEHICLE, PHONE, NAME = "person", "place", "vehicle", "phone", "name"
# A plate in full has no more signs, a phone's number no fewer.
PLATE_MOST, NUMBER_LEAST = 8, 10
BY_HAND = "by-hand"
KINDS = (PERSON, PLACE, VEHICLE, PHONE, NAME)


@dataclass(frozen=True)
class Watched:
    """What is watched. `key`: a person's id, a place's name and postcode in normal form, a plate, a number, or the words of a name in
    plain letters. `label` is how it is shown; "" of a person, who is called as the viewer may know today."""

    kind: str
    key: str
    label: str = ""


class Came(NamedTuple):
    """By what something came: the number of the delivery that truly brought it, or that of the entry by hand; the other is 0. Days do not tell: an
    extract may come long after the day that it bears."""

    delivery: int
    entry: int = 0

    def is_after(self, seen: Came) -> bool:
        """It came after these were seen."""
        return self.delivery > seen.delivery or self.entry > seen.entry


def came_of(row: Any) -> Came:
    """By what a row of the chronology came."""
    return Came(0, int(row["source_id"])) if row["file"] == BY_HAND else Came(row["came"])


# Before everything.
NEVER = Came(-1, -1)


@dataclass(frozen=True)
class Arrived:
    """One thing that arrived: about whom (today's id, with the name, "" where none may be known), of which table (said, event, tie, or text for what a
    text names), what it is by the code of that table (of a text the kind of event), from which agency, the day from which it was known (as
    2026-04-06), and by what it came. `mark` tells it from all others, in this build and the next. Where no person has a part in it the id is ""
    and `record_id` is the record to ask the agency for."""

    person_id: str
    name: str
    table: str
    what: str
    agency: str
    day: str
    came: Came
    mark: str
    record_id: str = ""


@dataclass(frozen=True)
class WatchShown:
    """One watch of a worker, with what arrived since the worker last looked: nothing once it has expired. `expires_on` is the first day on
    which it tells nothing; `person_id` today's id of a watched person, as far as the viewer may know it; `state` names what is told, so that nothing else is marked as seen."""

    number: int
    watched: Watched
    why: str
    made_at: datetime
    expires_on: date
    is_expired: bool
    person_id: str = ""
    news: tuple[Arrived, ...] = ()

    @property
    def state(self) -> str:
        """A digest of what is told."""
        return mark(*sorted(one.mark for one in self.news))


@dataclass(frozen=True)
class WatchListed:
    """A watch as whoever answers for the area's data sees it: who watches what kind of thing, why, until when. Of a person the id, as in
    the access log; of anything else no more than its kind."""

    number: int
    kind: str
    person_id: str
    owner: str
    agency: str
    why: str
    made_at: datetime
    expires_on: date
    ended_at: datetime | None


def mark(*parts: str | int) -> str:
    """A short digest by which something that arrived is known again."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]


def normal(kind: str, typed: str) -> str:
    """What was typed as the key of that kind of thing: as records' values are laid down. "" when nothing of it is left. A telephone number is
    brought to its form by what reads the records (`records.normal`)."""
    if kind == VEHICLE:
        return re.sub(r"[^A-Z0-9]", "", typed.upper())
    if kind == NAME:
        return " ".join(plain_words(typed))
    return typed.strip()


def may_be(typed: str) -> tuple[str, ...]:
    """What words that somebody typed may be to watch: a name without digits, letters and digits of a plate, or the digits of a number."""
    letters, digits = (sum(test(sign) for sign in typed) for test in (str.isalpha, str.isdecimal))
    if not digits:
        return (NAME,) if letters > 1 else ()
    if letters:
        return (VEHICLE,) if letters + digits <= PLATE_MOST else ()
    return (PHONE,) if digits >= NUMBER_LEAST else ()


def most_days(on: date) -> int:
    """How many days a watch that is made on that day lasts at most."""
    return max((row["from"], int(row["days"])) for row in _limits() if row["from"] <= on)[1]


def last_end(on: date) -> date:
    """The latest day on which a watch that is made on that day may end."""
    return on + timedelta(days=most_days(on))


@cache
def _limits() -> tuple[dict[str, Any], ...]:
    rows = read_yaml((Path(__file__).parent / "limits.yaml").read_text(encoding="utf-8"))
    return tuple(rows)


def newest_first(found: Iterable[Arrived]) -> tuple[Arrived, ...]:
    """Each once, those of the last day first, then by name."""
    once = {one.mark: one for one in found}
    by_name = sorted(
        once.values(), key=lambda one: (one.name.lower(), one.agency, one.table, one.what, one.mark)
    )
    return tuple(sorted(by_name, key=lambda one: one.day, reverse=True))
