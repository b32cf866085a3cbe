"""How does the town draw at random so that the same seed always gives the same town?

Every subject draws from a stream of its own, named by words. Adding a draw to one subject leaves the others as they
were, and what decides who is harmed never shares a stream with names or ethnicity.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from engage.vocabulary.written import read_yaml


Item = TypeVar("Item")


def stream(seed: int, *words: object) -> Random:
    """The stream of random numbers that belongs to this seed and these words."""
    return Random("/".join(str(word) for word in (seed, *words)))  # noqa: S311  a made-up town, not a secret


def chance(rng: Random, probability: float) -> bool:
    """True with that probability."""
    return rng.random() < probability


def weighted(rng: Random, weights: Mapping[Item, float]) -> Item:
    """One key, drawn by its weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def often_first(rng: Random, items: Sequence[Item]) -> Item:
    """One item; those near the front are drawn more often, as common names are (1 / (place + 6))."""
    return items[int(6 * ((len(items) + 6) / 6) ** rng.random()) - 6]


def count(rng: Random, mean: float) -> int:
    """A Poisson count with that mean (for the small means of a life; at most 60)."""
    limit, product, number = math.exp(-min(mean, 30.0)), rng.random(), 0
    while product > limit and number < 60:
        number += 1
        product *= rng.random()
    return number


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both possible; `first` when they are the wrong way round."""
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


@cache
def written(name: str) -> dict[str, Any]:
    """A YAML file of this package, read once. Do not change what it returns."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded


def in_sql(seed: int, salt: str, key: str) -> str:
    """SQL for a number in [0, 1) that depends on the seed, a word and a row's number only.

    The text of all three is hashed: hashing the number and the word apart gives draws that hang together.
    """
    return f"((hash({key} || '/{salt}/{seed}') >> 11)::double / 9007199254740992.0)"
