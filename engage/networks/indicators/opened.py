"""Whom did a named person open as a person of concern, for as long as that stands? For a build, which lays it out under what access to it rests on.

Below the doors: nothing here decides on access or writes an audit row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from engage.identities import assignments
from engage.networks.concern import PERSON
from engage.networks.models import ConcernDecision
from engage.picture.laying.steps import Base
from engage.vocabulary.access import Cohort
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class Opening:
    """A person of concern (the id that they have in the build being made), from the London day of the opening until that of the closing, None while it
    stands; `base` is whose note it is, `seen` the records that were before whoever opened it."""

    person_id: str
    opened_on: date
    closed_on: date | None
    base: Base
    seen: tuple[str, ...]


def base_of(agency: str, grade: str) -> Base:
    """What a worker decides is their agency's, as a note recorded by hand is, under the handling that its grade ends with."""
    return (agency, grade[-1:], "standard", Cohort.CASE.value)


def openings() -> list[Opening]:
    """Every opening of a person there ever was, oldest first."""
    rows = list(ConcernDecision.objects.filter(kind=PERSON, says__in=("opened", "closed")).order_by("seq"))
    now = assignments.today(None, {row.key for row in rows})
    return list(_openings((now[row.key], row) for row in rows))


def _openings(rows: Iterable[tuple[str, ConcernDecision]]) -> Iterator[Opening]:
    standing: dict[str, list[ConcernDecision]] = {}
    for person, row in rows:
        if row.says == "opened":
            standing.setdefault(person, []).append(row)
            continue
        for opened in standing.pop(person, []):
            yield _opening(person, opened, london_day(row.said_at))
    for person, some in standing.items():
        for opened in some:
            yield _opening(person, opened, None)


def _opening(person: str, row: ConcernDecision, closed_on: date | None) -> Opening:
    return Opening(
        person, london_day(row.said_at), closed_on, base_of(row.agency, row.grade), tuple(row.seen)
    )


def lay(connection: Any, opened: Iterable[Opening]) -> None:
    """Make `opening` (person_id, known_from_on, known_until_on, agency, handling, sensitivity, cohort, seen) of them."""
    rows = list(opened)
    text, days = pa.string(), [one.opened_on.isoformat() for one in rows]
    made = pa.table({
        "person_id": pa.array([one.person_id for one in rows], text), "known_from_on": pa.array(days, text),
        "known_until_on": pa.array([one.closed_on.isoformat() if one.closed_on else None for one in rows], text),
        **{name: pa.array([one.base[place] for one in rows], text) for place, name in enumerate(("agency", "handling", "sensitivity", "cohort"))},
        "seen": pa.array([list(one.seen) for one in rows], pa.list_(text)),
    })  # fmt: skip
    connection.register("opening_arrow", made)
    connection.execute("create or replace table opening as select * from opening_arrow")
    connection.unregister("opening_arrow")
