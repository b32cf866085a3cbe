"""On what is it decided who may see a record, and what joining it rests on: as it was known on each day?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from engage.identities.guards import guarding
from engage.records.tables import DERIVED_TABLES
from engage.store.laid import Laid
from engage.store.warehouse import BuildOutdated
from engage.vocabulary.access import Cohort, Fact
from tests.spec.identities.towns import drawn


# A person record, corrected on 1 March into a more sensitive one; a secret name and a phone came later.
ROWS = {
    "person_record": """
        record_id | version | known_from_on | agency | file    | source_id | handling | sensitivity | cohort | received_on
        A         | 1       | 2026-01-05    | police | persons | 7         |          | normal      | case   | 2026-01-05
        A         | 2       | 2026-03-01    | police | persons | 7         |          | high        | case   | 2026-03-01
        B         | 1       | 2026-02-01    | health | persons | 8         |          | normal      | case   | 2026-02-01
    """,
    "person_name": """
        record_id | person_record_id | version | known_from_on | agency | file    | source_id | handling | sensitivity | cohort | received_on | kind
        A/alias   | A                | 1       | 2026-02-10    | police | persons | 7         | C        | normal      | case   | 2026-02-10  | alias
    """,
    "identifier": """
        record_id | person_record_id | version | known_from_on | agency | file    | source_id | handling | sensitivity | cohort | received_on | kind
        B/pnc     | B                | 1       | 1900-01-01    | police | persons | 8         | S        | normal      | case   | 1900-01-01  | pnc_id
    """,
    "contact_point": """
        record_id | version | known_from_on | agency | file    | source_id | handling | sensitivity | cohort | received_on | kind
        A/phone   | 1       | 2026-01-05    | police | persons | 7         | S        | normal      | case   | 2026-01-05  | phone
    """,
    "relationship": """
        record_id | from_record_id | to_record_id | version | known_from_on | agency | file    | source_id | handling | sensitivity | cohort | received_on
        A/uses    | A              | A/phone      | 1       | 2026-02-20    | police | persons | 7         |          | normal      | case   | 2026-02-20
    """,
}


class Folder:
    """As much of a build as is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.laid = Laid(folder).connection


@pytest.fixture
def laid(tmp_path: Path) -> Any:
    connection = duckdb.connect()
    layouts = {table.name: table for table in DERIVED_TABLES}
    for name in (*ROWS, "location"):
        columns = ", ".join(f"{column.name} {column.type}" for column in layouts[name].columns)
        connection.execute(f"create table {name} ({columns})")
    for name, table in ROWS.items():
        for row in drawn(table):
            marks = ", ".join("?" * len(row))
            connection.execute(f"insert into {name} ({', '.join(row)}) values ({marks})", list(row.values()))
    guarding.lay(connection, tmp_path)
    return Folder(tmp_path)


def part(kind: str, handling: str = "", sensitivity: str = "normal") -> Fact:
    return Fact("police", kind, handling, sensitivity, Cohort.CASE)


@pytest.mark.parametrize(
    ("on", "itself", "parts"),
    [
        (date(2026, 1, 5), part("person_record"), {part("person_record")}),
        (date(2026, 2, 10), part("person_record"), {part("person_record"), part("person_name", "C")}),
        # The phone is known since January, that the person uses it since 20 February.
        (date(2026, 2, 20), part("person_record"), {part("person_record"), part("person_name", "C"), part("relationship"), part("contact_point", "S")}),
        # What the record said before guards a join still: it may rest on it.
        (date(2026, 3, 1), part("person_record", sensitivity="high"),
         {part("person_record"), part("person_record", sensitivity="high"), part("person_name", "C"), part("relationship"), part("contact_point", "S")}),
    ],
)  # fmt: skip
def test_a_record_is_guarded_by_what_was_known_by_the_day(
    laid: Any, on: date, itself: Fact, parts: set[Fact]
) -> None:
    found = guarding.guarded(laid, ["A", "nobody"], on)

    assert found.keys() == {"A"}
    assert (found["A"].itself, set(found["A"].parts)) == (itself, parts)
    assert (found["A"].file, found["A"].source_id) == ("persons", "7")
    assert found["A"].received_on == (date(2026, 3, 1) if on == date(2026, 3, 1) else date(2026, 1, 5))


def test_what_is_dated_long_ago_guards_too(laid: Any) -> None:
    found = guarding.guarded(laid, ["B"], date(2026, 2, 1))["B"]
    assert part("identifier", "S") in found.parts


def test_of_a_record_that_was_not_known_yet_there_is_nothing(laid: Any) -> None:
    assert guarding.guarded(laid, ["A", "B"], date(2026, 1, 4)) == {}
    assert guarding.guarded(laid, ["A", "B"], date(2026, 2, 1)).keys() == {"A", "B"}


def test_a_build_without_it_asks_to_be_built_again(tmp_path: Path) -> None:
    with pytest.raises(BuildOutdated, match="engage build"):
        guarding.guarded(Folder(tmp_path), ["A"], date(2026, 1, 5))  # type: ignore[arg-type]
