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
    """The person a fact is about, as far as access needs to know: an id, and which agencies (or "worker:<user>")
    hold a safeguarding reason to look."""

    person_id: str
    reasons: frozenset[str] = field(default_factory=frozenset)


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
