"""Draw a few records as a small table, in a town of other people; link them; say who was joined with whom."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from engage.identities.build import LinkResult, build, shipped_model
from engage.records.tables import DERIVED_TABLES
from engage.store.warehouse import connect


AS_OF = date(2026, 4, 6)
_FIRST = ["Ada", "Bela", "Cyril", "Dinah", "Ezra", "Flora", "Gideon", "Hester", "Ivor", "Jemima", "Kenelm", "Lettice", "Magnus", "Nerys",
          "Osbert", "Prudence", "Quentin", "Rhoda", "Silas", "Tabitha", "Ursula", "Verity", "Wystan", "Xanthe", "Yorick", "Zelda"]  # fmt: skip
_LAST = ["Abney", "Birtwhistle", "Cadwallader", "Dalrymple", "Entwistle", "Fothergill", "Gathercole", "Hollingbery", "Inchbald",
         "Jellicoe", "Killigrew", "Lightbody", "Micklethwait", "Nettlefold", "Ollerenshaw", "Pauncefoot", "Quartermain"]  # fmt: skip

# The rows of each table of the store.
Tables = dict[str, list[dict[str, Any]]]


def drawn(table: str) -> list[dict[str, str]]:
    """The rows of a table drawn with | between its columns."""
    lines = [
        [cell.strip() for cell in line.split("|")]
        for line in table.strip().splitlines()
        if not set(line) <= set("-+ ")
    ]
    return [dict(zip(lines[0], row, strict=True)) for row in lines[1:]]


# Two people with two records each: a and b, c and d.
MAUD_AND_EDITH = drawn("""
    id | forename | surname   | born       | sex    | address     | nhs_number
    a  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | 9990000018
    b  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | 9990000018
    c  | Edith    | Oakhanger | 2009-02-03 | female | 9 Mill Lane |
    d  | Edith    | Oakhanger | 2009-02-03 | female | 9 Mill Lane |
""")


def neighbours(count: int = 300) -> list[dict[str, str]]:
    """Other people of the town, the same each time; every third is held by two agencies."""
    chance = random.Random(7)
    rows = []
    for number in range(count):
        born = date(1950, 3, 4) + timedelta(days=chance.randrange(25_000))
        row = {
            "id": f"n{number:04}", "forename": chance.choice(_FIRST), "surname": chance.choice(_LAST) + chance.choice(["", "", "son", "ley"]),
            "born": born.isoformat(), "sex": chance.choice(["female", "male"]), "address": f"{number} Neighbour Street", "phone": f"07000{number:06}",
        }  # fmt: skip
        rows.append(row)
        if number % 3 == 0:
            rows.append({**row, "id": f"n{number:04}b", "agency": "education"})
    return rows


def store(rows: list[dict[str, str]]) -> Any:
    """An exchange store in memory with these records. `born` is a date, `from..until`, or nothing."""
    connection = connect(None, threads=1)
    for table in DERIVED_TABLES:
        connection.execute(table.create_sql())
    tables: Tables = defaultdict(list)
    for number, row in enumerate(rows):
        _insert(tables, number, row)
    for table, values in tables.items():
        names = sorted({name for one in values for name in one})
        columns = {name: [one.get(name) for one in values] for name in names}
        connection.register("drawn_rows", pa.table(columns))
        connection.execute(f"insert into {table} by name select * from drawn_rows")
        connection.unregister("drawn_rows")
    return connection


def link(table: str, *, seed: int = 1) -> tuple[set[frozenset[str]], Any, LinkResult]:
    """Link the drawn records among the neighbours. Returns the groups of drawn ids with more than one, the store, the result."""
    rows = drawn(table)
    connection = store([*rows, *neighbours()])
    result = build(connection, as_of=AS_OF, seed=seed, model=shipped_model(connection))
    return groups(connection, {row["id"] for row in rows}), connection, result


def groups(connection: Any, ids: set[str]) -> set[frozenset[str]]:
    """Groups of more than one among these source ids."""
    found: dict[str, set[str]] = {}
    for record_id, cluster in connection.execute("select record_id, cluster from cluster").fetchall():
        if record_id.split(":")[3] in ids:
            found.setdefault(cluster, set()).add(record_id.split(":")[3])
    return {frozenset(members) for members in found.values() if len(members) > 1}


def record_id(row: dict[str, str]) -> str:
    return f"zz:{row.get('agency', 'police')}:persons:{row['id']}"


def _born(text: str) -> tuple[date | None, date | None, str]:
    if not text:
        return None, None, "unknown"
    if ".." in text:
        first, last = text.split("..")
        return date.fromisoformat(first), date.fromisoformat(last), "about"
    day = date.fromisoformat(text)
    return day, day + timedelta(days=1), "day"


def _put(tables: Tables, table: str, number: int, row: dict[str, str], what: str, **values: Any) -> None:
    own = record_id(row) + what
    base = {
        "record_id": own, "agency": row.get("agency", "police"), "file": "persons", "source_id": row["id"], "delivery_id": "d1", "row_number": number,
        "version": 1, "received_on": date(2026, 1, 1), "known_from_on": date(2026, 1, 1), "cohort": row.get("cohort", "case"),
        "handling": row.get("handling", ""), "sensitivity": "standard", **values,
    }  # fmt: skip
    tables[table].append(base)


def _insert(tables: Tables, number: int, row: dict[str, str]) -> None:
    born_from, born_until, precision = _born(row.get("born", ""))
    full = " ".join(part for part in (row.get("forename"), row.get("surname")) if part)
    _put(
        tables, "person_record", number, row, "", forename=row.get("forename") or None, surname=row.get("surname") or None, full_name=full,
        birth_from_on=born_from, birth_until_on=born_until, birth_precision=precision, sex=row.get("sex") or None, is_partial=not row.get("surname"),
        ethnicity_text=row.get("ethnicity"), nationality_text=row.get("nationality"), religion_text=row.get("religion"),
    )  # fmt: skip
    own = record_id(row)
    if row.get("alias"):
        _put(
            tables,
            "person_name",
            number,
            row,
            "/alias",
            person_record_id=own,
            kind="alias",
            full_name=row["alias"],
        )
    for kind in ("nhs_number", "upn", "pnc_id"):
        if row.get(kind):
            _put(
                tables,
                "identifier",
                number,
                row,
                f"/{kind}",
                person_record_id=own,
                kind=kind,
                value=row[kind],
                is_valid=True,
            )
    if row.get("address"):
        _put(
            tables,
            "location",
            number,
            row,
            "/address",
            address=row["address"],
            address_key=row["address"].lower(),
        )
        _tie(tables, number, row, "/at", "location", f"{own}/address", "lives at")
    if row.get("phone"):
        _put(
            tables,
            "contact_point",
            number,
            row,
            "/phone",
            kind="phone",
            value=row["phone"],
            is_valid=True,
        )
        _tie(tables, number, row, "/uses", "contact_point", f"{own}/phone", "uses")
    if row.get("mother_of"):
        _tie(tables, number, row, "/of", "person", f"zz:police:persons:{row['mother_of']}", "mother of")


def _tie(tables: Tables, number: int, row: dict[str, str], what: str, thing: str, to: str, kind: str) -> None:
    _put(tables, "relationship", number, row, what, from_thing="person", from_record_id=record_id(row), to_thing=thing, to_record_id=to,
         kind=kind, happened_precision="unknown")  # fmt: skip
