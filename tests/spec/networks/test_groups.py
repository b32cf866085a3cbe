"""Groups: the same lines make the same groups in whatever order and on however many threads; numbers go on from build to build."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.networks.groups.detecting import Lines, groups, ties
from engage.networks.groups.naming import carried_over


def found(
    rows: list[tuple[int, int, float]], persons: int, things: int, apart: tuple[tuple[int, int], ...] = ()
) -> list[int]:
    person, thing, weight = (np.array(column) for column in zip(*rows, strict=True))
    pairs = np.array(apart).reshape(-1, 2)
    return groups(ties(Lines(person, thing, weight), persons=persons, things=things, apart=pairs)).tolist()


# Two triangles of people, tied to each other by one line of a quarter; and one who is tied to nobody.
TWO = [(0, 0, 1), (1, 0, 1), (1, 1, 1), (2, 1, 1), (0, 2, 1), (2, 2, 1), (3, 3, 1), (4, 3, 1), (4, 4, 1), (5, 4, 1), (3, 5, 1), (5, 5, 1), (2, 6, 0.25), (3, 6, 0.25), (6, 7, 1)]  # fmt: skip


def test_two_groups_that_one_weak_line_ties_stay_two_and_who_is_tied_to_nobody_stays_alone() -> None:
    assert found(TWO, 7, 8) == [0, 0, 0, 1, 1, 1, 2]


def test_families_tie_nobody() -> None:
    assert found([(0, 0, 1), (1, 0, 1)], 2, 1, ((0, 1),)) == [0, 1]


def test_what_many_share_ties_none_of_them_much_and_a_crowd_ties_nobody() -> None:
    some = ties(Lines(np.arange(5), np.zeros(5, int), np.ones(5)), persons=5, things=1)
    assert some.toarray()[0, 1] == pytest.approx(0.25)
    crowd = ties(Lines(np.arange(100), np.zeros(100, int), np.ones(100)), persons=100, things=1)
    assert crowd.nnz == 0


@settings(deadline=None)
@given(
    rows=st.permutations(TWO),
    again=st.lists(st.sampled_from(TWO), max_size=5),
    threads=st.sampled_from([1, 2, 4]),
)
def test_neither_order_nor_repeats_nor_threads_change_anything(
    rows: list[tuple[int, int, float]], again: list[tuple[int, int, float]], threads: int
) -> None:
    import networkit

    networkit.setNumberOfThreads(threads)
    assert found([*rows, *again], 7, 8) == [0, 0, 0, 1, 1, 1, 2]
    assert networkit.getMaxNumberOfThreads() == threads


def numbers(before: dict[int, str], now: list[str]) -> list[tuple[int | None, tuple[int, ...]]]:
    named = carried_over(
        {number: frozenset(some) for number, some in before.items()}, [frozenset(some) for some in now]
    )
    return [(one.number, one.came_from) for one in named]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({1: "abc"}, ["abcd"], [(1, ())]),
        ({1: "abc"}, ["xyz"], [(None, ())]),
        ({1: "abcd"}, ["ab", "cd"], [(1, ()), (None, (1,))]),
        ({1: "ab", 2: "cde"}, ["abcde"], [(2, (1,))]),
        ({1: "abcdefgh"}, ["hxyz"], [(None, (1,))]),
    ],
    ids=["one more member", "another group", "split", "merged", "shares little"],
)
def test_numbers_go_on_by_the_members_both_have(
    before: dict[int, str], now: list[str], expected: list[tuple[int | None, tuple[int, ...]]]
) -> None:
    assert numbers(before, now) == expected


_SETS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1), max_size=4)


@given(before=_SETS, now=_SETS)
def test_no_number_goes_on_twice_and_the_same_groups_keep_theirs(
    before: list[frozenset[str]], now: list[frozenset[str]]
) -> None:
    known = dict(enumerate(dict.fromkeys(before), start=1))
    given_on = [one.number for one in carried_over(known, now) if one.number]
    assert len(given_on) == len(set(given_on))
    apart = {number: frozenset(f"{number}{one}" for one in some) for number, some in known.items()}
    assert [one.number for one in carried_over(apart, list(apart.values()))] == list(apart)
