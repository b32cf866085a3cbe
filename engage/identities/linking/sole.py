"""When are names and an age enough? When registers of everybody know one person whom they fit, and nobody else comes near.

Names and an age alone are refused ("thin"), because people of one name and age are commoner than chance says. Where an agency's
register holds everybody of that age, the namesakes are in it too: that the record fits one person in it, and that no other
person in the area fits nearly as well, is what a caseworker would go by. It is decided on evidence alone, before what people
judged, so that a build and a judgement after it come to the same.
"""

from __future__ import annotations

from typing import Any

from engage.identities.linking.merging import connect
from engage.identities.linking.numbering import keep
from engage.store.steps import Step


# On the independent borough every such pair from 5.25 bits on is right (13 of 13), as in the example town (12 of 12); below 5
# two in five are wrong.
SOLE_FROM = 5.5
# A second person who fits so many bits less still makes the first doubtful: odds of 16 to 1 between the two.
RIVAL_WITHIN = 4.0

_PLAIN = "select left_number, right_number from link_weighed where weight >= $join_at and refusal = ''"
_REGISTERED = """
    select distinct record_number, l.agency, l.file from link_record l join (select distinct record_id from person_record where cohort = 'register') using (record_id)
"""
# Each pair both ways round, of records that nothing but this could join, with the other's group.
_FITS = """
    select one.mine, one.other, one.weight, one.refusal, coalesce(c.component, one.other) as their_group from (
        select left_number as mine, right_number as other, weight, refusal from link_weighed
        union all select right_number, left_number, weight, refusal from link_weighed
    ) one left join link_plain c on c.record_number = one.other
    where one.mine not in (select record_number from link_plain)
        and one.mine in (select unnest([left_number, right_number]) from link_weighed where refusal = 'thin' and weight >= $sole_from)
"""
_SOLE = f"""
    with best as (select mine, max(weight) as weight, arg_max(their_group, weight) as their_group from link_fits group by mine),
    of_group as (
        select b.mine, b.their_group, r.agency, r.file from best b join (
            select record_number, component from link_plain union all
            select distinct their_group, their_group from link_fits where their_group not in (select component from link_plain)
        ) m on m.component = b.their_group join link_registered r on r.record_number = m.record_number
    )
    select distinct least(f.mine, f.other) as left_number, greatest(f.mine, f.other) as right_number
    from best b join link_fits f on f.mine = b.mine and f.their_group = b.their_group join link_record l on l.record_number = b.mine
    where f.refusal = 'thin' and b.weight >= $sole_from
        and not exists (from link_fits x where x.mine = b.mine and x.their_group <> b.their_group and x.weight > b.weight - {RIVAL_WITHIN})
        and not exists (from link_fits x where x.mine = b.mine and x.their_group = b.their_group and x.refusal not in ('', 'thin'))
        and exists (from of_group g where g.mine = b.mine and g.agency <> l.agency)
        and not exists (from of_group g where g.mine = b.mine and g.agency = l.agency and g.file = l.file)
"""


def steps(*, join_at: float) -> list[Step]:
    """The steps that leave `link_sole` (left_number, right_number): the thin pairs that may join, no longer refused in
    `link_weighed`."""
    bound = {"sole_from": SOLE_FROM}
    return [
        Step("link_plain", call=lambda connection: _plain(connection, join_at)),
        Step("link_registered", _REGISTERED),
        Step("link_fits", _FITS, bound),
        Step("link_sole", _SOLE, bound),
        Step("link_weighed", call=_let_join),
    ]


ASIDE = ("link_plain", "link_registered", "link_fits", "link_sole")


def _plain(connection: Any, join_at: float) -> None:
    """Make `link_plain` (record_number, component): what pairs that nothing refuses connect."""
    component = connect(connection.execute(_PLAIN, {"join_at": join_at}).fetchall())
    keep(connection, "link_plain", {"record_number": component.keys(), "component": component.values()})


def _let_join(connection: Any) -> None:
    connection.execute(
        "update link_weighed set refusal = '' where (left_number, right_number) in (select left_number, right_number from link_sole)"
    )
