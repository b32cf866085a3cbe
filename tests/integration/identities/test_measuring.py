"""Does a measurement find the errors that are there, by kind; is it kept, and does it tell when it was made and of what?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from engage.governance.queries import MayNotDo
from engage.identities import actions, queries
from engage.identities.evaluating import Truth
from engage.identities.measuring.answer import Answer, Person
from engage.identities.models import Measurement
from tests.spec.identities.towns import MAUD_AND_EDITH, drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]

# Maud moved; Edith's two records share nothing that a key is made of; the Tarrant sisters are twins.
TOWN = drawn("""
    id | forename | surname   | born       | sex    | address
    a  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane
    b  | Maud     | Tarrant   | 2010-05-17 | female | 7 Oak Hill
    c  | Edith    | Oakhanger | 2009-02-03 | female | 9 Mill Lane
    d  | Zoe      | Underhill | 1999-11-30 | female | 4 Far Row
    t  | Clara    | Tarrant   | 2010-05-17 | female | 3 Weir Lane
""")
WHO = {"a": "maud", "b": "maud", "c": "edith", "d": "edith", "t": "clara"}
PERSON_OF = {("police", "persons", name): person for name, person in WHO.items()}
ANSWER = Answer(
    "drawn", "0" * 64,
    Truth(PERSON_OF, dict.fromkeys(PERSON_OF, "full"), [("maud", "clara", "twins")]),
    {"maud": Person("h", "F", "W1", "british", True, True), "edith": Person("", "F", "A1", "", True, True), "clara": Person("h")},
)  # fmt: skip


@pytest.fixture
def served(town):
    town.made(TOWN)
    return town


@pytest.fixture
def operator(viewing):
    return viewing(role="operator", agency="", purpose="linkage_review")


def test_errors_are_found_by_kind_and_what_was_never_compared(served, operator) -> None:
    found = queries.figures(viewing=operator, build=served.build, answer=ANSWER)
    missed = {one.kind: (one.wrong, one.pairs) for one in found.missed}
    assert missed["moved"] == (1, 2)
    assert missed["forename"] == (1, 1)
    assert missed["birth"] == (1, 1)
    assert "nickname" not in missed
    assert found.wrong == ()
    assert (found.lost.true_pairs, found.lost.lost) == (2, 1)
    assert found.lost.per_record > 0
    assert (found.children.exploited, found.children.whole, found.children.mixed) == (2, 1, 0)
    assert found.certainty.pairs + found.certainty.untold > 0


def test_a_wrong_join_is_named_by_who_the_two_are(served, viewing, operator) -> None:
    left, right = "zz:police:persons:a", "zz:police:persons:t"
    for who in ("ellery", "adeyinka"):
        look = replace(viewing(), viewer=replace(viewing().viewer, user_id=who))
        actions.judge(
            viewing=look, build=served.build, left=left, right=right, says="same", reason="mistaken"
        )
    found = queries.figures(viewing=operator, build=served.build, answer=ANSWER)
    assert {one.kind: (one.wrong, one.pairs) for one in found.wrong} == {"household": (2, 2), "twins": (2, 2)}
    assert (found.children.mixed, found.children.unmarked) == (1, 1)
    known = queries.how_right(viewing=viewing(), build=served.build)
    assert known.measured is None
    assert [(one.kind, one.same, one.different) for one in known.judged] == [("twin", 1, 0)]
    assert known.agreement.agreed == 1


def test_a_wrong_join_is_unmarked_only_when_somebody_judged_it(town, viewing, operator) -> None:
    """The software joins two people, and pages mark it; somebody judges the same to be right, and pages say no more of it."""
    who = {"a": "maud", "b": "maud's sister", "c": "edith", "d": "edith"}
    person_of = {("police", "persons", name): person for name, person in who.items()}
    people = dict.fromkeys(who.values(), Person(is_child=True))
    answer = Answer("drawn", "0" * 64, Truth(person_of, dict.fromkeys(person_of, "full"), []), people)
    town.made(MAUD_AND_EDITH)
    found = queries.figures(viewing=operator, build=town.build, answer=answer).children
    assert (found.pages, found.mixed, found.unmarked) == (2, 1, 0)
    done = actions.judge(
        viewing=viewing(), build=town.build, left="zz:police:persons:a", right="zz:police:persons:b", says="same", reason="mistaken"
    )  # fmt: skip
    found = queries.figures(viewing=operator, build=town.build, answer=answer).children
    assert (found.mixed, found.unmarked) == (1, 1)
    actions.withdraw_judgement(viewing=viewing(), build=town.build, seq=done.seq, why="she has a sister")
    assert queries.figures(viewing=operator, build=town.build, answer=answer).children.unmarked == 0


def test_what_was_measured_is_kept_as_it_was_and_says_of_which_build(served, viewing, operator) -> None:
    found = queries.figures(viewing=operator, build=served.build, answer=ANSWER)
    with pytest.raises(MayNotDo):
        actions.keep_figures(viewing=viewing(), build=served.build, found=found, answer=ANSWER)
    assert queries.how_right(viewing=viewing(), build=served.build).measured is None
    actions.keep_figures(viewing=operator, build=served.build, found=found, answer=ANSWER)
    known = queries.how_right(viewing=viewing(), build=served.build)
    assert known.measured.figures == found
    assert (known.measured.answer, known.measured.by) == ("drawn", operator.viewer.user_id)
    assert (known.is_of_this_build, known.judged_since) == (True, 0)
    left, right = sorted(served.ids())[:2]
    done = actions.judge(
        viewing=viewing(), build=served.build, left=left, right=right, says="unsure", reason="no"
    )
    assert queries.how_right(viewing=viewing(), build=served.build).judged_since == 1
    actions.withdraw_judgement(viewing=viewing(), build=served.build, seq=done.seq, why="a slip")
    assert queries.how_right(viewing=viewing(), build=served.build).judged_since == 2
    served.made(TOWN)
    assert not queries.how_right(viewing=viewing(), build=served.build).is_of_this_build
    for change in (lambda rows: rows.update(answer="better"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Measurement.objects.all())


def test_only_those_who_may_evaluate_measure(served, viewing) -> None:
    with pytest.raises(MayNotDo):
        queries.figures(viewing=viewing(), build=served.build, answer=ANSWER)
