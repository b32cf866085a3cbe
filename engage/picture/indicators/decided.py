"""What did people say of indicators and of children whom they looked at, as far as one viewer may know?"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engage.identities import assignments
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
    see: Sight, reasons: Mapping[str, frozenset[str]], evidence: Collection[str], person_id: str
) -> list[Statement]:
    """What was said by the viewing's day of one person (today's id), without what was taken back. Of a statement about evidence of which the
    viewer may see nothing they are not told; nor of one by an agency whose notes they may not see."""
    ids = _ids_of(see, person_id)
    rows = [
        row
        for row in IndicatorStatement.objects.filter(person_id__in=ids).order_by("seq")
        if counts(see, row.said_at)
    ]
    gone = {row.takes_back for row in rows if row.takes_back}
    found = []
    for row in rows:
        seen = frozenset(json.loads(row.seen))
        is_told = _may_hear(see, row.agency, reasons[person_id]) and (not seen or seen & set(evidence))
        if row.takes_back is None and row.seq not in gone and is_told:
            found.append(
                Statement(row.seq, row.indicator, row.says, row.reason, row.agency, row.said_by, row.said_by_name, row.said_at, seen)
            )  # fmt: skip
    return found


def counts(see: Sight, at: datetime) -> bool:
    """It was said by the viewing's day. Where that is the served build's or a later one everything counts that was said up to this moment."""
    return see.viewing.as_of >= see.build.info.as_of or london_day(at) <= see.viewing.as_of


def _may_hear(see: Sight, agency: str, reasons: frozenset[str]) -> bool:
    """What a worker says is their agency's, as a note recorded by hand is."""
    return see.may((agency, "", "standard", Cohort.CASE.value), "event", reasons)


def _ids_of(see: Sight, person_id: str) -> list[str]:
    """All ids under which something may have been said of who has this id today."""
    asked = set(IndicatorStatement.objects.values_list("person_id", flat=True).distinct())
    asked |= set(LookedAt.objects.values_list("person_id", flat=True).distinct())
    now = assignments.today(see.build, asked)
    return sorted({person_id, *(was for was, is_now in now.items() if is_now == person_id)})


def looks(see: Sight) -> dict[str, Look]:
    """The last look at each child (today's id) by the viewing's day, as far as the viewer may know that agency's notes; they are for `worklist` to show."""
    rows = [row for row in LookedAt.objects.order_by("seq") if counts(see, row.looked_at)]
    now = assignments.today(see.build, {row.person_id for row in rows})
    found: dict[str, Look] = {}
    for row in rows:
        if _may_hear(see, row.agency, frozenset({"*"})):
            person = now.get(row.person_id, row.person_id)
            found[person] = Look(
                person, row.outcome, row.agency, row.looked_by, row.looked_by_name, row.looked_at
            )
    return found


def words(see: Sight) -> list[tuple[str, str]]:
    """What people said by the viewing's day that still counts: which indicator, and confirmed, explained, disputed or what they recorded. Of no person."""
    rows = [
        row
        for row in IndicatorStatement.objects.values_list("seq", "takes_back", "indicator", "says", "said_at")
        if counts(see, row[4])
    ]
    gone = {row[1] for row in rows if row[1]}
    return [(row[2], row[3]) for row in rows if row[1] is None and row[0] not in gone]


def reviewed(see: Sight) -> frozenset[str]:
    """The keys of all evidence that somebody had looked at by the viewing's day, or had said something of that still counts."""
    kept = [seen for seen, at in LookedAt.objects.values_list("seen", "looked_at") if counts(see, at)]
    rows = [
        row
        for row in IndicatorStatement.objects.values_list("seq", "takes_back", "seen", "said_at")
        if counts(see, row[3])
    ]
    gone = {takes_back for _seq, takes_back, _seen, _at in rows if takes_back}
    kept += [seen for seq, takes_back, seen, _at in rows if takes_back is None and seq not in gone]
    return _keys(kept)


def _keys(kept: Iterable[str]) -> frozenset[str]:
    return frozenset(key for seen in kept for key in json.loads(seen))
