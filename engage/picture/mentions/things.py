"""Which vehicle, phone, account or place may words of a text name? A whole plate or number is that one; a part of one, a description or the
name of a place is what has a part in the event, or what people of the event are tied to, or what the area's records know."""

from __future__ import annotations

from collections.abc import Iterator

from engage.picture.laying.steps import place_key
from engage.picture.laying.versions import with_base
from engage.picture.mentions.people import OF_TIE
from engage.picture.mentions.resting import (
    ALWAYS,
    FOR_GOOD,
    adding_days,
    both,
    days,
    ever,
    rests,
    runs,
    together,
)
from engage.picture.mentions.writing import digits, plain, plate, street
from engage.store.steps import Step


# The street of an address: what follows its last number.
STREET_OF = "regexp_replace(address_key, '^.*[0-9][a-z]? ', '')"


# What had a part in the event, or is where it was.
_PARTS = f"""
    select m.text_number, r.thing_record_id as record_id, {together(rests(("r.access_base", "'role'"), ("b.access_base", "'event'")))} as rests, {both("r", "e")}
    from mention_text m join (select x.*, b.access_base, {days("x")} from role x {with_base("x")} where x.thing <> 'person') r on r.event_record_id = m.event_record_id
    join (select *, {days("event")} from event) e on e.record_id = m.event_record_id {with_base("e")}
    union all
    select m.text_number, e.location_record_id, {rests(("b.access_base", "'event'"))}, {days("e")}
    from mention_text m join event e on e.record_id = m.event_record_id and e.location_record_id is not null {with_base("e")}
"""
_OF_EVENT = runs(_PARTS, "text_number, record_id, rests")
# The vehicles that people with a part in it are tied to.
_OF_PEOPLE = f"""
    with tied as (
        select n.text_number, t.thing_key, n.rests as of_near, {OF_TIE} as of_tie, greatest(n.since, t.known_from_on::date) as since,
            least(n.until, coalesce(t.known_until_on::date, {FOR_GOOD})) as until
        from mention_near n join tie t using (person_id) where t.thing = 'vehicle' and t.thing_key is not null
    )
    {runs(f"select *, {together('of_near', 'of_tie')} as rests from tied", "text_number, thing_key, rests")}
"""
_PLATE = plate("m.first_text")
_SPOKEN = "lower(m.last_text)"
# A plate of which signs were not read fits one that has the others in their places; of what is described every word that is said must be so.
_DESCRIBED = f"""
    (v.make is not null or v.model is not null)
    and (contains({_SPOKEN}, lower(v.model)) or (contains({_SPOKEN}, lower(v.make)) and not contains({_SPOKEN}, lower(v.make) || ' ')) or ({_SPOKEN} like '%' || lower(v.make)))
    and (v.colour is null or contains(replace({_SPOKEN}, '-', ' '), replace(lower(v.colour), '-', ' ')) or not regexp_matches({_SPOKEN}, '^[a-z-]+ '))
"""
# What fits and had a part in the event, or is where it was.
_FITTING = f"""
    select f.number, f.thing_key, f.record_id, 'part' as why, {together("f.rests", "e.rests")} as rests, {both("f", "e")}, 10 + f.level as distance
    from fits f join mention_of_event e using (text_number, record_id)
"""
# A whole plate or number is that one, whatever records hold it and whoever may see these.
_WHOLE = f"select number, sign as thing_key, null as record_id, 'number' as why, []::varchar[] as rests, {ALWAYS} as since, {FOR_GOOD} as until, 1 as distance from m"
# Parts are looked up among all parts of all plates of those lengths: to hold each against every plate would take hours in a large area. Of a
# plate of which signs were not read the longest piece is looked up.
_VEHICLE = f"""
    with v as (select * from {ever("vehicle", "r.plate as thing_key, lower(r.make) as make, lower(r.model) as model, lower(r.colour) as colour", "vehicle")} where thing_key is not null),
    m as (
        select number, text_number, {_PLATE} as sign, length(sign) > 6 and not contains(sign, '?') as is_whole, last_text,
            list_max(list_transform(string_split(sign, '?'), lambda piece: [length(piece)::varchar, piece]))[2] as piece
        from mention_read m where kind = 'vehicle'
    ),
    near as (
        select text_number, record_id from mention_of_event
        union select p.text_number, v.record_id from mention_of_people p join v using (thing_key)
    ),
    lengths as (select distinct length(piece) as of_part from m where not is_whole and length(piece) > 1),
    pieces as (
        select distinct thing_key, substr(thing_key, begins::integer, of_part::integer) as piece
        from (select distinct thing_key from v), lengths, range(1, 8) as places(begins) where begins + of_part - 1 <= length(thing_key)
    ),
    fits as (
        select m.number, m.text_number, v.*, 2 as level, true as is_anywhere from m join pieces p using (piece) join v on v.thing_key = p.thing_key
        where not m.is_whole and regexp_matches(v.thing_key, replace(m.sign, '?', '.'))
        union all
        select m.number, m.text_number, v.*, 3, false from m join near using (text_number) join v using (record_id) where m.sign = '' and {_DESCRIBED}
    )
    {_FITTING}
    union all by name
    select f.number, f.thing_key, f.record_id, 'tied' as why, {together("f.rests", "p.rests")} as rests, {both("f", "p")}, 20 + f.level as distance
    from fits f join mention_of_people p using (text_number, thing_key)
    union all by name select number, thing_key, record_id, 'called' as why, rests, since, until, 50 + level as distance from fits where is_anywhere
    union all by name {_WHOLE} where is_whole
"""
_NUMBER = f"""
    with v as (from {ever("contact_point", "r.value as thing_key", "contact_point")}),
    m as (select number, text_number, kind, case when kind = 'phone' then {digits("first_text")} else lower(ltrim(first_text, '@')) end as sign, {digits("last_text")} as part from mention_read where kind in ('phone', 'account')),
    ends as (select distinct right(thing_key, of_part::integer) as part, thing_key from (select distinct thing_key from v), (select distinct length(part) as of_part from m where sign = '')),
    fits as (
        select m.number, m.text_number, v.*, 2 as level from m join ends e using (part) join v on v.thing_key = e.thing_key where m.sign = '' and m.part <> ''
    )
    {_FITTING}
    union all by name select number, thing_key, record_id, 'called' as why, rests, since, until, 50 + level as distance from fits
    union all by name {_WHOLE} where sign <> ''
"""
# Names of places without the article.
_NAME = "regexp_replace({text}, '^the ', '')"
_BEGINNING = "array_to_string(string_split({text}, ' ')[:2], ' ')"
_LOCATION = f"""
    lower(coalesce(r.kind, '')) as of_kind, r.address_key, {STREET_OF} as on_street, {_NAME.format(text=plain("coalesce(r.name, '')"))} as plain_name,
    {place_key("r")} as thing_key
"""
_PLACE = f"""
    with v as (select * from {ever("location", _LOCATION, "location")} where thing_key is not null),
    m as (
        select number, text_number, {_NAME.format(text="first")} as name, {street("first")} as address, {street("last")} as street, kind, {plain("words")} as words
        from mention_read where kind in ('place', 'name')
    ),
    fits as (
        select m.number, m.text_number, v.*, 1 as level, true as is_anywhere from m join v on v.plain_name = m.name where m.name <> '' and (m.street = '' or v.address_key is null or contains(v.address_key, m.street))
        union all
        select m.number, m.text_number, v.*, 4, true from m join v on {_BEGINNING.format(text="v.plain_name")} = {_BEGINNING.format(text="m.name")}
        where contains(m.name, ' ') and starts_with(v.plain_name, m.name || ' ') and (m.street = '' or v.address_key is null or contains(v.address_key, m.street))
        union all
        select m.number, m.text_number, v.*, 1, true from m join v on v.address_key = m.address where m.address <> '' and m.kind = 'place'
        union all
        select m.number, m.text_number, v.*, case when v.of_kind <> '' and contains(m.words, v.of_kind) then 2 else 3 end, false
        from m join (select distinct text_number, record_id from mention_of_event) e using (text_number) join v using (record_id) where m.street <> '' and m.name = '' and contains(v.address_key, m.street)
        union all
        select m.number, m.text_number, v.*, 2, true from m join v on v.on_street = m.street where m.street <> '' and m.name = '' and v.of_kind <> '' and starts_with(m.words, v.of_kind)
    )
    {_FITTING}
    union all by name select number, thing_key, record_id, 'called' as why, rests, since, until, 40 + level as distance from fits where is_anywhere
"""
# A name in part ("Long Stop" of "Long Stop Bridge") fits worst, and is told by its level, 4.
_WHAT = f"""
    with found as (from mention_vehicle union all by name from mention_number union all by name from mention_place)
    from found where since < until qualify {adding_days("number, thing_key, rests", "distance, since, until desc, record_id, why")}
"""


def steps() -> Iterator[Step]:
    """The table `mention_what`: each mention of a thing with which it may be, how far it is, when that is known and what it rests on."""
    yield Step("mention_of_event", _OF_EVENT)
    yield Step("mention_of_people", _OF_PEOPLE)
    yield Step("mention_vehicle", _VEHICLE)
    yield Step("mention_number", _NUMBER)
    yield Step("mention_place", _PLACE)
    yield Step("mention_what", _WHAT)


WORKING = ("mention_of_event", "mention_of_people", "mention_vehicle", "mention_number", "mention_place", "mention_what")  # fmt: skip
