"""What arrived about these people, of what one viewer may see? As their pages decide it, row by row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engage.identities import assignments
from engage.picture import tying
from engage.picture.reading import BY_HAND, happenings, may_hear
from engage.picture.search.called import names_of
from engage.picture.seeing import Sight, reasons_about
from engage.picture.watching.rules import PERSON, Arrived, Came, came_of, mark
from engage.records import queries as records
from engage.vocabulary.time import london_day


_NEW = (
    "select {table}.* from json_each(?) as wanted cross join {table} indexed by {table}_by_person_id on person_id = wanted.value "
    "where {after} and known_from_on <= ?"
)
_AFTER = "came > ?"
# What was recorded by hand came by no delivery.
_AFTER_EVENT = f"(came > ? or (file = '{BY_HAND}' and cast(source_id as integer) > ?))"
_STILL = " and (known_until_on is null or known_until_on > ?)"


def of_people(see: Sight, people: Collection[str], since: Came) -> dict[str, list[Arrived]]:
    """For each of these people (today's ids), what came since, is known by the viewing's day, and may be seen."""
    said = _rows(see, "said", "record_id", people, since)
    happened = _rows(see, "chronology", "person_record_id", people, since)
    ties = _rows(see, "tie", "person_record_id", people, since)
    others = {_other(see, row) for rows in ties.values() for row in rows if row["thing"] == PERSON}
    why = reasons_about(see.build.pages(), {*people, *others}, see=see)
    names = names_of(see.build.pages(), {*people, *others}, see, why)
    fresh, withdrawn = _by_hand(see, people, names)
    return {
        person: [
            *_said(see, person, said[person], why[person], names),
            *_events(see, person, happened[person], why[person], names, withdrawn),
            *_ties(see, person, ties[person], why[person], names),
            *(one for one in fresh.get(person, ()) if one.came.is_after(since)),
        ]
        for person in people
    }  # fmt: skip


def _rows(see: Sight, table: str, record: str, people: Collection[str], since: Came) -> dict[str, list[Any]]:
    """The new rows of a table that are these people's today. What a record no longer says is still told of a person; an event or a tie that
    is no more is not."""
    day, laid = see.viewing.as_of.isoformat(), json.dumps(sorted(see.today.laid_ids(people)))
    after, came = (_AFTER_EVENT, since) if table == "chronology" else (_AFTER, since[:1])
    sql, bound = _NEW.format(table=table, after=after), [laid, *came, day]
    if table != "said":
        sql, bound = sql + _STILL, [*bound, day]
    found: dict[str, list[Any]] = defaultdict(list)
    for row in see.build.pages().execute(sql, bound):
        found[see.today.person(row[record], row["person_id"])].append(row)
    return found


def _said(
    see: Sight, person: str, rows: list[Any], why: frozenset[str], names: Mapping[str, str]
) -> Iterator[Arrived]:
    for row in rows:
        if may_hear(row, see, why):
            known = mark("said", row["record_id"], row["field"], row["came"])
            yield Arrived(person, names.get(person, ""), "said", row["field"], row["agency"], row["known_from_on"], Came(row["came"]), known)  # fmt: skip


def _events(
    see: Sight, person: str, rows: list[Any], why: frozenset[str], names: Mapping[str, str], withdrawn: frozenset[str],
) -> Iterator[Arrived]:  # fmt: skip
    for event in happenings(rows, see, why):
        if event.rows[0]["file"] == BY_HAND and event.rows[0]["source_id"] in withdrawn:
            continue
        first = {came_of(row): row["known_from_on"] for row in reversed(event.rows)}
        for came, day in first.items():
            known = mark("event", event.record_id, *came)
            yield Arrived(person, names.get(person, ""), "event", event.kind, event.agency, day, came, known)


def _other(see: Sight, row: Any) -> str:
    return see.today.person(row["other_record_id"], row["thing_key"])


def _ties(
    see: Sight, person: str, rows: list[Any], why: frozenset[str], names: Mapping[str, str]
) -> Iterator[Arrived]:
    """A tie to somebody of whom no name may be known is not told, nor one between two records of the person."""
    for row in rows:
        if not tying.may_see(row, see, why):
            continue
        if row["thing"] == PERSON and (_other(see, row) == person or _other(see, row) not in names):
            continue
        known = mark("tie", row["record_id"], row["thing"], row["thing_key"], row["came"])
        yield Arrived(person, names.get(person, ""), "tie", row["thing"], row["agency"], row["known_from_on"], Came(row["came"]), known)  # fmt: skip


def _by_hand(
    see: Sight, people: Collection[str], names: Mapping[str, str]
) -> tuple[dict[str, list[Arrived]], frozenset[str]]:
    """What staff recorded about these people since the build, that the viewer may see; and the numbers of entries withdrawn since."""
    owner = assignments.records_of_people(see.build, people) if people else {}
    fresh, withdrawn = records.hand_since(viewing=see.viewing, build=see.build, record_ids=owner)
    found: dict[str, list[Arrived]] = defaultdict(list)
    for entry in fresh:
        event, role = entry.rows["event"][0], entry.rows["role"][0]
        person, day = owner[role["thing_record_id"]], london_day(entry.recorded_at).isoformat()
        came = Came(0, entry.entry)
        known = mark("event", event["record_id"], *came)
        found[person].append(
            Arrived(person, names.get(person, ""), "event", event["kind"], entry.agency, day, came, known)
        )
    return found, frozenset(str(number) for number in withdrawn)
