"""What is kept of meetings. Fields and constraints only.

The database itself refuses to delete a row, and to change one but the head of a meeting, which says where its last move left it.
"""

from __future__ import annotations

from django.db import models


class Meeting(models.Model):
    """The head of a meeting: its kind (a code of the area's kinds), when and where it is, who chairs it and who arranges it. `called`: how it is called, with nobody's name in it;
    `version` the number of its last move."""

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    called = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20)
    version = models.IntegerField(default=0)
    starts_at = models.DateTimeField(db_index=True)
    minutes_long = models.IntegerField(default=60)
    place = models.CharField(max_length=300, blank=True)
    chair = models.CharField(max_length=150)
    chair_name = models.CharField(max_length=150)
    chair_agency = models.CharField(max_length=40)
    organiser = models.CharField(max_length=150)
    organiser_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        # Of the meetings that an area ever had few are under way.
        indexes = [models.Index(fields=["state", "starts_at"], name="meetings_by_state")]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "kind": "none",
            "called": "none",
            "state": "none",
            "version": "none",
            "starts_at": "none",
            "minutes_long": "none",
            "place": "none",
            "chair": "personal",
            "chair_name": "personal",
            "chair_agency": "none",
            "organiser": "personal",
            "organiser_name": "personal",
            "agency": "none",
            "made_at": "none",
            "request_id": "none",
        }


class MeetingMove(models.Model):
    """Somebody moved a meeting from a state to another as its `number`th move: convened, changed, pack_sent, held, not_held, chair, issued or signed_off. `reason`: why it is held although
    somebody is missing (`lacking`: the seats), why not held, put off, or chaired by somebody else; `before`: what the head said until then of what the move changed."""

    seq = models.BigAutoField(primary_key=True)
    meeting = models.BigIntegerField()
    number = models.IntegerField()
    move = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    lacking = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    before = models.JSONField(null=True)
    role = models.CharField(max_length=40)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_one_move_of_a_number")
        ]
        indexes = [models.Index(fields=["move", "said_at", "seq"], name="meetings_moves_last_first")]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "meeting": "none",
            "number": "none",
            "move": "none",
            "from_state": "none",
            "to_state": "none",
            "lacking": "none",
            "reason": "narrative",
            "before": "personal",
            "role": "none",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class MeetingItem(models.Model):
    """From then on a case is on the agenda of a meeting, in this section at this place, or (`is_on` False) no longer. The last word on a case counts."""

    seq = models.BigAutoField(primary_key=True)
    meeting = models.BigIntegerField(db_index=True)
    case = models.BigIntegerField(db_index=True)
    section = models.CharField(max_length=40)
    place = models.IntegerField(default=0)
    is_on = models.BooleanField()
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "meeting": "none",
            "case": "none",
            "section": "none",
            "place": "none",
            "is_on": "none",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }


class Invitee(models.Model):
    """Somebody who has to do with a meeting: an agency on a seat, a named body (`holder`: a school, say), and a worker where one is named. What was said of them are `InviteeWord`s."""

    seq = models.BigAutoField(primary_key=True)
    meeting = models.BigIntegerField(db_index=True)
    agency = models.CharField(max_length=40, blank=True)
    member = models.CharField(max_length=40)
    holder = models.CharField(max_length=300, blank=True)
    user = models.CharField(max_length=150, blank=True)
    user_name = models.CharField(max_length=150, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "agency", "member", "holder", "user_name"],
                name="meetings_one_row_of_an_invitee",
            )
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "meeting": "none",
            "agency": "none",
            "member": "none",
            "holder": "personal",
            "user": "personal",
            "user_name": "personal",
            "contact": "personal",
            "added_by": "personal",
            "added_at": "none",
        }


class InviteeItem(models.Model):
    """For which case of a meeting (None: the whole of it) somebody was proposed, and why: records, register, may_be, named, part, statute, standing or hand. When they were last in
    contact is not kept: it is read anew by whoever may see it."""

    seq = models.BigAutoField(primary_key=True)
    meeting = models.BigIntegerField(db_index=True)
    invitee = models.BigIntegerField(db_index=True)
    case = models.BigIntegerField(null=True)
    basis = models.CharField(max_length=12)
    said_by = models.CharField(max_length=150)
    said_at = models.DateTimeField()

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "meeting": "none",
            "invitee": "none",
            "case": "none",
            "basis": "none",
            "said_by": "personal",
            "said_at": "none",
        }


class InviteeWord(models.Model):
    """What was said of somebody's part in a meeting (of a case in it, or None: of the whole): invited, coming, not_coming, left_out (with a reason), signed (the chair signed that),
    came (as who, in which role), did_not_come, said (what they said) and answered (what they were answered). `is_sealed`: the reason is for chair and guardian alone."""

    seq = models.BigAutoField(primary_key=True)
    meeting = models.BigIntegerField(db_index=True)
    invitee = models.BigIntegerField(db_index=True)
    case = models.BigIntegerField(null=True)
    says = models.CharField(max_length=12)
    text = models.TextField(blank=True)
    is_sealed = models.BooleanField(default=False)
    who = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=40, blank=True)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "meeting": "none",
            "invitee": "none",
            "case": "none",
            "says": "none",
            "text": "narrative",
            "is_sealed": "none",
            "who": "personal",
            "role": "none",
            "said_by": "personal",
            "said_by_name": "personal",
            "agency": "none",
            "said_at": "none",
            "request_id": "none",
        }
