"""Do judgements hold, whatever the evidence, and does taking one back leave exactly what was there before it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engage.identities.judging.reforming import Evidence, Given, Row, base_of, groups, ids_of_groups
from engage.identities.linking.merging import Held
from engage.identities.reconciling import Held as HeldId
from engage.identities.reconciling import keep_ids


RECORDS = "abcdefgh"
Said = tuple[tuple[str, str], str]
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
    rows: list[Row] = field(default_factory=list)
    today: dict[str, str] = field(default_factory=dict)

    def built(self, said: list[Said]) -> None:
        """A build: most records keep their id, whoever gave it, as in `actions.give_ids`."""
        of = groups(self.known, said, join_at=3.0).of
        given = self._given()
        last = {row.record_id: row.seq for row in self.rows}
        held: dict[tuple[str, str], list[int]] = {}
        for record in sorted(set(of) & set(self.today)):
            held.setdefault((of[record], self.today[record]), []).append(last[record])
        kept = keep_ids(
            HeldId(group, person, len(seqs), given[person].since, min(seqs))
            for (group, person), seqs in held.items()
        )
        fresh = self._fresh()
        self._write(
            of,
            {group: kept.get(group) or next(fresh) for group in sorted(set(of.values()))},
            by_judgement=False,
        )

    def judged(self, said: list[Said]) -> None:
        """What people said is followed at once."""
        of = groups(self.known, said, join_at=3.0).of
        base = base_of(of, self.rows)
        self._write(
            of, ids_of_groups(of, base=base, given=self._given(), fresh=self._fresh), by_judgement=True
        )

    def _write(self, of: Mapping[str, str], ids: Mapping[str, str], *, by_judgement: bool) -> None:
        for record in sorted(of):
            person = ids[of[record]]
            if self.today.get(record) != person:
                self.rows.append(Row(len(self.rows) + 1, record, person, by_judgement))
                self.today[record] = person

    def _given(self) -> dict[str, Given]:
        given: dict[str, Given] = {}
        for row in self.rows:
            given.setdefault(row.person_id, Given(row.person_id, row.record_id, row.by_judgement, row.seq))
        return given

    def _fresh(self) -> Iterator[str]:
        number = len(self._given())
        while True:
            number += 1
            yield f"P{number}"


@settings(deadline=None)
@given(known=evidence(), said=SAID)
def test_no_two_records_judged_different_share_a_person_and_those_judged_the_same_do(
    known: Evidence, said: list[Said]
) -> None:
    found = groups(known, said, join_at=3.0)
    for (left, right), what in said:
        apart = found.of[left] != found.of[right]
        assert apart == (what == "different" or (left, right) in found.contradicting)


@settings(deadline=None)
@given(known=evidence(), said=SAID, data=st.data())
def test_the_order_in_which_evidence_comes_changes_nothing(
    known: Evidence, said: list[Said], data: st.DataObject
) -> None:
    shuffled = Evidence(known.records, tuple(data.draw(st.permutations(known.pairs))), known.held)
    assert groups(known, said, join_at=3.0) == groups(shuffled, said, join_at=3.0)


@settings(deadline=None)
@given(known=evidence(), said=SAID, more=st.tuples(PAIR, st.sampled_from(["same", "different"])))
def test_a_judgement_taken_back_leaves_every_id_as_it_was(
    known: Evidence, said: list[Said], more: Said
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
    known: Evidence, said: list[Said], more: Said
) -> None:
    area = Area(known)
    area.built([])
    area.judged(said)
    before = dict(area.today)
    with_more = [*(one for one in said if one[0] != more[0]), more]
    area.judged(with_more)
    area.built(with_more)
    area.judged(said)
    assert area.today == before


@settings(deadline=None)
@given(known=evidence(), said=SAID)
def test_one_person_is_one_group_and_the_other_way_round(known: Evidence, said: list[Said]) -> None:
    area = Area(known)
    area.built([])
    area.judged(said)
    of = groups(known, said, join_at=3.0).of
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
    found = groups(known, said, join_at=3.0)
    assert found.of == {"a": "a", "b": "a", "c": "a", "d": "d"}
    assert (found.gave_way, found.contradicting) == ((("a", "c"),), ())


def test_a_word_that_others_words_stand_against_is_told_apart_from_a_join_that_gave_way() -> None:
    """A is P and B is not, by people, and the evidence has A with B: that A is B cannot be followed besides."""
    known = Evidence(frozenset("abp"), (("a", "b", 9.0, ""),), {})
    said = [(("a", "p"), "same"), (("b", "p"), "different")]
    before = groups(known, said, join_at=3.0)
    assert (before.of["a"] == before.of["p"] != before.of["b"], before.contradicting) == (True, ())
    after = groups(known, [*said, (("a", "b"), "same")], join_at=3.0)
    assert (after.of, after.gave_way) == (before.of, before.gave_way)
    assert after.contradicting == (("a", "b"),)


def test_what_a_build_gave_because_of_a_judgement_does_not_count_once_it_is_taken_back() -> None:
    """Z is older than B; they are judged to be one; C, D and E come and join B, and a build gives them the id of Z."""
    for newcomers in ("c", "cde"):
        area = Area(Evidence(frozenset("z"), (), {}))
        area.built([])
        area.known = Evidence(frozenset("bz"), (), {})
        area.built([])
        assert area.today == {"z": "P1", "b": "P2"}
        area.judged([(("b", "z"), "same")])
        joins = tuple(("b", one, 9.0, "") for one in newcomers)
        area.known = Evidence(frozenset("bz" + newcomers), joins, {})
        area.built([(("b", "z"), "same")])
        assert set(area.today.values()) == {"P1"}
        area.judged([])
        assert area.today == {"z": "P1", **dict.fromkeys("b" + newcomers, "P2")}


def test_of_two_equal_parts_the_one_with_the_record_that_had_the_id_first_keeps_it() -> None:
    area = Area(Evidence(frozenset("z"), (), {}))
    area.built([])
    area.known = Evidence(frozenset("bz"), (("b", "z", 9.0, ""),), {})
    area.built([])
    area.judged([(("b", "z"), "different")])
    assert area.today["z"] == "P1" != area.today["b"]


@settings(deadline=None)
@given(
    known=evidence(),
    said=SAID,
    more=st.tuples(PAIR, st.sampled_from(["same", "different"])),
    late=st.sets(st.sampled_from(RECORDS)),
)
def test_what_came_while_a_judgement_stood_takes_nobodys_id_when_it_is_taken_back(
    known: Evidence, said: list[Said], more: Said, late: set[str]
) -> None:
    """As if nobody had judged: each late record joins one person of those who were there, or none."""
    assume(not late & set(more[0]))
    here = known.records - late
    said = [one for one in said if not late & set(one[0])]
    first = Evidence(
        here,
        tuple(p for p in known.pairs if {p[0], p[1]} <= here),
        {record: held for record, held in known.held.items() if record in here},
    )
    of, later = groups(first, said, join_at=3.0).of, groups(known, said, join_at=3.0).of
    assume(all((of[a] == of[b]) == (later[a] == later[b]) for a, b in combinations(sorted(here), 2)))
    with_more = [*(one for one in said if one[0] != more[0]), more]
    judged, untouched = Area(first), Area(first)
    for area in (judged, untouched):
        area.built([])
        area.judged(said)
    judged.judged(with_more)
    for area, words in ((judged, with_more), (untouched, said)):
        area.known = known
        area.built(words)
    judged.judged(said)
    assert {r: judged.today[r] for r in here} == {r: untouched.today[r] for r in here}
    for one in late:
        beside = {judged.today[r] for r in here if later[r] == later[one]}
        assert beside <= {judged.today[one]}


@settings(deadline=None)
@given(known=evidence(), said=SAID)
def test_every_word_is_followed_unless_words_contradict_each_other(known: Evidence, said: list[Said]) -> None:
    of = groups(known, said, join_at=3.0).of
    nothing = Evidence(known.records, (), {})
    words_alone = groups(nothing, said, join_at=3.0).of
    for (left, right), what in said:
        if what == "same" and words_alone[left] == words_alone[right]:
            assert of[left] == of[right]
