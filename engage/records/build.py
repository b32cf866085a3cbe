"""How do the deliveries kept become the exchange tables of a build?

Every row of every delivery is staged as text by its mapping, read into typed fields, made into versions with the days they were
known, and laid out as exchange tables. Nothing depends on the order in which files or rows came.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Any

from engage.governance.policies import HANDLING_ORDER
from engage.records import exploding, reading, rejecting, staging, values, versions
from engage.records.mapping.declared import Mapping, MappingWrong
from engage.records.mapping.entries import ENTRY_FIELDS
from engage.records.tables import COVERAGE, DELIVERY, EXCHANGE_TABLES, REJECT
from engage.store.sql import literal
from engage.store.steps import Progress, Step, run, silent
from engage.vocabulary.words import N_, Sentence


@dataclass(frozen=True)
class Inputs:
    """What a build of the exchange tables is made of: the area's code, the deliveries kept (`DeliveryInput`s), the mappings
    by name, and rows recorded by hand in exchange shape, by table."""

    area_code: str
    deliveries: Sequence[Any]
    mappings: Map[str, Mapping]
    hand_rows: Map[str, Sequence[dict[str, Any]]] = field(default_factory=dict)


def build(connection: Any, *, inputs: Inputs, as_of: date, progress: Progress = silent) -> dict[str, int]:
    """Make every table of `records.tables` on the connection, of what was received by `as_of`; return row counts."""
    values.create_macros(connection)
    staging.create(connection)
    for delivery in inputs.deliveries:
        mapping = _mapping_of(delivery, inputs.mappings)
        staging.stage(
            connection,
            area=inputs.area_code,
            delivery=delivery,
            mapping=mapping,
            deliveries=inputs.deliveries,
        )
        progress("staged", delivery.row_count)
    rejecting.find_orphans(connection)
    reading.read_words(connection)
    _full_deliveries(connection, inputs.deliveries)
    for kind in ENTRY_FIELDS:
        reading.read(connection, kind=kind, as_of=as_of)
        versions.make(connection, kind=kind, content=reading.content_columns(kind))
    _merges(connection)
    _known_from_first_use(connection)
    counts = run(connection, exploding.steps(), progress)
    _add_hand_rows(connection, inputs.hand_rows)
    _forget_the_future(connection, as_of=as_of)
    rejects = Step("reject", _shaped(REJECT, rejecting.sql(inputs.deliveries, inputs.mappings)))
    counts |= run(
        connection,
        [rejects, _deliveries(inputs.deliveries), _coverage(inputs.deliveries, inputs.mappings)],
        progress,
    )
    _drop_staging(connection)
    return counts


def _mapping_of(delivery: Any, mappings: Map[str, Mapping]) -> Mapping:
    """The mapping by which a delivery was received, as it stands today."""
    if delivery.mapping not in mappings:
        values = {"delivery": delivery.delivery_id, "mapping": delivery.mapping}
        raise MappingWrong(
            Sentence(
                N_("Delivery %(delivery)s was received by the mapping “%(mapping)s”, which is gone."), values
            ),
            remedy=N_("Put the mapping back: a kept delivery is read by its mapping in every build."),
        )
    mapping = mappings[delivery.mapping]
    gone = sorted({f.file for f in delivery.files} - {f.name for f in mapping.files})
    if gone:
        values = {"delivery": delivery.delivery_id, "mapping": delivery.mapping, "files": ", ".join(gone)}
        raise MappingWrong(
            Sentence(
                N_(
                    "Delivery %(delivery)s has files that the mapping “%(mapping)s” no longer knows: %(files)s."
                ),
                values,
            ),
            remedy=N_("Give the file its name back; the name is part of its records' keys."),
        )
    return mapping


def _full_deliveries(connection: Any, deliveries: Sequence[Any]) -> None:
    """Make `sent_full` and `not_whole`: the files sent in full, told apart by whether their silence means anything.

    A row that could not be read, or has no id, may be any record. So where there is one, or no row at all, a record missing
    from the file is not known to be gone, and stays.
    """
    connection.execute(
        "create or replace temp table sent_full (agency varchar, file varchar, seq integer, received_on date, delivery_id varchar, cohort varchar, is_whole boolean)"
    )
    read: dict[tuple[Any, ...], tuple[int, bool]] = {}
    for d in (d for d in deliveries if d.extent == "full"):
        for f in d.files:
            key = (d.agency, f.file, d.seq, d.received_on, d.delivery_id, d.cohort)
            rows, is_broken = read.get(key, (0, False))
            read[key] = (rows + f.row_count, is_broken or f.broken is not None)
    if read:
        rows_of = [[*key, rows > 0 and not is_broken] for key, (rows, is_broken) in sorted(read.items())]
        connection.executemany("insert into sent_full values (?, ?, ?, ?, ?, ?, ?)", rows_of)
    connection.execute(
        "create or replace temp table not_whole as select delivery_id, agency, file, cohort from sent_full s where not is_whole "
        "or exists (select 1 from row_taken r where r.delivery_id = s.delivery_id and r.file = s.file and not r.has_id)"
    )
    connection.execute(
        "delete from sent_full where (delivery_id, file) in (select delivery_id, file from not_whole)"
    )


_MERGE_HANDLING = (
    f"arg_max(handling, coalesce(list_position([{', '.join(map(literal, HANDLING_ORDER))}], handling), 99))"
)


def _merges(connection: Any) -> None:
    """Which of its own records a source merged: the old id leads on to the newest one it became, guarded as the strictest of the
    rows that lead there."""
    connection.execute(f"""
        create or replace table source_merge as
        with recursive merged(old_record_id, new_record_id, step, handling, sensitivity, cohort) as (
            select f_old, f_new, 1, handling, sensitivity, cohort from known_merge where f_old is distinct from f_new and f_old is not null and f_new is not null
            union
            select m.old_record_id, k.f_new, step + 1, k.handling, k.sensitivity, k.cohort
            from merged m join known_merge k on k.f_old = m.new_record_id where step < 20
        ), led as (
            select old_record_id, last(new_record_id order by step) as new_record_id, max(cohort) as cohort, {_MERGE_HANDLING} as handling,
                case when bool_or(sensitivity = 'restricted') and bool_or(sensitivity = 'health-specialist') then 'restricted-health-specialist'
                    else coalesce(max(sensitivity) filter (sensitivity <> 'standard'), 'standard') end as sensitivity
            from merged group by old_record_id
        )
        select m.old_record_id, m.new_record_id, k.agency, k.file, k.delivery_id, k.received_on, m.cohort, m.handling, m.sensitivity
        from led m join (select * from known_merge qualify row_number() over (partition by f_old order by seq desc, row_number desc) = 1) k
            on k.f_old = m.old_record_id
        order by 1
    """)


_REFERENCES = ("place", "vehicle", "phone", "person", "event")


def _known_from_first_use(connection: Any) -> None:
    """A reference row without a received day (a place, a vehicle, a phone) is known from the first dated row that uses it."""
    undated = " union all ".join(
        f"select record_id from known_{kind} where is_reference" for kind in _REFERENCES
    )
    connection.execute(f"create or replace temp table undated as {undated}")
    if not connection.execute("select 1 from undated limit 1").fetchall():
        return
    connection.execute("""
        create or replace temp table first_use as
        select record_id, min(received_on) as first_on from (
            select unnest([f_person, f_vehicle, f_phone, f_place]) as record_id, received_on from known_role where not is_reference
            union all select f_at, received_on from known_event where not is_reference and f_at is not null
            union all select f_event, received_on from known_role where not is_reference
            union all select unnest([f_event, f_person]), received_on from known_narrative where not is_reference
            union all select f_keeper, received_on from known_vehicle where not is_reference
            union all select unnest([f_from_person, f_to_person, f_to_place]), received_on from known_relationship where not is_reference
        ) where record_id in (select record_id from undated) group by record_id
    """)
    for kind in _REFERENCES:
        connection.execute(
            f"update known_{kind} k set known_from_on = f.first_on, received_on = f.first_on from first_use f "
            "where f.record_id = k.record_id and k.is_reference and k.version = 1 and (k.known_until_on is null or f.first_on < k.known_until_on)"
        )


def _add_hand_rows(connection: Any, hand_rows: Map[str, Sequence[dict[str, Any]]]) -> None:
    for table in EXCHANGE_TABLES:
        rows = hand_rows.get(table.name, ())
        names = table.column_names()
        if rows:
            marks = ", ".join("?" for _ in names)
            connection.executemany(
                f"insert into {table.name} ({', '.join(names)}) values ({marks})",
                [[row.get(n) for n in names] for row in rows],
            )


def _forget_the_future(connection: Any, *, as_of: date) -> None:
    """An end that comes after the build's day is not yet known on it."""
    for table in EXCHANGE_TABLES:
        connection.execute(
            f"update {table.name} set known_until_on = null, ended_by = null where known_until_on > $as_of",
            {"as_of": as_of},
        )
        connection.execute(f"delete from {table.name} where known_from_on > $as_of", {"as_of": as_of})


def _shaped(table: Any, sql: str) -> str:
    return f"select {', '.join(table.column_names())} from ({sql})"


def _deliveries(deliveries: Sequence[Any]) -> Step:
    rows = [
        f"({literal(d.delivery_id)}, {literal(d.agency)}, {literal(d.mapping)}, timestamp {literal(_naive_utc(d.received_at))}, {literal(d.extent)}, "
        f"{literal(d.cohort)}, {literal(d.agreement)}, {d.row_count}::bigint)"
        for d in deliveries
    ]
    names = ", ".join(DELIVERY.column_names())
    return Step(
        "delivery", f"select * from (values {', '.join(rows)}) as t({names})" if rows else _nothing(DELIVERY)
    )


def _naive_utc(moment: Any) -> str:
    return str(moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" "))


def _coverage(deliveries: Sequence[Any], mappings: Map[str, Mapping]) -> Step:
    rows = [
        f"({literal(d.delivery_id)}, {literal(d.agency)}, {literal(c['kind'])}, {_day(c.get('from'))}, {_day(c.get('until'))}, {literal(c.get('whom', ''))})"
        for d in deliveries
        for c in mappings[d.mapping].raw.get("covers", [])
    ]
    names = ", ".join(COVERAGE.column_names())
    return Step(
        "coverage", f"select * from (values {', '.join(rows)}) as t({names})" if rows else _nothing(COVERAGE)
    )


def _day(value: Any) -> str:
    return f"date {literal(value)}" if value else "null::date"


def _nothing(table: Any) -> str:
    return "select " + ", ".join(f"null::{c.type} as {c.name}" for c in table.columns) + " where false"


def _drop_staging(connection: Any) -> None:
    for kind in ENTRY_FIELDS:
        for stage in ("stage", "typed", "known"):
            connection.execute(f"drop table if exists {stage}_{kind}")
