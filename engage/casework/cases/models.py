"""What is kept of cases. Fields and constraints only.

The database itself refuses to delete a row, and to change one but the head of a case, which says where its last move left it: of that only the columns that moves
change, and each time to the next version.
"""

from __future__ import annotations

from django.db import models


class Case(models.Model):
    """The head of a case. `kind` is child, person_of_concern, place or peer_group; `subject` the person's id, the place's normal form or a group's number ("" while it is
    not known who is meant), `called` how it was named when it was opened; `version` the number of its last move. Worker and agency lead it."""

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=300, blank=True, db_index=True)
    called = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=30)
    version = models.IntegerField(default=0)
    agency = models.CharField(max_length=40)
    worker = models.CharField(max_length=150, blank=True)
    worker_name = models.CharField(max_length=150, blank=True)
    opened_by = models.CharField(max_length=150)
    opened_by_name = models.CharField(max_length=150)
    opened_by_agency = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "state", "moved_at"], name="cases_by_state"),
            models.Index(fields=["worker", "kind", "state", "opened_at"], name="cases_by_worker"),
            models.Index(fields=["opened_by", "state"], name="cases_by_opener"),
            # Those about some people: by the kind alone nearly all would be gone along.
            models.Index(fields=["subject", "kind"], name="cases_by_subject"),
            # Holds all that a list is counted and ordered by, so that only the rows of one page are read.
            models.Index(fields=["agency", "kind", "state", "moved_at"], name="cases_by_agency"),
            # Those of a kind in the order in which they were opened: of them a list reads the first.
            models.Index(fields=["agency", "kind", "opened_at"], name="cases_by_opening"),
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "kind": "none",
            "subject": "personal",
            "called": "personal",
            "state": "none",
            "version": "none",
            "agency": "none",
            "worker": "personal",
            "worker_name": "personal",
            "opened_by": "personal",
            "opened_by_name": "personal",
            "opened_by_agency": "none",
            "opened_at": "none",
            "moved_at": "none",
            "request_id": "none",
        }


class CaseMove(models.Model):
    """Somebody moved a case from a state to another, as its `number`th move; `entry` is what they filled in with it. The first, number 0, opened it."""

    seq = models.BigAutoField(primary_key=True)
    case = models.BigIntegerField()
    number = models.IntegerField()
    move = models.CharField(max_length=30)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    entry = models.BigIntegerField(null=True)
    said_by = models.CharField(max_length=150)
    said_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    said_at = models.DateTimeField(db_index=True)
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="cases_one_move_of_a_number")]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none", "case": "none", "number": "none", "move": "none", "from_state": "none", "to_state": "none", "entry": "none", "said_by": "personal", "said_by_name": "personal",
            "agency": "none", "role": "none", "said_at": "none", "request_id": "none",
        }  # fmt: skip


class CaseEntry(models.Model):
    """A form that somebody filled in: in a case, or about a subject who has none (`case` None). `answers` are those of the form's version; `evidence` the ids of records
    that came with it, as a JSON list; `replaces` the entry that it corrects, which stays: of two corrections of one the second is refused. `copy_of`: the referral, in a case
    that went into this one, of which this is the copy, or of which it says why the copy stands here no more."""

    seq = models.BigAutoField(primary_key=True)
    case = models.BigIntegerField(null=True, db_index=True)
    subject = models.CharField(max_length=300, blank=True, db_index=True)
    form = models.CharField(max_length=40)
    form_version = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    replaces = models.BigIntegerField(null=True, unique=True)
    copy_of = models.BigIntegerField(null=True)
    handling = models.CharField(max_length=10, blank=True)
    sensitivity = models.CharField(max_length=20, default="standard")
    written_by = models.CharField(max_length=150, db_index=True)
    written_by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    written_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["copy_of"], name="cases_entry_copies"),
            models.Index(fields=["form", "case"], name="cases_entry_forms"),
            models.Index(fields=["written_by", "case"], name="cases_entry_writers"),
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none",
            "case": "none",
            "subject": "personal",
            "form": "none",
            "form_version": "none",
            "answers": "narrative",
            "evidence": "personal",
            "replaces": "none",
            "copy_of": "none",
            "handling": "none",
            "sensitivity": "none",
            "written_by": "personal",
            "written_by_name": "personal",
            "agency": "none",
            "role": "none",
            "written_at": "none",
            "request_id": "none",
        }


class CasePart(models.Model):
    """From then on an agency takes part in a case, or no longer: `part` is lead, referrer, worker, team, invited, asked or action, `user` the worker who does, where one
    is named. `by` and `number`: what brought it in (a meeting, an action, a case that went into this one), where something did; `from_at`: from when the word counts, where that is later than it was said.
    The last word on an agency, part and reason counts."""

    seq = models.BigAutoField(primary_key=True)
    case = models.BigIntegerField(db_index=True)
    agency = models.CharField(max_length=40)
    user = models.CharField(max_length=150, blank=True)
    part = models.CharField(max_length=12)
    is_joined = models.BooleanField()
    by = models.CharField(max_length=10, null=True)
    number = models.BigIntegerField(null=True)
    from_at = models.DateTimeField(null=True)
    said_by = models.CharField(max_length=150)
    said_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["by", "number"], name="cases_part_by_reason"),
            # Holds all that a list is narrowed by to the cases in which an agency takes part.
            models.Index(
                fields=["agency", "case", "part", "seq", "is_joined", "by", "number", "from_at"],
                name="cases_part_of",
            ),
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none", "case": "none", "agency": "none", "user": "personal", "part": "none", "is_joined": "none", "by": "none", "number": "none", "from_at": "none", "said_by": "personal", "said_at": "none",
        }  # fmt: skip


class Told(models.Model):
    """Something happened, by its code in clocks/events.yaml: between which UTC moments and how exactly, and what tells of it (`by`: move, entry or meeting, and its number).
    Clocks are reckoned from these. `replaces`: the row that this one corrects. `name`: by which other rows name it (None: told: and its number); `regards`: the name of what it
    belongs to, where that was said; `until_on`: the day on which it is said to end; `clock`: the only time limit that it is meant for."""

    seq = models.BigAutoField(primary_key=True)
    case = models.BigIntegerField(null=True, db_index=True)
    subject = models.CharField(max_length=300, blank=True, db_index=True)
    event = models.CharField(max_length=40)
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    precision = models.CharField(max_length=10)
    by = models.CharField(max_length=10)
    number = models.BigIntegerField()
    authorised_by = models.CharField(max_length=150, blank=True)
    why = models.TextField(blank=True)
    replaces = models.BigIntegerField(null=True)
    # Null, so that the database adds the column and need not make the table anew, which would lose what refuses changes.
    name = models.CharField(max_length=300, null=True)
    regards = models.CharField(max_length=300, null=True)
    until_on = models.DateField(null=True)
    clock = models.CharField(max_length=20, null=True)
    agency = models.CharField(max_length=40)
    told_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["event", "case"], name="cases_told_events"),
            # What happened since somebody was here last.
            models.Index(fields=["event", "told_at", "case"], name="cases_told_lately"),
            models.Index(
                fields=["replaces"], condition=models.Q(replaces__isnull=False), name="cases_told_replaced"
            ),
        ]

    class Governance:
        retention = "decision"
        handling = {
            "seq": "none", "case": "none", "subject": "personal", "event": "none", "from_at": "none", "until_at": "none", "precision": "none", "by": "none", "number": "none",
            "authorised_by": "personal", "why": "narrative", "replaces": "none", "name": "personal", "regards": "personal", "until_on": "none", "clock": "none", "agency": "none",
            "told_at": "none",
        }  # fmt: skip


class ClockDue(models.Model):
    """What is due in a case by one run of a clock, laid down so that a day's list can be read without reckoning every case: made from what was told, and made anew whenever
        something is. `state` is that of the moment at which it was laid down; whether time is up is read from `due_at` (the earliest) and `latest_at`. `guard`: for which way of hearing the case it was laid
    down, where something in it is guarded (guarded.py); None where nothing is."""

    case = models.BigIntegerField(db_index=True)
    clock = models.CharField(max_length=20)
    is_shown_first = models.BooleanField(default=True)
    state = models.CharField(max_length=20)
    is_open = models.BooleanField()
    is_paused = models.BooleanField(default=False)
    warn_from_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    latest_at = models.DateTimeField(null=True)
    guard = models.TextField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "case", "clock", "is_open", "is_paused", "is_shown_first", "warn_from_at", "guard"], name="cases_clock_due"),
            models.Index(fields=["guard"], condition=models.Q(guard__isnull=False), name="cases_clock_guarded"),
            # Some clocks have a list of their own.
            models.Index(fields=["clock", "due_at"], name="cases_clock_own"),
        ]  # fmt: skip

    class Governance:
        retention = "build"
        handling = {
            "id": "none", "case": "none", "clock": "none", "is_shown_first": "none", "state": "none", "is_open": "none", "is_paused": "none", "warn_from_at": "none",
            "due_at": "none", "latest_at": "none", "guard": "none",
        }  # fmt: skip


class OfConcern(models.Model):
    """How a case of a person of concern stands: its subject was grown up, or is young and social care agreed, or it is a question still. Made from what is kept, and made anew
    whenever something is told; may be thrown away."""

    case = models.BigIntegerField(primary_key=True)
    stands = models.CharField(max_length=10, db_index=True)

    class Governance:
        retention = "build"
        handling = {"case": "none", "stands": "none"}


class ReferralWaits(models.Model):
    """A referral that nobody has decided, as it stands: which telling it is, of which case, by which entry, since when, and how that entry is guarded. Made from what was told, and made anew
    whenever something is; may be thrown away."""

    told = models.BigIntegerField(primary_key=True)
    case = models.BigIntegerField(db_index=True)
    entry = models.BigIntegerField()
    agency = models.CharField(max_length=40)
    handling = models.CharField(max_length=10, blank=True)
    sensitivity = models.CharField(max_length=20)
    told_at = models.DateTimeField()

    class Governance:
        retention = "build"
        handling = {"told": "none", "case": "none", "entry": "none", "agency": "none", "handling": "none", "sensitivity": "none", "told_at": "none"}  # fmt: skip


class Draft(models.Model):
    """What somebody has begun to write and not sent, kept until they send it or throw it away: it is theirs alone. `place` is the page it belongs to."""

    user = models.CharField(max_length=150)
    place = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="cases_one_draft_of_a_page")]

    class Governance:
        retention = "draft"
        handling = {"id": "none", "user": "personal", "place": "personal", "content": "narrative", "saved_at": "none"}  # fmt: skip
