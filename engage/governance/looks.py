"""The lines of the audit log, as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from engage.governance.models import AuditEvent
from engage.governance.relationships import PERSON, barred_keys


# What is taken away of everybody at once, and names nobody in the log.
_OF_EVERYBODY = ("table.export", "identities.everyone")


@dataclass(frozen=True)
class AuditRow:
    """One line of the audit log, as a page shows it."""

    at: datetime
    actor: str
    agency: str
    role: str
    purpose: str
    action: str
    subject: str
    fields: list[str]
    decision: str
    why: str


@dataclass(frozen=True)
class Looks:
    """A part of the audit log: the lines after one number and before another; where a number is not known, by time."""

    since: datetime
    until: datetime | None = None
    after: int | None = None
    before: int | None = None

    def lines(self) -> QuerySet[AuditEvent]:
        """These lines."""
        rows = AuditEvent.objects.all()
        rows = rows.filter(at__gte=self.since) if self.after is None else rows.filter(pk__gt=self.after)
        if self.before is not None:
            return rows.filter(pk__lt=self.before)
        return rows if self.until is None else rows.filter(at__lte=self.until)


@dataclass(frozen=True)
class Often:
    """How often workers of an agency decided something, and when last."""

    agency: str
    action: str
    count: int
    last_at: datetime


def by_agency(rows: QuerySet[AuditEvent]) -> list[Often]:
    """These lines counted by agency and action."""
    found = (
        rows.values("agency", "action")
        .annotate(count=Count("pk"), last=Max("at"))
        .order_by("agency", "action")
    )
    return [Often(one["agency"], one["action"], one["count"], one["last"]) for one in found]


def not_barred(rows: QuerySet[AuditEvent], user: str) -> QuerySet[AuditEvent]:
    """These lines without those about anybody to whom this worker declared a relationship, but for the declaring itself."""
    for key in sorted(barred_keys(user, PERSON)):
        rows = rows.exclude(among(key) & ~Q(action__startswith="relationship."))
    return rows


def rows_of(events: Iterable[AuditEvent]) -> list[AuditRow]:
    """These lines as a page shows them."""
    return [
        AuditRow(
            e.at, e.actor, e.agency, e.role, e.purpose, e.action, e.subject, list(e.fields), e.decision, e.why
        )
        for e in events
    ]


def looked_at(subjects: Iterable[str], where: Looks) -> list[AuditRow]:
    """Who looked at any of these subjects in that part of the log, or took away a table that tells of everybody, newest first."""
    taken = where.lines().filter(action__in=_OF_EVERYBODY)
    found: dict[int, AuditEvent] = {event.pk: event for event in taken if "person_id" in event.fields}
    for subject in sorted(subjects):
        for event in where.lines().filter(among(subject)):
            found[event.pk] = event
    return rows_of(found[number] for number in sorted(found, reverse=True))


def among(subject: str) -> Q:
    """The subject alone, or among several: those that a search found, the two records of a join."""
    found = Q(subject=subject)
    for between in (",", " "):
        for after in (",", " "):
            found |= Q(subject__contains=between + subject + after)
        found |= Q(subject__startswith=subject + between) | Q(subject__endswith=between + subject)
    return found
