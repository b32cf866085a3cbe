"""In which new events have these places, vehicles and phones a part in which no person has one, of what one viewer may see?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from engage.picture.seeing import Sight
from engage.picture.watching.rules import Arrived, Came, mark


Thing = tuple[str, str]
_PARTS = (
    "select unpeopled_thing.* from json_each(?) as wanted cross join unpeopled_thing indexed by unpeopled_thing_by_thing_key_came "
    "on thing_key = wanted.value where came > ? and known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
)


def of_unpeopled(see: Sight, things: Collection[Thing], since: Came) -> dict[Thing, list[Arrived]]:
    """For each of these things, its parts in events without people that came since, are known on the viewing's day, and may be seen."""
    found: dict[Thing, list[Arrived]] = defaultdict(list)
    for row in parts(see, things, since):
        thing, record = (row["thing"], row["thing_key"]), row["event_record_id"]
        known = mark("unpeopled", *thing, record, row["came"])
        one = Arrived("", "", "event", row["event_kind"], row["agency"], row["known_from_on"], Came(row["came"]), known, record)  # fmt: skip
        found[thing].append(one)
    return found


def parts(see: Sight, things: Collection[Thing], since: Came) -> list[Any]:
    """The rows. Nobody has a reason about nobody: only what is open without one may be seen."""
    day = see.viewing.as_of.isoformat()
    keys = json.dumps(sorted({key for _kind, key in things}))
    rows = see.build.pages().execute(_PARTS, [keys, since.delivery, day, day])
    return [row for row in rows if (row["thing"], row["thing_key"]) in things and _may_see(see, row)]


def _may_see(see: Sight, row: Any) -> bool:
    bases = (
        (row["access_base"], "event"),
        (row["other_base"], row["kind"]),
        (row["thing_base"], "role"),
    )
    return see.strictest(bases, frozenset()).is_allowed
