"""Who looks like this person and was not joined, and what would a join have broken? Told from what the viewer may see alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from engage.identities import assignments, chances, rules
from engage.identities.build import JOIN_AT
from engage.identities.judging import standing
from engage.identities.judging.rules import effects, followed
from engage.identities.linking.merging import Held, Pair, why_apart
from engage.identities.linking.pairing import IDENTIFIER_KINDS
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
_PAIRS = """
    select left_record_id, right_record_id, weight, refusal from link_pair
    where left_record_id in (select unnest($ids)) and right_record_id in (select unnest($ids)) order by 1, 2
"""
_HELD = f"""
    select record_id, {", ".join(IDENTIFIER_KINDS)}, forename_groups, birth_on::varchar from link_record
    where record_id in (select unnest($ids))
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
    apart = _judged_apart()
    together = assignments.records_of_people(build, shown)
    may = seen(viewing, build, together)
    sizes = Counter(together[record] for record in may.open)
    curve = chances.curve(build)

    def chance(person: str, weight: float, refusal: str, is_partial: bool) -> float | None:
        """Of what the viewer may know of, as the page that compares the two says it."""
        pair, records = {"weight": weight, "refusal": refusal}, (len(own.open), sizes[person])
        return chances.of_pair(curve, pair, is_partial=is_partial, records=records)

    return tuple(
        LookAlike(
            person, _record(left, own), _record(right, others), found[0], rules.strength(found[0]),
            _why(build, found, own.whole, {r for r in may.whole if together[r] == person}, apart), chance(person, *found),
        )
        for person, (left, right, *rest) in shown.items() if (found := (rest[0], rest[1], rest[2]))
    )  # fmt: skip


def _why(
    build: Build, found: tuple[float, str, bool], own: Iterable[str], other: set[str], apart: set[tuple[str, str]]
) -> Sentence:  # fmt: skip
    weight, refusal, is_partial = found
    if any(tuple(sorted((a, b))) in apart for a in own for b in other):
        return rules.apart("judged")
    words = rules.refusal(refusal)
    if words is not None:
        return words
    if is_partial or weight < JOIN_AT:
        return rules.apart("partial" if is_partial else "short")
    return rules.apart(_of_groups(build, sorted(own), sorted(other)))


def _of_groups(build: Build, own: list[str], other: list[str]) -> str:
    """What joining the two, as far as they may be seen, would break."""
    ids = [*own, *other]
    numbers = {record: number for number, record in enumerate(ids)}
    held = {
        numbers[record]: Held({k: v for k, v in zip(IDENTIFIER_KINDS, values, strict=True) if v}, frozenset(forms or ()), born)
        for record, *values, forms, born in _rows(build, _HELD, ids)
    }  # fmt: skip
    pairs = [Pair(numbers[a], numbers[b], weight, refusal) for a, b, weight, refusal in _rows(build, _PAIRS, ids)]  # fmt: skip
    return why_apart(pairs, held, [numbers[record] for record in own], [numbers[record] for record in other])


def _judged_apart() -> set[tuple[str, str]]:
    return {pair for pair, what in followed(effects(standing.said())) if what == "different"}


def _record(record_id: str, found: Seen) -> RecordShown:
    row = found.facts[record_id]
    return RecordShown(record_id, row["agency"], row["file"], row["source_id"], record_id in found.whole)


def _rows(build: Build, sql: str, ids: Iterable[str]) -> list[Any]:
    cursor = build.analysis()
    try:
        return list(cursor.execute(sql, {"ids": sorted(ids)}).fetchall())
    finally:
        cursor.close()
