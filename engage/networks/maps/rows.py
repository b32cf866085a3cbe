"""Which events of concern may one viewer see, whom are they about, and where were they? Decided row by row, before anything is counted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from engage.networks.maps.rules import CONCERNS, Item, Spot
from engage.networks.maps.tables import CONCERN_KINDS
from engage.picture.missing.ages import births_of, may_be_child
from engage.picture.reading import moment
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about
from engage.vocabulary.time import london_day, london_midnight


_STANDS = "known_from_on <= :day and (known_until_on is null or known_until_on > :day)"
_WHEN = "(happened_from_at is null or (happened_from_at >= :first and happened_from_at < :until))"
_EVENT = f"event_record_id, kind, agency, happened_from_at, happened_precision, access_base, event_base from {{table}} where {CONCERN_KINDS} and fact = 'event' and {_WHEN} and {_STANDS}"
_PARTS = f"select person_id, person_record_id, role_base, {_EVENT.format(table='chronology')}"
_UNPEOPLED = f"select {_EVENT.format(table='unpeopled')}"
_PLACES = f"select record_id, how, place, place_key, place_base, thing_base from event_place where record_id in (select value from json_each(:records)) and {_STANDS}"
# Of a year, or of about two, no month is known.
_VAGUE = frozenset({"year", "about", "unknown"})


@dataclass
class _Event:
    """One event that may be seen: who has a part in it that may be seen, and the reasons about them."""

    row: Any
    people: set[str] = field(default_factory=set)
    why: list[frozenset[str]] = field(default_factory=list)


def concerns(see: Sight, first: date, until: date) -> list[Item]:
    """The events of concern between two London days (half-open), and those of no known day, in which somebody has a part who was or may have been a child then, or
    nobody at all: of whom no birth is known may be one."""
    bound = {
        "day": see.viewing.as_of.isoformat(),
        "first": _stored(first),
        "until": _stored(until),
    }
    events = _seen(see, bound)
    told = _told(see, bound, events)
    return [item for record in sorted(events) if (item := _item(record, events[record], told))]


def _stored(day: date) -> str:
    return london_midnight(day).strftime("%Y-%m-%d %H:%M:%S")


def _seen(see: Sight, bound: Mapping[str, str]) -> dict[str, _Event]:
    pages = see.build.pages()
    whose = [
        (see.today.person(row["person_record_id"], row["person_id"]), row)
        for row in pages.execute(_PARTS, bound)
    ]
    why = reasons_about(pages, {person for person, _row in whose}, see=see)
    young = _may_be_young(see, whose, why)
    found: dict[str, _Event] = {}
    for person, row in whose:
        rests = ((row["access_base"], "event"), (row["role_base"], "role"), (row["event_base"], "event"))
        if person in young and see.strictest(rests, why[person]).is_allowed:
            event = found.setdefault(row["event_record_id"], _Event(row))
            if _is_young(young[person], row):
                event.people.add(person)
                event.why.append(why[person])
    kept = {record: event for record, event in found.items() if event.people}
    for row in pages.execute(_UNPEOPLED, bound):
        alone = ((row["access_base"], "event"), (row["event_base"], "event"))
        if see.strictest(alone, frozenset()).is_allowed:
            kept.setdefault(row["event_record_id"], _Event(row, why=[frozenset()]))
    return kept


def _may_be_young(see: Sight, whose: Iterable[tuple[str, Any]], why: Mapping[str, frozenset[str]]) -> Any:
    """The births of each person that the viewer may know."""
    people = sorted({person for person, _row in whose})
    how = called(see.build.pages(), people, see, why)
    return {person: births_of(one) for person, one in how.items()}


def _is_young(births: Any, row: Any) -> bool:
    on = _day(row["happened_from_at"]) or date.max
    return may_be_child(births, on) is not False


@lru_cache(maxsize=20_000)
def _day(text: str | None) -> date | None:
    at = moment(text)
    return london_day(at) if at else None


def _told(see: Sight, bound: Mapping[str, str], events: Mapping[str, _Event]) -> dict[str, Spot]:
    """Where each event was, as far as the viewer may know: its own place; where it names none, of those that have a part in it the first by its name."""
    found: dict[str, list[tuple[bool, str, str]]] = defaultdict(list)
    asked = {"day": bound["day"], "records": json.dumps(sorted(events))}
    for row in see.build.pages().execute(_PLACES, asked):
        if any(_may_know(see, row, why) for why in events[row["record_id"]].why):
            found[row["record_id"]].append(
                (row["how"] != "at", row["place"] or row["place_key"], row["place_key"])
            )
    return {
        record: Spot(key, label) for record, some in found.items() for _is_part, label, key in [min(some)]
    }


def _may_know(see: Sight, row: Any, why: frozenset[str]) -> bool:
    return see.may(row["place_base"], "location", why) and (
        row["thing_base"] is None or see.may(row["thing_base"], "role", why)
    )


def _item(record: str, event: _Event, told: Mapping[str, Spot]) -> Item:
    row = event.row
    on = None if row["happened_precision"] in _VAGUE else _day(row["happened_from_at"])
    return Item(
        CONCERNS, row["kind"], on, tuple(sorted(event.people)), (record,), (row["agency"],), told.get(record)
    )
