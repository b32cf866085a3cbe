"""What was received, and what staff recorded by hand. Fields and constraints only; rows are never changed or deleted."""

from __future__ import annotations

from django.db import models


class Delivery(models.Model):
    """One delivery as acknowledged. `digest` is over its agency and the digests of its files: the same again is the same."""

    digest = models.CharField(max_length=64, unique=True)
    agency = models.CharField(max_length=40)
    mapping = models.CharField(max_length=100)
    mapping_version = models.CharField(max_length=40)
    mapping_digest = models.CharField(max_length=64)
    extent = models.CharField(max_length=10)
    cohort = models.CharField(max_length=10)
    purpose = models.CharField(max_length=60)
    agreement = models.CharField(max_length=60)
    received_by = models.CharField(max_length=150)
    received_at = models.DateTimeField()
    row_count = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Governance:
        retention = "source"
        handling = {
            "id": "none",
            "digest": "none",
            "agency": "none",
            "mapping": "none",
            "mapping_version": "none",
            "mapping_digest": "none",
            "extent": "none",
            "cohort": "none",
            "purpose": "none",
            "agreement": "none",
            "received_by": "personal",
            "received_at": "none",
            "row_count": "none",
            "recorded_at": "none",
        }


class DeliveryFile(models.Model):
    """One file (or sheet) of a delivery: `sha256` of the bytes as sent, `root` over the digests of its rows, and the folder
    of its rows below the area's deliveries."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="files")
    file = models.CharField(max_length=100)
    sent_name = models.CharField(max_length=255)
    sheet = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    folder = models.CharField(max_length=200)
    row_count = models.BigIntegerField()
    broken_count = models.BigIntegerField()

    class Governance:
        retention = "source"
        handling = {
            "id": "none",
            "delivery": "none",
            "file": "none",
            "sent_name": "none",
            "sheet": "none",
            "sha256": "none",
            "root": "none",
            "folder": "none",
            "row_count": "none",
            "broken_count": "none",
        }


class HandEntry(models.Model):
    """What one worker recorded by hand: rows in exchange shape by table, a delivery of the worker's own agency.

    Withdrawing an entry is a further row that names it.
    """

    agency = models.CharField(max_length=40)
    person_id = models.CharField(max_length=40, db_index=True)
    exchange_version = models.CharField(max_length=10)
    payload = models.JSONField(default=dict)
    withdraws = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()

    class Governance:
        retention = "source"
        handling = {
            "id": "none",
            "agency": "none",
            "person_id": "personal",
            "exchange_version": "none",
            "payload": "narrative",
            "withdraws": "none",
            "reason": "personal",
            "recorded_by": "personal",
            "recorded_at": "none",
        }
