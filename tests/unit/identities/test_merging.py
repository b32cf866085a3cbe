from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engage.identities.linking.merging import Pair, connect, merge


RECORDS = st.integers(1, 12)
PAIRS = st.lists(
    st.builds(
        Pair,
        left=RECORDS,
        right=RECORDS,
        weight=st.integers(-20, 30).map(float),
        refusal=st.sampled_from(["", "", "", "twin", "related", "thin"]),
        sure=st.booleans(),
    ).filter(lambda pair: pair.left < pair.right),
    unique_by=lambda pair: (pair.left, pair.right),
    max_size=30,
)
IDENTIFIERS = st.dictionaries(
    RECORDS, st.dictionaries(st.sampled_from(["nhs_number", "upn"]), st.sampled_from("xy"))
)


@settings(deadline=None)
@given(pairs=PAIRS, identifiers=IDENTIFIERS, data=st.data())
def test_the_order_of_pairs_never_changes_a_group(
    pairs: list[Pair], identifiers: dict[int, dict[str, str]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(pairs))
    assert merge(pairs, identifiers, join_at=3.0) == merge(shuffled, identifiers, join_at=3.0)


@settings(deadline=None)
@given(pairs=PAIRS, identifiers=IDENTIFIERS)
def test_each_record_is_in_one_group_named_by_its_smallest(
    pairs: list[Pair], identifiers: dict[int, dict[str, str]]
) -> None:
    groups, _refused = merge(pairs, identifiers, join_at=3.0)
    assert set(groups) == {number for pair in pairs for number in (pair.left, pair.right)}
    for record, group in groups.items():
        assert groups[group] == group <= record


@settings(deadline=None)
@given(pairs=PAIRS, identifiers=IDENTIFIERS)
def test_a_recorded_tie_is_never_joined_and_every_group_has_evidence(
    pairs: list[Pair], identifiers: dict[int, dict[str, str]]
) -> None:
    groups, _refused = merge(pairs, identifiers, join_at=3.0)
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


def test_an_agreeing_identifier_outweighs_the_look_of_twins() -> None:
    looks = [Pair(1, 2, 20.0), Pair(2, 3, 18.0, sure=True), Pair(1, 3, 4.0, refusal="twin")]
    assert merge(looks, {}, join_at=3.0)[0] == {1: 1, 2: 1, 3: 1}


def test_two_contradicting_identifiers_stop_a_merge() -> None:
    held = {1: {"nhs_number": "x", "upn": "x"}, 2: {"nhs_number": "y", "upn": "y"}}
    assert merge([Pair(1, 2, 20.0)], held, join_at=3.0) == ({1: 1, 2: 2}, [Pair(1, 2, 20.0)])
