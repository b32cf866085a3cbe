"""Which rows of the chronology tell of going missing, whose are they today, and which of them may the viewer see?

Every row is a record's first: it belongs to whoever that record is today. What was recorded by hand since the build stands among
them. Rows of the last two years are read, and, however long ago, those of whoever was reported by an agency that sends when children
are back, and of whom no record that the viewer surely sees says so: nobody falls off the list by being away for long.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engage.identities import assignments
from engage.picture import byhand
from engage.picture.missing.rules import Recorded
from engage.picture.missing.stated import Stated
from engage.picture.missing.tables import KINDS
from engage.picture.reading import happenings, moment
from engage.picture.seeing import Sight


_COLUMNS = (
    "person_id, person_record_id, fact, event_record_id, role, kind, category, title, outcome, recorded_by, details, happened_from_at, "
    "happened_until_at, happened_precision, happened_text, agency, file, source_id, received_on, known_from_on, access_base, role_base, event_base"
)
_KNOWN = "known_from_on <= :day and (known_until_on is null or known_until_on > :day)"
_ORDER = "order by event_record_id, person_record_id, role"
_RECENT = f"select {_COLUMNS} from chronology where {KINDS} and happened_from_at >= :first and happened_from_at < :now and {_KNOWN} {_ORDER}"
_UNTIMED = (
    f"select {_COLUMNS} from chronology where {KINDS} and happened_from_at is null and {_KNOWN} {_ORDER}"
)
_EARLIER = f"""
    select {_COLUMNS} from chronology
    where person_id in (select value from json_each(:persons)) and {KINDS} and happened_from_at < :first and {_KNOWN} {_ORDER}
"""
# The last report before a day of each person, and the last record after which the person was surely back: both in a child's part.
_NOT_ENDED = f"""
    with child as (
        select person_id, kind, agency, happened_from_at as at, access_base, role_base from chronology
        where {KINDS} and happened_from_at < :now and {_KNOWN} and lower(trim(role)) in (select value from json_each(:roles))
    ), gone as (
        select person_id, max(at) as last_at from child where kind = 'missing' and at < :first and agency in (select value from json_each(:senders))
        group by person_id
    )
    select person_id from gone where not exists (
        select 1 from child where child.person_id = gone.person_id and at > last_at and kind in ('missing', 'found')
        and access_base in (select value from json_each(:open)) and role_base in (select value from json_each(:open))
    )
"""
_SENDERS = f"""
    select agency from covers where kind = 'found' and received_on <= :day
    union select agency from chronology where {KINDS} and kind = 'found' and {_KNOWN}
"""


@dataclass(frozen=True)
class Read:
    """Rows of reports, returns and interviews that happened until now, and those of which no record says when."""

    timed: tuple[Any, ...]
    untimed: tuple[Any, ...]

    @property
    def all(self) -> tuple[Any, ...]:
        """Both."""
        return (*self.timed, *self.untimed)


def read(see: Sight, now: datetime, by: Stated) -> Read:
    """Everything that was known of going missing on the viewing's day, whoever may see it."""
    pages, bound = see.build.pages(), _bound(see, now, by)
    hand = byhand.of_everybody(see.viewing, see.build)
    fresh = [row for row in hand.rows if row["kind"] in ("missing", "found", "return_interview")]
    recent = pages.execute(_RECENT, bound).fetchall()
    earlier = pages.execute(_EARLIER, {**bound, "persons": _not_ended(see, bound, by)}).fetchall()
    untimed = pages.execute(_UNTIMED, bound).fetchall()
    timed = [*earlier, *recent, *(row for row in fresh if row["happened_from_at"])]
    return Read(
        tuple(row for row in hand.standing(timed) if row["happened_from_at"] < bound["now"]),
        tuple(hand.standing([*untimed, *(row for row in fresh if not row["happened_from_at"])])),
    )


def _bound(see: Sight, now: datetime, by: Stated) -> dict[str, str]:
    return {
        "day": see.viewing.as_of.isoformat(),
        "first": stored(now - timedelta(days=by.days["before"])),
        "now": stored(now),
    }


def _not_ended(see: Sight, bound: Mapping[str, str], by: Stated) -> str:
    """Under whom the build laid records of whoever was reported long ago and may not be back, as JSON; it may name more, and never fewer."""
    pages, nobody = see.build.pages(), frozenset[str]()
    seen = [base for base in see.bases if see.may(base, "event", nobody) and see.may(base, "role", nobody)]
    senders = {row[0] for row in pages.execute(_SENDERS, bound)}
    more = {
        "open": json.dumps(seen),
        "roles": json.dumps(sorted(by.child_roles)),
        "senders": json.dumps(sorted(senders)),
    }
    found = {row[0] for row in pages.execute(_NOT_ENDED, {**bound, **more})}
    return json.dumps(sorted(found | see.today.laid_ids(see.today.changed)))


def stored(at: datetime) -> str:
    """A moment as rows hold it."""
    return at.strftime("%Y-%m-%d %H:%M:%S")


def is_fresh(row: Any) -> bool:
    """It was recorded by hand since the build."""
    return "is_fresh" in row.keys()  # noqa: SIM118  sqlite3.Row iterates over values


def key(row: Any) -> tuple[str, str]:
    """The record of the person, and the event."""
    return row["person_record_id"], row["event_record_id"]


def whose(see: Sight, rows: Iterable[Any]) -> dict[tuple[str, str], str]:
    """The person that each row is of today."""
    found, fresh = {}, {}
    for row in rows:
        if is_fresh(row):
            fresh[key(row)] = row["person_record_id"]
        else:
            found[key(row)] = see.today.person(row["person_record_id"], row["person_id"])
    if fresh:
        persons = assignments.persons_of(see.build, set(fresh.values()))
        found |= {one: persons.get(record, "") for one, record in fresh.items()}
    return found


def visible(
    rows: Iterable[Any], of: Mapping[tuple[str, str], str], see: Sight, why: Mapping[str, frozenset[str]]
) -> dict[str, list[Any]]:
    """The rows that the viewer may see, by person."""
    by_person: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[of[key(row)]].append(row)
    return {
        person: seen
        for person, own in by_person.items()
        if person and (seen := [row for one in happenings(own, see, why[person]) for row in one.rows])
    }


def recorded(row: Any) -> Recorded:
    """A row of which a record says when."""
    first = moment(row["happened_from_at"])
    assert first is not None  # noqa: S101  only of rows with a time
    until = moment(row["happened_until_at"]) or first
    return Recorded(
        row["event_record_id"], row["kind"], row["agency"], first, until, row["happened_precision"], row["category"] or "",
        row["title"] or "", row["outcome"] or "", row["recorded_by"] or "", json.loads(row["details"]) if row["details"] else {},
        is_fresh(row),
    )  # fmt: skip
