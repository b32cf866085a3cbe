"""What happens in two years? Every life is drawn from its own stream, at the rates of town.yaml."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from engage.example import police, reporting, services, tonight
from engage.example.draw import chance, count, day_between, stream
from engage.example.people import Child, Event, Town
from engage.example.scene import Scene


Happening = Callable[[Scene, Random, Child, date], None]
HAPPENINGS: dict[str, Happening] = {
    "missing": police.missing, "stop": police.stop, "crime": police.crime, "concern": police.concern, "contact": services.contact,
    "referral": services.referral, "exclusion": services.exclusion, "ed": services.emergency, "camhs": services.mental_health,
    "school_nurse": services.school_nurse, "sexual_health": services.clinic, "casework": services.casework,
    "parent_log": services.parent_log,
}  # fmt: skip
YEAR = 365.25
SUFFICIENT = 3  # driven events, seen by two agencies, with which joined evidence is said to suffice


def live(town: Town) -> None:
    """Fill the town's events, oldest first. Those received after the last day are left out: nobody has them yet.

    Nothing happens on the last day itself: what is received that morning happened before.
    """
    scene = Scene(town)
    for child in town.children.values():
        _childhood(scene, child)
    for group in town.groups.values():
        _group(scene, group.group_id)
    _grown_ups(scene)
    _at_home(scene)
    tonight.last_nights(scene)
    town.events = [
        event
        for event in town.events
        if town.from_on <= event.at.date() < town.until_on and event.received_on <= town.until_on
    ]
    town.events.sort(key=lambda event: (event.at, event.agency, event.table, event.parts[0].person_id))
    for child in town.children.values():
        child.evidence_on = None
    _evidence(town)


def _childhood(scene: Scene, child: Child) -> None:
    rng = stream(scene.town.seed, "life", child.person_id)
    born = scene.town.people[child.person_id].born_on
    first, last = max(scene.town.from_on, born), scene.town.until_on
    turning = min(max(child.onset_on or first, first), last)
    before = child.trouble or "ordinary"
    if child.exploited:
        _stretch(scene, rng, child, ("ordinary", first, turning))
        _stretch(scene, rng, child, ("exploited", turning, last))
    else:
        _stretch(scene, rng, child, (before, first, last))
    if child.investigated_on:
        police.investigation(scene, rng, child, scene.group_of(rng, child, child.investigated_on))
    if child.looked_after:
        services.episodes_of_care(scene, rng, child)


def _stretch(scene: Scene, rng: Random, child: Child, part: tuple[str, date, date]) -> None:
    life, first, last = part
    years = (last - first).days / YEAR
    born = scene.town.people[child.person_id].born_on
    for kind, rate in scene.facts["rates"][life].items():
        seen = (
            scene.facts["visible"][child.visibility][scene.facts["agency_of"][kind]]
            if life == "exploited"
            else 1.0
        )
        for _ in range(count(rng, rate * years * seen)):
            day = day_between(rng, first, last - timedelta(days=1))
            if _old_enough(scene, rng, kind, (day - born).days / YEAR):
                HAPPENINGS[kind](scene, rng, child, day)


def _old_enough(scene: Scene, rng: Random, kind: str, age: float) -> bool:
    if age < scene.facts["never_below"].get(kind, 0):
        return False
    return age >= scene.facts["from_age"][kind] or chance(rng, 0.1)


def _group(scene: Scene, group_id: str) -> None:
    group, rng = scene.town.groups[group_id], stream(scene.town.seed, "group", group_id)
    first, last = max(group.from_on, scene.town.from_on), scene.town.until_on
    share = {"group": 1.0, "relative": 0.1}.get(group.kind, 0.35)
    years = (last - first).days / YEAR * share
    for _ in range(count(rng, scene.facts["groups"]["intelligence"] * years)):
        reporting.intelligence(scene, rng, group, day_between(rng, first, last))
    for _ in range(count(rng, scene.facts["groups"]["stop"] * years)):
        reporting.group_stop(scene, rng, group, day_between(rng, first, last))


def _grown_ups(scene: Scene) -> None:
    town, rng, rates = scene.town, stream(scene.town.seed, "grown-ups"), scene.facts["adults"]
    years = (town.until_on - town.from_on).days / YEAR
    for person_id in town.people:
        if person_id in town.children:
            continue
        for _ in range(count(rng, rates["crime"] * years)):
            police.crime_of(scene, rng, person_id, "victim", day_between(rng, town.from_on, town.until_on))
        for _ in range(count(rng, rates["ed"] * years)):
            services.grown_up_emergency(scene, rng, person_id, day_between(rng, town.from_on, town.until_on))
        for _ in range(count(rng, rates["stop"] * years)):
            reporting.ordinary_stop(scene, rng, person_id, day_between(rng, town.from_on, town.until_on))
    _decoys(scene, rng, years)


def _decoys(scene: Scene, rng: Random, years: float) -> None:
    town, rates = scene.town, scene.facts["decoys"]
    for (kind, person_id), why in town.decoys.items():
        if kind != "person":
            continue
        if why == "other_offender":
            for _ in range(count(rng, rates["offender_stop"] * years)):
                day = day_between(rng, town.from_on, town.until_on)
                reporting.ordinary_stop(scene, rng, person_id, day)
                police.crime_of(scene, rng, person_id, "suspect", day)
            for _ in range(count(rng, rates["offender_intelligence"] * years)):
                reporting.offender_report(
                    scene, rng, person_id, day_between(rng, town.from_on, town.until_on)
                )
        if why in ("age_appropriate_partner", "harmless_young_adult_friend"):
            for _ in range(count(rng, rates["young_friend_stop"] * years)):
                reporting.young_stop(scene, rng, person_id, day_between(rng, town.from_on, town.until_on))


def _at_home(scene: Scene) -> None:
    town, rng, rates = scene.town, stream(scene.town.seed, "at home"), scene.facts["adults"]
    years = (town.until_on - town.from_on).days / YEAR
    for members in scene.at_home.values():
        troubled = any(
            town.children[p.person_id].trouble == "home_conflict"
            for p in members
            if p.person_id in town.children
        )
        if chance(rng, 0.5 if troubled else rates["domestic_homes"]):
            for _ in range(count(rng, rates["domestic"] * years)):
                day = day_between(rng, town.from_on, town.until_on)
                police.domestic(scene, rng, [p.person_id for p in members if p.born_on <= day], day)


def _evidence(town: Town) -> None:
    """The day on which what two agencies had sent was enough to see that a child is harmed."""
    seen: dict[str, list[Event]] = {}
    for event in sorted(town.events, key=lambda e: e.received_on):
        for part in event.parts:
            child = town.children.get(part.person_id)
            if part.driven and child and child.exploited and child.evidence_on is None:
                events = seen.setdefault(part.person_id, [])
                events.append(event)
                if len(events) >= SUFFICIENT and len({e.agency for e in events}) > 1:
                    child.evidence_on = event.received_on
