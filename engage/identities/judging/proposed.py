"""What did the build propose to people, in the order of a fact? Part by part, and without what is answered already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engage.identities import following
from engage.identities.judging.rules import Pair
from engage.store.warehouse import Build


# Pairs that are read and looked at together.
PART = 2_000
# What is known of whether either of the two is under 18: the place is the number that the SQL gives.
UNDER_18 = ("yes", "perhaps", "", "no")


@dataclass(frozen=True)
class Question:
    """One proposed pair as the build left it; `under_18` is a place in UNDER_18."""

    pair: Pair
    weight: float
    place: int
    asks: str | None
    under_18: int
    people: tuple[str, str]


def _under_18(record: str) -> str:
    """SQL: the place in UNDER_18 of one record of link_record. Its first day of birth counts, the last one does not."""
    return (
        f"case when {record}.birth_from is null or {record}.birth_until is null then 2 when {record}.birth_from > $adult then 0 "
        f"when {record}.birth_until <= $adult + 1 then 3 else 1 end"
    )


_OF_TWO = f"least({_under_18('l')}, {_under_18('r')})"
# The partial record that asks who it is; of two partial ones the left.
_ASKS = "case when l.is_partial then l.record_id when r.is_partial then r.record_id end"
_PROPOSED = f"""
    select p.left_record_id, p.right_record_id, p.weight, p.place,
        case when p.reason = 'refused' and k.refusal <> '' then k.refusal else p.reason end as kind,
        {_ASKS} as asks,
        {_OF_TWO} as under_18, a.person_id as left_person, b.person_id as right_person
    from link_proposal p join link_pair k using (left_record_id, right_record_id)
    join link_record l on l.record_id = p.left_record_id join link_record r on r.record_id = p.right_record_id
    join person_of_record a on a.record_id = p.left_record_id join person_of_record b on b.record_id = p.right_record_id
    anti join (select unnest($lefts::varchar[]) as left_record_id, unnest($rights::varchar[]) as right_record_id) done
        on done.left_record_id = p.left_record_id and done.right_record_id = p.right_record_id
"""
_SIZES = """
    select person_id, count(*) as records, list_sort(list(distinct agency)) as agencies
    from person_of_record join link_record using (record_id) group by person_id
"""
# Which are looked at first. What is shown of each question is what the viewer may see of it.
_FACTS = {
    "would_join": "coalesce(one.records, 0) + coalesce(other.records, 0) desc",
    "agencies": "len(list_filter(list_concat(one.agencies, other.agencies), lambda a: list_contains(one.agencies, a) <> list_contains(other.agencies, a))) desc",
    "under_18": "q.under_18",
    "kind": "q.kind",
}
_OF_PAIRS = f"""
    select l.record_id, r.record_id, coalesce(p.weight, 0), coalesce(p.place, 1), case when p.place is not null then {_ASKS} end, {_OF_TWO}
    from (select unnest($lefts::varchar[]) as left_id, unnest($rights::varchar[]) as right_id) asked
    join link_record l on l.record_id = asked.left_id join link_record r on r.record_id = asked.right_id
    left join link_proposal p on p.left_record_id = asked.left_id and p.right_record_id = asked.right_id order by 1, 2
"""


def proposed(
    build: Build, order: str, on: date, *, without: Collection[Pair] = (), asked: Iterable[str] = ()
) -> Iterator[list[Question]]:
    """All that is proposed as of today, in the order of a fact, part by part: without these pairs, and without what these partial
    records ask."""
    sql = (
        f"with q as ({_PROPOSED}), sizes as ({_SIZES}) select q.* from q left join sizes one on one.person_id = q.left_person "
        "left join sizes other on other.person_id = q.right_person where q.asks is null or q.asks not in (select unnest($asked::varchar[])) "
        f"order by {_FACTS[order]}, q.asks, q.left_record_id, q.right_record_id"
    )
    cursor = build.analysis()
    try:
        if moves := following.moved(build):
            following.follow(cursor, moves)
        cursor.execute(sql, {**_bound(without, on), "asked": sorted(asked)})
        while rows := cursor.fetchmany(PART):
            yield [
                Question((left, right), weight, place, asks, under_18, (one, other))
                for left, right, weight, place, _kind, asks, under_18, one, other in rows
            ]
    finally:
        cursor.close()


def of_pairs(build: Build, pairs: Collection[Pair], on: date) -> list[Question]:
    """These pairs, proposed or not, as far as the build has both records."""
    cursor = build.analysis()
    try:
        found = cursor.execute(_OF_PAIRS, _bound(pairs, on)).fetchall()
    finally:
        cursor.close()
    return [
        Question((left, right), weight, place, asks, under_18, (left, right))
        for left, right, weight, place, asks, under_18 in found
    ]


def _bound(pairs: Collection[Pair], on: date) -> dict[str, object]:
    listed = sorted(pairs)
    return {
        "lefts": [left for left, _right in listed],
        "rights": [right for _left, right in listed],
        "adult": _years_before(on, 18),
    }


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February, 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
