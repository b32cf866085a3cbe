"""What of a person's rows may a viewer see? Decided once for each combination of what access is decided on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from engage.governance import queries as access
from engage.store.warehouse import Build
from engage.vocabulary.access import Cohort, Decision, Fact, Outcome, Subject, Viewing
from engage.vocabulary.time import london_day


@dataclass
class Sight:
    """What one viewing may see, in one build. Bases are the numbered combinations of agency, handling, sensitivity, cohort."""

    viewing: Viewing
    policy: access.AccessPolicy
    bases: dict[int, tuple[str, str, str, str]]
    _decided: dict[tuple[int, str, frozenset[str]], Decision] = field(default_factory=dict)

    def of(self, base: int, kind: str, reasons: frozenset[str]) -> Decision:
        """The decision on a row of that base and kind, of a person about whom these agencies and workers have reasons."""
        key = (base, kind, reasons)
        if key not in self._decided:
            agency, handling, sensitivity, cohort = self.bases[base]
            self._decided[key] = self.of_fact(
                Fact(agency, kind, handling, sensitivity, Cohort(cohort)), reasons
            )
        return self._decided[key]

    def of_fact(self, fact: Fact, reasons: frozenset[str] = frozenset()) -> Decision:
        """The decision on a fact that is not in the build."""
        viewing = self.viewing
        return self.policy.decide(
            viewer=viewing.viewer, subject=Subject("", reasons), fact=fact, purpose=viewing.purpose
        )

    def may(self, base: int, kind: str, reasons: frozenset[str]) -> bool:
        """The content of a row of that base and kind may be shown."""
        return self.of(base, kind, reasons).outcome is Outcome.ALLOW

    def sensitivity(self, base: int) -> str:
        """How sensitive rows of that base are."""
        return self.bases[base][2]


def sight(viewing: Viewing, build: Build) -> Sight:
    """The sight of one viewing."""
    bases = {
        row[0]: tuple(row[1:5])
        for row in build.pages().execute(
            "select access_base, agency, handling, sensitivity, cohort from access_base"
        )
    }
    return Sight(viewing, access.policy(on=london_day(viewing.at)), bases)


def reasons(
    pages: sqlite3.Connection, person_ids: Iterable[str], *, viewing: Viewing
) -> dict[str, frozenset[str]]:
    """Which agencies and named workers had a safeguarding reason about each person on the viewing's day."""
    wanted = sorted(set(person_ids))
    found: dict[str, set[str]] = {person: set() for person in wanted}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = pages.execute(
            f"select person_id, agency from reason where person_id in ({marks}) and known_from_on <= ?",
            [*part, viewing.as_of.isoformat()],
        )
        for person, agency in rows:
            found[person].add(agency)
    for person, workers in access.reasons_for(wanted).items() if wanted else ():
        found[person] |= workers
    return {person: frozenset(who) for person, who in found.items()}
