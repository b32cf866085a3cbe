from __future__ import annotations

import pytest

from engage.governance.models import AuditEvent
from engage.identities import queries
from engage.identities.assignments import RecordUnknown
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
    assert str(fields["birth"].strength) in {"strongly for", "very strongly for"}
    assert str(fields["nhs_number"].level) == "not known for both"
    if join.left.is_visible and join.right.is_visible:
        assert fields["birth"].left_value == "17 May 2010"
    assert abs(sum(field.weight for field in join.fields) - join.weight) > 0
    assert AuditEvent.objects.filter(action="identities.explain").exists()


def test_values_are_shown_only_to_those_who_may_see_both_records(town, viewing) -> None:
    town.made(ROWS)
    stranger = viewing(role="no_such_role", agency="nowhere")
    join = queries.explain_join(viewing=stranger, build=town.build, left=A, right=B)
    assert not join.left.is_visible
    assert all(field.left_value is None and field.right_value is None for field in join.fields)
    assert AuditEvent.objects.filter(action="identities.explain").latest("id").decision == "nothing"


def test_why_two_look_alikes_are_not_joined(town, viewing) -> None:
    town.made(ROWS)
    join = queries.explain_join(viewing=viewing(), build=town.build, left=A, right=C)
    assert not join.are_joined
    assert "twins" in str(join.refusal)
    assert join.handling == "C"


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
