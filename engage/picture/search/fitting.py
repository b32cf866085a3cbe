"""Who of those found fits what else is known: days of birth, a street, an agency?

Three answers, for "not known" is not "no": a person fits, does not, or it is not known to this viewer. Nothing that the viewer may
not see counts for or against anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engage.picture.reading import may_hear
from engage.picture.rules import Sought
from engage.picture.search.called import Called, called
from engage.picture.search.index import Index


def living(index: Index, places: Sequence[str]) -> set[str]:
    """Whom to read of first: those for whom a row that the viewer may be let to see has one of these addresses (keys)."""
    return {str(row["person_id"]) for row in index.rows(places)}


def fitting(
    index: Index,
    sought: Sought,
    places: Sequence[str],
    people: Sequence[str],
    reasons: Mapping[str, frozenset[str]],
) -> dict[str, bool | None]:
    """Whether each person fits: True, False, or None when what the viewer may see does not tell. `places` are the keys of the
    addresses on the street."""
    at = _at(index, places, people, reasons) if places else set()
    how = called(index.pages, people, index.see, reasons, ("name", "birth", "address"))
    return {person: _fits(sought, how[person], is_there=person in at) for person in people}


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
    index: Index, places: Sequence[str], people: Sequence[str], reasons: Mapping[str, frozenset[str]]
) -> set[str]:
    """Those of the people of whom a row that may be heard has one of these addresses."""
    laid = {under for whose in index.see.today.laid_under(people).values() for under in whose}
    rows = ((index.person(row), row) for row in index.rows_of(places, laid))
    return {person for person, row in rows if person in reasons and may_hear(row, index.see, reasons[person])}
