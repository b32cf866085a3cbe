from __future__ import annotations

from datetime import date

import pytest

from engage.governance.models import AuditEvent
from engage.identities import actions, queries
from engage.identities.assignments import PersonUnknown, RecordUnknown
from tests.spec.identities.towns import drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROWS = drawn("""
    id | forename | surname  | born       | sex    | address     | agency             | cohort | handling
    a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | police             | case   | P
    b  | Maudie   | Tarrant  | 2010-05-17 | female | 40 Kiln Row | childrens_services | case   |
    c  | Hilda    | Tarrant  | 2010-05-17 | female | 3 Weir Lane | police             | case   | C
""")
A, B, C = "zz:police:persons:a", "zz:childrens_services:persons:b", "zz:police:persons:c"


def test_a_join_is_explained_field_by_field_in_words(town, viewing) -> None:
    town.made(ROWS)
    join = queries.explain_join(
        viewing=viewing(role="team_manager", agency="childrens_services"), build=town.build, left=A, right=B
    )
    fields = {field.field: field for field in join.fields}
    assert join.are_joined
    assert (join.left.record_id, join.right.record_id) == (B, A)
    assert str(fields["birth"].level) == "the same day"
    assert "age" not in fields
    assert fields["source"].left_value == "persons"
    assert str(fields["birth"].strength) in {"strongly for", "very strongly for"}
    assert str(fields["nhs_number"].level) == "one or both not known"
    if join.left.is_visible and join.right.is_visible:
        assert fields["birth"].left_value == "17 May 2010"
    assert abs(sum(field.weight for field in join.fields) - join.weight) > 0
    assert AuditEvent.objects.filter(action="identities.explain").exists()


@pytest.mark.parametrize(
    ("role", "agency"), [("no_such_role", "nowhere"), ("social_worker", "childrens_services")]
)
def test_a_record_that_may_not_be_seen_is_as_if_it_were_not_there(town, viewing, role, agency) -> None:
    town.made(ROWS)
    who = viewing(role=role, agency=agency)
    said = []
    for right in (C, "zz:police:persons:nobody"):
        with pytest.raises(RecordUnknown) as error:
            queries.explain_join(viewing=who, build=town.build, left=B, right=right)
        said.append((str(error.value.sentence).replace(right, ""), str(error.value.remedy)))
        assert AuditEvent.objects.filter(action="identities.explain").latest("id").decision == "nothing"
    if role == "social_worker":
        assert said[0] == said[1]
    with pytest.raises(RecordUnknown):
        queries.person_of_record(viewing=who, build=town.build, record_id=C)
    for door in (queries.person, queries.history_of_id, queries.explain_person):
        with pytest.raises(PersonUnknown):
            door(viewing=who, build=town.build, person_id=town.ids()[C])
        assert AuditEvent.objects.latest("id").decision == "nothing"


def test_why_two_look_alikes_are_not_joined(town, viewing) -> None:
    town.made(ROWS)
    own = viewing(role="detective", agency="police")
    join = queries.explain_join(viewing=own, build=town.build, left=A, right=C)
    assert not join.are_joined
    assert "twins" in str(join.refusal)
    assert join.handling == "C"


def test_only_those_records_of_a_person_are_told_that_the_viewer_may_see(town, viewing) -> None:
    guarded = drawn("""
        id | forename | surname | born       | sex    | nhs_number | agency             | handling
        a  | Maud     | Tarrant | 2010-05-17 | female | 9990000018 | police             |
        b  | Maud     | Tarrant | 2010-05-17 | female | 9990000018 | childrens_services |
        d  | Maud     | Tarrant | 2010-05-17 | female | 9990000018 | police             | C
    """)
    town.made(guarded)
    person_id, hidden = town.ids()[A], "zz:police:persons:d"
    assert town.ids()[hidden] == person_id
    for who, sees in (
        (viewing(role="social_worker", agency="childrens_services"), (B, A)),
        (viewing(role="detective", agency="police"), (B, A, hidden)),
    ):
        explained = queries.explain_person(viewing=who, build=town.build, person_id=person_id)
        in_joins = {side.record_id for join in explained.joins for side in (join.left, join.right)}
        assert explained.record_ids == tuple(sorted(sees))
        assert in_joins == set(sees)
        assert queries.records_of(viewing=who, build=town.build, person_id=person_id) == tuple(sorted(sees))
        history = queries.history_of_id(viewing=who, build=town.build, person_id=person_id)
        assert {change.record_id for change in history} == set(sees)


def test_who_may_not_see_every_part_that_was_compared_is_told_no_weight(town, viewing) -> None:
    town.made(ROWS)
    clerk = viewing(role="business_support", agency="childrens_services")
    join = queries.explain_join(viewing=clerk, build=town.build, left=A, right=B)
    assert join.are_joined
    assert (join.weight, join.fields, join.refusal) == (None, (), None)
    assert "not explained" in str(join.strength)


def test_a_record_received_later_was_not_there_on_an_earlier_day(town, viewing) -> None:
    town.made(ROWS)
    then = viewing(as_of=date(2025, 12, 31))
    with pytest.raises(RecordUnknown):
        queries.explain_join(viewing=then, build=town.build, left=A, right=B)


def test_a_person_is_explained_with_the_weakest_link(town, viewing) -> None:
    town.made(ROWS)
    person_id = town.ids()[A]
    explained = queries.explain_person(viewing=viewing(), build=town.build, person_id=person_id)
    assert explained.record_ids == (B, A)
    assert explained.weakest == explained.joins[-1]


def test_a_record_that_is_not_there_is_said_so(town, viewing) -> None:
    town.made(ROWS)
    with pytest.raises(RecordUnknown):
        queries.explain_join(viewing=viewing(), build=town.build, left=A, right="zz:police:persons:nobody")


def test_an_age_is_compared_in_place_of_a_day_that_one_does_not_know(town, viewing) -> None:
    town.made(
        drawn("""
        id | forename | surname | born                   | sex    | address     | agency
        a  | Maud     | Tarrant | 2010-05-17             | female | 3 Weir Lane | police
        b  | Maud     | Tarrant | 2010-01-01..2011-01-01 | female | 3 Weir Lane | childrens_services
    """)
    )
    who = viewing(role="team_manager", agency="childrens_services")
    join = queries.explain_join(viewing=who, build=town.build, left=A, right=B)
    fields = {field.field: field for field in join.fields}
    assert "birth" not in fields
    assert str(fields["age"].level) == "fit, within a year"
    assert fields["age"].right_value == "17 May 2010"


def alike(town, viewing, record, **who) -> list[tuple[str, str]]:
    """Which records look like those of this record's person, and why they are not joined."""
    found = queries.explain_person(viewing=viewing(**who), build=town.build, person_id=town.today()[record])
    return [(one.right.record_id, str(one.why)) for one in found.alike]


def test_who_looks_alike_and_was_not_joined_is_listed_with_what_forbade_it(town, viewing) -> None:
    town.made(ROWS)
    ((other, why),) = alike(town, viewing, A, role="detective", agency="police")
    assert other == C
    assert "twins" in why
    ((other, why),) = alike(town, viewing, C, role="detective", agency="police")
    assert other == A
    assert AuditEvent.objects.filter(action="identities.explain").latest("id").subject == ",".join(
        (town.today()[C], town.today()[A])
    )


def test_who_may_not_see_the_other_is_told_of_nobody(town, viewing) -> None:
    town.made(ROWS)
    assert alike(town, viewing, A, role="team_manager", agency="childrens_services") == []


def test_two_whom_people_judged_to_be_two_say_so(town, viewing) -> None:
    town.made(
        drawn("""
        id | forename | surname  | born       | sex    | address     | nhs_number | agency
        a  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 9990000018 | police
        b  | Maud     | Tarrant  | 2010-05-17 | female | 3 Weir Lane | 9990000018 | childrens_services
    """)
    )
    who = {"role": "detective", "agency": "police"}
    assert alike(town, viewing, A, **who) == []
    actions.judge(
        viewing=viewing(**who), build=town.build, left=A, right=B, says="different", reason="cousins"
    )
    assert alike(town, viewing, A, **who) == [(B, "People judged that they are two people.")]


HALF = drawn("""
    id | forename | surname   | born       | sex    | address     | phone       | agency
    a  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | 07000999001 | police
    b  | Maud     |           |            | female | 3 Weir Lane |             | childrens_services
    c  | Maudie   |           |            | female |             | 07000999001 | childrens_services
    d  | Zebedee  | Oakhanger | 1971-02-03 | male   | 9 Mill Lane |             | police
""")
D, HALF_C = "zz:police:persons:d", "zz:childrens_services:persons:c"


def judged(town, viewing, left, right, reason, **who) -> None:
    actions.judge(
        viewing=viewing(**who), build=town.build, left=left, right=right, says="same", reason=reason
    )


def test_what_people_joined_is_explained_by_their_word_and_nothing_else_holds_it(town, viewing) -> None:
    town.made(HALF)
    who = {"role": "detective", "agency": "police"}
    judged(town, viewing, A, B, "spoke to the school", **who)
    judged(town, viewing, A, HALF_C, "spoke to her aunt", **who)
    found = queries.explain_person(viewing=viewing(**who), build=town.build, person_id=town.today()[A])
    said = {
        (join.left.record_id, join.right.record_id): [word.reason for word in join.judged]
        for join in found.joins
        if join.judged
    }
    assert said == {(B, A): ["spoke to the school"], (HALF_C, A): ["spoke to her aunt"]}
    assert found.weakest is not None
    assert found.weakest.judged
    (word,) = found.joins[0].judged
    assert (word.by, word.agency) == ("detective.police", "police")
    # Two half names that came near and that nobody judged hold nothing: the software may not join them.
    assert not any(join.by_software for join in found.joins)


def test_two_that_people_joined_and_that_were_never_compared_are_told_too(town, viewing) -> None:
    town.made(HALF)
    who = {"role": "detective", "agency": "police"}
    judged(town, viewing, A, D, "one man's alias", **who)
    found = queries.explain_person(viewing=viewing(**who), build=town.build, person_id=town.today()[A])
    (join,) = found.joins
    assert (join.left.record_id, join.right.record_id) == (A, D)
    assert not join.compared
    assert [word.reason for word in join.judged] == ["one man's alias"]
    assert found.weakest == join


def test_what_the_software_joined_is_the_weakest_beside_a_word(town, viewing) -> None:
    town.made([*ROWS, *drawn("""
    id | forename | surname   | born       | sex    | agency
    d  | Zebedee  | Oakhanger | 1971-02-03 | male   | police
    """)])  # fmt: skip
    who = {"role": "detective", "agency": "police"}
    judged(town, viewing, A, D, "alias", **who)
    found = queries.explain_person(viewing=viewing(**who), build=town.build, person_id=town.today()[A])
    assert found.weakest is not None
    assert (found.weakest.left.record_id, found.weakest.right.record_id) == (B, A)
    assert found.weakest.by_software


def test_a_reason_is_told_only_to_who_may_see_both_records_whole(town, viewing) -> None:
    town.made(ROWS)
    judged(town, viewing, A, B, "seen at home", role="detective", agency="police")
    clerk = viewing(role="business_support", agency="childrens_services")
    join = queries.explain_join(viewing=clerk, build=town.build, left=A, right=B)
    assert join.judged == ()
    own = viewing(role="detective", agency="police")
    join = queries.explain_join(viewing=own, build=town.build, left=A, right=B)
    assert [word.reason for word in join.judged] == ["seen at home"]
