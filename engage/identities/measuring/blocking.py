"""What was lost before any pair was compared, and what did it cost to lose no more?

The keys are dropped after a build, so they are made again, from the same comparable records, in a store of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engage.identities.evaluating import Key
from engage.identities.linking import candidates
from engage.store.steps import run
from engage.store.warehouse import connect


@dataclass(frozen=True)
class Blocking:
    """Of the pairs of one person without partial records (`true_pairs`), how many no key brought together (`lost`); and how many
    pairs the keys bring together (`candidates`), of how many records."""

    records: int
    candidates: int
    true_pairs: int
    lost: int

    @property
    def recall(self) -> float:
        """The share of the true pairs that were compared."""
        return 1 - self.lost / self.true_pairs if self.true_pairs else 1.0

    @property
    def per_record(self) -> float:
        """Candidate pairs for each record."""
        return self.candidates / self.records if self.records else 0.0


_RECORDS = "select distinct record_id, agency, file, source_id from person_record where record_id in (select record_id from link_record where not is_partial)"
_PAIRS = """
    with held as (select record_number, unnest(keys) as key from link_key join link_record using (record_number) where not is_partial)
    select count(*) from (
        select distinct one.record_number, other.record_number from held one join held other on one.key = other.key and one.record_number < other.record_number
    )
"""
_KEYS = "select record_id, keys from link_key join link_record using (record_number) where not is_partial"


def blocking(build: Any, person_of: Mapping[Key, str]) -> Blocking:
    """Measure the keys on the records of a build (a connection to it)."""
    ids = {
        record: (agency, file, source) for record, agency, file, source in build.execute(_RECORDS).fetchall()
    }
    store = connect(None)
    try:
        store.register("records_of_build", build.execute("select * from link_record").to_arrow_table())
        store.execute("create table link_record as select * from records_of_build")
        run(
            store,
            candidates.steps([row[0] for row in build.execute("select code from link_left_out").fetchall()]),
        )
        count = store.execute(_PAIRS).fetchall()[0][0]
        keys = dict(store.execute(_KEYS).fetchall())
    finally:
        store.close()
    records: dict[str, list[str]] = defaultdict(list)
    for record, key in ids.items():
        if key in person_of:
            records[person_of[key]].append(record)
    true, lost = _lost(records, {record: frozenset(held) for record, held in keys.items()})
    return Blocking(len(ids), count, true, lost)


def _lost(records: Mapping[str, list[str]], keys: Mapping[str, frozenset[int]]) -> tuple[int, int]:
    """True pairs, and those of them without a key in common."""
    true = lost = 0
    none: frozenset[int] = frozenset()
    for held in records.values():
        for place, one in enumerate(held):
            for other in held[place + 1 :]:
                true += 1
                lost += keys.get(one, none).isdisjoint(keys.get(other, none))
    return true, lost
