"""How does a judgement take effect at once? The groups of its records are formed anew and written down, in its transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from engage.identities import assignments
from engage.identities.build import JOIN_AT
from engage.identities.judging import evidence, standing
from engage.identities.judging.reforming import Evidence, Given, groups, ids_of_groups
from engage.identities.judging.rules import JudgementRefused, Pair, effects, followed
from engage.identities.models import PersonAssignment, PersonIdEvent
from engage.identities.reconciling import new_ids
from engage.store.warehouse import Build
from engage.vocabulary.words import N_, Sentence


WHY_LENGTH = 300


@dataclass(frozen=True)
class Formed:
    """What forming groups anew came to: each record that moved with its person before and after, and the pairs judged the same
    that what the software joined stood against (see `reforming.groups`)."""

    moves: Mapping[str, tuple[str, str]]
    unfollowed: tuple[Pair, ...]

    @property
    def persons(self) -> tuple[str, ...]:
        """The persons that records came from and went to."""
        return tuple(sorted({person for move in self.moves.values() for person in move}))


def form(build: Build, record_ids: Iterable[str], *, judgement: int | None, at: datetime, why: str) -> Formed:
    """Form the groups of everything that hangs together with these records anew, and write what changes. In a transaction.

    What is followed is read from the decided store, so that the judgement or withdrawal that asks for this must be written.
    """
    known, of, unfollowed = _groups(build, record_ids)
    today = {record: row.person_id for record, row in assignments.latest_of(build, known.records).items()}
    of = {record: group for record, group in of.items() if record in today}
    persons = ids_of_groups(of, base=assignments.built(build, of), given=_given(of), fresh=_fresh)
    moves = {
        record: (today[record], persons[group])
        for record, group in sorted(of.items())
        if today[record] != persons[group]
    }
    _write(moves, set(persons.values()), judgement=judgement, at=at, why=why[:WHY_LENGTH])
    return Formed(moves, tuple(unfollowed))


def stood_against(build: Build, record_ids: Iterable[str]) -> frozenset[Pair]:
    """The pairs judged the same, of what hangs together with these records, that other judgements and the software's joins stand
    against together. Nothing is written."""
    return frozenset(_groups(build, record_ids)[2])


def _groups(build: Build, record_ids: Iterable[str]) -> tuple[Evidence, dict[str, str], list[Pair]]:
    found = followed(effects(standing.said()))
    known = evidence.around(build, record_ids, [pair for pair, what in found if what == "same"])
    return known, *groups(known, found, join_at=JOIN_AT)


def check_followed(formed: Formed, *, before: frozenset[Pair]) -> None:
    """Raise JudgementRefused when not all that was judged can hold together with what is joined: two records judged different in one
    person. Whoever judges is asked to look; what stood so `before` (later records brought it about) is not theirs."""
    if set(formed.unfollowed) - before:
        raise JudgementRefused(
            Sentence(
                N_(
                    "This contradicts what was judged before: %(left)s and %(right)s were judged to be one person, and others of their records to be different people."
                ),
                {"left": formed.unfollowed[0][0], "right": formed.unfollowed[0][1]},
            ),
            remedy=N_(
                "Look at the judgements of these people. Whoever made the wrong one, or a team manager, can take it back first."
            ),
        )


def _given(of: Mapping[str, str]) -> dict[str, Given]:
    """Every id that any of these records ever had."""
    ever = PersonAssignment.objects.filter(record_id__in=list(of)).values("person_id")
    rows = PersonAssignment.objects.filter(person_id__in=ever).values("person_id").annotate(since=Min("seq"))
    firsts = PersonAssignment.objects.filter(seq__in=[row["since"] for row in rows])
    return {
        row.person_id: Given(row.person_id, row.record_id, row.cause == "judgement", row.seq)
        for row in firsts
    }


def _fresh() -> Iterator[str]:
    """Ids that were never given."""
    for person_id in new_ids(set()):
        if not PersonAssignment.objects.filter(person_id=person_id).exists():
            yield person_id


def _write(
    moves: Mapping[str, tuple[str, str]], held: set[str], *, judgement: int | None, at: datetime, why: str
) -> None:
    for record, (_before, after) in moves.items():
        PersonAssignment.objects.create(
            record_id=record, person_id=after, assigned_at=at, cause="judgement", why=why, judgement=judgement
        )
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
                person_id=person, kind=kind, other_id=other, at=at, cause="judgement", after_seq=last
            )
