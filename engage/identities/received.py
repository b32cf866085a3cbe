"""What was received since the build: laid out by itself, so that it is found at once, and held against what is served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engage.identities import tables
from engage.identities.build import JOIN_AT, clear
from engage.identities.checking import laying
from engage.identities.checking.answering import LEAST, LOOKED_AT, not_held
from engage.identities.checking.looking import Checks, checks
from engage.identities.linking import candidates, cleaning
from engage.identities.linking.model import model_from_json
from engage.identities.seeing import seen
from engage.store.steps import Progress, run
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


# Records that are held against what is served when they are received: some ten seconds. The build looks at all of them.
MOST_LOOKED_AT = 5_000


@dataclass(frozen=True)
class Received:
    """Of the records of people that came: `held` stand in the build already, `known` are new records of somebody who is known, `perhaps`
    may be, `ask` come near to what an agency holds and the viewer may not see whole, `new` are like nobody that the viewer
    may see; `not_looked_at` were too many to look at."""

    held: int = 0
    known: int = 0
    perhaps: int = 0
    ask: int = 0
    new: int = 0
    not_looked_at: int = 0


def lay_out(connection: Any, folder: Path, *, served: Build, as_of: date) -> None:
    """From exchange tables of what was received: lay down what `Checks` reads, weighed by the served build's model."""
    for table in tables.DERIVED_TABLES:
        connection.execute(table.create_sql())
    run(connection, [*cleaning.steps(as_of), *candidates.steps()])
    model = model_from_json((served.folder / laying.MODEL).read_text(encoding="utf-8"))
    laying.lay(connection, model, folder)
    clear(connection)


def held_against(viewing: Viewing, served: Build, waiting: Build, progress: Progress) -> Received:
    """Hold each new record against those that are served."""
    fresh, held = _fresh(served, waiting)
    looked_at = fresh[:MOST_LOOKED_AT]
    known = checks(served.folder)
    near = []
    for number, record in enumerate(_records(checks(waiting.folder), looked_at), start=1):
        near.append([(one.record_id, one.weighed) for one in known.near(record, least=LEAST)[:LOOKED_AT]])
        progress("checked", number)
    may = seen(viewing, served, {record for found in near for record, _weighed in found})
    counts = {"known": 0, "perhaps": 0, "ask": 0, "new": 0}
    for found in near:
        whole = [weighed for record, weighed in found if record in may.whole]
        if any(weighed.weight >= JOIN_AT and not weighed.refusal for weighed in whole):
            counts["known"] += 1
        elif whole:
            counts["perhaps"] += 1
        else:
            counts["ask" if any(record in may.open for record, _weighed in found) else "new"] += 1
    return Received(held=held, not_looked_at=len(fresh) - len(looked_at), **counts)


def _fresh(served: Build, waiting: Build) -> tuple[list[int], int]:
    """The numbers of the waiting records that the served build does not hold, and how many others there are."""
    cursor = waiting.analysis()
    try:
        rows = cursor.execute("select record_number, record_id from link_record order by 1").fetchall()
    finally:
        cursor.close()
    fresh = not_held(served, [record for _number, record in rows])
    return [number for number, record in rows if record in fresh], len(rows) - len(fresh)


def _records(of: Checks, numbers: list[int]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(numbers), 500):
        yield from of.records(numbers[start : start + 500])
