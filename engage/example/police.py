"""What do the police see of the town: crime, missing and found, stops, intelligence, calls, investigations?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from engage.example.draw import chance, weighted
from engage.example.people import Child, Event, Group, Part, Place
from engage.example.scene import Scene, at, child_part, life_of
from engage.example.telling import Cast, tell


TRUTH_WORD = {
    "crime": "CRIME",
    "missing": "MISPER",
    "found": "MISPER",
    "stop": "STOP",
    "intelligence": "INTEL",
    "domestic": "DOMESTIC",
    "concern": "CALL",
    "investigation": "INVEST",
}


def occurrence(
    scene: Scene, rng: Random, kind: str, when: datetime, parts: list[Part], place: Place | None
) -> Event:
    """An occurrence of that kind, put among the town's events; its story is added by the caller."""
    event = Event(
        "police",
        "occurrence",
        TRUTH_WORD[kind],
        when,
        scene.received(rng, "police", when.date()),
        [part for part in parts if part.person_id],
        place.place_id if place else "",
        fields={"kind": kind, "officer": rng.choice(scene.facts["officers"])},
    )
    scene.town.events.append(event)
    return event


def missing(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A missing report, the return, and (two times in three) a return interview."""
    life, group = life_of(child, day), scene.group_of(rng, child, day)
    when = at(rng, day, 15, 23)
    cast = scene.cast(rng, child.person_id, group, scene.somewhere(rng, group))
    reporter = Part(scene.reporter(rng, child.person_id), "reporting person")
    event = occurrence(
        scene, rng, "missing", when, [child_part(child, "missing person", group), reporter], None
    )
    event.fields["category"] = rng.choice(("No apparent risk", "Low", "Medium", "Medium", "High"))
    event.told = tell(rng, cast, "missing", life, rng.randint(1, 2))
    back = when + timedelta(hours=weighted(rng, {3: 5, 9: 6, 15: 4, 30: 2, 60: 1}), minutes=rng.randrange(60))
    if back.date() > scene.town.until_on:
        return
    found_at = cast.place if chance(rng, 0.5) else None
    found = occurrence(scene, rng, "found", back, [child_part(child, "missing person", group)], found_at)
    found.told = tell(rng, cast, "found", life, rng.randint(0, 2))
    found.fields["category"] = "Returned" if found_at is None else "Located"
    if group and chance(rng, 0.3):
        found.parts.append(Part(rng.choice(list(group.exploiters)), "found with", driven=True))
    if chance(rng, 0.65):
        return_interview(scene, rng, child, (when, back), cast)


def return_interview(
    scene: Scene, rng: Random, child: Child, away: tuple[datetime, datetime], cast: Cast
) -> Event:
    """What the child told a worker some days after coming back; `away` is when the child went and came back."""
    when = at(rng, away[1].date() + timedelta(days=rng.randint(1, 6)), 10, 17)
    life = life_of(child, when.date())
    event = Event(
        "childrens_services",
        "return_interview",
        "RHI",
        when,
        scene.received(rng, "childrens_services", when.date()),
        [Part(child.person_id, "client", driven=life == "exploited")],
        fields={"missing_from": away[0], "missing_to": away[1], "worker": rng.choice(scene.facts["workers"])},
        told=tell(rng, cast, "return_interview", life, rng.randint(2, 4)),
    )
    scene.town.events.append(event)
    return event


def stop(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A stop or street encounter: with friends, or with people of the group and their vehicle."""
    group = scene.group_of(rng, child, day)
    place = scene.somewhere(rng, group)
    parts = [child_part(child, "companion", group)]
    vehicle = ""
    if group and chance(rng, 0.75):
        driver, *rest = rng.sample(list(group.exploiters), min(2, len(group.exploiters)))
        vehicle = rng.choice(group.vehicle_ids) if group.vehicle_ids and chance(rng, 0.7) else ""
        parts.append(Part(driver, "driver" if vehicle else "companion", driven=True))
        parts += [Part(other, "passenger" if vehicle else "companion", driven=True) for other in rest]
        others = [v for v, since in group.victims.items() if v != child.person_id and since <= day]
        parts += [Part(v, "companion", driven=True) for v in others if chance(rng, 0.25)]
    else:
        parts += [Part(friend, "companion") for friend in scene.friends(rng, child.person_id, 3)]
    event = occurrence(scene, rng, "stop", at(rng, day, 16, 23), parts, place)
    cast = scene.cast(rng, child.person_id, group, place)
    cast.vehicle = scene.town.vehicles[vehicle] if vehicle else None
    if vehicle:
        event.vehicles.append((vehicle, "stopped"))
    event.fields["category"] = rng.choice(scene.facts["stop_powers"])
    event.told = tell(rng, cast, "stop", life_of(child, day), rng.randint(0, 1))


def crime(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A crime in which a young person is the victim, or (in some lives) a suspect."""
    role = "suspect" if child.trouble in ("gang", "substance", "school") and chance(rng, 0.5) else "victim"
    crime_of(scene, rng, child.person_id, role, day)


def crime_of(scene: Scene, rng: Random, person_id: str, role: str, day: date) -> None:
    """A crime that has nothing to do with exploitation."""
    place = rng.choice(scene.open_places) if chance(rng, 0.7) else None
    parts = [Part(person_id, role)]
    if chance(rng, 0.25):
        parts.append(Part(rng.choice(list(scene.town.people)), "witness"))
    event = occurrence(scene, rng, "crime", at(rng, day), parts, place)
    event.fields["category"] = rng.choice(scene.facts["crimes"])
    event.told = tell(rng, scene.cast(rng, person_id, None, place), "crime", "ordinary", 0)


def concern(scene: Scene, rng: Random, child: Child, day: date) -> None:
    """A call from somebody who works where young people are."""
    group = scene.group_of(rng, child, day)
    place = scene.somewhere(rng, group)
    staff = scene.workers["venue_staff"] + scene.workers["taxi_driver"] + scene.workers["youth_worker"]
    parts = [child_part(child, "subject", group), Part(rng.choice(staff).person_id, "reporting person")]
    event = occurrence(scene, rng, "concern", at(rng, day, 12, 23), parts, place)
    event.fields["category"] = "Concern for safety"
    event.told = tell(
        rng, scene.cast(rng, child.person_id, group, place), "concern", life_of(child, day), rng.randint(1, 2)
    )


def domestic(scene: Scene, rng: Random, members: list[str], day: date) -> None:
    """An incident at home: two grown-ups, and the children who were there."""
    grown = [p for p in members if scene.town.age(p, day) >= 18]
    if len(grown) < 2:
        return
    parts = [Part(grown[0], "victim"), Part(grown[1], "suspect")]
    parts += [Part(p, "child present") for p in members if p not in grown]
    event = occurrence(scene, rng, "domestic", at(rng, day, 17, 23), parts, None)
    event.fields["category"], event.fields["home_id"] = (
        "Domestic incident",
        scene.town.people[grown[0]].home_id,
    )
    event.told = tell(rng, scene.cast(rng, grown[0], None, None), "domestic", "ordinary", 0)


def investigation(scene: Scene, rng: Random, child: Child, group: Group | None) -> None:
    """An investigation of what was done to a child."""
    assert child.investigated_on is not None  # noqa: S101  the caller asked
    parts = [Part(child.person_id, "victim", driven=True)]
    if group:
        parts += [Part(p, "suspect", driven=True) for p in group.exploiters if chance(rng, 0.8)]
    event = occurrence(scene, rng, "investigation", at(rng, child.investigated_on, 9, 17), parts, None)
    event.fields["category"] = "Child exploitation"
    event.told = tell(
        rng, scene.cast(rng, child.person_id, group, None), "investigation", "exploited", rng.randint(0, 1)
    )


def grade(rng: Random, day: date) -> dict[str, Any]:
    """An intelligence grade: 3x5x2, or 5x5x5 in reports of the first months (the older form was still in use)."""
    if chance(rng, 0.12) and day < date(day.year, 12, 31) and day.year <= 2024:
        return {
            "source": rng.choice("ABCDE"),
            "assessment": rng.choice("12345"),
            "handling": rng.choice(("1", "2", "2", "3")),
        }
    return {
        "source": weighted(rng, {"1": 3, "2": 6, "3": 2}),
        "assessment": weighted(rng, {"A": 2, "B": 5, "C": 2, "D": 3, "E": 1}),
        "handling": weighted(rng, {"P": 8, "C": 2}),
    }
