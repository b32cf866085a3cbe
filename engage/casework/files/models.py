"""What is kept of attachments, beside the files themselves in AREA/attachments. Fields and constraints only.

The database itself refuses to change a row or to delete one.
"""

from __future__ import annotations

from django.db import models


class KeptFile(models.Model):
    """A file that somebody put to a case (and perhaps to one entry of it), or as a standing document to a person (`subject`, `standing` its kind). `name` and `said_type` as the
    browser gave them, `found_type` what the content is, by a code of types.yaml; `sha256` is where the content lies."""

    seq = models.BigAutoField(primary_key=True)
    case = models.BigIntegerField(null=True, db_index=True)
    entry = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=300, blank=True, db_index=True)
    standing = models.CharField(max_length=30, blank=True)
    about = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200)
    said_type = models.CharField(max_length=120, blank=True)
    found_type = models.CharField(max_length=20)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    handling = models.CharField(max_length=10, blank=True)
    sensitivity = models.CharField(max_length=20, default="standard")
    kept_by = models.CharField(max_length=150)
    kept_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    kept_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "case": "none",
            "entry": "none",
            "subject": "personal",
            "standing": "none",
            "about": "narrative",
            "name": "narrative",
            "said_type": "none",
            "found_type": "none",
            "size": "none",
            "sha256": "none",
            "handling": "none",
            "sensitivity": "none",
            "kept_by": "personal",
            "kept_by_name": "personal",
            "agency": "none",
            "kept_at": "none",
            "request_id": "none",
        }


class FileWord(models.Model):
    """Whoever kept a file, or their manager, took it back, and why: it is in no list any more and is not given out. The row and the content stay."""

    seq = models.BigAutoField(primary_key=True)
    file = models.BigIntegerField(unique=True)
    reason = models.TextField()
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "file": "none",
            "reason": "narrative",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }
