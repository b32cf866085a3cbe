"""Is what a person judges followed at once and by every build after, and is taking it back as if it had never been?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from engage.governance.actions import record_view
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.identities import actions, queries
from engage.identities.assignments import RecordUnknown
from engage.identities.judging import evidence
from engage.identities.judging.reforming import groups
from engage.identities.judging.rules import JudgementRefused
from engage.identities.judging.standing import judged_records
from engage.identities.models import Judgement, JudgementWithdrawal, PersonAssignment
from tests.spec.identities.towns import MAUD_AND_EDITH, drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]

TOWN = [
    *MAUD_AND_EDITH,
    *drawn("""
    id | forename | surname   | born       | sex    | address     | nhs_number
    p  | Maud     |           | 2009-09-01..2010-09-01 | female | 3 Weir Lane |
    t  | Clara    | Tarrant   | 2010-05-17 | female | 3 Weir Lane |
"""),
]
A, B, C, D, P, T = (f"zz:police:persons:{name}" for name in "abcdpt")


@pytest.fixture
def served(town):
    town.made(TOWN)
    return town


def _say(viewing, town, one: str, other: str, says: str, who: str = "ellery", **how):
    look = replace(viewing(), viewer=replace(viewing().viewer, user_id=who))
    return actions.judge(
        viewing=look, build=town.build, left=one, right=other, says=says, reason="same school", **how
    )


def test_two_people_judged_to_be_one_are_one_at_once_and_in_the_next_build(served, viewing) -> None:
    before = served.ids()
    done = _say(viewing, served, A, C, "same")
    assert (done.effect, done.moved) == ("same", 2)
    person = queries.person(viewing=viewing(), build=served.build, person_id=before[C])
    assert person.record_ids == (A, B, C, D)
    assert person.person_id == before[A] == done.persons[0] or person.person_id in done.persons
    today = served.today()
    given = served.made(TOWN)
    assert served.ids() == today
    assert (given.new_people, given.moved_records) == (0, 0)


def test_taken_back_it_is_as_if_it_had_never_been_before_and_after_a_build(served, viewing) -> None:
    before = served.ids()
    for rebuild in (False, True):
        done = _say(viewing, served, A, C, "same")
        if rebuild:
            served.made(TOWN)
        back = actions.withdraw_judgement(
            viewing=_as(viewing, "ellery"), build=served.build, seq=done.seq, why="mistaken"
        )
        assert back.moved == 2
        assert served.today() == before
        served.made(TOWN)
        assert served.ids() == before


def _as(viewing, who: str, **how):
    look = viewing(**how)
    return replace(look, viewer=replace(look.viewer, user_id=who))


def test_one_person_judged_to_be_two_is_two_and_the_larger_part_keeps_the_id(served, viewing) -> None:
    before = served.ids()
    _say(viewing, served, A, C, "same")
    done = _say(viewing, served, A, B, "different")
    today = served.today()
    assert done.effect == "different"
    assert today[A] != today[B]
    assert today[A] == today[C] == today[D]
    served.made(TOWN)
    assert served.ids() == today
    assert before[A] in set(today.values())


def test_a_partial_record_joins_whom_a_person_says(served, viewing) -> None:
    assert served.ids()[P] not in {served.ids()[A], served.ids()[C]}
    _say(viewing, served, A, P, "same")
    assert served.today()[P] == served.today()[A]
    assert judged_records([A, B, P]) == {A, P}
    served.made(TOWN)
    assert served.ids()[P] == served.ids()[A]


def test_twins_take_two_judges_who_do_not_see_each_others_word(served, viewing) -> None:
    first = _say(viewing, served, A, T, "same")
    assert (first.effect, first.moved) == ("waiting", 0)
    blind = queries.pair_to_judge(viewing=_as(viewing, "adeyinka"), build=served.build, left=A, right=T)
    assert (blind.kind, blind.needs, blind.is_blind, blind.said, blind.effect) == (
        "twin",
        2,
        True,
        (),
        "none",
    )
    assert [
        one.seq for one in queries.judgements(viewing=_as(viewing, "adeyinka"), build=served.build)[0]
    ] == []
    own = queries.pair_to_judge(viewing=_as(viewing, "ellery"), build=served.build, left=A, right=T)
    assert [one.says for one in own.said] == ["same"]
    second = _say(viewing, served, A, T, "same", who="adeyinka")
    assert (second.effect, second.moved) == ("same", 1)
    assert served.today()[T] == served.today()[A]
    found = queries.agreement(viewing=viewing())
    assert (found.pairs_judged_twice, found.agreed, found.kappa) == (1, 1, None)


def test_who_cannot_tell_is_not_told_what_the_other_said(served, viewing) -> None:
    _say(viewing, served, A, T, "same")
    _say(viewing, served, A, T, "unsure", who="adeyinka")
    look = _as(viewing, "adeyinka")
    still = queries.pair_to_judge(viewing=look, build=served.build, left=A, right=T)
    assert ([one.says for one in still.said], still.is_blind) == (["unsure"], True)
    assert [one.says for one in queries.judgements(viewing=look, build=served.build)[0]] == ["unsure"]
    assert _say(viewing, served, A, T, "same", who="adeyinka").effect == "same"


def test_a_third_judge_is_blind_to_what_two_said_and_to_what_was_taken_back(served, viewing) -> None:
    first = _say(viewing, served, A, T, "same")
    _say(viewing, served, A, T, "different", who="adeyinka")
    actions.withdraw_judgement(viewing=_as(viewing, "ellery"), build=served.build, seq=first.seq, why="?")
    _say(viewing, served, A, T, "same")
    look = _as(viewing, "third")
    blind = queries.pair_to_judge(viewing=look, build=served.build, left=A, right=T)
    assert (blind.said, blind.is_blind, blind.effect) == ((), True, "none")
    assert queries.judgements(viewing=look, build=served.build)[0] == []
    _say(viewing, served, A, T, "different", who="third")
    assert queries.pair_to_judge(viewing=look, build=served.build, left=A, right=T).said


def test_two_halves_that_were_each_judged_within_themselves_are_not_judged_to_be_one(served) -> None:
    for left, right in ((A, P), (B, T)):
        Judgement.objects.create(
            left_record_id=left, right_record_id=right, says="same", reason="seen", kind="apart", needs=1,
            judged_by="ellery", agency="", judged_at=datetime(2026, 4, 7, 8, tzinfo=UTC),
        )  # fmt: skip
    assert judged_records([A, B, P, T]) == {A, P}
    assert judged_records([A, B, P]) == {A, P}
    assert judged_records([A, T]) == set()


def test_judges_who_disagree_are_not_followed_until_they_agree(served, viewing) -> None:
    before = served.ids()
    _say(viewing, served, A, C, "same")
    other = _say(viewing, served, A, C, "different", who="adeyinka")
    assert other.effect == "disputed"
    assert served.today() == before
    assert "disputed" in {
        one.kind for one in queries.queue(viewing=_as(viewing, "third"), build=served.build).waiting
    }
    _say(viewing, served, A, C, "different")
    assert served.today() == before
    assert queries.pair_to_judge(viewing=viewing(), build=served.build, left=A, right=C).effect == "different"


def test_what_contradicts_other_judgements_is_refused_and_nothing_is_written(served, viewing) -> None:
    _say(viewing, served, A, C, "different")
    today = served.today()
    with pytest.raises(JudgementRefused, match="contradicts"):
        _say(viewing, served, B, D, "same")
    assert served.today() == today
    assert Judgement.objects.count() == 1


def test_a_judgement_needs_a_role_a_reason_a_word_and_records_that_may_be_seen(served, viewing) -> None:
    def said(look, *, left=A, says="same", reason="seen both"):
        return actions.judge(viewing=look, build=served.build, left=left, right=C, says=says, reason=reason)

    with pytest.raises(MayNotDo):
        said(viewing(role="business_support"))
    with pytest.raises(JudgementRefused, match="reason"):
        said(viewing(), reason=" ")
    with pytest.raises(JudgementRefused, match="no judgement"):
        said(viewing(), says="perhaps")
    with pytest.raises(RecordUnknown):
        said(viewing(), left="zz:police:persons:nobody")
    with pytest.raises(RecordUnknown):
        said(replace(viewing(), as_of=date(2025, 12, 31)))
    assert not Judgement.objects.exists()


def test_only_its_maker_or_a_manager_takes_a_judgement_back_once(served, viewing) -> None:
    done = _say(viewing, served, A, C, "same")

    def back(look, why="mistaken"):
        return actions.withdraw_judgement(viewing=look, build=served.build, seq=done.seq, why=why)

    with pytest.raises(JudgementRefused, match="Only whoever"):
        back(_as(viewing, "adeyinka"))
    with pytest.raises(JudgementRefused, match="needs a reason"):
        back(_as(viewing, "ellery"), why="")
    back(_as(viewing, "boss", role="team_manager"))
    with pytest.raises(JudgementRefused, match="already"):
        back(_as(viewing, "ellery"))


def test_taking_it_back_lists_each_view_and_export_that_relied_on_it(served, viewing) -> None:
    before = served.ids()
    done = _say(viewing, served, A, C, "same")
    later = viewing().at + timedelta(minutes=5)
    looked = replace(_as(viewing, "adeyinka"), at=later)
    for action in ("person.view", "chronology.export"):
        record_view(
            viewing=looked, action=action, subject=served.today()[C], fields=["name"], decision="allow"
        )
    record_view(viewing=looked, action="person.view", subject="PELSEWHERE", fields=["name"], decision="allow")
    took = replace(_as(viewing, "ellery"), at=later + timedelta(minutes=1))
    back = actions.withdraw_judgement(viewing=took, build=served.build, seq=done.seq, why="mistaken")
    assert [(one.action, one.by) for one in back.relied_on] == [
        ("chronology.export", "adeyinka"),
        ("person.view", "adeyinka"),
    ]
    assert queries.relied_on(viewing=took, build=served.build, seq=done.seq) == back.relied_on
    assert set(back.persons) == {before[A], before[C]}


def test_what_is_judged_while_a_build_is_made_holds_when_it_is_served(served, viewing) -> None:
    served.made(TOWN, meanwhile=lambda: _say(viewing, served, A, C, "same"))
    assert served.today()[A] == served.today()[C]
    served.made(TOWN)
    assert served.ids()[A] == served.ids()[C]


def test_what_is_formed_for_a_few_is_what_a_build_forms_for_all(served) -> None:
    ids = served.ids()
    for record in ids:
        of = groups(evidence.around(served.build, [record]), [], join_at=3.0).of
        together = {other for other in ids if ids[other] == ids[record]}
        assert {other for other in of if of[other] == of[record]} == together


def test_every_judgement_is_audited_and_kept_by_the_database_itself(served, viewing) -> None:
    done = _say(viewing, served, A, C, "same")
    actions.withdraw_judgement(
        viewing=_as(viewing, "ellery"), build=served.build, seq=done.seq, why="mistaken"
    )
    for action in ("identities.judge", "identities.withdraw_judgement"):
        assert AuditEvent.objects.get(action=action).actor == "ellery"
    for model in (Judgement, JudgementWithdrawal):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            model.objects.all().delete()
    assert PersonAssignment.objects.filter(judgement=done.seq).count() == 4


def test_the_queue_asks_in_the_order_of_a_named_fact_and_only_what_the_viewer_may_see(
    served, viewing
) -> None:
    found = queries.queue(viewing=viewing(), build=served.build, order="would_join")
    assert found.order == "would_join"
    assert [one.would_join for one in found.waiting] == sorted(
        (one.would_join for one in found.waiting), reverse=True
    )
    asked = next(one for one in found.waiting if one.asks_record_id == P)
    assert {A, B} & {record for pair in asked.pairs for record in (pair.left_record_id, pair.right_record_id)}
    assert len(asked.pairs) <= 5
    with pytest.raises(MayNotDo):
        queries.queue(viewing=viewing(role="information_governance"), build=served.build)
    for pair in asked.pairs:
        _say(viewing, served, pair.left_record_id, pair.right_record_id, "different")
    left = queries.queue(viewing=_as(viewing, "third"), build=served.build)
    assert P not in {one.asks_record_id for one in left.waiting}
    assert left.judged == len(asked.pairs)


def test_answering_the_queue_from_a_known_answer_measures_and_leaves_nothing(served, viewing) -> None:
    before = served.today()
    truth = {("police", "persons", name): name for name in "abcdt"} | {("police", "persons", "p"): "a"}
    operator = viewing(role="operator", agency="")
    found = queries.if_answered(viewing=operator, build=served.build, person_of=truth, most=5)
    assert found.same == 1
    assert found.group_of["police", "persons", "p"] == found.group_of["police", "persons", "a"]
    p, asked = ("police", "persons", "p"), found.judged
    assert p in asked
    assert asked < {key for key in truth if found.group_of[key] == found.group_of[p]}
    assert served.today() == before
    assert not Judgement.objects.exists()
