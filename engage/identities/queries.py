"""The reading door of identities: whose record is this, which records are this person, and why?

Every read of a person goes through here: it starts from the ids that the served build took in, and lays what people
judged since on top at once. Rows that a later, unserved build left are not looked at.
"""

from __future__ import annotations

from dataclasses import replace

from engage.governance.actions import record_view
from engage.governance.queries import check_can
from engage.identities import assignments, counting, explaining
from engage.identities.assignments import IdChange, Person, RecordUnknown
from engage.identities.counting import Joined
from engage.identities.explaining import PersonExplained
from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.rules import JoinExplained
from engage.identities.seeing import seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


def person(*, viewing: Viewing, build: Build, person_id: str) -> Person:
    """The person with that id, or the one it became, with those records that the viewer may see. Audited.

    Raises PersonUnknown, also when the viewer may see none of the records: the same words.
    """
    try:
        found = assignments.person(build, person_id)
        shown = tuple(sorted(seen(viewing, build, found.record_ids).open))
        if not shown:
            raise assignments.person_unknown(person_id)
    except assignments.PersonUnknown:
        _audit(viewing, "identities.person", person_id, ["record_ids"], is_allowed=False)
        raise
    _audit(viewing, "identities.person", found.person_id, ["record_ids"])
    return replace(found, record_ids=shown)


def records_of(*, viewing: Viewing, build: Build, person_id: str) -> tuple[str, ...]:
    """The ids of the records of a person, as of today, that the viewer may see, in order. Raises PersonUnknown. Audited."""
    return person(viewing=viewing, build=build, person_id=person_id).record_ids


def person_of_record(*, viewing: Viewing, build: Build, record_id: str) -> str:
    """The id of the person whose record it is. Raises RecordUnknown, also when the viewer may not see it. Audited."""
    found = seen(viewing, build, [record_id])
    is_allowed = record_id in found.open and record_id in found.persons
    _audit(viewing, "identities.person_of_record", record_id, ["person_id"], is_allowed=is_allowed)
    if not is_allowed:
        raise assignments.record_unknown(record_id)
    return found.persons[record_id]


def history_of_id(*, viewing: Viewing, build: Build, person_id: str) -> list[IdChange]:
    """What happened to an id since it was first given, oldest first, to records that the viewer may see. Audited.

    Raises PersonUnknown, also when that is none.
    """
    try:
        changes = assignments.history(build, person_id)
    except assignments.PersonUnknown:
        _audit(viewing, "identities.history", person_id, ["history"], is_allowed=False)
        raise
    shown = seen(viewing, build, {change.record_id for change in changes if change.record_id}).open
    _audit(viewing, "identities.history", person_id, ["history"], is_allowed=bool(shown))
    if not shown:
        raise assignments.person_unknown(person_id)
    return [change for change in changes if not change.record_id or change.record_id in shown]


def explain_join(*, viewing: Viewing, build: Build, left: str, right: str) -> JoinExplained:
    """Why two records are, or are not, one person; the comparison only where the viewer may see all of it. Audited.

    Raises RecordUnknown when the build has no such record, or the viewer may not see it: the same words.
    """
    first, second = sorted((left, right))
    subject = f"{first} {second}"
    try:
        explained = explaining.join_of(viewing, build, first, second)
    except RecordUnknown:
        _audit(viewing, "identities.explain", subject, _COMPARED, is_allowed=False)
        raise
    _audit(viewing, "identities.explain", subject, _COMPARED, is_allowed=_is_shown(explained))
    return explained


def explain_person(*, viewing: Viewing, build: Build, person_id: str) -> PersonExplained:
    """Why a person's records that the viewer may see are one person, pair by pair. Audited. Raises PersonUnknown."""
    try:
        found = explaining.joins_of_person(viewing, build, person_id)
    except assignments.PersonUnknown:
        _audit(viewing, "identities.explain", person_id, _COMPARED, is_allowed=False)
        raise
    is_allowed = not found.joins or any(map(_is_shown, found.joins))
    _audit(viewing, "identities.explain", found.person_id, _COMPARED, is_allowed=is_allowed)
    return found


_COMPARED = [comparison.name for comparison in COMPARISONS]


def _is_shown(join: JoinExplained) -> bool:
    return join.left.is_visible and join.right.is_visible


def _audit(
    viewing: Viewing, action: str, subject: str, fields: list[str], *, is_allowed: bool = True
) -> None:
    decision = "allow" if is_allowed else "nothing"
    record_view(viewing=viewing, action=action, subject=subject, fields=fields, decision=decision)


def everyone(*, viewing: Viewing, build: Build) -> list[tuple[str, str, str, str]]:
    """Each record's agency, file, source id and person id as of today, in order: keys and ids only, to measure the joins. Audited.

    It tells of every agency which records it holds, so it is for those who may evaluate. Raises MayNotDo.
    """
    check_can(viewer=viewing.viewer, what="evaluate")
    cursor = build.analysis()
    try:
        rows = cursor.execute(
            "select record_id, agency, file, source_id, person_id from person_of_record join (select distinct record_id, agency, file,"
            " source_id from person_record) using (record_id) order by record_id"
        ).fetchall()
    finally:
        cursor.close()
    moved = assignments.live_overrides(build)
    _audit(viewing, "identities.everyone", "all", ["record_id", "person_id"])
    return [
        (agency, file, source, moved.get(record, person_id))
        for record, agency, file, source, person_id in rows
    ]


def joined(*, viewing: Viewing, build: Build) -> Joined:
    """How many people the records make that the viewer may see. Audited."""
    found = counting.joined(viewing, build)
    _audit(viewing, "identities.joined", "all", ["counts"], is_allowed=bool(found.records))
    return found


def fingerprint(*, viewing: Viewing, build: Build) -> str:
    """A digest over every record with its person, to compare builds by: it tells of nobody. Audited."""
    found = counting.fingerprint(build)
    _audit(viewing, "identities.fingerprint", "all", ["digest"])
    return found
