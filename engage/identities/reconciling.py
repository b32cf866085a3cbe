"""Which group of this build keeps which id that was given before? Plain Python; it neither reads nor writes.

A group keeps the id that most of its records hold; of two with as many, the older. An id stays with one group only:
when a person is split, the largest part keeps it; of two as large, the one with the record that had it first.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


# 32 signs without I, O, 0 and 1, which are misread on paper and over the phone.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Held:
    """`records` of a group hold this id now; `since` orders ids by age (smaller is older), and `first` groups by when the first of
    these records was given it."""

    group: str
    person_id: str
    records: int
    since: int
    first: int = 0


def keep_ids(held: Iterable[Held]) -> dict[str, str]:
    """The id that each group keeps; a group not named needs a new one."""
    kept: dict[str, str] = {}
    taken: set[str] = set()
    for one in sorted(held, key=lambda h: (-h.records, h.since, h.first, h.group)):
        if one.group not in kept and one.person_id not in taken:
            kept[one.group] = one.person_id
            taken.add(one.person_id)
    return kept


def new_ids(given: set[str], random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> Iterator[str]:
    """Ids never given before: P and eight signs, without end; each is added to `given`.

    They are drawn at random, not worked out from the records: an id made from a record's content could be guessed from
    it, would change when the record is corrected, and two areas would share it. What makes an id come back the same is
    that it is kept in the decided store, so that is the one thing that must never be lost.
    """
    while True:
        drawn = random_bytes(8 * 512)
        for start in range(0, len(drawn), 8):
            person_id = "P" + "".join(ALPHABET[byte % 32] for byte in drawn[start : start + 8])
            if person_id not in given:
                given.add(person_id)
                yield person_id
