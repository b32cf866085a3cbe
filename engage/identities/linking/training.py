"""How are the model's values learnt, so that the same records in any order give the same values?

A pair of records is of one person, of two people of one household or family, or of two strangers. What strangers look like
is counted on pairs that fall into one bucket of a hash of the record id; what a household looks like is learnt from the
pairs that share an address; what one person looks like from the candidate pairs, by expectation and maximisation over the
*kinds* of pair (how many came out at this combination of levels), in a fixed order, with the shipped values as a prior.
Counts are whole numbers, so nothing depends on the order of rows or on how many threads counted.

Three kinds of pair instead of two is what keeps a household apart: its members share surname, address and phone, so those
are not independent evidence (Splink's documentation calls two latent classes its main limit; Winkler 1993 uses three).
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engage.identities.linking.comparisons import BUSY_ADDRESS, COMPARISONS
from engage.identities.linking.levels import Level
from engage.identities.linking.model import LevelValue, Model, ModelWrong, level_sql, prior_model, told_apart
from engage.identities.linking.scoring import score
from engage.vocabulary.words import N_


# About 400,000 random pairs: enough to count a level met once in ten thousand; rarer ones are pinned or lean on the prior.
_RANDOM_PAIRS = 400_000
# Of so many records: a pair of a few is as random as one of many, and much less is read.
_RANDOM_RECORDS = 100_000
# Candidate pairs that training looks at: more do not change the third digit.
_TRAINING_PAIRS = 400_000
_PARTS = 1_000_000
# What the shipped values weigh beside counted ones, in pairs.
_PRIOR_U, _PRIOR_M, _PRIOR_H = 2_000, 200, 100
# Settled: no share moves by so much any more, nor does either chance by such a part of itself.
_MOST_PASSES, _STILL, _STILL_CHANCE = 200, 1e-4, 1e-3
# A level that fewer pairs of one person showed is not learnt: it stands nearly as it was shipped, and says so.
_LEAST_SEEN = 20.0
# However few homes an area's records show, there are some: of the shipped chance, this share.
_LEAST_HOUSEHOLD = 0.045

Values = list[np.ndarray[Any, np.dtype[np.float64]]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Kinds:
    """Kinds of pair: a row of `levels` is the place of the level in each comparison (-1: not known), `pairs` how many
    came out so, `of` how many pairs of all that there are one counted pair stands for."""

    levels: np.ndarray[Any, np.dtype[np.int64]]
    pairs: Floats
    of: float = 1.0


@dataclass(frozen=True)
class _State:
    """The three kinds of pair: m one person, u strangers, h one household; and how usual the first and the last are."""

    m: Values
    u: Values
    h: Values
    chance: float
    household: float


def train(connection: Any, *, seed: int) -> Model:
    """Learn a model from `link_record` and `link_key`. Raises ModelWrong when it does not settle."""
    count = int(connection.execute("select count(*) from link_record").fetchall()[0][0])
    model = prior_model(count)
    if count < 2:
        return model
    state = _State(_shipped("m"), _shipped("u"), _shipped("h"), model.chance, model.household)
    random = _random_kinds(connection, model, count=count, seed=seed)
    for _again in range(3):
        state = replace(state, u=_strangers(state, random, _repeats(connection)))
    candidates = _sampled(connection, model, "select record_number, keys from link_key", seed=seed)
    homes = _sampled(connection, model, _HOMES, seed=seed)
    state, passes = _settle(state, candidates, homes, pairs=count * (count - 1) / 2)
    same, _, _ = _shares(state, candidates)
    return Model(
        values=told_apart(_named(state, _counts(candidates, candidates.pairs * same))),
        chance=state.chance,
        household=state.household,
        passes=passes,
        notes={},
    )


_KEPT_OF_STRANGERS = frozenset(
    (comparison.name, level.code)
    for comparison in COMPARISONS
    for level in comparison.levels
    if level.pinned_u
)
# What training leaves as shipped of two people of one household. The pairs that share an address are chosen by their place, so that
# it cannot be learnt from them. And a forename or a day of birth in common is what tells one person's two records from two people: were
# these learnt, records of one person would teach that a household shares them (where nobody lives together), or parents and
# children of one name would teach that one person has two birthdays (where many do).
_KEPT_OF_HOUSEHOLDS = frozenset(
    (comparison.name, level.code)
    for comparison in COMPARISONS
    for level in comparison.levels
    if comparison.name in ("place", "forename")
    or level.pinned_u
    or (comparison.name == "birth" and level.code in ("same", "day_month_swapped", "digit"))
)

_HOMES = f"select record_number, list_transform(address_keys, lambda key: hash(key)) as keys from link_record where address_records between 2 and {BUSY_ADDRESS}"


def _shipped(which: str) -> Values:
    values = [np.array([getattr(level, which) for level in comparison.levels]) for comparison in COMPARISONS]
    return [value / value.sum() for value in values]


def _random_kinds(connection: Any, model: Model, *, count: int, seed: int) -> Kinds:
    one_in = max(1, count // _RANDOM_RECORDS)
    looked_at = count // one_in
    size = max(2, min(looked_at, round(2 * _RANDOM_PAIRS / looked_at)))
    buckets = max(1, looked_at // size)
    drawn = f"hash(record_id || '{seed}')"
    records = f"select *, [{drawn} // {one_in} % {buckets}] as bucket from main.link_record where {drawn} % {one_in} = 0"
    return _kinds(connection, model, records=records, keys="bucket")


def _sampled(connection: Any, model: Model, held: str, *, seed: int) -> Kinds:
    """The kinds of the pairs that share a key, or of an even sample of them: records are drawn, and all pairs of these are compared,
    so that every pair has the same chance to be among them."""
    found = connection.execute(
        f"select coalesce(sum(n * (n - 1) // 2), 0) from (select count(*) as n from (select unnest(keys) as key from ({held})) group by key)"
    ).fetchall()
    kept = min(_PARTS, math.ceil(_PARTS * math.sqrt(_TRAINING_PAIRS / max(1, int(found[0][0])))))
    records = (
        f"select r.*, k.keys from main.link_record r join ({held}) k using (record_number) "
        f"where hash(r.record_id || '{seed}') % {_PARTS} < {kept}"
    )
    return replace(_kinds(connection, model, records=records, keys="keys"), of=(_PARTS / kept) ** 2)


def _kinds(connection: Any, model: Model, *, records: str, keys: str) -> Kinds:
    score(connection, model, records=records, keys=keys, into="link_training", among="main.link_record")
    columns = ", ".join(level_sql(model, comparison) for comparison in COMPARISONS)
    rows = connection.execute(
        f"select {columns}, count(*) from link_training group by all order by all"
    ).fetchall()
    connection.execute("drop table link_training")
    table = np.array(rows, dtype=np.int64).reshape(len(rows), len(COMPARISONS) + 1)
    return Kinds(levels=table[:, :-1], pairs=table[:, -1].astype(np.float64))


def _repeats(connection: Any) -> dict[str, float]:
    """How often two random records have the same value: the sum of the squares of the shares."""
    found = {}
    for column in sorted({level.frequency_of for c in COMPARISONS for level in c.levels} - {""}):
        total, same = connection.execute(
            f"select coalesce(sum(n), 0), coalesce(sum(n * (n - 1)), 0) from (select count(*) as n from link_record where {column} is not null group by {column})"
        ).fetchall()[0]
        found[column] = float(same) / (float(total) * (float(total) - 1)) if total > 1 else 0.0
    return found


def _strangers(state: _State, random: Kinds, repeats: dict[str, float]) -> Values:
    """u, of the random pairs that are no more likely to be anything else."""
    _, strangers, _ = _shares(state, random)
    u = _maximised(random, random.pairs * strangers, _shipped("u"), _PRIOR_U, kept=_KEPT_OF_STRANGERS)
    for comparison, values in zip(COMPARISONS, u, strict=True):
        for place, level in enumerate(comparison.levels):
            if level.frequency_of and repeats[level.frequency_of] > 0:
                values[place] = repeats[level.frequency_of]
    return u


def _settle(state: _State, candidates: Kinds, homes: Kinds, *, pairs: float) -> tuple[_State, int]:
    least = state.household * _LEAST_HOUSEHOLD
    for passes in range(1, _MOST_PASSES + 1):
        before = state
        same, _, _ = _shares(state, candidates)
        weighted = candidates.pairs * same
        m = _maximised(candidates, weighted, _shipped("m"), _PRIOR_M)
        chance = min(max(float(weighted.sum()) * candidates.of, 1.0) / pairs, 0.5)
        state = replace(state, m=m, chance=chance)
        if len(homes.pairs):
            _, _, relatives = _shares(state, homes)
            weighted = homes.pairs * relatives
            h = _maximised(homes, weighted, _shipped("h"), _PRIOR_H, kept=_KEPT_OF_HOUSEHOLDS)
            state = replace(
                state, h=h, household=min(max(float(weighted.sum()) * homes.of / pairs, least), 0.5)
            )
        if _is_settled(state, before):
            return state, passes
    raise ModelWrong(
        N_("Training the linkage model did not settle."),
        remedy=N_("Link with the shipped values: set “linkage: prior” in area.yaml."),
    )


def _is_settled(state: _State, before: _State) -> bool:
    moved = (
        float(np.abs(new - old).max())
        for now, then in ((state.m, before.m), (state.h, before.h))
        for new, old in zip(now, then, strict=True)
    )
    chances = ((state.chance, before.chance), (state.household, before.household))
    return max(moved) < _STILL and all(abs(new / old - 1) < _STILL_CHANCE for new, old in chances)


def _shares(state: _State, kinds: Kinds) -> tuple[Floats, Floats, Floats]:
    """For each kind of pair, the chance that it is of one person, of strangers, of a household."""
    m, u, h = (_bits(kinds, values) for values in (state.m, state.u, state.h))
    m, h = m + np.log2(state.chance), h + np.log2(state.household)
    top = np.maximum(np.maximum(m, u), h)
    parts = [np.exp2(bits - top) for bits in (m, u, h)]
    total = parts[0] + parts[1] + parts[2]
    return parts[0] / total, parts[1] / total, parts[2] / total


def _bits(kinds: Kinds, values: Values) -> Floats:
    bits = np.zeros(len(kinds.pairs))
    for place, of_levels in enumerate(values):
        bits += np.append(np.log2(of_levels), 0.0)[
            kinds.levels[:, place]
        ]  # -1, not known, is the last: nothing
    return bits


def _maximised(
    kinds: Kinds,
    weighted: Floats,
    shipped: Values,
    weight: float,
    *,
    kept: Collection[tuple[str, str]] = (),
) -> Values:
    """Each level's share of the pairs, leaning on the shipped value by `weight` pairs. What the levels pinned by hand take, and
    those (comparison, level) that are `kept`, is left to them; the others share the rest."""
    result = []
    for comparison, prior, counts in zip(COMPARISONS, shipped, _counts(kinds, weighted), strict=True):
        free = np.array(
            [not level.pinned and (comparison.name, level.code) not in kept for level in comparison.levels]
        )
        values = prior.copy()
        if free.any():
            rest, total = prior[free].sum(), counts[free].sum()
            values[free] = rest * (counts[free] + prior[free] / rest * weight) / (total + weight)
        result.append(values)
    return result


def _counts(kinds: Kinds, weighted: Floats) -> Values:
    """How many of the pairs, each counted as `weighted` says, came out at each level of each comparison."""
    found = []
    for place, comparison in enumerate(COMPARISONS):
        levels = kinds.levels[:, place]
        known = levels >= 0
        counts = np.bincount(levels[known], weights=weighted[known], minlength=len(comparison.levels))
        found.append(counts.astype(np.float64))
    return found


def _named(state: _State, seen: Values) -> dict[tuple[str, str], LevelValue]:
    return {
        (comparison.name, level.code): LevelValue(
            float(state.m[c][v]), float(state.u[c][v]), float(state.h[c][v]), _source(level, float(seen[c][v]))
        )
        for c, comparison in enumerate(COMPARISONS)
        for v, level in enumerate(comparison.levels)
    }  # fmt: skip


def _source(level: Level, seen: float) -> str:
    if level.pinned:
        return "pinned"
    return "learnt" if seen >= _LEAST_SEEN else "prior"
