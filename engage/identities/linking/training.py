"""How are the model's values learnt, so that the same records in any order give the same values?

u is counted: names by the squares of their frequencies, the rest on pairs of records that fall into one bucket of a
hash of the record id. m is learnt by expectation and maximisation over the *kinds* of candidate pair (how many pairs
came out at this combination of levels), in a fixed order, with u held and the shipped m as a prior. Counts are whole
numbers, so nothing depends on the order of rows or on how many threads counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from engage.identities.linking.comparisons import COMPARISONS, Comparison, Level
from engage.identities.linking.model import LevelValue, Model, ModelWrong, level_sql, prior_model, told_apart
from engage.identities.linking.scoring import score
from engage.vocabulary.words import N_


# About 400,000 random pairs: enough to count a level met once in ten thousand; rarer ones are pinned or lean on the prior.
_RANDOM_PAIRS = 400_000
# Candidate pairs that training looks at: more do not change the third digit.
_TRAINING_PAIRS = 400_000
# What the shipped values weigh beside counted ones, in pairs.
_PRIOR_U, _PRIOR_M = 2_000, 200
_MOST_PASSES, _STILL = 200, 1e-4


@dataclass(frozen=True)
class Kind:
    """A combination of levels and how many pairs came out so. None: not known."""

    levels: tuple[str | None, ...]
    pairs: int


def train(connection: Any, *, seed: int) -> Model:
    """Learn a model from `link_record` and `link_key`. Raises ModelWrong when it does not settle."""
    count = int(connection.execute("select count(*) from link_record").fetchall()[0][0])
    model = prior_model(count)
    if count < 2:
        return replace(model, values=told_apart(model.values))
    model = _with_u(
        model, _random_kinds(connection, model, count=count, seed=seed), _name_repeats(connection)
    )
    return _with_m(model, _candidate_kinds(connection, model, seed=seed))


def _random_kinds(connection: Any, model: Model, *, count: int, seed: int) -> list[Kind]:
    size = max(2, min(count, round(2 * _RANDOM_PAIRS / count)))
    buckets = max(1, count // size)
    records = f"select *, [hash(record_id || '{seed}') % {buckets}] as bucket from main.link_record"
    return _kinds(connection, model, records=records, keys="bucket")


def _candidate_kinds(connection: Any, model: Model, *, seed: int) -> list[Kind]:
    held = "select unnest(keys) as key from link_key"
    pairs = connection.execute(
        f"select coalesce(sum(n * (n - 1) // 2), 0) from (select count(*) as n from ({held}) group by key)"
    ).fetchall()[0][0]
    every = max(1, math.ceil(int(pairs) / _TRAINING_PAIRS / 3))
    records = (
        f"select r.*, list_filter(k.keys, lambda key: hash(key::varchar || '{seed}') % {every} = 0) as keys"
        " from main.link_record r join main.link_key k using (record_number)"
    )
    return _kinds(connection, model, records=records, keys="keys")


def _kinds(connection: Any, model: Model, *, records: str, keys: str) -> list[Kind]:
    model = replace(model, values=told_apart(model.values))
    score(connection, model, records=records, keys=keys, into="link_training")
    columns = ", ".join(f"{level_sql(model, comparison)} as {comparison.name}" for comparison in COMPARISONS)
    rows = connection.execute(
        f"select *, count(*) from (select {columns} from link_training) group by all"
    ).fetchall()
    connection.execute("drop table link_training")
    return sorted(
        (Kind(tuple(row[:-1]), int(row[-1])) for row in rows),
        key=lambda kind: tuple(level or "" for level in kind.levels),
    )


def _name_repeats(connection: Any) -> dict[str, float]:
    """How often two random records bear the same name: the sum of the squares of the shares."""
    found = {}
    for column in ("forename", "surname"):
        counts = connection.execute(
            f"select count(*) from link_record where {column} is not null group by {column}"
        ).fetchall()
        total = sum(row[0] for row in counts)
        same = sum(row[0] * (row[0] - 1) for row in counts)
        found[column] = same / (total * (total - 1)) if total > 1 else 0.0
    return found


def _with_u(model: Model, kinds: list[Kind], repeats: dict[str, float]) -> Model:
    values = dict(model.values)
    for place, comparison in enumerate(COMPARISONS):
        counts = _level_counts(place, comparison, [(kind, float(kind.pairs)) for kind in kinds])
        for level in comparison.levels:
            value = values[comparison.name, level.code]
            if level.pinned:
                continue
            u = _share(counts, level, comparison, of="u", weight=_PRIOR_U)
            if level.frequency_of and repeats[level.frequency_of] > 0:
                u = repeats[level.frequency_of]
            values[comparison.name, level.code] = LevelValue(value.m, u, "counted")
    return replace(model, values=values)


def _with_m(model: Model, kinds: list[Kind]) -> Model:
    prior = model
    for passes in range(1, _MOST_PASSES + 1):
        weighted = [(kind, kind.pairs * _probability(model, kind)) for kind in kinds]
        values = dict(model.values)
        for place, comparison in enumerate(COMPARISONS):
            counts = _level_counts(place, comparison, weighted)
            for level in comparison.levels:
                before = prior.values[comparison.name, level.code]
                if not level.pinned:
                    m = _share(counts, level, comparison, of="m", weight=_PRIOR_M)
                    values[comparison.name, level.code] = LevelValue(m, before.u, "learnt")
        moved = max(abs(values[key].m - model.values[key].m) for key in values)
        model = replace(model, values=values, passes=passes)
        if moved < _STILL:
            return replace(model, values=told_apart(model.values))
    raise ModelWrong(
        N_("Training the linkage model did not settle."),
        remedy=N_("Link with the shipped values: set “linkage: prior” in area.yaml."),
    )


def _level_counts(place: int, comparison: Comparison, weighted: list[tuple[Kind, float]]) -> dict[str, float]:
    counts = {level.code: 0.0 for level in comparison.levels}
    for kind, pairs in weighted:
        code = kind.levels[place]
        if code is not None:
            counts[code] += pairs
    return counts


def _share(
    counts: dict[str, float], level: Level, comparison: Comparison, *, of: str, weight: float
) -> float:
    """A level's share of the pairs, leaning on the shipped value by `weight` pairs. What the levels pinned by hand take
    is left to them; the others share the rest."""
    free = [other for other in comparison.levels if not other.pinned]
    rest = 1 - sum(getattr(other, of) for other in comparison.levels if other.pinned)
    shipped = getattr(level, of) / sum(getattr(other, of) for other in free)
    return float(
        rest * (counts[level.code] + shipped * weight) / (sum(counts[other.code] for other in free) + weight)
    )


def _probability(model: Model, kind: Kind) -> float:
    """That a pair of this kind is one person, by the model as it stands and without how usual its names are."""
    bits = math.log2(model.chance)
    for comparison, code in zip(COMPARISONS, kind.levels, strict=True):
        if code is not None:
            bits += model.values[comparison.name, code].weight
    return 1 / (1 + 2 ** -max(-60.0, min(60.0, bits)))
