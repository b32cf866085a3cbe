"""Which records hang together with these, and what does the served build know of them? Reads a build, decides nothing.

Records hang together when a build could have joined them (a chain of pairs strong enough), when people judged them to be
one person, or when they ever had a person id in common. A judgement re-forms all of them together and touches nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engage.identities import assignments
from engage.identities.judging.reforming import Evidence
from engage.identities.linking.merging import ALONE_ONLY, JOIN_AT, JOINS, Held
from engage.identities.linking.pairing import IDENTIFIER_KINDS
from engage.store.sql import literal
from engage.store.warehouse import Build


_STRONG = f"weight >= {JOIN_AT} and refusal in ({', '.join(map(literal, (*ALONE_ONLY, *JOINS)))})"
# A pair of a partial record is for people only, unless its source found the two to be one.
_MERGED = """
    (p.refusal = 'source' or (p.left_record_id not in (select record_id from link_record where is_partial)
        and p.right_record_id not in (select record_id from link_record where is_partial)))
"""
_NEIGHBOURS = f"""
    with asked as (select unnest($ids) as id)
    select p.left_record_id, p.right_record_id from link_pair p
    where (p.left_record_id in (from asked) or p.right_record_id in (from asked)) and {_STRONG} and {_MERGED}
"""
_PAIRS = f"""
    with asked as (select unnest($ids) as id)
    select p.left_record_id, p.right_record_id, p.weight, case when p.refusal in ({", ".join(map(literal, JOINS))}) then '' else p.refusal end from link_pair p
    where p.left_record_id in (from asked) and p.right_record_id in (from asked) and {_MERGED} order by 1, 2
"""
_HELD = f"""
    select record_id, {", ".join(IDENTIFIER_KINDS)}, forename_groups, birth_on::varchar from link_record
    where record_id in (select unnest($ids))
"""


def around(
    build: Build, record_ids: Iterable[str], partners: Callable[[set[str]], set[str]] = lambda _ids: set()
) -> Evidence:
    """Everything that hangs together with these records, of what the build holds; `partners` says which records people judged to be one
    person with any of some."""
    cursor = build.analysis()
    try:
        found: set[str] = set()
        going = set(record_ids)
        while going:
            found |= going
            reached = assignments.ever_with(build, going) | partners(going)
            for pair in cursor.execute(_NEIGHBOURS, {"ids": sorted(going)}).fetchall():
                reached |= set(pair)
            going = reached - found
        return Evidence(frozenset(found), _pairs(cursor, found), _held(cursor, found))
    finally:
        cursor.close()


def of(build: Build, record_ids: Iterable[str]) -> Evidence:
    """What the build knows of these records alone, whatever else hangs together with them."""
    ids = set(record_ids)
    cursor = build.analysis()
    try:
        return Evidence(frozenset(ids), _pairs(cursor, ids), _held(cursor, ids))
    finally:
        cursor.close()


def _pairs(cursor: Any, ids: set[str]) -> tuple[tuple[str, str, float, str], ...]:
    return tuple(cursor.execute(_PAIRS, {"ids": sorted(ids)}).fetchall())


def _held(cursor: Any, ids: set[str]) -> Mapping[str, Held]:
    return {
        record: Held(
            {kind: value for kind, value in zip(IDENTIFIER_KINDS, values, strict=True) if value}, frozenset(forms or ()), born
        )
        for record, *values, forms, born in cursor.execute(_HELD, {"ids": sorted(ids)}).fetchall()
    }  # fmt: skip
