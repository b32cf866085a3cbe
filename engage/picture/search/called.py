"""How is a person called, when born and known to whom, as far as one viewer may know?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engage.picture.naming import birth_of, name_of
from engage.picture.reading import may_hear
from engage.picture.seeing import Sight


@dataclass
class Called:
    """How a person is called, as far as the viewer may know, and by whom: the rows of `said` that may be heard."""

    rows: list[sqlite3.Row] = field(default_factory=list)

    @property
    def known_to(self) -> tuple[str, ...]:
        """The agencies that name the person or know the birth, by their codes."""
        return tuple(sorted({row["agency"] for row in self.rows}))

    @property
    def record_ids(self) -> frozenset[str]:
        """The records that say so."""
        return frozenset(row["record_id"] for row in self.rows)

    @property
    def name(self) -> str:
        """The name to call the person by; "" when none may be known."""
        return name_of(self.rows)

    @property
    def birth(self) -> str:
        """The birth to show; "" when none may be known."""
        return birth_of(self.rows)


def names_of(
    pages: sqlite3.Connection, person_ids: Iterable[str], see: Sight, reasons: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """The name of each person of whom the viewer may see one."""
    how = called(pages, sorted(set(person_ids)), see, reasons)
    named = {person: one.name for person, one in how.items()}
    return {person: name for person, name in named.items() if name}


def called(
    pages: sqlite3.Connection,
    person_ids: Iterable[str],
    see: Sight,
    reasons: Mapping[str, frozenset[str]],
) -> dict[str, Called]:
    """How each person is called."""
    made = {person: Called() for person in person_ids}
    laid = sorted(see.today.laid_ids(made))
    for row in _said(pages, laid, see.viewing.as_of.isoformat()):
        person = see.today.person(row["record_id"], row["person_id"])
        if person in made and may_hear(row, see, reasons[person]):
            made[person].rows.append(row)
    return made


def _said(pages: sqlite3.Connection, laid: list[str], day: str) -> list[sqlite3.Row]:
    """What records that were laid under these persons say today, in the order of the records."""
    rows = pages.execute(
        "select person_id, record_id, field, value, value_key, is_valid, agency, kind, access_base, other_base, known_from_on from said "
        "where person_id in (select value from json_each(?)) and field in ('name', 'birth') "
        "and known_from_on <= ? and (known_until_on is null or known_until_on > ?)",
        [json.dumps(laid), day, day],
    ).fetchall()
    return sorted(rows, key=lambda row: (row["record_id"], row["field"], row["value"]))
