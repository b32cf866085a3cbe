"""Which records of persons may a viewer know of, and of which may they see everything that joining rests on?

A join is made of names, births, identifiers, addresses and phones: it is as guarded as the strictest of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engage.governance import queries as governance
from engage.identities import assignments
from engage.identities.guards.barring import barred_people
from engage.identities.guards.guarding import Guarded, guarded
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
    persons = assignments.persons_of(known, asked)
    together = assignments.records_of_people(known, set(persons.values()))
    every = asked | set(together)
    here = guarded(build, every, viewing.as_of)
    guards = {**guarded(beside, every, viewing.as_of), **here} if beside else here
    deciding = _Deciding(viewing, known, _united({**together, **persons}, as_one), guards)
    open_to = frozenset(
        record for record in asked & guards.keys() if deciding.on(record, guards[record].itself)
    )
    # Of a record in which nothing is known by the day, nothing says that it may be seen whole.
    whole = {
        record
        for record in open_to & here.keys()
        if here[record].parts and all(deciding.on(record, part) for part in here[record].parts)
    }
    return Seen(open_to, frozenset(whole), {record: _facts(guards[record]) for record in open_to}, persons)


def _facts(one: Guarded) -> dict[str, Any]:
    return {
        "record_id": one.record_id, "agency": one.itself.agency, "file": one.file, "source_id": one.source_id,
        "received_on": one.received_on, "sensitivity": one.itself.sensitivity,
    }  # fmt: skip


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
        self, viewing: Viewing, build: Build, persons: dict[str, str], guards: Mapping[str, Guarded]
    ) -> None:
        self.viewing, self.persons = viewing, persons
        self.policy = governance.policy(on=london_day(viewing.at))
        reasons: dict[str, set[str]] = {}
        named = named_reasons(build)
        for person in named.keys() & set(persons.values()):
            reasons[person] = set(named[person])
        for record, one in guards.items():
            # A record that the viewer may not even know of gives them no reason: what it opened would tell of it.
            is_case = one.itself.cohort == Cohort.CASE
            if is_case and self._decide(one.itself, frozenset()).outcome is not Outcome.NOTHING:
                reasons.setdefault(persons.get(record, record), set()).add(one.itself.agency)
        self.reasons = {person: frozenset(who) for person, who in reasons.items()}
        self.barred = barred_people(build, viewing.viewer.user_id)

    def on(self, record: str, fact: Fact) -> bool:
        """What is decided on that, of that record, may be shown."""
        person = self.persons.get(record, record)
        return (
            person not in self.barred and self._decide(fact, self.reasons.get(person, frozenset())).is_allowed
        )

    def _decide(self, fact: Fact, reasons: frozenset[str]) -> Decision:
        return self.policy.decide(
            viewer=self.viewing.viewer, subject=Subject("", reasons), fact=fact, purpose=self.viewing.purpose
        )
