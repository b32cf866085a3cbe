"""What is a made-up person called, and by what other names does the same person go?

An origin is drawn for a household from a stream that nothing else uses; it gives names and ethnicity and decides nothing
more. See names.yaml for the lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from engage.example.draw import chance, often_first, weighted, written


# Wives and daughters of some families carry these instead of a family name.
SOUTH_ASIAN = ("pakistani", "bangladeshi")
MARRIED_NAMES = {"Begum", "Bibi", "Khatun"}


@dataclass(frozen=True)
class Family:
    """What members of a household share: where the names come from, and the family name."""

    origin: str
    surname: str


@cache
def origin_shares() -> dict[str, float]:
    """How common each origin is among households."""
    return {origin: entry["share"] for origin, entry in written("names.yaml")["origins"].items()}


@cache
def _tail() -> tuple[str, ...]:
    tail = written("names.yaml")["tail"]
    return tuple(a + b for b in tail["endings"] for a in tail["beginnings"])


def surnames_of(origin: str) -> list[str]:
    """The family names of that origin, common ones first; for British ones the long tail follows."""
    names: list[str] = written("names.yaml")["origins"][origin]["surnames"]
    return [*names, *_tail()] if origin == "british" else names


def draw_origin(rng: Random) -> str:
    """An origin by its share."""
    return weighted(rng, origin_shares())


def draw_ethnicity(rng: Random, origin: str) -> str:
    """A self-defined ethnicity code of the 16+1 list."""
    codes: dict[str, float] = written("names.yaml")["origins"][origin]["ethnicity"]
    return weighted(rng, codes)


def draw_forename(rng: Random, origin: str, sex: str) -> str:
    """A given name for that origin and sex ('F' or 'M')."""
    names: list[str] = written("names.yaml")["origins"][origin]["female" if sex == "F" else "male"]
    return often_first(rng, names)


def draw_surname(rng: Random, origin: str) -> str:
    """A family name for that origin; for British households often a rare one, and now and then a double-barrelled."""
    names: list[str] = written("names.yaml")["origins"][origin]["surnames"]
    if origin != "british":
        return often_first(rng, [name for name in names if name not in MARRIED_NAMES])
    name = rng.choice(_tail()) if chance(rng, 0.35) else often_first(rng, names)
    return f"{name}-{often_first(rng, names)}" if chance(rng, 0.03) else name


def wife_surname(rng: Random, family: Family) -> str:
    """The family name of a partner: the shared one, her own, or a customary one."""
    if family.origin in SOUTH_ASIAN and chance(rng, 0.45):
        return rng.choice(sorted(MARRIED_NAMES))
    return family.surname if chance(rng, 0.6) else draw_surname(rng, family.origin)


def other_spellings(name: str) -> list[str]:
    """How other clerks would write that name; empty when there is one way only."""
    found: list[str] = written("names.yaml")["variants"].get(name, [])
    return found


def short_forms(name: str) -> list[str]:
    """The short forms of a given name; empty when it has none."""
    found: list[str] = written("names.yaml")["nicknames"].get(name, [])
    return found


def draw_street_name(rng: Random) -> str:
    """What somebody is called by people who do not know the name."""
    names: list[str] = written("names.yaml")["street_names"]
    return rng.choice(names)
