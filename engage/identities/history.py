"""What may a viewer be told of the history of a person id? Below the doors, which audit."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max, Q

from engage.identities import assignments
from engage.identities.assignments import IdChange
from engage.identities.models import Judgement, PersonAssignment, PersonIdEvent
from engage.identities.seeing import seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


def told(viewing: Viewing, build: Build, person_id: str) -> list[IdChange]:
    """What happened to an id since it was first given, oldest first, to records that the viewer may see.

    Why somebody judged is told to who may see both judged records whole: the reason is about both. That an id became another, or was
    parted from it, is told to who may see a record that went: else it would tell that there are others. Raises PersonUnknown, also when
    they may see none of its records.
    """
    rows = list(
        PersonAssignment.objects.filter(assignments.taken_in(build), person_id=person_id).order_by("seq")
    )
    became = list(assignments.events(build, Q(person_id=person_id) | Q(other_id=person_id)))
    went = {event.seq: _went(event) for event in became}
    judged = _judged(rows)
    records = {row.record_id for row in rows}.union(*went.values(), *judged.values())
    found = seen(viewing, build, records)
    changes = [
        (row.seq, IdChange(row.assigned_at, row.cause, row.record_id, "", _why(row, judged, found.whole)))
        for row in rows
        if row.record_id in found.open
    ]
    if not changes:
        raise assignments.person_unknown(person_id)
    changes += [(one.after_seq, _event(one, person_id)) for one in became if went[one.seq] & found.open]
    return [change for _seq, change in sorted(changes, key=lambda pair: pair[0])]


def _event(event: PersonIdEvent, person_id: str) -> IdChange:
    if event.person_id == person_id:
        return IdChange(event.at, event.kind, "", event.other_id, "")
    return IdChange(event.at, f"{event.kind}-here", "", event.person_id, "")


def _went(event: PersonIdEvent) -> set[str]:
    """The records that went from one id to the other with this event: of the assignments that were written with it."""
    one, other = event.person_id, event.other_id
    source, target = (one, other) if event.kind == "merged" else (other, one)
    before = PersonIdEvent.objects.filter(after_seq__lt=event.after_seq).aggregate(last=Max("after_seq"))[
        "last"
    ]
    rows = PersonAssignment.objects.filter(person_id=target, seq__gt=before or 0, seq__lte=event.after_seq)
    return {row.record_id for row in rows if _person_before(row) == source}


def _person_before(row: PersonAssignment) -> str | None:
    earlier = PersonAssignment.objects.filter(record_id=row.record_id, seq__lt=row.seq).order_by("-seq")
    return earlier.values_list("person_id", flat=True).first()


def _judged(rows: Collection[PersonAssignment]) -> dict[int, frozenset[str]]:
    """The two records of each judgement that moved a record."""
    numbers = {row.judgement for row in rows if row.judgement is not None}
    found = Judgement.objects.filter(seq__in=numbers)
    return {one.seq: frozenset((one.left_record_id, one.right_record_id)) for one in found}


def _why(row: PersonAssignment, judged: dict[int, frozenset[str]], whole: frozenset[str]) -> str:
    if row.judgement is None:
        return row.why
    return row.why if judged.get(row.judgement, frozenset()) <= whole else ""
