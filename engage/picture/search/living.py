"""Who lives on a street, and of them who may be called so: they are read besides those whose names are near.

Names and addresses are of all that is kept, seen or not. Nobody is told of one before it is decided on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet

from engage.picture.search.index import ROWS_MOST, Index
from engage.picture.search.names import Asked
from engage.picture.search.numbers import PLACES_MOST, place_keys


class Living:
    """Who lives at an address that these words are or are a part of. `is_cut`: there are more such addresses than are read."""

    def __init__(self, index: Index, street: str) -> None:
        self.index, self._keys = index, place_keys(index, street)
        self.is_cut = len(self._keys) >= PLACES_MOST

    def called_so(self, typed: Asked, names: AbstractSet[str]) -> set[str]:
        """Those who live there (today's persons) and have one of these names, or a word near each that was typed."""
        today, borne = self.index.see.today, defaultdict[str, list[str]](list)
        rows = self.index.names_at(self._keys)
        self.is_cut |= len(rows) >= ROWS_MOST
        for person, words in rows:
            if words in names or typed.has_near(words) or person in today.changed:
                borne[person].append(words)
        # People may have judged since: the address may stand under one person that the build laid, and the name under another.
        return today.persons_of(
            person
            for person, own in borne.items()
            if person in today.changed or not names.isdisjoint(own) or typed.may_be(own)
        )
