"""Which rows of the pages' tables tie these people and things to others, as one viewer may see them? Decided row by row, before anything is counted,
put in order or drawn."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from engage.networks.charts.rules import ACCOUNT, PHONE, PLACE
from engage.picture.barring import NO_BARS
from engage.picture.reading import moment
from engage.picture.seeing import Base, Sight, reasons_about
from engage.vocabulary.time import london_day


_STANDS = "known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
_PART = (
    "select person_id, person_record_id, event_record_id, role, kind, title, agency, grade, happened_from_at, happened_until_at, happened_precision, "
    "access_base, role_base, event_base from chronology where {which} and fact = 'event' and " + _STANDS
)
_PARTS_OF_PEOPLE = _PART.format(which="person_id in (select value from json_each(?))")
_PARTS_OF_EVENTS = _PART.format(which="event_record_id in (select value from json_each(?))")
_TIE = (
    "select person_id, person_record_id, thing, thing_key, label, how, kind, through, record_id, other_record_id, agency, access_base, other_base, role_base, thing_base "
    "from tie where {which} and " + _STANDS
)
_TIES_OF_PEOPLE = _TIE.format(which="person_id in (select value from json_each(?))")
_TIES_OF_THINGS = _TIE.format(
    which="thing <> 'person' and thing = ? and thing_key in (select value from json_each(?))"
)
_TIES_THROUGH = _TIE.format(
    which="person_id in (select value from json_each(?)) and through = 'event' and thing <> 'person' and record_id in (select value from json_each(?))"
)
_SAID = "select person_id, record_id, field, value, value_key, kind, agency, known_from_on, known_until_on, access_base, other_base from said where "
_FIELDS = {"address": PLACE, "phone": PHONE, "account": ACCOUNT}
_SAID_OF_PEOPLE = f"{_SAID} person_id in (select value from json_each(?)) and field in ('address', 'phone', 'account') and known_from_on <= ?"
_SAID_OF_THINGS = {
    PLACE: f"{_SAID} field = 'address' and value_key in (select value from json_each(?)) and known_from_on <= ?",
    PHONE: f"{_SAID} kind = 'contact_point' and field = 'phone' and value_key in (select value from json_each(?)) and known_from_on <= ?",
    ACCOUNT: f"{_SAID} kind = 'contact_point' and field = 'account' and value_key in (select value from json_each(?)) and known_from_on <= ?",
}


@dataclass(frozen=True)
class Part:
    """A person's part in an event, with what is shown of the event."""

    person: str
    event: str
    role: str
    kind: str
    title: str
    agency: str
    grade: str
    first_on: date | None
    last_on: date | None
    precision: str


@dataclass(frozen=True)
class Tie:
    """What ties a person to somebody or something: by an event (`is_event`), a relationship, or because a record says that it is the person's own."""

    person: str
    thing: str
    key: str
    label: str
    how: str
    record_id: str
    agency: str
    is_event: bool = False


def parts_of_people(see: Sight, people: Collection[str]) -> list[Part]:
    """The parts that these persons (today's ids) had in events."""
    rows = _of_people(see, people, _PARTS_OF_PEOPLE, "person_record_id")
    return [_part(person, row) for person, row in _seen(see, rows, _of_part)]


def parts_of_events(see: Sight, events: Collection[str]) -> list[Part]:
    """Who had a part in these events."""
    rows = _asked(see, _PARTS_OF_EVENTS, json.dumps(sorted(events)))
    return [_part(person, row) for person, row in _seen(see, _whose(see, rows, "person_record_id"), _of_part)]


def ties_of_people(see: Sight, people: Collection[str]) -> list[Tie]:
    """What records tie these persons to, and what they say is their own."""
    tied = _seen(see, _of_people(see, people, _TIES_OF_PEOPLE, "person_record_id"), _of_tie)
    laid = json.dumps(sorted(see.today.laid_ids(people)))
    said = [
        one
        for one in _whose(see, _said(see, _SAID_OF_PEOPLE, laid), "record_id")
        if one[0] in people and one[1]["value_key"]
    ]
    return [*_ties(see, tied), *(_own(see, person, row) for person, row in _seen(see, said, _of_said))]


def ties_of_things(see: Sight, thing: str, keys: Collection[str]) -> list[Tie]:
    """Whom records tie to these things, and whose they say that they are."""
    asked = json.dumps(sorted(keys))
    tied = _seen(see, _whose(see, _asked(see, _TIES_OF_THINGS, thing, asked), "person_record_id"), _of_tie)
    said = _said(see, _SAID_OF_THINGS[thing], asked) if thing in _SAID_OF_THINGS else ()
    own = _seen(see, _whose(see, said, "record_id"), _of_said)
    return [*_ties(see, tied), *(_own(see, person, row) for person, row in own)]


def ties_through(see: Sight, people: Collection[str], events: Collection[str]) -> list[Tie]:
    """What these events tie these persons to."""
    laid = json.dumps(sorted(see.today.laid_ids(people)))
    tied = _whose(see, _asked(see, _TIES_THROUGH, laid, json.dumps(sorted(events))), "person_record_id")
    return list(_ties(see, _seen(see, [one for one in tied if one[0] in people], _of_tie)))


_Whose = tuple[str, Any]
_Rests = tuple[tuple[Base | None, str], ...]


def _of_part(row: Any) -> _Rests:
    return ((row["access_base"], "event"), (row["role_base"], "role"), (row["event_base"], "event"))


def _of_tie(row: Any) -> _Rests:
    return (
        (row["access_base"], row["through"]), (row["other_base"], row["kind"]), (row["role_base"], "role"), (row["thing_base"], "role"),
    )  # fmt: skip


def _of_said(row: Any) -> _Rests:
    return ((row["access_base"], row["kind"]), (row["other_base"], row["kind"]))


def _asked(see: Sight, sql: str, *bound: str) -> list[Any]:
    day = see.viewing.as_of.isoformat()
    return see.build.pages().execute(sql, [*bound, day, day]).fetchall()


def _said(see: Sight, sql: str, asked: str) -> list[Any]:
    """What is said, or ever was until the day."""
    return see.build.pages().execute(sql, [asked, see.viewing.as_of.isoformat()]).fetchall()


def _of_people(see: Sight, people: Collection[str], sql: str, record: str) -> list[_Whose]:
    laid = json.dumps(sorted(see.today.laid_ids(people)))
    return [one for one in _whose(see, _asked(see, sql, laid), record) if one[0] in people]


def _whose(see: Sight, rows: Iterable[Any], record: str) -> list[_Whose]:
    return [(see.today.person(row[record], row["person_id"]), row) for row in rows]


def _seen(see: Sight, whose: Collection[_Whose], rests: Any) -> Iterator[_Whose]:
    """The rows that the viewer may see: everything that each rests on is open, by the reasons about whose it is."""
    why = reasons_about(see.build.pages(), {person for person, _row in whose}, see=see)
    decided: dict[tuple[_Rests, frozenset[str]], bool] = {}
    for person, row in whose:
        if see.bars is not NO_BARS and _is_barred(see, row):
            continue
        asked = (rests(row), why[person])
        if asked not in decided:
            decided[asked] = see.strictest(*asked).is_allowed
        if decided[asked]:
            yield person, row


def _is_barred(see: Sight, row: Any) -> bool:
    """It tells of what the viewer declared a relationship to: by its record, or by what it leads to."""
    held = row.keys()
    if see.bars.hides(
        *(row[column] for column in ("event_record_id", "record_id", "other_record_id") if column in held)
    ):
        return True
    if "thing" in held:
        return see.bars.hides_thing(row["thing"], row["thing_key"], row["label"] or "")
    return (
        "field" in held
        and row["field"] == "address"
        and see.bars.hides_place(row["value_key"], row["value"] or "")
    )


@lru_cache(maxsize=50_000)
def day_of(text: str | None) -> date | None:
    """The London day of a stored moment."""
    at = moment(text)
    return london_day(at) if at else None


@lru_cache(maxsize=50_000)
def _last_day(text: str | None) -> date | None:
    at = moment(text)
    return london_day(at - timedelta(seconds=1)) if at else None


def _part(person: str, row: Any) -> Part:
    return Part(
        person, row["event_record_id"], row["role"] or "", row["kind"], row["title"] or "", row["agency"], row["grade"] or "",
        day_of(row["happened_from_at"]), _last_day(row["happened_until_at"]), row["happened_precision"],
    )  # fmt: skip


def _ties(see: Sight, seen: Iterable[_Whose]) -> Iterator[Tie]:
    for person, row in seen:
        key, other = row["thing_key"], row["other_record_id"]
        if row["thing"] == "person":
            key = see.today.person(other, key)
        if (row["thing"], key) != ("person", person):
            yield Tie(
                person, row["thing"], key, row["label"] or "", row["how"] or "", row["record_id"], row["agency"], row["through"] == "event"
            )  # fmt: skip


def _own(see: Sight, person: str, row: Any) -> Tie:
    day = see.viewing.as_of.isoformat()
    is_now = row["known_until_on"] is None or row["known_until_on"] > day
    thing = _FIELDS[row["field"]]
    how = ("lives at" if is_now else "lived at") if thing == PLACE else ("uses" if is_now else "used")
    return Tie(person, thing, row["value_key"], row["value"] or "", how, row["record_id"], row["agency"])
