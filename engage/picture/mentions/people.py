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
from engage.picture.mentions.rules import CANDIDATES_KEPT
from engage.picture.mentions.writing import plain
from engage.store.steps import Step


# Everything that records call a person by, or called them, a row for each given and family name that go together. A middle name may stand for
# the first.
_RECORD = f"""
    string_split({plain("coalesce(r.forename, case when r.surname is null then r.full_name end, '')")}, ' ') as forenames,
    string_split({plain("coalesce(r.middle_names, '')")}, ' ') as middles, {plain("coalesce(r.surname, '')")} as surname
"""
_ALIAS = f"r.person_record_id, string_split({plain('r.full_name')}, ' ') as words"
_BEARER = f"""
    with of_record as (select p.person_id, r.* from {ever("person_record", _RECORD, "person_record")} r join person_of_record p using (record_id)),
    of_alias as (
        select p.person_id, p.record_id, words, rests, since, until from {ever("person_name", _ALIAS, "person_name")} r
        join person_of_record p on p.record_id = r.person_record_id
    ),
    called as (
        select person_id, record_id, rests, since, until, false as is_alias, forenames[1] as given, false as is_further, surname from of_record
        union all
        select person_id, record_id, rests, since, until, false, unnest(forenames[2:] || middles), true, surname from of_record
        union all
        select a.person_id, a.record_id, a.rests, a.since, a.until, true, a.words[1], false, '' from of_alias a where len(a.words) = 1
        union all
        select a.person_id, a.record_id, {together("a.rests", "r.rests")}, {both("a", "r")}, true, a.words[1], false, r.surname
        from of_alias a join of_record r using (record_id) where len(a.words) = 1 and r.surname <> ''
        union all
        select person_id, record_id, rests, since, until, true, words[1], false, array_to_string(words[2:], ' ') from of_alias where len(words) > 1
    )
    select distinct * exclude (surname), unnest(list_distinct([replace(surname, ' ', ''), split_part(surname, ' ', -1)])) as family
    from called where (given <> '' or surname <> '') and since < until and exists (select 1 from mention_read where kind = 'person')
"""
OF_TIE = together(
    rests(
        ("t.access_base", "t.through"),
        ("t.other_base", "t.kind"),
        ("t.role_base", "'role'"),
        ("t.thing_base", "'role'"),
    )
)
GIVEN, FAMILY = "split_part(first, ' ', 1)", "replace(last, ' ', '')"
# `is_known`: somebody in the area is called so; of a whole name either part will do.
_NAMED = f"""
    with named as (select number, text_number, {GIVEN} as given, {FAMILY} as family from mention_read where kind = 'person'),
    givens as (select distinct given from bearer where given <> ''), families as (select distinct family from bearer where family <> '')
    select n.*, g.given is not null as is_given, f.family is not null as is_family, is_given or (is_family and n.family <> '') as is_known
    from named n left join givens g using (given) left join families f using (family)
"""
# Who has a part in what the text tells of.
_PARTS = f"""
    select m.text_number, h.person_id, h.record_id as via_record_id, {together(rests(("h.access_base", "'role'"), ("b.access_base", "'event'")))} as rests,
        greatest(h.known_from_on, e.known_from_on) as since, least(coalesce(h.known_until_on, {FOR_GOOD}), coalesce(e.known_until_on, {FOR_GOOD})) as until
    from mention_text m join had_part h using (event_record_id) join event e on e.record_id = m.event_record_id {with_base("e")}
"""
_NEAR = f"""
    select *, 1 as tier, 'part' as why from ({runs(_PARTS, "text_number, person_id, via_record_id, rests")})
    union all by name
    select m.text_number, p.person_id, p.record_id as via_record_id, []::varchar[] as rests, {ALWAYS} as since, {FOR_GOOD} as until, 1 as tier, 'part' as why
    from mention_text m join person_of_record p on p.record_id = m.person_record_id
"""
# Mentions of whom somebody was found whom all may know of who read the text, as long as it stands, need nobody farther. For those of whom
# everybody found may be withheld from some who read it, or was not known yet on some day, farther ones are kept as well: that
# somebody nearer is guarded must not show in that nobody is named.
_SETTLED = f"""
    select distinct f.number from {{found}} f join mention_named m using (number) join mention_text w using (text_number)
    where list_filter(f.rests, lambda rest: split_part(rest, ' ', 1) <> w.access_base::varchar) = [] and f.since <= w.known_from_on
    and f.until >= coalesce(w.known_until_on, {FOR_GOOD})
"""
_OPEN = "from mention_named where number not in (from mention_settled)"
PARTS_MOST, HOME_MOST = 200, 30
_HOMES = f"""
    select person_id, value_key, record_id, {together(rests(("access_base", "kind"), ("other_base", "kind")))} as rests, {days("said")}
    from said where field = 'address' and not starts_with(value_key, '|')
    and value_key in (select value_key from said where field = 'address' group by value_key having count(distinct person_id) between 2 and {HOME_MOST})
"""
# What ties persons to one another, all that it rests on with it.
_TIED = f"""
    select t.person_id, t.thing_key as other_id, t.other_record_id as via_record_id, 2 as tier, 'tied' as why, {OF_TIE} as rests, {days("t")}
    from tie t semi join near using (person_id) where t.thing = 'person'
    union all
    select h.person_id, o.person_id, o.record_id, 3, 'home', {together("h.rests", "o.rests")}, {both("h", "o")}
    from homes h semi join near using (person_id) join homes o using (value_key) where h.person_id <> o.person_id
    union all
    select h.person_id, o.person_id, o.record_id, 3, 'met', {together(rests(("h.access_base", "'role'"), ("b.access_base", "'event'"), ("o.access_base", "'role'")))},
        greatest(h.known_from_on, e.known_from_on, o.known_from_on), least(coalesce(h.known_until_on, {FOR_GOOD}), coalesce(e.known_until_on, {FOR_GOOD}), coalesce(o.known_until_on, {FOR_GOOD}))
    from parts h join event e on e.record_id = h.event_record_id {with_base("e")} join had_part o using (event_record_id) where h.person_id <> o.person_id
"""
# Of texts that name somebody who is not among those: who is tied to them.
_FURTHER = f"""
    with open as (select distinct text_number from ({_OPEN})),
    near as (select distinct text_number, person_id, rests, since, until from mention_near semi join open using (text_number)),
    homes as ({_HOMES}),
    parts as (select * from had_part semi join near using (person_id) qualify count(*) over (partition by person_id) <= {PARTS_MOST}),
    tied as ({runs(_TIED, "person_id, other_id, via_record_id, tier, why, rests")}),
    found as (
        select n.text_number, t.other_id as person_id, t.via_record_id, t.tier, t.why, {together("n.rests", "t.rests")} as rests, {both("n", "t")}
        from near n join tied t using (person_id)
    )
    from found where since < until qualify {adding_days("text_number, person_id, rests", "tier, since, until desc, why, via_record_id")}
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
    """Each mention with the persons near it whom its words fit. What fits badly is as far as it can be."""
    return f"""
        with pairs as (
            select distinct m.number, m.given, m.family, n.text_number, n.person_id, n.tier from ({mentions}) m join {near} n using (text_number)
        ),
        called as (select distinct person_id, given, family, is_alias, is_further from bearer),
        fits as (
            select m.number, m.text_number, m.person_id, m.tier, b.* exclude (person_id), {_FITS} as fit from pairs m join called b using (person_id)
            left join given_form g on g.word = m.given left join given_form f on f.word = b.given where fit is not null
        ),
        ways as (
            select m.number, m.person_id, m.tier * 10 + m.fit + case when m.tier > 1 and m.fit > 5 then 20 else 0 end as distance, b.record_id,
                nullif(n.via_record_id, b.record_id) as via_record_id, n.why, {together("b.rests", "n.rests")} as rests, {both("b", "n")}
            from fits m join {near} n using (text_number, person_id, tier) join bearer b using (person_id, given, family, is_alias, is_further)
        )
        from ways where since < until qualify {adding_days("number, person_id, rests", _FIRST)}
    """


# Of several records that bear a name that by which who is meant is near comes first.
_FIRST = "distance, via_record_id is not null, since, until desc, record_id, why"
# Whoever in the area is called so, where they are few. A nickname or a given name alone is never enough: measured on towns with a known answer,
# nine in ten who alone are recorded under a nickname are not who is meant.
_ANYWHERE = f"""
    with open as (
        {_OPEN} and number not in ({_SETTLED.format(found="mention_of_tied")})
    ), called as (
        select given, family, list(distinct person_id) as persons from bearer where given <> '' and family <> '' group by all having len(persons) <= {CANDIDATES_KEPT}
        union all
        select given, '', list(distinct person_id) from bearer where given <> '' and not is_further group by all having count(distinct person_id) <= {CANDIDATES_KEPT}
    ), found as (
        select number, given, family, unnest(persons) as person_id from open join called using (given, family)
    )
    select number, person_id, case when f.family <> '' then 41 else 46 end as distance, b.record_id, null::varchar as via_record_id, 'called' as why, b.rests, b.since, b.until
    from found f join bearer b using (person_id) where b.given = f.given and f.family in ('', b.family) and not (f.family = '' and b.is_further)
    qualify {adding_days("number, person_id, b.rests", "distance, b.since, b.until desc, b.record_id")}
"""
_ALONE = "alone as (from mention_of_part union all by name from mention_of_tied union all by name from mention_anywhere)"
# "Amy" after "Amy Cole" in one text is Amy Cole, whoever else near is called Amy; and "Miss Cole" is.
_ABOVE = f"""
    with {_ALONE},
    whole as (from mention_named where given <> '' and family <> '' and (is_known or number in (select number from alone))),
    fits as (
        select m.number, w.number as whole_number, w.given, w.family, case
                when m.given = w.given or (m.given = '' and m.family = w.family) then 1
                when m.given = w.family then 2
                when {_FORMS} or (m.given <> '' and jaro_winkler_similarity(m.given, w.given) >= 0.9) then 3 end as level
        from mention_named m join whole w using (text_number)
        left join given_form g on g.word = m.given left join given_form f on f.word = w.given
        where (m.given = '' or m.family = '') and level is not null
    )
    select number, whole_number from fits
    where level < 3 or number not in (select number from alone where distance < 17)
    qualify level = min(level) over (partition by number) and whole_number = min(whole_number) over (partition by number, given, family)
"""
# `by_number`: the words that name in full whom these name.
_WHOM = f"""
    with {_ALONE}
    select *, null::bigint as by_number from alone where number not in (select number from mention_above)
    union all by name
    select a.number, a.whole_number as by_number, s.* exclude (number) replace ('above' as why) from mention_above a join alone s on s.number = a.whole_number
"""


def steps() -> Iterator[Step]:
    """The table `mention_whom`: each mention of a person with whom it may be, how far they are, when that is known and what it rests on."""
    yield Step("bearer", _BEARER)
    yield Step("given_form", call=_forms)
    yield Step("mention_named", _NAMED)
    yield Step("mention_near", _NEAR)
    yield Step("mention_of_part", _fitting("mention_near", "from mention_named"))
    yield Step("mention_settled", _SETTLED.format(found="mention_of_part"))
    yield Step("mention_further", _FURTHER)
    yield Step("mention_of_tied", _fitting("mention_further", _OPEN))
    yield Step("mention_anywhere", _ANYWHERE)
    yield Step("mention_above", _ABOVE)
    yield Step("mention_whom", _WHOM)


WORKING = ("bearer", "given_form", "mention_named", "mention_near", "mention_of_part", "mention_settled", "mention_further", "mention_of_tied", "mention_anywhere", "mention_above", "mention_whom")  # fmt: skip


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
