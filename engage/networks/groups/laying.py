"""How do groups come into a build? From all lines that count, of everybody; kept where a child with evidence is tied to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from engage.networks.groups.detecting import Lines, groups, ties
from engage.networks.groups.naming import Found
from engage.store.steps import Step


# A line that is read in a text, or graded low, counts a quarter; a place, where two may have been on different days, three tenths. Measured on towns
# whose groups are known (docs/explanation/what-the-network-can-tell.md): half or twice as much changes little.
TENTATIVE, PLACE = 0.25, 0.3
# What was withdrawn or put right since ties nobody any more; nor do events that are laid out because somebody in them was opened as of concern: what
# people decide changes no group.
_NOW = """(
    select * from line_every where aside is null and known_until_on is null and (thing <> 'event' or thing_key in (
        select record_id from lit_event where is_of_child))
)"""
_LINES = f"""
    select person_id, thing || ' ' || thing_key as thing,
        max(case strength when 'confirmed' then 1.0 else {TENTATIVE} end * case thing when 'place' then {PLACE} else 1.0 end) as weight
    from {_NOW} group by all
"""
_APART = """
    select distinct person_id, other_person_id from family
    union select distinct a.person_id, b.person_id from home_of a join home_of b using (place_key) where a.person_id <> b.person_id
"""
# A group has two grown-ups or more, two of whom something other than a place ties to a child with evidence who is of neither's family. Children are
# linked to a group; they are no members of it.
_MEMBER = f"""
    with grown as (select person_id, min(is_child) as is_child from {_NOW} group by 1),
    member as (
        select f.group_number, f.person_id from group_found f join grown g using (person_id) where g.is_child = 0 and f.person_id not in (from lit)
        qualify count(*) over (partition by f.group_number) > 1
    ), linked as (
        select distinct m.group_number, m.person_id as member_id, c.person_id from member m join {_NOW} a on a.person_id = m.person_id and a.thing <> 'place'
        join {_NOW} c on c.thing = a.thing and c.thing_key = a.thing_key and c.is_child = 1 and c.person_id in (from lit)
        anti join ({_APART}) apart on apart.person_id = m.person_id and apart.other_person_id = c.person_id
    ), enough as (select group_number from linked group by 1 having count(distinct member_id) > 1)
    select group_number, person_id, 1 as is_member from member semi join enough using (group_number)
    union all select distinct group_number, person_id, 0 from linked semi join enough using (group_number)
    order by all
"""
_THING = f"""
    select m.group_number, l.thing, l.thing_key from {_NOW} l join group_of_person m using (person_id)
    group by all having count(distinct m.person_id) > 1
"""
WORKING = ("group_found", "group_thing", "group_of_person")


def steps() -> Iterator[Step]:
    """`group_of_person` (group_number, person_id, is_member) and `group_thing` (group_number, thing, thing_key). Needs `line_every` and `lit`."""
    yield Step("group_found", call=find)
    yield Step("group_of_person", _MEMBER)
    yield Step("group_thing", _THING)


def found(connection: Any) -> dict[int, Found]:
    """The groups of the build by the number they have in it."""
    made: dict[int, tuple[set[str], set[str]]] = {}
    for number, person, is_member in connection.execute(
        "select group_number, person_id, is_member from group_of_person order by all"
    ).fetchall():
        made.setdefault(number, (set(), set()))[0 if is_member else 1].add(person)
    return {
        number: Found(frozenset(members), frozenset(linked)) for number, (members, linked) in made.items()
    }


def find(connection: Any) -> None:
    """Make `group_found` (group_number, person_id) of everybody who is tied to somebody."""
    lines = connection.execute(f"select * from ({_LINES}) order by thing, person_id").to_arrow_table()
    persons, person = _numbered(lines.column("person_id"))
    things, thing = _numbered(lines.column("thing"))
    made = pa.table({"group_number": pa.array([], pa.int64()), "person_id": pa.array([], pa.string())})
    if len(persons):
        found = ties(
            Lines(person, thing, lines.column("weight").to_numpy()), persons=len(persons), things=len(things), apart=_apart(connection, persons)
        )  # fmt: skip
        tied = np.flatnonzero(np.diff(found.indptr))
        label = groups(found)
        made = pa.table({"group_number": pa.array(label[tied]), "person_id": persons.take(pa.array(tied))})
    connection.register("groups_arrow", made)
    connection.execute("create or replace table group_found as select * from groups_arrow")
    connection.unregister("groups_arrow")


def _numbered(column: Any) -> tuple[Any, Any]:
    """The distinct values in their order, and the number of each row's."""
    encoded = column.combine_chunks().dictionary_encode()
    order = np.argsort(encoded.dictionary.to_numpy(zero_copy_only=False), kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return encoded.dictionary.take(pa.array(order)), rank[encoded.indices.to_numpy()]


def _apart(connection: Any, persons: Any) -> Any:
    """Pairs of numbers of people of one family or household."""
    connection.register(
        "persons_arrow", pa.table({"person_id": persons, "number": pa.array(np.arange(len(persons)))})
    )
    try:
        rows = connection.execute(
            f"select a.number, b.number as other from ({_APART}) p join persons_arrow a using (person_id) join persons_arrow b on b.person_id = p.other_person_id"
        ).to_arrow_table()
    finally:
        connection.unregister("persons_arrow")
    return np.column_stack([rows.column(0).to_numpy(), rows.column(1).to_numpy()])
