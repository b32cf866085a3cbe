"""Who is called what, and which numbers does each have? Names come last, so that nothing else can depend on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random

from engage.example import naming, numbers
from engage.example.draw import chance, stream
from engage.example.naming import Family
from engage.example.people import Person, Phone


Namesakes = list[tuple[str, str, str]]


def name_everybody(seed: int, people: dict[str, Person]) -> Namesakes:
    """Give every person an origin, an ethnicity and names. Returns who is easily confused with whom, and why."""
    households: dict[str, list[Person]] = defaultdict(list)
    for person in people.values():
        households[person.home_id].append(person)
    found: Namesakes = []
    for home_id, members in households.items():
        rng = stream(seed, "names", home_id)
        family = _family(rng)
        for person in members:
            _name(rng, person, family)
            for _ in range(9):  # two at one home with one given name are father and son, see below
                if any(other.forename == person.forename for other in members if other is not person):
                    person.forename = naming.draw_forename(rng, person.origin, person.sex)
            _short_name(rng, person)
        found += _same_names_at_home(rng, members)
    found += _same_names_in_town(stream(seed, "namesakes"), people)
    return found


def _family(rng: Random) -> Family:
    origin = naming.draw_origin(rng)
    return Family(origin, naming.draw_surname(rng, origin))


def _name(rng: Random, person: Person, family: Family) -> None:
    mixed = person.relation in ("partner", "sharer") and chance(
        rng, 0.55 if person.relation == "sharer" else 0.1
    )
    own = _family(rng) if mixed else family
    person.origin = own.origin
    person.ethnicity = naming.draw_ethnicity(rng, own.origin)
    person.forename = naming.draw_forename(rng, own.origin, person.sex)
    if chance(rng, 0.45):
        person.middle_name = naming.draw_forename(rng, own.origin, person.sex)
    person.surname = own.surname
    if person.relation == "partner":
        person.surname = naming.wife_surname(rng, own)
    elif person.relation == "sharer" or (
        person.relation == "child" and not person.father and chance(rng, 0.3)
    ):
        person.surname = naming.draw_surname(rng, own.origin)
    if chance(rng, 0.22 if person.sex == "F" and person.relation != "child" else 0.03):
        person.former_surname = naming.draw_surname(rng, own.origin)


def _short_name(rng: Random, person: Person) -> None:
    short = naming.short_forms(person.forename)
    if short and chance(rng, 0.4):
        person.known_as = rng.choice(short)


def _same_names_at_home(rng: Random, members: list[Person]) -> Namesakes:
    found: Namesakes = []
    by_id = {person.person_id: person for person in members}
    named: set[str] = set()
    for child in members:
        father = by_id.get(child.father)
        if child.twin and child.person_id < child.twin:
            twin = by_id[child.twin]
            twin.surname = child.surname
            found.append((child.person_id, child.twin, "twins"))
        if father and child.sex == "M" and father.person_id not in named and chance(rng, 0.07):
            child.forename, child.surname, child.known_as = father.forename, father.surname, ""
            named.add(father.person_id)
            found.append((father.person_id, child.person_id, "father_son_same_name"))
    return found


def _same_names_in_town(rng: Random, people: dict[str, Person]) -> Namesakes:
    """Some pairs of people of one sex and nearly one age share a whole name; some of them are cousins."""
    found: Namesakes = []
    everybody = sorted(people.values(), key=lambda person: (person.sex, person.born_on, person.person_id))
    for _ in range(max(2, len(everybody) // 300)):
        place = rng.randrange(len(everybody) - 8)
        one, other = everybody[place], everybody[place + rng.randint(1, 7)]
        if one.sex != other.sex or one.home_id == other.home_id or one.twin or other.twin:
            continue
        why = "cousins_same_name" if one.origin == other.origin and chance(rng, 0.6) else "same_name_near_age"
        other.forename, other.surname, other.known_as = one.forename, one.surname, one.known_as
        found.append((one.person_id, other.person_id, why))
    return found


def number_everybody(
    seed: int, people: dict[str, Person], until: date
) -> tuple[dict[str, Phone], Iterator[str]]:
    """Give NHS numbers, pupil numbers, police ids and telephones.

    Returns the telephones, by number, and the numbers that nobody has yet.
    """
    rng = stream(seed, "numbers")
    nhs, phones = numbers.nhs_numbers(rng), (numbers.phone(serial) for serial in numbers.scattered(rng))
    upns, pncs = numbers.scattered(rng, 100_000_000), numbers.scattered(rng, 10_000_000)
    found: dict[str, Phone] = {}
    for person in people.values():
        person.nhs_number = next(nhs)
        years = (until - person.born_on).days / 365.25
        if 4 <= years < 23:
            person.upn = numbers.upn(next(upns) + 100_000_000 * rng.randint(0, 9))
        if years >= 14 and chance(rng, 0.12):
            person.pnc_id = numbers.pnc_id(next(pncs))
        if chance(rng, 0.93 if years >= 18 else 0.85 if years >= 11 else 0.05):
            person.phone = next(phones)
            found[person.phone] = Phone(f"T{person.phone[5:]}", person.phone, person.person_id)
    return found, phones


def name_after_exploiters(seed: int, people: dict[str, Person], exploiters: list[str]) -> Namesakes:
    """Some unrelated people have the very name of somebody who does harm. Only names are changed."""
    rng, found = stream(seed, "namesakes of exploiters"), []
    taken = set(exploiters)
    for exploiter in exploiters:
        own = people[exploiter]
        others = [
            p for p in people.values()
            if p.person_id not in taken and p.sex == own.sex and p.home_id != own.home_id
            and abs((p.born_on - own.born_on).days) < 4400 and not p.twin
        ]  # fmt: skip
        if others and chance(rng, 0.35):
            other = rng.choice(others)
            taken.add(other.person_id)
            other.forename, other.surname, other.known_as = own.forename, own.surname, ""
            found.append((exploiter, other.person_id, "namesake_of_exploiter"))
    return found
