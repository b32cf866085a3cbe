"""What does a build lay down so that one person can be checked against all its records in milliseconds?

In the build's folder, beside the stores: the records as linking cleaned them, by number; every key with the records that hold it, in
the order of the keys; the model, and the days of birth that stand for "not known". Keys that too many records hold are left out, as
in linking, unless they tell of one person; those that a single record holds stay, because the person who is asked about may be its
second.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import adbc_driver_sqlite.dbapi as adbc

from engage.identities.linking.candidates import LARGEST, TELLING
from engage.identities.linking.model import Model
from engage.identities.linking.scoring import COMPARED, shares_sql


RECORDS, KEYS, NUMBERS = "checks.sqlite3", "check_keys.uint64", "check_numbers.uint32"
MODEL, DAYS = "check_model.json", "check_days.json"
ROWS_AT_ONCE = 100_000
_RECORD = f"""
    select to_json(struct_pack(*columns(r.*), forename_share := f.share, surname_share := s.share))::varchar as content
    from link_record r
    left join ({shares_sql("forename", COMPARED)}) f using (forename) left join ({shares_sql("surname", COMPARED)}) s using (surname)
    order by r.record_number
"""
_KEPT = f"""
    select key, record_number::uinteger as number from link_every_key
    anti join (select key from link_counted_key where records > {LARGEST} and code not in ({TELLING})) using (key) order by key, number
"""


def lay(connection: Any, model: Model, folder: Path) -> None:
    """Write them into the folder. Reads `link_record`, `link_key`, `link_every_key`, `link_counted_key` and `link_usual_day`."""
    (folder / MODEL).write_text(model.to_json(), encoding="utf-8")
    days = connection.execute("select day::varchar from link_usual_day order by day").fetchall()
    (folder / DAYS).write_text(json.dumps([day for (day,) in days]), encoding="utf-8")
    _lay_records(connection, folder / RECORDS)
    _lay_keys(connection, folder)


def _lay_records(connection: Any, file: Path) -> None:
    """The place of a record in the table is its number: they are laid down in that order, from 1."""
    target = adbc.connect(str(file), autocommit=True)
    try:
        with target.cursor() as cursor:
            cursor.execute("pragma journal_mode = off")
            cursor.execute("pragma synchronous = off")
            cursor.execute("create table record (content text)")
            rows = connection.sql(_RECORD).to_arrow_reader(ROWS_AT_ONCE)
            cursor.adbc_ingest("record", rows, mode="append")
    finally:
        target.close()


def _lay_keys(connection: Any, folder: Path) -> None:
    with (folder / KEYS).open("wb") as keys, (folder / NUMBERS).open("wb") as numbers:
        for batch in connection.sql(_KEPT).to_arrow_reader(10 * ROWS_AT_ONCE):
            for column, file in enumerate((keys, numbers)):
                batch.column(column).to_numpy().tofile(file)


def usual_days(folder: Path) -> frozenset[date]:
    """The days of birth that stand for "not known" in a build; none in one that laid down nothing to check by."""
    file = folder / DAYS
    days = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    return frozenset(map(date.fromisoformat, days))
