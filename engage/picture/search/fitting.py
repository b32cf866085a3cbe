"""Who of those found fits what else is known: days of birth, a street, an agency?

Three answers, for "not known" is not "no": a person fits, does not, or it is not known to this viewer. Nothing that the viewer may
not see counts for or against anybody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engage.picture.reading import may_hear
from engage.picture.rules import Sought
from engage.picture.search.called import Called
from engage.picture.search.index import ROWS_MOST, Index


@dataclass(frozen=True)
class Living:
    """The rows by which people live at some addresses (keys), of those that the viewer may be let to see; not all where there are very
    many."""

    places: Sequence[str] = ()
    rows: Sequence[sqlite3.Row] = ()

    @property
    def person_ids(self) -> set[str]:
        """Whom to read of first: under whom the build laid these rows."""
        return {str(row["person_id"]) for row in self.rows}


def living(index: Index, places: Sequence[str]) -> Living:
    """Who lives at these addresses."""
    return Living(places, list(index.rows(places)))


def fitting(
    index: Index,
    sought: Sought,
    there: Living,
    how: Mapping[str, Called],
    reasons: Mapping[str, frozenset[str]],
) -> dict[str, bool | None]:
    """Whether each person fits: True, False, or None when what the viewer may see does not tell. `there`: on the street; `how` each is
    called, with their address."""
    at = _at(index, there, how, reasons)
    return {person: _fits(sought, one, is_there=person in at) for person, one in how.items()}


def _fits(sought: Sought, how: Called, *, is_there: bool) -> bool | None:
    answers: list[bool | None] = []
    if sought.agency:
        answers.append(sought.agency in how.agencies)
    if sought.born_from and sought.born_until:
        first, until = sought.born_from.isoformat(), sought.born_until.isoformat()
        answers.append(any(a < until and b > first for a, b in how.days) if how.days else None)
    if sought.words and sought.street:
        answers.append(is_there or (False if how.has_address else None))
    return False if False in answers else None if None in answers else True


def _at(
    index: Index, there: Living, people: Iterable[str], reasons: Mapping[str, frozenset[str]]
) -> set[str]:
    """Those of the people of whom a row that may be heard has one of these addresses."""
    laid = {under for whose in index.see.today.laid_under(people).values() for under in whose}
    is_cut = len(there.rows) >= ROWS_MOST
    rows = index.rows_of(there.places, laid) if is_cut else (r for r in there.rows if r["person_id"] in laid)
    whose = ((index.person(row), row) for row in rows)
    return {p for p, row in whose if p in reasons and may_hear(row, index.see, reasons[p])}
