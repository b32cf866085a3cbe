"""What is kept of agreed actions. Fields and constraints only.

The database itself refuses to delete a row, and to change one but the head of an action, which says where the last word on it left it.
"""

from __future__ import annotations

from django.db import models


class AgreedAction(models.Model):
    """The head of an action that was agreed: what is to be done, who owns it at which agency, and by when; and where it comes from (a case, a meeting, a decision by number;
    None where there is none). `state` is open, done or not_needed; `version` the number of the last word on it."""

    seq = models.BigAutoField(primary_key=True)
    case = models.BigIntegerField(null=True, db_index=True)
    meeting = models.BigIntegerField(null=True, db_index=True)
    decision = models.BigIntegerField(null=True)
    what = models.TextField()
    owner = models.CharField(max_length=150, blank=True)
    owner_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    due_on = models.DateField()
    state = models.CharField(max_length=12, default="open")
    version = models.IntegerField(default=0)
    made_by = models.CharField(max_length=150)
    made_by_name = models.CharField(max_length=150)
    made_by_agency = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="tasks_by_owner"),
            models.Index(fields=["made_by", "state", "due_on"], name="tasks_by_maker"),
            models.Index(fields=["case", "state", "due_on"], name="tasks_by_case"),
            # What was agreed for an agency since its manager was here last.
            models.Index(fields=["agency", "state", "made_at"], name="tasks_new_of_agency"),
            # These hold all that a list is counted, ordered and narrowed by, so that only the rows of one page are read.
            models.Index(
                fields=["agency", "state", "due_on", "case", "made_by_agency"], name="tasks_by_agency"
            ),
            models.Index(fields=["state", "due_on", "agency", "case", "made_by_agency"], name="tasks_by_due"),
            models.Index(fields=["due_on", "seq", "agency", "case", "made_by_agency"], name="tasks_by_day"),
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "case": "none",
            "meeting": "none",
            "decision": "none",
            "what": "narrative",
            "owner": "personal",
            "owner_name": "personal",
            "agency": "none",
            "due_on": "none",
            "state": "none",
            "version": "none",
            "made_by": "personal",
            "made_by_name": "personal",
            "made_by_agency": "none",
            "made_at": "none",
            "request_id": "none",
        }


class ActionWord(models.Model):
    """What somebody said of an action, as the `number`th word on it: done, not_needed, extended, handed_over, chased, escalated or reopened, with a reason; the new day and
    owner where it changed them."""

    seq = models.BigAutoField(primary_key=True)
    action = models.BigIntegerField()
    number = models.IntegerField()
    says = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    owner = models.CharField(max_length=150, blank=True)
    owner_name = models.CharField(max_length=150, blank=True)
    owner_agency = models.CharField(max_length=40, blank=True)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="tasks_one_word_of_a_number")
        ]
        indexes = [models.Index(fields=["says", "action"], name="tasks_by_word")]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "action": "none",
            "number": "none",
            "says": "none",
            "reason": "narrative",
            "due_on": "none",
            "owner": "personal",
            "owner_name": "personal",
            "owner_agency": "none",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class KeptOut(models.Model):
    """An agency (or, by name, one of its workers; or a body that it is reached for, the `holder`) is left out of what a meeting says of a case, or (None) of its whole. `is_of_case`: with a seal that nobody has lifted since, so that they are kept out of the case
    too; `seat` on which it was said; `stays`: who chairs the meeting and who called it, by sign-in name, whatever
    their agency is left out of. Made from what is said in meetings, and made anew whenever that changes."""

    meeting = models.BigIntegerField(db_index=True)
    case = models.BigIntegerField(null=True, db_index=True)
    agency = models.CharField(max_length=40)
    holder = models.CharField(max_length=300, blank=True)
    user = models.CharField(max_length=150, blank=True, db_index=True)
    user_name = models.CharField(max_length=150, blank=True)
    seat = models.CharField(max_length=40)
    stays = models.CharField(max_length=310, blank=True)
    is_of_case = models.BooleanField()

    class Governance:
        retention = "decision"
        handling = {
            "id": "none",
            "meeting": "none",
            "case": "none",
            "agency": "none",
            "holder": "personal",
            "user": "personal",
            "user_name": "personal",
            "seat": "none",
            "stays": "personal",
            "is_of_case": "none",
        }
