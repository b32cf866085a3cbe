"""What is reported of people who harm children, of other offenders, and by people who only did their job?"""

from __future__ import annotations

from datetime import date
from random import Random

from engage.example.draw import chance
from engage.example.people import Event, Group, Part
from engage.example.police import grade, occurrence
from engage.example.scene import Scene, at
from engage.example.telling import tell


def intelligence(scene: Scene, rng: Random, group: Group, day: date) -> None:
    """A report about a group: some of its people, perhaps a child, a place, a vehicle or a number.

    Somebody known by a nickname only is recorded as a partial person.
    """
    named = rng.sample(list(group.exploiters), rng.randint(1, min(2, len(group.exploiters))))
    parts = [Part(p, "subject", driven=True, partial=chance(rng, 0.4)) for p in named]
    victims = [v for v, since in group.victims.items() if since <= day]
    child = rng.choice(victims) if victims and chance(rng, 0.55) else ""
    if child:
        parts.append(Part(child, "mentioned", driven=True))
    bringers = [v for v in victims if scene.town.children[v].names_others and v != child]
    if bringers and child:
        parts.append(Part(bringers[0], "associate", driven=True))
    place = scene.somewhere(rng, group)
    event = occurrence(scene, rng, "intelligence", at(rng, day), parts, place)
    _grade(rng, event, day)
    about = child or named[0]
    cast = scene.cast(rng, about, group, place)
    if cast.vehicle and chance(rng, 0.6):
        event.vehicles.append((cast.vehicle.vehicle_id, "mentioned"))
    if cast.number:
        event.numbers.append(cast.number)
    event.told = tell(rng, cast, "intelligence", "exploited" if child else "ordinary", 2 if child else 0)


def _grade(rng: Random, event: Event, day: date) -> None:
    event.fields["category"] = "Child exploitation" if event.parts[0].driven else "Drugs supply"
    event.fields.update(grade(rng, day))


def group_stop(scene: Scene, rng: Random, group: Group, day: date) -> None:
    """A vehicle check of people of the group with no child there."""
    present = rng.sample(list(group.exploiters), rng.randint(1, min(3, len(group.exploiters))))
    place = scene.somewhere(rng, group)
    parts = [Part(p, "driver" if not i else "passenger", driven=True) for i, p in enumerate(present)]
    event = occurrence(scene, rng, "stop", at(rng, day, 17, 23), parts, place)
    if group.vehicle_ids:
        event.vehicles.append((rng.choice(group.vehicle_ids), "stopped"))
    event.fields["category"] = rng.choice(scene.facts["stop_powers"])
    cast = scene.cast(rng, present[0], None, place)
    cast.vehicle = scene.town.vehicles[event.vehicles[0][0]] if event.vehicles else None
    event.told = tell(rng, cast, "stop", "ordinary", 0)


def ordinary_stop(scene: Scene, rng: Random, person_id: str, day: date) -> None:
    """A stop of a grown-up driver that has nothing to do with children."""
    place = rng.choice(scene.open_places)
    own = scene.vehicles_of[person_id]
    event = occurrence(
        scene, rng, "stop", at(rng, day), [Part(person_id, "driver" if own else "companion")], place
    )
    if own:
        event.vehicles.append((own[0], "stopped"))
    event.fields["category"] = rng.choice(scene.facts["stop_powers"])
    cast = scene.cast(rng, person_id, None, place)
    cast.vehicle = scene.town.vehicles[own[0]] if own else None
    event.told = tell(rng, cast, "stop", "ordinary", 0)


def offender_report(scene: Scene, rng: Random, person_id: str, day: date) -> None:
    """Intelligence about an offender of another kind."""
    place = rng.choice(scene.open_places)
    event = occurrence(
        scene,
        rng,
        "intelligence",
        at(rng, day),
        [Part(person_id, "subject", partial=chance(rng, 0.1))],
        place,
    )
    _grade(rng, event, day)
    number = scene.town.people[person_id].phone
    if number and chance(rng, 0.3):
        event.numbers.append(number)
    event.told = tell(rng, scene.cast(rng, person_id, None, place), "intelligence", "ordinary", 0)


def young_stop(scene: Scene, rng: Random, person_id: str, day: date) -> None:
    """A stop of a young grown-up who is out with teenagers of nearly the same age, for no bad reason."""
    me = scene.town.people[person_id]
    near = [
        c for c, other in ((c, scene.town.people[c]) for c in scene.town.children)
        if 0 < (other.born_on - me.born_on).days < 1100
    ]  # fmt: skip
    parts = [Part(person_id, "companion")] + [
        Part(c, "companion") for c in rng.sample(near, min(len(near), 2))
    ]
    place = rng.choice(scene.open_places)
    event = occurrence(scene, rng, "stop", at(rng, day, 16, 23), parts, place)
    event.fields["category"] = rng.choice(scene.facts["stop_powers"])
    event.told = tell(rng, scene.cast(rng, person_id, None, place), "stop", "ordinary", 0)
