"""Who lives with whom? Ages and ties first, from a stream that knows nothing of origin; names after that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from engage.example import numbers
from engage.example.draw import chance, day_between, stream, weighted
from engage.example.people import Home, Person


STREET_NAMES = (
    "Tannery", "Orchard", "Mill", "Ropewalk", "Kestrel", "Foundry", "Chapel", "Beech", "Saddlers", "Priory", "Weir",
    "Larch", "Cobblers", "Meadow", "Granary", "Heron", "Quarry", "Bellfield", "Linnet", "Wharf", "Hawthorn", "Cinder",
    "Dovecote", "Alder", "Millrace", "Rectory", "Teasel", "Coppice", "Sundial", "Ferry", "Lantern", "Gorse", "Pound",
)  # fmt: skip
STREET_KINDS = ("Road", "Street", "Lane", "Close", "Avenue", "Drive", "Terrace", "Way", "Grove", "Court")
KINDS = {
    "single": 0.25,
    "couple": 0.19,
    "family": 0.31,
    "lone parent": 0.13,
    "three generations": 0.05,
    "sharers": 0.07,
}
CHILDREN = {1: 0.44, 2: 0.39, 3: 0.12, 4: 0.05}


@dataclass
class Residents:
    """Homes and people as they are drawn, before they have names."""

    homes: dict[str, Home] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def settle(seed: int, people: int, until: date) -> Residents:
    """Fill homes until at least `people` live in them, and no more than that."""
    rng, found = stream(seed, "households"), Residents()
    addresses, ids = _addresses(stream(seed, "addresses")), _person_ids(stream(seed, "ids"))
    while len(found.people) < people:
        home = _home(rng, len(found.homes), addresses, until)
        found.homes[home.home_id] = home
        for person in _household(rng, home.home_id, ids, until):
            if len(found.people) < people:
                found.people[person.person_id] = person
    _drop_lost_ties(found)
    return found


def _drop_lost_ties(found: Residents) -> None:
    for person in found.people.values():
        person.mother = person.mother if person.mother in found.people else ""
        person.father = person.father if person.father in found.people else ""
        person.twin = person.twin if person.twin in found.people else ""


def _person_ids(rng: Random) -> Iterator[str]:
    return (f"P{number:07d}" for number in numbers.scattered(rng, 10_000_000))


def _addresses(rng: Random) -> Iterator[tuple[str, str]]:
    """House after house in street after street; some twenty homes share a postcode, as they do."""
    while True:
        street = f"{rng.choice(STREET_NAMES)} {rng.choice(STREET_KINDS)}"
        start = rng.randrange(1, 60)
        for block in range(rng.randint(1, 3)):
            code = numbers.postcode(rng)
            for house in range(start + block * 20, start + block * 20 + 20):
                flat = f"Flat {rng.randint(1, 12)}, " if chance(rng, 0.1) else ""
                yield f"{flat}{house} {street}", code


def _home(rng: Random, number: int, addresses: Iterator[tuple[str, str]], until: date) -> Home:
    for _ in range(rng.randint(0, 6)):  # not every house of a street belongs to the town's people
        next(addresses)
    line, code = next(addresses)
    home = Home(f"A{number:07d}", line, code)
    if chance(rng, 0.24):
        home.former_line, home.former_postcode = next(addresses)
        home.moved_on = day_between(rng, until - timedelta(days=1400), until - timedelta(days=20))
    return home


def _household(rng: Random, home_id: str, ids: Iterator[str], until: date) -> list[Person]:
    kind = weighted(rng, KINDS)
    if kind == "sharers":
        return [
            _person(home_id, ids, "sharer", rng.choice("FM"), _born(rng, until, 19, 42))
            for _ in range(rng.randint(2, 4))
        ]
    if kind in ("single", "couple"):
        return _adults(rng, home_id, ids, kind, _born(rng, until, 20, 88))
    adults = _adults(rng, home_id, ids, kind, _born(rng, until, 24, 56))
    children = _children(rng, adults, ids, until)
    elders = (
        [_person(home_id, ids, "grandparent", rng.choice("FM"), _earlier(rng, adults[0].born_on, 22, 34))]
        if kind == "three generations"
        else []
    )
    return [*adults, *children, *elders]


def _adults(rng: Random, home_id: str, ids: Iterator[str], kind: str, born: date) -> list[Person]:
    sex = "F" if kind == "lone parent" and chance(rng, 0.86) else rng.choice("FM")
    head = _person(home_id, ids, "head", sex, born)
    if kind in ("single", "lone parent"):
        return [head]
    other = ("M" if sex == "F" else "F") if chance(rng, 0.97) else sex
    partner_born = max(
        born + timedelta(days=rng.randint(-2200, 2200)),
        date(1930, 1, 1) + timedelta(days=rng.randint(0, 364)),
    )
    return [head, _person(home_id, ids, "partner", other, partner_born)]


def _children(rng: Random, adults: list[Person], ids: Iterator[str], until: date) -> list[Person]:
    parent = min(adults, key=lambda adult: adult.born_on)
    children: list[Person] = []
    born = parent.born_on + timedelta(days=rng.randint(6700, 12500))
    for _ in range(weighted(rng, CHILDREN)):
        if born > until or until.year - born.year > 23:
            born += timedelta(days=rng.randint(400, 1700))
            continue
        pair = 2 if chance(rng, 0.013) else 1
        born_here = [_person(adults[0].home_id, ids, "child", rng.choice("FM"), born) for _ in range(pair)]
        if pair == 2:
            born_here[0].twin, born_here[1].twin = born_here[1].person_id, born_here[0].person_id
        children += born_here
        born += timedelta(days=rng.randint(400, 1700))
    for child in children:
        child.mother = next((a.person_id for a in adults if a.sex == "F"), "")
        child.father = next((a.person_id for a in adults if a.sex == "M" and chance(rng, 0.82)), "")
    return children


def _person(home_id: str, ids: Iterator[str], relation: str, sex: str, born: date) -> Person:
    return Person(next(ids), home_id, relation, sex, born)


def _born(rng: Random, until: date, youngest: int, oldest: int) -> date:
    return until - timedelta(days=rng.randint(youngest * 365 + youngest // 4 + 1, oldest * 365 + oldest // 4))


def _earlier(rng: Random, day: date, least: int, most: int) -> date:
    return day - timedelta(days=rng.randint(least * 365, most * 365))
