"""What was received since the build: laid out by itself, so that it is found at once, and held against what is served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from engage.identities import tables
from engage.identities.build import clear
from engage.identities.checking import laying
from engage.identities.checking.answering import LEAST, LOOKED_AT
from engage.identities.checking.looking import Checks, checks
from engage.identities.checking.weighing import Weighed
from engage.identities.linking import candidates, cleaning
from engage.identities.linking.comparisons import COMPARISONS
from engage.identities.linking.merging import JOIN_AT
from engage.identities.linking.model import model_from_json
from engage.identities.seeing import seen
from engage.store.steps import Progress, Step, run
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


# Records that are held against what is served when they are received: some ten seconds. The build looks at all of them.
MOST_LOOKED_AT = 5_000


@dataclass(frozen=True)
class Received:
    """Of the records of people that came: `held` stand in the build already, `known` are new records of somebody who is known, `perhaps`
    may be, `ask` come near to what an agency holds and the viewer may not see whole, `new` are like nobody that the viewer
    may see; `not_looked_at` were too many to look at. `near`, where it is asked for, says whom each comes near."""

    held: int = 0
    known: int = 0
    perhaps: int = 0
    ask: int = 0
    new: int = 0
    not_looked_at: int = 0
    near: tuple[Came, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Came:
    """A new record, and a record that it comes near and that the viewer may see whole, with the person whose that is, and what the pair
    weighs in bits, as the area is now. `refusal` is the code of what forbids joining them without a person's look, or ""."""

    record_id: str
    person_id: str
    near_record_id: str
    weight: float
    refusal: str


def lay_out(connection: Any, folder: Path, *, served: Build, as_of: date) -> None:
    """From exchange tables of what was received: lay down what `Checks` reads, weighed by the served build's model.

    A delivery cannot tell what only a whole area can: how usual a name is, which days of birth stand for "not known", and at how many
    records an address is a home for many. That comes from the served build, so that a pair weighs now what it will in the next build.
    """
    for table in tables.DERIVED_TABLES:
        connection.execute(table.create_sql())
    steps = (_as_served(step, served) for step in cleaning.steps(as_of))
    run(connection, [*steps, *candidates.steps()])
    model = model_from_json((served.folder / laying.MODEL).read_text(encoding="utf-8"))
    laying.lay(connection, model, folder, served=served.folder)
    _keep_fresh(connection, served)
    clear(connection)


def _as_served(step: Step, served: Build) -> Step:
    """The step, or in the place of one that counts over the whole area one that asks the served build."""
    asks = {"link_usual_day": _usual_days, "link_busy": _busy}.get(step.table)
    return Step(step.table, call=lambda connection: asks(connection, served)) if asks else step


def _usual_days(connection: Any, served: Build) -> None:
    connection.execute("create or replace table link_usual_day (day date)")
    for day in sorted(laying.usual_days(served.folder)):
        connection.execute("insert into link_usual_day values (?)", [day])


# A record that is served already counts once.
_HOMES_SERVED = """
    select key, count(*) as records from (
        select unnest(address_keys) as key from link_record where record_id not in (select record_id from waiting_home)
    ) where key in (select key from waiting_home) group by key
"""
_BUSY = """
    select record_id, min(h.records + coalesce(s.records, 0)) as address_records from waiting_home
    join (select key, count(*) as records from waiting_home group by key) h using (key) left join homes_served s using (key) group by 1
"""


def _busy(connection: Any, served: Build) -> None:
    homes = connection.sql("select record_id, unnest(address_keys) as key from link_place").to_arrow_table()
    counted = _served_says(served, _HOMES_SERVED, waiting_home=homes)
    for name, table in (("waiting_home", homes), ("homes_served", counted)):
        connection.register(name, table)
    connection.execute(f"create or replace table link_busy as {_BUSY}")
    for name in ("waiting_home", "homes_served"):
        connection.unregister(name)


_COMPARED = sorted({column for one in COMPARISONS if one.name != "source" for column in one.shows})
_LISTS = {column.name for column in tables.LINK_RECORD.columns if column.type.endswith("[]")}
_SAYS_MORE = " or ".join(
    f"not list_has_all(coalesce(s.{column}, []), coalesce(w.{column}, []))"
    if column in _LISTS
    else f"(w.{column} is not null and w.{column} is distinct from s.{column})"
    for column in _COMPARED
)
_FRESH = f"""
    insert into person_of_record select w.record_id, coalesce(s.person_id, w.record_id) from link_record w
    left join served_record s using (record_id) where s.record_id is null or {_SAYS_MORE}
"""
_SERVED = (
    f"select record_id, {', '.join(_COMPARED)}, person_id from link_record left join person_of_record using (record_id) "
    "semi join waiting_id using (record_id)"
)


def _keep_fresh(connection: Any, served: Build) -> None:
    """Fill `person_of_record` with the records that say what the served build does not: new ones, each a person by itself as far as is
    known, and those of which a later version has another name, address, number or day of birth, with the person they are served as."""
    waiting = connection.sql("select record_id from link_record").to_arrow_table()
    connection.register("served_record", _served_says(served, _SERVED, waiting_id=waiting))
    connection.execute(_FRESH)
    connection.unregister("served_record")


def _served_says(served: Build, sql: str, **waiting: Any) -> Any:
    """What a select of the served build gives that may also read these tables of what waits, by their names."""
    cursor = served.analysis()
    try:
        for name, table in waiting.items():
            cursor.register(name, table)
        return cursor.execute(sql).to_arrow_table()
    finally:
        for name in waiting:
            cursor.unregister(name)
        cursor.close()


def held_against(
    viewing: Viewing, served: Build, waiting: Build, progress: Progress, *, tells: bool
) -> Received:
    """Hold each new record against those that are served, and count; `tells` also whom each comes near."""
    fresh, held = _fresh(served, waiting)
    looked_at = fresh[:MOST_LOOKED_AT]
    known = checks(served.folder)
    near: list[tuple[str, list[tuple[str, Weighed]]]] = []
    for number, record in enumerate(_records(checks(waiting.folder), looked_at), start=1):
        found = [(one.record_id, one.weighed) for one in known.near(record, least=LEAST)[:LOOKED_AT]]
        near.append((str(record["record_id"]), found))
        progress("checked", number)
    may = seen(viewing, served, {record for _own, found in near for record, _weighed in found})
    counts = {"known": 0, "perhaps": 0, "ask": 0, "new": 0}
    for _own, found in near:
        whole = [weighed for record, weighed in found if record in may.whole]
        if any(weighed.weight >= JOIN_AT and not weighed.refusal for weighed in whole):
            counts["known"] += 1
        elif whole:
            counts["perhaps"] += 1
        else:
            counts["ask" if any(record in may.open for record, _weighed in found) else "new"] += 1
    told = tuple(
        Came(own, may.persons[record], record, weighed.weight, weighed.refusal)
        for own, found in (near if tells else ())
        for record, weighed in found
        if record in may.whole and record in may.persons
    )
    return Received(held=held, not_looked_at=len(fresh) - len(looked_at), near=told, **counts)


def _fresh(served: Build, waiting: Build) -> tuple[list[int], int]:
    """The numbers of the waiting records that the served build does not hold, and how many others there are."""
    cursor = waiting.analysis()
    try:
        rows = cursor.execute("select record_number, record_id from link_record order by 1").fetchall()
    finally:
        cursor.close()
    fresh = _not_held(served, [record for _number, record in rows])
    return [number for number, record in rows if record in fresh], len(rows) - len(fresh)


def _not_held(build: Build, record_ids: list[str]) -> set[str]:
    """Which of these records of people the build does not hold."""
    cursor = build.analysis()
    try:
        rows = cursor.execute(
            "select distinct record_id from person_record where record_id in (select unnest($ids))",
            {"ids": record_ids},
        ).fetchall()
    finally:
        cursor.close()
    return set(record_ids) - {row[0] for row in rows}


def _records(of: Checks, numbers: list[int]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(numbers), 500):
        yield from of.records(numbers[start : start + 500])
