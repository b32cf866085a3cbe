"""What is of concern? Worked out once from recorded lines, in a stated order: children, adults, then places, vehicles, phones and accounts.

Each kind uses only what stands before it, and nothing that was worked out here goes back into what it was worked out from. An adult is of
concern whom separate records link to two children, or to one child and to a thing that itself links two children. What is set aside is counted
in no rule; it is listed beside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from engage.networks.rules import Line, Link, OfConcern


PERSON = "person"
SHARED = ("place", "vehicle", "phone", "account")
Key = tuple[str, str]


@dataclass(frozen=True)
class Words:
    """Words of sources that it is worked out with: the kinds of place that are somebody's home, and the parts of whom a record accuses."""

    dwellings: frozenset[str]
    accused: frozenset[str]


@dataclass(frozen=True)
class Concern:
    """All that is of concern by kind, each kind in its order, and who would be if nothing were set aside (`not_counted`). `tied`: every grown-up whom
    anything ties to such a child, whether or not they are listed."""

    found: Mapping[str, tuple[OfConcern, ...]]
    not_counted: tuple[OfConcern, ...]
    tied: Mapping[str, OfConcern] = field(default_factory=dict)


def concern(
    lines: Iterable[Line], kin: Set[tuple[str, str]], children: Collection[str], words: Words
) -> Concern:
    """Work it out. `kin` are pairs of somebody and a child of their family or household; `children` those with signs of harm or exposure."""
    by_thing: dict[Key, list[Line]] = defaultdict(list)
    for line in lines:
        by_thing[line.thing, line.key].append(line)
    known = frozenset(children)
    shared = {
        key
        for key, some in by_thing.items()
        if key[0] in SHARED and len({line.person_id for line in _childs(some, known) if line.counts}) > 1
    }
    links: dict[str, list[tuple[str, Link]]] = defaultdict(list)
    things: dict[str, set[Key]] = defaultdict(set)
    for key, some in by_thing.items():
        for why, link in _links(some, known, kin):
            links[link.theirs.person_id].append((why, link))
        if key in shared:
            for line in some:
                if line.counts and not line.is_child:
                    things[line.person_id].add(key)
    people = [_adult(person, found, things[person]) for person, found in links.items()]
    listed = order(one for one in people if _is_of_concern(one))
    adults = frozenset(one.key for one in listed)
    found = {PERSON: tuple(listed)}
    for thing in SHARED:
        near = frozenset(one.key for one in people if one.links) if thing in ("phone", "account") else adults
        made = (
            _thing(key, some, known, (adults, near), words.dwellings)
            for key, some in by_thing.items()
            if key[0] == thing
        )
        found[thing] = tuple(order(one for one in made if one is not None))
    apart = order(one for one in people if one.key not in adults and _would_be(one, words.accused))
    return Concern(found, tuple(apart), {one.key: one for one in people})


def order(some: Iterable[OfConcern]) -> list[OfConcern]:
    """By named facts. Of places first private addresses where two children and an adult of concern were; then where most adults of concern were, because
    every child goes to some shop; then most distinct children. Of all others most distinct children first, then most adults of concern. Then most
    agencies, the newest; at last by key."""
    return sorted(some, key=_facts)


def _facts(one: OfConcern) -> tuple[object, ...]:
    children, adults = -len(one.children), -len(one.adults)
    first = (adults, children) if one.kind == "place" else (children, adults)
    is_private = bool(one.adults) and one.is_dwelling and len(one.children) > 1
    return (
        not is_private,
        *first,
        -len(one.agencies),
        -(one.newest_on.toordinal() if one.newest_on else 0),
        one.key,
    )


def _childs(some: Iterable[Line], children: Set[str]) -> list[Line]:
    return [line for line in some if line.is_child and line.person_id in children]


def _links(some: list[Line], children: Set[str], kin: Set[tuple[str, str]]) -> Iterator[tuple[str, Link]]:
    """Of one thing what ties grown-ups to children, each with why it is set aside ("" where it counts). Places tie nobody to anybody: two people
    who were in one place on different days need not know each other."""
    if some[0].thing == "place":
        return
    for child in _childs(some, children):
        for theirs in some:
            if not theirs.is_child and child.person_id != theirs.person_id and _meets(theirs, child):
                is_kin = (theirs.person_id, child.person_id) in kin
                yield (
                    "family" if is_kin else theirs.aside or child.aside,
                    Link(child.person_id, theirs, child),
                )


def _meets(theirs: Line, childs: Line) -> bool:
    """Both had a part in one event; or two records meet in one thing. Two people who gave one number as their own are of one household, whatever records
    say of kinship."""
    if theirs.thing == "event":
        return True
    return theirs.record_id != childs.record_id and not theirs.how == childs.how == "uses"


def _adult(person: str, found: list[tuple[str, Link]], things: Set[Key]) -> OfConcern:
    counted = tuple(link for why, link in found if not why)
    aside = tuple((why, link) for why, link in found if why)
    return OfConcern(PERSON, person, counted, aside, tuple(sorted(things)))


def _is_of_concern(one: OfConcern) -> bool:
    """Separate records link them to two children, or to one and to a thing that links two."""
    records = {link.theirs.record_id for link in one.links}
    return (len(one.children) > 1 and len(records) > 1) or bool(one.children and one.things)


def _would_be(one: OfConcern, accused: Collection[str]) -> bool:
    """They would be of concern if what was set aside counted. Of somebody's own family two children are no sign of anything; that a record outside the home
    accuses them is."""
    apart = [link for why, link in one.aside if why != "family"]
    family = [link for why, link in one.aside if why == "family" and link.theirs.counts]
    of_two = len({link.child for link in (*one.links, *apart)}) > 1 and bool(apart)
    return of_two or any(link.theirs.how.casefold() in accused for link in family)


def _thing(
    key: Key,
    some: list[Line],
    children: Set[str],
    people: tuple[Set[str], Set[str]],
    dwellings: Collection[str],
) -> OfConcern | None:
    """A thing that two children have to do with, or one child and an adult of concern; of things that not everybody has to do with one of `people`
    is enough: of vehicles an adult of concern, of phones and accounts anybody with a link. A number that somebody gave as their own is not
    thereby of concern. None otherwise."""
    adults, near = people
    some = [line for line in some if line.counts and line.how != "uses"]
    childs = _childs(some, children)
    grown = {line.person_id for line in some if not line.is_child}
    persons = {line.person_id for line in childs}
    if len(persons) < 2 and not (grown & near and (persons or key[0] != "place")):
        return None
    of_kind = next((line.of_kind for line in childs if line.of_kind), "")
    label = next((line.label for line in some if line.label), key[1])
    return OfConcern(
        key[0], key[1], tuple(Link(line.person_id, line, line) for line in childs), adults=tuple(sorted(grown & adults)),
        label=label, of_kind=of_kind, is_dwelling=key[0] == "place" and of_kind in dwellings,
    )  # fmt: skip
