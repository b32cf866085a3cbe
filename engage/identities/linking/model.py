"""What has been learnt of how records agree, how is it said to Splink, and how is it saved to be used again?"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from typing import Any

from engage.identities.linking.comparisons import COMPARISONS, Comparison, Level
from engage.vocabulary.words import N_, EngageError, Sentence


MODEL_VERSION = 1


class ModelWrong(EngageError):
    """A model lacks a level, or holds a value that is no probability: nothing is linked with it."""

    exit_code = 3


@dataclass(frozen=True)
class LevelValue:
    """What a level is worth: `m` and `u` as in `comparisons`, and where they come from (learnt, counted, prior, pinned)."""

    m: float
    u: float
    source: str

    @property
    def weight(self) -> float:
        """The weight in bits."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True)
class Model:
    """All levels' values by (comparison, level), the chance that two random records are one person, and the passes
    that training took. Two models with the same values weigh every pair the same."""

    values: dict[tuple[str, str], LevelValue]
    chance: float
    passes: int = 0
    notes: dict[str, str] = field(default_factory=dict)

    def value(self, comparison: str, level: str) -> LevelValue:
        """What a level is worth. Raises ModelWrong when it was left untrained."""
        value = self.values.get((comparison, level))
        if value is None or not 0 < value.m <= 1 or not 0 < value.u <= 1:
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
                "passes": self.passes,
                "notes": self.notes,
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
            (row["comparison"], row["level"]): LevelValue(row["m"], row["u"], row["source"])
            for row in raw["levels"]
        },
        chance=raw["chance"],
        passes=raw["passes"],
        notes=raw["notes"],
    )
    for comparison in COMPARISONS:
        for level in comparison.levels:
            model.value(comparison.name, level.code)
    return model


def prior_model(record_count: int) -> Model:
    """The shipped values, before any data. The chance assumes that a person has two records on average: each record
    then has one true partner among all others."""
    values = {
        (comparison.name, level.code): LevelValue(level.m, level.u, "pinned" if level.pinned else "prior")
        for comparison in COMPARISONS
        for level in comparison.levels
    }
    return Model(values=values, chance=1 / max(record_count, 100))


def settings(model: Model, blocking: list[Any], *, levels_kept: bool = True) -> dict[str, Any]:
    """The model as Splink's settings. The weight of each level can be told apart from the comparison's others, because
    `levels_of` reads the level back from it."""
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


# A name borne by one record in a hundred thousand is as rare as a count can tell; rarer ones are mostly misspellings.
_RAREST_NAME = 1e-5


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
    if level.frequency_of:
        found |= {
            "tf_adjustment_column": level.frequency_of,
            "tf_adjustment_weight": 1.0,
            "tf_minimum_u_value": _RAREST_NAME,
        }
    return found


def level_sql(model: Model, comparison: Comparison) -> str:
    """SQL: the code of the level that a Splink row's weight stands for; null when either value was not known."""
    cases = [
        f"when abs(mw_{comparison.name} - ({model.value(comparison.name, level.code).weight!r})) < 1e-9 then '{level.code}'"
        for level in comparison.levels
    ]
    return f"case when mw_{comparison.name} = 0 then null {' '.join(cases)} end"


def told_apart(values: dict[tuple[str, str], LevelValue]) -> dict[tuple[str, str], LevelValue]:
    """The same values, nudged by less than a millionth of a bit where two levels of one comparison would weigh the same
    or a level would weigh exactly nothing, so that a weight names its level."""
    result = dict(values)
    for comparison in COMPARISONS:
        taken: list[float] = [0.0]
        for level in comparison.levels:
            value = result[comparison.name, level.code]
            while any(abs(value.weight - other) < 1e-7 for other in taken):
                value = LevelValue(value.m * (1 - 1e-7), value.u, value.source)
            taken.append(value.weight)
            result[comparison.name, level.code] = value
    return result
