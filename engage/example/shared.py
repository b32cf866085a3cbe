"""Which events do the people of a bulk area share, for timing charts?

Persons' files and all other events stay what they are. The police hold one event more for every third of their records, in which two to four of these have a part. Who
has a part is drawn in three tiers, so that the tail is as long in a small area as in a large one: most people have one or none, one in fifty about fourteen, one in
five hundred about fifty. So with places: one in twenty has some two hundred, the others about ten.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engage.example.draw import in_sql


# Of the parts (or events) so many fall on so many of the people (or places), the busiest first; what is left falls on all others alike.
PEOPLE = ((0.1, 0.002), (0.3, 0.02))
PLACES = ((0.5, 0.05),)
PARTS = ("one", "two", "three", "four")
RECORDS_FOR_AN_EVENT, EVENTS_FOR_A_PLACE = 3, 20
FILE = {
    "id": "event",
    "makes": [
        {
            "event": {
                "kind": {"constant": "intelligence"},
                "title": "title",
                "date": "day",
                "place_name": "place",
                "place_kind": "place_kind",
                "people": [{"person": {"persons": part}, "role": {"constant": "subject"}} for part in PARTS],
            }
        }
    ],
}


def write_shared(connection: Any, file: Path, seed: int) -> int:
    """Write them as shared.parquet of the police, from the table bulk_record, and return how many there are."""
    connection.execute(
        "create temp table police_record as select row_number() over (order by record) - 1 as place, ref, received_on from bulk_record where agency = 'police'"
    )
    ((records,),) = connection.execute("select count(*) from police_record").fetchall()
    events = records // RECORDS_FOR_AN_EVENT
    places = max(1, events // EVENTS_FOR_A_PLACE)
    # Places in the table are no order of people: records are drawn in the order of their numbers, and these of nothing.
    who = ", ".join(_one(seed, part, records) + f" as {part}_place" for part in PARTS)
    where = _tier(in_sql(seed, "where", "i"), in_sql(seed, "which", "i"), PLACES, places)
    joins = " ".join(f"left join police_record {part} on {part}.place = e.{part}_place" for part in PARTS)
    connection.execute(
        f"copy (with e as (select i, {who}, {where} as spot, {in_sql(seed, 'parts', 'i')} as u_parts from range({events}) t(i)) "
        f"select 'S' || lpad(i::varchar, 8, '0') as event, one.ref as one, nullif(two.ref, one.ref) as two, "
        f"case when u_parts > 0.3 then three.ref end as three, case when u_parts > 0.7 then four.ref end as four, "
        f"one.received_on, one.received_on - ({in_sql(seed, 'since', 'i')} * 9)::int as day, 'Report' as title, 'Spot ' || spot as place, "
        f"(['shop', 'park', 'takeaway', 'flat'])[1 + (spot % 4)::int] as place_kind from e {joins} order by i) to '{file}' (format parquet)"
    )
    return int(events)


def _one(seed: int, part: str, records: int) -> str:
    return _tier(in_sql(seed, f"tier {part}", "i"), in_sql(seed, f"who {part}", "i"), PEOPLE, records)


def _tier(which: str, where: str, tiers: tuple[tuple[float, float], ...], count: int) -> str:
    """SQL for a place of so many: by one draw in which tier, by another where in it."""
    cases, share, start = [], 0.0, 0
    for of_all, of_places in tiers:
        share, size = share + of_all, max(1, round(count * of_places))
        cases.append(f"when {which} < {share} then {start} + floor({where} * {size})")
        start += size
    return f"(case {' '.join(cases)} else least({count} - 1, {start} + floor({where} * {max(1, count - start)})) end)::bigint"
