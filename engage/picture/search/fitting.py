"""Who of those found fits what else is known: days of birth, a street, an agency?

Three answers, for "not known" is not "no": a person fits, does not, or it is not known to this viewer. Nothing that the viewer may
not see counts for or against anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from sqlite3 import Row

from engage.picture.reading import may_hear
from engage.picture.rules import Sought
from engage.picture.search.index import Index
from engage.picture.search.numbers import is_at


def fitting(
    index: Index, sought: Sought, people: Collection[str], reasons: Mapping[str, frozenset[str]]
) -> dict[str, bool | None]:
    """Whether each person fits: True, False, or None when what the viewer may see does not tell."""
    # Of many people most do not fit: no more is read of them than tells.
    answers: list[Mapping[str, bool | None]] = []
    laid = index.see.today.laid_ids(people)
    if sought.agency:
        rows = index.known_to(sought.agency, laid)
        known = {person for person, _row in heard(index, rows, reasons)}
        answers.append({person: person in known for person in people})
    if sought.born_from and sought.born_until:
        answers.append(_born(index, sought, laid, reasons))
    if sought.has_street:
        answers.append(_living(index, sought.street, laid, reasons))
    return {person: _all_of([answer.get(person) for answer in answers]) for person in people}


def _all_of(answers: list[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def heard(
    index: Index, rows: Iterable[Row], reasons: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, Row]]:
    """The rows that may be heard of persons whose reasons are known, each with the person."""
    for row in rows:
        person = index.person(row)
        if person in reasons and may_hear(row, index.see, reasons[person]):
            yield person, row


def _born(
    index: Index, sought: Sought, laid: Collection[str], reasons: Mapping[str, frozenset[str]]
) -> dict[str, bool]:
    """Who may have been born in these days (True), and of whom only other days are known (False)."""
    first, until = str(sought.born_from), str(sought.born_until)
    born: dict[str, bool] = {}
    for person, row in heard(index, index.births_of(laid), reasons):
        least, _, most = row["value_key"].partition("/")
        born[person] = born.get(person, False) or (least < until and most > first)
    return born


def _living(
    index: Index, street: str, laid: Collection[str], reasons: Mapping[str, frozenset[str]]
) -> dict[str, bool]:
    """Who lives or lived there (True), and of whom only other addresses are known today (False)."""
    day, lives, is_there = index.viewing.as_of.isoformat(), dict[str, bool](), is_at(street)
    for person, row in heard(index, index.addresses_of(laid), reasons):
        if is_there(row["value_key"] or ""):
            lives[person] = True
        elif row["known_until_on"] is None or row["known_until_on"] > day:
            lives.setdefault(person, False)
    return lives
