"""What of a person's rows may a viewer see? Decided once for each combination of what access is decided on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from engage.governance import queries as access
from engage.identities import assignments
from engage.store.warehouse import Build
from engage.vocabulary.access import Cohort, Decision, Fact, Outcome, Subject, Viewing
from engage.vocabulary.time import london_day


# What access is decided on, besides the kind of fact: agency, handling, sensitivity and cohort. A build numbers them.
Base = int | tuple[str, str, str, str]
_FROM_OPEN = (Outcome.ALLOW, Outcome.SIGNPOST, Outcome.NOTHING)


@dataclass
class Sight:
    """What one viewing may see, in one build. A base is its number in the build, or, of what is not in it yet, itself."""

    viewing: Viewing
    build: Build
    policy: access.AccessPolicy
    bases: dict[Base, tuple[str, str, str, str]]
    _decided: dict[tuple[Base, str, frozenset[str]], Decision] = field(default_factory=dict)

    def of(self, base: Base, kind: str, reasons: frozenset[str]) -> Decision:
        """The decision on a row of that base and kind, of a person about whom these agencies and workers have reasons."""
        key = (base, kind, reasons)
        decision = self._decided.get(key)
        if decision is None:
            agency, handling, sensitivity, cohort = base if isinstance(base, tuple) else self.bases[base]
            fact = Fact(agency, kind, handling, sensitivity, Cohort(cohort))
            decision = self._decided[key] = self.policy.decide(
                viewer=self.viewing.viewer,
                subject=Subject("", reasons),
                fact=fact,
                purpose=self.viewing.purpose,
            )
        return decision

    def may(self, base: Base, kind: str, reasons: frozenset[str]) -> bool:
        """The content of a row of that base and kind may be shown."""
        return self.of(base, kind, reasons).outcome is Outcome.ALLOW

    def strictest(self, parts: Iterable[tuple[Base | None, str]], reasons: frozenset[str]) -> Decision:
        """The strictest decision on several bases, each with its kind: what is made of them all is as guarded as that one."""
        made = (self.of(base, kind, reasons) for base, kind in parts if base is not None)
        return max(made, key=lambda decision: _FROM_OPEN.index(decision.outcome))

    def tells(self) -> set[tuple[Base, str]]:
        """The bases and kinds of which the viewer may at least know that there is something."""
        kinds = ("person_record", "role", "narrative")
        nothing = Outcome.NOTHING
        return {
            (b, k) for b in self.bases for k in kinds if self.of(b, k, frozenset()).outcome is not nothing
        }

    def sensitivity(self, base: Base) -> str:
        """How sensitive rows of that base are."""
        return (base if isinstance(base, tuple) else self.bases[base])[2]


def sight(viewing: Viewing, build: Build) -> Sight:
    """The sight of one viewing."""
    rows = (
        build.pages()
        .execute("select access_base, agency, handling, sensitivity, cohort from access_base")
        .fetchall()
    )
    policy = access.policy(on=london_day(viewing.at))
    return Sight(viewing, build, policy, {row[0]: tuple(row[1:5]) for row in rows})


def named_reasons(build: Build) -> dict[str, frozenset[str]]:
    """Of each person about whom named workers have an open reason today, who they are: under today's id, since a reason goes
    with its person when two ids turn out to be one."""
    given = access.reasons_for(access.people_with_reasons())
    found: dict[str, frozenset[str]] = {}
    for asked, now in assignments.today(build, given).items():
        found[now] = found.get(now, frozenset()) | given[asked]
    return found


def reasons_about(
    pages: sqlite3.Connection, person_ids: Iterable[str], *, see: Sight
) -> dict[str, frozenset[str]]:
    """Which agencies and named workers had a safeguarding reason about each person on the viewing's day.

    A record of which the viewer may not even know is no reason for them: what it opened would tell of it.
    """
    wanted = sorted(set(person_ids))
    found: dict[str, set[str]] = {person: set() for person in wanted}
    day, tells = see.viewing.as_of.isoformat(), see.tells()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = pages.execute(
            f"select person_id, agency, access_base, kind from reason where person_id in ({', '.join('?' * len(part))}) "
            "and known_from_on <= ? and (known_until_on is null or known_until_on > ?)",
            [*part, day, day],
        ).fetchall()
        for person, agency, base, kind in rows:
            if (base, kind) in tells:
                found[person].add(agency)
    named = named_reasons(see.build) if wanted else {}
    for person in named.keys() & found.keys():
        found[person] |= named[person]
    return {person: frozenset(who) for person, who in found.items()}
