"""Which persons may words of a text name? By what records call people, and by who has to do with what the text tells of.

In this order: who has a part in the event (or whose text it is); who is tied to one of those, lives with one or had a part in something else
with one; then the area as a whole. Who is nearer decides; among those as near the better the name fits the more it decides; two who are as
near and fit as well stay two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from engage.identities.linking.names import clean_name
from engage.picture.laying.versions import with_base
from engage.picture.mentions.rules import CANDIDATES_MOST
from engage.picture.mentions.writing import newest, plain
from engage.store.steps import Step


# Everything that records call a person by, a row for each given and family name that go together. A middle name may stand for the first.
_OF_RECORDS = f"""
    select p.person_id, r.record_id, 'person_record' as kind, b.access_base, r.since, false as is_alias,
        string_split({plain("coalesce(r.forename, case when r.surname is null then r.full_name end, '')")}, ' ') as forenames,
        string_split({plain("coalesce(r.middle_names, '')")}, ' ') as middles, {plain("coalesce(r.surname, '')")} as surname
    from {newest("person_record")} r
    join person_of_record p using (record_id)
    {with_base("r")}
"""
_OF_ALIASES = f"""
    select p.person_id, r.person_record_id as record_id, 'person_name' as kind, b.access_base, r.since, string_split({plain("r.full_name")}, ' ') as words
    from {newest("person_name")} r
    join person_of_record p on p.record_id = r.person_record_id
    {with_base("r")}
"""
_BEARER = f"""
    with of_record as ({_OF_RECORDS}), of_alias as ({_OF_ALIASES}),
    called as (
        select person_id, record_id, kind, access_base, since, is_alias, forenames[1] as given, false as is_further, surname from of_record
        union all
        select person_id, record_id, kind, access_base, since, is_alias, unnest(forenames[2:] || middles), true, surname from of_record
        union all
        select a.person_id, a.record_id, a.kind, a.access_base, a.since, true, a.words[1], false, coalesce(r.surname, '') from of_alias a left join of_record r using (record_id)
        where len(a.words) = 1
        union all
        select person_id, record_id, kind, access_base, since, true, words[1], false, array_to_string(words[2:], ' ') from of_alias where len(words) > 1
    )
    select distinct person_id, record_id, kind, access_base, since, is_alias, is_further, given, unnest(list_distinct([replace(surname, ' ', ''), split_part(surname, ' ', -1)])) as family
    from called where (given <> '' or surname <> '') and exists (select 1 from mention_read where kind = 'person')
"""
GIVEN, FAMILY = "split_part(first, ' ', 1)", "replace(last, ' ', '')"
# `is_known`: somebody in the area is called so; of a whole name either part will do.
_NAMED = f"""
    with named as (select number, text_number, {GIVEN} as given, {FAMILY} as family from mention_read where kind = 'person'),
    givens as (select distinct given from bearer where given <> ''), families as (select distinct family from bearer where family <> '')
    select n.*, g.given is not null as is_given, f.family is not null as is_family, is_given or (is_family and n.family <> '') as is_known
    from named n left join givens g using (given) left join families f using (family)
"""
# Who has a part in what the text tells of; `by_since`: until that was known, nobody could tell.
_NEAR = """
    select m.text_number, h.person_id, h.record_id as via_record_id, 1 as tier, 'part' as why, 'role' as by_kind, h.access_base as by_base,
        min(h.known_from_on) as by_since
    from mention_text m join had_part h using (event_record_id) group by all
    union all
    select m.text_number, p.person_id, p.record_id, 1, 'part', null, null, null from mention_text m join person_of_record p on p.record_id = m.person_record_id
"""
_OPEN = "from mention_named where number not in (select number from mention_of_part)"
# Of texts that name somebody who is not among those: who is tied to them, by what ties them most. By an address or an event only where all
# that leads there is guarded alike: one base is kept, on which access is decided.
PARTS_MOST, HOME_MOST = 200, 30
_FURTHER = f"""
    with open as (select distinct text_number from ({_OPEN})),
    near as (select text_number, person_id, min(coalesce(by_since, date '0001-01-01')) as near_since from mention_near semi join open using (text_number) group by all),
    homes as (
        select person_id, value_key, record_id, kind, access_base, min(known_from_on)::date as since from said where field = 'address' and other_base is null and not starts_with(value_key, '|')
        and value_key in (select value_key from said where field = 'address' group by value_key having count(distinct person_id) between 2 and {HOME_MOST}) group by all
    ),
    parts as (select person_id, event_record_id, access_base, known_from_on as since from had_part where person_id in (select person_id from near) qualify count(*) over (partition by person_id) <= {PARTS_MOST}),
    found as (
        select text_number, t.thing_key as person_id, t.other_record_id as via_record_id, 2 as tier, 'tied' as why, t.kind as by_kind, t.access_base as by_base,
            greatest(near_since, t.known_from_on::date) as by_since
        from near join tie t using (person_id) where t.thing = 'person'
        union all
        select text_number, o.person_id, o.record_id, 3, 'home', o.kind, o.access_base, greatest(near_since, h.since, o.since) from near join homes h using (person_id) join homes o using (value_key) where h.access_base = o.access_base
        union all
        select text_number, o.person_id, o.record_id, 3, 'met', 'role', o.access_base, greatest(near_since, h.since, o.known_from_on) from near join parts h using (person_id) join had_part o using (event_record_id) where h.access_base = o.access_base
    )
    from found qualify row_number() over (partition by text_number, person_id order by tier, by_since, why, via_record_id, by_base) = 1
"""
# One is a form of the other, or sounds and looks like it.
_FORMS = "(coalesce(list_has_any(g.forms, f.forms), false) or (g.sound = f.sound and jaro_winkler_similarity(g.word, f.word) >= 0.8))"
# How well a name fits, from 1; empty where it does not.
_FITS = f"""
    case
        when m.given <> '' and m.family <> '' then case
            when b.given = m.given and b.family = m.family then 1
            when b.family = m.family and length(m.given) = 1 and starts_with(b.given, m.given) then 2
            when b.given = m.given and length(m.family) = 1 and starts_with(b.family, m.family) then 2
            when b.family = m.given and b.given = m.family then 3
            when b.family = m.family and ({_FORMS} or jaro_winkler_similarity(b.given, m.given) >= 0.9) then 3
            when b.given = m.given and jaro_winkler_similarity(b.family, m.family) >= 0.9 then 3
            when b.is_alias and b.given = m.given and b.family = '' then 3 end
        when m.given <> '' then case
            when b.given = m.given and not b.is_further then 4
            when b.given = m.given or b.family = m.given then 6
            when {_FORMS} or jaro_winkler_similarity(b.given, m.given) >= 0.9 then 7 end
        when b.family = m.family then 4
        when jaro_winkler_similarity(b.family, m.family) >= 0.92 then 7
    end
"""


def _fitting(near: str, mentions: str) -> str:
    """Each mention with the persons near it whom its words fit, by the name that fits best. What fits badly is as far as it can be."""
    return f"""
        with fits as (
            select m.number, n.person_id, n.tier, {_FITS} as fit, b.record_id, b.kind as thing_kind, b.access_base as thing_base, greatest(b.since, n.by_since) as since,
                n.why, n.by_kind, n.by_base, b.record_id = n.via_record_id as is_theirs
            from ({mentions}) m join {near} n using (text_number) join bearer b using (person_id)
            left join given_form g on g.word = m.given left join given_form f on f.word = b.given
        )
        select * exclude (tier, fit, is_theirs), tier * 10 + fit + case when tier > 1 and fit > 5 then 20 else 0 end as distance
        from fits where fit is not null
        qualify row_number() over (partition by number, person_id order by distance, is_theirs desc, since, record_id, thing_kind, why, by_base) = 1
    """


# Whoever in the area is called so, where they are few. A nickname or a given name alone is never enough: measured on towns with a known answer,
# nine in ten who alone are recorded under a nickname are not who is meant.
_ANYWHERE = f"""
    with open as (
        from mention_named where number not in (select number from mention_of_part union all select number from mention_of_tied)
    ), called as (
        select given, family, list(distinct person_id) as persons from bearer where given <> '' and family <> '' group by all having len(persons) <= {CANDIDATES_MOST}
        union all
        select given, '', list(distinct person_id) from bearer where given <> '' and not is_further group by all having count(distinct person_id) <= {CANDIDATES_MOST}
    ), found as (
        select number, given, family, unnest(persons) as person_id from open join called using (given, family)
    )
    select number, person_id, case when f.family <> '' then 41 else 46 end as distance, b.record_id, b.kind as thing_kind,
        b.access_base as thing_base, b.since, 'called' as why, null::varchar as by_kind, null::integer as by_base
    from found f join bearer b using (person_id) where b.given = f.given and f.family in ('', b.family) and not (f.family = '' and b.is_further)
    qualify row_number() over (partition by number, person_id order by distance, b.record_id, b.kind) = 1
"""
# Farther than that nobody is taken for who is named; they may be, and are listed.
SURE_UNTIL = 45
_BY_THEMSELVES = f"""
    with found as (from mention_of_part union all by name from mention_of_tied union all by name from mention_anywhere),
    nearest as (select *, count(*) over (partition by number) as alike from found qualify distance = min(distance) over (partition by number))
    select * exclude (alike), (count(*) over (partition by number) = 1 and distance < {SURE_UNTIL})::integer as is_taken from nearest
"""
# "Amy" after "Amy Cole" in one text is Amy Cole, whoever else near is called Amy; and "Miss Cole" is.
_ABOVE = f"""
    with whole as (from mention_named where given <> '' and family <> '' and (is_known or number in (select number from mention_alone))),
    fits as (
        select m.number, w.number as whole_number, case
                when m.given = w.given or (m.given = '' and m.family = w.family) then 1
                when m.given = w.family then 2
                when {_FORMS} or (m.given <> '' and jaro_winkler_similarity(m.given, w.given) >= 0.9) then 3 end as level
        from mention_named m join whole w using (text_number)
        left join given_form g on g.word = m.given left join given_form f on f.word = w.given
        where (m.given = '' or m.family = '') and level is not null
    )
    select number, whole_number from fits
    where level < 3 or number not in (select number from mention_alone where distance < 17)
    qualify level = min(level) over (partition by number)
"""
_WHOM = """
    with found as (
        select * from mention_alone where number not in (select number from mention_above)
        union all by name
        select a.number, s.* exclude (number) replace ('above' as why) from mention_above a join mention_alone s on s.number = a.whole_number
        qualify row_number() over (partition by a.number, s.person_id order by s.distance) = 1
    )
    select * replace ((is_taken = 1 and count(*) over (partition by number) = 1)::integer as is_taken) from found
"""


def steps() -> Iterator[Step]:
    """The table `mention_whom`: each mention of a person with whom it may be, and whether that is taken to be so."""
    yield Step("bearer", _BEARER)
    yield Step("given_form", call=_forms)
    yield Step("mention_named", _NAMED)
    yield Step("mention_near", _NEAR)
    yield Step("mention_of_part", _fitting("mention_near", "from mention_named"))
    yield Step("mention_further", _FURTHER)
    yield Step("mention_of_tied", _fitting("mention_further", _OPEN))
    yield Step("mention_anywhere", _ANYWHERE)
    yield Step("mention_alone", _BY_THEMSELVES)
    yield Step("mention_above", _ABOVE)
    yield Step("mention_whom", _WHOM)


WORKING = ("bearer", "given_form", "mention_named", "mention_near", "mention_of_part", "mention_further", "mention_of_tied", "mention_anywhere", "mention_alone", "mention_above", "mention_whom")  # fmt: skip


def _forms(connection: Any) -> None:
    """Make `given_form` (word, forms, sound): of every given name that is borne or named, the names that it is a form of, and its sound."""
    words = [word for (word,) in connection.execute(_GIVEN).fetchall()]
    names = [clean_name(word) for word in words]
    table = pa.table({
        "word": pa.array(words, pa.string()),
        "forms": pa.array([list(name.groups) for name in names], pa.list_(pa.string())),
        "sound": pa.array([name.sound or None for name in names], pa.string()),
    })  # fmt: skip
    connection.register("forms_arrow", table)
    connection.execute("create or replace table given_form as select * from forms_arrow")
    connection.unregister("forms_arrow")


_GIVEN = f"select given from bearer union select {GIVEN} from mention_read where kind = 'person' order by 1"
