"""What relied on a judgement while it stood? By what it moved, in the order of assignments and of the audit log: a clock may stand still."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import QuerySet

from engage.governance import queries as governance
from engage.governance.queries import AuditRow, Looks
from engage.identities import assignments
from engage.identities.judging import standing
from engage.identities.judging.knowing import stood_together
from engage.identities.judging.rules import Relied, ReliedOn, Said
from engage.identities.models import PersonAssignment
from engage.identities.seeing import seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


# How a subject of the audit log parts several.
_BETWEEN = re.compile(r"[, ]")


def on(viewing: Viewing, build: Build, found: Said) -> Relied:
    """Every view and export of the people whose records a judgement moved, and of these records, while it stood or until now, newest
    first: of records that the viewer may see."""
    moves = list(_moves(found))
    of = {row.record_id for row in moves} | set(found.pair)
    shown = seen(viewing, build, of, as_one=stood_together(found.pair, found.says)).open
    moves = [row for row in moves if row.record_id in shown]
    if not moves:
        return Relied(0, ())
    records = {row.record_id for row in moves}
    subjects = _people(found, moves) | records | set(found.pair)
    looked = governance.looks_at(subjects, _while_it_stood(found, moves[0]))
    told = tuple(_relied(row, subjects) for row in looked if row.decision in ("allow", "signpost"))
    return Relied(len(records), told)


def _moves(found: Said) -> QuerySet[PersonAssignment]:
    """How it moved records: where two have to say the same, with the number of the one who said it second."""
    numbers = [one.seq for one in standing.said(pairs={found.pair}) if one.seq >= found.seq]
    rows = PersonAssignment.objects.filter(
        judgement__in=numbers, cause=assignments.JUDGED, assigned_at__gte=found.at
    )
    return _until_taken_back(found, rows).order_by("seq")


def _until_taken_back(found: Said, rows: QuerySet[PersonAssignment]) -> QuerySet[PersonAssignment]:
    if found.withdrawn_at is None:
        return rows
    back = (
        PersonAssignment.objects.filter(judgement=found.seq, cause=assignments.TAKEN_BACK)
        .order_by("seq")
        .first()
    )
    return rows.filter(seq__lt=back.seq) if back else rows.filter(assigned_at__lte=found.withdrawn_at)


def _people(found: Said, moves: Iterable[PersonAssignment]) -> set[str]:
    """Every person whose these records were, from just before it moved them until it was taken back, by whatever moved them."""
    people: set[str] = set()
    first = {row.record_id: row.seq for row in reversed(list(moves))}
    for record, seq in first.items():
        rows = PersonAssignment.objects.filter(record_id=record)
        before = rows.filter(seq__lt=seq).order_by("-seq").values_list("person_id", flat=True)[:1]
        since = _until_taken_back(found, rows.filter(seq__gte=seq)).values_list("person_id", flat=True)
        people |= {*before, *since}
    return people


def _while_it_stood(found: Said, first: PersonAssignment) -> Looks:
    """Which lines of the audit log: from the judgement that moved records until it was taken back."""
    return Looks(
        since=first.assigned_at,
        until=found.withdrawn_at,
        after=governance.number_decided(action="identities.judge", subject=f"judgement {first.judgement}"),
        before=governance.number_decided(
            action="identities.withdraw_judgement", subject=f"judgement {found.seq}"
        ),
    )


def _relied(row: AuditRow, subjects: set[str]) -> ReliedOn:
    """What was looked at, of what the judgement changed: a search, or a list, is about others too."""
    of = [part for part in dict.fromkeys(_BETWEEN.split(row.subject)) if part in subjects]
    return ReliedOn(row.action, ",".join(of) or row.subject, row.actor, row.agency, row.at)
