"""What is kept of the networks: which groups there were in which build, which of them a lead adopted, and whom a named person opened as a person of concern.

Fields and constraints only. The database itself refuses to change or to delete a row.
"""

from __future__ import annotations

from django.db import models


class GroupStanding(models.Model):
    """A group of that number had these people in a build that was made then. `members` and `linked` (children who are linked to it) are person ids
    as JSON lists; `came_from` the numbers of earlier groups that it shares members with; without members it is gone."""

    seq = models.BigAutoField(primary_key=True)
    number = models.BigIntegerField(db_index=True)
    build_id = models.CharField(max_length=40)
    stood_at = models.DateTimeField()
    members = models.JSONField(default=list)
    linked = models.JSONField(default=list)
    came_from = models.JSONField(default=list)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "number": "none",
            "build_id": "none",
            "stood_at": "none",
            "members": "personal",
            "linked": "personal",
            "came_from": "none",
        }


class GroupAdoption(models.Model):
    """A named lead adopted a group as it stood, under a name and with reasons, or dropped it again: until then only analysts see it. `members` are the
    people adopted, as a JSON list."""

    seq = models.BigAutoField(primary_key=True)
    number = models.BigIntegerField(db_index=True)
    is_adopted = models.BooleanField()
    name = models.CharField(max_length=80, blank=True)
    reason = models.TextField()
    members = models.JSONField(default=list)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "number": "none",
            "is_adopted": "none",
            "name": "personal",
            "reason": "personal",
            "members": "personal",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class ConcernDecision(models.Model):
    """A named person opened somebody or something as of concern, with reason and grade, reviewed what was not counted, or closed it. `kind` is person,
    place, vehicle, phone or account; `key` the person's id or the thing's normal form; `seen` the records that were before them, as a JSON list;
    `says` is opened, closed or not_counted; `review_on` when it is to be looked at again."""

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=300, db_index=True)
    says = models.CharField(max_length=12)
    reason = models.TextField()
    grade = models.CharField(max_length=8, blank=True)
    seen = models.JSONField(default=list)
    review_on = models.DateField(null=True)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "kind": "none",
            "key": "personal",
            "says": "personal",
            "reason": "personal",
            "grade": "none",
            "seen": "personal",
            "review_on": "none",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class SavedChart(models.Model):
    """Somebody saved a chart: its question as an address, a title and a note. `annotates` is the number of the chart of which this row gives another title
    and note; None in the row that saved it, whose own number is the chart's."""

    seq = models.BigAutoField(primary_key=True)
    annotates = models.BigIntegerField(null=True, db_index=True)
    question = models.TextField()
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    owner = models.CharField(max_length=150, db_index=True)
    owner_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40, db_index=True)
    purpose = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "annotates": "none",
            "question": "personal",
            "title": "personal",
            "note": "narrative",
            "owner": "personal",
            "owner_name": "personal",
            "agency": "none",
            "purpose": "none",
            "made_at": "none",
            "request_id": "none",
        }


class Screening(models.Model):
    """Somebody asks that a list of names, phones or plates be held against the area's records: whose list, why and for what purpose, whose leave is asked for,
    and until when hits may be shown (`expires_on`, the first day on which they are not). Nothing of the list is here but how many rows it has, and how many of these give
    a name, a phone or a plate."""

    seq = models.BigAutoField(primary_key=True)
    whose_list = models.CharField(max_length=200)
    why = models.TextField()
    purpose = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=150, db_index=True)
    asked_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    authoriser = models.CharField(max_length=150, db_index=True)
    authoriser_name = models.CharField(max_length=150)
    lapses_on = models.DateField()
    expires_on = models.DateField()
    row_count = models.IntegerField()
    name_count = models.IntegerField()
    phone_count = models.IntegerField()
    plate_count = models.IntegerField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "whose_list": "personal",
            "why": "narrative",
            "purpose": "none",
            "asked_by": "personal",
            "asked_by_name": "personal",
            "agency": "none",
            "asked_at": "none",
            "authoriser": "personal",
            "authoriser_name": "personal",
            "lapses_on": "none",
            "expires_on": "none",
            "row_count": "none",
            "name_count": "none",
            "phone_count": "none",
            "plate_count": "none",
            "request_id": "none",
        }


class ScreeningStep(models.Model):
    """What came of a screening, each once: `says` is authorised, refused, run, withdrawn or cleared. `hit_count`: how many rows hit something when it was run; of the
    others nothing else is kept. Cleared: what was left of the list is gone."""

    seq = models.BigAutoField(primary_key=True)
    screening = models.BigIntegerField(db_index=True)
    says = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    hit_count = models.IntegerField(null=True)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "says"], name="networks_screening_says_once")
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "screening": "none",
            "says": "none",
            "reason": "narrative",
            "hit_count": "none",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }
