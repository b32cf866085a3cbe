"""What is kept of people's week: who wants the digest, and which cases were drawn for audit. Fields and constraints only.

The database itself refuses to change a row or to delete one, but for what says that a day's digest has left.
"""

from __future__ import annotations

from django.db import models


class DigestChoice(models.Model):
    """A worker said whether they want the digest of their day by e-mail, and at which address. The last word counts."""

    seq = models.BigAutoField(primary_key=True)
    user = models.CharField(max_length=150, db_index=True)
    is_wanted = models.BooleanField()
    address = models.CharField(max_length=254, blank=True)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "account"
        handling = {
            "seq": "none",
            "user": "personal",
            "is_wanted": "none",
            "address": "personal",
            "said_at": "none",
            "request_id": "none",
        }


class DigestSent(models.Model):
    """A worker's digest of a day leaves, or has left: they get no second one that day. It is taken back where the mail server did not take it, and thrown away the day after."""

    seq = models.BigAutoField(primary_key=True)
    user = models.CharField(max_length=150)
    on_day = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "on_day"], name="week_a_digest_once_a_day")]

    class Governance:
        retention = "account"
        handling = {"seq": "none", "user": "personal", "on_day": "none", "sent_at": "none"}


class Draw(models.Model):
    """A manager drew `wanted` cases at random from the `pool` that fit: of a kind and state ("" any), opened between two days (None: whenever). `seed` repeats the draw."""

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=30, blank=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    wanted = models.IntegerField()
    pool = models.IntegerField()
    seed = models.CharField(max_length=20)
    why = models.TextField(blank=True)
    agency = models.CharField(max_length=40)
    drawn_by = models.CharField(max_length=150)
    drawn_by_name = models.CharField(max_length=150)
    drawn_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "kind": "none",
            "state": "none",
            "from_on": "none",
            "until_on": "none",
            "wanted": "none",
            "pool": "none",
            "seed": "none",
            "why": "narrative",
            "agency": "none",
            "drawn_by": "personal",
            "drawn_by_name": "personal",
            "drawn_at": "none",
            "request_id": "none",
        }


class DrawnCase(models.Model):
    """One case of a draw, in the order in which it came."""

    seq = models.BigAutoField(primary_key=True)
    draw = models.BigIntegerField(db_index=True)
    case = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "case"], name="week_a_case_once_in_a_draw")]

    class Governance:
        retention = "decision"
        handling = {"seq": "none", "draw": "none", "case": "none"}
