"""What did people say of indicators and of children whom they looked at, as far as one viewer may know?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from engage.identities import assignments
from engage.picture.indicators.rules import record_of
from engage.picture.indicators.standing import Statement
from engage.picture.models import IndicatorStatement, LookedAt
from engage.picture.seeing import Sight
from engage.vocabulary.access import Cohort
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class Look:
    """That somebody looked at the new evidence about a child: who, of which agency, when, and what they said came of it."""

    person_id: str
    outcome: str
    agency: str
    by: str
    by_name: str
    at: datetime


def statements(
    see: Sight, reasons: Mapping[str, frozenset[str]], hidden: AbstractSet[str], person_id: str
) -> list[Statement]:
    """What was said by the viewing's day of one person (today's id), without what was taken back. Of a statement about evidence of which any is
    `hidden` from the viewer they are not told; nor of one by an agency whose notes they may not see."""
    standing = _standing(see)
    whose = _whose(see, [(row.person_id, json.loads(row.seen)) for row in standing])
    found = []
    for row, persons in zip(standing, whose, strict=True):
        seen = frozenset(json.loads(row.seen))
        if person_id in persons and not seen & hidden and _may_hear(see, row.agency, reasons[person_id]):
            found.append(
                Statement(row.seq, row.indicator, row.says, row.reason, row.agency, row.said_by, row.said_by_name, row.said_at, seen)
            )  # fmt: skip
    return found


def _standing(see: Sight) -> list[IndicatorStatement]:
    """The statements made by the viewing's day that were not taken back by then."""
    rows = [row for row in IndicatorStatement.objects.order_by("seq") if counts(see, row.said_at)]
    gone = {row.takes_back for row in rows if row.takes_back}
    return [row for row in rows if row.takes_back is None and row.seq not in gone]


def _whose(see: Sight, rows: Sequence[tuple[str, Sequence[str]]]) -> list[frozenset[str]]:
    """Of whom each was said, as of today, by the person it was said of and the keys that were seen: whoever has a record that was seen; without
    any, whoever the person is now."""
    records = {record_of(key) for _person, seen in rows for key in seen}
    of_record = assignments.persons_of(see.build, records)
    now = assignments.today(see.build, {person for person, _seen in rows})
    return [
        frozenset(of_record[r] for r in map(record_of, seen) if r in of_record)
        or frozenset({now.get(person, person)})
        for person, seen in rows
    ]


def counts(see: Sight, at: datetime) -> bool:
    """It was said by the viewing's day. Where that is the served build's or a later one everything counts that was said up to this moment."""
    return see.viewing.as_of >= see.build.info.as_of or london_day(at) <= see.viewing.as_of


def _may_hear(see: Sight, agency: str, reasons: frozenset[str]) -> bool:
    """What a worker says is their agency's, as a note recorded by hand is."""
    return see.may((agency, "", "standard", Cohort.CASE.value), "event", reasons)


def looks(see: Sight, hidden: AbstractSet[str]) -> dict[str, Look]:
    """The last look at each child (today's id) by the viewing's day, as far as the viewer may know that agency's notes and all that was looked at."""
    rows = [row for row in LookedAt.objects.order_by("seq") if counts(see, row.looked_at)]
    whose = _whose(see, [(row.person_id, json.loads(row.seen)) for row in rows])
    found: dict[str, Look] = {}
    for row, persons in zip(rows, whose, strict=True):
        if _may_hear(see, row.agency, frozenset({"*"})) and not hidden & set(json.loads(row.seen)):
            for person in persons:
                found[person] = Look(
                    person, row.outcome, row.agency, row.looked_by, row.looked_by_name, row.looked_at
                )
    return found


def words(see: Sight, hidden: AbstractSet[str]) -> list[tuple[str, str]]:
    """What people said by the viewing's day that still counts, of evidence that the viewer may see: which indicator, and confirmed, explained,
    disputed or what they recorded. Of no person."""
    return [
        (row.indicator, row.says)
        for row in _standing(see)
        if _may_hear(see, row.agency, frozenset({"*"})) and not hidden & set(json.loads(row.seen))
    ]


def reviewed(see: Sight) -> frozenset[str]:
    """The keys of all evidence that somebody had looked at by the viewing's day, or had said something of that still counts."""
    kept = [seen for seen, at in LookedAt.objects.values_list("seen", "looked_at") if counts(see, at)]
    kept += [row.seen for row in _standing(see)]
    return _keys(kept)


def _keys(kept: Iterable[str]) -> frozenset[str]:
    return frozenset(key for seen in kept for key in json.loads(seen))
