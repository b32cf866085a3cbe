from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.identities.linking.merging import Held, Pair, connect, merge, why_apart


RECORDS = st.integers(1, 12)
PAIRS = st.lists(
    st.builds(
        lambda numbers, weight, refusal: Pair(*numbers, weight, refusal),
        st.sampled_from(list(combinations(range(1, 13), 2))),
        weight=st.integers(-20, 30).map(float),
        refusal=st.sampled_from(["", "", "", "generation", "related", "thin"]),
    ),
    unique_by=lambda pair: (pair.left, pair.right),
    max_size=30,
)
HELD = st.dictionaries(
    RECORDS,
    st.builds(
        Held,
        identifiers=st.dictionaries(st.sampled_from(["nhs_number", "upn"]), st.sampled_from("xy")),
        forms=st.frozensets(st.sampled_from(["ada", "bel", "cy"]), max_size=2),
        born=st.sampled_from([None, "2010-05-17", "2010-05-18"]),
    ),
)


@settings(deadline=None)
@given(pairs=PAIRS, held=HELD, data=st.data())
def test_the_order_of_pairs_never_changes_a_group(
    pairs: list[Pair], held: dict[int, Held], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(pairs))
    assert merge(pairs, held, join_at=3.0) == merge(shuffled, held, join_at=3.0)


@settings(deadline=None)
@given(pairs=PAIRS, held=HELD)
def test_each_record_is_in_one_group_named_by_its_smallest(pairs: list[Pair], held: dict[int, Held]) -> None:
    groups, _refused = merge(pairs, held, join_at=3.0)
    assert set(groups) == {number for pair in pairs for number in (pair.left, pair.right)}
    for record, group in groups.items():
        assert groups[group] == group <= record


@settings(deadline=None)
@given(pairs=PAIRS, held=HELD)
def test_a_recorded_tie_is_never_joined_and_every_group_has_evidence(
    pairs: list[Pair], held: dict[int, Held]
) -> None:
    groups, _refused = merge(pairs, held, join_at=3.0)
    for pair in pairs:
        if pair.refusal == "related":
            assert groups[pair.left] != groups[pair.right]
    connected = connect((pair.left, pair.right) for pair in pairs if pair.weight >= 3.0)
    for record, group in groups.items():
        assert record == group or connected[record] == connected[group]


def test_evidence_against_between_two_groups_outweighs_one_bridge() -> None:
    bridge = [Pair(1, 2, 20.0), Pair(3, 4, 20.0), Pair(2, 3, 5.0), Pair(1, 4, -9.0)]
    groups, refused = merge(bridge, {}, join_at=3.0)
    assert groups == {1: 1, 2: 1, 3: 3, 4: 3}
    assert refused == [Pair(2, 3, 5.0)]


def said(forename: str, born: str, **identifiers: str) -> Held:
    return Held(identifiers, frozenset({forename}), born)


TWICE_EACH = [
    Pair(1, 2, 20.0),
    Pair(3, 4, 20.0),
    *(Pair(one, other, 8.0) for one in (1, 2) for other in (3, 4)),
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("ada", "2010-05-17"), said("adela", "2010-05-17")),
        (said("ada", "2010-05-17"), said("ada", "2010-05-18")),
    ],
)
def test_what_each_side_says_twice_and_the_other_never_is_no_slip(one: Held, other: Held) -> None:
    groups, refused = merge(TWICE_EACH, {1: one, 2: one, 3: other, 4: other}, join_at=3.0)
    assert groups == {1: 1, 2: 1, 3: 3, 4: 3}
    assert len(refused) == 4


@pytest.mark.parametrize(
    "changed",
    [
        {4: said("ada", "2010-05-17")},
        {3: said("adela", "2010-05-18", upn="x"), 1: said("ada", "2010-05-17", upn="x")},
    ],
)
def test_a_slip_in_one_record_or_an_identifier_in_common_does_not_part_them(changed: dict[int, Held]) -> None:
    held = {1: said("ada", "2010-05-17"), 2: said("ada", "2010-05-17"), 3: said("adela", "2010-05-18"), 4: said("adela", "2010-05-18")}  # fmt: skip
    assert set(merge(TWICE_EACH, held | changed, join_at=3.0)[0].values()) == {1}


def test_the_look_of_twins_in_one_pair_does_not_part_what_others_join() -> None:
    looks = [Pair(1, 2, 20.0), Pair(2, 3, 18.0), Pair(1, 3, 4.0, refusal="generation")]
    assert merge(looks, {}, join_at=3.0)[0] == {1: 1, 2: 1, 3: 1}


def test_two_contradicting_identifiers_stop_a_merge() -> None:
    held = {
        1: Held({"nhs_number": "x", "upn": "x"}, frozenset(), None),
        2: Held({"nhs_number": "y", "upn": "y"}, frozenset(), None),
    }
    assert merge([Pair(1, 2, 20.0)], held, join_at=3.0) == ({1: 1, 2: 2}, [Pair(1, 2, 20.0)])


ADA, BEL = frozenset({"ada"}), frozenset({"bel"})


@pytest.mark.parametrize(
    ("changed", "across", "why"),
    [
        ({}, Pair(1, 3, 5.0), ""),
        ({3: Held({}, BEL, None), 4: Held({}, BEL, None)}, Pair(1, 3, 5.0), "names"),
        ({3: Held({}, ADA, "2011-01-02"), 4: Held({}, ADA, "2011-01-02")}, Pair(1, 3, 5.0), "days"),
        ({3: Held({"upn": "y", "nhs_number": "y"}, ADA, None)}, Pair(1, 3, 5.0), "identifiers"),
        ({}, Pair(1, 3, 5.0, "related"), "refused"),
        ({}, Pair(1, 3, -5.0), "evidence"),
    ],
)
def test_it_is_said_what_joining_two_groups_would_break(
    changed: dict[int, Held], across: Pair, why: str
) -> None:
    one = Held({"upn": "x", "nhs_number": "x"}, ADA, "2010-05-17")
    other = Held({}, ADA, None)
    held = {1: one, 2: one, 3: other, 4: other} | changed
    pairs = [Pair(1, 2, 9.0), Pair(3, 4, 9.0), across]
    assert why_apart(pairs, held, [1, 2], [3, 4]) == why
    assert why_apart(pairs, held, [4, 3], [2, 1]) == why


def test_of_groups_that_nothing_connects_nothing_is_said() -> None:
    assert why_apart([Pair(1, 2, 9.0)], {}, [1, 2], [3]) == ""
