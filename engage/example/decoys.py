"""Who and what appears often for good reasons, and must not be mistaken for a danger?"""

from __future__ import annotations

from itertools import islice

from engage.example import building
from engage.example.draw import chance, stream
from engage.example.harm import Ground
from engage.example.people import Phone, Vehicle


Decoys = dict[tuple[str, str], str]

WORKERS = {
    "teacher": "teacher", "care_home_staff": "care_home_staff", "social_worker": "social_worker", "youth_worker": "youth_worker",
    "venue_staff": "venue_staff_reporter", "taxi_driver": "taxi_driver_reporter", "sports_coach": "sports_coach",
}  # fmt: skip
CARS = {
    "social_worker": "decoy_social_worker_car",
    "care_home_staff": "decoy_care_home_minibus",
    "taxi_driver": "decoy_taxi",
}
OFFICE_PHONES = ("decoy_social_worker", "decoy_school_office", "decoy_care_home", "decoy_helpline")


def find_decoys(ground: Ground) -> Decoys:
    """Name every decoy of the town, adding the cars and telephones that workers use. An exploiter is never one."""
    harmful = {p for group in ground.groups.values() for p in group.exploiters}
    harmed = {c.person_id for c in ground.children.values() if c.exploited}
    found: Decoys = {}
    for group in ground.groups.values():
        _people_around(ground, list(group.exploiters), "household_of_exploiter", found)
    _people_around(ground, sorted(harmed), "family_of_exploited_child", found)
    for child in ground.children.values():
        if child.peer_of_exploited:
            found["person", child.person_id] = "peer_of_exploited_child"
    for person in ground.people.values():
        if person.work:
            found["person", person.person_id] = WORKERS[person.work]
    _young_adults(ground, found)
    for place in ground.places.values():
        if place.standing == "hub":
            found["place", place.place_id] = f"hub:{place.kind}"
    _work_cars(ground, found)
    _office_phones(ground, found)
    return {key: why for key, why in found.items() if key[1] not in harmful | harmed}


def _people_around(ground: Ground, who: list[str], why: str, found: Decoys) -> None:
    homes = {ground.people[p].home_id for p in who}
    for person in ground.people.values():
        if person.home_id in homes:
            found["person", person.person_id] = why


def _young_adults(ground: Ground, found: Decoys) -> None:
    """Boyfriends, girlfriends and friends of nearly the same age, and grown-ups with offences of other kinds."""
    rng = stream(ground.seed, "young adults")
    young = [p for p in ground.aged(17, 22) if ("person", p) not in found]
    size = len(ground.people)
    for person_id in rng.sample(young, min(len(young), size // 120)):
        found["person", person_id] = (
            "age_appropriate_partner" if chance(rng, 0.25) else "harmless_young_adult_friend"
        )
    grown = [p for p in ground.aged(20, 60) if ("person", p) not in found]
    for person_id in rng.sample(grown, min(len(grown), size // 150)):
        found["person", person_id] = "other_offender"
        phone = ground.people[person_id].phone
        if phone:
            ground.phones[phone].standing = ground.phones[phone].detail = "other_offender"


def _work_cars(ground: Ground, found: Decoys) -> None:
    rng = stream(ground.seed, "work cars")
    taken = {vehicle.plate for vehicle in ground.vehicles.values()}
    plates = (plate for plate in building.plates_of(rng) if plate not in taken)
    for person in list(ground.people.values()):
        if person.work in CARS:
            vehicle: Vehicle = building.draw_vehicle(
                rng, f"V{len(ground.vehicles):06d}", next(plates), person.person_id
            )
            vehicle.standing, vehicle.detail = "decoy", CARS[person.work]
            ground.vehicles[vehicle.vehicle_id] = vehicle
            found["vehicle", vehicle.vehicle_id] = vehicle.detail


def _office_phones(ground: Ground, found: Decoys) -> None:
    for detail in OFFICE_PHONES:
        for number in islice(ground.fresh_numbers, 3):
            phone = Phone(f"T{number[5:]}", number, "", "decoy", detail)
            ground.phones[number] = phone
            found["phone", phone.phone_id] = detail
