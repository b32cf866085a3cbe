"""What is kept of what meetings decided. Fields and constraints only.

The database itself refuses to change or delete a row.
"""

from __future__ import annotations

from django.db import models


class Decision(models.Model):
    """What a meeting decided, on a case of it (None: on none) in a section of its agenda, why, and who decided. `replaces`: the decision that it corrects or takes back."""

    seq = models.BigAutoField(primary_key=True)
    meeting = models.BigIntegerField(db_index=True)
    case = models.BigIntegerField(null=True, db_index=True)
    section = models.CharField(max_length=40)
    what = models.TextField()
    rationale = models.TextField(blank=True)
    decided_by = models.CharField(max_length=300, blank=True)
    replaces = models.BigIntegerField(null=True, unique=True)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["said_at", "seq"], name="minutes_last_first")]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "meeting": "none",
            "case": "none",
            "section": "none",
            "what": "narrative",
            "rationale": "narrative",
            "decided_by": "personal",
            "replaces": "none",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class Dissent(models.Model):
    """Somebody did not agree with a decision: who, of which agency, and what they said."""

    seq = models.BigAutoField(primary_key=True)
    meeting = models.BigIntegerField(db_index=True)
    decision = models.BigIntegerField(db_index=True)
    who = models.CharField(max_length=150)
    who_agency = models.CharField(max_length=40, blank=True)
    what = models.TextField()
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "meeting": "none",
            "decision": "none",
            "who": "personal",
            "who_agency": "none",
            "what": "narrative",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class MinutesText(models.Model):
    """What the minutes say of a case or section of a meeting, as the `version`th text of it. The last one counts; those before stay."""

    seq = models.BigAutoField(primary_key=True)
    meeting = models.BigIntegerField()
    case = models.BigIntegerField(default=0)
    section = models.CharField(max_length=40)
    version = models.IntegerField()
    text = models.TextField()
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case", "section", "version"], name="minutes_one_text_of_a_version"
            )
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "meeting": "none",
            "case": "none",
            "section": "none",
            "version": "none",
            "text": "narrative",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }
