"""What is decided in this room: which record was given which person id, and what people judged. Fields and constraints only.

All tables are append-only: the database itself refuses to change or delete a row.
"""

from __future__ import annotations

from django.db import models


class PersonAssignment(models.Model):
    """One record was given one person id. The latest row of a record that a reader takes in is its person.

    `seq` orders them. `build_id` is the build that made the row, or empty for a person's judgement. `cause` is build
    (first given), merge, split or judgement; `why` is for a person to read; `judgement` is the judgement that moved it.
    """

    seq = models.BigAutoField(primary_key=True)
    record_id = models.CharField(max_length=200, db_index=True)
    person_id = models.CharField(max_length=12, db_index=True)
    assigned_at = models.DateTimeField()
    build_id = models.CharField(max_length=80, blank=True)
    cause = models.CharField(max_length=12)
    why = models.CharField(max_length=300, blank=True)
    judgement = models.BigIntegerField(null=True, db_index=True)

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
            "judgement": "none",
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


class Judgement(models.Model):
    """One person said of two records that they are of one person, of two, or that they cannot say.

    `left_record_id` sorts first. `kind` is the kind of pair when it was judged and `needs` how many people had to say the
    same of that kind then. Taken back by a JudgementWithdrawal, never changed.
    """

    seq = models.BigAutoField(primary_key=True)
    left_record_id = models.CharField(max_length=200, db_index=True)
    right_record_id = models.CharField(max_length=200, db_index=True)
    says = models.CharField(max_length=12)
    reason = models.TextField()
    kind = models.CharField(max_length=20)
    needs = models.PositiveSmallIntegerField()
    judged_by = models.CharField(max_length=150, db_index=True)
    agency = models.CharField(max_length=40)
    judged_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "left_record_id": "personal",
            "right_record_id": "personal",
            "says": "personal",
            "reason": "personal",
            "kind": "none",
            "needs": "none",
            "judged_by": "personal",
            "agency": "none",
            "judged_at": "none",
            "request_id": "none",
        }


class JudgementWithdrawal(models.Model):
    """A judgement was taken back, by whom and why: from then on it counts as never made."""

    seq = models.BigAutoField(primary_key=True)
    judgement = models.BigIntegerField(unique=True)
    withdrawn_by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField()
    why = models.TextField()

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "judgement": "none",
            "withdrawn_by": "personal",
            "agency": "none",
            "withdrawn_at": "none",
            "why": "personal",
        }


class Measurement(models.Model):
    """The joins of one build were measured against a known answer: when, by whom, against which (its folder's name, and a digest of
    its identities), and what was found. Counts and rates of records, and of nobody."""

    seq = models.BigAutoField(primary_key=True)
    measured_at = models.DateTimeField()
    measured_by = models.CharField(max_length=150)
    build_id = models.CharField(max_length=80)
    answer = models.CharField(max_length=200)
    answer_digest = models.CharField(max_length=64)
    figures = models.JSONField()

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "measured_at": "none",
            "measured_by": "personal",
            "build_id": "none",
            "answer": "none",
            "answer_digest": "none",
            "figures": "none",
        }
