"""Does every id ever given out still lead to its person, through rebuild, merge, split and a kill?"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.identities import actions, queries
from engage.identities.assignments import PersonUnknown, RecordUnknown
from engage.identities.models import PersonAssignment
from tests.spec.identities.towns import drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]

APART = drawn("""
    id | forename | surname  | born       | sex    | address     | nhs_number
    a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 9990000018
    b  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 9990000018
    c  | Edith    | Oakhanger| 2009-02-03 | female | 9 Mill Lane |
""")
AS_ONE = [
    *APART[:2],
    {**APART[2], **{k: APART[0][k] for k in ("forename", "surname", "born", "address", "nhs_number")}},
]
A, B, C = (f"zz:police:persons:{name}" for name in "abc")


def test_delete_what_is_derived_and_build_again_and_every_id_is_the_same(town, forget_derived) -> None:
    town.made(APART)
    before = town.ids()
    forget_derived()
    again = town.made(APART)
    assert town.ids() == before
    assert (again.new_people, again.new_records, again.moved_records) == (0, 0, 0)
    assert before[A] == before[B] != before[C]


def test_a_new_delivery_only_adds(town) -> None:
    town.made(APART)
    before = town.ids()
    more = town.made(
        [
            *APART,
            {**APART[2], "id": "d"},
            {"id": "e", "forename": "Percival", "surname": "Grout", "born": "1971-08-09", "sex": "male"},
        ]
    )
    after = town.ids()
    assert {record: after[record] for record in before} == before
    assert after["zz:police:persons:d"] == before[C]
    assert (more.new_people, more.new_records, more.moved_records) == (1, 2, 0)


def test_merged_ids_lead_to_the_one_kept_and_a_split_leaves_it_with_the_larger_part(town, viewing) -> None:
    town.made(APART)
    apart = town.ids()
    town.made(AS_ONE)
    merged = queries.person(viewing=viewing(), build=town.build, person_id=apart[C])
    assert (merged.person_id, merged.asked_id) == (apart[A], apart[C])
    assert merged.record_ids == (A, B, C)
    town.made(APART)
    split = town.ids()
    assert split[A] == split[B] == apart[A]
    assert split[C] not in {apart[A], apart[C]}
    assert queries.person(viewing=viewing(), build=town.build, person_id=apart[C]).person_id == apart[A]
    causes = list(
        PersonAssignment.objects.filter(record_id=C).order_by("seq").values_list("cause", flat=True)
    )
    assert causes == ["build", "merge", "split"]
    history = queries.history_of_id(viewing=viewing(), build=town.build, person_id=apart[C])
    assert [(change.cause, change.other_id) for change in history] == [("build", ""), ("merged", apart[A])]


def test_a_kill_before_the_swap_changes_nothing_for_readers_and_wastes_no_id(town, viewing) -> None:
    town.made(APART)
    before = town.ids()
    town.made(AS_ONE, swap=False)
    assert queries.person(viewing=viewing(), build=town.build, person_id=before[C]).record_ids == (C,)
    assert queries.person_of_record(viewing=viewing(), build=town.build, record_id=C) == before[C]
    town.made(AS_ONE)
    assert queries.records_of(viewing=viewing(), build=town.build, person_id=before[C]) == (A, B, C)


def test_a_judgement_made_since_the_build_is_honoured_at_once_and_until_it_is_taken_back(
    town, viewing
) -> None:
    town.made(APART)
    ids = town.ids()
    done = actions.judge(
        viewing=viewing(), build=town.build, left=A, right=C, says="same", reason="same birth certificate"
    )
    person = queries.person(viewing=viewing(), build=town.build, person_id=ids[A])
    assert person.record_ids == (A, B, C)
    assert (person.is_judged, person.changed_since_build) == (True, True)
    operator = viewing(role="operator", agency="")
    assert ids[A] in {row[3] for row in queries.everyone(viewing=operator, build=town.build) if row[2] == "c"}
    with pytest.raises(MayNotDo):
        queries.everyone(viewing=viewing(), build=town.build)
    actions.withdraw_judgement(viewing=viewing(), build=town.build, seq=done.seq, why="mistaken")
    for person_id in (ids[A], ids[C]):
        person = queries.person(viewing=viewing(), build=town.build, person_id=person_id)
        assert (person.is_judged, person.changed_since_build) == (False, False)
    history = queries.history_of_id(viewing=viewing(), build=town.build, person_id=ids[C])
    assert [(change.cause, change.why) for change in history if change.record_id] == [
        ("build", "first joined by the build"),
        ("taken back", "mistaken"),
    ]


def test_what_was_given_is_kept_by_the_database_itself(town) -> None:
    town.made(APART)
    for change in (
        PersonAssignment.objects.filter(record_id=A).delete,
        lambda: PersonAssignment.objects.filter(record_id=A).update(person_id="PX"),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_ids_never_given_are_refused_and_giving_is_audited(town, viewing) -> None:
    given = town.made(APART)
    with pytest.raises(PersonUnknown):
        queries.person(viewing=viewing(), build=town.build, person_id="P22222222")
    with pytest.raises(RecordUnknown):
        queries.person_of_record(viewing=viewing(), build=town.build, record_id="zz:police:persons:nobody")
    assert AuditEvent.objects.get(action="identities.give_ids").actor == "tester"
    assert given.new_people == len(set(town.ids().values()))
    assert all(len(person) == 9 and not set(person[1:]) & set("01IO") for person in town.ids().values())
