"""What holds a person's records together: which pairs did people judge, by which may the software join, and which is the weakest?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engage.identities.build import JOIN_AT
from engage.identities.judging import standing
from engage.identities.judging.rules import Pair, Said, effects, followed
from engage.identities.linking.merging import JOINS
from engage.identities.rules import JoinExplained, Word
from engage.identities.seeing import Seen


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
