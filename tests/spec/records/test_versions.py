"""Which content did a record have, and from when until when was it known, whatever order things came in?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.records.tables import DERIVED_TABLES
from tests.effort import examples
from tests.spec.records.conftest import Desk


VERSIONS = (
    "select source_id, version, surname, known_from_on::varchar, known_until_on::varchar, ended_by "
    "from person_record order by source_id, version"
)
JAN, FEB, MAR, APR = "2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"
A, B = "1,Ash,Demi\n", "1,Birch,Demi\n"
OTHER = "2,Cole,Sam\n"


@pytest.mark.parametrize(
    ("sent", "versions"),
    [
        pytest.param([(JAN, A)], [("1", 1, "Ash", JAN, None, None)], id="once"),
        pytest.param([(JAN, A), (FEB, A)], [("1", 1, "Ash", JAN, None, None)], id="the same content again"),
        pytest.param(
            [(JAN, A), (FEB, B)],
            [("1", 1, "Ash", JAN, FEB, "superseded"), ("1", 2, "Birch", FEB, None, None)],
            id="superseded",
        ),
        pytest.param(
            [(JAN, A), (FEB, B), (MAR, A)],
            [
                ("1", 1, "Ash", JAN, FEB, "superseded"),
                ("1", 2, "Birch", FEB, MAR, "superseded"),
                ("1", 3, "Ash", MAR, None, None),
            ],
            id="back to what it was",
        ),
        pytest.param(
            [(JAN, A + OTHER), (FEB, OTHER)],
            [("1", 1, "Ash", JAN, FEB, "withdrawn"), ("2", 1, "Cole", JAN, None, None)],
            id="withdrawn by a later full delivery",
        ),
        pytest.param(
            [(JAN, A + OTHER), (FEB, OTHER), (MAR, A + OTHER)],
            [
                ("1", 1, "Ash", JAN, FEB, "withdrawn"),
                ("1", 2, "Ash", MAR, None, None),
                ("2", 1, "Cole", JAN, None, None),
            ],
            id="reappearing",
        ),
        pytest.param(
            [(JAN, A + OTHER), (FEB, B + OTHER), (MAR, OTHER), (APR, OTHER)],
            [
                ("1", 1, "Ash", JAN, FEB, "superseded"),
                ("1", 2, "Birch", FEB, MAR, "withdrawn"),
                ("2", 1, "Cole", JAN, None, None),
            ],
            id="superseded, then withdrawn",
        ),
        pytest.param([(JAN, A + A)], [("1", 1, "Ash", JAN, None, None)], id="the same row twice in a file"),
    ],
)
def test_versions_of_full_deliveries(
    persons: Callable[..., Desk], sent: list[tuple[str, str]], versions: list[tuple[Any, ...]]
):
    desk = persons()
    for day, rows in sent:
        desk.send(day, {"persons.csv": "id,surname,forename\n" + rows})
    assert desk.rows(VERSIONS) == versions


def test_a_partial_delivery_withdraws_nothing(persons: Callable[..., Desk]):
    desk = persons()
    desk.send(JAN, {"persons.csv": "id,surname,forename\n" + A}, extent="partial")
    desk.send(FEB, {"persons.csv": "id,surname,forename\n" + OTHER}, extent="partial")
    assert [row[-1] for row in desk.rows(VERSIONS)] == [None, None]


@pytest.mark.parametrize(
    ("sent", "versions"),
    [
        pytest.param(
            [(FEB, FEB, A), (MAR, JAN, A)], [("Ash", JAN, "1-test")], id="an older extract, the same"
        ),
        pytest.param(
            [(FEB, FEB, B), (MAR, JAN, A)],
            [("Ash", JAN, "2-test"), ("Birch", FEB, "1-test")],
            id="an older extract with other content",
        ),
        pytest.param([(JAN, JAN, A), (FEB, FEB, A), (MAR, MAR, A)], [("Ash", JAN, "1-test")], id="in order"),
        pytest.param(
            [(JAN, JAN, A), (FEB, FEB, B), (MAR, MAR, A)],
            [("Ash", JAN, "1-test"), ("Birch", FEB, "2-test"), ("Ash", MAR, "3-test")],
            id="back to what it was",
        ),
    ],
)
def test_a_version_comes_from_the_delivery_that_truly_brought_it_first(
    desk: Desk, sent: list[tuple[str, str, str]], versions: list[tuple[Any, ...]]
):
    desk.map(
        "received: sent\nfiles: {persons: {id: id, makes: [person: {surname: surname, forename: forename}]}}"
    )
    for came, said, row in sent:
        text = f"id,surname,forename,sent\n{row.strip()},{said}\n"
        desk.send(came, {"persons.csv": text}, extent="partial")
    asked = "select surname, known_from_on::varchar, delivery_id from person_record order by version"
    assert desk.rows(asked) == versions


SENT = "received: sent\nfiles: {persons: {id: id, makes: [person: {surname: surname, forename: forename}]}}"
ASH, BIRCH, COLE = "1,Ash,Demi", "1,Birch,Demi", "2,Cole,Sam"


@pytest.mark.parametrize(
    ("sent", "versions"),
    [
        pytest.param(
            [(FEB, FEB, [BIRCH]), (MAR, JAN, [ASH])],
            [("1", 1, "Ash", JAN, FEB, "superseded"), ("1", 2, "Birch", FEB, None, None)],
            id="an older extract that holds the record ends nothing",
        ),
        pytest.param(
            [(FEB, FEB, [BIRCH, COLE]), (MAR, JAN, [ASH, COLE]), (APR, APR, [COLE])],
            [
                ("1", 1, "Ash", JAN, FEB, "superseded"),
                ("1", 2, "Birch", FEB, APR, "withdrawn"),
                ("2", 1, "Cole", JAN, None, None),
            ],
            id="withdrawn is what was known last, not what came last",
        ),
        pytest.param(
            [(FEB, JAN, [ASH, COLE]), (MAR, MAR, [COLE]), (APR, JAN, [ASH, COLE])],
            [
                ("1", 1, "Ash", JAN, MAR, "withdrawn"),
                ("1", 2, "Ash", APR, None, None),
                ("2", 1, "Cole", JAN, None, None),
            ],
            id="what came back is known from the day it came back",
        ),
    ],
)
def test_what_a_full_delivery_holds_goes_by_its_number(
    desk: Desk, sent: list[tuple[str, str, list[str]]], versions: list[tuple[Any, ...]]
):
    desk.map(SENT)
    for came, said, rows in sent:
        desk.send(
            came, {"persons.csv": "id,surname,forename,sent\n" + "".join(f"{r},{said}\n" for r in rows)}
        )
    assert desk.rows(VERSIONS) == versions


def test_two_contents_of_one_id_in_a_file_leave_one_current_and_say_so(persons: Callable[..., Desk]):
    desk = persons()
    desk.send(JAN, {"persons.csv": "id,surname,forename\n" + A + B})
    assert desk.rows("select surname from person_record where known_until_on is null") == ["Birch"]
    assert desk.rows("select row_number, severity, value from reject") == [(2, "flagged", "1")]


def test_what_came_after_the_day_is_not_yet_known(persons: Callable[..., Desk]):
    desk = persons()
    for day, rows in [(JAN, A + OTHER), (FEB, B)]:
        desk.send(day, {"persons.csv": "id,surname,forename\n" + rows})
    desk.build(as_of=date(2024, 1, 15))
    assert desk.rows(VERSIONS) == [("1", 1, "Ash", JAN, None, None), ("2", 1, "Cole", JAN, None, None)]


def _built(deliveries: list[tuple[str, list[tuple[int, str]]]], turn: int) -> list[Any]:
    """What is known after the deliveries, with the rows of each turned round."""
    with TemporaryDirectory() as name:
        desk = Desk(Path(name))
        desk.map("files: {persons: {id: id, makes: [person: {surname: surname}]}}")
        for day, rows in deliveries:
            turned = rows[turn % max(len(rows), 1) :] + rows[: turn % max(len(rows), 1)]
            desk.send(day, {"persons.csv": "id,surname\n" + "".join(f"{i},{s}\n" for i, s in turned)})
        found = desk.rows(VERSIONS)
        desk.connection.close()
        return found


_ROWS = st.dictionaries(st.integers(1, 3), st.sampled_from(["Ash", "Birch"]), min_size=1).map(
    lambda d: list(d.items())
)


@pytest.mark.slow
@settings(max_examples=examples(10), suppress_health_check=[HealthCheck.too_slow])
@given(months=st.lists(_ROWS, min_size=1, max_size=4), turn=st.integers(0, 3))
def test_known_days_follow_from_the_deliveries_and_not_from_the_order_of_rows(
    months: list[list[tuple[int, str]]], turn: int
):
    deliveries = [(f"2024-{n:02}-01", rows) for n, rows in enumerate(months, 1)]
    found = _built(deliveries, 0)
    assert found == _built(deliveries, turn)
    for day, rows in deliveries:  # on the day of each delivery exactly its rows are known
        known = {(int(r[0]), r[2]) for r in found if r[3] <= day and (r[4] is None or r[4] > day)}
        assert known == set(rows)


MERGED = """
files:
  persons: {match: 'p*.csv', id: REF, makes: [person: {surname: NAME}]}
  merges: {match: 'm*.csv', id: OLD, makes: [merge: {old: {persons: OLD}, new: {persons: NEW}}]}
"""


@pytest.mark.parametrize(
    "second",
    [
        "REF,NAME\n",
        'REF,NAME\n1,"open\n2,x\n',
        "REF,NAME\n1,Ash\n2,Birch,z,q\n",
        "REF,NAME\n1,Ash\n,Birch\n",
    ],
)
def test_a_record_that_may_be_one_that_could_not_be_read_is_not_withdrawn(desk: Desk, second: str):
    desk.map(MERGED)
    desk.send("2026-01-01", {"p.csv": "REF,NAME\n1,Ash\n2,Birch\n"})
    desk.send("2026-02-01", {"p.csv": second})
    assert desk.rows("select source_id from person_record where ended_by = 'withdrawn'") == []
    told = desk.rows("select file, row_number, severity from reject where column_name = '(file)'")
    assert told == [("persons", 0, "flagged")]


def test_a_sources_own_merges_are_a_table_that_is_declared_and_every_table_made_is(desk: Any):
    desk.map("""
files:
  people: {id: ref, makes: [person: {surname: surname}]}
  merges: {id: old, handling: code, makes: [merge: {old: {people: old}, new: {people: new}}]}
""")
    files = {"people.csv": "ref,surname\n1,Ash\n2,Ash\n3,Ash\n", "merges.csv": "old,new,code\n1,2,P\n2,3,C\n"}
    desk.send("2023-01-02", files)

    assert desk.rows("select old_record_id, new_record_id, agency, file, handling from source_merge") == [
        ("qx:police:people:1", "qx:police:people:3", "police", "merges", "C"),
        ("qx:police:people:2", "qx:police:people:3", "police", "merges", "C"),
    ]
    made = desk.rows(
        "select table_name, list(column_name order by ordinal_position) from information_schema.columns where table_schema = 'main' and table_catalog <> 'temp' group by 1"
    )
    declared = {table.name: list(table.column_names()) for table in DERIVED_TABLES}
    assert dict(made) == declared
