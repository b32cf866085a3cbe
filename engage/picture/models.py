"""What is decided in this room: what people say of readings of texts. Fields and constraints only.

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
