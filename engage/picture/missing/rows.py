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
from engage.picture.byhand import ByHand
from engage.picture.missing import ends
from engage.picture.missing.rules import Recorded
from engage.picture.missing.stated import Stated
from engage.picture.missing.tables import KINDS
from engage.picture.reading import BY_HAND, happenings, moment
from engage.picture.seeing import Sight


_COLUMNS = (
    "person_id, person_record_id, fact, event_record_id, role, kind, category, title, outcome, recorded_by, details, happened_from_at, "
    "happened_until_at, happened_precision, until_precision, happened_text, agency, file, source_id, received_on, known_from_on, access_base, role_base, event_base"
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
# Each person with a report before a day, in a child's part and by an agency that sends ends, after which the person was not surely back or
# reported anew. The plus keeps to the index of these kinds, which holds all that is read.
_NOT_ENDED = f"""
    select person_id,
        max(case when kind = 'missing' and happened_from_at < :first and agency in (select value from json_each(:senders)) then happened_from_at end) as gone,
        max(case when (kind = 'found' or happened_from_at >= :anew) and access_base in (select value from json_each(:open))
            and role_base in (select value from json_each(:open)) then happened_from_at end) as back
    from chronology where {KINDS} and kind in ('missing', 'found') and happened_from_at < :now and {_KNOWN}
    and lower(trim(role)) in (select value from json_each(:roles))
    group by +person_id having gone is not null and (back is null or back <= gone)
"""
_LATE = f"select distinct person_id, person_record_id from chronology where {KINDS} and happened_from_at >= :late and happened_from_at < :now and {_KNOWN}"
_OF_THESE = f"""
    select {_COLUMNS} from chronology
    where person_id in (select value from json_each(:persons)) and {KINDS} and happened_from_at >= :first and happened_from_at < :now and {_KNOWN} {_ORDER}
"""
_WITHDRAWN = f"select distinct person_id from chronology where {KINDS} and file = ? and source_id in (select value from json_each(?))"
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
    pages, first = see.build.pages(), now - timedelta(days=by.days["before"])
    bound = _bounds(see, now, by)
    hand, fresh = _by_hand(see)
    recent = pages.execute(_RECENT, bound).fetchall()
    untimed = pages.execute(_UNTIMED, bound).fetchall()
    earlier = _not_ended(see, {**bound, "anew": stored(first + by.same_report)}, recent, by, hand)
    timed = [*earlier, *recent, *(row for row in fresh if row["happened_from_at"])]
    return Read(
        tuple(row for row in hand.standing(timed) if row["happened_from_at"] < bound["now"]),
        tuple(hand.standing([*untimed, *(row for row in fresh if not row["happened_from_at"])])),
    )


def read_late(see: Sight, now: datetime, by: Stated, late: datetime) -> Read:
    """The rows of the last two years of those alone of whom something happened since then; nothing of which no record says when."""
    pages, bound = see.build.pages(), _bounds(see, now, by)
    hand, fresh = _by_hand(see)
    timed = [row for row in fresh if row["happened_from_at"]]
    found = pages.execute(_LATE, {**bound, "late": stored(late)})
    persons = {see.today.person(row["person_record_id"], row["person_id"]) for row in found}
    if timed:
        persons |= set(assignments.persons_of(see.build, {row["person_record_id"] for row in timed}).values())
    laid = json.dumps(sorted(see.today.laid_ids(persons)))
    rows = hand.standing([*pages.execute(_OF_THESE, {**bound, "persons": laid}), *timed])
    # Of somebody else of whom records were laid under one of these ids only some are read.
    of = whose(see, rows)
    return Read(tuple(r for r in rows if of[key(r)] in persons and r["happened_from_at"] < bound["now"]), ())


def _bounds(see: Sight, now: datetime, by: Stated) -> dict[str, str]:
    first = now - timedelta(days=by.days["before"])
    return {"day": see.viewing.as_of.isoformat(), "first": stored(first), "now": stored(now)}


def _by_hand(see: Sight) -> tuple[ByHand, list[Any]]:
    """What was recorded by hand since the build, and those rows of it that tell of going missing."""
    hand = byhand.of_everybody(see.viewing, see.build)
    return hand, [row for row in hand.rows if row["kind"] in ("missing", "found", "return_interview")]


def _not_ended(
    see: Sight, bound: Mapping[str, str], recent: Iterable[Any], by: Stated, hand: ByHand
) -> list[Any]:
    """The earlier rows of whoever was reported long ago and may not be back: of more people than are listed, and never of fewer."""
    pages, open_to = see.build.pages(), _open_to(see)
    more = {
        "open": json.dumps(sorted(open_to)),
        "roles": json.dumps(sorted(by.child_roles)),
        "senders": json.dumps(sorted(_senders(see, bound, recent))),
    }
    found = {row["person_id"] for row in pages.execute(_NOT_ENDED, {**bound, **more})}
    # Who was back by an entry alone that was withdrawn since the build is not.
    withdrawn = [BY_HAND, json.dumps(sorted(hand.withdrawn))]
    found |= {row["person_id"] for row in (pages.execute(_WITHDRAWN, withdrawn) if hand.withdrawn else ())}
    moved = see.today.laid_ids(see.today.changed)
    rows = hand.standing(pages.execute(_EARLIER, {**bound, "persons": json.dumps(sorted(found | moved))}))
    last: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: str(row["happened_from_at"])):
        if row["kind"] == "missing" and by.is_child_role(row["role"]):
            last[row["person_id"]] = row
    # A last report that the viewer surely sees, and that says itself until when it was, has ended.
    ended = {
        person
        for person, row in last.items()
        if {row["access_base"], row["role_base"]} <= open_to and ends.says_end(recorded(row))
    }
    return [row for row in rows if row["person_id"] in moved or row["person_id"] not in ended]


def _open_to(see: Sight) -> frozenset[Any]:
    """The access bases whose events, and parts in them, the viewer may see of anybody."""
    nobody = frozenset[str]()
    return frozenset(
        base for base in see.bases if see.may(base, "event", nobody) and see.may(base, "role", nobody)
    )


def _senders(see: Sight, bound: Mapping[str, str], recent: Iterable[Any]) -> set[str]:
    """The agencies that send ends: they declare it, sent one, or say it in a report of the last two years."""
    return telling_ends(recent, {row["agency"] for row in see.build.pages().execute(_SENDERS, bound)})


def telling_ends(rows: Iterable[Any], declared: Iterable[str]) -> set[str]:
    """These agencies, and those of whose rows one tells when a child was back."""
    found = set(declared)
    for row in rows:
        if row["agency"] not in found and (row["kind"] == "found" or ends.says_end(recorded(row))):
            found.add(row["agency"])
    return found


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
        is_fresh(row), row["until_precision"] or "",
    )  # fmt: skip
