"""What is known of a trained model: where it comes from, what it would change, and what its levels weigh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engage.identities.linking.model import Model
from engage.vocabulary.words import EngageError


# A model learnt from fewer records than this leans on the shipped values; until there are more, each build trains anew.
LEAST_RECORDS = 2_000
# Since training, this many times the records, or another agency: it may be time to train anew. Said, never done.
GROWN_BY = 2.0
# Changes that are kept to be looked at; all are counted.
MOST_CHANGES = 500


class ModelUnknown(EngageError):
    """There is no model of that version."""


class AdoptionRefused(EngageError):
    """A model was not adopted: nobody saw what it would change today, no reason was given, or it is in use already."""


@dataclass(frozen=True)
class LearntFrom:
    """The records that a model was learnt from: of which build, as of which day, how many, of how many agencies."""

    build_id: str
    as_of: date
    records: int
    agencies: int


@dataclass(frozen=True)
class Change:
    """Two records that a model would join or part (`kind`: joined, parted), with what they weigh in bits now and then; None
    where the two were not compared, or weigh too little to be kept."""

    kind: str
    left_record_id: str
    right_record_id: str
    weight_now: float | None
    weight_then: float | None


@dataclass(frozen=True)
class Changes:
    """What a model would change of the people that are served: counts of records, people and pairs of records, and the
    pairs that tell it, one for each two people joined and each two parts of a person parted. `seq` is 0 before it is kept."""

    build_id: str
    records: int
    people_now: int
    people_then: int
    pairs_joined: int
    pairs_parted: int
    people_joined: int
    people_parted: int
    asked_now: int
    asked_then: int
    told: int
    pairs: tuple[Change, ...] = ()
    seq: int = 0

    @property
    def is_nothing(self) -> bool:
        """Every record would stay with the same records."""
        return not (self.pairs_joined or self.pairs_parted)


@dataclass(frozen=True)
class Adopted:
    """Who adopted a model when, and why; `was_seen` when what it would change was looked at (a first build adopts unseen)."""

    by: str
    at: datetime
    why: str
    was_seen: bool


@dataclass(frozen=True)
class Version:
    """One trained model. `is_in_use` when the next build links with it, `is_served` when the served build did; `changes` is the
    last comparison with what was served then, of those pairs that the viewer may see; `now` the records that are served today."""

    version: int
    trained_at: datetime
    trained_by: str
    learnt_from: LearntFrom
    model: Model | None
    is_in_use: bool
    is_served: bool
    adoptions: tuple[Adopted, ...]
    changes: Changes | None
    now: LearntFrom

    @property
    def is_outgrown(self) -> bool:
        """There are so many more records now, or more agencies, that a new model may know better."""
        learnt = self.learnt_from
        return self.now.records >= GROWN_BY * learnt.records or self.now.agencies > learnt.agencies

    @property
    def is_seen(self) -> bool:
        """What it would change of what is served now has been looked at."""
        return self.changes is not None and self.changes.build_id == self.now.build_id


@dataclass(frozen=True)
class Chosen:
    """What a build links with: the adopted version and its model; or none, and why one is trained (a sentence for the log)."""

    version: int
    model: Model | None
    why: str = ""


def to_raw(found: Changes) -> dict[str, Any]:
    """The counts, as they are kept."""
    return {name: value for name, value in vars(found).items() if name not in ("pairs", "seq", "build_id")}


def pairs_to_raw(pairs: tuple[Change, ...]) -> list[list[Any]]:
    """The pairs, as they are kept."""
    return [[p.kind, p.left_record_id, p.right_record_id, p.weight_now, p.weight_then] for p in pairs]
