"""How many people do the records that a viewer may see make, and how do all of them stand, in one word?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from engage.governance import queries as governance
from engage.identities import assignments, following
from engage.identities.guards.barring import barred_people
from engage.identities.judging import standing
from engage.identities.judging.queueing import known
from engage.identities.judging.rules import effects
from engage.store.warehouse import Build
from engage.vocabulary.access import Cohort, Fact, Subject, Viewing
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class Joined:
    """Of `records` current records of people, `people` persons: `several` of more than one record, `across` of more than one
    agency's, all as of today; `moved` of the records were judged to be another person's since the build. `proposed` possible joins between
    them wait for a person, `partial` of these of half names."""

    records: int
    people: int
    several: int
    across: int
    proposed: int
    partial: int
    moved: int = 0


_CLASS = ("agency", "handling", "sensitivity", "cohort")
_CURRENT = "known_from_on <= $day and (known_until_on is null or known_until_on > $day)"
# What people answered waits no more: of these two records, of others of the same two people, or of half a name whose it is.
_COUNTS = f"""
    with mine as (select distinct record_id, agency from person_record
        where ({", ".join(_CLASS)}) in (select {", ".join(_CLASS)} from mine_classes) and {_CURRENT}
        and record_id not in (select record_id from barred)),
    people as (select person_id, count(*) as records, count(distinct agency) as agencies from mine join person_of_record using (record_id) group by 1),
    apart as (
        select least(a.person_id, b.person_id) as one, greatest(a.person_id, b.person_id) as other from answered
        join person_of_record a on a.record_id = left_record_id join person_of_record b on b.record_id = right_record_id
    ),
    waiting as (
        select p.reason from link_proposal p join person_of_record a on a.record_id = p.left_record_id
        join person_of_record b on b.record_id = p.right_record_id
        join link_record l on l.record_id = p.left_record_id join link_record r on r.record_id = p.right_record_id
        where case when l.is_partial then l.record_id when r.is_partial then r.record_id else '' end not in (select record_id from named)
            and p.left_record_id in (select record_id from mine) and p.right_record_id in (select record_id from mine) and a.person_id <> b.person_id
            and (least(a.person_id, b.person_id), greatest(a.person_id, b.person_id)) not in (select one, other from apart)
    )
    select (select count(*) from mine), count(*), count(*) filter (records > 1), count(*) filter (agencies > 1),
        (select count(*) from waiting), (select count(*) from waiting where reason = 'partial'),
        (select count(*) from mine where record_id in (select record_id from judged_away))
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
        moves = following.moved(build)
        if moves:
            following.follow(cursor, moves)
        return Joined(*_counted(build, cursor, [c for c in sorted(classes) if may(*c)], viewing, moves))
    finally:
        cursor.close()


def _counted(
    build: Build, cursor: Any, classes: list[tuple[str, ...]], viewing: Viewing, moves: following.Moves
) -> tuple[int, ...]:
    if not classes:
        return (0, 0, 0, 0, 0, 0)
    said = effects(standing.said())
    answered = [pair for pair, effect in said.items() if effect.what == "different"]
    named = known(build, [pair for pair, effect in said.items() if effect.what == "same"])
    following.keep(cursor, "named", {"record_id": sorted(named)})
    following.keep(cursor, "answered", {"left_record_id": [left for left, _ in answered], "right_record_id": [right for _, right in answered]})  # fmt: skip
    following.keep(cursor, "judged_away", {"record_id": list(moves)})
    following.keep(cursor, "barred", {"record_id": sorted(_barred(viewing, build))})
    following.keep(
        cursor, "mine_classes", dict(zip(_CLASS, map(list, zip(*classes, strict=True)), strict=True))
    )
    return tuple(cursor.execute(_COUNTS, {"day": viewing.as_of}).fetchall()[0])


def _barred(viewing: Viewing, build: Build) -> set[str]:
    """The records of people to whom the viewer declared a relationship."""
    people = barred_people(build, viewing.viewer.user_id)
    return set(assignments.records_of_people(build, people)) if people else set()


def fingerprint(build: Build) -> str:
    """A digest over every record with its person today: the same of two builds when all records are the same people in both."""
    cursor = build.analysis()
    try:
        pairs = cursor.execute(
            "select record_id, person_id from person_of_record order by record_id"
        ).fetchall()
    finally:
        cursor.close()
    today = assignments.live_overrides(build)
    pairs = [(record, today.get(record, person)) for record, person in pairs]
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
