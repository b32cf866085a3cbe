"""What does one pair of records weigh? The same levels, values and corrections as in `linking.pairing`, one pair at a time.

Nothing is declared here: levels come from `linking.comparisons`, what each is worth from the model of the build, and what forbids a
silent join from `linking.pairing`. A test weighs every pair of a build again and asks for the same to a hundredth of a bit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from engage.identities.checking.expressions import Row, first_that_holds, says
from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.linking.levels import Comparison
from engage.identities.linking.model import RAREST_NAME, Model
from engage.identities.linking.pairing import REFUSAL


@dataclass(frozen=True)
class Weighed:
    """What was found of a pair: the weight in bits, the refusal ("" when nothing forbids a silent join), and of each comparison
    the level (None: not known) and its weight; `household_weight` is what is taken off for what a household shares."""

    weight: float
    refusal: str
    levels: Mapping[str, str | None]
    weights: Mapping[str, float]
    household_weight: float


class Scale:
    """A model, ready to weigh pairs."""

    def __init__(self, model: Model) -> None:
        self._before = math.log2(model.chance / (1 - model.chance))
        self._household = model.household
        self._comparisons = [_Compared(model, comparison) for comparison in COMPARISONS]
        self._refusal = says(REFUSAL)

    def weigh(self, left: Row, right: Row) -> Weighed:
        """Weigh two records, given by the columns of `link_record` with `forename_share` and `surname_share`: how many of the
        area's records bear the name, of those that bear one. The one whose id sorts first is `left`."""
        row = {f"{name}_l": value for name, value in left.items()}
        row |= {f"{name}_r": value for name, value in right.items()}
        levels: dict[str, str | None] = {}
        weights: dict[str, float] = {}
        shared = 0.0
        for compared in self._comparisons:
            place = compared.place(row)
            levels[compared.name] = compared.codes[place] if place is not None else None
            weights[compared.name] = compared.weight(place, row)
            shared += compared.household[place] if place is not None else 0.0
        strangers = self._before + sum(weights.values())
        household = -math.log2(1 + self._household * 2 ** min(strangers - self._before + shared, 500))
        weight = strangers + household
        found = {f"{name}_level": code for name, code in levels.items()}
        refusal = self._refusal({**found, "weight": weight, "exists_related": False})
        return Weighed(weight, str(refusal or ""), levels, weights, household)


class _Compared:
    """One comparison with what its levels are worth."""

    def __init__(self, model: Model, comparison: Comparison) -> None:
        values = [model.value(comparison.name, level.code) for level in comparison.levels]
        self.name = comparison.name
        self.codes = [level.code for level in comparison.levels]
        self.household = [value.household for value in values]
        levels = tuple(level.sql for level in comparison.levels if level.sql != "ELSE")
        # The place of the first level that holds; None when there is nothing to compare.
        self.place = first_that_holds(comparison.unknown, levels)
        self._weights = [value.weight for value in values]
        exact = {level.frequency_of: value.u for level, value in zip(comparison.levels, values, strict=True)}
        columns = [level.frequency_of or level.near_frequency_of for level in comparison.levels]
        self._usual = [(column, exact[column]) for column in columns]

    def weight(self, place: int | None, row: Row) -> float:
        """What the level weighs; a usual name less, a rare one more."""
        if place is None:
            return 0.0
        column, u = self._usual[place]
        return self._weights[place] + (_rarity(column, u, row) if column else 0.0)


def _rarity(column: str, u: float, row: Row) -> float:
    shares = [share for side in "lr" if (share := row[f"{column}_share_{side}"]) is not None]
    return math.log2(u / max(*shares, RAREST_NAME)) if shares else 0.0
