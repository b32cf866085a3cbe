"""Is nothing told of records that a judge may not see: by a refusal, a count, a reason or what became of an id?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.governance.models import AuditEvent
from engage.identities import actions, queries
from engage.identities.judging.rules import JudgementRefused
from engage.identities.models import PersonAssignment
from tests.spec.identities.towns import drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]

# Of Maud and of Edith the police hold a record that only they may know of.
TOWN = drawn("""
    id | forename | surname   | born       | sex    | address     | agency             | handling
    a  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | childrens_services |
    b  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | police             | C
    c  | Edith    | Oakhanger | 2009-02-03 | female | 9 Mill Lane | childrens_services |
    d  | Edith    | Oakhanger | 2009-02-03 | female | 9 Mill Lane | police             | C
""")
A, C = (f"zz:childrens_services:persons:{name}" for name in "ac")
B, D = (f"zz:police:persons:{name}" for name in "bd")


@pytest.fixture
def served(town):
    town.made(TOWN)
    ids = town.ids()
    assert ids[A] == ids[B] != ids[C] == ids[D]
    return town


@pytest.fixture
def worker(viewing):
    return viewing()


@pytest.fixture
def detective(viewing):
    return viewing(role="detective", agency="police")


def _say(who, town, one: str, other: str, says: str, reason: str = "same school"):
    return actions.judge(viewing=who, build=town.build, left=one, right=other, says=says, reason=reason)


def test_only_records_that_may_be_seen_are_counted_and_all_are_audited(served, worker) -> None:
    before = served.ids()
    done = _say(worker, served, A, C, "same")
    moved = PersonAssignment.objects.filter(judgement=done.seq)
    assert (done.moved, moved.count()) == (1, 2)
    assert set(done.persons) == {before[A], before[C]}
    assert before[C] in AuditEvent.objects.get(action="identities.judge").subject
    back = actions.withdraw_judgement(viewing=worker, build=served.build, seq=done.seq, why="mistaken")
    assert (back.moved, back.relied_on.moved) == (1, 1)


def test_a_refusal_names_no_record_that_may_not_be_seen(served, worker, detective) -> None:
    _say(detective, served, B, D, "same")
    with pytest.raises(JudgementRefused, match="contradicts") as refused:
        _say(worker, served, A, C, "different")
    told = f"{refused.value.sentence} {refused.value.remedy}"
    assert "olice" not in told
    with pytest.raises(JudgementRefused) as refused:
        _say(detective, served, A, C, "different")
    assert "Police, persons b" in str(refused.value.sentence) or "police, persons b" in str(
        refused.value.sentence
    )


def test_a_reason_is_told_to_who_may_see_both_records(served, worker, detective) -> None:
    before = served.ids()
    _say(detective, served, B, D, "same", reason="an informant says so")

    def why(who):
        history = queries.history_of_id(viewing=who, build=served.build, person_id=served.today()[A])
        return {change.record_id: change.why for change in history if change.cause == "judgement"}

    assert before[A] == served.today()[C]
    assert why(worker) == {C: ""}
    assert why(detective)[D] == "an informant says so"


def test_that_a_hidden_record_was_parted_or_came_is_not_told(served, worker, detective) -> None:
    _say(detective, served, C, D, "different")
    person, parted = served.today()[C], served.today()[D]

    def told(who):
        history = queries.history_of_id(viewing=who, build=served.build, person_id=person)
        return {change.other_id for change in history if change.other_id}

    assert told(worker) == set()
    assert told(detective) == {parted}
    for who, is_told in ((worker, False), (detective, True)):
        found = queries.person(viewing=who, build=served.build, person_id=person)
        assert found.changed_since_build is is_told


REGISTER = drawn("""
    id | forename | surname | born       | sex    | address     | agency             | cohort
    a  | Maud     | Tarrant | 2010-05-17 | female | 3 Weir Lane | childrens_services |
    r  | Maud     | Tarrant | 2010-05-17 | female | 3 Weir Lane | education          | register
""")
R = "zz:education:persons:r"


@pytest.mark.parametrize("role", ["social_worker", "team_manager"])
def test_who_parted_a_registers_record_from_a_case_takes_it_back_though_it_is_shut_again(
    town, viewing, worker, role
) -> None:
    town.made([{**row, "cohort": row["cohort"] or "case"} for row in REGISTER])
    before = town.today()
    assert before[A] == before[R]
    done = _say(worker, town, A, R, "different")
    assert done.moved == 1
    with pytest.raises(JudgementRefused):
        actions.withdraw_judgement(
            viewing=viewing(role="detective", agency="police"), build=town.build, seq=done.seq, why="mistaken"
        )
    manager = replace(worker, viewer=replace(worker.viewer, role=role, user_id="kit"))
    look = worker if role == "social_worker" else manager
    told = queries.judgement(viewing=look, build=town.build, seq=done.seq)
    assert told is not None
    assert told.may_take_back
    assert queries.relied_on(viewing=look, build=town.build, seq=done.seq).moved == 1
    actions.withdraw_judgement(viewing=look, build=town.build, seq=done.seq, why="mistaken")
    assert town.today() == before
