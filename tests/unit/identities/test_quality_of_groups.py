"""Are the figures of children's pages and of groups of people those that a count by hand gives?"""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.identities.evaluating import Truth
from engage.identities.linking.candidates import KEYS
from engage.identities.measuring import fairness, words
from engage.identities.measuring import people as measured
from engage.identities.measuring.answer import Person, read_answer, read_people
from engage.identities.measuring.people import GroupRates, by_group, children, unjudged


def key(number: int) -> tuple[str, str, str]:
    return ("p", "f", str(number))


# Ana has three records (one partial), Ben two, Cy (grown up) two.
PERSON_OF = dict(zip(map(key, range(7)), ["ana", "ana", "ana", "ben", "ben", "cy", "cy"], strict=True))
KIND_OF = {**dict.fromkeys(PERSON_OF, "full"), key(2): "partial"}
TRUTH = Truth(PERSON_OF, KIND_OF, [])
PEOPLE = {
    "ana": Person(sex="F", ethnicity="A2", origin="bangla", is_child=True, is_exploited=True),
    "ben": Person(sex="M", ethnicity="W1", origin="british", is_child=True, is_exploited=True),
    "cy": Person(sex="M", ethnicity="W1", origin="british"),
}


def of(*groups: str) -> dict[tuple[str, str, str], str]:
    return dict(zip(map(key, range(7)), groups, strict=True))


def test_whose_page_holds_another_persons_record() -> None:
    found = children(of("a", "a", "x", "b", "c", "b", "c"), TRUTH, PEOPLE, marked=())
    assert (found.pages, found.mixed, found.unmarked) == (4, 2, 2)
    assert (found.exploited, found.whole, found.whole_without_partials) == (2, 0, 1)
    told = children(of("a", "a", "x", "b", "c", "b", "c"), TRUTH, PEOPLE, marked={key(5)})
    assert (told.mixed, told.unmarked) == (2, 1)
    assert children(of("a", "a", "x", "b", "c", "b", "c"), TRUTH, PEOPLE).unmarked is None


def test_a_page_marks_what_nobody_judged_of_people_with_several_records() -> None:
    groups = of("a", "a", "x", "b", "c", "b", "c")
    assert unjudged(groups, {key(0), key(1)}) == set(map(key, (3, 4, 5, 6)))


def test_a_grown_ups_page_is_no_childs() -> None:
    found = children(of("a", "a", "a", "b", "c", "c", "c"), TRUTH, PEOPLE)
    assert (found.pages, found.mixed, found.whole) == (2, 0, 1)


def test_quality_of_a_group_counts_its_own_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "LEAST_PEOPLE", 1)
    found = {
        (one.by, one.group): one for one in by_group(of("a", "a", "x", "b", "c", "c", "c"), TRUTH, PEOPLE)
    }
    asian, white = found["ethnicity", "A"], found["ethnicity", "W"]
    assert (asian.pairs, asian.joined, asian.precision) == (3, 1, 1.0)
    assert (asian.recall, asian.full_recall) == (pytest.approx(1 / 3), 1.0)
    assert (white.people, white.pairs, white.joined) == (2, 2, 3)
    assert (white.precision, white.recall) == (pytest.approx(1 / 3), 0.5)
    assert (white.full_recall, white.several) == (0.75, 2)
    assert found["sex", "F"].recall == asian.recall == found["origin", "bangla"].recall


def test_of_few_people_nothing_is_told() -> None:
    assert by_group(of("a", "a", "a", "b", "b", "c", "c"), TRUTH, PEOPLE) == ()


def test_an_answer_says_what_it_says_of_people_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "identities.csv").write_text(
        "agency,file,source_id,person_id,kind\np,f,1,ana,full\n", "utf-8"
    )
    assert read_people(tmp_path) == {}
    (tmp_path / "children.csv").write_text("person_id,exploited,sex,ethnicity\nana,1,F,A2\n", "utf-8")
    (tmp_path / "people.csv").write_text("person_id,home_id,origin\nana,h1,bangla\ncy,h1,\n", "utf-8")
    found = read_answer(tmp_path)
    assert found.name == tmp_path.name
    assert found.people == {
        "ana": Person("h1", "F", "A2", "bangla", is_child=True, is_exploited=True),
        "cy": Person("h1"),
    }
    assert found.people["ana"].ethnic_group == "A"
    assert Person(ethnicity="NS").ethnic_group == ""


def test_each_kind_of_key_has_words() -> None:
    assert {kind.code for kind in KEYS if str(words.key(kind.code))} == {kind.code for kind in KEYS}


def rates(group: str, recall: float | None, several: int | None, people: int = 500) -> GroupRates:
    return GroupRates("origin", group, people, 9, 9, 1.0, 0.9, recall, several)


def test_a_group_whose_joins_are_less_right_is_said_to_be_in_words() -> None:
    groups = [
        rates("british", 0.96, 400), rates("polish", 0.92, 100), rates("bangla", 0.93, 120), rates("somali", 0.5, 99), rates("greek", None, 0),
        rates("turkish", 0.99, 150), GroupRates("sex", "F", 5000, 9, 9, 1.0, 0.9, 0.99, 4000),
    ]  # fmt: skip
    told = {one.group: str(fairness.standing(one, groups)) for one in groups}
    assert told == {
        "british": "the largest group, with which the others are compared",
        "polish": "4 points below british",
        "bangla": "no more than three points below british",
        "somali": "too few people with several records to tell",
        "greek": "too few people with several records to tell",
        "turkish": "no more than three points below british",
        "F": "the largest group, with which the others are compared",
    }
    assert [one.group for one in groups if fairness.is_behind(one, groups)] == ["polish"]


def test_a_measurement_that_did_not_count_people_with_several_records_is_told_by_all_people() -> None:
    groups = [
        rates("british", 0.96, None, 300),
        rates("polish", 0.90, None, 200),
        rates("greek", 0.5, None, 99),
    ]
    assert [str(fairness.standing(one, groups))[:8] for one in groups] == ["the larg", "6 points", "too few "]
