"""How do the tables of a build follow what people judged since it was made? They are read through views of the same names that lay
today's persons on top, and what follows from whose a record is comes about by the build's own steps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa

from engage.identities import assignments
from engage.identities.linking import proposing
from engage.identities.linking.merging import JOIN_AT
from engage.identities.linking.model import prior_model
from engage.identities.tables import CLUSTER, LINK_PROPOSAL, PERSON_OF_RECORD
from engage.store.warehouse import Build


Moves = Mapping[str, tuple[str, str]]
# The tables of identities that follow.
FOLLOW = frozenset({PERSON_OF_RECORD.name, CLUSTER.name, LINK_PROPOSAL.name})


def moved(build: Build) -> dict[str, tuple[str, str]]:
    """Each record that judgements moved since the build was made: the person it was laid under, and the person it is today."""
    now = assignments.live_overrides(build)
    before = assignments.laid_under(build, now)
    return {r: (before[r], now[r]) for r in now if r in before and before[r] != now[r]}


def follow(cursor: Any, moves: Moves) -> None:
    """Have this cursor read `person_of_record`, `cluster` and `link_proposal` as of today, and leave `moved` (record_id, person_id)
    and `changed` (person_id: who lost or gained a record). Other readers of the build are not touched."""
    keep(cursor, "moved", {"record_id": list(moves), "person_id": [now for _before, now in moves.values()]})
    keep(cursor, "changed", {"person_id": sorted({person for move in moves.values() for person in move})})
    built = base(cursor)
    for table, sql in (
        (PERSON_OF_RECORD.name, _PERSON_OF_RECORD),
        (CLUSTER.name, _CLUSTER),
        (LINK_PROPOSAL.name, _LINK_PROPOSAL.replace("{step}", _proposal_step())),
    ):
        lay(cursor, table, sql.replace("{built}", built))


def base(cursor: Any) -> str:
    """Where the tables are as the build made them: to be written before a table's name."""
    return f'"{cursor.execute("select current_database()").fetchall()[0][0]}".main'


def lay(cursor: Any, table: str, sql: str) -> None:
    """Have this cursor read a table of the build as this select."""
    cursor.execute(f'create or replace temp view "{table}" as {sql}')


def keep(cursor: Any, table: str, columns: Mapping[str, list[str]]) -> None:
    """Give this cursor a small table of texts of its own."""
    arrow = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    cursor.register("following_rows", arrow)
    cursor.execute(f"create or replace temp table {table} as select * from following_rows")
    cursor.unregister("following_rows")


_PERSON_OF_RECORD = """
    select p.record_id, coalesce(m.person_id, p.person_id) as person_id
    from {built}.person_of_record p left join moved m on m.record_id = p.record_id
"""
_CLUSTER = """
    select c.record_id, coalesce(first.cluster, c.cluster) as cluster from {built}.cluster c left join (
        select record_id, min(record_id) over (partition by person_id) as cluster from temp.main.person_of_record
        where person_id in (from changed)
    ) first on first.record_id = c.record_id
"""
# Proposed anew is what any record asks that was compared with one of those who changed. What is strong enough to join and in two groups
# was refused.
_LINK_PROPOSAL = f"""
    with theirs as (select record_id from temp.main.person_of_record where person_id in (from changed)),
    touching as (
        select left_record_id, right_record_id from {{built}}.link_pair where left_record_id in (from theirs) or right_record_id in (from theirs)
    ),
    asking as (select left_record_id as record_id from touching union select right_record_id from touching),
    link_pair as (
        select * from {{built}}.link_pair where left_record_id in (from asking) or right_record_id in (from asking)
    ), link_refused as (
        select l.record_number as left_number, r.record_number as right_number from link_pair p join link_record l on l.record_id = p.left_record_id
        join link_record r on r.record_id = p.right_record_id where p.weight >= {JOIN_AT}
    ),
    anew as ({{step}}),
    whose as (
        select p.*, is_anew, case when r.is_partial and not l.is_partial then r.record_id else l.record_id end in (from asking) as is_asked_anew
        from (select *, true as is_anew from anew union all by name select *, false as is_anew from {{built}}.link_proposal) p
        join link_record l on l.record_id = p.left_record_id join link_record r on r.record_id = p.right_record_id
    )
    select * exclude (is_anew, is_asked_anew) from whose where is_anew = is_asked_anew order by 1, 2
"""


@cache
def _proposal_step() -> str:
    """How a build proposes: from pairs and groups alone, whatever the model."""
    return next(step.sql for step in proposing.steps(prior_model(2)) if step.table == LINK_PROPOSAL.name)
