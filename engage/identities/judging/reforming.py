"""Which records are one person once people have judged, and which group keeps which id? Plain Python, no store.

Groups come from the same guarded merge that a build makes, over the same pairs, so that the next build finds what was
found here. Ids follow from what was ever given and from the groups alone, not from the order in which people judged: so
taking a judgement back leaves exactly what was there before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from engage.identities.linking.merging import JUDGED, Held, Pair, Words, merge, unite
from engage.identities.reconciling import Held as HeldId
from engage.identities.reconciling import keep_ids


@dataclass(frozen=True)
class Evidence:
    """What a build knows of some records that hang together: their pairs by record id (left, right, weight, refusal) and what each
    record holds that two people cannot share."""

    records: frozenset[str]
    pairs: tuple[tuple[str, str, float, str], ...]
    held: Mapping[str, Held]


@dataclass(frozen=True)
class Given:
    """An id that was ever given: to which record it was given first, by a judgement or by a build, and its place in time."""

    person_id: str
    first_record_id: str
    by_judgement: bool
    since: int


def groups(
    evidence: Evidence, said: Iterable[tuple[tuple[str, str], str]], *, join_at: float
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The group of each record (its first record id), and the pairs judged the same that the software's joins stood against: these
    joins gave way, unless the words themselves contradict each other.

    `said` are the judgements that are followed, earliest first: ((left, right), same or different).
    """
    number = {record: place for place, record in enumerate(sorted(evidence.records), start=1)}
    name = {place: record for record, place in number.items()}
    judged: dict[str, list[tuple[int, int]]] = {"same": [], "different": []}
    for (left, right), what in said:
        if left in number and right in number:
            judged[what].append((number[left], number[right]))
    words = Words(tuple(judged["same"]), tuple(judged["different"]))
    known = {
        (number[a], number[b]): Pair(number[a], number[b], weight, refusal)
        for a, b, weight, refusal in evidence.pairs
    }
    for pair in words.different:
        known[pair] = Pair(*pair, known[pair].weight if pair in known else 0.0, JUDGED)
    held = {number[record]: one for record, one in evidence.held.items()}
    merged, _refused = merge(known.values(), held, join_at=join_at)
    into, unfollowed = unite(merged, words)
    if unfollowed:
        merged, _refused = merge(known.values(), held, join_at=join_at, words=words)
        into, _contradicting = unite(merged, words)
    found = {record: merged.get(place, place) for record, place in number.items()}
    of = {record: name[into.get(group, group)] for record, group in found.items()}
    return of, [(name[left], name[right]) for left, right in unfollowed]


def ids_of_groups(
    of: Mapping[str, str],
    *,
    base: Mapping[str, str],
    given: Mapping[str, Given],
    fresh: Callable[[], Iterator[str]],
) -> dict[str, str]:
    """The person id of each group of `of` (record to group).

    `base` is the id that builds gave each record; `given` every id that any of the records ever had. A group keeps the id that
    builds gave most of its records; one that has none of those, the oldest that a judgement gave to a record of it; else it
    gets a new one.
    """
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for record, group in of.items():
        if record in base:
            counts[group, base[record]] += 1
    kept = keep_ids(
        HeldId(group, person, records, given[person].since) for (group, person), records in counts.items()
    )
    for one in sorted((g for g in given.values() if g.by_judgement), key=lambda g: g.since):
        if one.first_record_id not in of or one.person_id in kept.values():
            continue
        kept.setdefault(of[one.first_record_id], one.person_id)
    new = fresh()
    return {group: kept.get(group) or next(new) for group in sorted(set(of.values()))}
