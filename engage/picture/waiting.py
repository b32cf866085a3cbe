"""What came since the build, laid out so that it is found by searching: by the same tables, of the fresh records only.

Whoever reads a waiting room decides on its rows as on a build's. What the build knows of reasons about the same people comes with
them, or a pupil's new name would stay hidden from those who may see the pupil.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from engage.picture import build as picture_build
from engage.store.warehouse import Build


_OF = """
    select r.person_id, r.agency, b.handling, b.sensitivity, b.cohort, r.kind, r.known_from_on, r.known_until_on
    from reason r join access_base b using (access_base) where r.person_id in (select value from json_each(?))
"""
_BASE = "agency = ? and handling = ? and sensitivity = ? and cohort = ?"


def lay_out(connection: Any, *, pages_file: Path, served: Build, as_of: date) -> None:
    """Make the pages' tables of a waiting room, for the records that its `person_of_record` names; with the served build's reasons."""
    picture_build.build(connection, pages_file=pages_file, as_of=as_of)
    people = connection.execute("select distinct person_id from person_of_record order by 1").fetchall()
    known = served.pages().execute(_OF, [json.dumps([person for (person,) in people])]).fetchall()
    pages = sqlite3.connect(pages_file)
    try:
        for row in known:
            _take_reason(pages, *row)
        pages.commit()
    finally:
        pages.close()


def _take_reason(pages: sqlite3.Connection, person: str, agency: str, *about: Any) -> None:
    """Put one reason of the served build among those that are here, under the number that what it is decided on has here."""
    base, (kind, known_from, known_until) = [agency, *about[:3]], about[3:]
    found = pages.execute(f"select access_base from access_base where {_BASE}", base).fetchone()
    if found is None:
        found = pages.execute("select coalesce(max(access_base), 0) + 1 from access_base").fetchone()
        pages.execute(
            "insert into access_base (access_base, agency, handling, sensitivity, cohort) values (?, ?, ?, ?, ?)", [*found, *base]
        )  # fmt: skip
    pages.execute(
        "insert into reason (person_id, agency, access_base, kind, known_from_on, known_until_on) values (?, ?, ?, ?, ?, ?)",
        [person, agency, *found, kind, known_from, known_until],
    )
