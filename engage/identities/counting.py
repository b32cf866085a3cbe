"""How many people do the records that a viewer may see make, and how do all of them stand, in one word?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from engage.governance import queries as governance
from engage.identities import assignments
from engage.store.warehouse import Build
from engage.vocabulary.access import Cohort, Fact, Subject, Viewing
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class Joined:
    """Of `records` current records of people, `people` persons: `several` of more than one record, `across` of more than one
    agency's; and `proposed` possible joins between them that wait for a person."""

    records: int
    people: int
    several: int
    across: int
    proposed: int


_CURRENT = "known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
_COUNTS = f"""
    with mine as (select distinct record_id, agency from person_record
        where (agency, handling, sensitivity, cohort) in (values {{classes}}) and {_CURRENT}),
    people as (select person_id, count(*) as records, count(distinct agency) as agencies from mine join person_of_record using (record_id) group by 1)
    select (select count(*) from mine), count(*), count(*) filter (records > 1), count(*) filter (agencies > 1),
        (select count(*) from link_proposal where left_record_id in (select record_id from mine) and right_record_id in (select record_id from mine))
    from people
"""


def joined(viewing: Viewing, build: Build) -> Joined:
    """Counts over the records that the viewer may see; those of a register count for who may see them given a reason."""
    policy = governance.policy(on=london_day(viewing.at))

    def may(agency: str, handling: str, sensitivity: str, cohort: str) -> bool:
        fact = Fact(agency, "person_record", handling, sensitivity, Cohort(cohort))
        somebody = Subject("", frozenset({"*"}))
        return policy.decide(
            viewer=viewing.viewer, subject=somebody, fact=fact, purpose=viewing.purpose
        ).is_allowed

    cursor = build.analysis()
    try:
        classes = cursor.execute(
            "select distinct agency, handling, sensitivity, cohort from person_record"
        ).fetchall()
        return Joined(*_counted(cursor, [c for c in sorted(classes) if may(*c)], viewing))
    finally:
        cursor.close()


def _counted(cursor: Any, classes: list[tuple[str, ...]], viewing: Viewing) -> tuple[int, ...]:
    if not classes:
        return (0, 0, 0, 0, 0)
    rows = ", ".join("(?, ?, ?, ?)" for _ in classes)
    sql = _COUNTS.format(classes=rows)
    bound = [*(part for one in classes for part in one), viewing.as_of, viewing.as_of]
    return tuple(cursor.execute(sql, bound).fetchall()[0])


def fingerprint(build: Build) -> str:
    """A digest over every record with its person: the same in two builds when all records are the same people in both."""
    cursor = build.analysis()
    try:
        pairs = cursor.execute(
            "select record_id, person_id from person_of_record order by record_id"
        ).fetchall()
    finally:
        cursor.close()
    return hashlib.sha256("\n".join(f"{record} {person}" for record, person in pairs).encode()).hexdigest()


def everyone(build: Build) -> list[tuple[str, str, str, str]]:
    """Each record's agency, file, source id and person id as of today, in the order of record ids."""
    cursor = build.analysis()
    try:
        rows = cursor.execute(
            "select record_id, agency, file, source_id, person_id from person_of_record join (select distinct record_id, agency, file,"
            " source_id from person_record) using (record_id) order by record_id"
        ).fetchall()
    finally:
        cursor.close()
    moved = assignments.live_overrides(build)
    return [
        (agency, file, source, moved.get(record, person_id))
        for record, agency, file, source, person_id in rows
    ]
