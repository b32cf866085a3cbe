"""What did the rows of a screening lead to, as its asker may see it today? What was found when it was run and is found still; nothing that came to it since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engage.identities import assignments
from engage.networks.screening.concerning import Concerned, Known, Lists, known_people, lists
from engage.networks.screening.keeping import Found, Hit
from engage.networks.screening.matching import Thing, of_all_things, screened
from engage.networks.screening.rules import PERSON, SURE, Entry
from engage.picture.seeing import Sight
from engage.picture.watching.rules import Arrived
from engage.store.area import Area


@dataclass(frozen=True)
class Tied:
    """Somebody whom records or texts tie to a vehicle or phone: by which agencies, known since when at the latest, and whether texts alone do."""

    person_id: str
    known: Known
    agencies: tuple[str, ...]
    last_known_on: str
    is_text_only: bool
    concerned: Concerned


@dataclass(frozen=True)
class Shown:
    """One thing or person that a row led to. `known` of a person; `tied` of a vehicle or phone who is tied to it, and `records` those of events in which no
    person has a part, to ask their agencies for; `by` the name by which somebody fits."""

    entry: Entry
    kind: str
    key: str
    how: str
    label: str
    concerned: Concerned
    known: Known | None = None
    tied: tuple[Tied, ...] = ()
    records: tuple[str, ...] = ()
    by: str = ""

    @property
    def is_sure(self) -> bool:
        """It is what the row says, and not only somebody who may be meant."""
        return self.how in SURE


@dataclass(frozen=True)
class Hits:
    """All that the rows led to; `more` are rows by which more people may be meant than are named."""

    shown: tuple[Shown, ...]
    more: tuple[int, ...] = ()

    @property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """Everybody and everything that is told, once each: kind and key."""
        told = [(one.kind, one.key) for one in self.shown]
        told += [(PERSON, tied.person_id) for one in self.shown for tied in one.tied]
        return tuple(dict.fromkeys(told))

    @property
    def agencies(self) -> tuple[str, ...]:
        """Whose records tie somebody to what was found."""
        found = {agency for one in self.shown for agency in one.concerned.agencies}
        return tuple(
            sorted(found | {agency for one in self.shown for tied in one.tied for agency in tied.agencies})
        )


# Whoever was named when it was run is named still, however many fit as well today.
_EVERYBODY = 100_000


def hits_shown(see: Sight, area: Area, kept: Sequence[Hit]) -> Hits:
    """What was found by the rows that hit (`kept`), and is still."""
    before = {hit.entry.row: _today(see, hit.found) for hit in kept}
    now = screened(see, (hit.entry for hit in kept), most=_EVERYBODY)
    things = of_all_things(see, {thing for hit in now for thing in hit.entry.things})
    found = [
        (hit.entry, one) for hit in now for one in hit.found if (one.kind, one.key) in before[hit.entry.row]
    ]
    told = {one.person_id for some in things.values() for one in some if one.person_id}
    people = known_people(see, told | {one.key for _entry, one in found if one.kind == PERSON})
    said = lists(see, area)
    return Hits(
        tuple(_shown(entry, one, (said, people, things)) for entry, one in found),
        tuple(hit.entry.row for hit in kept if hit.has_more),
    )


def _today(see: Sight, found: Iterable[Found]) -> set[tuple[str, str]]:
    """Under which keys that stands today: people may have been joined or parted since."""
    some = list(found)
    now = assignments.today(see.build, [one.key for one in some if one.kind == PERSON])
    return {(one.kind, now.get(one.key, one.key) if one.kind == PERSON else one.key) for one in some}


_Beside = tuple[Lists, Mapping[str, Known], Mapping[Thing, list[Arrived]]]


def _shown(entry: Entry, one: Found, beside: _Beside) -> Shown:
    said, people, things = beside
    if one.kind == PERSON:
        known = people[one.key]
        about = said.of(PERSON, one.key, is_child=known.is_child)
        return Shown(entry, PERSON, one.key, one.how, known.name, about, known, by=one.by)
    thing = (one.kind, one.key)
    told = things.get(thing, [])
    return Shown(
        entry, one.kind, one.key, one.how, said.labels.get(thing, one.key), said.of(*thing), None, _tied(told, said, people),
        tuple(sorted({arrived.record_id for arrived in told if arrived.record_id})),
    )  # fmt: skip


def _tied(told: Iterable[Arrived], said: Lists, people: Mapping[str, Known]) -> tuple[Tied, ...]:
    """Who is tied to it, by name."""
    by_person: dict[str, list[Arrived]] = defaultdict(list)
    for one in told:
        if one.person_id:
            by_person[one.person_id].append(one)
    made = [
        Tied(
            person, people[person], tuple(sorted({one.agency for one in some})), max(one.day for one in some), all(one.table == "text" for one in some),
            said.of(PERSON, person, is_child=people[person].is_child),
        )
        for person, some in by_person.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (one.known.name.lower(), one.person_id)))
