"""What is decided in this room: which record was given which person id, when and why. Fields and constraints only.

Both tables are append-only: the database itself refuses to change or delete a row.
"""

from __future__ import annotations

from django.db import models


class PersonAssignment(models.Model):
    """One record was given one person id. The latest row of a record that a reader takes in is its person.

    `seq` orders them. `build_id` is the build that made the row, or empty for a person's judgement. `cause` is build
    (first given), merge, split or judgement; `why` is for a person to read.
    """

    seq = models.BigAutoField(primary_key=True)
    record_id = models.CharField(max_length=200, db_index=True)
    person_id = models.CharField(max_length=12, db_index=True)
    assigned_at = models.DateTimeField()
    build_id = models.CharField(max_length=80, blank=True)
    cause = models.CharField(max_length=12)
    why = models.CharField(max_length=300, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "record_id": "personal",
            "person_id": "personal",
            "assigned_at": "none",
            "build_id": "none",
            "cause": "none",
            "why": "personal",
        }


class PersonIdEvent(models.Model):
    """What became of a person id: `person_id` was merged into `other_id`, or was split from it.

    So every id ever given leads somewhere. `after_seq` is the last assignment that this event belongs with.
    """

    seq = models.BigAutoField(primary_key=True)
    person_id = models.CharField(max_length=12, db_index=True)
    kind = models.CharField(max_length=12)
    other_id = models.CharField(max_length=12, db_index=True)
    at = models.DateTimeField()
    build_id = models.CharField(max_length=80, blank=True)
    cause = models.CharField(max_length=12)
    after_seq = models.BigIntegerField()

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "person_id": "personal",
            "kind": "none",
            "other_id": "personal",
            "at": "none",
            "build_id": "none",
            "cause": "none",
            "after_seq": "none",
        }
