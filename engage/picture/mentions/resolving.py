"""How do mentions come into a build? What the texts alone tell, held against the records of the area: the tables `mentioned` and `mentioned_as`.

Needs `narrative_written` and `text_told` (what was read of each text), and what the picture is laid out from.
"""

from __future__ import annotations

from collections.abc import Iterator

from engage.picture.mentions import people, things
from engage.picture.mentions.resting import FOR_GOOD, adding_days
from engage.picture.mentions.rules import BORNE, CANDIDATES_KEPT, CERTAIN
from engage.picture.mentions.writing import plain
from engage.store.steps import Step


_TEXT = """
    select row_number() over (order by record_id, known_from_on) as text_number, *
    from narrative_written where text_key in (select text_key from text_told where kind is not null)
"""


def _part(name: str) -> str:
    return f"case when {name}_end > {name}_start then substr(w.text, {name}_start + 1, {name}_end - {name}_start) else '' end"


_READ = f"""
    with found as (
        select w.text_number, t.kind, t.start, t."end", t.sure, substr(w.text, t.start + 1, t."end" - t.start) as words, {_part("first")} as first_text, {_part("last")} as last_text
        from mention_text w join text_told t using (text_key) where t.kind is not null
    )
    select row_number() over (order by text_number, start, "end", kind, first_text, last_text) as number, *, {plain("first_text")} as first, {plain("last_text")} as last from found
"""
# How firmly words stand for what they are taken for: of two that share words the firmer stays, then the longer.
_FIRM = f"""
    case
        when r.kind in ('vehicle', 'phone', 'account') then 100
        when r.kind = 'person' and given <> '' and family <> '' and nearest < 34 then 90
        when r.kind = 'place' and r.sure = {CERTAIN} then 88
        when r.kind in ('place', 'name') and t.level < 4 and contains(r.first || r.last, ' ') then 85
        when r.kind = 'person' and given <> '' and family <> '' and nearest < 45 then 80
        when r.kind = 'person' and nearest < 34 then 70
        when r.kind = 'person' and r.sure > 0 and given <> '' and family <> '' and is_given and is_family then 65
        when r.kind = 'place' and r.last in (from mention_street) then 67
        when r.kind = 'name' and t.level = 4 then 62
        when r.kind = 'place' then 60
        when r.kind = 'name' and t.level < 4 then 55
        when r.kind = 'person' and r.sure > 0 and given <> '' and family <> '' and is_known then 50
        when r.kind = 'person' and r.sure = {CERTAIN} then 45
        when r.kind = 'person' and r.sure > 0 and (is_given or nearest < 45) then 40
    end
"""
# The same by the words alone, whatever records hold.
_FIRM_ALONE = f"""
    case when r.kind in ('vehicle', 'phone', 'account') then 100 when r.kind = 'place' and r.sure = {CERTAIN} then 88
        when r.kind = 'place' then 60 when r.kind = 'person' and r.sure = {CERTAIN} then 45 end
"""


def _standing(firm: str) -> str:
    """What of all that was found stands by that firmness."""
    return f"""
        with firm as (
            select r.number, r.text_number, case r.kind when 'name' then 'place' else r.kind end as kind, r.start, r."end", {firm} as firm
            from mention_read r left join mention_named n using (number)
            left join (select number, min(case when why = 'above' then 5 else distance end) as nearest from mention_whom group by number) p using (number)
            left join (select number, min(distance) % 10 as level from mention_place group by number) t using (number) where firm is not null
        )
        from firm f where not exists (
            select 1 from firm o where o.text_number = f.text_number and o.number <> f.number and o.start < f."end" and f.start < o."end"
            and (o.firm, o."end" - o.start, -o.number) > (f.firm, f."end" - f.start, -f.number)
        )
    """


# Both what stands as the records have it and what stands by the words alone (`is_certain`): who may see none of those records is to
# find the words marked as they would be if there were none.
_STANDING = f"""
    select coalesce(max(number) filter (by_records), min(number)) as number, text_number, kind, start, "end", bool_or(by_records) as by_records, bool_or(not by_records) as is_certain
    from (select *, true as by_records from ({_standing(_FIRM)}) union all select *, false from ({_standing(_FIRM_ALONE)})) group by text_number, kind, start, "end"
"""
# Words that records alone make a mention are one for whoever may see such a record: one that bears a part of the name.
_BORNE = f"""
    with borne as (
        select given as word, true as of_given, rests, since, until from bearer where given <> '' union all select family, false, rests, since, until from bearer where family <> ''
    ),
    words as (from borne qualify {adding_days("word, of_given, rests")}),
    enough as (
        from words w where not exists (
            select 1 from words o where o.word = w.word and o.of_given = w.of_given and len(o.rests) < len(w.rests) and list_has_all(w.rests, o.rests)
            and o.since <= w.since and o.until >= w.until
        )
    ),
    named as (
        select s.number, n.given, n.family from mention_standing s join mention_read r using (number) join mention_named n using (number)
        where not s.is_certain and r.sure > 0 and (number not in (from mention_settled) or number in (select number from mention_above))
    ),
    parts as (select number, given as word, true as of_given from named union all select number, family, false from named where given <> '')
    select number, rests, since, until from parts join enough using (word, of_given)
"""
# What fits as well as more others than are listed may be any of them: that some record leads there is kept, and nobody's name.
_ALL = f"""
    with found as (
        select number, by_number, person_id as thing_key, record_id as thing_record_id, via_record_id, why, distance, rests, since, until from mention_whom
        union all by name select number, thing_key, record_id as thing_record_id, why, distance, rests, since, until from mention_what
    ),
    least as (select number, by_number, thing_key, min(distance) as nearest from found group by all),
    few as (from least qualify count(*) over (partition by number, by_number order by nearest) <= {CANDIDATES_KEPT}),
    listed as (
        select f.*, w.number is not null as is_listed from found f left join few w on w.number = f.number and w.thing_key = f.thing_key and w.by_number is not distinct from f.by_number
    ),
    every as (
        select * exclude (is_listed) replace (case when is_listed then why else '{BORNE}' end as why, case when is_listed then thing_key end as thing_key) from listed
        union all by name select number, '{BORNE}' as why, rests, since, until from mention_borne
    )
    select * replace (coalesce(distance, 100) as distance) from every qualify why <> '{BORNE}' or {adding_days("number, rests", f"why = '{BORNE}', since, until desc")}
"""
_RESTS = "select row_number() over (order by rests)::integer as access_set, rests from (select distinct rests from mention_all)"
_ACCESS = """
    select access_set, split_part(rest, ' ', 1)::integer as access_base, split_part(rest, ' ', 2) as kind
    from (select access_set, unnest(rests) as rest from mention_rests) order by all
"""
_AS = f"""
    select w.record_id, s.kind, s.start as from_sign, s."end" as until_sign, o.start as by_sign, a.thing_key, a.thing_record_id, a.via_record_id, a.why, a.distance::integer as distance,
        greatest(w.known_from_on, a.since)::varchar as known_from_on, nullif(least(coalesce(w.known_until_on, {FOR_GOOD}), a.until), {FOR_GOOD})::varchar as known_until_on,
        w.access_base, r.access_set
    from mention_standing s join mention_text w using (text_number) join mention_all a using (number) join mention_rests r using (rests)
    left join mention_read o on o.number = a.by_number
    where s.by_records and a.since < coalesce(w.known_until_on, {FOR_GOOD}) and a.until > w.known_from_on
    order by w.record_id, from_sign, known_from_on, a.distance, thing_key, thing_record_id, by_sign, r.access_set
"""
_MENTIONED = """
    select w.record_id, w.text_key, s.kind, s.start as from_sign, s."end" as until_sign, s.is_certain::integer as is_certain,
        w.known_from_on::varchar as known_from_on, w.known_until_on::varchar as known_until_on, w.access_base
    from mention_standing s join mention_text w using (text_number) order by w.record_id, known_from_on, from_sign
"""


_STREETS = f"select distinct {things.STREET_OF} as street from location where address_key is not null"


def steps() -> Iterator[Step]:
    """The tables `mentioned_access`, `mentioned_as` and `mentioned`."""
    yield Step("mention_text", _TEXT)
    yield Step("mention_read", _READ)
    yield from people.steps()
    yield from things.steps()
    yield Step("mention_street", _STREETS)
    yield Step("mention_standing", _STANDING)
    yield Step("mention_borne", _BORNE)
    yield Step("mention_all", _ALL)
    yield Step("mention_rests", _RESTS)
    yield Step("mentioned_access", _ACCESS)
    yield Step("mentioned_as", _AS)
    yield Step("mentioned", _MENTIONED)


WORKING = (
    "mention_text", "mention_read", *people.WORKING, *things.WORKING, "mention_street", "mention_standing", "mention_borne", "mention_all", "mention_rests",
)  # fmt: skip
