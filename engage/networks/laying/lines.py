"""Which records tie persons to what children with signs of harm or exposure have to do with? The steps of `line`, `kin` and `line_access`.

Needs the views that indicators read, `evidence_found`, and what texts name. Lines of what no such child has to do with are not laid out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engage.networks.groups import laying as grouping
from engage.networks.laying.counted import counting, is_among, is_false, strength
from engage.picture.indicators.views import ages
from engage.picture.laying.versions import based, meet, overlap
from engage.picture.mentions.rules import SURE_UNTIL
from engage.store.sql import literal
from engage.store.steps import Step


_SORTED = "list_sort(list_distinct(list_filter({rests}, lambda x: x is not null)))"
# Of grown-ups how old they were rests on the record of their birth.
_GROWN = "case when not {a}.is_child then {a}.birth_rest end"
_GRADES = "select record_id, known_from_on::varchar as graded_from_on, known_until_on::varchar as graded_until_on, grade from event where grade is not null"


def _graded(a: str, record: str = "record_id") -> str:
    """The join of lines to the grade that their event had on the day from which they were known, as `g`: a later one may be kept from whoever sees these."""
    return f"left join grade_of g on g.record_id = {a}.{record} and g.graded_from_on <= {a}.known_from_on and {a}.known_from_on < coalesce(g.graded_until_on, '9999')"


# Whose work it is to tell of children: who reports several who are not of their family.
_REPORTS = f"""
    select r.person_id, count(distinct c.person_id)::integer as children from happened r join happened c using (record_id)
    where {is_among("r.role", "reporting_roles")} and not r.is_child and c.is_child and c.is_about and r.person_id <> c.person_id
    and not exists (select 1 from family f where f.person_id = r.person_id and f.other_person_id = c.person_id)
    group by 1 having children >= {int(counting()["reports_of_children"])}
"""


def _aside(a: str, grade: str, kind: str) -> str:
    """Why somebody's part in an event does not count as a link; empty where it does."""
    return f"""
        case when {is_false(grade)} then 'false' when not coalesce({a}.is_about, true) then 'bystander' when {a}.is_child then null
            when {is_among(f"{a}.role", "bystander_roles")} then 'bystander' when {is_among(kind, "household_kinds")} then 'household'
            when {is_among(kind, "work_kinds")} and {is_among(f"{a}.role", "work_roles")} and {a}.person_id in (select person_id from reports_children) then 'work' end
    """


def _lit(codes: Iterable[str]) -> str:
    """The children with evidence for these indicators."""
    named = ", ".join(literal(code) for code in sorted(codes)) or "''"
    return f"select distinct person_id from evidence_found where not is_against and indicator in ({named})"


# Events of these children (`is_of_child`), and of whoever was opened as a person of concern.
_LIT_EVENT = """
    select record_id, bool_or(is_child and is_about and person_id in (from lit)) as is_of_child from happened
    where (is_child and is_about and person_id in (from lit)) or person_id in (select person_id from opening) group by 1
"""
_COLUMNS = "person_id, person_record_id, thing, thing_key, label, of_kind, how, strength, aside, record_id, agency, happened_on, grade, is_child, age_least, known_from_on, known_until_on, rests"
_OF_PART = f"""
    select h.person_id, h.person_record_id, 'event' as thing, h.record_id as thing_key, h.kind as label, h.kind as of_kind, coalesce(h.role, '') as how,
        {strength("g.grade")} as strength, {_aside("h", "g.grade", "h.kind")} as aside, h.record_id, h.agency, h.day::varchar as happened_on, g.grade, h.is_child, h.age_least,
        h.known_from_on, h.known_until_on, {_SORTED.format(rests=f"h.rests || [{_GROWN.format(a='h')}]")} as rests
    from happened h semi join lit_event using (record_id) {_graded("h")}
"""
# What words of texts name where all is seen, and one alone fits well.
_NAMES = f"""
    with near as (
        select a.* from mentioned_as a where thing_key is not null and why <> 'borne'
        qualify distance = min(distance) over (partition by record_id, kind, from_sign, until_sign) and distance < {SURE_UNTIL}
    ), alone as (
        from near qualify min(thing_key) over (partition by record_id, kind, from_sign, until_sign) = max(thing_key) over (partition by record_id, kind, from_sign, until_sign)
    ), rest as (select access_set, list(access_base || ' ' || kind) as rests from mentioned_access group by 1), text as (
        select record_id, arg_max(coalesce(event_record_id, record_id), version) as event_record_id, any_value(agency) as agency from narrative group by 1
    )
    select a.kind, a.thing_key, a.thing_record_id, a.record_id, t.event_record_id, t.agency, a.known_from_on, a.known_until_on,
        [a.access_base || ' narrative'] || coalesce(r.rests, []) as rests
    from alone a join text t using (record_id) left join rest r using (access_set)
    qualify row_number() over (partition by a.kind, a.thing_key, a.thing_record_id, a.record_id, r.rests order by a.known_from_on, a.from_sign) = 1
"""
# What an event was from when until when, with what access to that rests on: whoever may see a text about it need not see the event.
_EVENT_DAY = """
    select record_id, day, kind, list_filter(rests, x -> x like '% event') as event_rests, min(known_from_on) as told_from_on,
        nullif(max(coalesce(known_until_on, '9999')), '9999') as told_until_on
    from happened group by all
"""
_NAMED_PERSON = f"""
    with named as (
        select n.* replace (n.rests || e.event_rests as rests, greatest(n.known_from_on, e.told_from_on) as known_from_on, least(n.known_until_on, e.told_until_on) as known_until_on),
            e.day, e.kind as of_kind, {ages("coalesce(e.day, n.known_from_on::date)")}
        from (select * from named_in_text semi join lit_event on lit_event.record_id = event_record_id where kind = 'person') n
        join event_day e on e.record_id = n.event_record_id and e.told_from_on < coalesce(n.known_until_on, '9999') and n.known_from_on < coalesce(e.told_until_on, '9999')
        left join birth_of on birth_of.person_record_id = n.thing_record_id
    )
    select n.thing_key as person_id, n.thing_record_id as person_record_id, 'event' as thing, n.event_record_id as thing_key, n.of_kind as label, n.of_kind, 'named' as how,
        'tentative' as strength, case when {is_false("g.grade")} then 'false' when not n.is_child and {is_among("n.of_kind", "household_kinds")} then 'household' end as aside,
        n.record_id, n.agency, n.day::varchar as happened_on, g.grade, n.is_child, n.age_least, n.known_from_on, n.known_until_on, {_SORTED.format(rests=f"n.rests || [{_GROWN.format(a='n')}]")} as rests
    from named n {_graded("n", "event_record_id")}
    where not exists (select 1 from happened h where h.record_id = n.event_record_id and h.person_id = n.thing_key)
"""
# What a text names, of everybody whom the event is about.
_NAMED_THING = f"""
    select h.person_id, h.person_record_id, n.kind as thing, n.thing_key, n.thing_key as label, null as of_kind, 'named' as how, 'tentative' as strength,
        coalesce({_aside("h", "g.grade", "h.kind")}, case when n.kind = 'place' and k.is_common then 'common' when n.kind = 'place' and o.person_id is not null then 'home' end) as aside,
        n.record_id, n.agency, h.day::varchar as happened_on, g.grade, h.is_child, h.age_least, {overlap("h", "n")},
        {_SORTED.format(rests=f"h.rests || n.rests || [{_GROWN.format(a='h')}]")} as rests
    from named_in_text n join happened h on h.record_id = n.event_record_id {_graded("h")}
    left join (select place_key, bool_or(is_common) as is_common from happened_at group by 1) k on k.place_key = n.thing_key
    left join (select distinct person_id, place_key from home_of) o on o.person_id = h.person_id and o.place_key = n.thing_key
    where n.kind in ('vehicle', 'phone', 'account', 'place') and h.known_from_on < coalesce(n.known_until_on, '9999') and n.known_from_on < coalesce(h.known_until_on, '9999')
"""
# Of somebody with several parts in an event, that part which may be seen with the thing's.
# A join that keeps what has no partner and holds on more than equal keys is tried row against row: so first what fits, then what is kept beside it.
_OF_THING = f"""
    with thing as (
        select *, row_number() over () as number from (
            select * from tied where thing in ('vehicle', 'phone') qualify row_number() over (partition by person_record_id, record_id, thing, thing_key, known_from_on, rests) = 1)
    ), part as (
        select t.number, h.* from thing t join happened h on h.person_record_id = t.person_record_id and h.record_id = t.record_id
        where list_has_all(t.rests, h.rests) and h.known_from_on <= t.known_from_on and t.known_from_on < coalesce(h.known_until_on, '9999')
        qualify row_number() over (partition by t.number order by h.is_about desc, h.role) = 1
    )
    select t.person_id, t.person_record_id, t.thing, t.thing_key, t.thing_key as label, h.kind as of_kind, coalesce(h.role, t.how) as how, {strength("g.grade")} as strength,
        coalesce({_aside("h", "g.grade", "h.kind")}, case when t.is_common then 'common' end) as aside, t.record_id, t.agency, t.day::varchar as happened_on, g.grade, t.is_child, t.age_least,
        t.known_from_on, t.known_until_on, {_SORTED.format(rests=f"t.rests || [{_GROWN.format(a='t')}]")} as rests
    from thing t left join part h using (number) {_graded("t")}
"""
_USES = f"""
    with used as (
        select s.person_id, s.record_id as person_record_id, s.value_key, s.value, s.agency, s.known_from_on, s.known_until_on,
            [s.access_base || ' contact_point', s.other_base || ' contact_point'] as used_rests, b.*
        from said s left join birth_of b on b.person_record_id = s.record_id where s.kind = 'contact_point' and s.field in ('phone', 'account') and s.is_valid = 1
    ), aged as (select *, {ages("known_from_on::date")} from used)
    select person_id, person_record_id, 'phone' as thing, value_key as thing_key, value as label, null as of_kind, 'uses' as how, 'confirmed' as strength, null as aside,
        person_record_id as record_id, agency, null as happened_on, null as grade, is_child, age_least, known_from_on, known_until_on,
        {_SORTED.format(rests=f"used_rests || [{_GROWN.format(a='aged')}]")} as rests
    from aged
"""
# That it is somebody's home is told only to who may see the address: what else sets it aside stands after it (`networks.seeing`).
_OF_PLACE = f"""
    select h.person_id, h.person_record_id, 'place' as thing, h.place_key as thing_key, h.place as label, h.place_kind as of_kind, coalesce(h.role, '') as how, {strength("g.grade")} as strength,
        concat_ws(' ', case when h.is_home then 'home' end, case when h.is_common then 'common' else {_aside("h", "g.grade", "h.kind")} end) as aside, h.record_id, h.agency, h.day::varchar as happened_on, g.grade,
        h.is_child, h.age_least, h.known_from_on, h.known_until_on, {_SORTED.format(rests=f"h.rests || [{_GROWN.format(a='h')}]")} as rests
    from happened_at h {_graded("h")} where not h.is_common or (h.is_child and h.person_id in (from lit))
"""
_LIVES = f"""
    with aged as (select h.*, {ages("h.known_from_on::date")} from lives h left join birth_of b using (person_record_id))
    select person_id, person_record_id, 'place' as thing, place_key as thing_key, null as label, null as of_kind, 'lives at' as how, 'confirmed' as strength,
        case when is_child then 'home' end as aside, person_record_id as record_id, agency, null as happened_on, null as grade, is_child, age_least, known_from_on, known_until_on,
        {_SORTED.format(rests=f"rests || [{_GROWN.format(a='aged')}]")} as rests
    from aged
"""
_PARTS = (_OF_PART, _NAMED_PERSON, _NAMED_THING, _OF_THING, _USES, _OF_PLACE, _LIVES)
# Everything that at least two people have to do with. A vehicle that somebody drives whose work it is to bring children is one of that work,
# whoever sits in it.
_EVERY = f"""
    with every as ({" union all ".join(f"select {_COLUMNS} from ({part})" for part in _PARTS)}),
    shared as (select thing, thing_key from every where thing_key is not null group by all having count(distinct person_id) > 1 or any_value(thing) in ('vehicle', 'phone', 'account')),
    of_work as (select distinct thing_key from every where thing = 'vehicle' and aside = 'work')
    select e.* exclude (aside, is_child), e.is_child::integer as is_child, coalesce(e.aside, case when w.thing_key is not null then 'work' end) as aside
    from every e semi join shared using (thing, thing_key) left join of_work w on e.thing = 'vehicle' and w.thing_key = e.thing_key
    where e.known_from_on < coalesce(e.known_until_on, '9999')
"""
# What a child with evidence and somebody else have to do with; and the vehicles, phones and accounts of grown-ups whom that ties to a child.
_FOUND = """
    with linking as (
        select thing, thing_key from line_every group by all
        having count(distinct person_id) > 1 and bool_or(is_child = 1 and coalesce(aside, '') in ('', 'common', 'false', 'work') and person_id in (from lit))
    ), near as (
        select distinct person_id from line_every semi join linking using (thing, thing_key) where thing <> 'place' and aside is null and is_child = 0
    ), kept as (
        from linking union
        select thing, thing_key from line_every where thing in ('vehicle', 'phone', 'account') and aside is null and person_id in (from near)
        union select thing, thing_key from group_thing
    )
    select * from line_every semi join kept using (thing, thing_key)
"""
_KIN = f"""
    with pair as (select distinct a.person_id, b.person_id as other_person_id from line_found a join line_found b using (thing, thing_key)
        where a.person_id <> b.person_id and b.is_child = 1 and coalesce(a.aside, '') <> 'common' and coalesce(b.aside, '') <> 'common'),
    related as (
        select t.person_id, t.person_record_id, t.thing_key as other_person_id, t.other_record_id, t.how as why, t.known_from_on, t.known_until_on,
            [t.access_base || ' ' || t.through, t.other_base || ' ' || t.kind] as rests
        from tie t where t.thing = 'person'
        union all
        select a.person_id, a.person_record_id, b.person_id, b.person_record_id, 'same address', greatest(a.known_from_on, b.known_from_on), least(a.known_until_on, b.known_until_on), a.rests || b.rests
        from lives a join lives b using (place_key) where a.person_id <> b.person_id and a.known_from_on < coalesce(b.known_until_on, '9999') and b.known_from_on < coalesce(a.known_until_on, '9999')
    )
    select r.* replace ({_SORTED.format(rests="r.rests")} as rests) from related r semi join pair using (person_id, other_person_id)
"""
# Who lives where, each under the record that says so: another record of the same person may be kept from whoever sees this one.
_SAYS_HOME = f"""
    select distinct p.person_id, r.from_record_id as person_record_id, l.place_key, r.agency, {overlap("r", "l")},
        [r.access_base || ' relationship', l.access_base || ' location'] as rests
    from {based("relationship")} r
    join person_of_record p on p.record_id = r.from_record_id join place_of l on l.record_id = r.to_record_id and {meet("r", "l")}
    where r.kind = 'lives at' and r.from_thing = 'person' and r.to_thing = 'location' and l.place_key is not null
"""
_RESTS = "select row_number() over (order by rests)::integer as access_set, rests from (select rests from line_found union select rests from kin_found)"
_ACCESS = """
    select access_set, split_part(rest, ' ', 1)::integer as access_base, split_part(rest, ' ', 2) as kind
    from (select access_set, unnest(rests) as rest from line_rests) order by all
"""
_LINE = "select f.* exclude (rests), r.access_set from line_found f join line_rests r using (rests) order by thing, thing_key, person_id, record_id, how, known_from_on, access_set, aside"
_KIN_LAID = (
    "select f.* exclude (rests), r.access_set from kin_found f join line_rests r using (rests) order by all"
)
WORKING = (
    "lit",
    "lit_event",
    "grade_of",
    "reports_children",
    "named_in_text",
    "event_day",
    "lives",
    "line_every",
    *grouping.WORKING,
    "line_found",
    "kin_found",
    "line_rests",
)


def steps(codes: Iterable[str]) -> Iterator[Step]:
    """The tables of `networks.tables`. `codes`: the indicators whose evidence makes a child one that lines are laid out of."""
    yield Step("lit", _lit(codes))
    yield Step("lit_event", _LIT_EVENT)
    yield Step("grade_of", _GRADES)
    yield Step("reports_children", _REPORTS)
    yield Step("named_in_text", _NAMES)
    yield Step("event_day", _EVENT_DAY)
    yield Step("lives", _SAYS_HOME)
    yield Step("line_every", _EVERY)
    yield from grouping.steps()
    yield Step("line_found", _FOUND)
    yield Step("kin_found", _KIN)
    yield Step("line_rests", _RESTS)
    yield Step("line_access", _ACCESS)
    yield Step("line", _LINE)
    yield Step("kin", _KIN_LAID)
