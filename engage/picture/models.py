"""What people decided or did that the picture shows. Fields and constraints only; what was written is struck and never deleted."""

from __future__ import annotations

from django.db import models


class MissingCheck(models.Model):
    """One thing that somebody checked while a child was missing: `report` is the record id of the report, `person_record_id` the
    record of the child that it is about; `what` a kind of check, `subject` which address, number, hospital or agency, `result`
    found, not_found, no_answer or waiting. A check that was struck stays, with who struck it and why."""

    report = models.CharField(max_length=300, db_index=True)
    person_record_id = models.CharField(max_length=300)
    what = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    result = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    agency = models.CharField(max_length=40)
    checked_by = models.CharField(max_length=150)
    checked_by_name = models.CharField(max_length=150)
    checked_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.CharField(max_length=150, blank=True)
    struck_reason = models.TextField(blank=True)

    class Governance:
        retention = "source"
        handling = {
            "id": "none",
            "report": "none",
            "person_record_id": "none",
            "what": "none",
            "subject": "personal",
            "result": "none",
            "note": "narrative",
            "agency": "none",
            "checked_by": "personal",
            "checked_by_name": "personal",
            "checked_at": "none",
            "recorded_at": "none",
            "struck_at": "none",
            "struck_by": "personal",
            "struck_reason": "personal",
        }
