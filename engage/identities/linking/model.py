"""What has been learnt of how records agree, how is it said to Splink, and how is it saved to be used again?"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.linking.levels import Comparison, Level
from engage.vocabulary.words import N_, EngageError, Sentence


MODEL_VERSION = 3


class ModelWrong(EngageError):
    """A model lacks a level, or holds a value that is no probability: nothing is linked with it."""

    exit_code = 3


@dataclass(frozen=True)
class LevelValue:
    """What a level is worth: `m`, `u` and `h` as in `comparisons`, and where they come from (learnt, prior, pinned)."""

    m: float
    u: float
    h: float
    source: str

    @property
    def weight(self) -> float:
        """The weight in bits, against strangers."""
        return math.log2(self.m / self.u)

    @property
    def household(self) -> float:
        """How many bits more usual the level is between two people of one household than within one person."""
        return math.log2(self.h / self.m)


@dataclass(frozen=True)
class LeftOut:
    """A kind of key (a code of `candidates.KEYS`) that this area does not compare by: how many pairs it would have added for each record,
    and what share of those the model held for one person."""

    code: str
    per_record: float
    share: float


@dataclass(frozen=True)
class Model:
    """All levels' values by (comparison, level), the chances that two random records are of one person and of one household,
    the passes that training took, and the kinds of key that are left out. Two models with the same values weigh every pair the same."""

    values: dict[tuple[str, str], LevelValue]
    chance: float
    household: float
    passes: int = 0
    notes: dict[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()

    @property
    def unused(self) -> frozenset[str]:
        """The codes of the kinds of key that are left out."""
        return frozenset(one.code for one in self.left_out)

    def value(self, comparison: str, level: str) -> LevelValue:
        """What a level is worth. Raises ModelWrong when it was left untrained."""
        value = self.values.get((comparison, level))
        if value is None or not all(0 < share <= 1 for share in (value.m, value.u, value.h)):
            raise ModelWrong(
                Sentence(
                    N_("The linkage model has no usable value for “%(level)s” of “%(comparison)s”."),
                    {"level": level, "comparison": comparison},
                ),
                remedy=N_("Build without a saved model, so that the shipped values stand in."),
            )
        return value

    def to_json(self) -> str:
        """The model as text, to be saved with a build."""
        rows = [
            {"comparison": c, "level": v, **asdict(value)} for (c, v), value in sorted(self.values.items())
        ]
        return json.dumps(
            {
                "version": MODEL_VERSION,
                "chance": self.chance,
                "household": self.household,
                "passes": self.passes,
                "notes": self.notes,
                "left_out": [asdict(one) for one in self.left_out],
                "levels": rows,
            },
            indent=1,
        )


def model_from_json(text: str) -> Model:
    """Read a saved model. Raises ModelWrong when it is of another version or lacks a level of today's comparisons."""
    raw: dict[str, Any] = json.loads(text)
    if raw.get("version") != MODEL_VERSION:
        raise ModelWrong(
            Sentence(
                N_("The saved linkage model is of version %(version)s."), {"version": str(raw.get("version"))}
            ),
            remedy=N_("Build without a saved model; a new one is trained."),
        )
    model = Model(
        values={
            (row["comparison"], row["level"]): LevelValue(row["m"], row["u"], row["h"], row["source"])
            for row in raw["levels"]
        },
        chance=raw["chance"],
        household=raw["household"],
        passes=raw["passes"],
        notes=raw["notes"],
        left_out=tuple(LeftOut(**one) for one in raw["left_out"]),
    )
    for comparison in COMPARISONS:
        for level in comparison.levels:
            model.value(comparison.name, level.code)
    return model


def prior_model(record_count: int) -> Model:
    """The shipped values, before any data. The chances assume that a person has two records on average, and a household
    three people: each record then has one true partner, and four of its household, among all others."""
    values = {
        (comparison.name, level.code): LevelValue(
            level.m, level.u, level.h, "pinned" if level.pinned else "prior"
        )
        for comparison in COMPARISONS
        for level in comparison.levels
    }
    return Model(
        values=told_apart(values), chance=1 / max(record_count, 100), household=4 / max(record_count, 400)
    )


def settings(model: Model, blocking: list[Any], *, levels_kept: bool = True) -> dict[str, Any]:
    """The model as Splink's settings, without its households: they are taken off afterwards."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_number",
        "probability_two_random_records_match": model.chance,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": levels_kept,
        "comparisons": [_comparison(model, comparison) for comparison in COMPARISONS],
        "blocking_rules_to_generate_predictions": blocking,
    }


def _comparison(model: Model, comparison: Comparison) -> dict[str, Any]:
    unknown = {"sql_condition": comparison.unknown, "label_for_charts": "unknown", "is_null_level": True}
    return {
        "output_column_name": comparison.name,
        "comparison_levels": [unknown, *(_level(model, comparison, level) for level in comparison.levels)],
    }


# The columns of which usual values weigh less.
FREQUENCY_COLUMNS = tuple(
    sorted({level.frequency_of for comparison in COMPARISONS for level in comparison.levels} - {""})
)
# A name borne by one record in a hundred thousand is as rare as a count can tell; rarer ones are mostly misspellings.
RAREST_NAME = 1e-5


def _level(model: Model, comparison: Comparison, level: Level) -> dict[str, Any]:
    value = model.value(comparison.name, level.code)
    found = {
        "sql_condition": level.sql,
        "label_for_charts": level.code,
        "m_probability": value.m,
        "u_probability": value.u,
        "fix_m_probability": True,
        "fix_u_probability": True,
    }
    if level.frequency_of or level.near_frequency_of:
        found |= {
            "tf_adjustment_column": level.frequency_of or level.near_frequency_of,
            "tf_adjustment_weight": 1.0,
            "tf_minimum_u_value": RAREST_NAME,
        }
    return found


def level_sql(model: Model, comparison: Comparison) -> str:
    """SQL: the place of the level that a Splink row's weight stands for among the comparison's, from 0; -1 when either value
    was not known. Splink gives the weight of each comparison, and `told_apart` sees to it that a weight names its level."""
    weights = [model.value(comparison.name, level.code).weight for level in comparison.levels]
    cases = [
        f"when abs(mw_{comparison.name} - ({weight!r})) < 1e-9 then {place}"
        for place, weight in enumerate(weights)
    ]
    return f"case when mw_{comparison.name} = 0 then -1 {' '.join(cases)} end"


def code_sql(comparison: Comparison) -> str:
    """SQL: the code of the level at the place `<comparison>_at`; null when either value was not known."""
    codes = ", ".join(f"'{level.code}'" for level in comparison.levels)
    return f"list_extract([{codes}], 1 + {comparison.name}_at)"


def household_sql(model: Model) -> str:
    """SQL: the bits by which the levels at `<comparison>_at` are more usual within a household than within one person, together."""
    parts = []
    for comparison in COMPARISONS:
        bits = ", ".join(
            repr(model.value(comparison.name, level.code).household) for level in comparison.levels
        )
        parts.append(f"coalesce(list_extract([{bits}], 1 + {comparison.name}_at), 0)")
    return " + ".join(parts)


def told_apart(values: dict[tuple[str, str], LevelValue]) -> dict[tuple[str, str], LevelValue]:
    """The same values, nudged by less than a millionth of a bit where two levels of one comparison would weigh the same
    or a level would weigh exactly nothing, so that a weight names its level."""
    result = dict(values)
    for comparison in COMPARISONS:
        taken: list[float] = [0.0]
        for level in comparison.levels:
            value = result[comparison.name, level.code]
            while any(abs(value.weight - other) < 1e-7 for other in taken):
                value = replace(value, m=value.m * (1 - 1e-7))
            taken.append(value.weight)
            result[comparison.name, level.code] = value
    return result
