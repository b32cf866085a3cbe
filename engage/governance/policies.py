"""May this viewer see this fact about this person, for this purpose, on this day?

One pure function, `decide`, obeying one dated table (`governance/access.yaml`). The default is nothing. Example: a
charity's parent-liaison worker opens a child's page. The police event with handling P is allowed; the one with
handling C is not, and the sentence says whom to ask; the pupil register's record shows only once somebody has a
safeguarding reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engage.vocabulary.access import Cohort, Decision, Fact, Outcome, Subject, Viewer
from engage.vocabulary.words import N_, Sentence


ANY = "*"
HANDLING_ORDER = ("", "P", "legacy-1", "legacy-2", "legacy-3", "legacy-4", "legacy-5", "C")
SENSITIVITY_ORDER = ("standard", "restricted", "health-specialist")


@dataclass(frozen=True)
class AccessRule:
    """One dated row of the table. `*` stands for any; `agency` is own, other, or *; the most specific row wins, and
    of equally specific rows the strictest."""

    rule: str
    role: str
    agency: str
    kind: str
    handling: str
    sensitivity: str
    purpose: str
    outcome: Outcome
    from_on: date
    until_on: date | None
    source: str

    def matches(self, *, viewer: Viewer, fact: Fact, purpose: str, on: date) -> bool:
        """The row speaks about this viewer, fact, purpose and day."""
        own = "own" if viewer.agency == fact.agency else "other"
        pairs = (
            (self.role, viewer.role),
            (self.agency, own),
            (self.kind, fact.kind),
            (self.handling, fact.handling),
            (self.sensitivity, fact.sensitivity),
            (self.purpose, purpose),
        )
        in_force = self.from_on <= on and (self.until_on is None or on < self.until_on)
        return in_force and all(rule in (ANY, value) for rule, value in pairs)

    def specificity(self) -> int:
        """How many of its columns are not `*`."""
        return sum(value != ANY for value in (self.role, self.agency, self.kind, self.handling, self.sensitivity, self.purpose))


def decide(*, viewer: Viewer, subject: Subject, fact: Fact, purpose: str, on: date, table: Iterable[AccessRule]) -> Decision:
    """Allow, signpost or nothing, with the sentence that says why.

    `on` is the London day of looking. A fact from a register needs, besides the table's leave, that some agency or
    named worker has a safeguarding reason about the person.
    """
    raise NotImplementedError


def strictest(facts: Iterable[Fact]) -> tuple[str, str]:
    """The handling and sensitivity that a join, alias or count of these facts must carry."""
    raise NotImplementedError


_ = (Cohort, N_, Sentence)
