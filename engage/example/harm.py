"""Who is harmed, by whom, and who only looks as if they were?

Drawn from age, sex and household alone: this runs before anybody has a name, an origin or an ethnicity, so harm cannot
depend on them. Six children are vulnerable without being exploited for each one who is exploited.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from random import Random

from engage.example import building
from engage.example.draw import chance, day_between, stream, weighted, written
from engage.example.people import Child, Group, Home, Person, Phone, Place, Vehicle


EXPLOITED_SHARE = 0.055  # of those aged 11 to 17 on the last day
VULNERABLE_FOR_EACH = 6
VISIBILITY = {"scattered": 0.55, "faint": 0.30, "concentrated": 0.15}
TROUBLES = {
    "home_conflict": 0.22,
    "self_harm": 0.2,
    "school": 0.2,
    "looked_after": 0.18,
    "substance": 0.14,
    "gang": 0.06,
}
ROLES = ("lead", "driver", "broker", "facilitator", "member")
LONE = ("relative", "staff", "peer", "relative", "peer")  # in turn, so that every town has each


@dataclass
class Ground:
    """What harm is drawn on: the town without names. `exploited_in_1000`: how many of a thousand children are exploited; 0 for the usual share."""

    seed: int
    from_on: date
    until_on: date
    homes: dict[str, Home]
    people: dict[str, Person]
    places: dict[str, Place]
    vehicles: dict[str, Vehicle]
    phones: dict[str, Phone]
    fresh_numbers: Iterator[str]
    groups: dict[str, Group] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    exploited_in_1000: float = 0.0

    def age(self, person_id: str, on: date) -> float:
        """Age in years on a day."""
        return (on - self.people[person_id].born_on).days / 365.25

    def aged(self, least: float, below: float) -> list[str]:
        """Everybody of that age on the last day, `below` not included."""
        return [p for p in self.people if least <= self.age(p, self.until_on) < below]


def do_harm(ground: Ground) -> None:
    """Fill `groups` and `children` of the ground, and mark the places, vehicles and telephones that groups use."""
    rng = stream(ground.seed, "harm")
    for person_id in ground.people:
        if ground.age(person_id, ground.from_on) < 18:
            ground.children[person_id] = Child(person_id)
    wanted = max(4, _wanted(ground))
    victims = _victims(rng, ground, wanted)
    alone = max(3, round(wanted * 0.2))
    _make_groups(rng, ground, victims[alone:])
    for child, kind in zip(victims[:alone], cycle(LONE), strict=False):
        _lone(rng, ground, child, kind)
    for child_id in victims:
        _mark(rng, ground, ground.children[child_id])
    _others(rng, ground, victims)
    _look_after(rng, ground)


def _wanted(ground: Ground) -> int:
    if ground.exploited_in_1000:
        return round(ground.exploited_in_1000 / 1000 * len(ground.children))
    return round(EXPLOITED_SHARE * len(ground.aged(11, 18)))


def _victims(rng: Random, ground: Ground, wanted: int) -> list[str]:
    teens = ground.aged(12, 18.5)
    found: list[str] = []
    while len(found) < min(wanted, len(teens) // 2):
        one = rng.choice(teens)
        if one not in found and chance(rng, 1.0 if ground.people[one].sex == "F" else 0.45):
            found.append(one)
    return found


def _make_groups(rng: Random, ground: Ground, victims: list[str]) -> None:
    number = min(max(2, round(len(ground.people) / 1000)), max(2, len(victims) // 2))
    grown = [p for p in ground.aged(19, 48) if not ground.people[p].work]
    for place in range(number):
        group = _new_group(rng, ground, "group")
        men = [p for p in rng.sample(grown, 12) if ground.people[p].sex == "M"]
        women = [p for p in rng.sample(grown, 4) if ground.people[p].sex == "F"]
        members = (men[: rng.randint(2, 5)] + (women[:1] if chance(rng, 0.35) else []))[:5] or grown[:2]
        group.exploiters = {p: ROLES[min(i, 4)] for i, p in enumerate(members)}
        for child_id in victims[place::number]:
            _join(rng, ground, group, child_id)
        _equip(rng, ground, group)
    made = list(ground.groups.values())
    for child_id in victims:  # some children are passed from one group to another
        if chance(rng, 0.1):
            _join(rng, ground, rng.choice(made), child_id)


def _new_group(rng: Random, ground: Ground, kind: str) -> Group:
    first, last = ground.from_on - timedelta(days=60), ground.until_on - timedelta(days=300)
    group = Group(f"G{rng.randint(100, 999)}{len(ground.groups):03d}", kind, day_between(rng, first, last))
    ground.groups[group.group_id] = group
    return group


def _join(rng: Random, ground: Ground, group: Group, child_id: str) -> None:
    child = ground.children[child_id]
    last = ground.until_on - timedelta(days=75)
    onset = min(day_between(rng, group.from_on, last), day_between(rng, group.from_on, last))
    group.victims.setdefault(child_id, onset)
    child.exploited = True
    child.onset_on = min(child.onset_on or onset, onset)
    if group.group_id not in child.group_ids:
        child.group_ids.append(group.group_id)


def _lone(rng: Random, ground: Ground, child_id: str, kind: str) -> None:
    person = ground.people[child_id]
    if kind == "relative":
        own = [
            p
            for p, other in ground.people.items()
            if other.home_id == person.home_id and ground.age(p, ground.until_on) >= 18
        ]
        candidates = [p for p in own if ground.people[p].sex == "M"] or own
    elif kind == "staff":
        candidates = [
            p
            for p in ground.people
            if ground.people[p].work in ("sports_coach", "taxi_driver", "care_home_staff")
        ]
    else:
        candidates = [
            p for p in ground.aged(15.5, 20) if p not in ground.children or not ground.children[p].exploited
        ]
    candidates = [p for p in candidates if p != child_id] or ground.aged(25, 50)
    group = _new_group(rng, ground, kind)
    group.exploiters = {rng.choice(candidates): "lone"}
    _join(rng, ground, group, child_id)
    if kind != "relative":
        _equip(rng, ground, group, few=True)


def _equip(rng: Random, ground: Ground, group: Group, *, few: bool = False) -> None:
    """Give a group its places, vehicles and telephones: what links the children it harms."""
    for _ in range(1 if few else rng.randint(2, 4)):
        place = _place_of_group(rng, ground)
        place.standing = "group"
        place.group_ids = sorted({*place.group_ids, group.group_id})
        group.place_ids = sorted({*group.place_ids, place.place_id})
    plates = building.plates_of(rng)
    taken = {vehicle.plate for vehicle in ground.vehicles.values()}
    for number in range(1 if few else rng.randint(1, 3)):
        keeper = list(group.exploiters)[min(number, len(group.exploiters) - 1)] if chance(rng, 0.55) else ""
        plate = next(p for p in plates if p not in taken)
        vehicle = building.draw_vehicle(rng, f"V{len(ground.vehicles):06d}", plate, keeper)
        vehicle.standing = vehicle.detail = "group"
        vehicle.group_ids = [group.group_id]
        ground.vehicles[vehicle.vehicle_id] = vehicle
        group.vehicle_ids.append(vehicle.vehicle_id)
    for person_id in list(group.exploiters)[: 1 if few else 3]:
        _phone(ground, group, owner=person_id, detail="group")
    for child_id in group.victims:
        if chance(rng, 0.4):
            _phone(ground, group, owner=child_id, detail="gift_to_child")


def _phone(ground: Ground, group: Group, *, owner: str, detail: str) -> None:
    number = next(ground.fresh_numbers)
    ground.phones[number] = Phone(f"T{number[5:]}", number, owner, "group", detail, [group.group_id])
    group.numbers.append(number)


def _place_of_group(rng: Random, ground: Ground) -> Place:
    kind = weighted(rng, written("places.yaml")["of_groups"])
    ready = [p for p in ground.places.values() if p.kind == kind and p.standing != "hub"]
    if ready:
        return rng.choice(ready)
    place = building.flat(f"L{len(ground.places):05d}", rng.choice(list(ground.homes.values())))
    ground.places[place.place_id] = place
    return place


def _mark(rng: Random, ground: Ground, child: Child) -> None:
    assert child.onset_on is not None  # noqa: S101  _join has set it
    child.visibility = weighted(rng, VISIBILITY)
    known = {"concentrated": 0.8, "scattered": 0.35, "faint": 0.1}[child.visibility]
    if chance(rng, known):
        when = child.onset_on + timedelta(days=rng.randint(60, 300))
        child.investigated_on = when if when < ground.until_on - timedelta(days=5) else None
    child.names_others = len(child.group_ids) > 0 and chance(rng, 0.12)


def _others(rng: Random, ground: Ground, victims: list[str]) -> None:
    """Children with troubles of other kinds, and the classmates of exploited children."""
    spare = [p for p in ground.aged(9, 18.5) if not ground.children[p].exploited and not _harms(ground, p)]
    for child_id in rng.sample(spare, min(len(spare), VULNERABLE_FOR_EACH * len(victims))):
        ground.children[child_id].trouble = weighted(rng, TROUBLES)
    named = [c for c in victims if ground.children[c].names_others]
    if not named and victims:  # the smallest town has one as well
        ground.children[victims[-1]].names_others = True
    for child_id in victims:
        me = ground.people[child_id]
        mates = [
            p for p in spare
            if ground.people[p].school == me.school and abs((ground.people[p].born_on - me.born_on).days) < 420
        ]  # fmt: skip
        for mate in rng.sample(mates, min(len(mates), rng.randint(1, 4))):
            ground.children[mate].peer_of_exploited = True


def _harms(ground: Ground, person_id: str) -> bool:
    return any(person_id in group.exploiters for group in ground.groups.values())


def _look_after(rng: Random, ground: Ground) -> None:
    homes = [p.place_id for p in ground.places.values() if p.kind == "childrens_home"]
    for child in ground.children.values():
        share = 0.2 if child.exploited else 0.85 if child.trouble == "looked_after" else 0.004
        if chance(rng, share):
            child.looked_after = True
            ground.people[child.person_id].care_home = rng.choice(homes) if chance(rng, 0.5) else ""
