"""Who lives on a street, and of them who may be called so: they are read besides those whose names are near.

Names are of all that is kept, seen or not. Who lives there is told by addresses that the viewer may hear of, as everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet

from engage.picture.search.fitting import heard
from engage.picture.search.index import Index
from engage.picture.search.names import Asked
from engage.picture.search.numbers import PLACES_MOST, is_at, place_keys


# Reads who has a reason about these persons (today's); all that are known so far.
Know = Callable[[Collection[str]], Mapping[str, frozenset[str]]]


class Living:
    """Who lives at an address that these words are or are a part of. `is_cut`: there are more such addresses than are read."""

    def __init__(self, index: Index, street: str) -> None:
        self.index, self._is_there = index, is_at(street)
        self._keys = place_keys(index, street)
        self.is_cut = len(self._keys) >= PLACES_MOST

    def called_so(self, typed: Asked, names: AbstractSet[str], know: Know) -> set[str]:
        """Of whom the viewer may hear that they live there (today's persons), of those who have one of these names, or a word near each
        that was typed, in one name or in several."""
        index, today = self.index, self.index.see.today
        if not typed.words:
            return set()
        borne: dict[str, list[str]] = defaultdict(list)
        for person, words in index.names_at(self._keys):
            if person in today.changed or words in names or typed.has_near(words):
                borne[person].append(words)
        # People may have judged since: the address may stand under one person that the build laid, and the name under another.
        near = today.persons_of(
            person
            for person, own in borne.items()
            if person in today.changed or not names.isdisjoint(own) or typed.may_be(own)
        )
        said = heard(index, index.addresses_of(today.laid_ids(near)), know(near))
        return {person for person, row in said if person in near and self._is_there(row["value_key"] or "")}
