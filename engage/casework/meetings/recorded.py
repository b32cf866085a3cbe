"""What did agencies record of people, and at places, in a period? Of many at once: the number of queries does not grow with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from itertools import chain
from typing import Any

from engage.identities import assignments
from engage.picture import byhand, reading
from engage.picture.seeing import Base, Sight


# What is said of somebody, and what happened.
Rows = tuple[list[Any], list[Any]]
# Of the ties of anything but people there is an index by what they lead to.
_AT_PLACES = (
    "select thing_key, access_base, other_base, agency, kind, happened_from_at as at from tie where thing <> 'person' and thing = 'place' "
    "and thing_key in (select value from json_each(?)) and known_from_on <= ? and (known_until_on is null or known_until_on > ?) union all "
    "select thing_key, access_base, other_base, agency, kind, null from unpeopled_thing where thing = 'place' "
    "and thing_key in (select value from json_each(?)) and known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
)
_MAY_BE = (
    "select distinct person_id, other_base from proposal where person_id in (select value from json_each(?))"
)


def rows_of(see: Sight, people: Collection[str], from_on: date) -> dict[str, Rows]:
    """Of each of these persons (today's ids) what is said of them, and what happened, of all records that are theirs today, whoever may see them, since a day."""
    pages, day = see.build.pages(), see.viewing.as_of
    laid, since = sorted(see.today.laid_ids(people)), from_on.isoformat()
    found: dict[str, Rows] = {person: ([], []) for person in people}
    for row in reading.known_rows(pages, "said", laid, day, current=False) if laid else ():
        person = see.today.person(row["record_id"], row["person_id"])
        if person in found and (row["known_until_on"] is None or row["known_until_on"] > since):
            found[person][0].append(row)
    for row in reading.known_rows(pages, "chronology", laid, day) if laid else ():
        person = see.today.person(row["person_record_id"], row["person_id"])
        if person in found and _is_since(row, since):
            found[person][1].append(row)
    return _with_hand(see, found)


def _with_hand(see: Sight, found: dict[str, Rows]) -> dict[str, Rows]:
    """The same with what staff recorded since the build, and without what they withdrew."""
    owner = assignments.records_of_people(see.build, found)
    hand = byhand.of_records(see.viewing, see.build, owner)
    recorded: dict[str, list[Any]] = defaultdict(list)
    for row in hand.rows:
        recorded[owner[row["person_record_id"]]].append(row)
    return {
        person: (said, [*hand.standing(happened), *recorded[person]])
        for person, (said, happened) in found.items()
    }


def _is_since(row: Any, since: str) -> bool:
    """It happened, or may have, or was received since that day."""
    until = row["happened_until_at"]
    return until is None or str(until) >= since or str(row["received_on"]) >= since


def may_be(see: Sight, people: Collection[str]) -> dict[str, set[Base]]:
    """For each of these persons (today's ids) what access to a record is decided on that may be theirs, and that nobody has judged."""
    laid = see.today.laid_under(people)
    under = json.dumps(sorted(set(chain.from_iterable(laid.values()))))
    bases: dict[str, set[Base]] = defaultdict(set)
    for person, base in see.build.pages().execute(_MAY_BE, [under]):
        bases[person].add(base)
    return {person: set().union(*(bases[one] for one in some)) for person, some in laid.items()}


def rows_at(see: Sight, keys: Iterable[str], from_on: date) -> dict[str, list[Any]]:
    """By the key of each of these places, what was recorded there since a day."""
    day, since, asked = see.viewing.as_of.isoformat(), from_on.isoformat(), json.dumps(sorted(set(keys)))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in see.build.pages().execute(_AT_PLACES, [asked, day, since, asked, day, since]):
        if row["at"] is None or str(row["at"]) >= since:
            found[row["thing_key"]].append(row)
    return found


def whose(see: Sight, row: Any) -> tuple[str, str, str]:
    """Whose a row is, how sensitive, and of which cohort."""
    base: Base = row["access_base"]
    agency, _handling, sensitivity, cohort = base if isinstance(base, tuple) else see.bases[base]
    return agency or row["agency"], sensitivity, str(cohort)
