"""What is kept of links by which partners refer. Fields and constraints only; the database itself refuses to change or delete a row."""

from __future__ import annotations

from django.db import models


class ReferralLink(models.Model):
    """A worker made a link for a named partner without an account. Of the link only a digest is kept."""

    seq = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=150)
    organisation = models.CharField(max_length=150)
    reach = models.CharField(max_length=200)
    partner_agency = models.CharField(max_length=40, blank=True)
    made_by = models.CharField(max_length=150, db_index=True)
    made_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "digest": "none",
            "name": "personal",
            "organisation": "personal",
            "reach": "personal",
            "partner_agency": "none",
            "made_by": "personal",
            "made_by_name": "personal",
            "agency": "none",
            "made_at": "none",
            "expires_at": "none",
            "request_id": "none",
        }


class ReferralLinkWord(models.Model):
    """A link was used, for which entry of which case, or withdrawn (`says`). Each is said once."""

    seq = models.BigAutoField(primary_key=True)
    link = models.BigIntegerField()
    says = models.CharField(max_length=12)
    case = models.BigIntegerField(null=True)
    entry = models.BigIntegerField(null=True)
    said_by = models.CharField(max_length=150)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "says"], name="referrals_said_once")]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "link": "none",
            "says": "none",
            "case": "none",
            "entry": "none",
            "said_by": "personal",
            "said_at": "none",
        }
