"""What may be named in a text? Told by its pieces between spaces: each is looked at once, for texts are mostly made of the same.

A hint says that it is worth looking for something; where there is none, none of that is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache, reduce
from operator import or_

from engage.picture.mentions import patterns


WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Something with figures; an account, and what leads to one; a street, by its word and by how that is written in a name; a plate, by its words
# as they stand or as a part of others; a vehicle; what is somebody's; what stands in quotation marks or brackets; "SURNAME, Forename".
FIGURES, ACCOUNT, LEAD, STREET, STREET_NAME, PLATE, PLATE_WORD, VEHICLE, OWNED, QUOTED, LISTED = (1 << at for at in range(11))  # fmt: skip
# The words of which one stands wherever a part of a plate is told.
_OF_PLATES = frozenset(["plate", "plates", "numberplate", "numberplates", "reg", "registration", "index", "vrm", "vrn", "part", "partial", "mark"])  # fmt: skip
_LETTERS = re.compile(r"[^\W_]+")
_SIGNS = (
    (FIGURES, re.compile(r"[0-9]")),
    (ACCOUNT, re.compile(r"[@_]|\w\.\w")),
    (LEAD, patterns.LEAD),
    (PLATE_WORD, patterns.PLATE_WORD),
    (OWNED, re.compile(r"['\u2019]s$")),
    (QUOTED, re.compile("[\"'\u2018\u201c(]")),
    (LISTED, patterns.PAIR_OF_CAPITALS),
)
_PIECES_KEPT = 50_000


class Hints:
    """Looks for hints by a vocabulary's lists. Safe to share."""

    def __init__(self, lists: Mapping[str, frozenset[str]]) -> None:
        names, kinds = lists["makes"] | lists["models"], lists["kinds_of_vehicle"]
        # The first words of makers and models.
        self.vehicle_words = frozenset(WORD.findall(name)[0] for name in names)
        # Words that tell that a text speaks of a vehicle.
        self.of_vehicles = self.vehicle_words | kinds | _OF_PLATES
        # Where "is 200" is named, 200 stands, and where "a class" is, class: few other texts have them.
        self._of_names = frozenset(max(_LETTERS.findall(name), key=len) for name in names | kinds)
        self._streets = lists["streets"]
        # As they are written in a name: "went his own way" is none.
        self._names_of_streets = tuple(word.capitalize().split()[0] for word in self._streets)
        self._of_piece = lru_cache(_PIECES_KEPT)(self._looked_at)

    def of(self, text: str) -> int:
        """All hints of a text, as the bits of one number."""
        return reduce(or_, map(self._of_piece, text.split()), 0)

    def _looked_at(self, piece: str) -> int:
        small = piece.lower()
        words = WORD.findall(small)
        return sum(
            [
                *(hint for hint, pattern in _SIGNS if pattern.search(piece)),
                PLATE * (not _OF_PLATES.isdisjoint(words)),
                VEHICLE * (not self._of_names.isdisjoint(_LETTERS.findall(small))),
                STREET * (not self._streets.isdisjoint(words)),
                STREET_NAME * any(name in piece for name in self._names_of_streets),
            ]
        )
