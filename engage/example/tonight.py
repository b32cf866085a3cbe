"""Who is missing while the demo's clock stands, who is just back, and who went together?

The two years are drawn at rates at which the last night may well be quiet. So that whoever opens the demo finds a morning's work, a
few children of lives that go missing anyway are drawn for the last days: some not yet back, some back with an interview done, due
or not recorded, and some of one group who went together before.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from engage.example import building, police, services
from engage.example.draw import chance, stream
from engage.example.people import Child, Event, Group, Part, Place
from engage.example.scene import Scene, child_part, life_of
from engage.example.telling import Cast, quote, tell


# One child who is missing alone, and one who is back, for so many people of the town.
PEOPLE_FOR_EACH = 2000
TOGETHER = 3
NIGHTS_TOGETHER = (24, 11)  # how many days before the last one they were away together
# Days before the last one on which a child who is back was found, after how many days an interview was held (None: none is recorded), and how
# many hours later than in the middle of a day the child came back: held, due on the last evening, and not recorded though its time is over.
BACK = ((4, 2, 0), (3, None, 8), (6, None, 0))


def last_nights(scene: Scene) -> None:
    """Add what happened in the last days to the town's events."""
    rng = stream(scene.town.seed, "last nights")
    away = _away_at_the_end(scene)
    group, friends = _friends(scene, rng, away)
    others = _others(scene, rng, away | {friend.person_id for friend in friends})
    _together(scene, rng, friends, group)
    alone = max(1, len(scene.town.people) // PEOPLE_FOR_EACH)
    for number, child in enumerate(others[:alone]):
        _gone(scene, rng, (child, None), _evening(rng, scene.town.until_on - timedelta(days=1 + number % 3)))
    for number, (days, interview, later) in enumerate(BACK * max(1, alone // 2)):
        if alone + number < len(others):
            found_on = scene.town.until_on - timedelta(days=days)
            _back(scene, rng, others[alone + number], found_on, (interview, later))


def _away_at_the_end(scene: Scene) -> set[str]:
    """Children about whom something of the last days is recorded already: theirs is not told a second time."""
    first = scene.town.until_on - timedelta(days=40)
    return {
        part.person_id
        for event in scene.town.events
        if event.kind == "MISPER" and event.at.date() >= first
        for part in event.parts
    }


def _teenagers(scene: Scene, away: set[str]) -> list[Child]:
    day = scene.town.until_on
    return [
        child
        for child in scene.town.children.values()
        if 12 <= scene.town.age(child.person_id, day) < 18 and child.person_id not in away
    ]


def _friends(scene: Scene, rng: Random, away: set[str]) -> tuple[Group | None, list[Child]]:
    """Children whom one group harms, and another child of that age where there is only one."""
    first = scene.town.until_on - timedelta(days=max(NIGHTS_TOGETHER) + 1)
    teenagers = {child.person_id: child for child in _teenagers(scene, away)}

    def known(group: Group) -> list[str]:
        seen = (v for v, since in group.victims.items() if v in teenagers and since <= first)
        return [v for v in seen if teenagers[v].visibility != "faint"]

    groups = [g for g in scene.town.groups.values() if g.place_ids and g.exploiters and known(g)]
    if not groups:
        return None, []
    # Girls first: the script of the demo speaks of two.
    boys = {child for child in teenagers if scene.town.people[child].sex != "F"}
    group = max(groups, key=lambda g: (len(known(g)), len(set(known(g)) - boys), g.group_id))
    found = sorted(known(group), key=boys.__contains__)[:TOGETHER]
    further = [p for p in teenagers if p not in found and p not in boys]
    rng.shuffle(further)
    return group, [teenagers[p] for p in [*found, *further][: max(2, len(found))]]


def _on_no_roll(scene: Scene, child: Child) -> None:
    """The child moved here and is on no school's roll: schools hold nothing of them, and nobody shares one with them."""
    person = scene.town.people[child.person_id]
    person.school = person.earlier_school = ""
    scene.town.events[:] = [
        event
        for event in scene.town.events
        if event.agency != "education" or child.person_id not in {part.person_id for part in event.parts}
    ]


def _others(scene: Scene, rng: Random, away: set[str]) -> list[Child]:
    """Children with troubles of other kinds, in an order drawn for this."""
    lives = ("looked_after", "home_conflict", "self_harm", "substance", "gang", "school")
    found = [child for child in _teenagers(scene, away) if child.trouble in lives]
    rng.shuffle(found)
    return found


def _together(scene: Scene, rng: Random, friends: list[Child], group: Group | None) -> None:
    """Twice away on the same night and found at the same place; and this night again, all but one of them."""
    for child in friends[1:2]:
        _on_no_roll(scene, child)
    for days in NIGHTS_TOGETHER if friends else ():
        gone = scene.town.until_on - timedelta(days=days)
        place = _indoors(scene, group, scene.town.places[rng.choice(group.place_ids)]) if group else None
        for child in friends:
            since, harmed_by = _evening(rng, gone), _harming(group, child)
            _gone(scene, rng, (child, harmed_by), since)
            found = _found(scene, rng, (child, harmed_by), since + timedelta(hours=rng.randint(9, 11)), place)
            if harmed_by and group and group.vehicle_ids and chance(rng, 0.5):
                found.vehicles.append((group.vehicle_ids[0], "mentioned"))
            police.return_interview(
                scene, rng, child, (since, found.at), scene.cast(rng, child.person_id, harmed_by, place)
            )
            if place and child in friends[:2]:
                _noted(scene, child, place, gone + timedelta(days=4))
    for child in friends[: max(1, len(friends) - 1)]:
        event = _gone(
            scene,
            rng,
            (child, _harming(group, child)),
            _evening(rng, scene.town.until_on - timedelta(days=1)),
        )
        event.parts += [
            Part(f.person_id, "companion", driven=f.exploited) for f in friends[:2] if f is not child
        ]


def _indoors(scene: Scene, group: Group, drawn: Place) -> Place:
    """A flat that the group uses: one that it has, or the home of one of them."""
    town = scene.town
    flats = [place for place in map(town.places.__getitem__, group.place_ids) if place.kind == "flat"]
    if flats:
        return flats[0]
    lives_at = town.people[next(iter(group.exploiters))].home_id
    if lives_at not in town.homes:
        return drawn
    made = building.flat(f"L{len(town.places):05d}", town.homes[lives_at])
    made.standing, made.group_ids = "group", [group.group_id]
    town.places[made.place_id] = made
    group.place_ids.append(made.place_id)
    return made


def _noted(scene: Scene, child: Child, place: Place, day: date) -> None:
    """The charity's worker hears of the place from the child."""
    services.casework(scene, stream(scene.town.seed, "noted", child.person_id, str(day)), child, day)
    person = scene.town.people[child.person_id]
    scene.town.events[-1].told = quote(Cast(person, place=place), "{child} dropped in. {They} said that {they} had been at {place} again, and that nobody there is of {their} age.")  # fmt: skip


def _harming(group: Group | None, child: Child) -> Group | None:
    """The group, for a child whom it harms: a friend who goes along is not harmed by it."""
    return group if group and child.person_id in group.victims else None


def _back(scene: Scene, rng: Random, child: Child, found_on: date, then: tuple[int | None, int]) -> None:
    interview, later = then
    since = _evening(rng, found_on - timedelta(days=1))
    _gone(scene, rng, (child, None), since)
    found = _found(
        scene,
        rng,
        (child, None),
        datetime.combine(found_on, time(rng.randint(10, 15) + later, rng.randrange(60))),
        None,
    )
    if interview is not None:
        event = police.return_interview(
            scene, rng, child, (since, found.at), scene.cast(rng, child.person_id, None, None)
        )
        event.at = datetime.combine(found_on + timedelta(days=interview), time(14, 30))
        event.received_on = min(scene.town.until_on, event.at.date() + timedelta(days=1))


def _gone(scene: Scene, rng: Random, who: tuple[Child, Group | None], since: datetime) -> Event:
    """A report that the child is missing, of which the partnership hears the next morning."""
    child, group = who
    reporter = Part(scene.reporter(rng, child.person_id), "reporting person")
    event = police.occurrence(
        scene, rng, "missing", since, [child_part(child, "missing person", group), reporter], None
    )
    event.fields["category"] = rng.choice(("Low", "Medium", "Medium", "High"))
    event.received_on = since.date() + timedelta(days=1)
    cast = scene.cast(rng, child.person_id, group, scene.somewhere(rng, group))
    event.told = tell(rng, cast, "missing", life_of(child, since.date()), rng.randint(1, 2))
    return event


def _found(
    scene: Scene, rng: Random, who: tuple[Child, Group | None], at: datetime, place: Place | None
) -> Event:
    child, group = who
    event = police.occurrence(scene, rng, "found", at, [child_part(child, "missing person", group)], place)
    event.fields["category"] = "Located" if place else "Returned"
    event.received_on = min(scene.town.until_on, at.date() + timedelta(days=1))
    cast = scene.cast(rng, child.person_id, group, place)
    event.told = tell(rng, cast, "found", life_of(child, at.date()), rng.randint(0, 1))
    if group and place:
        event.parts.append(Part(next(iter(group.exploiters)), "found with", driven=True))
    return event


def _evening(rng: Random, day: date) -> datetime:
    return datetime.combine(day, time(rng.randint(18, 22), rng.randrange(60)))
