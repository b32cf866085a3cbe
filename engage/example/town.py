"""How is a whole made-up town drawn from a seed?

The order matters: homes and ages, then places, then harm, and names last of all, so that nothing can depend on what people are
called or where their families came from. The events come when everything else is settled.
"""

from __future__ import annotations

from datetime import date

from engage.example import building, christening, decoys, harm, households, lives
from engage.example.draw import stream, written
from engage.example.harm import Ground
from engage.example.people import Town


UNTIL = date(2026, 4, 7)
LEAST_PEOPLE = 300


def make_town(*, seed: int, people: int, until: date = UNTIL, exploited_in_1000: float = 0.0) -> Town:
    """A town of `people` whose last day of receipt is `until` and whose events begin two years before it.

    `exploited_in_1000`: how many of a thousand children are exploited, six times as many being otherwise vulnerable; 0 for the usual share.
    The same arguments always give the same town. Raises ValueError below 300 people, where there would be no groups.
    """
    if people < LEAST_PEOPLE:
        raise ValueError(f"A town needs at least {LEAST_PEOPLE} people, not {people}.")
    name = stream(seed, "town").choice(written("town.yaml")["names"])
    from_on = until.replace(year=until.year - 2)
    residents = households.settle(seed, people, until)
    phones, fresh = christening.number_everybody(seed, residents.people, until)
    places = building.build_places(seed, name, people)
    building.send_to_school(seed, residents.people, places, until)
    building.give_work(seed, residents.people, places, until)
    vehicles = building.park_vehicles(seed, residents.people, until)
    ground = Ground(seed, from_on, until, residents.homes, residents.people, places, vehicles, phones, fresh)
    ground.exploited_in_1000 = exploited_in_1000
    harm.do_harm(ground)
    found = decoys.find_decoys(ground)
    namesakes = christening.name_everybody(seed, residents.people)
    exploiters = [p for group in ground.groups.values() for p in group.exploiters]
    namesakes += christening.name_after_exploiters(seed, residents.people, exploiters)
    for _, other, why in namesakes[-len(exploiters) :]:
        if why == "namesake_of_exploiter":
            found.setdefault(("person", other), why)
    town = Town(
        seed, name, from_on, until, residents.homes, residents.people, places, vehicles, phones,
        ground.groups, ground.children, found, namesakes,
    )  # fmt: skip
    lives.live(town)
    return town
