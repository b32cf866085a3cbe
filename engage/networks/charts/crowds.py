"""What do many people have to do with, so that it links nobody to anybody? A chart draws it, and opens it only when asked.

Only what the viewer may see counts: what stays hidden makes nothing common, and nothing rare.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from engage.networks.charts.rules import PLACE, End
from engage.networks.seeing import kinds_of_places
from engage.picture.indicators.views import CROWD, words
from engage.picture.seeing import Sight


_NOBODY = frozenset[str]()
_TIES = (
    "select distinct person_id, person_record_id, thing_key, through, kind, access_base, other_base, role_base, thing_base from tie "
    "where thing <> 'person' and thing = ? and thing_key = ? and known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
)


def common(see: Sight, things: Collection[End]) -> frozenset[End]:
    """Those of these things that are common: the kind of place is one that everybody goes to, or more than CROWD people had to do with it."""
    places = {key for kind, key in things if kind == PLACE}
    common_kinds = frozenset(words()["common_places"])
    known = kinds_of_places(see, places)
    by_kind = {(PLACE, key) for key in places if known.get(key, _NOBODY) & common_kinds}
    return frozenset(by_kind | {thing for thing in set(things) - by_kind if _is_crowded(see, thing)})


def _is_crowded(see: Sight, thing: End) -> bool:
    day = see.viewing.as_of.isoformat()
    people: set[str] = set()
    decided: dict[tuple[Any, ...], bool] = {}
    for row in see.build.pages().execute(_TIES, [*thing, day, day]):
        rests = tuple(row)[3:]
        if rests not in decided:
            parts = ((row["access_base"], row["through"]), (row["other_base"], row["kind"]), (row["role_base"], "role"), (row["thing_base"], "role"))  # fmt: skip
            decided[rests] = see.strictest(parts, _NOBODY).is_allowed
        if decided[rests]:
            people.add(see.today.person(row["person_record_id"], row["person_id"]))
            if len(people) > CROWD:
                return True
    return False
