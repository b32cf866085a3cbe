"""Does a curve say what the pairs it was fitted on say, never more than they can, and nothing where there were none?"""

from __future__ import annotations

import random
from datetime import date

import pytest

from engage.identities.linking.calibrating import (
    LEAST_JUDGED,
    Labelled,
    brier,
    company_of,
    fit,
    kind_of,
    refined,
    reliability,
    shipped,
)


SINCE = date(2026, 4, 7)


def pairs(kind: str, count: int = 4000, seed: int = 1) -> list[Labelled]:
    """Pairs whose true chance rises evenly from weight 0 to weight 10."""
    chance = random.Random(seed)
    weights = [chance.uniform(0, 10) for _ in range(count)]
    return [Labelled(weight, kind, chance.random() < weight / 10) for weight in weights]


def test_a_curve_finds_the_true_chance_whatever_the_order() -> None:
    known = pairs("plain")
    curve = fit(known, source="", since=SINCE)
    for weight in (1.0, 3.0, 5.0, 7.0, 9.0):
        assert curve.chance(weight, "plain") == pytest.approx(weight / 10, abs=0.06)
    random.Random(2).shuffle(known)
    assert fit(known, source="", since=SINCE) == curve


def test_the_chance_never_falls_as_the_weight_grows_and_is_never_nought_or_one() -> None:
    known = [Labelled(weight / 10, "thin", weight > 50) for weight in range(100)]
    curve = fit([*known, *pairs("plain", 300)], source="", since=SINCE)
    for kind in ("thin", "plain"):
        said = [curve.nearest(weight / 10, kind) for weight in range(-10, 120)]
        assert said == sorted(said)
        assert 0 < said[0] < said[-1] < 1


def test_beyond_the_weights_seen_and_for_kinds_too_rare_there_is_no_chance_to_show() -> None:
    curve = fit([*pairs("plain"), *pairs("twin", 50)], source="", since=SINCE)
    assert curve.chance(10.5, "plain") is None
    assert curve.chance(-0.5, "plain") is None
    assert curve.chance(5, "twin") is None
    assert curve.chance(5, "") == curve.chance(5, "plain")


def test_a_kind_of_pair_is_what_it_was_asked_for() -> None:
    assert kind_of("") == "plain"
    assert kind_of("", is_apart=True) == "refused"
    assert kind_of("twin", is_apart=True) == "twin"
    assert kind_of("thin", is_partial=True) == "partial"
    assert kind_of("thin", company=company_of(True, 3, 3)) == "thin/joined"
    assert [company_of(False, left, right) for left, right in ((1, 1), (4, 1), (2, 3))] == [
        "none",
        "one",
        "both",
    ]


def test_what_stands_with_two_records_counts_where_enough_are_known_and_is_left_out_where_not() -> None:
    together = [Labelled(one.weight, "thin/joined", same=True) for one in pairs("thin", 500)]
    curve = fit([*pairs("thin/one"), *together, *pairs("thin/both", 30)], source="", since=SINCE)
    assert curve.chance(5.0, "thin/joined") > 0.99 > 0.6 > curve.chance(5.0, "thin/one")
    assert curve.chance(5.0, "thin/both") == curve.chance(5.0, "thin")
    assert curve.chance(5.0, "thin/one") < curve.chance(5.0, "thin") < curve.chance(5.0, "thin/joined")


def test_judgements_of_a_kind_shift_it_whatever_stands_with_the_two_but_not_who_stand_together() -> None:
    together = [Labelled(one.weight, "thin/joined", one.same) for one in pairs("thin", seed=5)]
    curve = fit([*pairs("thin/one"), *together], source="", since=SINCE)
    after = refined(curve, [Labelled(8.0, "thin", same=False)] * LEAST_JUDGED)
    assert after.chance(8.0, "thin/one") < curve.chance(8.0, "thin/one")
    assert after.steps["thin/joined"] == curve.steps["thin/joined"]
    chances = [step.chance for step in after.steps["thin/one"]]
    assert chances == sorted(chances)


def test_people_refine_a_curve_once_there_are_enough_and_only_their_kind() -> None:
    curve = fit([*pairs("plain"), *pairs("thin", seed=2)], source="", since=SINCE)
    never = [Labelled(8.0, "thin", same=False)] * LEAST_JUDGED
    assert refined(curve, never[1:]) is curve
    after = refined(curve, never)
    assert after.judged == LEAST_JUDGED
    assert after.chance(8.0, "thin") < 0.5 < curve.chance(8.0, "thin")
    assert after.steps["plain"] == curve.steps["plain"]
    assert refined(curve, [Labelled(1.0, "twin", same=True)] * 500) is curve


def test_what_is_said_is_held_against_what_was_so() -> None:
    curve = fit(pairs("plain"), source="", since=SINCE)
    found = reliability([*pairs("plain", seed=3), Labelled(99.0, "plain", same=True)], curve)
    assert (found.pairs + found.untold, found.untold) == (4001, found.untold)
    assert found.untold >= 1
    assert found.brier == pytest.approx(1 / 6, abs=0.02)
    assert sum(one.pairs for one in found.bins) == found.pairs
    assert all(abs(one.said - one.found) < 0.1 for one in found.bins if one.pairs > 200)


def test_brier_by_hand() -> None:
    assert brier([(1.0, True), (0.5, False)]) == 0.125


def test_the_shipped_curve_is_dated_sourced_and_of_sense() -> None:
    curve = shipped()
    assert curve.source
    assert curve.since >= date(2026, 11, 23)
    assert {"plain", "thin", "partial", "twin", "generation"} <= set(curve.steps)
    for steps in curve.steps.values():
        assert [s.first for s in steps] == sorted(s.first for s in steps)
        assert [s.chance for s in steps] == sorted(s.chance for s in steps)
        assert all(s.first <= s.last for s in steps)
    assert curve.chance(12, "plain") > 0.98 > 0.05 > curve.chance(2, "generation")
