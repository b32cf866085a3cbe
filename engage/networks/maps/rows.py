"""Which events of concern may one viewer see, whom are they about, and where were they? Decided row by row, before anything is counted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from engage.networks.maps.episodes import VAGUE
from engage.networks.maps.rules import CONCERNS, NO_TIME, Item, Spot, When, when_of
from engage.networks.maps.stated import stated
from engage.networks.maps.tables import CONCERN_KINDS
from engage.picture import byhand
from engage.picture.missing.ages import Births, births_of, may_be_child
from engage.picture.missing.rows import stored, visible, whose
from engage.picture.reading import moment
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about
from engage.vocabulary.time import london_day, london_midnight


_KNOWN = "known_from_on <= :day and (known_until_on is null or known_until_on > :day)"
_WHEN = "(happened_from_at is null or (happened_from_at >= :first and happened_from_at < :until))"
_EVENT = f"fact, event_record_id, kind, agency, file, source_id, happened_from_at, happened_until_at, happened_precision, access_base, event_base from {{table}} where {CONCERN_KINDS} and fact = 'event' and {_WHEN} and {_KNOWN} order by event_record_id"
_PARTS = f"select person_id, person_record_id, role, role_base, {_EVENT.format(table='chronology')}"
_UNPEOPLED = f"select {_EVENT.format(table='unpeopled')}"
_PLACES = f"select record_id, how, place, place_key, place_base, thing_base from event_place where record_id in (select value from json_each(:records)) and {_KNOWN}"


@dataclass
class _Event:
    """One event that may be seen, the children of it, and the reasons about them (of nobody: none)."""

    row: Any
    people: set[str] = field(default_factory=set)
    why: list[frozenset[str]] = field(default_factory=list)


def concerns(see: Sight, first: date, until: date) -> list[Item]:
    """The events of concern between two London days (half-open), and those of no known day, in which somebody has a part who was or may have been a child then, or
    nobody at all: of whom no birth is known may be one."""
    bound = {
        "day": see.viewing.as_of.isoformat(),
        "first": stored(london_midnight(first)),
        "until": stored(london_midnight(until)),
    }
    events = _with_children(see, bound) | _with_nobody(see, bound)
    told = _told(see, bound["day"], events)
    return [_item(record, events[record], told) for record in sorted(events)]


def _with_children(see: Sight, bound: Mapping[str, str]) -> dict[str, _Event]:
    pages = see.build.pages()
    rows = list(_parts(see, bound))
    of = whose(see, rows)
    why = reasons_about(pages, set(of.values()), see=see)
    seen = visible(rows, of, see, why)
    births = {person: births_of(one) for person, one in called(pages, sorted(seen), see, why).items()}
    found: dict[str, _Event] = {}
    for person, own in seen.items():
        for row in own:
            if _may_be_child(births[person], row):
                event = found.setdefault(row["event_record_id"], _Event(row))
                event.people.add(person)
                event.why.append(why[person])
    return found


def _parts(see: Sight, bound: Mapping[str, str]) -> Iterator[Any]:
    """The rows of the build that still stand, and what was recorded by hand since."""
    hand = byhand.of_everybody(see.viewing, see.build)
    yield from hand.standing(see.build.pages().execute(_PARTS, bound))
    for row in hand.rows:
        at = row["happened_from_at"]
        if row["kind"] in stated().concern_kinds and (at is None or bound["first"] <= at < bound["until"]):
            yield row


def _may_be_child(births: Births, row: Any) -> bool:
    on = _day(row["happened_from_at"])
    return on is None or may_be_child(births, on) is not False


def _with_nobody(see: Sight, bound: Mapping[str, str]) -> dict[str, _Event]:
    found = {}
    for row in see.build.pages().execute(_UNPEOPLED, bound):
        rests = ((row["access_base"], "event"), (row["event_base"], "event"))
        if see.strictest(rests, frozenset()).is_allowed:
            found[row["event_record_id"]] = _Event(row, why=[frozenset()])
    return found


@lru_cache(maxsize=20_000)
def _when(text: str | None, precision: str) -> When:
    return when_of(moment(text), precision) if text else NO_TIME


@lru_cache(maxsize=20_000)
def _day(text: str | None) -> date | None:
    at = moment(text)
    return london_day(at) if at else None


def _told(see: Sight, day: str, events: Mapping[str, _Event]) -> dict[str, Spot]:
    """Where each event was, as far as the viewer may know: its own place; where it names none, of those that have a part in it the first by its name."""
    found: dict[str, list[tuple[bool, str, str]]] = defaultdict(list)
    asked = {"day": day, "records": json.dumps(sorted(events))}
    for row in see.build.pages().execute(_PLACES, asked):
        if not see.bars.hides_place(row["place_key"], row["place"] or "") and any(
            _may_know(see, row, why) for why in events[row["record_id"]].why
        ):
            label = row["place"] or row["place_key"]
            found[row["record_id"]].append((row["how"] != "at", label, row["place_key"]))
    return {
        record: Spot(key, label) for record, some in found.items() for _is_part, label, key in [min(some)]
    }


def _may_know(see: Sight, row: Any, why: frozenset[str]) -> bool:
    return see.may(row["place_base"], "location", why) and (
        row["thing_base"] is None or see.may(row["thing_base"], "role", why)
    )


def _item(record: str, event: _Event, told: Mapping[str, Spot]) -> Item:
    row = event.row
    on = None if row["happened_precision"] in VAGUE else _day(row["happened_from_at"])
    when = _when(row["happened_from_at"], row["happened_precision"])
    people = tuple(sorted(event.people))
    return Item(CONCERNS, row["kind"], on, people, (record,), (row["agency"],), told.get(record), when)
