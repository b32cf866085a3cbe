"""Who looks, at what, why and when: the words that access is decided in.

The decision itself is `engage.governance.policies.decide`. Every reading door takes a `Viewing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from engage.vocabulary.words import Sentence


@dataclass(frozen=True)
class Viewer:
    """A named person at work in one agency, in one role. `user_id` is the sign-in name, or the operator's name
    on the command line."""

    user_id: str
    name: str
    agency: str
    role: str


@dataclass(frozen=True)
class Viewing:
    """One act of looking: who, for what purpose, at which moment, as the records stood on which day.

    `purpose` is a code of `governance/purposes.yaml`; `as_of` is the last received day that may be shown.
    `request_id` ties the audit rows of one page together.
    """

    viewer: Viewer
    purpose: str
    at: datetime
    as_of: date
    request_id: str = ""


class Outcome(StrEnum):
    """What a viewer gets of a fact."""

    ALLOW = "allow"
    SIGNPOST = "signpost"
    NOTHING = "nothing"


class Cohort(StrEnum):
    """Who is in an extract, and so what it may be used for.

    CASE: people about whom the agency has a safeguarding reason of its own. REGISTER: everyone the agency serves
    (all pupils, all patients); it serves matching only, and shows nothing about a person until another agency or a
    named worker has a safeguarding reason.
    """

    CASE = "case"
    REGISTER = "register"


@dataclass(frozen=True)
class Fact:
    """The kind of thing that may be seen, without its content: what access is decided on.

    `kind` is an exchange table's name ("person_record", "event", "narrative", ...), or "person_characteristic" for ethnicity,
    nationality and religion; `handling` is the handling code ("P", "C", "legacy-4", or "" when the source gave none and its agreement governs); `sensitivity` is "standard",
    "health-specialist" or "restricted".
    """

    agency: str
    kind: str
    handling: str = ""
    sensitivity: str = "standard"
    cohort: Cohort = Cohort.CASE


@dataclass(frozen=True)
class Subject:
    """What a fact is about, as far as access needs to know: the person's id, and which agencies (or "worker:<user>") hold a safeguarding reason to look.

    Of what belongs to a case also: which agencies take part in it (`parts`; None: it belongs to no case), to whom alone it is open where it is sealed
    (`sealed_to`; None: it is not), and who declared a relationship that bars them (`barred`), each by sign-in name.
    """

    person_id: str
    reasons: frozenset[str] = field(default_factory=frozenset)
    parts: frozenset[str] | None = None
    sealed_to: frozenset[str] | None = None
    barred: frozenset[str] = field(default_factory=frozenset)

    def seen_by(self, viewer: Viewer) -> Subject:
        """The same, and of parts, seals and bars no more than what they say of this viewer: all that a decision rests on."""
        return Subject(
            self.person_id,
            self.reasons,
            None if self.parts is None else self.parts & {viewer.agency},
            None if self.sealed_to is None else self.sealed_to & {viewer.user_id},
            self.barred & {viewer.user_id},
        )

    def told_apart_for(self, viewer: Viewer) -> tuple[object, ...]:
        """By which what is decided of it for this viewer is told from what is decided of another: all that `seen_by` leaves, without the person."""
        return (
            self.reasons,
            None if self.parts is None else viewer.agency in self.parts,
            None if self.sealed_to is None else viewer.user_id in self.sealed_to,
            viewer.user_id in self.barred,
        )


@dataclass(frozen=True)
class Decision:
    """What was decided, the sentence that says why, and the id of the rule in the access table ("" for the default)."""

    outcome: Outcome
    sentence: Sentence
    rule: str = ""

    @property
    def is_allowed(self) -> bool:
        """The content may be shown."""
        return self.outcome is Outcome.ALLOW
