"""What does each compared pair say, field by field, and which pairs may not be joined without a person?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from engage.identities.linking.cleaning import handling_code, handling_rank
from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.linking.merging import ALONE_ONLY, JOIN_AT, JUDGED
from engage.identities.linking.model import Model, code_sql, household_sql, level_sql
from engage.store.sql import literal
from engage.store.steps import Step


if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Judgement:
    """What people said of two records and what is therefore followed: same or different."""

    left_record_id: str
    right_record_id: str
    says: str


# Pairs below this are kept only where they speak about two records of one group, or of records that are connected.
KEEP_FROM = -4.0

# Numbers of which each person has one, so that two that contradict tell two people apart.
IDENTIFIER_KINDS = ("nhs_number", "upn", "pnc_id")
_NO_IDENTIFIER = " and ".join(
    f"coalesce({kind}_level, '') not in ('same', 'close')" for kind in (*IDENTIFIER_KINDS, "other_number")
)
_DIFFERING = " + ".join(f"(coalesce({kind}_level, '') = 'different')::int" for kind in IDENTIFIER_KINDS)

# Without a place, an e-mail or an identifier in common, and without one full date of birth, odds of a hundred to one (7 bits
# make 128) are asked for: what is left is names and an age, and people of one name and age are commoner than chance says
# (names run in families, and go with years of birth).
THIN_BELOW = 7.0

# What the model learnt of households tells a misspelt forename from a twin's where forenames are often wrong: there a pair like that
# weighs more. Each of 70 pairs of twins of the borough and of the example town weighs less than 4 bits, all but one less than 3.
TWIN_BELOW = 7.0

# Why two records may not be joined silently, however much they weigh; the first that holds.
#   related      an agency recorded a tie between the two, so it knows them as two people
#   identifiers  a valid number of which everybody has one contradicts, and no number agrees (one kind only stops what would else join: on the
#                borough 1 of 1 such pairs is two people, in the example town 2 of 2 are one; two kinds are refused however weak)
#   twin         born on one day, one family name, forenames that are no forms of each other, no number that could tell, and less than 7 bits
#   generation   ten years or more between two dates of birth or ages: parent and child, uncle and nephew
#   born         one address or phone, but both days of birth are known and nothing alike, and no number or e-mail agrees: namesakes
#                of one household (in the example town each of 540 such pairs of 3 bits and more is two people)
#   thin         names alone, or names and an age: a proposal, not a join
REFUSAL = f"""
    case
        when exists_related then 'related'
        when {_NO_IDENTIFIER} and {_DIFFERING} >= (case when weight >= {JOIN_AT} then 1 else 2 end) then 'identifiers'
        when coalesce(nhs_number_level, upn_level, pnc_id_level, other_number_level) is null and birth_level = 'same' and forename_level = 'different'
            and surname_level <> 'different' and coalesce(email_level, 'different') = 'different' and weight < {TWIN_BELOW} then 'twin'
        when {_NO_IDENTIFIER} and (coalesce(birth_level, '') = 'generation' or coalesce(age_level, '') = 'generation') then 'generation'
        when {_NO_IDENTIFIER} and birth_level = 'different' and coalesce(email_level, 'different') = 'different'
            and place_level in ('phone_and_address', 'phone', 'address', 'close') then 'born'
        when {_NO_IDENTIFIER} and weight < {THIN_BELOW} and coalesce(birth_level, '') not in ('same', 'day_month_swapped')
            and coalesce(place_level, 'different') in ('different', 'busy_address') and coalesce(email_level, 'different') = 'different' then 'thin'
        else ''
    end
"""


def weighed_sql(model: Model, scored: str) -> str:
    """SQL: Splink's rows as ours: each comparison's level and weight, what a household explains just as well, both records'
    numbers, and the refusal. With the three kinds of pair, the odds of one person are m / (u + h), each with how usual it is."""
    columns = ", ".join(
        f"{code_sql(comparison)} as {comparison.name}_level, mw_{comparison.name}{_frequency(comparison.name)} as {comparison.name}_weight"
        for comparison in COMPARISONS
    )
    places = ", ".join(
        f"{level_sql(model, comparison)} as {comparison.name}_at" for comparison in COMPARISONS
    )
    before = math.log2(model.chance / (1 - model.chance))
    household = f"-log2(1 + {model.household!r} * pow(2, least(s.match_weight - ({before!r}) + {household_sql(model)}, 500)))"
    return f"""
        select * exclude (exists_related, stranger_weight), {REFUSAL} as refusal from (
            select least(s.record_number_l, s.record_number_r) as left_number, greatest(s.record_number_l, s.record_number_r) as right_number,
                s.match_weight as stranger_weight, {household} as household_weight, {columns}, k.left_id is not null as exists_related,
                stranger_weight + household_weight as weight
            from (select *, {places} from {scored}) s
            join link_record l on l.record_number = least(s.record_number_l, s.record_number_r)
            join link_record r on r.record_number = greatest(s.record_number_l, s.record_number_r)
            left join link_related k on k.left_id = l.record_id and k.right_id = r.record_id
        )
    """


def _frequency(name: str) -> str:
    adjusted = any(
        level.frequency_of
        for comparison in COMPARISONS
        if comparison.name == name
        for level in comparison.levels
    )
    return f" + mw_tf_adj_{name}" if adjusted else ""


def steps(model: Model, *, judgements: Sequence[Judgement]) -> list[Step]:
    """The steps that leave `link_weighed` (all compared pairs, by record number), `link_by_source` and `link_judged`."""
    return [
        Step("link_weighed", weighed_sql(model, "link_scored")),
        Step("link_by_source", call=_take_merges),
        Step("link_judged", call=lambda connection: _take_judgements(connection, judgements)),
    ]


def _take_judgements(connection: Any, judgements: Sequence[Judgement]) -> None:
    """What people judged: `link_judged` (place, left_number, right_number, says), of records that are here, earliest first. The
    evidence of the pair stays as it is, so that a judgement taken back leaves what was there before."""
    rows = pa.table(
        {
            "place": pa.array(range(len(judgements)), pa.int64()),
            "one": pa.array([judged.left_record_id for judged in judgements], pa.string()),
            "other": pa.array([judged.right_record_id for judged in judgements], pa.string()),
            "says": pa.array([judged.says for judged in judgements], pa.string()),
        }
    )
    connection.register("judged_rows", rows)
    connection.execute(
        "create or replace table link_judged as select place, least(l.record_number, r.record_number) as left_number, "
        "greatest(l.record_number, r.record_number) as right_number, says from judged_rows j "
        "join link_record l on l.record_id = j.one join link_record r on r.record_id = j.other "
        "where says in ('same', 'different') order by place"
    )
    connection.unregister("judged_rows")


# Bits of a pair that the source of both found to be one: more than names, dates and places together can speak against it.
BY_SOURCE = 40.0


def _take_merges(connection: Any) -> None:
    """What a source found out about its own records counts: make `link_by_source` (left_number, right_number), and have each
    of these pairs, compared or not, speak for one person."""
    connection.execute(
        "create or replace table link_by_source as select distinct least(o.record_number, n.record_number) as left_number, "
        "greatest(o.record_number, n.record_number) as right_number from source_merge m join link_record o on o.record_id = m.old_record_id "
        "join link_record n on n.record_id = m.new_record_id where o.record_number <> n.record_number"
    )
    connection.execute(
        f"update link_weighed set weight = greatest(weight, {BY_SOURCE}), refusal = '' "
        "where (left_number, right_number) in (select left_number, right_number from link_by_source)"
    )
    connection.execute(
        f"insert into link_weighed by name select left_number, right_number, {BY_SOURCE} as weight, '' as refusal from link_by_source "
        "where (left_number, right_number) not in (select left_number, right_number from link_weighed)"
    )


# The merge in SQL where nothing can speak against it. Records are connected by pairs strong enough to join; a connected group whose
# known pairs are all for it, whose records all say one day of birth and have forms of one forename, with no refusal and no two kinds of
# contradicting identifier, is a person as it is. Only the others ("doubtful") go through the guarded merge, which gives the same
# answer for the plain ones; a test holds the two side by side.
STRONG = f"select left_number, right_number from link_weighed where weight >= $join_at and refusal in ({', '.join(map(literal, ALONE_ONLY))})"
WITHIN = f"""
    with apart as (select distinct left_number, right_number from link_judged where says = 'different'),
    known as (
        select w.left_number, w.right_number, w.weight, case when a.left_number is not null then '{JUDGED}' else w.refusal end as refusal,
            coalesce(birth_level <> 'same', false) as apart
        from link_weighed w left join apart a on a.left_number = w.left_number and a.right_number = w.right_number
        union all
        select left_number, right_number, 0.0, '{JUDGED}', true from apart
        where (left_number, right_number) not in (select left_number, right_number from link_weighed)
    )
    select k.left_number, k.right_number, k.weight, k.refusal, c.component, k.apart
    from known k join link_component c on c.record_number = k.left_number
    join link_component d on d.record_number = k.right_number and d.component = c.component
"""
DOUBTFUL = """
    select component from link_within where refusal <> '' or weight <= 0 or apart group by 1
    union
    select component from link_component join link_record using (record_number) group by 1
    having (count(distinct nhs_number) > 1)::int + (count(distinct upn) > 1)::int + (count(distinct pnc_id) > 1)::int > 1 or count(distinct birth_on) > 1
    union
    select component from (
        select component, name, count(*) as records from (
            select component, unnest(forename_groups) as name from link_component join link_record using (record_number)
        ) group by all
    ) n join (
        select component, count(forename_groups) as records from link_component join link_record using (record_number) group by 1
    ) c using (component) group by component having max(n.records) < any_value(c.records)
"""
DOUBTFUL_PAIRS = "select left_number, right_number, weight, refusal from link_within where component in (select component from link_doubtful)"
IDENTIFIERS = f"""
    select record_number, {", ".join(IDENTIFIER_KINDS)}, forename_groups, birth_on::varchar from link_record join link_component using (record_number)
    where component in (select component from link_doubtful)
"""
GROUP_SQL = """
    select record_number, component as first_number from link_component where component not in (select component from link_doubtful)
    union all select record_number, first_number from link_merged
"""
# Groups that people put together: those of the records that were judged, and the records that were in a group by themselves.
JUDGED_SQL = "select left_number, right_number, says from link_judged order by place"
JUDGED_ARE_DOUBTFUL = """
    insert into link_doubtful select distinct component from link_component where component not in (select component from link_doubtful)
        and record_number in (select left_number from link_judged union select right_number from link_judged)
"""
GROUPS_OF_JUDGED = (
    "select record_number, first_number from link_group where record_number in "
    "(select left_number from link_judged union select right_number from link_judged)"
)
UNITED_SQL = """
    select g.record_number, coalesce(u.into_number, g.first_number) as first_number
    from (select * from link_group union all select first_number, first_number from link_united where first_number not in (select record_number from link_group))
        g left join link_united u using (first_number)
"""
CLUSTER_SQL = """
    select r.record_id, coalesce(f.record_id, r.record_id) as cluster
    from link_record r left join link_group g using (record_number) left join link_record f on f.record_number = g.first_number
    order by r.record_id
"""
_COLUMNS = ", ".join(f"w.{c.name}_level, w.{c.name}_weight" for c in COMPARISONS)


def kept_sql(pairs: str) -> str:
    """SQL: `link_pair` from weighed pairs: those worth a look, and all that a merge of connected records weighs."""
    strictest = handling_code(f"greatest({handling_rank('l.handling')}, {handling_rank('r.handling')})")
    return f"""
        select l.record_id as left_record_id, r.record_id as right_record_id, w.weight, {_COLUMNS}, coalesce(w.household_weight, 0) as household_weight,
            case when s.left_number is not null then 'source' when o.left_number is not null then 'sole' else w.refusal end as refusal, {strictest} as handling
        from {pairs} w join link_record l on l.record_number = w.left_number join link_record r on r.record_number = w.right_number
        join cluster cl on cl.record_id = l.record_id join cluster cr on cr.record_id = r.record_id
        left join link_sole o on o.left_number = w.left_number and o.right_number = w.right_number
        left join link_by_source s on s.left_number = w.left_number and s.right_number = w.right_number
        left join link_component lc on lc.record_number = l.record_number left join link_component rc on rc.record_number = r.record_number
        where w.weight >= {KEEP_FROM} or cl.cluster = cr.cluster or lc.component = rc.component
        order by 1, 2
    """
