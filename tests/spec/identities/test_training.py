"""What is learnt from records: the same whatever their order, whole, told apart, and of three kinds of pair."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from engage.identities.build import build, shipped_model
from engage.identities.linking import training
from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.linking.model import Model, ModelWrong, model_from_json
from tests.spec.identities.towns import AS_OF, groups, neighbours, store


pytestmark = pytest.mark.slow
NAMES = ["Ada", "Bela", "Cyril", "Dinah", "Ezra", "Flora"]
PARTS = (
    ["Bram", "Cold", "Dun", "Fern", "Hart", "Lang", "Oak", "Thorn"],
    ["ley", "wick", "stead", "more", "ford", "gill", "by", "hope"],
)
FAMILY = """
{n}a | {one}   | {family} | {mother} | female | {n} Weir Lane | 07000{n:06} | police
{n}b | {one}   | {family} | {mother} | female | {n} Weir Lane | 07000{n:06} | education
{n}c | {two}   | {family} | {child}  | female | {n} Weir Lane | 07000{n:06} | police
{n}d | {two}   | {family} | {child}  | female | {n} Weir Lane | 07000{n:06} | education
"""


def families(count: int = 60) -> list[dict[str, str]]:
    """Mothers and daughters of one home and telephone, each of them held by two agencies."""
    chance, rows = random.Random(3), []
    for n in range(count):
        one, two = chance.sample(NAMES, 2)
        mother, child = date(1960, 1, 2) + timedelta(149 * n), date(2005, 1, 2) + timedelta(61 * n)
        text = FAMILY.format(
            n=n, one=one, two=two, family=PARTS[0][n // 8] + PARTS[1][n % 8], mother=mother, child=child
        )
        heads = ("id", "forename", "surname", "born", "sex", "address", "phone", "agency")
        rows += [
            dict(zip(heads, map(str.strip, line.split("|")), strict=True))
            for line in text.strip().splitlines()
        ]
    return rows


def linked(rows: list[dict[str, str]], model: Model | None = None) -> tuple[Any, Model]:
    connection = store(rows)
    return connection, build(connection, as_of=AS_OF, seed=1, model=model).model


def test_every_value_is_a_share_and_those_of_a_comparison_are_one_together() -> None:
    _store, model = linked([*families(), *neighbours()])
    for comparison in COMPARISONS:
        for which in ("m", "u", "h"):
            values = [getattr(model.value(comparison.name, level.code), which) for level in comparison.levels]
            assert all(0 < value <= 1 for value in values)
            assert sum(values) == pytest.approx(1, abs=0.01)


def test_members_of_a_household_are_learnt_to_share_names_and_homes_and_are_not_joined() -> None:
    rows = families()
    connection, model = linked([*rows, *neighbours()])
    assert groups(connection, {row["id"] for row in rows}) == {
        frozenset({f"{n}{one}", f"{n}{other}"}) for n in range(60) for one, other in ("ab", "cd")
    }
    surname = model.value("surname", "same")
    assert surname.h > 0.9 > 50 * surname.u
    assert model.value("birth", "generation").h > 0.8 > model.value("birth", "generation").u


def test_a_saved_model_weighs_every_pair_as_the_one_that_was_saved() -> None:
    rows = [*families(20), *neighbours(60)]
    first, model = linked(rows)
    again, _same = linked(rows, model_from_json(model.to_json()))
    pairs = "select left_record_id, right_record_id, weight, household_weight from link_pair order by all"
    assert first.execute(pairs).fetchall() == again.execute(pairs).fetchall()


def test_a_saved_model_of_another_version_is_refused() -> None:
    _store, model = linked(neighbours(20))
    with pytest.raises(ModelWrong):
        model_from_json(model.to_json().replace('"version": 3', '"version": 2'))


def test_training_that_does_not_settle_is_an_error_and_nothing_is_linked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(training, "_MOST_PASSES", 1)
    connection = store([*families(20), *neighbours(60)])
    with pytest.raises(ModelWrong, match="did not settle"):
        build(connection, as_of=AS_OF, seed=1)
    assert not connection.execute("select 1 from duckdb_tables() where table_name = 'link_pair'").fetchall()


def test_a_level_that_no_pair_showed_is_not_called_learnt() -> None:
    _store, model = linked([*families(), *neighbours()])
    sources = {key: value.source for key, value in model.values.items()}

    assert sources["surname", "same"] == "learnt"
    assert sources["email", "same"] == "prior"
    assert sources["forename", "swapped"] == "prior"
    assert set(sources.values()) == {"learnt", "prior", "pinned"}


@pytest.mark.parametrize("what", ["h", "household"])
def test_training_goes_on_until_households_settle_too(what: str) -> None:
    state = training._State(
        training._shipped("m"), training._shipped("u"), training._shipped("h"), 1e-4, 1e-3
    )
    moved = [value.copy() for value in state.h]
    moved[0][0] += 0.01
    other = replace(state, **{what: moved if what == "h" else 2e-3})

    assert training._is_settled(state, state)
    assert not training._is_settled(other, state)


@pytest.mark.parametrize("what", ["missing", "nothing", "more than all"])
def test_a_level_without_a_usable_value_is_an_error(what: str) -> None:
    rows = [*families(5), *neighbours(20)]
    _store, model = linked(rows)
    values = dict(model.values)
    key = ("surname", "close")
    if what == "missing":
        del values[key]
    else:
        values[key] = replace(values[key], m=0.0 if what == "nothing" else 1.5)
    with pytest.raises(ModelWrong, match="no usable value for “close” of “surname”"):
        linked(rows, replace(model, values=values))


def test_the_shipped_values_link_where_nothing_can_be_learnt() -> None:
    rows = families(2)
    connection = store(rows)
    build(connection, as_of=AS_OF, seed=1, model=shipped_model(connection))
    assert groups(connection, {row["id"] for row in rows}) == {frozenset({f"{n}{one}", f"{n}{other}"}) for n in range(2) for one, other in ("ab", "cd")}  # fmt: skip
