"""Whom did a named person open as a person of concern, for as long as that stands? For a build, which lays it out under what access to it rests on.

Below the doors: nothing here decides on access or writes an audit row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from engage.identities import assignments
from engage.networks.concern import PERSON
from engage.networks.models import ConcernDecision
from engage.picture.laying.steps import Base
from engage.store.rows import lay_rows
from engage.vocabulary.access import Cohort
from engage.vocabulary.time import london_day


@dataclass(frozen=True)
class Said:
    """That a person of concern was opened or closed (`is_opened`) on a London day: of whom (`person_id`: the id that they have in the build being made),
    of whose records (`records`: that person's at the time), whose note it is (`base`), and the records that were before whoever said so (`seen`)."""

    person_id: str
    is_opened: bool
    on: date
    base: Base
    records: tuple[str, ...]
    seen: tuple[str, ...]


def base_of(agency: str, grade: str) -> Base:
    """What a worker decides is their agency's, as a note recorded by hand is, under the handling that its grade ends with."""
    return (agency, grade[-1:], "standard", Cohort.CASE.value)


def openings() -> list[Said]:
    """Every opening and closing of a person there ever was, oldest first."""
    rows = list(ConcernDecision.objects.filter(kind=PERSON, says__in=("opened", "closed")).order_by("seq"))
    now = assignments.today(None, {row.key for row in rows})
    return [
        Said(
            now[row.key], row.says == "opened", london_day(row.said_at), base_of(row.agency, row.grade),
            tuple(sorted(assignments.records_then(row.key, row.said_at))), tuple(row.seen),
        )
        for row in rows
    ]  # fmt: skip


_OPENING = {
    **dict.fromkeys(("person_id", "known_from_on", "known_until_on", "agency", "handling", "sensitivity", "cohort"), "varchar"), "seen": "varchar[]",
}  # fmt: skip
# Whose those of the records are today by which whoever decided knew the person.
_WHOSE = """
    select distinct s.number, h.person_id from said_of s join happened h on list_contains(s.seen, h.record_id) and list_contains(s.records, h.person_record_id)
"""


def lay(connection: Any, said: Iterable[Said]) -> None:
    """Make `opening` (person_id, known_from_on, known_until_on, agency, handling, sensitivity, cohort, seen) of them. An opening goes with those of the
    person's records that were before whoever made it, wherever judgements moved these; where none of them is known any more, with the id."""
    rows = list(said)
    whose = _whose(connection, rows)
    lay_rows(connection, "opening", _OPENING, (
        (person, one.on.isoformat(), until and until.isoformat(), *one.base, list(one.seen))
        for person, some in sorted(whose.items()) for one, until in _standing(some)
    ))  # fmt: skip


def _whose(connection: Any, rows: list[Said]) -> dict[str, list[Said]]:
    """By person of the build what was said of them, oldest first."""
    columns = {"number": "bigint", "records": "varchar[]", "seen": "varchar[]"}
    given = ((number, list(one.records), list(one.seen)) for number, one in enumerate(rows))
    lay_rows(connection, "said_of", columns, given, temporary=True)
    moved: dict[int, set[str]] = {}
    for number, person in connection.execute(_WHOSE).fetchall():
        moved.setdefault(number, set()).add(person)
    connection.execute("drop table said_of")
    found: dict[str, list[Said]] = {}
    for number, one in enumerate(rows):
        for person in moved.get(number) or {one.person_id}:
            found.setdefault(person, []).append(one)
    return found


def _standing(said: Iterable[Said]) -> Iterator[tuple[Said, date | None]]:
    """Each opening, with the day on which it was closed; None while it stands."""
    opened: list[Said] = []
    for one in said:
        if one.is_opened:
            opened.append(one)
            continue
        yield from ((before, one.on) for before in opened)
        opened = []
    yield from ((before, None) for before in opened)
