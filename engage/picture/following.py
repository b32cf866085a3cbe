"""How do the tables that pages are served from follow what people judged since the build, when they are taken away?

A row is a record's first: it goes where its record went. What is known of a person as a whole (reasons, what a person is found by) is
made anew, by the build's own steps, for those alone who lost or gained a record; proposals follow from those of identities.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from typing import Any

from engage.identities import following
from engage.identities.following import Moves
from engage.picture import finding
from engage.picture.laying import steps as laying
from engage.store.rows import lay_rows
from engage.store.warehouse import Build


# The tables of this room and of identities that follow; and the one that cannot: it keeps pairs for what the build joined.
FOLLOW = following.FOLLOW | {
    "said", "chronology", "tie", "reason", "find", "name_at_place", "proposal", "evidence", "mentioned_as",
}  # fmt: skip
LAG = frozenset({"link_pair"})


def follow(cursor: Any, moves: Moves) -> None:
    """Have this cursor read every table that tells of persons as of today. Nothing is done when no record moved."""
    if not moves:
        return
    following.follow(cursor, moves)
    built = following.base(cursor)
    for table, record in (
        ("said", "record_id"),
        ("chronology", "person_record_id"),
    ):
        following.lay(cursor, table, _MOVED.format(built=built, table=table, record=record))
    following.lay(cursor, "tie", _TIE.format(built=built))
    following.lay(cursor, "evidence", _EVIDENCE.format(built=built))
    following.lay(cursor, "mentioned_as", _MENTIONED_AS.format(built=built))
    _name_changed(cursor)
    for table in ("reason", "find", "name_at_place"):
        cursor.execute(
            f"create or replace temp table changed_{table} as {_OF_CHANGED} select * from ({_step(table)})"
        )
        following.lay(cursor, table, _ANEW.format(built=built, table=table))
    following.lay(cursor, "proposal", _step("proposal"))


def proposals(build: Build, moves: Moves, record_ids: AbstractSet[str], day: date) -> list[dict[str, Any]]:
    """What is proposed as of today of one person with these records, known by the day: rows of the table `proposal`."""
    cursor = build.analysis()
    try:
        following.follow(cursor, moves)
        built = following.base(cursor)
        following.keep(cursor, "mine", {"record_id": sorted(record_ids)})
        cursor.execute(f"create or replace temp table near as {_INCIDENT}")
        following.lay(cursor, "link_proposal", "from near")
        following.lay(cursor, "person_record", _NEAR.format(built=built))
        rows = cursor.execute(f"select * from ({_step('proposal')}) {_OF_MINE}", [day, day])
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    finally:
        cursor.close()


_INCIDENT = "select * from temp.main.link_proposal where left_record_id in (from mine) or right_record_id in (from mine)"
_NEAR = """
    select * from {built}.person_record where record_id in (select left_record_id from near union select right_record_id from near)
"""
_KNOWN = "exists (select 1 from person_record r where r.record_id = {side} and r.known_from_on <= ?)"
_OF_MINE = (
    f"where left_record_id in (from mine) and {_KNOWN.format(side='left_record_id')} and {_KNOWN.format(side='right_record_id')} "
    "order by right_record_id, left_record_id"
)
_MOVED = """
    select t.* replace (coalesce(m.person_id, t.person_id) as person_id) from {built}.{table} t left join moved m on m.record_id = t.{record}
"""
_TIE = """
    select t.* replace (coalesce(m.person_id, t.person_id) as person_id, coalesce(o.person_id, t.thing_key) as thing_key)
    from {built}.tie t left join moved m on m.record_id = t.person_record_id
    left join moved o on o.record_id = t.other_record_id and t.thing = 'person'
"""
# What rests on somebody else's part says nothing of somebody who was judged to be that person. What a judgement newly makes of two people comes
# with the next build.
_EVIDENCE = """
    select t.* replace (coalesce(m.person_id, t.person_id) as person_id, coalesce(o.person_id, t.other_person_id) as other_person_id)
    from {built}.evidence t left join moved m on m.record_id = t.person_record_id
    left join moved o on o.record_id = t.other_person_record_id and t.other_person_id is not null
    where t.other_person_id is null or coalesce(o.person_id, t.other_person_id) <> coalesce(m.person_id, t.person_id)
"""
# Who is near by one record and called so by another is who is meant as long as both are one person's.
_MENTIONED_AS = """
    select a.* replace (coalesce(m.person_id, a.thing_key) as thing_key)
    from {built}.mentioned_as a left join moved m on m.record_id = a.thing_record_id and a.kind = 'person'
    left join moved v on v.record_id = a.via_record_id
    where a.via_record_id is null or a.thing_key is null or coalesce(v.person_id, a.thing_key) = coalesce(m.person_id, a.thing_key)
"""
_ANEW = """
    select * from {built}.{table} where person_id not in (from changed) union all by name select * from changed_{table}
"""
_THEIRS = "(select * from temp.main.{table} where person_id in (from changed))"
_OF_CHANGED = "with " + ", ".join(
    f"{table} as {_THEIRS.format(table=table)}" for table in ("person_of_record", "said", "tie")
)


@cache
def _step(table: str) -> str:
    """How a build makes that table."""
    return next(step.sql for step in (*laying.steps(), *finding.steps()) if step.table == table)


def _name_changed(cursor: Any) -> None:
    """Make `name_as`, which `find` and `name_at_place` are made with, of the names of those who changed."""
    named = cursor.execute(
        f"{_OF_CHANGED} select distinct value from said where {finding.NAMED} and value is not null"
    ).fetchall()
    rows = [(name, finding.in_plain_letters(name)) for (name,) in named]
    lay_rows(cursor, "name_as", {"written": "varchar", "words": "varchar"}, rows, temporary=True)
