"""Who looks like this person and was not joined, and what would a join have broken? Told from what the viewer may see alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from engage.identities import assignments, chances, rules
from engage.identities.judging import evidence, standing
from engage.identities.judging.kinding import Groups
from engage.identities.linking.merging import JOIN_AT
from engage.identities.rules import LookAlike, RecordShown
from engage.identities.seeing import Seen, seen
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import Sentence


# From here on two records look alike to a person: the evidence is rather for than against.
ALIKE = 0.0
MOST = 20
_NEAR = f"""
    with own as (select unnest($ids) as id)
    select p.left_record_id, p.right_record_id, p.weight, p.refusal, l.is_partial or r.is_partial as is_partial from link_pair p
    join link_record l on l.record_id = p.left_record_id join link_record r on r.record_id = p.right_record_id
    where p.weight >= {ALIKE} and (p.left_record_id in (from own)) <> (p.right_record_id in (from own))
    order by p.weight desc, 1, 2
"""


def look_alikes(viewing: Viewing, build: Build, own: Seen) -> tuple[LookAlike, ...]:
    """Other people of whom a record looks like one of these records of a person, most alike first, each by its strongest pair."""
    near = _rows(build, _NEAR, own.whole)
    others = seen(viewing, build, {r for row in near for r in row[:2]} - set(own.open))
    best: dict[str, tuple[Any, ...]] = {}
    for row in near:
        left, right = sorted(row[:2], key=lambda record: record not in own.whole)
        if left in own.whole and right in others.whole and right in others.persons:
            person = others.persons[right]
            if person != own.persons.get(left):
                best.setdefault(person, (left, right, *row[2:]))
    shown = dict(list(best.items())[:MOST])
    together = assignments.records_of_people(build, shown)
    may = seen(viewing, build, together)
    of = {person: {r for r in may.whole if together[r] == person} for person in shown}
    sizes = Counter(together[record] for record in may.open)
    curve = chances.curve(build)
    why = _Why(build, own.whole, frozenset().union(*of.values()))

    def chance(person: str, weight: float, refusal: str, is_partial: bool) -> float | None:
        """Of what the viewer may know of, as the page that compares the two says it."""
        pair, records = {"weight": weight, "refusal": refusal}, (len(own.open), sizes[person])
        return chances.of_pair(curve, pair, is_partial=is_partial, records=records)

    return tuple(
        LookAlike(
            person, _record(left, own), _record(right, others), found[0], rules.strength(found[0]),
            why.apart(found, of[person]), chance(person, *found),
        )
        for person, (left, right, *rest) in shown.items() if (found := (rest[0], rest[1], rest[2]))
    )  # fmt: skip


class _Why:
    """Why a person and those who look alike are not one: by what people said, and by what a join of their records would break."""

    def __init__(self, build: Build, own: frozenset[str], others: frozenset[str]) -> None:
        self._own = own
        self._judged = {pair for pair, what in standing.words_on(own) if what == "different"}
        self._groups = Groups(evidence.of(build, own | others))

    def apart(self, found: tuple[float, str, bool], other: set[str]) -> Sentence:
        """Why one of them is not this person: the strongest pair's weight and refusal, and whether a record of it is half a name."""
        weight, refusal, is_partial = found
        if any(tuple(sorted((a, b))) in self._judged for a in self._own for b in other):
            return rules.apart("judged")
        words = rules.refusal(refusal)
        if words is not None:
            return words
        if is_partial or weight < JOIN_AT:
            return rules.apart("partial" if is_partial else "short")
        return rules.apart(self._groups.breaks(self._own, other))


def _record(record_id: str, found: Seen) -> RecordShown:
    row = found.facts[record_id]
    return RecordShown(record_id, row["agency"], row["file"], row["source_id"], record_id in found.whole)


def _rows(build: Build, sql: str, ids: Iterable[str]) -> list[Any]:
    cursor = build.analysis()
    try:
        return list(cursor.execute(sql, {"ids": sorted(ids)}).fetchall())
    finally:
        cursor.close()
