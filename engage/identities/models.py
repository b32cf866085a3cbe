"""What is decided in this room: which record was given which person id, and what people judged. Fields and constraints only.

All tables are append-only: the database itself refuses to change or delete a row.
"""

from __future__ import annotations

from django.db import models


class PersonAssignment(models.Model):
    """One record was given one person id. The latest row of a record that a reader takes in is its person.

    `seq` orders them. `build_id` is the build that made the row, or empty for a person's judgement. `cause` is build
    (first given), merge, split, judgement or "taken back"; `why` is for a person to read; `judgement` is the judgement that moved it, or
    that was taken back.
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


class TrainedModel(models.Model):
    """A linkage model as it was trained: its version is `seq`. It holds how often records agree, and no name: how usual a name is
    is counted in each build. `build_id` is the build whose records it was learnt from."""

    seq = models.BigAutoField(primary_key=True)
    trained_at = models.DateTimeField()
    trained_by = models.CharField(max_length=150)
    build_id = models.CharField(max_length=80)
    as_of = models.DateField()
    records = models.BigIntegerField()
    agencies = models.IntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "trained_at": "none",
            "trained_by": "personal",
            "build_id": "none",
            "as_of": "none",
            "records": "none",
            "agencies": "none",
            "content": "none",
            "digest": "none",
        }


class ModelComparison(models.Model):
    """What a model would have changed of the people of one build: counts, and the pairs of records that tell it."""

    seq = models.BigAutoField(primary_key=True)
    model = models.BigIntegerField(db_index=True)
    build_id = models.CharField(max_length=80)
    compared_at = models.DateTimeField()
    compared_by = models.CharField(max_length=150)
    figures = models.JSONField()
    pairs = models.JSONField()

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "model": "none",
            "build_id": "none",
            "compared_at": "none",
            "compared_by": "personal",
            "figures": "none",
            "pairs": "personal",
        }


class ModelAdoption(models.Model):
    """From then on records are linked with this model: the latest row counts. `comparison` is what was seen before; none where a
    build adopted the model that it had to train."""

    seq = models.BigAutoField(primary_key=True)
    model = models.BigIntegerField()
    comparison = models.BigIntegerField(null=True)
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    why = models.TextField()

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "model": "none",
            "comparison": "none",
            "adopted_at": "none",
            "adopted_by": "personal",
            "agency": "none",
            "why": "personal",
        }
