"""Into which wards is the town divided? Drawn at sea like everything else, with borders that neighbours share; a strip at the town's edge lies in none."""

from __future__ import annotations

from pathlib import Path
from random import Random

from engage.example.building import SEA_EAST, SEA_NORTH, TOWN_METRES
from engage.example.draw import stream, written
from engage.networks.maps.boundaries.keeping import keep_boundaries
from engage.networks.maps.boundaries.rules import Boundaries, Boundary


ACROSS, DOWN, EDGE = 4, 3, 250
# How many points a border has between two corners, and by how far each may lie aside.
_BENDS, _ASIDE = 5, 130
_Point = tuple[int, int]


def write_wards(seed: int, folder: Path) -> None:
    """Keep the town's wards with the area. The same seed always gives the same file."""
    keep_boundaries(folder, Boundaries(draw_wards(seed), "made with the town"))


def draw_wards(seed: int) -> tuple[Boundary, ...]:
    """The wards, in the order of their names."""
    rng = stream(seed, "wards")
    names = rng.sample(written("places.yaml")["wards"], ACROSS * DOWN)
    corners = {
        (column, row): _corner(rng, column, row) for column in range(ACROSS + 1) for row in range(DOWN + 1)
    }
    across = {
        (c, r): _border(rng, corners[c, r], corners[c + 1, r]) for c in range(ACROSS) for r in range(DOWN + 1)
    }
    down = {
        (c, r): _border(rng, corners[c, r], corners[c, r + 1]) for c in range(ACROSS + 1) for r in range(DOWN)
    }
    found = []
    for number, name in enumerate(names):
        c, r = number % ACROSS, number // ACROSS
        ring = [
            *across[c, r], *down[c + 1, r][1:], *reversed(across[c, r + 1][:-1]), *reversed(down[c, r][:-1])
        ]  # fmt: skip
        found.append(Boundary(name, f"X{number + 1:02d}", ((tuple(ring),),)))
    return tuple(sorted(found, key=lambda ward: ward.name))


def _corner(rng: Random, column: int, row: int) -> _Point:
    wide, high = (TOWN_METRES - 2 * EDGE) / ACROSS, (TOWN_METRES - 2 * EDGE) / DOWN
    aside = [rng.randint(-2 * _ASIDE, 2 * _ASIDE) for _ in range(2)]
    east = SEA_EAST + EDGE + column * wide + (aside[0] if 0 < column < ACROSS else 0)
    north = SEA_NORTH + EDGE + row * high + (aside[1] if 0 < row < DOWN else 0)
    return round(east), round(north)


def _border(rng: Random, one: _Point, other: _Point) -> list[_Point]:
    """From one corner to the other, with bends."""
    found = [one]
    for bend in range(1, _BENDS + 1):
        share = bend / (_BENDS + 1)
        east, north = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
        found.append((east + rng.randint(-_ASIDE, _ASIDE), north + rng.randint(-_ASIDE, _ASIDE)))
    return [*found, other]
