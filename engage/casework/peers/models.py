"""What is kept of who is in a peer group. Fields only; the database itself refuses to change or delete a row."""

from __future__ import annotations

from django.db import models


class MemberWord(models.Model):
    """Somebody said that a child is in the group of a case from now on, or (`is_in` False) no longer, and why. The last word on a child counts."""

    seq = models.BigAutoField(primary_key=True)
    case = models.BigIntegerField(db_index=True)
    person = models.CharField(max_length=40, db_index=True)
    is_in = models.BooleanField()
    reason = models.TextField()
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "case": "none",
            "person": "personal",
            "is_in": "none",
            "reason": "narrative",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }
