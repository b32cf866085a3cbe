"""Which pairs should a person look at? Partial records with their likeliest candidates, joins that were refused or fell
just short. They are proposed, never joined silently."""

from __future__ import annotations

from typing import Any

from engage.identities.linking.comparisons import BUSY_ADDRESS
from engage.identities.linking.model import Model
from engage.identities.linking.pairing import KEEP_FROM, kept_sql, weighed_sql
from engage.identities.linking.scoring import score
from engage.store.steps import Step


# People looked at for each partial record, with so many records of each, and shown.
_LOOKED_AT, _OF_ONE_GROUP, _SHOWN = 12, 3, 5

# How near a record is to half a name: a phone in common first, then an address, a day of birth, an initial, an age that fits.
_NEARNESS = """
    16 * coalesce(list_has_any(p.phones, r.phones), false)::int + 8 * coalesce(list_has_any(p.address_keys, r.address_keys), false)::int
    + 4 * coalesce(p.birth_on = r.birth_on, false)::int + 2 * coalesce(p.surname[1] = r.surname[1], false)::int
    + coalesce(p.birth_from < r.birth_until and r.birth_from < p.birth_until, false)::int
"""
_FITS = "coalesce(p.sex = r.sex, true) and coalesce(p.birth_from < r.birth_until + 400 and r.birth_from < p.birth_until + 400, true)"
# What a record holds that leads to few: a home for many leads to none of them.
_HELD = f"""list_distinct(list_concat(coalesce(phones, []), coalesce(emails, []),
    case when address_records <= {BUSY_ADDRESS} then coalesce(address_keys, []) else [] end))"""
# Half a name with a given name is looked for by that; a surname, an initial or no name at all by what the record holds besides.
_PARTIAL_KEY = f"""
    with half as (select * from link_record where is_partial),
    named as (
        select distinct p.record_number as partial, r.record_number, r.record_id, {_NEARNESS} as nearness
        from (select *, unnest(list_distinct(list_concat(given_names, forename_groups))) as name from half where given_names is not null) p
        join (select *, unnest(list_distinct(list_concat(given_names, forename_groups))) as name from link_record where given_names is not null) r
            on r.name = p.name and r.record_number <> p.record_number
        where {_FITS} and (p.surname is null or coalesce(p.surname[1] = r.surname[1], false))
        union all
        select distinct p.record_number, r.record_number, r.record_id, {_NEARNESS}
        from (select *, unnest({_HELD}) as held from half where given_names is null) p
        join (select *, unnest({_HELD}) as held from link_record) r on r.held = p.held and r.record_number <> p.record_number
        where {_FITS} and coalesce(p.surname[1] = r.surname[1], true) and coalesce(p.forename[1] = r.forename[1], true)
            and p.held in (select held from (select unnest({_HELD}) as held from link_record) group by held having count(*) <= {BUSY_ADDRESS})
    ),
    of_group as (
        select partial, record_number, cluster, max(nearness) over (partition by partial, cluster) as group_nearness,
            row_number() over (partition by partial, cluster order by nearness desc, record_number) as in_group
        from named join cluster using (record_id)
    ),
    nearest as (
        select partial, record_number from of_group where in_group <= {_OF_ONE_GROUP}
        qualify dense_rank() over (partition by partial order by group_nearness desc, cluster) <= {_LOOKED_AT}
    )
    select record_number, list(distinct partial order by partial) as keys from (
        select record_number, partial from nearest union select partial, partial from nearest
    ) group by record_number
"""
_PROPOSAL = f"""
    select *, row_number() over (partition by asks order by weight desc, left_record_id, right_record_id)::integer as place from (
        select p.left_record_id, p.right_record_id, p.weight,
            case when l.is_partial or r.is_partial then 'partial' when p.refusal <> '' or f.left_number is not null then 'refused' else 'unsure' end as reason,
            p.handling, case when r.is_partial and not l.is_partial then r.record_id else l.record_id end as asks
        from link_pair p
        join link_record l on l.record_id = p.left_record_id join link_record r on r.record_id = p.right_record_id
        join cluster cl on cl.record_id = l.record_id join cluster cr on cr.record_id = r.record_id
        left join link_refused f on f.left_number = l.record_number and f.right_number = r.record_number
        where cl.cluster <> cr.cluster and p.weight >= {KEEP_FROM} and p.refusal not in ('related', 'generation', 'twin', 'born')
    )
    qualify place <= {_SHOWN}
"""


def steps(model: Model) -> list[Step]:
    """Steps that leave `link_pair` and `link_proposal`. Scores the partial records' candidates on the way."""
    return [
        Step("link_partial_key", _PARTIAL_KEY),
        Step("link_weighed_partial", call=lambda con: _score_partial(con, model)),
        Step("link_pair", kept_sql("(from link_weighed union all by name from link_weighed_partial)")),
        Step(
            "link_proposal",
            f"select left_record_id, right_record_id, weight, reason, place, handling from ({_PROPOSAL}) order by 1, 2",
        ),
    ]


def _score_partial(connection: Any, model: Model) -> None:
    if connection.execute("select 1 from link_partial_key limit 1").fetchone() is None:
        # To have Splink read the model and plan takes half a second, for no pair.
        connection.execute("create or replace table link_weighed_partial as from link_weighed limit 0")
        return
    records = "select r.*, k.keys from main.link_record r join main.link_partial_key k using (record_number)"
    score(connection, model, records=records, keys="keys", into="link_scored_partial")
    numbers = "select record_number from link_record where is_partial"
    connection.execute(
        f"create or replace table link_weighed_partial as select * from ({weighed_sql(model, 'link_scored_partial')})"
        f" where left_number in ({numbers}) or right_number in ({numbers})"
    )
    connection.execute("drop table link_scored_partial")
