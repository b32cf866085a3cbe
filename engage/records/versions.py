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
    """Appearances; the first full delivery after each that no longer holds the record; runs of the same content; and the days they were known.

    What a delivery holds goes by its number, what was known by the days. Between two deliveries that hold the record stands at most one
    that withdrew it: these are its stays. What came back is known from the delivery that brought it back, whatever day the source names.
    """
    return f"""
        with appearance as (select *, lead(seq) over (partition by record_id order by seq, row_number) as next_seq from {source}),
        left_out as (
            select a.*, f.received_on as gone_on from appearance a
            left join lateral (
                select min(s.seq) as seq from sent_full s where s.agency = a.agency and s.file = a.file and s.seq > a.seq
            ) n on true
            left join sent_full f on f.agency = a.agency and f.file = a.file and f.seq = n.seq and (a.next_seq is null or a.next_seq > n.seq)
        ), stayed as (
            select *, count(gone_on) over before as stay, max(gone_on) over before as gone_before_on from left_out
            window before as (partition by record_id order by seq, row_number rows between unbounded preceding and 1 preceding)
        ), placed as (
            select * exclude (received_on, known_from_on, next_seq, gone_on, gone_before_on),
                case when received_on < gone_before_on then delivery_on else received_on end as received_on,
                max(gone_on) over (partition by record_id, stay) as gone_on
            from stayed
        ), marked as (
            select *, row_number() over record as place, coalesce(lag(content_hash) over record is distinct from content_hash or lag(stay) over record <> stay, true) as begins
            from placed window record as (partition by record_id order by stay, received_on, seq, row_number)
        ), kept as (
            select * from (
                select * exclude (delivery_id, seq, row_number), first_value(delivery_id) over came as delivery_id, first_value(seq) over came as seq,
                    first_value(row_number) over came as row_number
                from (select *, count_if(begins) over (partition by record_id order by place) as run from marked)
                window came as (partition by record_id, run order by seq, row_number)
            ) where begins
        )
        select k.* exclude (content_hash, stay, gone_on, place, begins, run), row_number() over record::integer as version, received_on as known_from_on,
            coalesce(lead(k.received_on) over of_stay, gone_on) as known_until_on,
            case when lead(k.received_on) over of_stay is not null then 'superseded' when gone_on is not null then 'withdrawn' end as ended_by
        from kept k
        window record as (partition by record_id order by place), of_stay as (partition by record_id, stay order by place)
    """
