"""How is the picture of each person laid out from the exchange tables and the persons that identities found?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from engage.governance.policies import CHARACTERISTIC
from engage.picture.laying.versions import EXCHANGE, based, came_by, known, meet, source, then, together
from engage.store.sql import literal
from engage.store.steps import Step


# An agency, handling, sensitivity and cohort: what access to a row is decided on.
Base = tuple[str, str, str, str]


def steps(further: Iterable[Base] = ()) -> Iterator[Step]:
    """The tables of `picture.tables` but the chronology, in the order in which they need one another. `further`: what access to rows rests on as
    well that come from no exchange table."""
    selects = [f"select distinct agency, handling, sensitivity, cohort from {t}" for t in EXCHANGE]
    selects += [f"select {', '.join(literal(word) for word in base)}" for base in further]
    distinct = " union ".join(selects)
    yield Step(
        "access_base",
        f"select row_number() over (order by agency, handling, sensitivity, cohort)::integer as access_base, * from ({distinct})",
    )
    yield _sorted("said", _said)
    yield Step("place_of", _PLACE_OF)
    yield Step("had_part", _HAD_PART)
    yield _sorted("tie", _ties)
    yield Step("reason", _REASON)
    yield Step("covers", _COVERS)
    yield Step("proposal", _PROPOSAL)


def chronology() -> Iterator[Step]:
    """The largest table, after `steps`."""
    yield Step("told_event", _TOLD_EVENT)
    yield _sorted("chronology", _chronology)


def _sorted(table: str, parts: Callable[[], Iterable[str]]) -> Step:
    """A table of several selects in the order of persons. They are made one after the other: all at once the joins of each would be held
    in memory together, which is more than there is where millions of records are laid out."""

    def make(connection: Any) -> None:
        selects = list(parts())
        columns = f"select * from ({' union all by name '.join(selects)}) limit 0"
        connection.execute(f"create or replace table {table}_part as {columns}")
        for select in selects:
            connection.execute(f"insert into {table}_part by name {select}")
        connection.execute(
            f"create or replace table {table} as select * from {table}_part order by person_id"
        )
        connection.execute(f"drop table {table}_part")

    return Step(table, call=make)


_NAME = "nullif(concat_ws(' ', r.forename, r.middle_names, r.surname), '')"


def _said() -> Iterator[str]:
    person = based("person_record")
    fields = (
        ("name", f"coalesce({_NAME}, r.full_name)", f"lower({_NAME})"),
        (
            "birth",
            "r.birth_text",
            "coalesce(r.birth_from_on::varchar || '/' || r.birth_until_on::varchar, lower(r.birth_text))",
        ),
        ("sex", "coalesce(r.sex, r.sex_text)", "coalesce(r.sex, lower(r.sex_text))"),
        ("ethnicity", "r.ethnicity_text", "lower(r.ethnicity_text)"),
        ("nationality", "r.nationality_text", "lower(r.nationality_text)"),
        ("religion", "r.religion_text", "lower(r.religion_text)"),
        ("organisation", "r.organisation", "lower(r.organisation)"),
    )
    for field, value, key in fields:
        kind = CHARACTERISTIC if field in ("ethnicity", "nationality", "religion") else "person_record"
        valid = "case when r.birth_from_on is null then 0 else 1 end" if field == "birth" else "1"
        yield (
            f"select p.person_id, r.record_id, '{kind}' as kind, '{field}' as field, {value} as value, {key} as value_key, {valid} as is_valid, "
            f"r.agency, {known('r')} from {person} r join person_of_record p using (record_id) where {value} is not null"
        )
    for table, kind, value, key, valid in (
        ("person_name", "r.kind", "r.full_name", "lower(r.full_name)", "1"),
        ("identifier", "r.kind", "r.value_text", "r.value", "r.is_valid::integer"),
    ):
        yield (
            f"select p.person_id, r.person_record_id as record_id, '{table}' as kind, {kind} as field, {value} as value, {key} as value_key, "
            f"{valid} as is_valid, r.agency, {known('r')} from {based(table)} r join person_of_record p on p.record_id = r.person_record_id"
        )
    yield from _said_by_ties()


# These relationships stand in `said`, and not once more among the ties.
SAID_TIES = "'lives at', 'uses'"


def _said_by_ties() -> Iterator[str]:
    """Where a record says the person lives, and which phone or address of mail it says the person uses.

    Both the thing and the tie to it must be open to a viewer: where they differ the tie's base stands in `other_base`.
    """
    for table, tie, field, value, key, valid in (
        (
            "location", "lives at", "'address'", "concat_ws(', ', o.address, o.postcode_text)",
            "case when o.address_key is not null or o.postcode is not null then concat(o.address_key, '|', o.postcode) end",
            "case when o.postcode_text is not null and o.postcode is null then 0 else 1 end",
        ),
        ("contact_point", "uses", "o.kind", "o.value_text", "o.value", "o.is_valid::integer"),
    ):  # fmt: skip
        yield (
            f"select p.person_id, r.from_record_id as record_id, '{table}' as kind, {field} as field, {value} as value, {key} as value_key, {valid} as is_valid, "
            f"r.agency, {together('r', 'o')}, o.access_base, nullif(r.access_base, o.access_base) as other_base from {based('relationship')} r "
            f"join person_of_record p on p.record_id = r.from_record_id join {based(table)} o on o.record_id = r.to_record_id and {meet('r', 'o')} "
            f"where r.kind = '{tie}' and r.from_thing = 'person' and r.to_thing = '{table}'"
        )


def place_key(a: str) -> str:
    """By what places of several records are one: address and postcode, or else the name."""
    return f"case when {a}.address_key is not null or {a}.postcode is not null then concat({a}.address_key, '|', {a}.postcode) else lower({a}.name) end"


_PLACE_OF = f"""
    select l.record_id, l.known_from_on, l.known_until_on, l.came, l.access_base, l.name, l.kind, l.postcode,
        nullif(concat_ws(', ', l.name, l.address, l.postcode_text), '') as place,
        {place_key("l")} as place_key
    from {based("location")} l
"""
WHEN = (
    "e.happened_from_at::varchar as happened_from_at, e.happened_until_at::varchar as happened_until_at, "
    "coalesce(e.happened_precision, 'unknown') as happened_precision, e.happened_text"
)


# The person's part in an event, and the event with its place as it was known when the event was, and with its text. Each is made
# once, before what is joined from them: one large join at a time is held in memory.
_HAD_PART = f"""
    select p.person_id, p.record_id, r.event_record_id, r.role, r.known_from_on, r.known_until_on, r.came, r.access_base
    from {based("role")} r join person_of_record p on p.record_id = r.thing_record_id where r.thing = 'person'
"""
_TOLD_EVENT = f"""
    select e.record_id as event_record_id, e.kind, e.category, e.title, e.outcome, e.recorded_by, e.details, {WHEN}, e.until_precision, e.grade, e.handling, l.place,
        n.text as narrative, e.agency, e.file, e.source_id, e.delivery_id, e.row_number, e.received_on, e.known_from_on, e.known_until_on, e.came,
        e.access_base, n.access_base as narrative_base, l.access_base as place_base
    from {based("event")} e left join {based("narrative")} n on n.record_id = e.record_id and n.version = e.version
    left join place_of l on l.record_id = e.location_record_id and {then("l", "e")}
"""
WORKING = ("place_of", "had_part", "told_event")


def _chronology() -> Iterator[str]:
    """Events with the person's part in them, the place as it was known when the event was; and texts that stand alone."""
    yield (
        f"select r.person_id, r.record_id as person_record_id, 'event' as fact, e.event_record_id, r.role, e.kind, e.category, e.title, e.outcome, "
        f"e.recorded_by, e.details, e.happened_from_at, e.happened_until_at, e.happened_precision, e.happened_text, e.until_precision, e.grade, e.handling, e.place, e.narrative, "
        f"{source('e')}, {together('e', 'r')}, e.access_base, r.access_base as role_base, null::integer as event_base, e.narrative_base, e.place_base "
        f"from had_part r join told_event e on e.event_record_id = r.event_record_id and {meet('e', 'r')}"
    )
    note = (
        "'narrative' as fact, n.record_id as event_record_id, null::varchar as role, 'note' as kind, null::varchar as category, e.title, null::varchar as outcome, "
        f"n.author as recorded_by, null::varchar as details, {WHEN}, null::varchar as until_precision, n.grade, n.handling, null::varchar as place, n.text as narrative, {source('n')}"
    )
    bases = "e.access_base as event_base, n.access_base as narrative_base, null::integer as place_base"
    about = f"left join {based('event')} e on e.record_id = n.event_record_id and {then('e', 'n')}"
    yield (
        f"select p.person_id, p.record_id as person_record_id, {note}, {known('n')}, null::integer as role_base, {bases} "
        f"from {based('narrative')} n join person_of_record p on p.record_id = n.person_record_id {about} where {ALONE}"
    )
    yield (
        f"select r.person_id, r.record_id as person_record_id, {note}, {together('n', 'r')}, n.access_base, r.access_base as role_base, {bases} "
        f"from {based('narrative')} n join had_part r on r.event_record_id = n.event_record_id and {meet('n', 'r')} {about} where {ALONE} and n.person_record_id is null"
    )


ALONE = "(n.event_record_id is null or n.event_record_id <> n.record_id)"
# What besides people has a part in events and is tied to them: how it is called here, its exchange table, by what it is one, how it is written,
# and where its rows (`o`) stand.
THINGS = (
    ("vehicle", "vehicle", "o.plate", "concat_ws(' ', o.plate_text, o.colour, o.make, o.model)", based("vehicle")),
    ("phone", "contact_point", "o.value", "o.value_text", based("contact_point")),
    ("place", "location", "o.place_key", "o.place", "place_of"),
)  # fmt: skip
# The parts that these have in events; of a place also that an event was there.
PARTS = f"""
    select event_record_id, thing_record_id, thing, role, known_from_on, known_until_on, came, access_base from {based("role")} where thing <> 'person'
    union all select record_id, location_record_id, 'location', 'at', known_from_on, known_until_on, {came_by("event")}, null::integer from event
    where location_record_id is not null
"""
_TIE_COLUMNS = "'{thing}' as thing, {key} as thing_key, {label} as label"


def _ties() -> Iterator[str]:
    """Person to person, both ways round; then vehicles, phones and places, by relationship and through events."""
    relation = f"{based('relationship')} r"
    tied = "'relationship' as through, r.record_id, null::varchar as happened_from_at, r.agency"
    for one, other, how in (("from", "to", "r.kind"), ("to", "from", "'has as ' || r.kind")):
        yield (
            f"select p.person_id, p.record_id as person_record_id, 'person' as thing, o.person_id as thing_key, null::varchar as label, {how} as how, 'relationship' as kind, "
            f"{tied}, {known('r')}, r.access_base as other_base, o.record_id as other_record_id from {relation} "
            f"join person_of_record p on p.record_id = r.{one}_record_id join person_of_record o on o.record_id = r.{other}_record_id "
            "where r.from_thing = 'person' and r.to_thing = 'person' and r.from_record_id <> r.to_record_id"
        )
    for thing, exchange, key, label, table in THINGS:
        shown = _TIE_COLUMNS.format(thing=thing, key=key, label=label)
        yield (
            f"select p.person_id, p.record_id as person_record_id, {shown}, r.kind as how, '{exchange}' as kind, {tied}, {together('r', 'o')}, r.access_base, "
            f"o.access_base as other_base from {relation} join person_of_record p on p.record_id = r.from_record_id "
            f"join {table} o on o.record_id = r.to_record_id and {meet('r', 'o')} where r.from_thing = 'person' and r.to_thing = '{exchange}' and r.kind not in ({SAID_TIES}) and {key} is not null"
        )
        yield _tie_through_events(shown, exchange, key, table)


def _tie_through_events(shown: str, exchange: str, key: str, table: str) -> str:
    """What had a part in the same event as the person; for places, where the event was as well."""
    return (
        f"select r.person_id, r.record_id as person_record_id, {shown}, concat_ws(', ', e.title, r.role, t.role) as how, '{exchange}' as kind, 'event' as through, e.record_id, "
        f"e.happened_from_at::varchar as happened_from_at, e.agency, {together('e', 'r', 't', 'o')}, e.access_base, o.access_base as other_base, "
        f"r.access_base as role_base, t.access_base as thing_base from ({PARTS}) t join had_part r on r.event_record_id = t.event_record_id and {meet('r', 't')} "
        f"join {based('event')} e on e.record_id = t.event_record_id and {meet('e', 't')} and {meet('e', 'r')} "
        f"join {table} o on o.record_id = t.thing_record_id and {meet('o', 't')} and {meet('o', 'r')} and {meet('o', 'e')} where t.thing = '{exchange}' and {key} is not null"
    )


_COVERS = """
    select agency, kind, from_on::varchar as from_on, until_on::varchar as until_on, whom,
        min((received_at at time zone 'UTC') at time zone 'Europe/London')::date::varchar as received_on
    from coverage join (select delivery_id, received_at from delivery) using (delivery_id) group by all order by agency, kind, from_on
"""
_REASON = f"""
    select person_id, agency, access_base, kind, min(known_from_on)::varchar as known_from_on,
        case when count(*) = count(known_until_on) then max(known_until_on)::varchar end as known_until_on
    from (
        select p.person_id, 'person_record' as kind, r.agency, r.access_base, r.cohort, r.known_from_on, r.known_until_on
        from {based("person_record")} r join person_of_record p using (record_id)
        union all
        select p.person_id, 'role', r.agency, r.access_base, r.cohort, r.known_from_on, r.known_until_on
        from {based("role")} r join person_of_record p on p.record_id = r.thing_record_id where r.thing = 'person'
        union all
        select p.person_id, 'narrative', n.agency, n.access_base, n.cohort, n.known_from_on, n.known_until_on
        from {based("narrative")} n join person_of_record p on p.record_id = n.person_record_id
    ) where cohort = 'case' group by person_id, agency, access_base, kind order by person_id, agency, access_base, kind
"""
PROPOSALS_MOST = 10
_PROPOSAL = f"""
    with sides as (
        select left_record_id as mine, right_record_id as others, reason, weight from link_proposal
        union all select right_record_id, left_record_id, reason, weight from link_proposal
    ), few as (select * from sides qualify row_number() over (partition by mine order by weight desc, others) <= {PROPOSALS_MOST}),
    latest as (select record_id, handling, access_base from {based("person_record")} qualify row_number() over (partition by record_id order by version desc) = 1)
    select p.person_id, o.person_id as other_person_id, mine as left_record_id, others as right_record_id, reason, a.access_base, b.access_base as other_base,
        coalesce(la.handling, a.handling) as handling, coalesce(lb.handling, b.handling) as other_handling
    from few join person_of_record p on p.record_id = mine join person_of_record o on o.record_id = others
    join latest a on a.record_id = mine join latest b on b.record_id = others
    left join link_record la on la.record_id = mine left join link_record lb on lb.record_id = others
    where p.person_id <> o.person_id order by p.person_id
"""
