"""Which new texts name these people, places, vehicles or phones, of what one viewer may see?

A text is read as on the page of whoever it tells of: whether it is shown, and whom and what it may name, is decided by what decides it there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from engage.picture.mentions.rules import ACCOUNT, PERSON
from engage.picture.reading import BY_HAND, Happening, entry, happenings
from engage.picture.search.called import names_of
from engage.picture.seeing import Sight, reasons_about
from engage.picture.texts import with_mentions
from engage.picture.watching.rules import PHONE, Arrived, Came, came_of, mark
from engage.records import queries as records


Thing = tuple[str, str]
_SINCE = (
    f"(came > ? or (file = '{BY_HAND}' and cast(source_id as integer) > ?)) "
    "and c.known_from_on <= ? and (c.known_until_on is null or c.known_until_on > ?)"
)
_TEXTS = "with texts as (select distinct record_id from json_each(?) as wanted cross join mentioned_as indexed by mentioned_as_by_thing_key on thing_key = wanted.value) "
_TOLD = (
    f"{_TEXTS} select c.* from texts cross join chronology c indexed by chronology_by_event_record_id on c.event_record_id = texts.record_id "
    f"where c.narrative is not null and {_SINCE}"
)
_OF_NOBODY = (
    f"{_TEXTS} select c.* from texts cross join unpeopled c indexed by unpeopled_by_event_record_id on c.event_record_id = texts.record_id "
    f"where c.narrative is not null and {_SINCE}"
)
_NO_PERSON = {"person_id": "", "person_record_id": "", "role": None, "role_base": None}


def of_texts(see: Sight, wanted: Collection[Thing], since: Came) -> dict[Thing, list[Arrived]]:
    """For each of these (kind and key; of people today's ids), the texts that name it or may, that came since and are known on the viewing's day: about
    whom each tells, with nobody where no person has a part in it."""
    people = {key for kind, key in wanted if kind == PERSON}
    keys = json.dumps(sorted({key for kind, key in wanted if kind != PERSON} | see.today.laid_ids(people)))
    pages, day = see.build.pages(), see.viewing.as_of.isoformat()
    bound = [keys, *since, day, day]
    told = _still(see, pages.execute(_TOLD, bound))
    found: dict[Thing, list[Arrived]] = defaultdict(list)
    for thing, one in (*_of_people(see, told), *_of_nobody(see, pages.execute(_OF_NOBODY, bound))):
        # That a text about somebody names them is no news beside the text itself.
        if thing in wanted and thing != (PERSON, one.person_id):
            found[thing].append(one)
    return found


def _still(see: Sight, rows: Iterable[Any]) -> list[Any]:
    """The rows without those of entries by hand that were withdrawn since the build."""
    told = list(rows)
    if not any(row["file"] == BY_HAND for row in told):
        return told
    _fresh, withdrawn = records.hand_since(viewing=see.viewing, build=see.build, record_ids=())
    gone = {str(number) for number in withdrawn}
    return [row for row in told if row["file"] != BY_HAND or row["source_id"] not in gone]


def _of_people(see: Sight, rows: Iterable[Any]) -> Iterator[tuple[Thing, Arrived]]:
    by_person: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[see.today.person(row["person_record_id"], row["person_id"])].append(row)
    why = reasons_about(see.build.pages(), by_person, see=see)
    names = names_of(see.build.pages(), by_person, see, why)
    for person, own in by_person.items():
        # Nobody is told of of whom no name may be known, as on every page.
        if person in names:
            for thing, happened in _named(see, own, why[person]):
                yield thing, _arrived(happened, person, names[person])


def _of_nobody(see: Sight, rows: Iterable[Any]) -> Iterator[tuple[Thing, Arrived]]:
    """Nobody has a reason about nobody: only what is open without one is told."""
    for thing, happened in _named(see, [{**dict(row), **_NO_PERSON} for row in rows], frozenset()):
        yield thing, _arrived(happened, "", "")


def _named(see: Sight, rows: list[Any], reasons: frozenset[str]) -> Iterator[tuple[Thing, Happening]]:
    happened = {one.record_id: one for one in happenings(rows, see, reasons)}
    entries = [entry(one, see, reasons) for one in happened.values()]
    for shown in with_mentions(see.build.pages(), entries, see, reasons):
        # What somebody said is wrong names nobody, as on pages.
        things = {
            (mention.kind, one.key)
            for mention in shown.mentions
            if not mention.wrong
            for one in mention.may_be
        }
        for kind, key in sorted(things):
            yield (PHONE if kind == ACCOUNT else kind, key), happened[shown.event_record_id]


def _arrived(one: Happening, person: str, name: str) -> Arrived:
    row = max(one.rows, key=came_of)
    came = came_of(row)
    known = mark("text", one.record_id, person, *came)
    return Arrived(
        person,
        name,
        "text",
        one.kind,
        one.agency,
        row["known_from_on"],
        came,
        known,
        "" if person else one.record_id,
    )
