"""Who may sign in, and what everybody did. Fields and constraints only."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


SUBJECT_LENGTH = 1000


class User(AbstractUser):
    """A named worker of one agency in one role. `role` is a code of the access table.

    Of this visit and the one before: when it began, and the number of the newest delivery then (None: not written down).
    """

    agency = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    last_visit_at = models.DateTimeField(null=True)
    this_visit_at = models.DateTimeField(null=True)
    last_visit_delivery = models.BigIntegerField(null=True)
    this_visit_delivery = models.BigIntegerField(null=True)

    class Governance:
        retention = "account"
        handling = {
            "id": "none",
            "password": "personal",
            "last_login": "personal",
            "is_superuser": "none",
            "username": "personal",
            "first_name": "personal",
            "last_name": "personal",
            "email": "personal",
            "is_staff": "none",
            "is_active": "none",
            "date_joined": "none",
            "groups": "none",
            "user_permissions": "none",
            "agency": "none",
            "role": "none",
            "last_visit_at": "personal",
            "this_visit_at": "personal",
            "last_visit_delivery": "personal",
            "this_visit_delivery": "personal",
        }


class Invitation(models.Model):
    """The only way in: made by someone who may invite, used once, before it expires."""

    token_digest = models.CharField(max_length=64, unique=True)
    username = models.CharField(max_length=150)
    name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    invited_by = models.CharField(max_length=150)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Governance:
        retention = "account"
        handling = {
            "id": "none",
            "token_digest": "none",
            "username": "personal",
            "name": "personal",
            "agency": "none",
            "role": "none",
            "invited_by": "personal",
            "invited_at": "none",
            "expires_at": "none",
            "accepted_at": "none",
        }


class AuditEvent(models.Model):
    """One view of personal data or one decision. Append-only: the database itself refuses to change or delete a row.

    No foreign keys, so that the log never interferes with live data. `subject` is a plain id, or several with commas (of a
    search), `fields` the names of what was shown or changed (never the values), `decision` allow, signpost, nothing, or
    the decision's own word; `decides`: whether it is one (None: a view).
    """

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=150, db_index=True)
    agency = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    purpose = models.CharField(max_length=60)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=SUBJECT_LENGTH, db_index=True)
    fields = models.JSONField(default=list)
    decision = models.CharField(max_length=40)
    why = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()
    decides = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(decides=True), name="governance_decided"),
        ]

    class Governance:
        retention = "audit"
        handling = {
            "id": "none",
            "at": "none",
            "actor": "personal",
            "agency": "none",
            "role": "none",
            "purpose": "none",
            "action": "none",
            "subject": "personal",
            "fields": "none",
            "decision": "none",
            "why": "personal",
            "request_id": "none",
            "recorded_at": "none",
            "decides": "none",
        }


class SafeguardingReason(models.Model):
    """A named worker's reason to see what registers hold about one person. Ended by `ended_at`, never deleted."""

    person_id = models.CharField(max_length=40, db_index=True)
    reason = models.TextField()
    agency = models.CharField(max_length=40)
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "id": "none",
            "person_id": "personal",
            "reason": "narrative",
            "agency": "none",
            "recorded_by": "personal",
            "recorded_at": "none",
            "ended_at": "none",
            "ended_by": "personal",
        }


class DeclaredRelationship(models.Model):
    """A worker declared a relationship to a person, an address or a firm (`kind`; `key` the person's id, or the normal form; `called` as it was written), and so sees
    nothing of it and is not invited to meetings about it. `nature` says what it is, `since` since when, in the worker's words. Ended by `ended_at`, with who ended it
    and why, never deleted."""

    user = models.CharField(max_length=150, db_index=True)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=300, db_index=True)
    called = models.CharField(max_length=300, null=True)
    nature = models.TextField()
    since = models.CharField(max_length=100, null=True)
    agency = models.CharField(max_length=40)
    declared_by = models.CharField(max_length=150)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_reason = models.TextField(blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "id": "none",
            "user": "personal",
            "kind": "none",
            "key": "personal",
            "called": "personal",
            "nature": "narrative",
            "since": "personal",
            "agency": "none",
            "declared_by": "personal",
            "declared_at": "none",
            "ended_at": "none",
            "ended_by": "personal",
            "ended_reason": "narrative",
        }
