"""What must one viewer not see, because they declared a relationship to a person, an address or a firm?

The people themselves are barred where access is decided on (`reasons_about`). What stands on other people's pages besides goes by its record: an event in which a barred
person has a part is not there, a text that may name one is not shown, and of a barred place nothing tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engage.governance.relationships import ADDRESS, FIRM, PERSON, standing
from engage.identities import assignments
from engage.identities.guards.barring import barred_people
from engage.store.warehouse import Build


@dataclass(frozen=True)
class Bars:
    """Today's ids of the people, the records of them and of events they have a part in, the texts that may name them; places in normal form, and events at one; firms."""

    people: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    places: tuple[tuple[str, str], ...] = ()
    at_places: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()

    def hides(self, *record_ids: str | None) -> bool:
        """One of these records is of a barred person, or of an event with one."""
        return bool(self.records) and not self.records.isdisjoint(record_ids)

    def hides_place(self, key: str, label: str = "") -> bool:
        """That place was declared: where one of the two gives no postcode, by its first lines alone."""
        if not (self.places or self.firms):
            return False
        lines, is_address, postcode = key.partition("|")
        by_address = bool(is_address) and any(
            lines == own and (not postcode or not code or postcode == code) for own, code in self.places
        )
        return by_address or any(self.names_firm(text) for text in (key, label))

    def names_firm(self, text: str) -> bool:
        """These words begin with the name of a firm that was declared: “Star Cabs, 4 Weir Lane”."""
        first = text.partition("|")[0].partition(",")[0].strip().lower()
        return first in self.firms

    def hides_thing(self, thing: str, key: str, label: str = "") -> bool:
        """A barred person or place, of what lines and ties lead to."""
        return key in self.people if thing == PERSON else thing == "place" and self.hides_place(key, label)


NO_BARS = Bars()


def bars_of(build: Build, user: str, laid_ids: Any) -> Bars:
    """The bars of one worker in one build. `laid_ids`: under which persons the build laid the records of some."""
    declared = standing(user)
    if not declared:
        return NO_BARS
    people = barred_people(build, user)
    places = tuple(_place(one.key) for one in declared if one.kind == ADDRESS)
    firms = frozenset(one.key for one in declared if one.kind == FIRM)
    named = Bars(people, places=places, firms=firms)
    laid, records = sorted(laid_ids(people)), assignments.records_of_people(build, people)
    return Bars(
        people, frozenset({*records, *_events(build, laid, records)}), frozenset(_column(build, _NAMING, laid)), places,
        frozenset(record for record, key, label in _at_places(build, named) if named.hides_place(key, label or "")), firms,
    )  # fmt: skip


def _place(key: str) -> tuple[str, str]:
    lines, _bar, postcode = key.partition("|")
    return lines, postcode


_EVENTS = "select distinct event_record_id, person_record_id from chronology where person_id in (select value from json_each(?))"
_NAMING = "select distinct record_id from mentioned_as where kind = 'person' and thing_key in (select value from json_each(?))"
_AT = "select distinct record_id, thing_key, label from tie where thing = 'place' and through = 'event'"


def _events(build: Build, laid: list[str], records: Iterable[str]) -> set[str]:
    """The events in which records that are theirs today have a part."""
    theirs = frozenset(records)
    rows = build.pages().execute(_EVENTS, [json.dumps(laid)])
    return {event for event, record in rows if record in theirs}


def _column(build: Build, sql: str, laid: list[str]) -> set[str]:
    return {row[0] for row in build.pages().execute(sql, [json.dumps(laid)])} if laid else set()


def _at_places(build: Build, named: Bars) -> Iterable[Any]:
    return build.pages().execute(_AT) if named.places or named.firms else ()
