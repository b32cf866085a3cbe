"""How often is a pair of such a weight one person, in this area? The shipped curve, refined by what people judged here.

The one place from which a page takes a chance: a weight is never shown as one by its own arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from engage.identities.judging import standing
from engage.identities.judging.rules import effects, followed
from engage.identities.linking.calibrating import (
    LEAST_JUDGED,
    PARTIAL,
    PLAIN,
    Curve,
    Labelled,
    company_of,
    kind_of,
    refined,
    shipped,
)
from engage.identities.linking.merging import JOIN_AT
from engage.store.warehouse import Build


# What the queue asks as it comes is a fair sample of its kind. What people judge because something struck them (two whom the
# software joined, or held apart) is not, and says nothing of the others of that kind.
_ASKED = {"partial": PARTIAL, "thin": "thin", "identifiers": "identifiers", "unsure": PLAIN}


def curve(build: Build) -> Curve:
    """The curve that holds for this build's pairs today."""
    last = standing.last()
    # Judgements are numbered from one and never deleted: the last number says whether there can be enough.
    return shipped() if last[0] < LEAST_JUDGED else _refined(build, last)


@lru_cache(maxsize=2)
def _refined(build: Build, _last: tuple[int, int]) -> Curve:
    return refined(shipped(), judged(build))


def judged(build: Build) -> list[Labelled]:
    """The pairs that the queue asked about and of which an answer is followed, with their weights in this build."""
    said = {one.seq: one for one in standing.said()}
    found = effects(said.values())
    kinds = {pair: _ASKED.get(said[found[pair].seq].kind) for pair, _what in followed(found)}
    cursor = build.analysis()
    try:
        rows = cursor.execute(
            "select left_record_id, right_record_id, weight from link_pair where left_record_id in (select unnest($ids))",
            {"ids": sorted({left for left, _right in kinds})},
        ).fetchall()
    finally:
        cursor.close()
    weights = {(left, right): weight for left, right, weight in rows}
    return [
        Labelled(weights[pair], kind, found[pair].what == "same")
        for pair, kind in kinds.items()
        if kind and pair in weights
    ]


def of_pair(
    found: Curve, pair: dict[str, Any], *, is_partial: bool, records: tuple[int, int] | None
) -> float | None:
    """The chance that the two records of a row of link_pair are one person; None where it is not known and words must do. `records` are
    how many records stand with each of the two; None when they stand together."""
    is_apart = records is not None and pair["weight"] >= JOIN_AT
    company = company_of(records is None, *(records or (1, 1)))
    kind = kind_of(pair["refusal"], is_partial=is_partial, is_apart=is_apart, company=company)
    return found.chance(pair["weight"], kind)


def how_often(build: Build) -> Callable[[dict[str, Any], bool, tuple[int, int]], float | None]:
    """The chance of pairs of somebody who is asked about and a record, by what a row of link_pair would say, whether one is partial, and
    the records that stand with each. Nothing has held the two apart yet: strong enough to join, they are like those who were joined."""
    found = curve(build)

    def chance(pair: dict[str, Any], is_partial: bool, records: tuple[int, int]) -> float | None:
        joins = not is_partial and pair["refusal"] == "" and pair["weight"] >= JOIN_AT
        return of_pair(found, pair, is_partial=is_partial, records=None if joins else records)

    return chance
