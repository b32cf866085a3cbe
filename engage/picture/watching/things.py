"""What arrived about these places, vehicles and phones: about whom, of what one viewer may see?

A thing is told of through the people whom records tie to it, and only as far as the viewer may see the tie on that person's page; and of events in which
no person has a part.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from engage.picture.reading import may_hear
from engage.picture.search.called import names_of
from engage.picture.seeing import Sight, reasons_about
from engage.picture.tying import may_see
from engage.picture.watching.rules import NEVER, PHONE, PLACE, VEHICLE, Arrived, Came, mark
from engage.picture.watching.unpeopled import of_unpeopled, parts


Thing = tuple[str, str]
_SINCE = "came > ? and known_from_on <= ?"
_TIES = (
    "select tie.* from json_each(?) as wanted cross join tie indexed by tie_by_thing_key_came on tie.thing_key = wanted.value "
    f"where thing <> 'person' and {_SINCE} and (known_until_on is null or known_until_on > ?)"
)
# What records say is the person's own: an address is a place, and a phone or an account is a phone.
_SAID = (
    "select said.* from json_each(?) as wanted cross join said indexed by {by} on said.value_key = wanted.value "
    f"where {{which}} and {_SINCE}"
)
_ADDRESSES = _SAID.format(by="said_by_value_key", which="field = 'address'")
_NUMBERS = _SAID.format(
    by="said_by_value_key_came", which="kind = 'contact_point' and field in ('phone', 'account')"
)


def of_things(see: Sight, things: Collection[Thing], since: Came) -> dict[Thing, list[Arrived]]:
    """For each of these things (kind and key), what came since, is known by the viewing's day, and may be seen."""
    found: dict[Thing, list[Arrived]] = defaultdict(list)
    rows = [(thing, row) for thing, row in _rows(see, things, since) if thing in things]
    people = {_person(see, row) for _thing, row in rows}
    why = reasons_about(see.build.pages(), people, see=see)
    names = names_of(see.build.pages(), people, see, why)
    for thing, row in rows:
        person = _person(see, row)
        is_open = may_see(row, see, why[person]) if _is_tie(row) else may_hear(row, see, why[person])
        # Nobody is told of of whom no name may be known, as on every page.
        if is_open and person in names:
            found[thing].append(_arrived(thing, row, person, names[person]))
    for thing, others in of_unpeopled(see, things, since).items():
        found[thing] += others
    return found


def label_of(see: Sight, thing: Thing) -> str:
    """How records that the viewer may see write the thing; "" when there is none such."""
    everything = [row for one, row in _rows(see, {thing}, NEVER) if one == thing]
    why = reasons_about(see.build.pages(), {_person(see, row) for row in everything}, see=see)
    for row in everything:
        reasons = why[_person(see, row)]
        if _is_tie(row) and row["label"] and may_see(row, see, reasons):
            return str(row["label"])
        if not _is_tie(row) and row["value"] and may_hear(row, see, reasons):
            return str(row["value"])
    return next((str(row["label"]) for row in parts(see, {thing}, NEVER) if row["label"]), "")


def _rows(see: Sight, things: Collection[Thing], since: Came) -> list[tuple[Thing, Any]]:
    pages, day = see.build.pages(), see.viewing.as_of.isoformat()
    keys = {
        kind: json.dumps(sorted(k for one, k in things if one == kind)) for kind in (PLACE, VEHICLE, PHONE)
    }
    every = json.dumps(sorted({key for _kind, key in things}))
    found = [
        ((row["thing"], row["thing_key"]), row)
        for row in pages.execute(_TIES, [every, since.delivery, day, day])
    ]
    for sql, kind in ((_ADDRESSES, PLACE), (_NUMBERS, PHONE)):
        rows = pages.execute(sql, [keys[kind], since.delivery, day])
        found += [((kind, row["value_key"]), row) for row in rows]
    return found


def _is_tie(row: Any) -> bool:
    return "thing" in row.keys()  # noqa: SIM118  sqlite3.Row iterates over values


def _person(see: Sight, row: Any) -> str:
    record = row["person_record_id"] if _is_tie(row) else row["record_id"]
    return see.today.person(record, row["person_id"])


def _arrived(thing: Thing, row: Any, person: str, name: str) -> Arrived:
    known = mark(*thing, row["record_id"], person, row["came"])
    return Arrived(
        person, name, "tie", thing[0], row["agency"], row["known_from_on"], Came(row["came"]), known
    )
