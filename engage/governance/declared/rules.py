"""What is a relationship that somebody declared, as pages speak of it, and what is refused?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engage.vocabulary.words import EngageError


END_ANOTHERS = "end_relationship"


class RelationshipRefused(EngageError):
    """It cannot be declared or ended so: the sentence says what is missing."""


@dataclass(frozen=True)
class Declaring:
    """To whom or what: a kind, the key in normal form, how it was written, what the relationship is, and since when."""

    kind: str
    key: str
    called: str
    nature: str
    since: str


@dataclass(frozen=True)
class Declared:
    """One that somebody declared. `ended_at` None: it stands, and they see nothing of it."""

    number: int
    user: str
    agency: str
    kind: str
    key: str
    called: str
    nature: str
    since: str
    declared_at: datetime
    ended_at: datetime | None
    ended_by: str
    ended_reason: str
