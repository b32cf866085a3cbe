"""How complete, how often doubled and how late is what each agency sent? Counts only, made from the records allowed.

A field that is empty was not written down: nothing here says that the answer is no.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from engage.store.sql import literal
from engage.vocabulary.words import N_


LATE_DAYS = 28


@dataclass(frozen=True)
class Completeness:
    """Of `records` current records of an agency (things: person or event), `filled` have the field."""

    agency: str
    thing: str
    field: str
    filled: int
    records: int


@dataclass(frozen=True)
class NotUsed:
    """How many values were flagged, or rows rejected, for a reason."""

    agency: str
    file: str
    severity: str
    reason: str
    count: int


@dataclass(frozen=True)
class Duplicates:
    """Of `records` records of people in a file, `same_person` more than one for a person as joined, and `same_words` are
    more than one with the same name, birth and sex, word for word."""

    agency: str
    file: str
    records: int
    same_person: int
    same_words: int


@dataclass(frozen=True)
class Lateness:
    """Days from when something happened to when its record was received; `late` is the share over LATE_DAYS, 0 to 1."""

    agency: str
    kind: str
    events: int
    median_days: float
    ninetieth_days: float
    late: float


@dataclass(frozen=True)
class Quality:
    """What there is to know of the records' quality, made from what one viewer may see."""

    completeness: tuple[Completeness, ...]
    not_used: tuple[NotUsed, ...]
    duplicates: tuple[Duplicates, ...]
    lateness: tuple[Lateness, ...]


@dataclass(frozen=True, order=True)
class AccessClass:
    """Records alike in what access is decided on."""

    kind: str
    agency: str
    handling: str
    sensitivity: str
    cohort: str


# What a field is called, and the condition under which a person's or an event's record r has it.
PERSON_FIELDS = {
    N_("surname"): "r.surname is not null",
    N_("forename"): "r.forename is not null",
    N_("date of birth, to the day"): "r.birth_precision = 'day'",
    N_("date of birth or age"): "r.birth_from_on is not null",
    N_("sex"): "r.sex is not null",
    N_("ethnicity"): "r.ethnicity_text is not null",
    N_("address"): "r.record_id in (select from_record_id from relationship where kind = 'lives at')",
    N_(
        "telephone"
    ): "r.record_id in (select from_record_id from relationship where to_thing = 'contact_point')",
    N_(
        "NHS number that checks"
    ): "r.record_id in (select person_record_id from identifier where kind = 'nhs_number' and is_valid)",
    N_(
        "UPN that checks"
    ): "r.record_id in (select person_record_id from identifier where kind = 'upn' and is_valid)",
}
EVENT_FIELDS = {
    N_("day it happened"): "r.happened_precision in ('day', 'minute')",
    N_("time of day"): "r.happened_precision = 'minute'",
    N_("place"): "r.location_record_id is not null",
    N_("outcome"): "r.outcome is not null",
    N_("who recorded it"): "r.recorded_by is not null",
    N_("written account"): "r.record_id in (select event_record_id from narrative)",
    N_("people involved"): "r.record_id in (select event_record_id from role where thing = 'person')",
}


def classes(cursor: Any) -> list[AccessClass]:
    """The access classes of the persons' and events' records of a build."""
    found = cursor.execute(
        "select distinct 'person_record', agency, handling, sensitivity, cohort from person_record union "
        "select distinct 'event', agency, handling, sensitivity, cohort from event union "
        "select distinct 'person_record', agency, '', 'standard', cohort from reject"  # of whom no row could be used
    ).fetchall()
    return sorted(AccessClass(*row) for row in found)


def measure(cursor: Any, *, allowed: Collection[AccessClass], as_of: date) -> Quality:
    """Count over the records of the allowed classes that were known on the day `as_of`."""
    persons, events = (_known(table, allowed, as_of) for table in ("person_record", "event"))
    return Quality(
        completeness=(
            *_completeness(cursor, "person", PERSON_FIELDS, persons),
            *_completeness(cursor, "event", EVENT_FIELDS, events),
        ),
        not_used=_not_used(cursor, allowed, as_of),
        duplicates=_duplicates(cursor, persons),
        lateness=_lateness(cursor, events),
    )


def _known(table: str, allowed: Collection[AccessClass], as_of: date) -> str:
    """The records of a table that may be counted, as a select."""
    rows = ", ".join(
        f"({literal(c.agency)}, {literal(c.handling)}, {literal(c.sensitivity)}, {literal(c.cohort)})"
        for c in sorted(allowed)
        if c.kind == table
    )
    within = f"(agency, handling, sensitivity, cohort) in ({rows})" if rows else "false"
    day = literal(as_of.isoformat())
    return (
        f"(select * from {table} where {within} and known_from_on <= date {day} "
        f"and (known_until_on is null or known_until_on > date {day}))"
    )


def _completeness(cursor: Any, thing: str, fields: dict[str, str], known: str) -> tuple[Completeness, ...]:
    counts = ", ".join(f"count(*) filter ({condition})" for condition in fields.values())
    rows = cursor.execute(
        f"select agency, count(*), {counts} from {known} r group by agency order by agency"
    ).fetchall()
    return tuple(
        Completeness(agency, thing, name, filled, records)
        for agency, records, *counted in rows
        for name, filled in zip(fields, counted, strict=True)
    )


def _not_used(cursor: Any, allowed: Collection[AccessClass], as_of: date) -> tuple[NotUsed, ...]:
    """Counts of what everything of an agency and cohort that may be seen at all left unused. A row that made no record has no
    handling of its own, so the agency and cohort decide."""
    seen = ", ".join(
        sorted({f"({literal(c.agency)}, {literal(c.cohort)})" for c in allowed if c.kind == "person_record"})
    )
    if not seen:
        return ()
    rows = cursor.execute(
        "select j.agency, j.file, severity, reason, count(*) from reject j left join delivery d using (delivery_id) "
        f"where (j.agency, j.cohort) in ({seen}) and (d.received_at is null or d.received_at < $day::date + interval 1 day) "
        "group by all order by count(*) desc, 1, 2, 4",
        {"day": as_of.isoformat()},
    ).fetchall()
    return tuple(NotUsed(*row) for row in rows)


def _duplicates(cursor: Any, persons: str) -> tuple[Duplicates, ...]:
    rows = cursor.execute(f"""
        select agency, file, count(distinct record_id), count(distinct record_id) - count(distinct coalesce(person_id, record_id)),
            count(distinct record_id) - count(distinct coalesce(words, record_id))
        from (select agency, file, record_id, lower(concat_ws('|', full_name, birth_text, sex_text)) as all_words,
                case when full_name is not null and birth_text is not null then all_words end as words from {persons})
        left join person_of_record using (record_id) group by agency, file order by agency, file
    """).fetchall()
    return tuple(Duplicates(*row) for row in rows)


def _lateness(cursor: Any, events: str) -> tuple[Lateness, ...]:
    rows = cursor.execute(f"""
        select agency, kind, count(*), median(days)::double, quantile_cont(days, 0.9)::double, avg((days > {LATE_DAYS})::integer)::double
        from (select agency, kind, date_diff('day', happened_from_at::date, received_on) as days from {events} where happened_from_at is not null)
        where days >= 0 group by agency, kind order by agency, kind
    """).fetchall()
    return tuple(Lateness(*row) for row in rows)
