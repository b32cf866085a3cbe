"""How do mentions come into a build? What the texts alone tell, held against the records of the area: the tables `mentioned` and `mentioned_as`.

Needs `narrative_written` and `text_told` (what was read of each text), and what the picture is laid out from.
"""

from __future__ import annotations

from collections.abc import Iterator

from engage.picture.mentions import people, things
from engage.picture.mentions.rules import CANDIDATES_MOST, CERTAIN
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
_STANDING = f"""
    with firm as (
        select r.number, r.text_number, case r.kind when 'name' then 'place' else r.kind end as kind, r.start, r."end", {_FIRM} as firm
        from mention_read r left join mention_named n using (number)
        left join (select number, min(case when why = 'above' then 5 else distance end) as nearest from mention_whom group by number) p using (number)
        left join (select number, min(distance) % 10 as level from mention_place group by number) t using (number) where firm is not null
    )
    from firm f where not exists (
        select 1 from firm o where o.text_number = f.text_number and o.number <> f.number and o.start < f."end" and f.start < o."end"
        and (o.firm, o."end" - o.start, -o.number) > (f.firm, f."end" - f.start, -f.number)
    )
"""
# Until the record of whom or what it is was known, nobody could tell.
_AS = f"""
    with may_be as (
        select number, is_taken, person_id as thing_key, record_id as thing_record_id, why, thing_kind, thing_base, by_kind, by_base, since from mention_whom
        union all by name select number, is_taken, thing_key, record_id as thing_record_id, why, thing_kind, thing_base, by_kind, by_base, since from mention_what
        qualify count(*) over (partition by number) <= {CANDIDATES_MOST}
    )
    select w.record_id, s.kind, s.start as from_sign, a.is_taken, a.thing_key, a.thing_record_id, a.why, a.thing_kind, a.thing_base, a.by_kind, a.by_base,
        greatest(w.known_from_on, a.since)::varchar as known_from_on, w.known_until_on::varchar as known_until_on, w.access_base
    from mention_standing s join mention_text w using (text_number) join may_be a using (number)
    where coalesce(a.since < w.known_until_on, true) order by w.record_id, from_sign, known_from_on, thing_key
"""
_MENTIONED = """
    with may_be as (select number, count(*) as candidates from (select number from mention_whom union all select number from mention_what) group by number)
    select w.record_id, s.kind, s.start as from_sign, s."end" as until_sign, coalesce(a.candidates, 0)::integer as candidates,
        w.known_from_on::varchar as known_from_on, w.known_until_on::varchar as known_until_on, w.access_base
    from mention_standing s join mention_text w using (text_number) left join may_be a using (number) order by w.record_id, known_from_on, from_sign
"""


_STREETS = f"select distinct {things.STREET_OF} as street from location where address_key is not null"


def steps() -> Iterator[Step]:
    """The tables `mentioned_as` and `mentioned`."""
    yield Step("mention_text", _TEXT)
    yield Step("mention_read", _READ)
    yield from people.steps()
    yield from things.steps()
    yield Step("mention_street", _STREETS)
    yield Step("mention_standing", _STANDING)
    yield Step("mentioned_as", _AS)
    yield Step("mentioned", _MENTIONED)


WORKING = (
    "mention_text",
    "mention_read",
    *people.WORKING,
    *things.WORKING,
    "mention_street",
    "mention_standing",
)
