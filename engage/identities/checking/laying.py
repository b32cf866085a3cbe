"""What does a build lay down so that one person can be checked against all its records in milliseconds?

In the build's folder, beside the stores: the records as linking cleaned them, by number; every key with the records that hold it, in
the order of the keys; the model, how usual each name is, and the days of birth that stand for "not known"; and on what it is decided
who may see each record.

Keys that too many records hold are left out, as in linking, unless they tell of one person; those that a single record holds stay,
because the person who is asked about may be its second.

What waits beside a build is laid down alike, but how usual a name is can be told by the whole area only: a delivery of one record
would find each of its names borne by everybody. So a waiting room takes that from the build that is served.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from engage.identities.guards import guarding
from engage.identities.linking.candidates import LARGEST, TELLING
from engage.identities.linking.model import FREQUENCY_COLUMNS, Model
from engage.identities.linking.scoring import COMPARED, shares_sql
from engage.store.laid import ROWS_AT_ONCE, lay_table


RECORDS, KEYS, NUMBERS = "checks.sqlite3", "check_keys.uint64", "check_numbers.uint32"
MODEL, DAYS, NAMES = "check_model.json", "check_days.json", "check_names.sqlite3"
# Under no name stands the share of one that a single record bears: so rare is a name that nobody bears yet.
LONE = ""
_SHARES = " union all ".join(
    f"select '{column}' as field, {column} as name, share from ({shares_sql(column, COMPARED)}) "
    f"union all select '{column}', '{LONE}', 1.0 / count({column}) from {COMPARED} having count({column}) > 0"
    for column in FREQUENCY_COLUMNS
)
_RECORD = """
    select to_json(struct_pack(*columns(r.*), forename_share := f.share, surname_share := s.share))::varchar as content
    from link_record r
    left join link_name_share f on f.field = 'forename' and f.name = r.forename
    left join link_name_share s on s.field = 'surname' and s.name = r.surname
    order by r.record_number
"""
_KEPT = f"""
    select key, record_number::uinteger as number from link_every_key
    anti join (select key from link_counted_key where records > {LARGEST} and code not in ({TELLING})) using (key) order by key, number
"""


def lay(connection: Any, model: Model, folder: Path, *, served: Path | None = None) -> None:
    """Write them into the folder. Reads `link_record`, `link_key`, `link_every_key`, `link_counted_key` and `link_usual_day`.

    `served` is the folder of the build beside which this waits: how usual names are is taken from there."""
    (folder / MODEL).write_text(model.to_json(), encoding="utf-8")
    days = connection.execute("select day::varchar from link_usual_day order by day").fetchall()
    (folder / DAYS).write_text(json.dumps([day for (day,) in days]), encoding="utf-8")
    if served:
        shutil.copyfile(served / NAMES, folder / NAMES)
        _take_shares(connection, folder)
    else:
        connection.execute(f"create or replace temp table link_name_share as {_SHARES}")
        _lay_names(connection, folder / NAMES)
    _lay_records(connection, folder / RECORDS)
    connection.execute("drop table link_name_share")
    _lay_keys(connection, folder)
    guarding.lay(connection, folder)


def _take_shares(connection: Any, folder: Path) -> None:
    """Make `link_name_share` of the names that are here, from those that were laid down."""
    laid = sqlite3.connect(folder / NAMES)
    found: list[tuple[str, str, float]] = []
    try:
        for column in FREQUENCY_COLUMNS:
            sql = f"select distinct {column} from link_record where {column} is not null order by 1"
            names = [name for (name,) in connection.execute(sql).fetchall()]
            found += [(column, name, share) for name, share in shares_of(laid, column, names).items()]
    finally:
        laid.close()
    layout = pa.schema([("field", pa.string()), ("name", pa.string()), ("share", pa.float64())])
    rows = [dict(zip(layout.names, row, strict=True)) for row in found]
    connection.register("link_name_share_taken", pa.Table.from_pylist(rows, schema=layout))
    connection.execute("create or replace temp table link_name_share as select * from link_name_share_taken")
    connection.unregister("link_name_share_taken")


def shares_of(laid: sqlite3.Connection, field: str, names: Iterable[str]) -> Mapping[str, float]:
    """How usual each name is: the share of the records that bear it, of those that bear one. `laid` is what `NAMES` holds."""
    asked = list(names)
    sql = "select name, share from name_share where field = ? and name in (select value from json_each(?))"
    found: dict[str, float] = dict(laid.execute(sql, [field, json.dumps([LONE, *asked])]).fetchall())
    lone = found.pop(LONE, None)
    return found if lone is None else {name: found.get(name, lone) for name in asked}


def _lay_names(connection: Any, file: Path) -> None:
    layout = (
        "create table name_share (field text, name text, share real, primary key (field, name)) without rowid"
    )
    sql = "select * from link_name_share order by field, name"
    lay_table(connection, file, layout=layout, table="name_share", sql=sql)


def _lay_records(connection: Any, file: Path) -> None:
    """The place of a record in the table is its number: they are laid down in that order, from 1."""
    lay_table(connection, file, layout="create table record (content text)", table="record", sql=_RECORD)


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
