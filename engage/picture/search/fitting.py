"""Who of those found fits what else is known: days of birth, a street, an agency?

Three answers, for "not known" is not "no": a person fits, does not, or it is not known to this viewer. Nothing that the viewer may
not see counts for or against anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engage.picture.reading import may_hear
from engage.picture.rules import Sought
from engage.picture.search.called import Called, called
from engage.picture.search.index import Index
from engage.picture.search.numbers import is_at


def fitting(
    index: Index, sought: Sought, people: Collection[str], reasons: Mapping[str, frozenset[str]]
) -> dict[str, bool | None]:
    """Whether each person fits: True, False, or None when what the viewer may see does not tell."""
    # Of many people most do not fit: no more is read of them than tells.
    fields = ("name", "birth", "address") if sought.agency else ("birth",)
    told = sought.agency or sought.born_from
    how = called(index.pages, people, index.see, reasons, fields) if told else dict.fromkeys(people, Called())
    has_street = bool(sought.words and sought.street)
    lives = _living(index, sought.street, people, reasons) if has_street else dict.fromkeys(people, True)
    return {person: _fits(sought, how[person], lives.get(person)) for person in people}


def _fits(sought: Sought, how: Called, lives_there: bool | None) -> bool | None:
    answers: list[bool | None] = [lives_there]
    if sought.agency:
        answers.append(sought.agency in how.agencies)
    if sought.born_from and sought.born_until:
        first, until = sought.born_from.isoformat(), sought.born_until.isoformat()
        answers.append(any(a < until and b > first for a, b in how.days) if how.days else None)
    return False if False in answers else None if None in answers else True


def _living(
    index: Index, street: str, people: Collection[str], reasons: Mapping[str, frozenset[str]]
) -> dict[str, bool]:
    """Who lives or lived there (True), and of whom only other addresses are known today (False)."""
    laid = {under for whose in index.see.today.laid_under(people).values() for under in whose}
    day, lives = index.viewing.as_of.isoformat(), dict[str, bool]()
    for row in index.addresses_of(laid):
        person = index.person(row)
        if person in reasons and may_hear(row, index.see, reasons[person]):
            if is_at(street, row["value_key"] or ""):
                lives[person] = True
            elif row["known_until_on"] is None or row["known_until_on"] > day:
                lives.setdefault(person, False)
    return lives
