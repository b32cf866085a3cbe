"""Of which kind is a pair, and what would a yes break? By the two records and by everything that the people hold whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from engage.identities import assignments
from engage.identities.judging import evidence
from engage.identities.judging.reforming import Evidence
from engage.identities.judging.rules import Pair
from engage.identities.linking.merging import JOIN_AT, JOINS, why_apart
from engage.identities.linking.merging import Pair as Known
from engage.store.warehouse import Build


@dataclass(frozen=True)
class Kind:
    """The kind of a pair (a code of kinds.yaml), by which it is decided how many judge it; `told` is the kind that may be told to one
    who sees some of the two people's records only; `breaks` what a yes would break, as far as that one may know (a code of
    `rules.apart`; None when nothing)."""

    code: str
    told: str
    breaks: str | None


# What the two records say alone, whatever else their people hold.
_HARD = ("identifiers", "twin", "generation", "related", "born")
# What the refusal of the two records tells already of their groups.
_ALONE_TELLS = {"identifiers": "identifiers", "related": "refused"}
_PARTIAL = "select record_id from link_record where is_partial and record_id in (select unnest($ids))"
_COMPARED = """
    select left_record_id, right_record_id, refusal, weight from link_pair
    where left_record_id in (select unnest($ids)) and right_record_id in (select unnest($ids))
"""


def kinds_of(build: Build, pairs: Collection[Pair], *, shown: Collection[str] = ()) -> dict[Pair, Kind]:
    """The kind of each of these pairs today. `shown` are the records of which the reader may see everything that was compared."""
    ids = {record for pair in pairs for record in pair}
    person = assignments.persons_of(build, ids)
    together = assignments.records_of_people(build, set(person.values()))
    records: dict[str, set[str]] = defaultdict(set)
    for record, whose in together.items():
        records[whose].add(record)
    compared, partial = _found(build, ids)
    groups = Groups(evidence.of(build, ids | set(together)))
    may = set(shown)

    def kind(pair: Pair) -> Kind:
        one, other = (records[person[record]] if record in person else {record} for record in pair)
        alone = _alone(compared.get(pair), is_partial=bool(partial & set(pair)), are_one=one == other)
        if one == other:
            return Kind(alone, alone, None)
        whole = groups.broken(one, other)
        seen = whole if (one | other) <= may else groups.broken(one & may, other & may)
        return _with_groups(alone, compared.get(pair), whole, seen)

    return {pair: kind(pair) for pair in pairs}


def _alone(pair: tuple[str, float] | None, *, is_partial: bool, are_one: bool) -> str:
    if pair is not None and pair[0] in _HARD:
        return pair[0]
    if are_one:
        return "joined"
    if is_partial:
        return "partial"
    if pair is None:
        return "apart"
    return "thin" if pair[0] == "thin" else "unsure"


@dataclass(frozen=True)
class Broken:
    """What joining two groups would break: `code` as of `merging.why_apart` ("" when nothing); `is_tied`: an agency recorded a tie
    between a record of the one and a record of the other."""

    code: str
    is_tied: bool = False


def _with_groups(alone: str, pair: tuple[str, float] | None, whole: Broken, seen: Broken) -> Kind:
    """Numbers that contradict, and a tie that an agency recorded, ask for two judges, wherever among the records of the two they stand. Of
    what the reader may not see they are told no more than that there is something."""
    is_strong = alone == "unsure" and pair is not None and pair[1] >= JOIN_AT and pair[0] in ("", *JOINS)
    told = "refused" if is_strong and whole.code else alone
    code = told
    if alone not in _HARD:
        code = "identifiers" if whole.code == "identifiers" else "related" if whole.is_tied else told
    breaks = seen.code if seen.code != _ALONE_TELLS.get(alone) else None
    if not seen.code:
        breaks = "" if is_strong and whole.code else None
    return Kind(code, code if seen == whole else told, breaks)


def _found(build: Build, ids: Iterable[str]) -> tuple[dict[Pair, tuple[str, float]], set[str]]:
    bound = {"ids": sorted(ids)}
    cursor = build.analysis()
    try:
        rows: list[Any] = cursor.execute(_COMPARED, bound).fetchall()
        partial = {row[0] for row in cursor.execute(_PARTIAL, bound).fetchall()}
    finally:
        cursor.close()
    return {(left, right): (refusal, weight) for left, right, refusal, weight in rows}, partial


class Groups:
    """What is known of some records, to ask what joining two groups of them would break."""

    def __init__(self, known: Evidence) -> None:
        self._number = {record: place for place, record in enumerate(sorted(known.records))}
        self._held = {self._number[record]: held for record, held in known.held.items()}
        self._pairs: dict[int, list[Known]] = defaultdict(list)
        for left, right, weight, refusal in known.pairs:
            pair = Known(self._number[left], self._number[right], weight, refusal)
            self._pairs[pair.left].append(pair)

    def breaks(self, one: Iterable[str], other: Iterable[str]) -> str:
        """What joining these two groups would break (as of `merging.why_apart`; "" when nothing): numbers that contradict before
        anything else, also where only a pair of their records was refused for it."""
        return self.broken(one, other).code

    def broken(self, one: Iterable[str], other: Iterable[str]) -> Broken:
        """The same, with whether a recorded tie stands between the two."""
        left, right = sorted(self._number[r] for r in one), sorted(self._number[r] for r in other)
        if not left or not right:
            return Broken("")
        # A star through all of them, each for a join: then only what they hold can speak against it.
        star = [Known(left[0], number, 1.0) for number in right] + [Known(n, right[0], 1.0) for n in left[1:]]
        both = {*left, *right}
        pairs = [pair for number in both for pair in self._pairs[number] if pair.right in both]
        refusals = {pair.refusal for pair in pairs if (pair.left in set(left)) != (pair.right in set(left))}
        is_tied = "related" in refusals
        if why_apart(star, self._held, left, right) == "identifiers":
            return Broken("identifiers", is_tied)
        code = why_apart(pairs, self._held, left, right)
        if code == "evidence" and len(both) == 2:
            code = ""  # there are no other records: it is the pair itself that is weak
        return Broken("identifiers" if code == "refused" and "identifiers" in refusals else code, is_tied)
