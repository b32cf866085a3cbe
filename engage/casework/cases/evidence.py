"""Which of the records that came with what is written in a case may the viewer see? Of the others nothing is told, not even that there are any."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engage.casework.cases.rules import OF_PEOPLE, EntryShown, Head
from engage.picture import reading
from engage.picture.seeing import Sight, reasons_about
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class Record:
    """A record that came with something written: of which person (today's id; "" where no person is told), whose, of what kind, and when it happened (None: not known, or a
    person's own record)."""

    record_id: str
    person_id: str
    agency: str
    kind: str
    title: str
    on: date | None


_EVENTS = """
    select * from chronology where event_record_id in (select value from json_each(?)) and known_from_on <= ? and (known_until_on is null or known_until_on > ?)
    order by event_record_id, person_id
"""
_PEOPLE = """
    select * from said where record_id in (select value from json_each(?)) and kind = 'person_record' and known_from_on <= ?
        and (known_until_on is null or known_until_on > ?) order by record_id
"""


def shown(see: Sight, head: Head, entries: Iterable[EntryShown]) -> Mapping[str, Record]:
    """By id, the records that came with these entries and that the viewer may see. In the case of a place or a group nobody is named."""
    wanted = sorted({record for one in entries for record in one.evidence})
    if not wanted:
        return {}
    day = see.viewing.as_of.isoformat()
    asked = (json.dumps(wanted), day, day)
    pages = see.build.pages()
    events = [dict(row) | {"of": row["person_record_id"]} for row in pages.execute(_EVENTS, asked)]
    people = [dict(row) | {"of": row["record_id"]} for row in pages.execute(_PEOPLE, asked)]
    by_person: dict[str, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for rows, place in ((events, 0), (people, 1)):
        for row in rows:
            by_person[see.today.person(row["of"], row["person_id"])][place].append(row)
    reasons = reasons_about(pages, set(by_person), see=see)
    found: dict[str, Record] = {}
    # Of several people in one event the one whom the case is about comes last, and so stands.
    for person in sorted(by_person, key=lambda one: (one == head.subject, one)):
        for record in _of_person(see, person, reasons[person], by_person[person]):
            found[record.record_id] = record
    return found if head.kind in OF_PEOPLE else {key: _nameless(one) for key, one in found.items()}


def _of_person(
    see: Sight, person: str, reasons: frozenset[str], rows: tuple[list[Any], list[Any]]
) -> Iterable[Record]:
    happened, said = rows
    for one in reading.happenings(happened, see, reasons):
        at = reading.moment(one.from_at)
        yield Record(
            one.record_id, person, one.agency, one.kind, one.rows[0]["title"] or "", london_day(at) if at else None
        )  # fmt: skip
    for row in said:
        if reading.may_hear(row, see, reasons):
            yield Record(row["record_id"], person, row["agency"], "person_record", "", None)


def _nameless(one: Record) -> Record:
    return Record(one.record_id, "", one.agency, one.kind, "", one.on)
