"""Which vehicle, phone, account or place may words of a text name? A whole plate or number is that one; a part of one, a description or the
name of a place is what has a part in the event, or what people of the event are tied to, or what the area's records know."""

from __future__ import annotations

from collections.abc import Iterator

from engage.picture.laying.versions import with_base
from engage.picture.mentions.rules import CANDIDATES_MOST
from engage.picture.mentions.writing import digits, newest, plain, plate, street
from engage.store.steps import Step


# The street of an address: what follows its last number.
STREET_OF = "regexp_replace(address_key, '^.*[0-9][a-z]? ', '')"


def _known(table: str, columns: str) -> str:
    """The newest version of each record of a thing, with what access to it is decided on."""
    return f"""
        select {columns}, r.record_id, r.since, b.access_base from {newest(table)} r
        {with_base("r")}
    """


# What had a part in the event, or is where it was; `by_since`: until that was known, nobody could tell.
_OF_EVENT = f"""
    select m.text_number, r.thing_record_id as record_id, 'role' as by_kind, b.access_base as by_base, min(r.known_from_on) as by_since
    from mention_text m join role r on r.event_record_id = m.event_record_id and r.thing <> 'person'
    {with_base("r")} group by all
    union all
    select m.text_number, e.location_record_id, 'event', b.access_base, min(e.known_from_on) from mention_text m join event e on e.record_id = m.event_record_id and e.location_record_id is not null
    {with_base("e")} group by all
"""
# What people with a part in it are tied to.
_OF_PEOPLE = """
    select n.text_number, t.thing, t.thing_key, t.through as by_kind, t.access_base as by_base, greatest(n.by_since, t.known_from_on::date) as by_since
    from mention_near n join tie t using (person_id) where t.thing <> 'person' and t.thing_key is not null
    qualify row_number() over (partition by n.text_number, t.thing, t.thing_key order by by_since, t.through, t.access_base) = 1
"""
_PLATE = plate("m.first_text")
_SPOKEN = "lower(m.last_text)"
# A plate of which signs were not read fits one that has the others in their places; of what is described every word that is said must be so.
_DESCRIBED = f"""
    (v.make is not null or v.model is not null)
    and (contains({_SPOKEN}, lower(v.model)) or (contains({_SPOKEN}, lower(v.make)) and not contains({_SPOKEN}, lower(v.make) || ' ')) or ({_SPOKEN} like '%' || lower(v.make)))
    and (v.colour is null or contains(replace({_SPOKEN}, '-', ' '), replace(lower(v.colour), '-', ' ')) or not regexp_matches({_SPOKEN}, '^[a-z-]+ '))
"""
# Parts are looked up among all parts of all plates of those lengths: to hold each against every plate would take hours in a large area. Of a
# plate of which signs were not read the longest piece is looked up.
_VEHICLE = f"""
    with v as ({_known("vehicle", "r.plate as thing_key, lower(r.make) as make, lower(r.model) as model, lower(r.colour) as colour")} where r.plate is not null),
    m as (
        select number, text_number, {_PLATE} as sign, length(sign) > 6 and not contains(sign, '?') as is_whole, last_text,
            list_max(list_transform(string_split(sign, '?'), lambda piece: [length(piece)::varchar, piece]))[2] as piece
        from mention_read m where kind = 'vehicle'
    ),
    near as (
        select text_number, record_id from mention_of_event
        union select p.text_number, v.record_id from mention_of_people p join v on p.thing = 'vehicle' and v.thing_key = p.thing_key
    ),
    lengths as (select distinct length(piece) as of_part from m where not is_whole and length(piece) > 1),
    pieces as (
        select distinct thing_key, substr(thing_key, begins::integer, of_part::integer) as piece
        from (select distinct thing_key from v), lengths, range(1, 8) as places(begins) where begins + of_part - 1 <= length(thing_key)
    ),
    fits as (
        select m.number, m.text_number, v.*, 1 as level from m join v on v.thing_key = m.sign where m.is_whole
        union all
        select m.number, m.text_number, v.*, 2 from m join pieces p using (piece) join v on v.thing_key = p.thing_key where not m.is_whole and regexp_matches(v.thing_key, replace(m.sign, '?', '.'))
        union all
        select m.number, m.text_number, v.*, 3 from m join near using (text_number) join v using (record_id) where m.sign = '' and {_DESCRIBED}
    )
    select f.number, f.thing_key, f.record_id, 'vehicle' as thing_kind, f.access_base as thing_base,
        case when f.level = 1 then 'number' when e.record_id is not null then 'part' when p.thing_key is not null then 'tied' else 'called' end as why,
        case why when 'part' then e.by_kind when 'tied' then p.by_kind end as by_kind, case why when 'part' then e.by_base when 'tied' then p.by_base end as by_base,
        greatest(f.since, case why when 'part' then e.by_since when 'tied' then p.by_since end) as since,
        case why when 'number' then 0 when 'part' then 10 when 'tied' then 20 else 50 end + f.level as distance
    from fits f left join mention_of_event e on e.text_number = f.text_number and e.record_id = f.record_id left join mention_of_people p on p.text_number = f.text_number and p.thing = 'vehicle' and p.thing_key = f.thing_key
    union all select number, sign, null, null, null, 'number', null, null, null, 1 from m where is_whole and sign not in (select thing_key from v)
"""
_NUMBER = f"""
    with v as ({_known("contact_point", "r.value as thing_key, r.kind as of_kind")}),
    m as (select number, text_number, kind, case when kind = 'phone' then {digits("first_text")} else lower(ltrim(first_text, '@')) end as sign, {digits("last_text")} as part from mention_read where kind in ('phone', 'account')),
    ends as (select distinct right(thing_key, of_part::integer) as part, thing_key from (select distinct thing_key from v), (select distinct length(part) as of_part from m where sign = '')),
    fits as (
        select m.number, m.text_number, true as is_whole, v.* from m join v on v.thing_key = m.sign
        union all
        select m.number, m.text_number, true, v.* from m join v on v.thing_key = '@' || m.sign where m.kind = 'account'
        union all
        select m.number, m.text_number, false, v.* from m join ends e using (part) join v on v.thing_key = e.thing_key where m.sign = '' and m.part <> ''
    )
    select f.number, f.thing_key, f.record_id, 'contact_point' as thing_kind, f.access_base as thing_base,
        case when is_whole then 'number' when e.record_id is not null then 'part' else 'called' end as why,
        case why when 'part' then e.by_kind end as by_kind, case why when 'part' then e.by_base end as by_base,
        greatest(f.since, case why when 'part' then e.by_since end) as since, case why when 'number' then 1 when 'part' then 12 else 52 end as distance
    from fits f left join mention_of_event e on e.text_number = f.text_number and e.record_id = f.record_id
    union all select number, sign, null, null, null, 'number', null, null, null, 1 from m where sign <> '' and sign not in (select ltrim(thing_key, '@') from v)
"""
# Names of places without the article.
_NAME = "regexp_replace({text}, '^the ', '')"
_BEGINNING = "array_to_string(string_split({text}, ' ')[:2], ' ')"
_PLACE = f"""
    with v as (
        select place_key as thing_key, record_id, since, access_base, lower(coalesce(kind, '')) as of_kind, address_key, {STREET_OF} as on_street,
            {_NAME.format(text=plain("coalesce(name, '')"))} as plain_name
        from place_of join (select record_id, address_key, since from {newest("location")}) using (record_id) where place_key is not null
    ),
    m as (
        select number, text_number, {_NAME.format(text="first")} as name, {street("first")} as address, {street("last")} as street, kind, {plain("words")} as words
        from mention_read where kind in ('place', 'name')
    ),
    fits as (
        select m.number, m.text_number, v.*, 1 as level from m join v on v.plain_name = m.name where m.name <> '' and (m.street = '' or v.address_key is null or contains(v.address_key, m.street))
        union all
        select m.number, m.text_number, v.*, 4 from m join v on {_BEGINNING.format(text="v.plain_name")} = {_BEGINNING.format(text="m.name")}
        where contains(m.name, ' ') and starts_with(v.plain_name, m.name || ' ') and (m.street = '' or v.address_key is null or contains(v.address_key, m.street))
        union all
        select m.number, m.text_number, v.*, 1 from m join v on v.address_key = m.address where m.address <> '' and m.kind = 'place'
        union all
        select m.number, m.text_number, v.*, case when v.of_kind <> '' and contains(m.words, v.of_kind) then 2 else 3 end
        from m join mention_of_event e using (text_number) join v using (record_id) where m.street <> '' and m.name = '' and contains(v.address_key, m.street)
        union all
        select m.number, m.text_number, v.*, 2 from m join v on v.on_street = m.street where m.street <> '' and m.name = '' and v.of_kind <> '' and starts_with(m.words, v.of_kind)
    )
    select f.number, f.thing_key, f.record_id, 'location' as thing_kind, f.access_base as thing_base, greatest(f.since, e.by_since) as since, e.by_kind, e.by_base,
        case when e.record_id is not null then 'part' else 'called' end as why, case when e.record_id is not null then 10 else 40 end + level as distance
    from fits f left join mention_of_event e on e.text_number = f.text_number and e.record_id = f.record_id
"""
# A name in part ("Long Stop" of "Long Stop Bridge") fits worst, and is told by its level, 4.
# Of places that many records hold each counts once; what fits as well as others is not taken to be the one.
SURE_UNTIL = 45
_WHAT = f"""
    with found as (from mention_vehicle union all by name from mention_number union all by name from mention_place),
    one as (select * from found qualify row_number() over (partition by number, thing_key order by distance, since, record_id, by_kind, by_base) = 1),
    nearest as (from one qualify distance = min(distance) over (partition by number))
    select *, (count(*) over (partition by number) = 1 and distance < {SURE_UNTIL})::integer as is_taken from nearest
    qualify count(*) over (partition by number) <= {CANDIDATES_MOST}
"""


def steps() -> Iterator[Step]:
    """The table `mention_what`: each mention of a thing with which it may be, and whether that is taken to be so."""
    yield Step("mention_of_event", _OF_EVENT)
    yield Step("mention_of_people", _OF_PEOPLE)
    yield Step("mention_vehicle", _VEHICLE)
    yield Step("mention_number", _NUMBER)
    yield Step("mention_place", _PLACE)
    yield Step("mention_what", _WHAT)


WORKING = ("mention_of_event", "mention_of_people", "mention_vehicle", "mention_number", "mention_place", "mention_what")  # fmt: skip
