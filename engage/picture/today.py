"""Whose are the rows of a build today, when people have judged since it was made?

A build lays rows out by person. A judgement moves records at once, so a row is always a record's first: it belongs to whoever
that record is today. Everything else that a build knows by person (reasons, names, ties' other ends) follows from rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engage.identities import following
from engage.store.warehouse import Build


@dataclass(frozen=True)
class Today:
    """`moved` has each record that judgements moved since the build: the person it was laid under, and the person it is now."""

    moved: Mapping[str, tuple[str, str]]

    @property
    def changed(self) -> frozenset[str]:
        """The persons who lost or gained a record: what the build says of them as a whole no longer holds."""
        return frozenset(person for move in self.moved.values() for person in move)

    def person(self, record_id: str, laid_under: str) -> str:
        """The person that a record is today, of which the build says `laid_under`."""
        return self.moved[record_id][1] if record_id in self.moved else laid_under

    def laid_under(self, person_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Under which persons the build laid the records that are each of these today, itself first."""
        wanted = dict.fromkeys(person_ids)
        others: dict[str, set[str]] = defaultdict(set)
        for before, now in self.moved.values():
            others[now].add(before)
        return {person: (person, *sorted(others[person] - {person})) for person in wanted}


def today(build: Build) -> Today:
    """How what people judged since this build changed whose its records are."""
    return Today(following.moved(build))
