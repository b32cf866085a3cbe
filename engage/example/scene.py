"""What does every event need: a moment, a day of receipt, a place, and who else was there?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import Any

from engage.example.draw import chance, weighted, written
from engage.example.naming import draw_street_name
from engage.example.people import Child, Group, Part, Person, Place, Town
from engage.example.telling import Cast


@dataclass
class Scene:
    """The town while its events are being drawn."""

    town: Town
    nicknames: dict[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> dict[str, Any]:
        """The written rates and lists."""
        return written("town.yaml")

    @cached_property
    def at_home(self) -> dict[str, list[Person]]:
        """Who lives at each home."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.town.people.values():
            found[person.home_id].append(person)
        return found

    @cached_property
    def workers(self) -> dict[str, list[Person]]:
        """Who does which work."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.town.people.values():
            if person.work:
                found[person.work].append(person)
        return found

    @cached_property
    def vehicles_of(self) -> dict[str, list[str]]:
        """Vehicles by their keeper."""
        found: dict[str, list[str]] = defaultdict(list)
        for vehicle in self.town.vehicles.values():
            found[vehicle.keeper].append(vehicle.vehicle_id)
        return found

    @cached_property
    def open_places(self) -> list[Place]:
        """Places that anybody goes to."""
        return [
            p for p in self.town.places.values() if p.kind not in ("flat", "primary_school", "police_station")
        ]

    @cached_property
    def classmates(self) -> dict[tuple[str, int], list[str]]:
        """Teenagers by school and year of birth: friends are found here."""
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for child in self.town.children:
            person = self.town.people[child]
            if person.school:
                found[person.school, person.born_on.year].append(child)
        return found

    def received(self, rng: Random, agency: str, day: date) -> date:
        """The day on which the partnership got to know it: after the event, sooner or later."""
        return day + timedelta(days=int(weighted(rng, self.facts["lags"][agency])))

    def called(self, rng: Random, person: Person) -> str:
        """What a child calls an associate: the short name, the forename, or a street name kept for good."""
        if person.person_id not in self.nicknames:
            drawn = rng.random()
            self.nicknames[person.person_id] = (
                draw_street_name(rng) if drawn < 0.35 else person.known_as or person.forename
            )
        return self.nicknames[person.person_id]

    def group_of(self, rng: Random, child: Child, day: date) -> Group | None:
        """A group that harms the child on that day."""
        now = [
            self.town.groups[g]
            for g in child.group_ids
            if self.town.groups[g].victims[child.person_id] <= day
        ]
        return rng.choice(now) if now else None

    def somewhere(self, rng: Random, group: Group | None) -> Place:
        """A place: of the group now and then, else one where anybody goes."""
        if group and group.place_ids and chance(rng, 0.55):
            return self.town.places[rng.choice(group.place_ids)]
        return rng.choice(self.open_places)

    def friends(self, rng: Random, child_id: str, most: int) -> list[str]:
        """Some classmates of a child, perhaps none."""
        me = self.town.people[child_id]
        mates = [c for c in self.classmates[me.school, me.born_on.year] if c != child_id]
        return rng.sample(mates, min(len(mates), rng.randint(0, most)))

    def reporter(self, rng: Random, child_id: str) -> str:
        """Who reports a child missing: a worker of the children's home, or somebody grown up at home."""
        person = self.town.people[child_id]
        if person.care_home:
            staff = [w.person_id for w in self.workers["care_home_staff"] if w.work_place == person.care_home]
            return rng.choice(staff) if staff else ""
        grown = [
            p.person_id
            for p in self.at_home[person.home_id]
            if p.relation in ("head", "partner", "grandparent")
        ]
        return rng.choice(grown) if grown else ""

    def cast(self, rng: Random, child_id: str, group: Group | None, place: Place | None) -> Cast:
        """Who and what a narrative about the child may name."""
        cast = Cast(self.town.people[child_id], place=place)
        if group is None:
            return cast
        other = self.town.people[rng.choice(list(group.exploiters))]
        cast.other, cast.other_called = other, self.called(rng, other)
        if group.vehicle_ids and chance(rng, 0.5):
            cast.vehicle = self.town.vehicles[rng.choice(group.vehicle_ids)]
        if group.numbers and chance(rng, 0.25):
            cast.number = rng.choice(group.numbers)
        return cast


def at(rng: Random, day: date, first_hour: int = 8, last_hour: int = 22) -> datetime:
    """A moment of that day, between those hours, to the minute."""
    return datetime.combine(day, time(rng.randint(first_hour, last_hour), rng.randrange(60)))


def child_part(child: Child, role: str, group: Group | None) -> Part:
    """The child's part in an event; driven when a group is behind it."""
    return Part(child.person_id, role, driven=group is not None)


def life_of(child: Child, day: date) -> str:
    """Which life of sentences.yaml and town.yaml the child leads on that day."""
    if child.exploited and child.onset_on and child.onset_on <= day:
        return "exploited"
    return child.trouble or "ordinary"
