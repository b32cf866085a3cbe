"""What is said of somebody who was asked about? Plain dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engage.identities.rules import FieldExplained
from engage.vocabulary.words import N_, EngageError, Sentence


class NothingAsked(EngageError):
    """Nothing was given that could lead to anybody."""

    def __init__(self) -> None:
        super().__init__(
            N_("Nothing was given by which anybody could be found."),
            remedy=N_("Give a name, or a whole number, address, telephone or e-mail."),
        )


@dataclass(frozen=True)
class Candidate:
    """A person who may be the one that was asked about, by the one of their records that fits best: its weight in bits (about this
    record and what was given, never about the person), in words, how often such a pair is one person (None where it is not counted),
    what forbids taking them for one without a person's look, field by field. `record_ids` are all of the person's records that came
    near and that the viewer may see."""

    person_id: str
    record_ids: tuple[str, ...]
    agency: str
    weight: float
    strength: Sentence
    refusal: Sentence | None
    fields: tuple[FieldExplained, ...]
    chance: float | None = None


@dataclass(frozen=True)
class Holder:
    """A person of whom a record holds exactly something that was given (`holds`: the fields), and of whom nothing else speaks for being
    the one: people share telephones and addresses."""

    person_id: str
    record_ids: tuple[str, ...]
    holds: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """A record that came after the build and is joined with nobody until the next one: whose, received when, and what the pair weighs."""

    record_id: str
    agency: str
    received_on: date
    weight: float
    strength: Sentence
    refusal: Sentence | None
    fields: tuple[FieldExplained, ...]
    chance: float | None = None


@dataclass(frozen=True)
class Checked:
    """Who may be the person asked about, heaviest first; `to_ask` are agencies that hold a record that comes near of which the viewer
    may not see everything: ask them; `waiting` are records that came since the build; `holders` who holds what was given, where nobody
    was found who is as surely the one; `has_more`: more that the viewer may see came near than is told; `is_half_name`: one of two
    names was given and little else. Nobody found is no proof that nobody knows the person."""

    candidates: tuple[Candidate, ...]
    to_ask: tuple[str, ...]
    is_half_name: bool
    waiting: tuple[Waiting, ...] = ()
    holders: tuple[Holder, ...] = ()
    has_more: bool = False

    @property
    def is_nobody(self) -> bool:
        """Nothing that the viewer may see came near."""
        return not (self.candidates or self.waiting or self.holders)
