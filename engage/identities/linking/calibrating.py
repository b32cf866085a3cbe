"""How often are two records whose evidence weighs so much really one person? Counted on pairs of which the answer is known.

A weight is the model's own arithmetic and is over- or under-confident where the evidence hangs together. A curve says how many in
a hundred pairs of that weight were one person: one curve for each kind of pair, because what forbids a silent join (a likely
twin, names alone) says something that no weight holds. It is fitted by isotonic regression (Ayer and others 1955, pool
adjacent violators): the chance never falls as the weight grows, and nothing else is assumed. Plain Python: it reads no store.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from engage.vocabulary.written import read_yaml


PLAIN, REFUSED, PARTIAL = "plain", "refused", "partial"
# Fewer pairs of a kind than this tell too little, so that it gets no curve; and a step of a curve rests on no fewer than this.
LEAST_OF_KIND, LEAST_OF_STEP = 100, 25
# A step of the shipped curve counts as so many pairs beside the pairs that people judged, and so many must be judged at all.
SHIPPED_COUNTS_AS, LEAST_JUDGED = 50, 200


@dataclass(frozen=True)
class Labelled:
    """A pair of which it is known whether it is one person: its weight in bits, its kind (see `kind_of`), the answer."""

    weight: float
    kind: str
    same: bool


@dataclass(frozen=True)
class Step:
    """Pairs from one weight to another, in bits: how many in one were one person, and how many pairs there were."""

    first: float
    last: float
    chance: float
    pairs: int


@dataclass(frozen=True)
class Curve:
    """For each kind of pair its steps, by weight; whence they come and since when; and how many judged pairs refined them."""

    steps: Mapping[str, Sequence[Step]]
    source: str
    since: date
    judged: int = 0

    def chance(self, weight: float, kind: str) -> float | None:
        """The chance, 0 to 1, that such a pair is one person. None beyond the weights seen and for kinds too rare to fit: there
        a weight is said in words only. `kind` is of `kind_of`, or a bare refusal ("" is a plain pair)."""
        steps = self._steps_of(kind)
        if not steps or not steps[0].first <= weight <= steps[-1].last:
            return None
        return self.nearest(weight, kind)

    def nearest(self, weight: float, kind: str) -> float | None:
        """As `chance`, with the last known chance beyond the weights seen: for measuring, never shown. None for unknown kinds."""
        steps = self._steps_of(kind)
        if not steps:
            return None
        place = bisect_right([step.first for step in steps], weight)
        below = steps[max(place - 1, 0)]
        if place in (0, len(steps)) or weight <= below.last:
            return below.chance
        part = (weight - below.last) / (steps[place].first - below.last)
        return below.chance + part * (steps[place].chance - below.chance)

    def _steps_of(self, kind: str) -> Sequence[Step]:
        """The steps of a kind; those of all its pairs, whatever stands with them, where too few were alike."""
        return self.steps.get(kind or PLAIN) or self.steps.get(_base(kind)) or ()


# What stands with the two records: they stand together; or else both, one or neither of them stands with other records.
COMPANIES = ("joined", "both", "one", "none")


def kind_of(refusal: str, *, is_partial: bool = False, is_apart: bool = False, company: str = "") -> str:
    """The kind of a pair, by which its chance is read: `is_partial` when one of the two is a partial record; `is_apart` when the two
    alone were strong enough and what else is known of both spoke against joining them; `company` (of COMPANIES) what stands with them, where
    that is known: two who were joined with others, but not with each other, are seldom one."""
    kind = PARTIAL if is_partial else refusal or (REFUSED if is_apart else PLAIN)
    return f"{kind}/{company}" if company else kind


def company_of(are_joined: bool, left_records: int, right_records: int) -> str:
    """The code of what stands with two records, by how many records each one's group has."""
    if are_joined:
        return "joined"
    return ("none", "one", "both")[(left_records > 1) + (right_records > 1)]


def _base(kind: str) -> str:
    return kind.partition("/")[0] or PLAIN


def fit(labelled: Iterable[Labelled], *, source: str, since: date) -> Curve:
    """Fit a curve for each kind of which there are enough pairs. The order of the pairs changes nothing."""
    of_kind: dict[str, list[Labelled]] = defaultdict(list)
    for pair in labelled:
        for kind in {pair.kind, _base(pair.kind)}:
            of_kind[kind].append(pair)
    enough = {kind: pairs for kind, pairs in sorted(of_kind.items()) if len(pairs) >= LEAST_OF_KIND}
    return Curve({kind: _steps(pairs) for kind, pairs in enough.items()}, source, since)


@dataclass(frozen=True)
class _Block:
    """Neighbouring pairs pooled: from which weight to which, how many, how many of them one person."""

    first: float
    last: float
    pairs: int
    same: float

    @property
    def counted(self) -> float:
        """Of the pairs, those of one person."""
        return self.same / self.pairs

    @property
    def share(self) -> float:
        """The same, with half a pair for either answer, which keeps it from saying never or always (Jeffreys)."""
        return (self.same + 0.5) / (self.pairs + 1)

    def __add__(self, other: _Block) -> _Block:
        return _Block(self.first, other.last, self.pairs + other.pairs, self.same + other.same)


def _steps(pairs: list[Labelled]) -> tuple[Step, ...]:
    at: dict[float, _Block] = {}
    for pair in pairs:
        one = _Block(pair.weight, pair.weight, 1, float(pair.same))
        at[pair.weight] = at[pair.weight] + one if pair.weight in at else one
    return _as_steps(_large([at[weight] for weight in sorted(at)]))


def _as_steps(blocks: Iterable[_Block]) -> tuple[Step, ...]:
    rising = _rising(_rising(blocks, lambda block: block.counted), lambda block: block.share)
    return tuple(Step(b.first, b.last, b.share, b.pairs) for b in rising)


def _large(blocks: list[_Block]) -> list[_Block]:
    """Neighbours put together until each is large enough."""
    found: list[_Block] = []
    for block in blocks:
        if found and found[-1].pairs < LEAST_OF_STEP:
            found[-1] += block
        else:
            found.append(block)
    if len(found) > 1 and found[-1].pairs < LEAST_OF_STEP:
        last = found.pop()
        found[-1] += last
    return found


def _rising(blocks: Iterable[_Block], share: Callable[[_Block], float]) -> list[_Block]:
    """Pool neighbours until the share always rises."""
    found: list[_Block] = []
    for block in blocks:
        found.append(block)
        while len(found) > 1 and share(found[-2]) >= share(found[-1]):
            last = found.pop()
            found[-1] += last
    return found


def refined(curve: Curve, judged: Iterable[Labelled]) -> Curve:
    """The curve with what people judged of an area's own pairs counted in; as it was below LEAST_JUDGED of them.

    The pairs go to the step of their kind that holds their weight, beside the shipped step as so many pairs as SHIPPED_COUNTS_AS at
    most. What that changes the odds of a kind by, it changes them by whatever stands with the two, unless they stand together: nobody was
    asked about those. A kind without a curve stays without one: who asked to judge those few pairs chose them."""
    told = [pair for pair in judged if pair.kind in curve.steps]
    if len(told) < LEAST_JUDGED:
        return curve
    steps = dict(curve.steps)
    for kind in {pair.kind for pair in told}:
        steps[kind] = _counted_in(curve.steps[kind], [pair for pair in told if pair.kind == kind])
    after = Curve(steps, curve.source, curve.since, len(told))
    for kind in curve.steps:
        if (
            "/" in kind
            and not kind.endswith("/joined")
            and steps[_base(kind)] is not curve.steps[_base(kind)]
        ):
            steps[kind] = _shifted(curve, after, kind)
    return after


def _counted_in(shipped_steps: Sequence[Step], told: list[Labelled]) -> tuple[Step, ...]:
    blocks = [_shipped(step) for step in shipped_steps]
    for pair in told:
        place = max(bisect_right([step.first for step in shipped_steps], pair.weight) - 1, 0)
        held = blocks[place]
        blocks[place] = _Block(held.first, held.last, held.pairs + 1, held.same + pair.same)
    return _as_steps(blocks)


def _shifted(before: Curve, after: Curve, kind: str) -> tuple[Step, ...]:
    """The steps of a kind, their odds changed as those of all pairs of its base kind were at that weight."""
    found: list[Step] = []
    for step in before.steps[kind]:
        middle = (step.first + step.last) / 2
        was, is_now = (_odds(curve.nearest(middle, _base(kind)) or 0.5) for curve in (before, after))
        odds = _odds(step.chance) * is_now / was
        chance = max(odds / (1 + odds), found[-1].chance if found else 0.0)
        found.append(Step(step.first, step.last, chance, step.pairs))
    return tuple(found)


def _odds(chance: float) -> float:
    return chance / (1 - chance)


def _shipped(step: Step) -> _Block:
    pairs = min(step.pairs, SHIPPED_COUNTS_AS)
    return _Block(step.first, step.last, pairs, max(step.chance * (pairs + 1) - 0.5, 0.0))


@dataclass(frozen=True)
class Bin:
    """Pairs that were given about one chance: from `least` to below `most`, how many, the mean of what was said, what was so."""

    least: float
    most: float
    pairs: int
    said: float
    found: float


@dataclass(frozen=True)
class Reliability:
    """How right chances are on pairs with a known answer. `brier` is the mean of squared errors (Brier 1950): 0 is perfect, 0.25 is
    what tossing a coin gets. `untold` pairs had no chance to be shown and are not counted."""

    pairs: int
    untold: int
    brier: float
    bins: tuple[Bin, ...]


_EDGES = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


def reliability(labelled: Iterable[Labelled], curve: Curve) -> Reliability:
    """What the curve says of these pairs, against what is so. Finer towards 0 and 1, where most pairs are."""
    told: list[tuple[float, bool]] = []
    untold = 0
    for pair in labelled:
        chance = curve.chance(pair.weight, pair.kind)
        if chance is None:
            untold += 1
        else:
            told.append((chance, pair.same))
    sums: dict[int, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for chance, same in told:
        into = sums[min(bisect_right(_EDGES, chance), len(_EDGES) - 1)]
        into[0] += 1
        into[1] += chance
        into[2] += same
    bins = tuple(
        Bin(_EDGES[n - 1], _EDGES[n], int(pairs), said / pairs, found / pairs)
        for n, (pairs, said, found) in sorted(sums.items())
    )
    return Reliability(len(told), untold, brier(told), bins)


def brier(told: Sequence[tuple[float, bool]]) -> float:
    """The mean squared difference between a chance and the answer; 0 when there is nothing."""
    return sum((chance - same) ** 2 for chance, same in told) / len(told) if told else 0.0


SHIPPED = Path(__file__).with_name("chances.yaml")


@cache
def shipped() -> Curve:
    """The curve that comes with Engage: fitted on made-up towns by tools/fit_chances.py, dated, with its source."""
    return curve_from(read_yaml(SHIPPED.read_text(encoding="utf-8")))


def curve_from(raw: Mapping[str, Any]) -> Curve:
    """The curve of a file like chances.yaml."""
    kinds = raw["kinds"]
    return Curve(
        steps={kind: tuple(Step(*step) for step in steps) for kind, steps in kinds.items()},
        source=raw["source"],
        since=raw["since"],
    )
