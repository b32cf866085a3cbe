"""What do indicators read that are found in links between people? A child and somebody else in one event, or with one vehicle, phone or account.

Needs `line_every`, `opening` and what indicators found before: nothing that is found in these goes back into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engage.picture.indicators.views import ages
from engage.picture.laying.versions import with_base
from engage.store.rows import lay_rows
from engage.store.steps import Step


_RECORD = "{{'person_id': {a}.person_id, 'person_record_id': {a}.person_record_id, 'record_id': {a}.record_id, 'known_from_on': {a}.known_from_on, 'known_until_on': {a}.known_until_on, 'rests': {a}.rests, 'birth_rest': {b}.birth_rest, 'birth_known_on': {b}.birth_known_on}}"
# Two people are linked by an event in which both had a part, or by two records that meet in one thing; not by a number that both gave as their own,
# which is a household's, nor by what is set aside. Of those who are linked one carries evidence, or was opened as a person of concern.
_LINKED = f"""
    with known as (from lit union select person_id from opening), met as (
        select a.*, {_RECORD.format(a="b", b="o")} as other, b.how as other_how, b.is_child = 1 as other_is_child, b.age_least as other_age_least,
            case when a.thing <> 'event' then 'inferred' when 'tentative' in (a.strength, b.strength) then 'tentative' else 'confirmed' end as together
        from line_every a join line_every b on a.thing = b.thing and a.thing_key = b.thing_key and a.person_id <> b.person_id
        left join birth_of o on o.person_record_id = b.person_record_id
        where a.is_child = 1 and a.aside is null and b.aside is null and a.thing in ('event', 'vehicle', 'phone', 'account')
            and (a.thing = 'event' or (a.record_id <> b.record_id and not (a.how = 'uses' and b.how = 'uses')))
            and a.known_from_on < coalesce(b.known_until_on, '9999') and b.known_from_on < coalesce(a.known_until_on, '9999')
            and (b.person_id in (select person_id from known) or (b.is_child = 0 and a.person_id in (from lit)))
    )
    select m.person_id, m.person_record_id, m.record_id, m.happened_on::date as day, m.agency, greatest(m.known_from_on, m.other.known_from_on) as known_from_on,
        least(m.known_until_on, m.other.known_until_on) as known_until_on, list_sort(list_distinct(m.rests || m.other.rests)) as rests,
        null::integer as from_sign, null::integer as until_sign, null::varchar as text_key, null::varchar as theme,
        {ages("coalesce(m.happened_on::date, m.known_from_on::date)", "m.how")}, m.thing, m.thing_key, m.how, m.together as strength,
        m.other.person_id as other_person_id, m.other_how, m.other_is_child, m.other_age_least, f.person_id is not null as is_family, m.other
    from met m left join birth_of b on b.person_record_id = m.person_record_id
    left join family f on f.person_id = m.person_id and f.other_person_id = m.other.person_id
"""
# Of each child what speaks for each indicator first, and what does so still.
_SPOKEN_OF = """
    select e.person_id, e.person_record_id, e.record_id, e.known_from_on, e.known_until_on, e.rests, b.birth_rest, b.birth_known_on, k.kind, e.indicator, e.happened_on::date as day
    from evidence_found e join kind_of k on k.code = e.indicator left join birth_of b using (person_record_id) where not e.is_against
    qualify row_number() over (partition by e.person_id, e.indicator, e.rests order by e.known_from_on, e.record_id) = 1
        or row_number() over (partition by e.person_id, e.indicator, e.rests order by e.known_until_on is not null, e.known_from_on, e.record_id) = 1
"""
# That somebody was opened rests on whose note it is, and on every record that was before whoever opened it; where one of these is gone, nobody is told.
_OPENED = f"""
    with record as (select record_id, list_distinct(flatten(list(rests))) as rests from line_every group by 1),
    one as (select row_number() over () as number, o.*, b.access_base from (select * from opening) o {with_base("o")}),
    seen as (select number, unnest(seen) as record_id from one),
    known as (select s.number, list_distinct(flatten(list(r.rests))) as rests from seen s left join record r using (record_id) group by 1 having bool_and(r.record_id is not null))
    select one.person_id, one.known_from_on, one.known_until_on, list_sort(list_distinct(known.rests || [one.access_base || ' event'])) as rests from one join known using (number)
"""
WORKING = ("opening", "kind_of", "linked", "spoken_of", "opened")


def steps(kinds: Iterable[tuple[str, str]]) -> Iterator[Step]:
    """The views `linked`, `spoken_of` and `opened`. `kinds`: the indicators whose evidence makes a child one that lines are laid out of, each with its class."""
    known = sorted(kinds)

    def lay_kinds(connection: Any) -> None:
        lay_rows(connection, "kind_of", {"code": "varchar", "kind": "varchar"}, known)

    yield Step("kind_of", call=lay_kinds)
    yield Step("linked", _LINKED)
    yield Step("spoken_of", _SPOKEN_OF)
    yield Step("opened", _OPENED)
