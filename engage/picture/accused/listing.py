"""What is listed of these people, with every part as lists write it (rules.py)? By every birth that any record says, whoever looks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from engage.picture.accused.rules import Births, accuses, in_lists
from engage.picture.rules import Entry
from engage.picture.seeing import Sight
from engage.vocabulary.time import london_day


# Of whom (today's id), what a record calls their part, and the day of it; None: no day is known.
Asked = tuple[str, str, date | None]


def written(see: Sight, asked: Iterable[Asked], *, is_titled: bool = False) -> Mapping[Asked, str]:
    """Each of these as lists write it. Births are asked for once, and only where something accuses."""
    wanted = set(asked)
    accusing = {one for one in wanted if accuses(one[1], is_titled=is_titled)}
    births = births_said(see, {person for person, _part, _on in accusing}) if accusing else {}
    made = {one: one[1] for one in wanted}
    return made | {one: in_lists(one[1], births[one[0]], one[2], is_titled=is_titled) for one in accusing}


def entries(see: Sight, person_id: str, some: Iterable[Entry]) -> tuple[Entry, ...]:
    """Lines of the chronology of a person (today's id) with their parts as lists write them; what a record calls them otherwise stands in `own_words`."""
    known = list(some)
    asked = {(person_id, role, day_of(one.happened_from_at)) for one in known for role in one.roles}
    said = written(see, asked)
    return tuple(_entry(one, [said[person_id, role, day_of(one.happened_from_at)] for role in one.roles]) for one in known)  # fmt: skip


def _entry(one: Entry, roles: list[str]) -> Entry:
    own = tuple(role for role, listed in zip(one.roles, roles, strict=True) if role != listed)
    return replace(one, roles=tuple(dict.fromkeys(roles)), own_words=own) if own else one


def day_of(at: datetime | str | None) -> date | None:
    """The day of a moment as any table keeps it: as text or without its zone it is one of UTC."""
    if not at:
        return None
    known = datetime.fromisoformat(at) if isinstance(at, str) else at
    return london_day(known if known.tzinfo else known.replace(tzinfo=UTC))


def ties(see: Sight, rows: Iterable[Any]) -> list[Any]:
    """Rows of `tie` with how they tie as lists write it. A tie by a relationship has no day."""
    known = [(row, _asked_of(see, row)) for row in rows]
    through = [asked for row, asked in known if row["through"] == "event"]
    others = [asked for row, asked in known if row["through"] != "event"]
    by_event, by_tie = written(see, through, is_titled=True), written(see, others)
    found = ((row, asked[1], (by_event if row["through"] == "event" else by_tie)[asked]) for row, asked in known)  # fmt: skip
    return [row if how == listed else {**row, "how": listed} for row, how, listed in found]


def _asked_of(see: Sight, row: Any) -> Asked:
    return see.today.person(row["person_record_id"], row["person_id"]), row["how"] or "", day_of(row["happened_from_at"])  # fmt: skip


_BIRTHS = """
    select person_id, record_id, value_key from said where person_id in (select value from json_each(?)) and field = 'birth' and is_valid
        and known_from_on <= ? and (known_until_on is null or known_until_on > ?)
"""


def births_said(see: Sight, person_ids: Collection[str]) -> dict[str, Births]:
    """Every birth that any record says of these (today's ids), whoever may see it: for a rule that has to hold whoever looks, and of which nobody is told what it rests on."""
    day, found = see.viewing.as_of.isoformat(), defaultdict[str, set[str]](set)
    asked = json.dumps(sorted(see.today.laid_ids(person_ids)))
    for row in see.build.pages().execute(_BIRTHS, [asked, day, day]):
        if row["value_key"]:
            found[see.today.person(row["record_id"], row["person_id"])].add(row["value_key"])
    return {person: tuple(map(_span, sorted(found[person]))) for person in person_ids}


def _span(key: str) -> tuple[date, date]:
    ends = key.split("/")
    return date.fromisoformat(ends[0]), date.fromisoformat(ends[-1])
