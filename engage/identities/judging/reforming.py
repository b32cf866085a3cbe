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


@dataclass(frozen=True)
class Row:
    """One record was given one id: by a judgement (or by taking one back), or by a build; `seq` is its place in time."""

    seq: int
    record_id: str
    person_id: str
    by_judgement: bool


@dataclass(frozen=True)
class Grouped:
    """The group of each record (its first record id); of the pairs judged the same, those that what the software joined stood against
    (these joins `gave_way`), and those that cannot be followed because words of people are `contradicting` them."""

    of: Mapping[str, str]
    gave_way: tuple[tuple[str, str], ...] = ()
    contradicting: tuple[tuple[str, str], ...] = ()


def groups(evidence: Evidence, said: Iterable[tuple[tuple[str, str], str]], *, join_at: float) -> Grouped:
    """Which of these records are one person, by the evidence and by what people said.

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
    into, gave_way = unite(merged, words)
    contradicting: list[tuple[int, int]] = []
    if gave_way:
        merged, _refused = merge(known.values(), held, join_at=join_at, words=words)
        into, contradicting = unite(merged, words)
    found = {record: merged.get(place, place) for record, place in number.items()}
    of = {record: name[into.get(group, group)] for record, group in found.items()}
    named = [tuple((name[left], name[right]) for left, right in pairs) for pairs in (gave_way, contradicting)]
    return Grouped(of, *named)


def base_of(of: Mapping[str, str], rows: Iterable[Row]) -> dict[str, Row]:
    """The row by which each record of `of` (record to group) holds an id that a build gave it, of all rows that these records ever had.

    What a build gave a record only because people had put others together does not count: it joined the record with one of those, and
    gave it the id that this one had by a judgement. Without that judgement it would have got another, and if the judgement is taken
    back, whoever had the id first keeps it.
    """
    base: dict[str, Row] = {}
    today: dict[str, str] = {}
    holders: dict[str, set[str]] = defaultdict(set)
    for row in sorted(rows, key=lambda row: row.seq):
        if not row.by_judgement and _is_its_own(row, of, base, holders[row.person_id]):
            base[row.record_id] = row
        holders[today.get(row.record_id, row.person_id)].discard(row.record_id)
        holders[row.person_id].add(row.record_id)
        today[row.record_id] = row.person_id
    return base


def _is_its_own(row: Row, of: Mapping[str, str], base: Mapping[str, Row], holders: Iterable[str]) -> bool:
    """Those who held the id then held it by builds alone; or one who did is still with this record."""
    others = [record for record in holders if record != row.record_id]
    by_builds = [r for r in others if r in base and base[r].person_id == row.person_id]
    return len(by_builds) == len(others) or any(of[r] == of[row.record_id] for r in by_builds)


def ids_of_groups(
    of: Mapping[str, str],
    *,
    base: Mapping[str, Row],
    given: Mapping[str, Given],
    fresh: Callable[[], Iterator[str]],
) -> dict[str, str]:
    """The person id of each group of `of` (record to group).

    `base` is as of `base_of`; `given` every id that any of the records ever had. A group keeps the id that builds gave most of its
    records; one that has none of those, the oldest that a judgement gave to a record of it; else it gets a new one.
    """
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    for record, group in of.items():
        if record in base:
            held[group, base[record].person_id].append(base[record].seq)
    kept = keep_ids(
        HeldId(group, person, len(seqs), given[person].since, min(seqs))
        for (group, person), seqs in held.items()
    )
    for one in sorted((g for g in given.values() if g.by_judgement), key=lambda g: g.since):
        if one.first_record_id not in of or one.person_id in kept.values():
            continue
        kept.setdefault(of[one.first_record_id], one.person_id)
    new = fresh()
    return {group: kept.get(group) or next(new) for group in sorted(set(of.values()))}
