"""Who lives on a street, and of them who is called so: for what is read first, and for names that are too many to compare.

The rows are of all that is kept, seen or not. Nobody is told of one before it is decided on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from sqlite3 import Row

from engage.picture.reading import may_hear
from engage.picture.search.index import ROWS_MOST, Index, Match
from engage.picture.search.names import CLOSE_ENOUGH, Asked, Near
from engage.picture.search.numbers import PLACES_MOST, place_keys
from engage.vocabulary.letters import plain_words


# Reads who has a reason about these persons (today's); all that are known so far.
Know = Callable[[Collection[str]], Mapping[str, frozenset[str]]]


class Living:
    """The rows by which people live at an address that these words are or are a part of, by who they are today. `is_cut`: there are more."""

    def __init__(self, index: Index, street: str) -> None:
        self.index = index
        keys = place_keys(index, street)
        rows = index.all_rows(keys)
        self.is_cut = len(keys) >= PLACES_MOST or len(rows) >= ROWS_MOST
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self.rows[index.person(row)].append(row)
        # People may have judged since the build: the address may stand under one person that it laid, and the name under another.
        self._laid = index.see.today.laid_under(self.rows)

    def called_so(self, keys: Collection[str], know: Know) -> set[str]:
        """Under whom the build laid those who have a name of these keys and of whom it may be heard that they live there. Far fewer live
        there and are called so than either: so it is asked of them alone."""
        named = self.index.among(keys, self._under())
        near = [person for person, whose in self._laid.items() if not named.isdisjoint(whose)]
        reasons = know(near)
        heard = (p for p in near if any(may_hear(row, self.index.see, reasons[p]) for row in self.rows[p]))
        return {under for person in heard for under in self._laid[person]}

    def named(self, typed: Asked) -> Iterator[Match]:
        """The names of those who live there that are near what was typed, closest first; whoever reads them decides on each."""
        made: dict[str, Near] = {}
        found: list[tuple[Near, Row]] = []
        for row in self.index.names_of(self._under()):
            shown = row["shown"] or ""
            name = made[shown] = made.get(shown) or typed.name(" ".join(plain_words(shown)))
            if name.closeness >= CLOSE_ENOUGH:
                found.append((name, row))
        found.sort(key=lambda pair: -pair[0].closeness)
        yield from (Match(row, name.closeness, name.parts) for name, row in found)

    def _under(self) -> set[str]:
        return {under for whose in self._laid.values() for under in whose}
