"""Since when do records hold somebody as a suspect, whoever may read them? Of whom nobody said since when, it is the only word on whether they were 18 then."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from engage.networks.laying.counted import counting
from engage.picture.seeing import Sight
from engage.vocabulary.time import london_day


_ROWS = """
    select person_id, person_record_id, role, happened_from_at from chronology where person_id in (select value from json_each(?)) and fact = 'event'
        and happened_from_at is not null and known_from_on <= ? and (known_until_on is null or known_until_on > ?)
    order by happened_from_at
"""


def first_suspected(see: Sight, person_id: str) -> date | None:
    """The earliest day on which any record accuses somebody (today's id), guarded or not: for a rule that has to hold whoever looks, and of which nobody is told what it rests on.
    None: no record with a day does. A record without a day tells nothing of when."""
    accused, day = frozenset(counting()["accused_roles"]), see.viewing.as_of.isoformat()
    laid = see.today.laid_under([person_id])[person_id]
    rows = see.build.pages().execute(_ROWS, [json.dumps(list(laid)), day, day])
    theirs = (row for row in rows if (row["role"] or "").casefold() in accused and see.today.person(row["person_record_id"], row["person_id"]) == person_id)  # fmt: skip
    first = next(theirs, None)
    return (
        london_day(datetime.fromisoformat(first["happened_from_at"]).replace(tzinfo=UTC)) if first else None
    )
