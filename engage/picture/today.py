"""Whose are the rows of a build today, when people have judged since it was made?

A build lays rows out by person. A judgement moves records at once, so a row is always a record's first: it belongs to whoever
that record is today. Everything else that a build knows by person (reasons, names, ties' other ends) follows from rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from engage.identities import assignments, following
from engage.store.warehouse import Build


@dataclass(frozen=True)
class Today:
    """`moved` has each record that judgements moved since the build: the person it was laid under, and the person it is now."""

    moved: Mapping[str, tuple[str, str]]

    @cached_property
    def changed(self) -> frozenset[str]:
        """The persons who lost or gained a record: what the build says of them as a whole no longer holds."""
        return frozenset(person for move in self.moved.values() for person in move)

    def person(self, record_id: str, laid_under: str) -> str:
        """The person that a record is today, of which the build says `laid_under`."""
        return self.moved[record_id][1] if record_id in self.moved else laid_under

    def laid_under(self, person_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Under which persons the build laid the records that are each of these today, itself first."""
        wanted, others = dict.fromkeys(person_ids), self._others
        return {person: (person, *sorted(others.get(person, frozenset()) - {person})) for person in wanted}

    def laid_ids(self, person_ids: Iterable[str]) -> set[str]:
        """All persons under whom the build laid records of these, themselves with them."""
        return {under for whose in self.laid_under(person_ids).values() for under in whose}

    def persons_of(self, laid_ids: Iterable[str]) -> set[str]:
        """All persons who have today a record that the build laid under one of these, themselves with them."""
        laid = set(laid_ids)
        return laid | {now for before, now in self.moved.values() if before in laid}

    @cached_property
    def _others(self) -> Mapping[str, set[str]]:
        """For each person who gained records since the build, the persons under whom it laid them."""
        others: dict[str, set[str]] = defaultdict(set)
        for before, now in self.moved.values():
            others[now].add(before)
        return dict(others)


def today(build: Build) -> Today:
    """How what people judged since this build changed whose its records are. Read anew only when somebody has judged since."""
    return _as_of(build, assignments.judged_since(build))


@lru_cache(maxsize=2)
def _as_of(build: Build, _judged: tuple[int, int]) -> Today:
    """Assignments are only ever added: the same last one of as many are the same ones."""
    return Today(following.moved(build))
