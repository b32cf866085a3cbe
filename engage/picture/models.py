"""What is decided in this room: what people say of readings of texts, and what they watch. Fields and constraints only.

A word on a reading is append-only: the database itself refuses to change or delete a row.
"""

from __future__ import annotations

from django.db import models


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
    `expires_on` is the first day on which it tells nothing. What is known from `seen_until_on` on is new, but for what `seen` marks: days
    are too coarse to tell what came before a build and after it.
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
    seen_until_on = models.DateField()
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
            "seen_until_on": "none",
            "seen": "none",
        }
