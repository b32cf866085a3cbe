"""Who is found by which words, drawn; and that nothing hidden is found, counted, or in the way."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engage.governance import actions as governance
from engage.identities.models import PersonAssignment
from engage.picture import queries
from engage.picture.rules import Sought
from engage.picture.search import index
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]
PEOPLE = """
    id | agency             | person | name                | alias         | born       | upn           | address            | postcode | phone       | cohort   | handling
    ---+--------------------+--------+---------------------+---------------+------------+---------------+--------------------+----------+-------------+----------+---------
    1  | childrens_services | ANA    | Ana Petal           | Anna Wildrose | 2010-03-01 | X999000000001 | 12 Reed Close      | QX1 1AA  |             |          |
    2  | police             | ELI    | Elizabeth O'Shea    |               | 2009-05-05 |               | Flat 3, Quay House | QX2 2BB  | 07000123456 |          |
    3  | police             | MOH    | Mohammed Kowalczyk  |               | 1988-01-01 |               |                    |          | 07000987654 |          |
    4  | police             | CHR    | Christopher Wright  |               |            |               | 121 Reed Close     | QX1 1AB  |             |          |
    5  | police             | ZED    | Zuzanna Nowak-Smith | Zuzia         |            |               |                    |          |             |          |
    6  | education          | REG    | Rosalind Register   |               |            | X999000000002 | 12 Reed Close      | QX1 1AA  | 07000555555 | register |
    7  | police             | SEC    | Secretia Hidden     | Petal Hidden  |            |               | 12 Reed Close      | QX1 1AA  | 07000777777 |          | C
"""
EVENTS = """
    id | agency | who             | plate   | handling
    ---+--------+-----------------+---------+---------
    e1 | police | police/3 driver | QQ11ABC |
    e2 | police | police/4 driver | QQ99XYZ | C
"""


@pytest.fixture
def town(world: World) -> World:
    world.people(PEOPLE).events(EVENTS).served()
    return world


def found(world: World, viewing: Viewing, words: str) -> list[str]:
    return [
        f.person_id
        for f in queries.search(viewing=viewing, build=world.warehouse.current(), sought=Sought(words)).found
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ana Petal", ["ANA"]),
        ("petal ana", ["ANA"]),
        ("Anna Pettal", ["ANA"]),
        ("wildrose", ["ANA"]),
        ("Liz O'Shea", ["ELI"]),
        ("Lizzie Oshea", ["ELI"]),
        ("Elisabeth", ["ELI"]),
        ("Eliza", ["ELI"]),
        ("Muhammad Kovalczyk", ["MOH"]),
        ("Mohamed", ["MOH"]),
        ("Kristofer Right", ["CHR"]),
        ("chris wright", ["CHR"]),
        ("Nowak", ["ZED"]),
        ("zuzia smith", ["ZED"]),
        ("07000 123456", ["ELI"]),
        ("+44 7000 123456", ["ELI"]),
        ("9876", ["MOH"]),
        ("07000 98", ["MOH"]),
        ("QQ11 ABC", ["MOH"]),
        ("q11a", ["MOH"]),
        ("11ABC", ["MOH"]),
        ("abc", ["MOH"]),
        ("QQ?? ABC", ["MOH"]),
        ("reed close", ["ANA", "CHR"]),
        ("Close, Reed", ["ANA", "CHR"]),
        ("quay house", ["ELI"]),
        ("quay", ["ELI"]),
        ("house reed", []),
        ("QX2", ["ELI"]),
        ("qx1", ["ANA", "CHR"]),
        ("x999000000001", ["ANA"]),
        ("12 Reed Close", ["ANA"]),
        ("12 reed cl", ["ANA"]),
        ("121 Reed", ["CHR"]),
        ("QX2 2BB", ["ELI"]),
        ("qx22bb", ["ELI"]),
        ("Nobody Atall", []),
        ("", []),
        ("?", []),
        ("'; drop table find; --", []),
    ],
)
def test_found(town: World, viewing: Maker, words: str, expected: list[str]) -> None:
    assert found(town, viewing(), words) == expected


SPACED = """
    id | agency | person | name
    ---+--------+--------+---------------------
    1  | police | MCD    | Sean McDonald
    2  | police | ONE    | Jo O'Neill
    3  | police | MJW    | Mary Jane Watts
    4  | police | JOI    | Fatima Abdulrahman
    5  | police | APA    | Fatima Abdul Rahman
    6  | police | MAC    | Ida Mc Cready
    7  | police | OBR    | Nell O Brien
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sean Mc Donald", ["MCD"]),
        ("Mc Donald", ["MCD"]),
        ("Shaun Mc Donald", ["MCD"]),
        ("Jo O Neill", ["ONE"]),
        ("Jo O Neil", ["ONE"]),
        ("Mc Donld", ["MCD"]),
        ("Maryjane Watts", ["MJW"]),
        ("Maryjane Wats", ["MJW"]),
        ("Watts Maryjane", ["MJW"]),
        ("Maryjane", ["MJW"]),
        ("Fatima Abdulrahman", ["JOI", "APA"]),
        ("Fatima Abdul Rahman", ["APA", "JOI"]),
        ("Ida McCready", ["MAC"]),
        ("Nell O'Brien", ["OBR"]),
        ("Janewatts", ["MJW"]),
        ("Watts Janemary", []),
    ],
)
def test_a_space_more_or_less_is_no_other_name(
    world: World, viewing: Maker, words: str, expected: list[str]
) -> None:
    world.people(SPACED).served()
    assert found(world, viewing(), words)[: len(expected) or None] == expected


@pytest.mark.parametrize(
    "words",
    [
        "Rosalind Register",
        "X999000000002",
        "07000555555",
        "5555",
        "Secretia",
        "Petal Hidden",
        "07000777777",
        "QQ99XYZ",
        "99XY",
        "xyz",
    ],
)
def test_what_may_not_be_seen_is_not_found(town: World, viewing: Maker, words: str) -> None:
    assert "REG" not in found(town, viewing(), words)
    assert "SEC" not in found(town, viewing(), words)
    assert "CHR" not in found(town, viewing(), words)


@pytest.mark.parametrize("words", ["reed close", "close", "QX1"])
def test_a_street_or_district_leads_to_nobody_who_may_not_be_seen(
    town: World, viewing: Maker, words: str
) -> None:
    assert found(town, viewing(), words) == ["ANA", "CHR"]


def test_three_letters_find_both_names_and_plates(town: World, viewing: Maker) -> None:
    town.people("""
        id | agency | person | name
        ---+--------+--------+-----------
        8  | police | ABE    | Abc Larkin
    """).served(build_id="b2")

    assert found(town, viewing(), "abc") == ["ABE", "MOH"]


def test_the_school_itself_does_not_browse_its_register_and_its_police_find_their_own(
    town: World, viewing: Maker
) -> None:
    assert found(town, viewing(role="education_lead", agency="education"), "Rosalind Register") == []
    assert found(town, viewing(role="detective", agency="police"), "Secretia Hidden") == ["SEC"]
    assert found(town, viewing(role="detective", agency="police"), "QQ99XYZ") == ["CHR"]
    assert found(town, viewing(role="information_governance"), "Ana Petal") == []


def test_with_a_named_workers_reason_the_register_is_found(town: World, viewing: Maker) -> None:
    governance.give_reason(viewing=viewing(), person_id="REG", reason="A neighbour rang, worried.")

    assert found(town, viewing(), "Rosalind Register") == ["REG"]


def test_a_result_shows_only_values_that_the_viewer_may_see(world: World, viewing: Maker) -> None:
    world.people("""
        id | agency             | person | name       | alias        | born       | handling
        ---+--------------------+--------+------------+--------------+------------+---------
        1  | childrens_services | ANA    | Ana Petal  |              | 2010-03-01 |
        2  | police             | ANA    | Queen Bee  | Stingray     | 2011-01-01 | C
    """).served()

    assert found(world, viewing(), "Stingray") == []
    result = queries.search(viewing=viewing(), build=world.warehouse.current(), sought=Sought("Ana"))
    assert "Queen" not in repr(result)
    assert result.found[0].agencies == ("childrens_services",)
    assert result.found[0].matched == "Ana Petal"


def test_what_is_hidden_cannot_crowd_out_what_is_not(
    world: World, viewing: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "ROWS_MOST", 3)
    hidden = "".join(f"h{n} | police | H{n} | Ana Petal | C\n" for n in range(9))
    world.people(
        f"id | agency | person | name | handling\n---+---+---+---+---\n{hidden}1 | police | ZZZ | Ana Petal | "
    ).served()

    assert found(world, viewing(), "Ana Petal") == ["ZZZ"]


def test_closest_first_then_name_then_id(world: World, viewing: Maker) -> None:
    world.people("""
        id | agency | person | name
        ---+--------+--------+-----------
        1  | police | B      | Ana Petal
        2  | police | A      | Ana Petal
        3  | police | C      | Anna Petal
        4  | police | D      | Ana Petals
    """).served()

    assert found(world, viewing(), "Ana Petal")[:2] == ["A", "B"]
    assert set(found(world, viewing(), "Ana Petal")) == {"A", "B", "C", "D"}


def test_an_old_name_is_found_and_a_name_received_later_is_not_yet_known(
    world: World, viewing: Maker
) -> None:
    world.people("""
        id | agency | person | version | name      | received   | until
        ---+--------+--------+---------+-----------+------------+-----------
        1  | police | ANA    | 1       | Ana Reed  | 2026-01-05 | 2026-02-01
        1  | police | ANA    | 2       | Ana Petal | 2026-02-01 |
    """).served()

    assert found(world, viewing(), "Reed") == ["ANA"]
    assert found(world, viewing(as_of=date(2026, 1, 31)), "Petal") == []


def test_a_judgement_since_the_build_counts_in_the_list(town: World, viewing: Maker) -> None:
    PersonAssignment.objects.create(
        record_id="zz:police:persons:4", person_id="ANA", assigned_at=viewing().at, cause="judgement"
    )

    assert found(town, viewing(), "Christopher Wright") == ["ANA"]


@pytest.mark.parametrize(
    "words",
    [
        "Ana Petal",
        "12 Reed Close",
        "07000 123456",
        "9876",
        "11ABC",
        "QX1 1AA",
        "X999000000001",
        "Ana Wild Rose",
        "Annawildrose",
    ],
)
def test_nothing_is_read_but_by_index(town: World, viewing: Maker, words: str) -> None:
    pages = town.warehouse.current().pages()
    statements: list[str] = []
    pages.set_trace_callback(statements.append)
    found(town, viewing(), words)
    queries.person_page(viewing=viewing(), build=town.warehouse.current(), area=town.area, person_id="ANA")
    pages.set_trace_callback(None)

    large = _as_if_large(town)
    plans: list[Any] = [
        (row[3], statement)
        for statement in statements
        for row in large.execute(f"explain query plan {statement}").fetchall()
    ]
    small = re.compile(
        r"SCAN (json_each|wanted|access_base|covers|find_kind|\d* ?CONSTANT ROWS?|\(subquery|.*ROW VALUES)"
    )
    assert [p for p in plans if p[0].startswith("SCAN") and not small.match(p[0])] == []
    assert any("USING" in detail and "find_by_key" in detail for detail, _ in plans)


def _as_if_large(town: World) -> sqlite3.Connection:
    """The pages without what SQLite knows of their size: of so few rows it would rather read all than use an index."""
    copy = sqlite3.connect(":memory:")
    town.warehouse.current().pages().backup(copy)
    copy.execute("delete from sqlite_stat1")
    copy.commit()
    again = sqlite3.connect(":memory:")
    again.deserialize(copy.serialize())
    return again
