"""What does an indicator's step read? A few plain views of the exchange tables, made once for each build and gone after it.

Every row of a view is of one person and carries what evidence needs, so that a step can be `select * from happened where …`: the person and
the person's record, the record that says so, the day, the agency, the days it was known, and what access to it rests on. What people
are by birth or belief, and how poor their street is, is in none of them, and a step may read nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from engage.picture.laying.versions import based, meet, overlap, then
from engage.store.rows import lay_rows
from engage.store.steps import Step
from engage.vocabulary.written import read_yaml


# What a step may read, with the columns of each.
COMMON = (
    "person_id", "person_record_id", "record_id", "day", "agency", "known_from_on", "known_until_on", "rests", "from_sign", "until_sign", "text_key", "theme",
    "age_least", "age_most", "is_child", "birth_rest", "birth_known_on", "born_known_on", "child_until_on",
)  # fmt: skip
VIEWS: Mapping[str, tuple[str, ...]] = {
    "happened": (*COMMON, "role", "is_about", "kind", "category", "title", "outcome", "details", "from_at", "until_at", "hours", "nights"),
    "happened_at": (
        *COMMON, "role", "is_about", "kind", "category", "title", "outcome", "details", "from_at", "until_at", "hours", "nights",
        "place_key", "place", "place_kind", "postcode", "people_there", "is_common", "is_home",
    ),
    "away_from_home": (*COMMON, "role", "is_about", "kind", "place_key", "place_kind", "postcode", "is_common", "km"),
    "told_of": (*COMMON, "role", "is_about", "polarity", "is_hearsay"),
    "tied": (*COMMON, "thing", "thing_key", "how", "people_there", "is_common"),
    "family": ("person_id", "other_person_id"),
    "word_of": ("means", "word"),
}  # fmt: skip
WORKING = ("birth_of", "coordinates_of", "home_of", "crowd_at", *VIEWS)
# What a further record is told by: the column `also` of a step.
ALSO = (
    "person_id",
    "person_record_id",
    "record_id",
    "known_from_on",
    "known_until_on",
    "rests",
    "birth_rest",
    "birth_known_on",
)
# What the stage that lays out links between people adds: a child and somebody else in one event, or with one vehicle, phone or account (`other` is what
# speaks for the other side); children of whom records speak; and whom a named person opened as a person of concern. Nothing that is found in
# these goes into what they are made of.
LINKED: Mapping[str, tuple[str, ...]] = {
    "linked": (*COMMON, "thing", "thing_key", "how", "strength", "other_person_id", "other_how", "other_is_child", "other_age_least", "is_family", "other"),
    "spoken_of": (*ALSO, "kind", "indicator", "day"),
    "opened": ("person_id", "known_from_on", "known_until_on", "rests"),
}  # fmt: skip
READABLE: Mapping[str, tuple[str, ...]] = {**VIEWS, **LINKED}


@cache
def words() -> dict[str, tuple[str, ...]]:
    """What words of sources mean, by meaning: words.yaml."""
    raw = read_yaml((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
    return {name: tuple(some) for name, some in raw.items() if isinstance(some, list)}


def steps() -> Iterator[Step]:
    """The views, in the order in which they need one another."""
    yield Step("word_of", call=lay_words)
    yield Step("birth_of", _BIRTH_OF)
    yield Step("family", _FAMILY)
    yield Step("happened", _HAPPENED)
    yield Step("coordinates_of", _COORDINATES_OF)
    yield Step("home_of", _HOME_OF)
    yield Step("crowd_at", _CROWD_AT)
    yield Step("happened_at", _HAPPENED_AT)
    yield Step("away_from_home", _AWAY)
    yield Step("told_of", _TOLD_OF)
    yield Step("tied", _TIED)


def lay_words(connection: Any) -> None:
    """Make `word_of` (means, word) of words.yaml."""
    rows = [(name, word) for name, some in words().items() for word in some]
    lay_rows(connection, "word_of", {"means": "varchar", "word": "varchar"}, rows)


def means(meaning: str, value: str) -> str:
    """A source's word is one of those that mean so."""
    return f"lower({value}) in (select word from word_of where means = '{meaning}')"


# Of several days of birth the one that is known best, and that no later version took back; of these the one most records give. Of each record
# of the person with what access to that day rests on: on the record itself where it gives the day, else on the first that did.
# `births`: every birth that was said of the person, with the day from which it was known; `best_known_on`: since when the best is.
_BIRTH_OF = f"""
    with said as (
        select p.person_id, r.record_id, r.birth_from_on, r.birth_until_on, r.access_base, min(r.known_from_on) as known_from_on,
            bool_or(r.known_until_on is null) as stands
        from {based("person_record")} r join person_of_record p using (record_id) where r.birth_from_on is not null group by all
    ), best as (
        select person_id, birth_from_on, birth_until_on, min(known_from_on) as best_known_on from said
        group by person_id, birth_from_on, birth_until_on
        qualify row_number() over (partition by person_id order by bool_or(stands) desc, birth_until_on - birth_from_on, count(*) desc, birth_from_on) = 1
    ), ever as (
        select person_id, list({{'until_on': birth_until_on, 'known_on': known_from_on}}) as births from said group by person_id
    )
    select o.record_id as person_record_id, b.birth_from_on, b.birth_until_on, s.access_base || ' person_record' as birth_rest,
        s.known_from_on::varchar as birth_known_on, e.births, b.best_known_on
    from person_of_record o join best b using (person_id) join ever e using (person_id) join said s using (person_id, birth_from_on, birth_until_on)
    qualify row_number() over (partition by o.record_id order by s.record_id = o.record_id desc, s.known_from_on, s.record_id, s.access_base) = 1
"""


def ages(day: str, role: str = "null") -> str:
    """How old somebody was on a day, by the birth that is known best now; and from when until when they were held to be a child on that day:
    since some record gave a birth by which they were one (`born_known_on`), and, if they were none, until the better one came
    (`child_until_on`). Whoever may be under 18 is taken to be a child (the presumption about age of section 51, Modern Slavery Act 2015): of
    whom no day of birth is known, whoever the record calls one."""
    called = f"coalesce({means('children', role)}, false)"
    is_child = f"coalesce(date_sub('year', birth_until_on - 1, {day}) < 18, {called})"
    first = f"list_min(list_transform(list_filter(births, lambda b: date_sub('year', b.until_on - 1, {day}) < 18), lambda b: b.known_on))"
    any_first = "list_min(list_transform(births, lambda b: b.known_on))"
    return (
        f"date_sub('year', birth_until_on - 1, {day})::integer as age_least, date_sub('year', birth_from_on, {day})::integer as age_most, "
        f"{is_child} as is_child, birth_rest, birth_known_on, case when not {called} then {first} end::varchar as born_known_on, "
        f"case when not {is_child} then case when {first} is not null then best_known_on when {called} then {any_first} end end::varchar as child_until_on"
    )


_NO_WORDS = "null::integer as from_sign, null::integer as until_sign, null::varchar as text_key, null::varchar as theme"
_FAMILY = """
    select distinct person_id, thing_key as other_person_id from tie where thing = 'person' and through = 'relationship'
"""
_LONDON = "(({at} at time zone 'UTC') at time zone 'Europe/London')::date"
_DAY = _LONDON.format(at="e.happened_from_at")
# How long it took: by its beginning and end when both are told to the minute; else as its own words give the hours, where nothing else
# stands there: "over 72 hours" and "review within 2 hours" are no length.
_BARE = r"'^missing(?: for)? ([0-9]+(?:\.[0-9]+)?) ?(?:hours?|hrs?)$', 1"
_HOURS = f"""
    case when e.happened_precision = 'minute' and e.until_precision = 'minute'
        then date_diff('minute', e.happened_from_at, e.happened_until_at) / 60.0
        else coalesce(try_cast(regexp_extract(lower(trim(e.category)), {_BARE}) as double), try_cast(regexp_extract(lower(trim(e.title)), {_BARE}) as double)) end
"""
# Whoever is back on a day of which no hour is told was away for the nights before it.
_NIGHTS = f"""
    case when e.until_precision = 'day' then date_diff('day', {_DAY}, {_LONDON.format(at="(e.happened_until_at - interval 1 second)")})
        else date_diff('day', {_DAY}, {_LONDON.format(at=f"(e.happened_from_at + to_seconds(coalesce(({_HOURS}) * 3600, 0)))")}) end::integer
"""
_HAPPENED = f"""
    select r.person_id, r.record_id as person_record_id, e.record_id, {_DAY} as day, e.agency, {overlap("e", "r")},
        list_sort([e.access_base || ' event', r.access_base || ' role']) as rests, {_NO_WORDS}, {ages(f"coalesce({_DAY}, e.known_from_on)", "r.role")},
        r.role, not ({means("not_about", "r.role")}) as is_about, e.kind, lower(e.category) as category, lower(e.title) as title,
        lower(e.outcome) as outcome, e.details, e.happened_from_at as from_at, e.happened_until_at as until_at, {_HOURS} as hours, {_NIGHTS} as nights
    from {based("event")} e join had_part r on r.event_record_id = e.record_id and {meet("e", "r")} left join birth_of b on b.person_record_id = r.record_id
"""
# Where a postcode is: in the middle of the places there of which it is known.
_COORDINATES_OF = """
    select postcode, avg(easting) as easting, avg(northing) as northing from location where postcode is not null and easting is not null group by postcode
"""
_HOME_OF = f"""
    select distinct p.person_id, l.place_key, l.postcode, c.easting, c.northing, {overlap("r", "l")},
        [r.access_base || ' relationship', l.access_base || ' location'] as home_rests
    from {based("relationship")} r
    join person_of_record p on p.record_id = r.from_record_id join place_of l on l.record_id = r.to_record_id and {meet("r", "l")}
    left join coordinates_of c on c.postcode = l.postcode where r.kind = 'lives at' and r.from_thing = 'person' and r.to_thing = 'location'
"""
# More people than that, besides those who live there, and a place links nobody: everybody goes there.
CROWD = 40
_CROWD_AT = """
    select thing, thing_key, count(distinct person_id)::integer as people from tie where thing in ('place', 'vehicle', 'phone') group by all
"""
_IS_COMMON = f"(coalesce(c.people, 0) > {CROWD} or coalesce({means('common_places', 'l.kind')}, false))"
# Where an event was: by itself, or by the part that a place had in it.
_AT = f"""
    select record_id, location_record_id, null::integer as part_base, known_from_on, known_until_on from event where location_record_id is not null
    union all select event_record_id, thing_record_id, access_base, known_from_on, known_until_on from {based("role")} where thing = 'location'
"""
_HAPPENED_AT = f"""
    with at_place as (
        select a.record_id, a.part_base, l.access_base as place_base, {overlap("a", "l")}, l.place_key, l.place, l.kind, l.postcode
        from ({_AT}) a join place_of l on l.record_id = a.location_record_id and {meet("a", "l")}
    )
    select h.* replace (greatest(h.known_from_on, l.known_from_on) as known_from_on, least(h.known_until_on, l.known_until_on) as known_until_on,
            list_sort(list_filter(h.rests || [l.place_base || ' location', l.part_base || ' role'], x -> x is not null)) as rests),
        l.place_key, l.place, lower(l.kind) as place_kind, l.postcode, coalesce(c.people, 0) as people_there, {_IS_COMMON} as is_common,
        o.person_id is not null as is_home
    from happened h join at_place l on l.record_id = h.record_id
        and l.known_from_on < coalesce(h.known_until_on, '9999') and h.known_from_on < coalesce(l.known_until_on, '9999')
    left join crowd_at c on c.thing = 'place' and c.thing_key = l.place_key
    left join (select distinct person_id, place_key from home_of) o on o.person_id = h.person_id and o.place_key = l.place_key
"""
# How far a place is from the nearest home that is known with it: that it is far rests on every home of the person.
_AWAY = """
    with far as (
        select h.person_id, h.person_record_id, h.record_id, h.place_key, h.known_from_on as at_from, h.role,
            min(sqrt(power(g.easting - o.easting, 2) + power(g.northing - o.northing, 2))) / 1000 as km,
            list_distinct(flatten(list(o.home_rests))) as home_rests, min(o.known_from_on) as home_from, max(coalesce(o.known_until_on, '9999')) as home_until
        from happened_at h join coordinates_of g using (postcode) join home_of o using (person_id) where o.easting is not null group by all
    )
    select h.* exclude (known_from_on, known_until_on, rests), greatest(h.known_from_on, f.home_from) as known_from_on,
        nullif(least(coalesce(h.known_until_on, '9999'), f.home_until), '9999') as known_until_on,
        list_sort(list_distinct(h.rests || f.home_rests)) as rests, f.km
    from happened_at h join far f on f.person_record_id = h.person_record_id and f.record_id = h.record_id and f.place_key = h.place_key
        and f.at_from = h.known_from_on and f.role is not distinct from h.role
    where greatest(h.known_from_on, f.home_from) < least(coalesce(h.known_until_on, '9999'), f.home_until)
"""
_ALONE = "(n.event_record_id is null or n.event_record_id <> n.record_id)"
_READ = "t.text_key, t.theme, t.polarity, t.is_hearsay = 1 as is_hearsay"
_IS_ABOUT = f"not ({means('not_about', 'r.role')})"


def _told(day: str, rests: str, known: str, person: str, role: str, is_about: str) -> str:
    """One select of `told_of`: whom a text is about, and what access to it rests on."""
    return (
        f"select {person}, t.record_id, {day} as day, n.agency, {known}, list_sort(list_distinct(list_filter([{rests}], x -> x is not null))) as rests, "
        f"t.from_sign, t.until_sign, {role} as role, {is_about} as is_about, {_READ}"
    )


_OF_PART = "r.person_id, r.record_id as person_record_id"
_SAME_TEXT = "t.known_from_on = n.known_from_on::varchar"
_ABOUT = f"left join {based('event')} e on e.record_id = n.event_record_id and {then('e', 'n')}"
_TOLD_ROWS = f"""
    {_told(_DAY, "t.access_base || ' narrative', e.access_base || ' event', r.access_base || ' role'", overlap("n", "r"), _OF_PART, "r.role", _IS_ABOUT)}
    from told t join narrative n on n.record_id = t.record_id and {_SAME_TEXT} join {based("event")} e on e.record_id = n.record_id and e.version = n.version
    join had_part r on r.event_record_id = n.record_id and {meet("n", "r")}
    union all by name
    {_told(_DAY, "t.access_base || ' narrative', e.access_base || ' event'", overlap("n"), "p.person_id, p.record_id as person_record_id", "null::varchar", "true")}
    from told t join narrative n on n.record_id = t.record_id and {_SAME_TEXT} join person_of_record p on p.record_id = n.person_record_id {_ABOUT} where {_ALONE}
    union all by name
    {_told(_DAY, "t.access_base || ' narrative', e.access_base || ' event', r.access_base || ' role'", overlap("n", "r"), _OF_PART, "r.role", _IS_ABOUT)}
    from told t join narrative n on n.record_id = t.record_id and {_SAME_TEXT} join had_part r on r.event_record_id = n.event_record_id and {meet("n", "r")} {_ABOUT}
    where {_ALONE} and n.person_record_id is null
"""
_TOLD_OF = f"select x.*, {ages('coalesce(x.day, x.known_from_on::date)', 'x.role')} from ({_TOLD_ROWS}) x left join birth_of using (person_record_id)"
_TIED = f"""
    select t.person_id, t.person_record_id, t.record_id, {_LONDON.format(at="t.happened_from_at::timestamp")} as day, t.agency, t.known_from_on, t.known_until_on,
        list_sort(list_distinct(list_filter([t.access_base || ' ' || t.through, t.other_base || ' ' || t.kind, t.role_base || ' role', t.thing_base || ' role'],
            x -> x is not null))) as rests, {_NO_WORDS}, {ages("coalesce(" + _LONDON.format(at="t.happened_from_at::timestamp") + ", t.known_from_on::date)")},
        t.thing, t.thing_key, lower(t.how) as how, coalesce(c.people, 0) as people_there, coalesce(c.people, 0) > {CROWD} as is_common
    from tie t left join crowd_at c using (thing, thing_key) left join birth_of using (person_record_id) where t.thing <> 'person'
"""
