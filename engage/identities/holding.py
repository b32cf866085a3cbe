"""What holds a person's records together: which pairs did people judge, by which may the software join, and which is the weakest?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from engage.identities import assignments
from engage.identities.judging import standing
from engage.identities.judging.rules import Pair, Said, effects, followed
from engage.identities.linking.merging import JOIN_AT, JOINS
from engage.identities.rules import JoinExplained, Word
from engage.identities.seeing import Seen
from engage.store.warehouse import Build


def judged(found: Seen) -> dict[Pair, tuple[Word, ...]]:
    """The pairs of these records that stand as they do because people said so, with who did: of records that the viewer may see whole."""
    said = standing.said(records=found.whole)
    words: dict[Pair, tuple[Word, ...]] = {}
    for pair, what in followed(effects(said)):
        if set(pair) <= found.whole and (what == "same") == _are_one(pair, found):
            words[pair] = _words(said, pair, what)
    return words


def _are_one(pair: Pair, found: Seen) -> bool:
    one, other = (found.persons.get(record) for record in pair)
    return one is not None and one == other


def _words(said: Iterable[Said], pair: Pair, what: str) -> tuple[Word, ...]:
    """Of each judge the last word, where it is the one that is followed."""
    last = {one.by: one for one in said if one.pair == pair and one.withdrawn_at is None}
    return tuple(Word(one.by, one.agency, one.at, one.reason) for one in last.values() if one.says == what)


def by_software(pair: Mapping[str, Any], *, is_partial: bool) -> bool:
    """The software may join two records by this row of `link_pair` alone: as strong as a join must be, nothing forbids it, and neither
    is a partial record, unless the source of both said so."""
    may = pair["refusal"] in ("", *JOINS) and pair["weight"] >= JOIN_AT
    return may and (pair["refusal"] == "source" or not is_partial)


def weakest(joins: Iterable[JoinExplained]) -> JoinExplained | None:
    """The last link that is needed to hold all together, taking first what people said and then the strongest. A pair that nobody
    judged and by which the software may not join holds nothing."""
    group: dict[str, str] = {}

    def root(record: str) -> str:
        while group.setdefault(record, record) != record:
            record = group[record]
        return record

    needed = None
    for join in strongest_first(join for join in joins if join.judged or join.by_software):
        one, other = root(join.left.record_id), root(join.right.record_id)
        if one != other:
            group[one] = other
            needed = join
    return needed


def strongest_first(joins: Iterable[JoinExplained]) -> list[JoinExplained]:
    """What people said before what was compared, and of each the heaviest first; ties in the order of the records."""
    return sorted(
        joins,
        key=lambda join: (not join.judged, -(join.weight or 0.0), join.left.record_id, join.right.record_id),
    )


def weighed(build: Build, pairs: Iterable[Pair]) -> dict[Pair, tuple[float, str]]:
    """Of these pairs (the record whose id sorts first on the left) those that were weighed: the weight in bits and what forbids a silent
    join ("" for nothing)."""
    asked = set(pairs)
    cursor = build.analysis()
    try:
        rows = cursor.execute(
            "select left_record_id, right_record_id, weight, refusal from link_pair "
            "where left_record_id in (select unnest($lefts)) and right_record_id in (select unnest($rights))",
            {"lefts": sorted({left for left, _ in asked}), "rights": sorted({right for _, right in asked})},
        ).fetchall()
    finally:
        cursor.close()
    return {
        (left, right): (weight, refusal) for left, right, weight, refusal in rows if (left, right) in asked
    }


def told_apart(build: Build, record_ids: Collection[str]) -> set[str]:
    """The people today of whom some record was judged different from one of these: what is asked of their other records is answered
    too, as in the queue."""
    mine = set(record_ids)
    different = [pair for pair, what in standing.words_on(mine) if what == "different"]
    others = {record for pair in different for record in pair} - mine
    return set(assignments.persons_of(build, others).values())
