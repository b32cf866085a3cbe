"""Which pairs of records did a build compare, of which kind are they, and which of them are of one person?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engage.identities.evaluating import Key
from engage.identities.linking.calibrating import Labelled, company_of, kind_of
from engage.identities.linking.merging import JOIN_AT


@dataclass(frozen=True)
class Compared:
    """Two records that a build compared and kept: their keys, what they weigh in bits, and of which kind the pair is."""

    left: Key
    right: Key
    weight: float
    kind: str


_COMPARED = f"""
    with record as (select distinct record_id, agency, file, source_id from person_record), sized as (select cluster, count(*) as records from cluster group by cluster)
    select a.agency, a.file, a.source_id, b.agency, b.file, b.source_id, p.weight, p.refusal, l.is_partial or r.is_partial,
        p.weight >= {JOIN_AT} and cl.cluster <> cr.cluster, cl.cluster = cr.cluster, sl.records, sr.records
    from link_pair p join record a on a.record_id = p.left_record_id join record b on b.record_id = p.right_record_id
    join link_record l on l.record_id = p.left_record_id join link_record r on r.record_id = p.right_record_id
    join cluster cl on cl.record_id = p.left_record_id join cluster cr on cr.record_id = p.right_record_id
    join sized sl on sl.cluster = cl.cluster join sized sr on sr.cluster = cr.cluster
    order by p.left_record_id, p.right_record_id
"""


def compared(connection: Any) -> list[Compared]:
    """The pairs that a build kept, in order: those worth a look, and all that a merge of connected records weighed."""
    return [
        Compared(
            (row[0], row[1], row[2]),
            (row[3], row[4], row[5]),
            row[6],
            kind_of(
                row[7], is_partial=row[8], is_apart=row[9], company=company_of(row[10], row[11], row[12])
            ),
        )
        for row in connection.execute(_COMPARED).fetchall()
    ]


def labelled(pairs: Iterable[Compared], person_of: Mapping[Key, str]) -> list[Labelled]:
    """The pairs of which the answer knows both records."""
    return [
        Labelled(pair.weight, pair.kind, person_of[pair.left] == person_of[pair.right])
        for pair in pairs
        if pair.left in person_of and pair.right in person_of
    ]
