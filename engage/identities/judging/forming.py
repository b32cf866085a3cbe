"""How does a judgement take effect at once? The groups of its records are formed anew and written down, in its transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from engage.identities import assignments
from engage.identities.judging import evidence, standing
from engage.identities.judging.reforming import Given, Grouped, Row, base_of, groups, ids_of_groups
from engage.identities.linking.merging import JOIN_AT
from engage.identities.models import PersonAssignment, PersonIdEvent
from engage.identities.reconciling import new_ids
from engage.store.warehouse import Build


WHY_LENGTH = 300


@dataclass(frozen=True)
class Because:
    """Why records are given to other persons: by which judgement, its reason, when, and whether it was made or taken back."""

    judgement: int | None
    why: str
    at: datetime
    cause: str = assignments.JUDGED


# Each record that moved, with its person before and after.
Moves = Mapping[str, tuple[str, str]]


def grouped(build: Build, record_ids: Iterable[str]) -> Grouped:
    """The groups of everything that hangs together with these records, by what is followed now. Nothing is written."""
    known = evidence.around(build, record_ids, standing.partners)
    return groups(known, standing.words_on(known.records), join_at=JOIN_AT)


def follow(build: Build, found: Grouped, because: Because) -> Moves:
    """Write what these groups change. In a transaction, with `locking.one_at_a_time`; what is followed is read from the decided store,
    so that the judgement or withdrawal that asks for this was written before the groups were formed."""
    today = assignments.persons_of(build, found.of)
    of = {record: group for record, group in found.of.items() if record in today}
    rows = [
        Row(row.seq, row.record_id, row.person_id, row.cause in assignments.BY_PEOPLE)
        for row in assignments.rows_of(build, of)
    ]
    persons = ids_of_groups(of, base=base_of(of, rows), given=_given(of), fresh=_fresh)
    moves = {
        record: (today[record], persons[group])
        for record, group in sorted(of.items())
        if today[record] != persons[group]
    }
    _write(moves, set(persons.values()), because)
    return moves


def _given(of: Mapping[str, str]) -> dict[str, Given]:
    """Every id that any of these records ever had."""
    ever = PersonAssignment.objects.filter(record_id__in=list(of)).values("person_id")
    rows = PersonAssignment.objects.filter(person_id__in=ever).values("person_id").annotate(since=Min("seq"))
    firsts = PersonAssignment.objects.filter(seq__in=[row["since"] for row in rows])
    return {
        row.person_id: Given(row.person_id, row.record_id, row.cause in assignments.BY_PEOPLE, row.seq)
        for row in firsts
    }


def _fresh() -> Iterator[str]:
    """Ids that were never given."""
    for person_id in new_ids(set()):
        if not PersonAssignment.objects.filter(person_id=person_id).exists():
            yield person_id


def _write(moves: Moves, held: set[str], because: Because) -> None:
    for record, (_before, after) in moves.items():
        PersonAssignment.objects.create(
            record_id=record, person_id=after, assigned_at=because.at, cause=because.cause, why=because.why[:WHY_LENGTH],
            judgement=because.judgement,
        )  # fmt: skip
    last = PersonAssignment.objects.aggregate(last=Max("seq"))["last"] or 0
    went: dict[str, Counter[str]] = {}
    for before, after in moves.values():
        went.setdefault(before, Counter())[after] += 1
    for before, into in sorted(went.items()):
        if before in held:
            rows = [(other, "split", before) for other in sorted(into)]
        else:
            rows = [(before, "merged", min(into, key=lambda person: (-into[person], person)))]
        for person, kind, other in rows:
            PersonIdEvent.objects.create(
                person_id=person,
                kind=kind,
                other_id=other,
                at=because.at,
                cause=because.cause,
                after_seq=last,
            )
