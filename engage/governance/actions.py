"""The writing door: audit rows, invitations, safeguarding reasons, visits."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from engage.governance import queries
from engage.governance.audit import AuditNotWritten, NotInTransaction, record_decision, record_view
from engage.governance.counted import clear_counted
from engage.governance.models import Invitation, SafeguardingReason, User
from engage.governance.policies import OPEN_ROLES
from engage.vocabulary.access import Viewer, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence


__all__ = [
    "AuditNotWritten",
    "NotInTransaction",
    "accept_invitation",
    "check_may",
    "clear_counted",
    "end_reason",
    "give_reason",
    "invite",
    "make_user",
    "open_invitation",
    "record_decision",
    "record_view",
    "record_visit",
]
INVITATION_LASTS = timedelta(days=7)


class InvitationNotUsable(EngageError):
    """The invitation was used, has expired, or was never made."""


class UserExists(EngageError):
    """Somebody signs in by that name already."""


class RoleUnknown(EngageError):
    """No worker can hold that role."""


class ReasonMissing(EngageError):
    """A safeguarding reason needs words."""


def check_may(*, viewing: Viewing, what: str, subject: str) -> None:
    """Raise MayNotDo unless the viewer's role may do this (words as of `queries.check_can`); that it was refused is in the log.

    Call it before any transaction of the act's own, which the refusal would take back.
    """
    try:
        queries.check_can(viewer=viewing.viewer, what=what)
    except queries.MayNotDo as refused:
        why = str(refused.sentence)
        record_view(
            viewing=viewing, action="act.refused", subject=subject, fields=[what], decision="nothing", why=why
        )
        raise


@transaction.atomic
def invite(*, viewing: Viewing, username: str, name: str, agency: str, role: str) -> str:
    """Invite a worker; return the token for the link that is given to them. Only its digest is kept.

    Into another agency, or into a role that practises nothing, invites only who may invite anybody: else whoever supervises
    a small charity could make themselves a sign-in that reads what a specialist nurse reads. Raises MayNotDo, UserExists,
    RoleUnknown.
    """
    queries.check_can(viewer=viewing.viewer, what="invite")
    _check_role(role)
    if agency != viewing.viewer.agency or role not in OPEN_ROLES:
        queries.check_can(viewer=viewing.viewer, what="invite_any")
    _check_is_free(username)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        token_digest=_digest(token), username=username, name=name, agency=agency, role=role,
        invited_by=viewing.viewer.user_id, invited_at=viewing.at, expires_at=viewing.at + INVITATION_LASTS,
    )  # fmt: skip
    record_decision(
        viewing=viewing,
        action="invitation.made",
        subject=username,
        fields=["agency", "role"],
        decision="invited",
    )
    return token


def open_invitation(*, token: str, at: datetime) -> Invitation:
    """The invitation that may still be used at that moment. Raises InvitationNotUsable."""
    found = Invitation.objects.filter(
        token_digest=_digest(token), accepted_at=None, expires_at__gt=at
    ).first()
    if found is None:
        raise InvitationNotUsable(
            N_("This invitation cannot be used: it was used already, or it has expired."),
            remedy=N_("Ask for a new one."),
        )
    return found


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime) -> User:
    """Make the invited worker's account. The invitation is used up. Raises InvitationNotUsable, UserExists."""
    invitation = open_invitation(token=token, at=at)
    # Only one of two that accept at the same moment finds the row still open.
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=at):
        open_invitation(token=token, at=at)
    _check_is_free(invitation.username)
    invited = Viewer(invitation.username, invitation.name, invitation.agency, invitation.role)
    viewing = Viewing(viewer=invited, purpose="", at=at, as_of=london_day(at))
    user = make_user(
        viewing=viewing,
        username=invitation.username,
        name=invitation.name,
        agency=invitation.agency,
        role=invitation.role,
        password=password,
    )
    record_decision(
        viewing=viewing,
        action="invitation.accepted",
        subject=user.username,
        fields=["password"],
        decision="accepted",
    )
    return user


@transaction.atomic
def make_user(*, viewing: Viewing, username: str, name: str, agency: str, role: str, password: str) -> User:
    """Make (or set anew) a worker's account, for the demo and for tests: everybody else is invited. Audited."""
    first, _, last = name.partition(" ")
    user, _created = User.objects.get_or_create(username=username)
    user.first_name, user.last_name, user.agency, user.role = first, last, agency, role
    user.set_password(password)
    user.save()
    record_decision(
        viewing=viewing,
        action="account.made",
        subject=username,
        fields=["agency", "role", "password"],
        decision="made",
    )
    return user


@transaction.atomic
def give_reason(*, viewing: Viewing, person_id: str, reason: str) -> None:
    """Record a named worker's reason to see what registers hold about one person. Raises MayNotDo, ReasonMissing."""
    queries.check_can(viewer=viewing.viewer, what="give_reason")
    if not reason.strip():
        raise ReasonMissing(
            N_("Say why you need to see what registers hold about this person."), remedy=N_("Write a reason.")
        )
    who = viewing.viewer
    SafeguardingReason.objects.create(
        person_id=person_id, reason=reason, agency=who.agency, recorded_by=who.user_id, recorded_at=viewing.at
    )
    record_decision(
        viewing=viewing,
        action="reason.given",
        subject=person_id,
        fields=["reason"],
        decision="given",
        why=reason,
    )


@transaction.atomic
def end_reason(*, viewing: Viewing, person_id: str) -> None:
    """End the viewer's own open reasons about one person. The rows stay."""
    rows = SafeguardingReason.objects.filter(
        person_id=person_id, recorded_by=viewing.viewer.user_id, ended_at=None
    )
    rows.update(ended_at=viewing.at, ended_by=viewing.viewer.user_id)
    record_decision(
        viewing=viewing, action="reason.ended", subject=person_id, fields=["reason"], decision="ended"
    )


def record_visit(*, user: User, at: datetime, newest_delivery: int | None = None) -> None:
    """Note that a worker came back, so that the home page can say what is new since the visit before: what has a greater number
    than the newest delivery had then. Deliveries are told apart by number, because a clock may stand still.

    Signing in again within half an hour is the same visit, except where the clock stands still: there no time ever passes, and
    whoever signs in twice has been here before.
    """
    is_still = user.this_visit_at == at
    if user.this_visit_at is None or is_still or at - user.this_visit_at > timedelta(minutes=30):
        user.last_visit_at, user.this_visit_at = user.this_visit_at, at
        user.last_visit_delivery, user.this_visit_delivery = user.this_visit_delivery, newest_delivery
        visits = ["last_visit_at", "this_visit_at", "last_visit_delivery", "this_visit_delivery"]
        user.save(update_fields=visits)


def _check_is_free(username: str) -> None:
    if User.objects.filter(username__iexact=username).exists():
        raise UserExists(
            Sentence(N_("Somebody signs in as “%(name)s” already."), {"name": username}),
            remedy=N_("Choose another sign-in name."),
        )


def _check_role(role: str) -> None:
    known = [code for code in queries.roles() if code != queries.OPERATOR_ROLE]
    if role not in known:
        raise RoleUnknown(
            Sentence(N_("There is no role “%(role)s” to sign in with."), {"role": role}),
            remedy=Sentence(N_("Use one of %(known)s."), {"known": ", ".join(known)}),
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
