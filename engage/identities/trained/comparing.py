"""What would a model change? The records of the served build are linked with it aside, and the people compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from engage.identities.trained.rules import MOST_CHANGES, Change, Changes


_NOW = """
    create or replace table people_now as
    select p.record_id, coalesce(m.person_id, p.person_id) as person from person_of_record p left join moved_rows m using (record_id)
"""
_BOTH = "create or replace table people_both as select c.record_id, n.person, c.cluster from cluster c join people_now n using (record_id)"
_PAIRS = """
    create or replace table pairs_both as
    select left_record_id, right_record_id, n.weight as weight_now, t.weight as weight_then,
        l.person as left_person, r.person as right_person, l.cluster as left_cluster, r.cluster as right_cluster
    from pairs_now n full join link_pair t using (left_record_id, right_record_id)
    join people_both l on l.record_id = left_record_id join people_both r on r.record_id = right_record_id
    where (l.person = r.person) <> (l.cluster = r.cluster)
"""
_COUNTS = """
    with sizes as (select person, cluster, count(*) as n from people_both group by all),
    by_person as (select sum(n) as n, count(*) as parts from sizes group by person),
    by_cluster as (select sum(n) as n, count(*) as people from sizes group by cluster)
    select (select count(*) from people_both), (select count(*) from by_person), (select count(*) from by_cluster),
        (select coalesce(sum(n * (n - 1) // 2), 0) from by_cluster) - (select coalesce(sum(n * (n - 1) // 2), 0) from sizes),
        (select coalesce(sum(n * (n - 1) // 2), 0) from by_person) - (select coalesce(sum(n * (n - 1) // 2), 0) from sizes),
        (select coalesce(sum(people), 0) from by_cluster where people > 1), (select count(*) from by_person where parts > 1)
"""
# One pair tells of each two people joined, and of each two parts of one person parted: the one that weighs most.
_TOLD = """
    select 'joined' as kind, left_record_id, right_record_id, weight_now, weight_then from pairs_both where left_cluster = right_cluster
    qualify row_number() over (partition by least(left_person, right_person), greatest(left_person, right_person)
        order by coalesce(weight_then, weight_now) desc, left_record_id, right_record_id) = 1
    union all
    select 'parted', left_record_id, right_record_id, weight_now, weight_then from pairs_both where left_person = right_person
    qualify row_number() over (partition by least(left_cluster, right_cluster), greatest(left_cluster, right_cluster)
        order by coalesce(weight_now, weight_then) desc, left_record_id, right_record_id) = 1
    order by 1, 2, 3
"""


def remember(connection: Any, moved: Mapping[str, str]) -> None:
    """Keep, in a copy of the served build, who is whom today (`moved`: records that people judged elsewhere since), what pairs
    weigh and what is asked, before the copy is linked anew."""
    rows = {
        "record_id": pa.array(list(moved), pa.string()),
        "person_id": pa.array(list(moved.values()), pa.string()),
    }
    connection.register("moved_rows", pa.table(rows))
    connection.execute(_NOW)
    connection.unregister("moved_rows")
    connection.execute(
        "create or replace table pairs_now as select left_record_id, right_record_id, weight from link_pair"
    )
    connection.execute(
        "create or replace table asked_now as select count(*)::bigint as asked from link_proposal"
    )


def compare(connection: Any, build_id: str) -> Changes:
    """After the copy was linked anew: what differs from what was remembered."""
    connection.execute(_BOTH)
    connection.execute(_PAIRS)
    records, people_now, people_then, joined, parted, people_joined, people_parted = map(
        int, connection.execute(_COUNTS).fetchall()[0]
    )
    asked_now, asked_then = connection.execute(
        "select (select asked from asked_now), (select count(*) from link_proposal)"
    ).fetchall()[0]
    told = [Change(*row) for row in connection.execute(_TOLD).fetchall()]
    return Changes(
        build_id=build_id, records=records, people_now=people_now, people_then=people_then, pairs_joined=joined, pairs_parted=parted,
        people_joined=people_joined, people_parted=people_parted, asked_now=int(asked_now), asked_then=int(asked_then),
        told=len(told), pairs=tuple(told[:MOST_CHANGES]),
    )  # fmt: skip
