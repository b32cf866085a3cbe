"""Which content did a record have, and from when until when was each known?

Rows of one record id, in the order they were received, make its versions; the same content again makes none. A record that a
later full delivery of its file no longer holds is withdrawn by its source that day and kept. A version is known from the day on which the
source says it sent it first, and comes from the delivery that truly brought it first: an older extract may come late.
"""

from __future__ import annotations

from typing import Any


def make(connection: Any, *, kind: str, content: list[str]) -> None:
    """Make `known_<kind>` from `typed_<kind>`: one row a version, with version, known_from_on, known_until_on and ended_by.

    `content` are the columns whose change makes a new version. Reads `sent_full` (agency, file, seq, received_on).
    """
    hashed = f"hash({', '.join(content)})"
    rows, records = connection.execute(
        f"select count(*), count(distinct record_id) from typed_{kind}"
    ).fetchall()[0]
    again = _sent_again(connection, kind)
    connection.execute(f"drop table if exists known_{kind}")
    if rows == records and not again:
        # Every record came once: the windows below, which sort everything, would change nothing.
        for column in ("version integer default 1", "known_until_on date", "ended_by varchar"):
            connection.execute(f"alter table typed_{kind} add column {column}")
        connection.execute(f"alter table typed_{kind} rename to known_{kind}")
        return
    source = f"(select *, {hashed} as content_hash from typed_{kind})"
    connection.execute(f"create temp table known_{kind} as {_versions_sql(source)}")
    connection.execute(f"drop table typed_{kind}")


def _sent_again(connection: Any, kind: str) -> bool:
    """A file of this kind was sent in full after another delivery of it, so something may have been withdrawn."""
    found = connection.execute(
        f"select 1 from sent_full s join (select distinct agency, file, min(seq) as first_seq from typed_{kind} group by all) t "
        "using (agency, file) where s.seq > t.first_seq limit 1"
    ).fetchall()
    return bool(found)


def _versions_sql(source: str) -> str:
    """Appearances, in order; the next full delivery after each; runs of the same content; and the days they were known."""
    return f"""
        with appearance as (
            select *, row_number() over record as place, lead(seq) over record as next_seq,
                lag(content_hash) over record as content_before, lag(seq) over record as seq_before
            from {source}
            window record as (partition by record_id order by received_on, seq, row_number)
        ), last_of_delivery as (
            select a.*, f.seq as gone_seq, f.received_on as gone_on
            from appearance a
            left join lateral (
                select min(s.seq) as seq from sent_full s where s.agency = a.agency and s.file = a.file and s.seq > a.seq
            ) n on true
            left join sent_full f on f.agency = a.agency and f.file = a.file and f.seq = n.seq
                and (a.next_seq is null or a.next_seq > n.seq)
        ), marked as (
            select *, place = 1 or content_before is distinct from content_hash or lag(gone_seq) over (partition by record_id order by place) is not null as begins
            from last_of_delivery
        ), kept as (
            select * from (
                select * exclude (delivery_id, seq, row_number), first_value(delivery_id) over came as delivery_id, first_value(seq) over came as seq,
                    first_value(row_number) over came as row_number
                from (select *, count_if(begins) over (partition by record_id order by place) as run from marked)
                window came as (partition by record_id, run order by seq, row_number)
            ) where begins
        ), ends as (
            select record_id, place, gone_on from marked where gone_seq is not null
        )
        select k.* exclude (content_hash, known_from_on, place, next_seq, content_before, seq_before, gone_seq, gone_on, begins, run),
            row_number() over record::integer as version,
            k.received_on as known_from_on,
            coalesce(e.gone_on, lead(k.received_on) over record) as known_until_on,
            case when e.gone_on is not null then 'withdrawn' when lead(k.received_on) over record is not null then 'superseded' end as ended_by
        from kept k
        left join ends e on e.record_id = k.record_id and e.place >= k.place
            and e.place < coalesce((select min(o.place) from kept o where o.record_id = k.record_id and o.place > k.place), 2147483647)
        window record as (partition by k.record_id order by k.place)
    """
