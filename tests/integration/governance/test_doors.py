"""Do the doors of governance refuse whom they should, and show nothing when the log cannot be written?"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from engage.governance import actions, audit, queries
from engage.governance.models import AuditEvent, User
from engage.vocabulary.access import Decision, Fact, Outcome, Subject
from engage.vocabulary.words import Sentence


pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
LOOK = {"action": "person.view", "subject": "P1", "fields": ["name"], "decision": "allow"}


@pytest.mark.django_db(transaction=True)
def test_a_row_that_was_committed_stays_as_it_was(viewing):
    actions.record_view(viewing=viewing(), **LOOK)
    for statement in (
        "update governance_auditevent set actor = 'x'",
        "delete from governance_auditevent",
        "truncate governance_auditevent"
        if connection.vendor == "postgresql"
        else "insert or replace into governance_auditevent select * from governance_auditevent",
    ):
        with pytest.raises(DatabaseError, match="never"), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AuditEvent.objects.get().actor == viewing().viewer.user_id


def test_nothing_is_shown_when_the_log_cannot_be_written(viewing, monkeypatch):
    def full(**_):
        raise DatabaseError("disk full")

    monkeypatch.setattr(audit, "_append", full)
    officer = viewing(role="information_governance", purpose="audit")
    with pytest.raises(actions.AuditNotWritten):
        queries.audit_events(viewing=officer)
    with pytest.raises(actions.AuditNotWritten):
        actions.give_reason(viewing=viewing(), person_id="P1", reason="missing twice")
    monkeypatch.undo()
    assert queries.reasons_for(["P1"]) == {}


def test_a_decision_is_written_with_its_rule(viewing):
    decision = Decision(Outcome.SIGNPOST, Sentence("Phone them."), "partners-open")
    actions.record_view(viewing=viewing(), **{**LOOK, "decision": decision})
    row = AuditEvent.objects.get()
    assert (row.decision, row.why) == ("signpost", "partners-open")


@pytest.mark.parametrize("role", ["social_worker", "analyst", "business_support", "cleaner"])
def test_who_may_not_invite_makes_no_invitation(viewing, role):
    with pytest.raises(queries.MayNotDo):
        actions.invite(viewing=viewing(role=role), username="cy", name="Cy", agency="charity", role="analyst")
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("agency", "role"), [("health", "nurse"), ("charity", "information_governance"), ("", "detective")]
)
def test_a_team_manager_invites_practitioners_of_the_same_agency_and_no_others(viewing, agency, role):
    invited = {"username": "cy", "name": "Cy", "agency": agency, "role": role}
    with pytest.raises(queries.MayNotDo) as error:
        actions.invite(viewing=viewing(role="team_manager", agency="charity"), **invited)
    assert "Information governance officer" in str(error.value.remedy)
    assert not AuditEvent.objects.exists()
    actions.invite(viewing=viewing(role="information_governance", agency="charity"), **invited)


def test_an_account_is_made_in_the_log(viewing):
    operator = viewing(role="operator", agency="", user_id="olu")
    actions.make_user(
        viewing=operator, username="ana", name="Ana", agency="police", role="detective", password="x"
    )
    row = AuditEvent.objects.get()
    assert (row.actor, row.action, row.subject) == ("olu", "account.made", "ana")
    assert "x" not in row.fields


@pytest.mark.parametrize("what", ["receive", "build", "export", "evaluate", "record", "", "everything"])
@pytest.mark.parametrize("role", ["analyst", "information_governance", "", "superuser"])
def test_what_a_role_is_not_said_to_do_it_may_not(viewing, role, what):
    with pytest.raises(queries.MayNotDo):
        queries.check_can(viewer=viewing(role=role).viewer, what=what)


def test_an_invitation_takes_over_nobodys_sign_in(viewing):
    manager = viewing(role="team_manager", agency="charity")
    given = {"name": "Cy Day", "agency": "charity", "role": "parent_liaison"}
    tokens = [actions.invite(viewing=manager, username=name, **given) for name in ("cy", "Cy")]
    actions.accept_invitation(token=tokens[0], password="herons over the slipway", at=manager.at)
    with pytest.raises(actions.UserExists), transaction.atomic():
        actions.accept_invitation(token=tokens[1], password="another pass phrase", at=manager.at)
    with pytest.raises(actions.UserExists):
        actions.invite(viewing=manager, username="CY", **given)
    assert User.objects.get().check_password("herons over the slipway")
    accepted = AuditEvent.objects.get(action="invitation.accepted")
    assert (accepted.actor, accepted.agency, accepted.role) == ("cy", "charity", "parent_liaison")


@pytest.mark.parametrize("role", ["operator", "superuser"])
def test_nobody_is_invited_as_what_no_worker_is(viewing, role):
    with pytest.raises(actions.RoleUnknown):
        actions.invite(viewing=viewing(role="team_manager"), username="cy", name="Cy", agency="x", role=role)


def test_a_reason_counts_for_the_days_on_which_it_was_in_force(viewing):
    given = viewing(user_id="ana")
    ended = viewing(user_id="ana", at=given.at + timedelta(days=3))
    actions.give_reason(viewing=given, person_id="P1", reason="missing twice this week")
    actions.end_reason(viewing=ended, person_id="P1")
    days = [given.at + timedelta(days=n) for n in (-1, 0, 2, 3)]
    assert [bool(queries.reasons_for(["P1"], at=at)) for at in days] == [False, True, True, False]


def test_an_analyst_gives_no_reason(viewing):
    with pytest.raises(queries.MayNotDo):
        actions.give_reason(viewing=viewing(role="analyst"), person_id="P1", reason="curious")


def test_the_policy_names_agencies_as_the_area_does_and_takes_its_rows_at_once(area, viewing):
    fact = Fact(agency="police", kind="event", handling="C")
    seen = viewing(role="nurse", agency="health")
    on = seen.at.date()

    def decide():
        policy = queries.policy(on=on, area_folder=area.folder)
        return policy.decide(
            viewer=seen.viewer, subject=Subject("P1"), fact=fact, purpose="safeguarding_child"
        )

    assert decide().outcome is Outcome.NOTHING
    (area.folder / "access").mkdir()
    (area.folder / "access" / "police.yaml").write_text(
        "- {rule: police-signpost, role: nurse, agency: other, kind: event, handling: C, sensitivity: standard, "
        "purpose: safeguarding_child, outcome: signpost, from: 2026-01-01, source: the force's own protocol}",
        encoding="utf-8",
    )
    assert decide().outcome is Outcome.SIGNPOST
    assert "Nowhere Police knows this person" in str(decide().sentence)


def test_the_operator_is_named_and_belongs_to_no_agency(monkeypatch):
    monkeypatch.setenv("LOGNAME", "robin")
    assert queries.operator().user_id == "robin"
    operator = queries.operator(name="kim")
    assert (operator.user_id, operator.agency, operator.role) == ("kim", "", "operator")
    assert queries.can(viewer=operator, what="build")
    assert not queries.can(viewer=operator, what="give_reason")


def test_a_visit_ends_after_half_an_hour_and_the_one_before_is_remembered(viewing):
    user = actions.make_user(
        viewing=viewing(), username="ana", name="Ana", agency="police", role="detective", password="x"
    )
    first = viewing().at
    for newest, minutes in enumerate((0, 10, 60)):
        actions.record_visit(user=user, at=first + timedelta(minutes=minutes), newest_delivery=newest)
    user.refresh_from_db()
    assert (user.last_visit_at, user.this_visit_at) == (first, first + timedelta(minutes=60))
    assert (user.last_visit_delivery, user.this_visit_delivery) == (0, 2)
