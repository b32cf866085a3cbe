"""Do judgements hold, whatever the evidence, and does taking one back leave exactly what was there before it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from engage.identities.judging.reforming import Evidence, Given, groups, ids_of_groups
from engage.identities.linking.merging import Held


RECORDS = "abcdefgh"
PAIR = st.sampled_from(list(combinations(RECORDS, 2)))
SAID = st.lists(
    st.tuples(PAIR, st.sampled_from(["same", "different"])), unique_by=lambda one: one[0], max_size=6
)


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    pairs = draw(
        st.lists(
            st.tuples(
                PAIR, st.integers(-12, 25).map(float), st.sampled_from(["", "", "", "related", "thin"])
            ),
            unique_by=lambda one: one[0],
            max_size=14,
        )
    )
    held = {
        record: Held(
            draw(st.dictionaries(st.sampled_from(["nhs_number", "upn"]), st.sampled_from("xy"))),
            draw(st.frozensets(st.sampled_from(["ada", "bel"]), max_size=1)),
            None,
        )
        for record in RECORDS
    }
    rows = tuple((left, right, weight, refusal) for (left, right), weight, refusal in pairs)
    return Evidence(frozenset(RECORDS), rows, held)


@dataclass
class Area:
    """What was ever given, and whose each record is: as the decided store would hold it."""

    known: Evidence
    base: dict[str, str] = field(default_factory=dict)
    given: dict[str, Given] = field(default_factory=dict)
    today: dict[str, str] = field(default_factory=dict)

    def built(self, said: list[tuple[tuple[str, str], str]]) -> None:
        self._follow(said, by_judgement=False)
        self.base = dict(self.today)

    def judged(self, said: list[tuple[tuple[str, str], str]]) -> None:
        self._follow(said, by_judgement=True)

    def _follow(self, said: list[tuple[tuple[str, str], str]], *, by_judgement: bool) -> None:
        of, _ = groups(self.known, said, join_at=3.0)
        ids = ids_of_groups(of, base=self.base, given=self.given, fresh=self._fresh)
        for record in sorted(of):
            person = ids[of[record]]
            self.given.setdefault(person, Given(person, record, by_judgement, len(self.given)))
            self.today[record] = person

    def _fresh(self) -> Iterator[str]:
        number = len(self.given)
        while True:
            number += 1
            yield f"P{number}"


@settings(deadline=None)
@given(known=evidence(), said=SAID)
def test_no_two_records_judged_different_share_a_person_and_those_judged_the_same_do(
    known: Evidence, said: list[tuple[tuple[str, str], str]]
) -> None:
    of, unfollowed = groups(known, said, join_at=3.0)
    for (left, right), what in said:
        if what == "different":
            assert of[left] != of[right]
        elif (left, right) not in unfollowed:
            assert of[left] == of[right]


@settings(deadline=None)
@given(known=evidence(), said=SAID, data=st.data())
def test_the_order_in_which_evidence_comes_changes_nothing(
    known: Evidence, said: list[tuple[tuple[str, str], str]], data: st.DataObject
) -> None:
    shuffled = Evidence(known.records, tuple(data.draw(st.permutations(known.pairs))), known.held)
    assert groups(known, said, join_at=3.0) == groups(shuffled, said, join_at=3.0)


@settings(deadline=None)
@given(known=evidence(), said=SAID, more=st.tuples(PAIR, st.sampled_from(["same", "different"])))
def test_a_judgement_taken_back_leaves_every_id_as_it_was(
    known: Evidence, said: list[tuple[tuple[str, str], str]], more: tuple[tuple[str, str], str]
) -> None:
    area = Area(known)
    area.built([])
    for so_far in range(len(said) + 1):
        area.judged(said[:so_far])
    before = dict(area.today)
    area.judged([*(one for one in said if one[0] != more[0]), more])
    area.judged(said)
    assert area.today == before


@settings(deadline=None)
@given(known=evidence(), said=SAID, more=st.tuples(PAIR, st.sampled_from(["same", "different"])))
def test_a_judgement_that_a_build_took_in_is_taken_back_all_the_same(
    known: Evidence, said: list[tuple[tuple[str, str], str]], more: tuple[tuple[str, str], str]
) -> None:
    area = Area(known)
    area.built([])
    area.judged(said)
    before = dict(area.today)
    with_more = [*(one for one in said if one[0] != more[0]), more]
    area.judged(with_more)
    # A build finds the same groups, in which every record has its id: it writes nothing.
    assert groups(known, with_more, join_at=3.0)[0].keys() == area.today.keys()
    area.judged(said)
    assert area.today == before


@settings(deadline=None)
@given(known=evidence(), said=SAID)
def test_one_person_is_one_group_and_the_other_way_round(
    known: Evidence, said: list[tuple[tuple[str, str], str]]
) -> None:
    area = Area(known)
    area.built([])
    area.judged(said)
    of, _ = groups(known, said, join_at=3.0)
    assert (
        len(set(zip(of.values(), (area.today[record] for record in of), strict=True)))
        == len(set(of.values()))
        == len(set(area.today.values()))
    )


def test_groups_apart_by_evidence_come_together_by_a_word_and_the_older_id_stays() -> None:
    known = Evidence(frozenset("abc"), (("a", "b", 9.0, ""),), {})
    area = Area(known)
    area.built([])
    assert area.today == {"a": "P1", "b": "P1", "c": "P2"}
    area.judged([(("b", "c"), "same")])
    assert area.today == dict.fromkeys("abc", "P1")
    area.judged([(("b", "c"), "same"), (("a", "b"), "different")])
    assert area.today["b"] == area.today["c"] != area.today["a"]


def test_what_the_software_joined_gives_way_to_what_people_said_the_weakest_first() -> None:
    """A and C are one person, B and D are two, and the evidence has A with B and C with D: one of these joins must go."""
    known = Evidence(frozenset("abcd"), (("a", "b", 9.0, ""), ("c", "d", 5.0, "")), {})
    said = [(("a", "c"), "same"), (("b", "d"), "different")]
    of, stood_against = groups(known, said, join_at=3.0)
    assert of == {"a": "a", "b": "a", "c": "a", "d": "d"}
    assert stood_against == [("a", "c")]


@settings(deadline=None)
@given(known=evidence(), said=SAID)
def test_every_word_is_followed_unless_words_contradict_each_other(
    known: Evidence, said: list[tuple[tuple[str, str], str]]
) -> None:
    of, _ = groups(known, said, join_at=3.0)
    nothing = Evidence(known.records, (), {})
    words_alone, _ = groups(nothing, said, join_at=3.0)
    for (left, right), what in said:
        if what == "same" and words_alone[left] == words_alone[right]:
            assert of[left] == of[right]
