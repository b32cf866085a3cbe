"""On what is it decided who may see a record of a person, and what joining it rests on? Laid down by record when a build is made.

Whoever asks for a person looks at a few dozen records out of millions: to read what guards these from the tables of the analysis store
takes a tenth of a second, from here less than a millisecond.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from engage.identities.guards import tables
from engage.store.laid import lay_table
from engage.store.steps import Step, run
from engage.store.warehouse import Build, BuildOutdated
from engage.vocabulary.access import Cohort, Fact
from engage.vocabulary.words import N_


GUARDS = "guards.sqlite3"


@dataclass(frozen=True)
class Guarded:
    """One record on one day: where it stands, what access to itself is decided on, and the same of everything that is compared, itself
    with it."""

    record_id: str
    file: str
    source_id: str
    received_on: date
    itself: Fact
    parts: tuple[Fact, ...]


# A join rests on names, births, identifiers, addresses and phones, and on who is related to whom.
_OWN = "select {key} as record_id, '{table}' as kind, agency, handling, sensitivity, cohort, known_from_on from {table}"
_THING = """
    select r.from_record_id, '{table}', t.agency, t.handling, t.sensitivity, t.cohort, greatest(r.known_from_on, t.known_from_on)
    from relationship r join {table} t on t.record_id = r.to_record_id
"""
_PARTS = " union all ".join(
    [
        *(
            _OWN.format(table=table, key=key)
            for table, key in (
                ("person_record", "record_id"),
                ("person_name", "person_record_id"),
                ("identifier", "person_record_id"),
                ("relationship", "from_record_id"),
            )
        ),
        *(_THING.format(table=table) for table in ("location", "contact_point")),
    ]
)
_DECIDED_ON = "kind, agency, handling, sensitivity, cohort"
# A part is written as one number: its base, and the day since when it is known, counted from the first there is: sources write
# days of 1900 too.
_EPOCH, _DAYS = date.min, 1_000_000
_WORKING = {
    "guard_base": f"select row_number() over (order by {_DECIDED_ON}) as base, * from (select distinct {_DECIDED_ON} from ({_PARTS}))",
    "guard_part": (
        f"select record_id, base, min(known_from_on) as since from ({_PARTS}) join guard_base using ({_DECIDED_ON}) group by record_id, base"
    ),
}
_LAID = {
    "base": (
        tables.BASE,
        "select * from guard_base order by base",
    ),
    "version": (
        tables.VERSION,
        """select record_id, version::integer as version, known_from_on::varchar as since, base::integer as base, file, source_id,
            received_on::varchar as received_on from person_record join guard_base using (agency, handling, sensitivity, cohort)
            where kind = 'person_record' order by record_id, version""",
    ),
    "parts": (
        tables.PARTS,
        f"""select record_id, array_to_string(list_sort(list(base * {_DAYS} + (since - date '{_EPOCH}'))), ' ') as parts
            from guard_part group by record_id order by record_id""",
    ),
}


def lay(connection: Any, folder: Path) -> None:
    """Write into the build's folder what guards each record. Reads the exchange tables."""
    run(connection, [Step(table, sql) for table, sql in _WORKING.items()])
    for table, (layout, sql) in _LAID.items():
        lay_table(connection, folder / GUARDS, layout=layout, table=table, sql=sql)
    for table in _WORKING:
        connection.execute(f"drop table {table}")


def guarded(build: Build, record_ids: Iterable[str], on: date) -> dict[str, Guarded]:
    """What guards each of these records on a day, of those that were known by then. Raises BuildOutdated when the build is of a version
    that did not lay it down."""
    laid, bases, asked = _laid(build), _bases(build), json.dumps(list(record_ids))
    newest = {row["record_id"]: row for row in laid.execute(_NEWEST, [asked, on.isoformat()])}
    days = (on - _EPOCH).days
    parts = {
        record: tuple(bases[code // _DAYS] for code in map(int, codes.split()) if code % _DAYS <= days)
        for record, codes in laid.execute(_OF, [asked])
    }
    return {
        record: Guarded(
            record, row["file"], row["source_id"], date.fromisoformat(row["received_on"]), bases[row["base"]], parts[record]
        )
        for record, row in newest.items()
    }  # fmt: skip


_NEWEST = """
    select record_id, max(version), base, file, source_id, received_on from version
    where record_id in (select value from json_each(?)) and since <= ? group by record_id
"""
_OF = "select record_id, parts from parts where record_id in (select value from json_each(?))"


@lru_cache(maxsize=2)
def _bases(build: Build) -> dict[int, Fact]:
    return {
        row["base"]: Fact(
            row["agency"], row["kind"], row["handling"], row["sensitivity"], Cohort(row["cohort"])
        )
        for row in _laid(build).execute("select * from base")
    }


def _laid(build: Build) -> sqlite3.Connection:
    if not (build.folder / GUARDS).is_file():
        raise BuildOutdated(
            N_(
                "The area was last built by a version of Engage that did not lay down who may see each record."
            ),
            remedy=N_("Build it again: engage build AREA (every id stays)."),
        )
    return build.laid(GUARDS)
