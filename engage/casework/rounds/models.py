"""What is kept of information rounds. Fields and constraints only.

The database itself refuses to change or delete a row.
"""

from __future__ import annotations

from django.db import models


class InformationRequest(models.Model):
    """An agency (or a named body) was asked what it holds about a case of a meeting, or about all it is invited for (`case` None): for what purpose, on what basis, until when."""

    seq = models.BigAutoField(primary_key=True)
    meeting = models.BigIntegerField(db_index=True)
    invitee = models.BigIntegerField(db_index=True)
    to_agency = models.CharField(max_length=40, blank=True, db_index=True)
    case = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=60)
    basis = models.TextField()
    question = models.TextField(blank=True)
    due_on = models.DateField()
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        # What an agency was asked for the few meetings that are under way.
        indexes = [models.Index(fields=["to_agency", "meeting"], name="rounds_asked_of")]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "meeting": "none",
            "invitee": "none",
            "to_agency": "none",
            "case": "none",
            "purpose": "none",
            "basis": "none",
            "question": "narrative",
            "due_on": "none",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class Return(models.Model):
    """What an agency sent on being asked, as its `version`th return: that it holds nothing (`is_nil`), or what it holds in words, with the records of its own that it names.
    No row: it has not answered. `is_late` is kept as it was. `heard_from`: whom whoever arranges the meeting heard it from, where the agency did not write it itself."""

    seq = models.BigAutoField(primary_key=True)
    request = models.BigIntegerField()
    meeting = models.BigIntegerField(db_index=True)
    version = models.IntegerField()
    is_nil = models.BooleanField()
    text = models.TextField(blank=True)
    records = models.JSONField(default=list)
    handling = models.CharField(max_length=10, blank=True)
    is_late = models.BooleanField()
    heard_from = models.CharField(max_length=150, null=True)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "version"], name="rounds_one_return_of_a_version")
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "request": "none",
            "meeting": "none",
            "version": "none",
            "is_nil": "none",
            "text": "narrative",
            "records": "personal",
            "handling": "none",
            "is_late": "none",
            "heard_from": "personal",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class Chase(models.Model):
    """An agency that had not answered was chased, the `number`th time; `is_escalated`: its manager was told (`to`)."""

    seq = models.BigAutoField(primary_key=True)
    request = models.BigIntegerField()
    meeting = models.BigIntegerField(db_index=True)
    number = models.IntegerField()
    is_escalated = models.BooleanField()
    to = models.CharField(max_length=150, blank=True)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="rounds_one_chase_of_a_number")
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "request": "none",
            "meeting": "none",
            "number": "none",
            "is_escalated": "none",
            "to": "personal",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }
