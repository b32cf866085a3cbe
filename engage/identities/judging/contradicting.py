"""Which words of people cannot be followed, because others' words stand against them? Plain functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engage.identities.judging.rules import Effect, Pair, followed
from engage.identities.linking.merging import Words, unite


def contradicted(found: Mapping[Pair, Effect]) -> frozenset[Pair]:
    """Of everything that is followed (all of it, earliest first), the pairs judged the same that cannot be: by earlier words their
    records came together with records that somebody said to be different people."""
    number: dict[str, int] = {}
    words: dict[str, list[tuple[int, int]]] = {"same": [], "different": []}
    for (left, right), what in followed(found):
        words[what].append((number.setdefault(left, len(number)), number.setdefault(right, len(number))))
    record = {place: one for one, place in number.items()}
    _into, refused = unite({}, Words(tuple(words["same"]), tuple(words["different"])))
    return frozenset((record[left], record[right]) for left, right in refused)


def open_to_judges(found: Mapping[Pair, Effect]) -> dict[Pair, Effect]:
    """What is followed, as of `effects` of everything that was said, where a word that cannot be followed because of others counts as
    disputed: somebody has to look at these judgements."""
    none = contradicted(found)
    return {
        pair: replace(effect, what="disputed") if pair in none else effect for pair, effect in found.items()
    }
