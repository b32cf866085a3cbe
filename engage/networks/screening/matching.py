"""To whom and to what does each row lead, of what one viewer may see? By the names that searching finds and the things that watching tells of."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from engage.networks.screening.keeping import Found, Hit
from engage.networks.screening.rules import (
    HOW,
    NEAR,
    PART,
    PERSON,
    SAME,
    Entry,
    Span,
    birth_fits,
    how,
    name_fits,
)
from engage.picture.reading import may_hear
from engage.picture.search import names, spacing
from engage.picture.search.called import names_of
from engage.picture.search.fitting import heard
from engage.picture.search.index import Index
from engage.picture.seeing import Sight, reasons_about
from engage.picture.watching.names import NEAR_ENOUGH
from engage.picture.watching.rules import NEVER, Arrived
from engage.picture.watching.texts import of_texts
from engage.picture.watching.things import of_things
from engage.vocabulary.letters import plain_words


Thing = tuple[str, str]
# Nearest first.
_FITS = (SAME, PART, NEAR)


def screened(see: Sight, entries: Iterable[Entry], *, most: int) -> tuple[Hit, ...]:
    """The rows that lead to anything, in their order; of people who may be meant by one, `most`."""
    rows = tuple(entries)
    things = of_all_things(see, {thing for entry in rows for thing in entry.things})
    matcher = _Names(see)
    made = (_hit(entry, things, *matcher.of(entry, most)) for entry in rows)
    return tuple(hit for hit in made if hit.found)


def of_all_things(see: Sight, things: Collection[Thing]) -> Mapping[Thing, list[Arrived]]:
    """All that records and texts ever told of these vehicles and phones: of whom, by whom, known since when."""
    if not things:
        return {}
    found = of_things(see, things, NEVER)
    for thing, told in of_texts(see, things, NEVER).items():
        found[thing] = [*found.get(thing, []), *told]
    return {thing: told for thing, told in found.items() if told}


def _hit(entry: Entry, things: Mapping[Thing, list[Arrived]], people: list[Found], has_more: bool) -> Hit:
    same = [Found(kind, key, "number") for kind, key in entry.things if (kind, key) in things]
    return Hit(entry, (*same, *people), has_more)


class _Names:
    """The people of a build by their names, as one viewer may know them."""

    def __init__(self, see: Sight) -> None:
        self.see, self.index = see, Index(see.viewing, see.build)

    def of(self, entry: Entry, most: int) -> tuple[list[Found], bool]:
        """The people who fit a row's name and day of birth, surest first, then by name; and whether there are more than `most`."""
        if not entry.name:
            return [], False
        fits = self._called(plain_words(entry.name), entry.name)
        births = self._births(fits)
        found = [
            Found(PERSON, person, way, by)
            for person, (name, by) in fits.items()
            if (way := how(_FITS[name], birth_fits(births[person], entry.born)))
        ]
        called = names_of(self.index.pages, fits, self.see, self.reasons)
        # Nobody is told of of whom no name may be known, as on every page.
        shown = [one for one in found if one.key in called]
        shown.sort(key=lambda one: (HOW.index(one.how), called[one.key].lower(), one.key))
        return shown[:most], len(shown) > most

    def _called(self, typed: list[str], written: str) -> dict[str, tuple[int, str]]:
        """Everybody who has such a name by a record that the viewer may see (today's ids): the place in _FITS of the name that fits best, and that name."""
        pages = self.index.pages
        near, _is_cut = spacing.near_names(pages, names.asked(pages, written))
        words = {one.words: name_fits(typed, one.words.split(), is_near=one.closeness >= NEAR_ENOUGH) for one in near}  # fmt: skip
        # However many names are near, those of these very words are among them.
        words |= dict.fromkeys(names.with_exactly(pages, typed), SAME)
        keys = {f"name:{name}": _FITS.index(fits) for name, fits in words.items() if fits}
        rows = list(self.index.rows(keys)) if keys else []
        people = {self.index.person(row) for row in rows}
        self.reasons = reasons_about(pages, people, see=self.see)
        found: dict[str, tuple[int, str]] = {}
        for row in rows:
            person = self.index.person(row)
            if may_hear(row, self.see, self.reasons[person]):
                one = (keys[row["key"]], row["shown"] or "")
                found[person] = min(found.get(person, one), one)
        return found

    def _births(self, people: Collection[str]) -> Mapping[str, list[Span]]:
        """The births that records which the viewer may see give of these people."""
        found: dict[str, list[Span]] = defaultdict(list)
        laid = self.see.today.laid_ids(people)
        for person, row in heard(self.index, self.index.births_of(laid), self.reasons):
            if span := _span(row):
                found[person].append(span)
        return found


def _span(row: sqlite3.Row) -> Span | None:
    first, _, until = (row["value_key"] or "").partition("/")
    return (date.fromisoformat(first), date.fromisoformat(until)) if first and until else None
