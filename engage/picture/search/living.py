"""Who lives on a street, and of them who is called so: for what is read first, and for names that are too many to compare.

The rows are of all that is kept, seen or not. Nobody is told of one before it is decided on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from sqlite3 import Row

from engage.picture.reading import may_hear
from engage.picture.search.index import Index
from engage.picture.search.numbers import PLACES_MOST, place_keys


# Reads who has a reason about these persons (today's); all that are known so far.
Know = Callable[[Collection[str]], Mapping[str, frozenset[str]]]


class Living:
    """Who lives at an address that these words are or are a part of. `is_cut`: there are more such addresses than are read."""

    def __init__(self, index: Index, street: str) -> None:
        self.index, self._keys = index, place_keys(index, street)
        self.is_cut = len(self._keys) >= PLACES_MOST

    def called_so(self, names: Collection[str], know: Know) -> set[str]:
        """Under whom the build laid those who have a name of these keys and of whom it may be heard that they live there. Far fewer live
        there and are called so than either: so it is asked of them alone."""
        today = self.index.see.today
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self.index.in_both(self._keys, names, today.changed):
            rows[self.index.person(row)].append(row)
        reasons = know(rows.keys())
        heard = [
            p for p, own in rows.items() if any(may_hear(row, self.index.see, reasons[p]) for row in own)
        ]
        # People may have judged since the build: the address may stand under one person that it laid, and the name under another.
        return today.laid_ids(heard)

    def people(self) -> set[str]:
        """All who live there (today's persons), seen or not: whoever reads what they say decides on it."""
        return {self.index.person(row) for row in self.index.in_all(self._keys)}
