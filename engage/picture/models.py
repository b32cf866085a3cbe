"""What is decided in this room, by people: what they said of indicators and readings, whom they looked at, watch, and what they checked.

Fields and constraints only. The database itself refuses to delete a row, and to change one but where a class says what may change.
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


class ReadingJudgement(models.Model):
    """Somebody said of one reading of a text that it is wrong, or right after all. The last word on a reading counts.

    A reading is named by what is the same in every build (`picture.readings.rules.ReadingKey`); no word of the text is kept.
    """

    seq = models.BigAutoField(primary_key=True)
    text_key = models.CharField(max_length=64, db_index=True)
    what = models.CharField(max_length=60)
    polarity = models.CharField(max_length=20, blank=True)
    from_sign = models.IntegerField()
    until_sign = models.IntegerField()
    says = models.CharField(max_length=8)
    said_by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "text_key": "narrative",
            "what": "narrative",
            "polarity": "narrative",
            "from_sign": "none",
            "until_sign": "none",
            "says": "none",
            "said_by": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class Watch(models.Model):
    """A worker wants to be told when anything new arrives about a person, place, vehicle, phone or name: with why, and until when.

    Nothing of it changes but what its owner has seen, and that it ends, once; to renew it is to end it and make another (`renews`).
    `expires_on` is the first day on which it tells nothing. New is what deliveries after number `seen_delivery` brought and what entries by hand after
    number `seen_entry` say, whatever day it bears, but for what `seen` marks: what was seen of later ones.
    """

    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=300)
    label = models.CharField(max_length=300, blank=True)
    why = models.TextField()
    purpose = models.CharField(max_length=60)
    owner = models.CharField(max_length=150, db_index=True)
    agency = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    renews = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    seen_delivery = models.BigIntegerField()
    seen_entry = models.BigIntegerField()
    seen = models.JSONField(default=list)

    class Governance:
        retention = "decision"
        handling = {
            "id": "none",
            "kind": "none",
            "key": "personal",
            "label": "personal",
            "why": "personal",
            "purpose": "none",
            "owner": "personal",
            "agency": "none",
            "made_at": "none",
            "expires_on": "none",
            "renews": "none",
            "ended_at": "none",
            "seen_delivery": "none",
            "seen_entry": "none",
            "seen": "none",
        }
