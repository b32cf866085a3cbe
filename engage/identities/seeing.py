"""Which records of persons may a viewer know of, and of which may they see everything that joining rests on?

A join is made of names, births, identifiers, addresses and phones: it is as guarded as the strictest of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from engage.governance import queries as governance
from engage.identities import assignments
from engage.store.warehouse import Build
from engage.vocabulary.access import Cohort, Decision, Fact, Outcome, Subject, Viewing
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class Seen:
    """What one viewing may know of some records: `open` those whose person record may be shown, of which `whole` those of
    which everything compared may be; `facts` each open record's agency, file and source id; `persons` whose they are."""

    open: frozenset[str]
    whole: frozenset[str]
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)


_OF = """
    select distinct on (record_id) record_id, agency, file, source_id, handling, sensitivity, cohort, received_on from person_record
    where record_id in (select unnest($ids)) and known_from_on <= $as_of order by record_id, version desc
"""
_KNOWN = "{key} in (select unnest($ids)) and known_from_on <= $as_of"
_PART = "select distinct {key} as record_id, '{table}' as kind, agency, handling, sensitivity, cohort from {table} where {known}"
_THING = """
    select distinct r.from_record_id as record_id, '{table}' as kind, t.agency, t.handling, t.sensitivity, t.cohort
    from relationship r join {table} t on t.record_id = r.to_record_id
    where r.from_record_id in (select unnest($ids)) and r.known_from_on <= $as_of and t.known_from_on <= $as_of
"""
_COMPARED = " union all ".join(
    [
        *(
            _PART.format(table=table, key=key, known=_KNOWN.format(key=key))
            for table, key in (
                ("person_record", "record_id"),
                ("person_name", "person_record_id"),
                ("identifier", "person_record_id"),
                ("relationship", "from_record_id"),
            )
        ),
        *(_THING.format(table=table) for table in ("location", "contact_point")),
    ]
)


def seen(
    viewing: Viewing,
    build: Build,
    record_ids: Iterable[str],
    *,
    as_one: Collection[str] = (),
    beside: Build | None = None,
) -> Seen:
    """Decide on these records, each with what other agencies' records of the same person give reason for. The persons of the records
    `as_one` are decided on as if they were one: as they were when somebody judged them to be two. Of a waiting room, `beside` is the
    served build: what that knows of the same people gives reason too."""
    asked = set(record_ids)
    known = beside or build
    persons = {record: row.person_id for record, row in assignments.latest_of(known, asked).items()}
    together = assignments.records_of_people(known, set(persons.values()))
    bound = {"ids": sorted(asked | set(together)), "as_of": viewing.as_of}
    stores = (beside, build) if beside else (build,)
    facts = {row["record_id"]: row for store in stores for row in _rows(store, _OF, bound)}
    deciding = _Deciding(viewing, known, _united({**together, **persons}, as_one), facts)
    open_to = frozenset(record for record in asked & set(facts) if deciding.on(record, facts[record]))
    parts = _rows(build, _COMPARED, {"ids": sorted(open_to), "as_of": viewing.as_of}) if open_to else []
    shut = {part["record_id"] for part in parts if not deciding.on(part["record_id"], part)}
    return Seen(open_to, open_to - shut, {record: facts[record] for record in open_to}, persons)


def _united(persons: dict[str, str], as_one: Collection[str]) -> dict[str, str]:
    """Whose the records are, with the persons of these records under one of their ids."""
    whose = sorted({persons[record] for record in as_one if record in persons})
    return {record: whose[0] if person in whose else person for record, person in persons.items()}


def named_reasons(build: Build) -> dict[str, frozenset[str]]:
    """Of each person about whom named workers have an open reason today, who they are: under today's id, since a reason goes
    with its person when two ids turn out to be one."""
    given = governance.reasons_for()
    found: dict[str, frozenset[str]] = {}
    for asked, now in assignments.today(build, given).items():
        found[now] = found.get(now, frozenset()) | given[asked]
    return found


class _Deciding:
    """The decisions of one viewing, given who has a reason about each person."""

    def __init__(
        self, viewing: Viewing, build: Build, persons: dict[str, str], facts: dict[str, dict[str, Any]]
    ) -> None:
        self.viewing, self.persons = viewing, persons
        self.policy = governance.policy(on=london_day(viewing.at))
        self.reasons: dict[str, set[str]] = {}
        named = named_reasons(build)
        for person in named.keys() & set(persons.values()):
            self.reasons[person] = set(named[person])
        for record, row in facts.items():
            # A record that the viewer may not even know of gives them no reason: what it opened would tell of it.
            if row["cohort"] == Cohort.CASE and self._decide(row, frozenset()).outcome is not Outcome.NOTHING:
                self.reasons.setdefault(persons.get(record, record), set()).add(row["agency"])

    def on(self, record: str, row: dict[str, Any]) -> bool:
        """A row of that record, of kind person_record or its own, may be shown."""
        return self._decide(row, frozenset(self.reasons.get(self.persons.get(record, record), ()))).is_allowed

    def _decide(self, row: dict[str, Any], reasons: frozenset[str]) -> Decision:
        kind = row.get("kind", "person_record")
        fact = Fact(row["agency"], kind, row["handling"], row["sensitivity"], Cohort(row["cohort"]))
        return self.policy.decide(
            viewer=self.viewing.viewer, subject=Subject("", reasons), fact=fact, purpose=self.viewing.purpose
        )


def _rows(build: Build, sql: str, bound: dict[str, Any]) -> list[dict[str, Any]]:
    cursor = build.analysis()
    try:
        found = cursor.execute(sql, bound)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    finally:
        cursor.close()
