"""How often do two judges of one pair say the same? Plain functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from engage.identities.judging.rules import SAYS, UNSURE, Agreement, Pair, Said


FIRM = tuple(word for word in SAYS if word != UNSURE)


def agreement_of(said: Iterable[Said]) -> Agreement:
    """How the first two judges of each pair agree, by the first firm word of each (what was taken back counts: it was said)."""
    by_pair: dict[Pair, dict[str, Said]] = defaultdict(dict)
    for one in sorted((one for one in said if one.says != UNSURE), key=lambda s: s.seq):
        by_pair[one.pair].setdefault(one.by, one)
    twice = [list(judged.values())[:2] for judged in by_pair.values() if len(judged) > 1]
    by_kind: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for first, second in twice:
        by_kind[first.kind][0] += 1
        by_kind[first.kind][1] += first.says == second.says
    agreed = sum(first.says == second.says for first, second in twice)
    counts = tuple((kind, pairs, same) for kind, (pairs, same) in sorted(by_kind.items()))
    return Agreement(len(twice), agreed, _kappa([(a.says, b.says) for a, b in twice]), counts)


LEAST_FOR_KAPPA = 10


def _kappa(pairs: list[tuple[str, str]]) -> float | None:
    if len(pairs) < LEAST_FOR_KAPPA:
        return None
    seen = sum(one == other for one, other in pairs) / len(pairs)
    chance = (
        sum(sum(one == word for one, _ in pairs) * sum(other == word for _, other in pairs) for word in FIRM)
        / len(pairs) ** 2
    )
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)
