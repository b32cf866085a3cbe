"""How do person records become comparable rows? SQL over the exchange tables; names are cleaned once per distinct value."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from engage.governance.policies import HANDLING_ORDER
from engage.identities.linking.names import clean_names
from engage.store.steps import Step


def _current(table: str) -> str:
    """The version of each row that counts on the day. One that its source has withdrawn counts as it last stood: a record that
    an extract no longer holds is still of the same person, and what hangs on it must not lose its person."""
    return (
        f"(select * from {table} where known_from_on <= $as_of and (known_until_on is null or known_until_on > $as_of or ended_by = 'withdrawn')"
        " qualify row_number() over (partition by record_id order by version desc) = 1)"
    )


def handling_rank(column: str) -> str:
    """SQL: how strict a handling code is; an unknown code is stricter than all."""
    known = ", ".join(f"'{code}'" for code in HANDLING_ORDER)
    return f"coalesce(nullif(list_position([{known}], coalesce({column}, '')), 0), {len(HANDLING_ORDER)})"


def handling_code(rank: str) -> str:
    """SQL: the handling code of a rank."""
    known = ", ".join(f"'{code}'" for code in HANDLING_ORDER)
    return f"list_extract([{known}], {rank})"


# A name that came whole is split at its last space; a mapping that tells the parts apart is always better.
_PERSON = """
    select record_id, agency, file, handling,
        coalesce(nullif(trim(forename), ''), case when nullif(trim(surname), '') is null then
            case when full_name like '% %' then regexp_replace(trim(full_name), '\\s+\\S+$', '') else full_name end end) as forename,
        middle_names,
        coalesce(nullif(trim(surname), ''), case when nullif(trim(forename), '') is null and trim(full_name) like '% %'
            then regexp_extract(trim(full_name), '\\S+$') end) as surname,
        birth_from_on, birth_until_on, birth_precision,
        case when lower(sex) in ('female', 'male') then lower(sex) end as sex
    from {person_record}
"""
_FURTHER = """
    select person_record_id as record_id, handling,
        coalesce(nullif(trim(forename), ''), case when nullif(trim(surname), '') is null then regexp_extract(trim(full_name), '^\\S+') end) as forename,
        coalesce(nullif(trim(surname), ''), case when nullif(trim(forename), '') is null and trim(full_name) like '% %'
            then regexp_replace(trim(full_name), '^\\S+\\s+', '') end) as surname
    from {person_name}
"""
_WRITTEN = """
    select written from (
        select forename as written from link_person union select middle_names from link_person union select surname from link_person
        union select forename from link_further union select surname from link_further
    ) where written is not null order by written
"""
_GIVEN = """
    select record_id, list(distinct token order by token) as given_names from (
        select p.record_id, unnest(string_split(n.text, ' ')) as token from link_person p join link_name n on n.written = p.forename
        union all
        select p.record_id, unnest(string_split(n.text, ' ')) from link_person p join link_name n on n.written = p.middle_names
        union all
        select f.record_id, unnest(string_split(n.text, ' ')) from link_further f join link_name n on n.written = f.forename
    ) where length(token) > 1 group by record_id
"""
_FAMILY = """
    select record_id, list(distinct token order by token) as surnames from (
        select p.record_id, unnest(n.parts) as token from link_person p join link_name n on n.written = p.surname
        union all
        select f.record_id, unnest(n.parts) from link_further f join link_name n on n.written = f.surname
    ) where length(token) > 2 group by record_id
"""
_PLACE = """
    select r.from_record_id as record_id,
        list(distinct l.address_key order by l.address_key) filter (where length(l.address_key) > 2) as address_keys,
        list(distinct l.postcode order by l.postcode) filter (where l.postcode <> '') as postcodes,
        max({rank}) as handling_rank
    from {relationship} r join {location} l on l.record_id = r.to_record_id
    where r.from_thing = 'person' and r.to_thing = 'location' and r.kind not like '%placed%' and r.kind not like '%work%'
    group by 1
"""
# How many records share the least shared of a record's addresses: a home for many, or no more than a town's name, is told so.
_BUSY = """
    select record_id, min(records) as address_records from (select record_id, unnest(address_keys) as key from link_place)
    join (select key, count(*) as records from (select unnest(address_keys) as key from link_place) group by key) using (key) group by 1
"""
_PHONE = """
    select r.from_record_id as record_id, list(distinct c.value order by c.value) filter (where c.kind = 'phone') as phones,
        list(distinct c.value order by c.value) filter (where c.kind = 'email') as emails, max({rank}) as handling_rank
    from {relationship} r join {contact_point} c on c.record_id = r.to_record_id
    where r.from_thing = 'person' and r.to_thing = 'contact_point' and c.kind in ('phone', 'email') and c.is_valid
    group by 1
"""
_IDENTIFIER = """
    select person_record_id as record_id,
        max(value) filter (where kind = 'nhs_number') as nhs_number, max(value) filter (where kind = 'upn') as upn,
        max(value) filter (where kind = 'pnc_id') as pnc_id,
        list(distinct kind || ':' || value order by kind || ':' || value) filter (where kind not in ('nhs_number', 'upn', 'pnc_id')) as other_numbers,
        max({rank}) as handling_rank
    from {identifier} where is_valid group by 1
"""
_PARENT = "(regexp_matches(r.kind, '(mother|father|parent)') and not regexp_matches(r.kind, 'grand'))"
# What a tie between two people says of the one it starts from. A parent is at least 12 and at most 60 years older.
_KIN = """
    select r.from_record_id as record_id,
        max(case when regexp_matches(r.kind, '(mother|sister|daughter|wife|aunt|niece)') then 'female'
                 when regexp_matches(r.kind, '(father|brother|son of|husband|uncle|nephew)') then 'male' end) as sex,
        max(case when {parent} then (to_p.birth_from_on - interval 60 years)::date end) as birth_from_on,
        min(case when {parent} then (to_p.birth_until_on - interval 12 years)::date end) as birth_until_on
    from {relationship} r left join link_person to_p on to_p.record_id = r.to_record_id
    where r.from_thing = 'person' and r.to_thing = 'person' group by 1
"""
# A day that many families share is what a system fills in when it does not know (and 1 January always is): the year is used.
_USUAL_DAY = """
    with days as (select birth_from_on as day, count(distinct surname) as families from link_person
        where birth_precision in ('day', 'minute') group by 1)
    select day from days where families > greatest(12, 6 * (select avg(families) from days))
"""
_DEFAULT_DAY = "((month(p.birth_from_on) = 1 and day(p.birth_from_on) = 1) or p.birth_from_on in (select day from link_usual_day))"
# Something that leads to few people besides a name: half a name with it and a full date of birth is no nickname.
_ANCHORED = "coalesce(nhs_number, upn, pnc_id) is not null or address_keys is not null or postcodes is not null or phones is not null or emails is not null or other_numbers is not null"
_RECORD = f"""
    with raw as (
        select p.record_id, p.agency, p.file,
            nullif(coalesce(f.first, ''), '') as forename, g.given_names,
            case when len(f.groups) > 0 then f.groups end as forename_groups,
            case when f.first = f.joined then nullif(f.sound, '') end as forename_sound,
            nullif(s.joined, '') as surname, fam.surnames, nullif(s.sound, '') as surname_sound,
            case when len(s.groups) > 0 then s.groups end as surname_groups,
            case when p.birth_precision in ('day', 'minute') and not ({_DEFAULT_DAY}) then p.birth_from_on end as birth_on,
            case when p.birth_precision in ('day', 'minute') and {_DEFAULT_DAY} then make_date(year(p.birth_from_on), 1, 1) else coalesce(p.birth_from_on, k.birth_from_on) end as birth_from,
            case when p.birth_precision in ('day', 'minute') and {_DEFAULT_DAY} then make_date(year(p.birth_from_on) + 1, 1, 1)
                 else coalesce(p.birth_until_on, k.birth_until_on) end as birth_until,
            coalesce(p.sex, k.sex) as sex, pl.address_keys, pl.postcodes, bu.address_records, ph.phones, ph.emails,
            i.nhs_number, i.upn, i.pnc_id, i.other_numbers,
            greatest({handling_rank("p.handling")}, coalesce(pl.handling_rank, 1), coalesce(ph.handling_rank, 1), coalesce(i.handling_rank, 1),
                     coalesce(fu.handling_rank, 1)) as handling_rank
        from link_person p
        left join link_name f on f.written = p.forename
        left join link_name s on s.written = p.surname
        left join link_given g using (record_id)
        left join link_family fam using (record_id)
        left join link_place pl using (record_id)
        left join link_busy bu using (record_id)
        left join link_phone ph using (record_id)
        left join link_identifier i using (record_id)
        left join link_kin k using (record_id)
        left join (select record_id, max({handling_rank("handling")}) as handling_rank from link_further group by 1) fu using (record_id)
    )
    select row_number() over (order by record_id) as record_number, * exclude (handling_rank),
        (coalesce(length(forename) < 2, true) or coalesce(length(surname) < 2, true))
            and coalesce(nhs_number, upn, pnc_id) is null and other_numbers is null and not (({_ANCHORED}) and birth_on is not null)
            and not (({_ANCHORED} or birth_on is not null) and forename is not null and surname is not null) as is_partial,
        {handling_code("handling_rank")} as handling
    from raw order by record_id
"""


_RELATED = """
    select distinct least(from_record_id, to_record_id) as left_id, greatest(from_record_id, to_record_id) as right_id
    from {relationship}
    where from_thing = 'person' and to_thing = 'person' and not regexp_matches(kind, '(same|alias|duplicate|known as)')
"""


def steps(as_of: Any) -> list[Step]:
    """Steps that leave `link_record`, one row per person record known by `as_of`, in order of record id."""
    bound = {"as_of": as_of}

    def made(table: str, sql: str, **names: str) -> Step:
        return Step(table, sql.format(**names), bound if "$as_of" in sql.format(**names) else {})

    relationship = _current("relationship")
    return [
        made("link_person", _PERSON, person_record=_current("person_record")),
        made("link_usual_day", _USUAL_DAY),
        made("link_further", _FURTHER, person_name=_current("person_name")),
        Step("link_name", call=_name_table),
        made("link_given", _GIVEN),
        made("link_family", _FAMILY),
        made(
            "link_place",
            _PLACE,
            relationship=relationship,
            location=_current("location"),
            rank=handling_rank("l.handling"),
        ),
        made("link_busy", _BUSY),
        made(
            "link_phone",
            _PHONE,
            relationship=relationship,
            contact_point=_current("contact_point"),
            rank=handling_rank("c.handling"),
        ),
        made(
            "link_identifier", _IDENTIFIER, identifier=_current("identifier"), rank=handling_rank("handling")
        ),
        made("link_kin", _KIN, relationship=relationship, parent=_PARENT),
        made("link_related", _RELATED, relationship=relationship),
        Step("link_record", _RECORD),
    ]


ASIDE = (
    "link_person",
    "link_usual_day",
    "link_further",
    "link_name",
    "link_given",
    "link_family",
    "link_place",
    "link_busy",
    "link_phone",
    "link_identifier",
    "link_kin",
)


def _name_table(connection: Any) -> None:
    written = [row[0] for row in connection.execute(_WRITTEN).fetchall()]
    connection.register("link_name_rows", pa.table(clean_names(written), schema=_NAME_SCHEMA))
    connection.execute("create or replace table link_name as select * from link_name_rows")
    connection.unregister("link_name_rows")


_NAME_SCHEMA = pa.schema(
    [
        ("written", pa.string()),
        ("text", pa.string()),
        ("first", pa.string()),
        ("joined", pa.string()),
        ("sound", pa.string()),
        ("parts", pa.list_(pa.string())),
        ("groups", pa.list_(pa.string())),
    ]
)
