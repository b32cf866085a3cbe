"""The writing door of identities: give every group of a build its id, for good; take what people judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import connection as decided
from django.db import transaction

from engage.governance.actions import check_may, record_decision
from engage.identities.judging import deciding, settling, several, standing
from engage.identities.judging.locking import one_at_a_time
from engage.identities.judging.rules import Judged, Withdrawn
from engage.identities.judging.standing import Judgements
from engage.identities.linking.model import Model
from engage.identities.measuring import keeping
from engage.identities.measuring.answer import Answer
from engage.identities.measuring.figures import Figures
from engage.identities.models import PersonAssignment
from engage.identities.reconciling import Held, keep_ids, new_ids
from engage.identities.trained import keeping as trained
from engage.identities.trained import training
from engage.identities.trained.rules import Changes, Chosen, LearntFrom
from engage.identities.writing import write_many
from engage.store.steps import Progress, silent
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


@dataclass(frozen=True)
class GivenIds:
    """What was given out: people with a new id, records with their first id, records that moved to another id, and
    `watermark`, the last assignment that this build takes in (`watermarks["person_assignment"]` of its build.json)."""

    new_people: int
    new_records: int
    moved_records: int
    watermark: int


_ASSIGNMENTS, _EVENTS = "identities_personassignment", "identities_personidevent"

_HELD = """
    select c.cluster, g.person_id, count(*) as records, min(g.since) as since, min(g.first) as first
    from cluster c join given_before g using (record_id) group by 1, 2
"""
_TO_WRITE = """
    select p.record_id, p.person_id, g.person_id as before
    from person_of_record p left join given_before g using (record_id)
    where g.person_id is distinct from p.person_id order by p.record_id
"""


def give_ids(
    connection: Any, *, build_id: str, at: datetime, by: str, progress: Progress = silent
) -> GivenIds:
    """Give each group in the build's `cluster` its person id, write what is new, and leave `person_of_record`.

    All is written in one transaction with its audit row. A kill after it and before the build is served does no harm:
    readers take in assignments only up to the served build's watermark, and the next build finds the ids and keeps them.
    """
    with transaction.atomic():
        one_at_a_time()
        given, since = _given_before()
        _register(connection, given, since)
        _lay_out(connection, set(since))
        moves = [
            (record, person, before) for record, person, before in connection.execute(_TO_WRITE).fetchall()
        ]
        gone = set(since) - {
            row[0] for row in connection.execute("select distinct person_id from person_of_record").fetchall()
        }
        _write_assignments(moves, gone, build_id=build_id, at=at)
        watermark = _last_assignment()
        _write_events(moves, gone, build_id=build_id, at=at, after_seq=watermark)
        result = _result(moves, set(since), watermark)
        _audit(result, build_id=build_id, at=at, by=by)
    connection.execute("drop table given_before")
    progress(
        "person_of_record", int(connection.execute("select count(*) from person_of_record").fetchall()[0][0])
    )
    return result


def _given_before() -> tuple[list[tuple[str, str, int]], dict[str, int]]:
    """Each record's latest id and since when it has that, and when each id was first given."""
    with decided.cursor() as cursor:
        cursor.execute(
            f"select record_id, person_id, seq from {_ASSIGNMENTS} where seq in (select max(seq) from {_ASSIGNMENTS} group by record_id)"
        )
        given = [(row[0], row[1], int(row[2])) for row in cursor.fetchall()]
        cursor.execute(f"select person_id, min(seq) from {_ASSIGNMENTS} group by person_id")
        return given, {row[0]: int(row[1]) for row in cursor.fetchall()}


def _register(connection: Any, given: list[tuple[str, str, int]], since: dict[str, int]) -> None:
    rows = pa.table(
        {
            "record_id": pa.array([row[0] for row in given], pa.string()),
            "person_id": pa.array([row[1] for row in given], pa.string()),
            "since": pa.array([since[row[1]] for row in given], pa.int64()),
            "first": pa.array([row[2] for row in given], pa.int64()),
        }
    )
    connection.register("given_rows", rows)
    connection.execute("create or replace table given_before as select * from given_rows")
    connection.unregister("given_rows")


def _lay_out(connection: Any, ever_given: set[str]) -> None:
    kept = keep_ids(Held(*row) for row in connection.execute(_HELD).fetchall())
    groups = [
        row[0] for row in connection.execute("select distinct cluster from cluster order by 1").fetchall()
    ]
    fresh = new_ids(ever_given)
    ids = [kept.get(group) or next(fresh) for group in groups]
    connection.register(
        "group_rows",
        pa.table({"cluster": pa.array(groups, pa.string()), "person_id": pa.array(ids, pa.string())}),
    )
    connection.execute(
        "create or replace table person_of_record as select c.record_id, g.person_id from cluster c join group_rows g using (cluster) order by 1"
    )
    connection.unregister("group_rows")


_WHY = {
    "build": "first joined by the build",
    "merge": "the build found its earlier person to be the same as this one",
    "split": "the build no longer joins it with its earlier person",
}


def _cause(before: str | None, gone: set[str]) -> str:
    if before is None:
        return "build"
    return "merge" if before in gone else "split"


def _write_assignments(
    moves: list[tuple[str, str, str | None]], gone: set[str], *, build_id: str, at: datetime
) -> None:
    causes = [_cause(before, gone) for _record, _person, before in moves]
    rows = (
        (record, person, at, build_id, cause, _WHY[cause])
        for (record, person, _), cause in zip(moves, causes, strict=True)
    )
    write_many(
        _ASSIGNMENTS,
        ("record_id", "person_id", "assigned_at", "build_id", "cause", "why"),
        rows,
    )


def _write_events(
    moves: list[tuple[str, str, str | None]], gone: set[str], *, build_id: str, at: datetime, after_seq: int
) -> None:
    """An id that no group holds any more was merged into the one that took most of its records."""
    went: dict[str, dict[str, int]] = {}
    for _record, person, before in moves:
        if before is not None:
            counts = went.setdefault(before, {})
            counts[person] = counts.get(person, 0) + 1
    rows = []
    for before, counts in sorted(went.items()):
        if before in gone:
            into = min(counts, key=lambda person: (-counts[person], person))
            rows.append((before, "merged", into, at, build_id, "build", after_seq))
        else:
            rows += [(person, "split", before, at, build_id, "build", after_seq) for person in sorted(counts)]
    write_many(
        _EVENTS,
        ("person_id", "kind", "other_id", "at", "build_id", "cause", "after_seq"),
        rows,
    )


def _last_assignment() -> int:
    last = PersonAssignment.objects.order_by("-seq").values_list("seq", flat=True).first()
    return last or 0


def _result(moves: list[tuple[str, str, str | None]], ever_given: set[str], watermark: int) -> GivenIds:
    return GivenIds(
        new_people=len({person for _record, person, _before in moves if person not in ever_given}),
        new_records=sum(before is None for _record, _person, before in moves),
        moved_records=sum(before is not None for _record, _person, before in moves),
        watermark=watermark,
    )


def judge(*, viewing: Viewing, build: Build, left: str, right: str, says: str, reason: str) -> Judged:
    """Take what a person says of two records (same, different or unsure) and, when as many have said so as the kind of pair
    needs, form the groups of their records anew, all in one transaction with the audit row.

    Raises MayNotDo, RecordUnknown (also when the viewer may not see both whole), JudgementRefused (no reason, no such word, or
    it contradicts other judgements: then nothing is written)."""
    return several.judge(viewing=viewing, build=build, pairs=[(left, right)], says=says, reason=reason)[0]


def judge_several(
    *, viewing: Viewing, build: Build, pairs: Sequence[tuple[str, str]], says: str, reason: str
) -> tuple[Judged, ...]:
    """Say the same of several pairs, as `judge`, in one transaction: when one is refused, nothing is written of any. Raises as `judge`."""
    return several.judge(viewing=viewing, build=build, pairs=pairs, says=says, reason=reason)


def withdraw_judgement(*, viewing: Viewing, build: Build, seq: int, why: str) -> Withdrawn:
    """Take a judgement back: what was there before it is there again, and every view and export that relied on it is listed.

    Raises MayNotDo, JudgementRefused (none such, taken back already, another's, or no reason)."""
    return deciding.withdraw(viewing=viewing, build=build, seq=seq, why=why)


def keep_figures(*, viewing: Viewing, build: Build, found: Figures, answer: Answer) -> None:
    """Keep what a measurement found, to be shown with when it was made and against which answer. Raises MayNotDo."""
    check_may(viewing=viewing, what="evaluate", subject=build.info.build_id)
    keeping.keep(viewing, build, found, answer)


def model_for_build() -> Chosen:
    """The model that the next build links with; or none, and why that build is to train one."""
    return trained.for_build()


def keep_first_model(*, viewing: Viewing, model: Model, learnt: LearntFrom, why: str) -> int:
    """Keep and adopt the model that a build had to train; return its version; 0 when there was nothing to learn from."""
    return trained.keep_first(viewing, model, learnt, why=why) if model.passes else 0


def try_model(
    *, viewing: Viewing, build: Build, connection: Any, version: int, seed: int, progress: Progress = silent
) -> tuple[int, Changes]:
    """On a copy of the served build: train a new model (`version` 0) or take one that is kept, and keep what it would change of the
    people that are served. Returns its version and the changes. Raises MayNotDo, ModelUnknown, ModelWrong, StepFailed."""
    check_may(viewing=viewing, what="adopt_model", subject=f"model {version or 'new'}")
    chosen = trained.model_of(version) if version else None
    followed = list(standing.for_build().followed)
    model, changes = training.tried(
        connection, build, chosen, seed=seed, judgements=followed, progress=progress
    )
    learnt = training.learnt_from(connection, build_id=build.info.build_id, as_of=build.info.as_of)
    with transaction.atomic():
        kept = version or trained.keep(viewing, model, learnt)
        trained.keep_tried(viewing, kept, changes)
    return kept, changes


def adopt_model(*, viewing: Viewing, build: Build, version: int, why: str) -> None:
    """Have the next build, and those after it, link with this model. What it would change of what is served must have been looked at.

    Raises MayNotDo, ModelUnknown, AdoptionRefused."""
    check_may(viewing=viewing, what="adopt_model", subject=f"model {version}")
    trained.adopt(viewing, build, version, why)


def judged() -> Judgements:
    """What people judged, for a build to follow, and up to which judgement and withdrawal that goes."""
    return standing.for_build()


@transaction.atomic
def settle(*, build: Build, at: datetime, by: str = "") -> int:
    """Have a build that has just been served follow what was judged while it was being made; return how many records moved. Call it in
    the transaction of the swap. Audited."""
    return settling.settle(build, at=at, by=by)


@transaction.atomic
def catch_up(*, build: Build, at: datetime) -> int:
    """`settle` a build that was served without it, because it was killed in between; return how many records moved. Audited."""
    return settling.catch_up(build, at=at)


def _audit(result: GivenIds, *, build_id: str, at: datetime, by: str) -> None:
    record_decision(
        viewing=settling.by_machine(build_id, at=at, by=by), action="identities.give_ids", subject=build_id, fields=["person_id"],
        decision="given", why=f"{result.new_people} new people, {result.new_records} new records, {result.moved_records} moved",
    )  # fmt: skip
