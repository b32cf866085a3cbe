"""What is decided in this room: what people said of indicators, and whom they looked at. Fields and constraints only.

All tables are append-only: the database itself refuses to change or delete a row.
"""

from __future__ import annotations

from django.db import models


class IndicatorStatement(models.Model):
    """Somebody confirmed, explained or disputed what records hold for an indicator of a person, or recorded that it is present, not present or
    not known. `seen` are the keys of the evidence shown to them then, as a JSON list; `takes_back` a statement that counts no more."""

    seq = models.BigAutoField(primary_key=True)
    person_id = models.CharField(max_length=12, db_index=True)
    indicator = models.CharField(max_length=40)
    says = models.CharField(max_length=12)
    reason = models.TextField()
    seen = models.TextField(default="[]")
    takes_back = models.BigIntegerField(null=True, unique=True)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "person_id": "personal",
            "indicator": "personal",
            "says": "personal",
            "reason": "personal",
            "seen": "personal",
            "takes_back": "none",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class LookedAt(models.Model):
    """Somebody looked at all the new evidence about a child and says what they did or why nothing is needed now. `seen` are the keys of the
    evidence shown to them, as a JSON list: it counts as reviewed from then on; what comes later does not."""

    seq = models.BigAutoField(primary_key=True)
    person_id = models.CharField(max_length=12, db_index=True)
    outcome = models.TextField()
    seen = models.TextField()
    looked_by = models.CharField(max_length=150)
    looked_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    looked_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "person_id": "personal",
            "outcome": "personal",
            "seen": "personal",
            "looked_by": "personal",
            "looked_by_name": "personal",
            "agency": "none",
            "looked_at": "none",
            "request_id": "none",
        }
