"""Can an audit row be changed, deleted, or left out by any road?"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from engage.governance import actions, audit, queries
from engage.governance.models import AuditEvent, SafeguardingReason, User
from engage.governance.table import codes


pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def look(viewing, **more):
    actions.record_view(
        viewing=viewing,
        **{"action": "person.view", "subject": "P1", "fields": ["name"], "decision": "allow", **more},
    )


@pytest.mark.parametrize(
    "statement", ["update governance_auditevent set why = 'x'", "delete from governance_auditevent"]
)
def test_the_database_itself_refuses_to_change_a_row(viewing, statement):
    look(viewing())
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.get().why == ""


def test_the_orm_is_refused_too(viewing):
    look(viewing())
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.all().delete()
    row = AuditEvent.objects.get()
    row.actor = "somebody else"
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()


def test_who_why_what_and_when_are_on_the_row(viewing):
    look(viewing(role="nurse", agency="health", purpose="missing_response"), why="on the morning list")
    row = AuditEvent.objects.get()
    assert (row.actor, row.agency, row.role, row.purpose) == (
        "nurse.health",
        "health",
        "nurse",
        "missing_response",
    )
    assert (row.action, row.subject, row.fields, row.why, row.request_id) == (
        "person.view",
        "P1",
        ["name"],
        "on the morning list",
        "test",
    )


def test_a_decision_and_its_row_stand_or_fall_together(viewing, monkeypatch):
    def broken(**_: object) -> None:
        raise DatabaseError("the audit table is gone")

    monkeypatch.setattr(actions, "record_decision", broken)
    with pytest.raises(DatabaseError):
        actions.give_reason(viewing=viewing(), person_id="P1", reason="missing twice this week")
    assert not SafeguardingReason.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_decision_outside_a_transaction_is_a_bug(viewing):
    with pytest.raises(actions.NotInTransaction):
        actions.record_decision(viewing=viewing(), action="x", subject="P1", fields=[], decision="y")


def test_only_information_governance_sees_what_others_did(viewing):
    look(viewing())
    officer = viewing(role="information_governance", purpose="audit")
    assert [row.action for row in queries.audit_events(viewing=officer, subject="P1")] == [
        "audit.read",
        "person.view",
    ]
    with pytest.raises(queries.MayNotSee):
        queries.audit_events(viewing=viewing(role="team_manager", purpose="audit"))
    with pytest.raises(queries.MayNotSee):
        queries.audit_events(viewing=viewing(role="information_governance"))


PURPOSES = [
    "safeguarding_child",
    "missing_response",
    "disruption",
    "linkage_review",
    "data_quality",
    "audit",
    "",
]


@pytest.mark.parametrize("role", sorted(codes("roles")))
def test_no_other_role_reads_the_log_for_any_purpose(viewing, role):
    look(viewing(user_id="ana"))
    for purpose in PURPOSES:
        if (role, purpose) != ("information_governance", "audit"):
            with pytest.raises(queries.MayNotSee):
                queries.audit_events(viewing=viewing(role=role, purpose=purpose))


def test_everybody_sees_what_they_did_themselves(viewing):
    look(viewing(user_id="ana"))
    look(viewing(user_id="bea"), subject="P2")
    for expected in (["P1"], ["ana", "P1"]):
        assert [row.subject for row in queries.own_access_log(viewing=viewing(user_id="ana"))] == expected


def test_reading_ones_own_log_is_in_the_log_and_shows_nothing_when_it_cannot_be(viewing, monkeypatch):
    queries.own_access_log(viewing=viewing(user_id="ana"))
    assert AuditEvent.objects.get().action == "audit.own"

    def full(**_):
        raise DatabaseError("disk full")

    monkeypatch.setattr(audit, "_append", full)
    with pytest.raises(actions.AuditNotWritten):
        queries.own_access_log(viewing=viewing(user_id="ana"))


def test_whom_a_search_found_was_looked_at(viewing):
    people = [f"P{number:08}" for number in range(50)]
    look(viewing(user_id="ana"), action="people.search", subject=",".join(people))
    look(
        viewing(user_id="bea"), action="identities.explain", subject="zz:police:persons:7 zz:police:persons:8"
    )
    officer = viewing(role="information_governance", purpose="audit")
    for subject in (people[0], people[25], people[49], "zz:police:persons:7", "zz:police:persons:8"):
        assert len(queries.audit_events(viewing=officer, subject=subject)) == 2
    assert len(queries.audit_events(viewing=officer, subject="P0000000")) == 1


def test_a_subject_that_is_too_long_to_keep_stops_no_page(viewing):
    look(viewing(), subject="P" * 5000)
    assert AuditEvent.objects.get().subject == "P" * 1000


def test_a_reason_can_only_be_ended_and_only_once(viewing):
    actions.give_reason(viewing=viewing(user_id="ana"), person_id="P1", reason="missing twice this week")
    table = "governance_safeguardingreason"
    for statement in (
        f"update {table} set reason = 'x'",
        f"update {table} set person_id = 'P2'",
        f"delete from {table}",
    ):
        with pytest.raises(DatabaseError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    actions.end_reason(viewing=viewing(user_id="ana"), person_id="P1")
    with pytest.raises(DatabaseError), transaction.atomic():
        SafeguardingReason.objects.update(ended_at=None)
    assert SafeguardingReason.objects.get().ended_by == "ana"


def test_an_invitation_is_used_once_and_before_it_expires(viewing):
    seen = viewing(role="team_manager", agency="charity")
    token = actions.invite(
        viewing=seen, username="cy", name="Cy Day", agency="charity", role="parent_liaison"
    )
    assert token not in str(list(actions.open_invitation(token=token, at=seen.at).__dict__.values()))
    with pytest.raises(actions.InvitationNotUsable):
        actions.accept_invitation(token=token, password="long enough to pass", at=seen.at + timedelta(days=8))
    actions.accept_invitation(token=token, password="long enough to pass", at=seen.at)
    user = User.objects.get(username="cy")
    assert (user.agency, user.role, user.get_full_name()) == ("charity", "parent_liaison", "Cy Day")
    with pytest.raises(actions.InvitationNotUsable):
        actions.accept_invitation(token=token, password="long enough to pass", at=seen.at)


def test_a_reason_opens_until_it_is_ended_and_stays_on_record(viewing):
    ana = viewing(user_id="ana")
    actions.give_reason(viewing=ana, person_id="P1", reason="missing twice this week")
    assert queries.reasons_for(["P1", "P2"]) == {"P1": frozenset({"worker:ana"})}
    actions.end_reason(viewing=ana, person_id="P1")
    assert queries.reasons_for(["P1"]) == {}
    assert SafeguardingReason.objects.get().ended_by == "ana"
