"""What of a person's rows may a viewer see? Decided once for each combination of what access is decided on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

from engage.governance import queries as access
from engage.governance.policies import BARRED
from engage.identities.seeing import named_reasons
from engage.picture.barring import Bars, bars_of
from engage.picture.today import Today, today
from engage.store.warehouse import Build
from engage.vocabulary.access import Cohort, Decision, Fact, Outcome, Subject, Viewing
from engage.vocabulary.time import london_day


# What access is decided on, besides the kind of fact: agency, handling, sensitivity and cohort. A build numbers them.
Base = int | tuple[str, str, str, str]
_FROM_OPEN = (Outcome.ALLOW, Outcome.SIGNPOST, Outcome.NOTHING)


@dataclass
class Remembered:
    """What was decided for one role at one agency and one purpose, by one access table: every viewing of such a viewer decides alike."""

    bases: Mapping[Base, tuple[str, str, str, str]]
    decided: dict[tuple[Base, str, frozenset[str]], Decision] = field(default_factory=dict)
    heard: dict[tuple[Base, Base | None, str, frozenset[str]], bool] = field(default_factory=dict)

    def forget_when_full(self) -> None:
        """Of reasons of named workers there may be ever more."""
        for kept in (self.decided, self.heard):
            if len(kept) > _MOST_REMEMBERED:
                kept.clear()


_MOST_REMEMBERED = 50_000


@dataclass
class Sight:
    """What one viewing may see, in one build. A base is its number in the build, or, of what is not in it yet, itself."""

    viewing: Viewing
    build: Build
    policy: access.AccessPolicy
    remembered: Remembered

    @property
    def bases(self) -> Mapping[Base, tuple[str, str, str, str]]:
        """What each base of the build is."""
        return self.remembered.bases

    def of(self, base: Base, kind: str, reasons: frozenset[str]) -> Decision:
        """The decision on a row of that base and kind, of a person about whom these agencies and workers have reasons."""
        key = (base, kind, reasons)
        decision = self.remembered.decided.get(key)
        if decision is None:
            agency, handling, sensitivity, cohort = base if isinstance(base, tuple) else self.bases[base]
            fact = Fact(agency, kind, handling, sensitivity, Cohort(cohort))
            decision = self.remembered.decided[key] = self.policy.decide(
                viewer=self.viewing.viewer,
                subject=Subject("", reasons, barred=self._barred_by(reasons)),
                fact=fact,
                purpose=self.viewing.purpose,
            )
        return decision

    def _barred_by(self, reasons: frozenset[str]) -> frozenset[str]:
        return frozenset({self.viewing.viewer.user_id}) if BARRED in reasons else frozenset()

    def may(self, base: Base, kind: str, reasons: frozenset[str]) -> bool:
        """The content of a row of that base and kind may be shown."""
        return self.of(base, kind, reasons).outcome is Outcome.ALLOW

    def strictest(self, parts: Iterable[tuple[Base | None, str]], reasons: frozenset[str]) -> Decision:
        """The strictest decision on several bases, each with its kind: what is made of them all is as guarded as that one."""
        made = (self.of(base, kind, reasons) for base, kind in parts if base is not None)
        return max(made, key=lambda decision: _FROM_OPEN.index(decision.outcome))

    def hears(self, base: Base, other: Base | None, kind: str, reasons: frozenset[str]) -> bool:
        """A row of that kind that stands on one base, or on two, may be shown."""
        key = (base, other, kind, reasons)
        known = self.remembered.heard.get(key)
        if known is None:
            known = self.remembered.heard[key] = self.strictest(
                ((base, kind), (other, kind)), reasons
            ).is_allowed
        return known

    @cached_property
    def today(self) -> Today:
        """Whose the build's rows are today."""
        return today(self.build)

    @cached_property
    def bars(self) -> Bars:
        """What the viewer must not see, because they declared a relationship."""
        return bars_of(self.build, self.viewing.viewer.user_id, self.today.laid_ids)

    @cached_property
    def named(self) -> dict[str, frozenset[str]]:
        """Of each person about whom named workers have an open reason, who they are."""
        return named_reasons(self.build)

    @cached_property
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
    policy, viewer = access.policy(on=london_day(viewing.at)), viewing.viewer
    remembered = _remembered(build, policy, viewer.agency, viewer.role, viewing.purpose)
    remembered.forget_when_full()
    return Sight(viewing, build, policy, remembered)


# By build, so that nothing is kept of one that is served no more; then by who looks and what for.
_By = tuple[access.AccessPolicy, str, str, str]
_kept: WeakKeyDictionary[Build, dict[_By, Remembered]] = WeakKeyDictionary()


def _remembered(build: Build, *by: *_By) -> Remembered:
    kept = _kept.get(build, {})
    found = kept.get(by)
    if found is None:
        rows = build.pages().execute(
            "select access_base, agency, handling, sensitivity, cohort from access_base"
        )
        found = Remembered({row[0]: tuple(row[1:5]) for row in rows})
        # Of an access table that holds no more nobody asks again. Put in its place as a whole: other threads may be reading.
        _kept[build] = {**{old: was for old, was in kept.items() if old[0] is by[0]}, by: found}
    return found


def reasons_about(
    pages: sqlite3.Connection, person_ids: Iterable[str], *, see: Sight
) -> dict[str, frozenset[str]]:
    """Which agencies and named workers had a safeguarding reason about each person on the viewing's day.

    A record of which the viewer may not even know is no reason for them: what it opened would tell of it. Of people whom a
    judgement changed since the build, the reasons are those of the records that are theirs today.
    """
    wanted = sorted(set(person_ids))
    changed = see.today.changed
    found: dict[str, set[str]] = {person: set() for person in wanted}
    for person, agency in (
        *_built(pages, [p for p in wanted if p not in changed], see),
        *_of_records(pages, [p for p in wanted if p in changed], see),
    ):
        found[person].add(agency)
    named = see.named if wanted else {}
    for person in named.keys() & found.keys():
        found[person] |= named[person]
    # It goes with the reasons wherever these go, so that no door can forget it.
    for person in see.bars.people & found.keys():
        found[person].add(BARRED)
    return {person: frozenset(who) for person, who in found.items()}


_STANDS = "known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
_BUILT = (
    f"select distinct person_id, agency from reason where person_id in (select value from json_each(?)) and {_STANDS} "
    "and (access_base, kind) in (select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?))"
)


def _built(pages: sqlite3.Connection, wanted: list[str], see: Sight) -> Iterator[tuple[str, str]]:
    """Persons as the build knows them, each with an agency that holds a reason."""
    day, tells = see.viewing.as_of.isoformat(), json.dumps(sorted(see.tells))
    rows = pages.execute(_BUILT, [json.dumps(wanted), day, day, tells])
    yield from ((person, agency) for person, agency in rows)


_GIVES = f"""
    select person_id, record_id, access_base, 'person_record' as kind from said where person_id in ({{marks}}) and kind = 'person_record' and {_STANDS}
    union all
    select person_id, person_record_id, coalesce(role_base, access_base), case when role_base is null then fact else 'role' end
    from chronology where person_id in ({{marks}}) and {_STANDS}
"""


def _of_records(pages: sqlite3.Connection, wanted: list[str], see: Sight) -> Iterator[tuple[str, str]]:
    """The same of people whom a judgement changed: record by record."""
    day, tells = see.viewing.as_of.isoformat(), see.tells
    for person, laid in see.today.laid_under(wanted).items():
        bound = [*laid, day, day]
        for under, record, base, kind in pages.execute(
            _GIVES.format(marks=", ".join("?" * len(laid))), bound + bound
        ):
            if see.today.person(record, under) == person and (base, kind) in tells:
                agency, _handling, _sensitivity, cohort = see.bases[base]
                if cohort == Cohort.CASE:
                    yield person, agency


# By build, then by the table that says what each number rests on.
_sets: WeakKeyDictionary[Build, dict[str, Mapping[int, tuple[tuple[Base, str], ...]]]] = WeakKeyDictionary()


def access_sets(build: Build, table: str) -> Mapping[int, tuple[tuple[Base, str], ...]]:
    """What each number of access in a table (access_set, access_base, kind) rests on; read once for a build."""
    kept = _sets.setdefault(build, {})
    if table not in kept:
        found: dict[int, list[tuple[Base, str]]] = {}
        for number, base, kind in build.pages().execute(f"select access_set, access_base, kind from {table}"):
            found.setdefault(number, []).append((base, kind))
        kept[table] = {number: tuple(parts) for number, parts in found.items()}
    return kept[table]
