"""Which places and vehicles does the town have, who goes to which school, and who works where?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from engage.example import numbers
from engage.example.draw import chance, stream, written
from engage.example.people import Home, Person, Place, Vehicle


# Grid references in the open sea east of the land: no address is there.
SEA_EAST, SEA_NORTH, TOWN_METRES = 682_000, 431_000, 9_000
SECONDARY, PRIMARY = ("school", "pupil_referral_unit"), ("primary_school",)
WORK = {
    "teacher": ("school", 3), "care_home_staff": ("childrens_home", 4), "social_worker": ("", 6), "youth_worker": ("youth_club", 2),
    "venue_staff": ("burger_bar", 2), "taxi_driver": ("taxi_office", 3), "sports_coach": ("leisure_centre", 3),
}  # fmt: skip


def build_places(seed: int, town: str, people: int) -> dict[str, Place]:
    """The town's places; more of each kind where more people live, but one station."""
    rng = stream(seed, "places")
    found: dict[str, Place] = {}
    for kind, entry in written("places.yaml")["kinds"].items():
        single = entry["count"] == 1
        wanted = 1 if single else max(2, round(entry["count"] * (people / 6000) ** 0.6))
        taken: set[str] = set()
        while len(taken) < wanted:
            taken.add(_place_name(rng, entry["names"], town, len(taken)))
        for name in sorted(taken):
            place = _place(rng, f"L{len(found):05d}", name, kind)
            place.standing = "hub" if entry["hub"] else "ordinary"
            found[place.place_id] = place
    return found


def _place_name(rng: Random, patterns: list[str], town: str, so_far: int) -> str:
    words: list[str] = written("places.yaml")["words"]
    word = rng.choice(words) if so_far < len(words) // 2 else f"{rng.choice(words)} {rng.choice(words)}"
    return rng.choice(patterns).format(town=town, word=word)


def _place(rng: Random, place_id: str, name: str, kind: str) -> Place:
    line = f"{rng.randint(1, 180)} {rng.choice(('Station', 'Market', 'Bridge', 'Castlegate', 'Dock', 'Priory', 'High'))} {rng.choice(('Street', 'Road', 'Square'))}"
    east, north = grid_of(line + name)
    return Place(place_id, name, kind, line, numbers.postcode(rng), east, north)


def grid_of(words: str) -> tuple[int, int]:
    """A grid reference for an address: always the same for the same words, and always out at sea."""
    rng = stream(0, "grid", words)
    return SEA_EAST + rng.randrange(TOWN_METRES), SEA_NORTH + rng.randrange(TOWN_METRES)


def flat(place_id: str, home: Home) -> Place:
    """A dwelling that people go to, as a place."""
    east, north = grid_of(home.line)
    return Place(place_id, "", "flat", home.line, home.postcode, east, north)


def send_to_school(seed: int, people: dict[str, Person], places: dict[str, Place], until: date) -> None:
    """Every child of school age goes to a school; one in twelve changed school, and both still list the pupil."""
    rng = stream(seed, "schools")
    secondary = [p.place_id for p in places.values() if p.kind == "school"]
    primary = [p.place_id for p in places.values() if p.kind in PRIMARY]
    unit = next(p.place_id for p in places.values() if p.kind == "pupil_referral_unit")
    for person in people.values():
        years = (until - person.born_on).days / 365.25
        if not 4.6 <= years < 18.4:
            continue
        schools = secondary if years >= 11.6 else primary
        person.school = unit if years >= 12 and chance(rng, 0.015) else rng.choice(schools)
        if chance(rng, 0.08):
            person.earlier_school = rng.choice([s for s in schools if s != person.school])


def give_work(seed: int, people: dict[str, Person], places: dict[str, Place], until: date) -> None:
    """Some grown-ups work with children or where children are: they appear often, for good reasons."""
    rng = stream(seed, "work")
    grown = [p for p in people.values() if 23 <= (until - p.born_on).days / 365.25 < 62]
    for work, (kind, wanted) in WORK.items():
        where = [p.place_id for p in places.values() if p.kind == kind] or [""]
        for person in rng.sample(grown, max(2, round(wanted * len(people) / 6000))):
            if not person.work:
                person.work, person.work_place = work, rng.choice(where)


def park_vehicles(seed: int, people: dict[str, Person], until: date) -> dict[str, Vehicle]:
    """Vehicles that people keep, and a few that workers drive."""
    rng = stream(seed, "vehicles")
    found: dict[str, Vehicle] = {}
    plates = plates_of(rng)
    for person in people.values():
        if (until - person.born_on).days / 365.25 >= 18 and chance(rng, 0.3):
            vehicle = draw_vehicle(rng, f"V{len(found):06d}", next(plates), person.person_id)
            found[vehicle.vehicle_id] = vehicle
    return found


def plates_of(rng: Random) -> Iterator[str]:
    """Plates, none twice."""
    seen: set[str] = set()
    while True:
        drawn = numbers.plate(rng)
        if drawn not in seen:
            seen.add(drawn)
            yield drawn


def draw_vehicle(rng: Random, vehicle_id: str, plate: str, keeper: str) -> Vehicle:
    """A vehicle of a common make."""
    makes: dict[str, list[str]] = written("places.yaml")["vehicles"]
    make = rng.choice(list(makes))
    return Vehicle(
        vehicle_id,
        plate,
        make,
        rng.choice(makes[make]),
        rng.choice(written("places.yaml")["colours"]),
        keeper,
    )
