"""How much better would the joins be if people answered the first questions of the queue? Measured with a known answer.

Everything happens in a transaction that is taken back: the questions are the queue's own, in its own order, the groups are formed as
a judgement forms them, and nothing of it stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from engage.identities import assignments
from engage.identities.evaluating import Key
from engage.identities.judging import forming, queueing, standing
from engage.identities.judging.forming import Because
from engage.identities.judging.rules import Pair
from engage.identities.models import Judgement
from engage.store.warehouse import Build


@dataclass(frozen=True)
class Answered:
    """What came of it: pairs answered, how many of them were the same person, and the person afterwards of every record by its
    key (agency, file, source id); `judged` are the records that then stand with another because somebody said so."""

    pairs: int
    same: int
    group_of: dict[Key, str]
    judged: frozenset[Key]


def answer(build: Build, *, person_of: Mapping[Key, str], most: int, order: str, at: datetime) -> Answered:
    """Answer the first `most` pairs of the queue (all of it, whoever may see which), in the order of one fact.

    A partial record's candidates are asked one after the other until one is the person. A pair that has come together by an
    earlier answer is not asked, nor one of two people who were told apart. `person_of` is the known answer; a record that it does not hold is nobody else's.
    """
    everyone = _everyone(build)
    keys = {record: (agency, file, source) for record, _person, agency, file, source in everyone}
    answers: list[bool] = []
    with transaction.atomic():
        today = {record: person for record, person, *_key in everyone}
        answered: set[str] = set()
        apart: set[frozenset[str]] = set()
        for row in (row for one in queueing.all_questions(build, order=order, at=at) for row in one):
            if len(answers) == most:
                break
            left, right = row.pair
            people = frozenset((today[left], today[right]))
            if row.asks in answered or len(people) == 1 or people in apart:
                continue
            known = person_of.get(keys[left])
            answers.append(known is not None and known == person_of.get(keys[right]))
            if not answers[-1]:
                apart.add(people)
            today |= _judge(build, row.pair, answers[-1], at)
            if answers[-1]:
                answered |= queueing.known(build, [row.pair])
        today |= assignments.live_overrides(build)
        judged = frozenset(keys[record] for record in standing.all_judged(build))
        transaction.set_rollback(True)
    group_of = {keys[record]: person for record, person in today.items()}
    return Answered(len(answers), sum(answers), group_of, judged)


def _judge(build: Build, pair: Pair, is_one: bool, at: datetime) -> dict[str, str]:
    row = Judgement.objects.create(
        left_record_id=pair[0], right_record_id=pair[1], says="same" if is_one else "different", reason="the known answer",
        kind="apart", needs=1, judged_by="the known answer", agency="", judged_at=at,
    )  # fmt: skip
    moves = forming.follow(build, forming.grouped(build, pair), Because(row.seq, row.reason, at))
    return {record: after for record, (_before, after) in moves.items()}


def _everyone(build: Build) -> list[tuple[str, str, str, str, str]]:
    cursor = build.analysis()
    try:
        return list(
            cursor.execute(
                "select record_id, person_id, agency, file, source_id from person_of_record join (select distinct record_id, agency, file,"
                " source_id from person_record) using (record_id)"
            ).fetchall()
        )
    finally:
        cursor.close()
