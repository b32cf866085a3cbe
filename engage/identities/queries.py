"""The reading door of identities: whose record is this, which records are this person, and why?

Every read of a person goes through here: it starts from the ids that the served build took in, and lays what people
judged since on top at once. Rows that a later, unserved build left are not looked at.
"""

from __future__ import annotations

from engage.governance.actions import record_view
from engage.identities import assignments, explaining
from engage.identities.assignments import IdChange, Person, RecordUnknown
from engage.identities.comparisons import COMPARISONS
from engage.identities.explaining import PersonExplained
from engage.identities.rules import JoinExplained
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, Sentence


def person(*, viewing: Viewing, build: Build, person_id: str) -> Person:
    """The person with that id, or the one it became. Raises PersonUnknown. Audited."""
    found = assignments.person(build, person_id)
    record_view(
        viewing=viewing,
        action="identities.person",
        subject=found.person_id,
        fields=["record_ids"],
        decision="allow",
    )
    return found


def records_of(*, viewing: Viewing, build: Build, person_id: str) -> tuple[str, ...]:
    """The ids of the records of a person as of today, in order. Raises PersonUnknown. Audited."""
    return person(viewing=viewing, build=build, person_id=person_id).record_ids


def person_of_record(*, viewing: Viewing, build: Build, record_id: str) -> str:
    """The id of the person whose record it is. Raises RecordUnknown. Audited."""
    latest = assignments.latest_of(build, [record_id])
    if record_id not in latest:
        raise RecordUnknown(
            Sentence(N_("No record %(record)s has been joined."), {"record": record_id}),
            remedy=N_("A record id is area:agency:file:source id. Build the area if it has come since."),
        )
    record_view(
        viewing=viewing,
        action="identities.person_of_record",
        subject=record_id,
        fields=["person_id"],
        decision="allow",
    )
    return latest[record_id].person_id


def history_of_id(*, viewing: Viewing, build: Build, person_id: str) -> list[IdChange]:
    """What happened to an id since it was first given, oldest first. Raises PersonUnknown. Audited."""
    changes = assignments.history(build, person_id)
    record_view(
        viewing=viewing, action="identities.history", subject=person_id, fields=["history"], decision="allow"
    )
    return changes


def explain_join(*, viewing: Viewing, build: Build, left: str, right: str) -> JoinExplained:
    """Why two records are, or are not, one person; values only where the viewer may see both. Audited.

    Raises RecordUnknown when the build has no such record.
    """
    first, second = sorted((left, right))
    explained = explaining.join_of(viewing, build, first, second)
    _audit(viewing, f"{first} {second}", [explained])
    return explained


def explain_person(*, viewing: Viewing, build: Build, person_id: str) -> PersonExplained:
    """Why a person's records are one person, pair by pair. Audited. Raises PersonUnknown."""
    found = explaining.joins_of_person(viewing, build, person_id)
    _audit(viewing, found.person_id, list(found.joins))
    return found


def _audit(viewing: Viewing, subject: str, joins: list[JoinExplained]) -> None:
    allowed = any(join.left.is_visible and join.right.is_visible for join in joins)
    record_view(
        viewing=viewing,
        action="identities.explain",
        subject=subject,
        fields=[comparison.name for comparison in COMPARISONS],
        decision="allow" if allowed else "nothing",
    )


def everyone(*, viewing: Viewing, build: Build) -> list[tuple[str, str, str, str]]:
    """Each record's agency, file, source id and person id as of today, in order: keys and ids only. Audited."""
    cursor = build.analysis()
    try:
        rows = cursor.execute(
            "select record_id, agency, file, source_id, person_id from person_of_record join (select distinct record_id, agency, file,"
            " source_id from person_record) using (record_id) order by record_id"
        ).fetchall()
    finally:
        cursor.close()
    moved = assignments.live_overrides(build)
    record_view(
        viewing=viewing,
        action="identities.everyone",
        subject="all",
        fields=["record_id", "person_id"],
        decision="allow",
    )
    return [
        (agency, file, source, moved.get(record, person_id))
        for record, agency, file, source, person_id in rows
    ]
