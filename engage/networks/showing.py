"""Who and what is of concern as a page shows it: with how people are called as far as the viewer may know, what was decided, and the lines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from engage.identities import assignments
from engage.networks.concern import PERSON, Key
from engage.networks.decided import Decided, decided
from engage.networks.groups.rules import Group
from engage.networks.groups.seeing import groups_seen
from engage.networks.laying.counted import counting
from engage.networks.remembering import Seen, seen
from engage.networks.rules import Line, Link, OfConcern, code_of
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about
from engage.picture.worklist.rules import age
from engage.store.area import Area


# Which kinds one page lists.
KINDS_OF = {
    "people": (PERSON,),
    "places": ("place",),
    "vehicles": ("vehicle",),
    "phones": ("phone", "account"),
}


@dataclass(frozen=True)
class Person:
    """How somebody is called and how old they are on the day: "" and None where the viewer may not know, or nobody says."""

    name: str = ""
    age: int | None = None

    @property
    def is_child(self) -> bool:
        """They are under 18 on the day, as far as the viewer may know."""
        return self.age is not None and self.age < 18


@dataclass(frozen=True)
class Part:
    """Which rows of a long list are asked for: from `first` (from 0) on, `most` of them."""

    first: int = 0
    most: int = 25


@dataclass(frozen=True)
class ConcernList:
    """A part of what is of concern of some kinds, in its order: `count` in all. `opened`: what a named person opened that the lines do not list.
    `not_counted` is a part as well. `labels` are the things as they are shown; `review_on` when what is not counted is to be looked at again, where nobody named a day."""

    found: tuple[OfConcern, ...]
    count: int
    opened: tuple[OfConcern, ...]
    not_counted: tuple[OfConcern, ...]
    not_counted_count: int
    people: Mapping[str, Person]
    decided: Decided
    labels: Mapping[Key, str]
    review_on: date


@dataclass(frozen=True)
class Subject:
    """One person, place, vehicle, phone or account: what ties it to children (`one`), all lines to it that the viewer may see, and who of those on the page
    were or may have been children (`children`). `is_listed`: the lines alone make it of concern. `numbered`: in a version without names, who has a number
    instead."""

    one: OfConcern
    code: str
    lines: tuple[Line, ...]
    people: Mapping[str, Person]
    children: frozenset[str]
    decided: Decided
    labels: Mapping[Key, str]
    is_listed: bool
    is_not_counted: bool
    review_on: date
    numbered: Mapping[str, int] = field(default_factory=dict)

    @property
    def record_ids(self) -> frozenset[str]:
        """The records that are before whoever looks at it."""
        of_links = {line.record_id for link in self._links() for line in (link.theirs, link.childs)}
        return frozenset(of_links | {line.record_id for line in self.lines})

    @property
    def subject(self) -> str:
        """How the log names it."""
        return self.code if self.one.kind == PERSON else f"{self.one.kind}:{self.code}"

    def _links(self) -> Iterable[Link]:
        return (*self.one.links, *(link for _why, link in self.one.aside))


def concern_list(see: Sight, area: Area, kinds: Collection[str], part: Part, apart: Part) -> ConcernList:
    """What is of concern of these kinds; `apart`: which part of who is not counted."""
    known = seen(see, area)
    said = decided(see, known.shown)
    listed = [one for kind in kinds for one in known.concern.found[kind]]
    keys = {(one.kind, one.key) for one in listed}
    opened = tuple(
        _one(known, *key)
        for key in said.all_opened(kinds)
        if key not in keys and (key[0] != PERSON or key in known.lined)
    )
    found = tuple(listed[part.first : part.first + part.most])
    not_counted = known.concern.not_counted if PERSON in kinds else ()
    beside = not_counted[apart.first : apart.first + apart.most]
    return ConcernList(
        found, len(listed), opened, beside, len(not_counted), people_of(see, on_page((*found, *opened, *beside))),
        said, known.labels, counting()["review"],
    )  # fmt: skip


def subject(see: Sight, area: Area, kinds: Collection[str], code: str) -> Subject | None:
    """Somebody or something by the code that stands in addresses; None where the viewer may see nothing that ties it to a child with signs of harm or
    exposure, or it is a child: that its lines were laid out would tell of a child whose part is hidden."""
    known = seen(see, area)
    said = decided(see, known.shown)
    key = _key_of(see, known, kinds, code)
    if key is None or not pages_of(see, known, said)(key):
        return None
    one = _one(known, *key)
    lines = _lines_of(known.lines, key)
    shown = {*on_page([one]), *(line.person_id for line in lines)}
    people = people_of(see, shown)
    listed = {(o.kind, o.key) for some in known.concern.found.values() for o in some}
    minors = {line.person_id for line in known.lines if line.is_child and line.person_id in shown}
    minors |= {who for who in shown if who in known.lit or people[who].is_child}
    return Subject(
        one, code, tuple(lines), people, frozenset(minors), said, known.labels, key in listed,
        key[0] == PERSON and any(o.key == key[1] for o in known.concern.not_counted), counting()["review"],
    )  # fmt: skip


def _key_of(see: Sight, known: Seen, kinds: Collection[str], code: str) -> Key | None:
    if PERSON in kinds:
        return PERSON, assignments.today(see.build, {code})[code]
    return next((key for key in sorted(known.lined) if key[0] in kinds and code_of(*key) == code), None)


def pages_of(see: Sight, known: Seen, said: Decided) -> Callable[[Key], bool]:
    """Says whether something has a page for this viewer: they see a line of it, of a person as a grown-up, and may know of a decision, or see what ties it to
    such a child or a group."""
    groups = cache(lambda: groups_seen(see, known.lit))
    return lambda key: (
        key in known.lined and (bool(said.of(*key)) or _is_tied(known, key) or _is_of_group(groups(), key))
    )


def _is_tied(known: Seen, key: Key) -> bool:
    """Some such child of whom the viewer sees a line has to do with it, or with what it has to do with."""
    kind, what = key
    mine = (
        {(line.thing, line.key) for line in known.lines if line.person_id == what}
        if kind == PERSON
        else {key}
    )
    return any(
        line.is_child and line.person_id in known.lit - {what} and (line.thing, line.key) in mine
        for line in known.lines
    )


def _is_of_group(groups: Iterable[Group], key: Key) -> bool:
    """A group that the viewer sees leads to it."""
    return any(key in group.things or key in {(PERSON, who) for who in group.members} for group in groups)


def _lines_of(lines: Iterable[Line], key: Key) -> list[Line]:
    kind, what = key
    found = (
        line
        for line in lines
        if (line.person_id == what if kind == PERSON else (line.thing, line.key) == key)
    )
    return sorted(found, key=lambda line: (-(line.on or date.min).toordinal(), line.person_id, line.record_id, line.how))  # fmt: skip


def _one(known: Seen, kind: str, key: str) -> OfConcern:
    """What ties it to children, whether or not that makes it of concern."""
    listed = next((one for one in known.concern.found.get(kind, ()) if one.key == key), None)
    if listed or kind == PERSON:
        return listed or known.concern.tied.get(key) or OfConcern(PERSON, key, ())
    some = [
        line for line in _lines_of(known.lines, (kind, key)) if line.is_child and line.person_id in known.lit
    ]
    links = tuple(Link(line.person_id, line, line) for line in some if line.counts)
    return OfConcern(kind, key, links, label=known.labels.get((kind, key), key))


def on_page(some: Iterable[OfConcern]) -> set[str]:
    """Everybody who is named where these are shown."""
    named = set()
    for one in some:
        named |= {link.child for link in one.links} | {link.child for _why, link in one.aside} | {*one.adults}
        named |= {one.key} if one.kind == PERSON else set()
    return named


def people_of(see: Sight, person_ids: Collection[str]) -> dict[str, Person]:
    """How each of these is called, as far as the viewer may know."""
    pages, wanted = see.build.pages(), sorted(set(person_ids))
    how = called(pages, wanted, see, reasons_about(pages, wanted, see=see))
    return {person: Person(one.name, age(one.birth, see.viewing.as_of)) for person, one in how.items()}
