"""Which lines are laid out of drawn records, how strong they are, what is set aside, and who may see them."""

from __future__ import annotations

from datetime import date

import pytest

from engage.networks import queries, worklist
from engage.networks.seeing import lines_seen
from engage.picture.seeing import sight
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE = """
    id | agency             | person | name       | born       | address
    ---+--------------------+--------+------------+------------+------------
    1  | childrens_services | ANA    | Ana Petal  | 2010-03-01 | 3 Weir Lane
    2  | police             | ANA    | Ana Petal  | 2010-03-01 |
    3  | police             | BEA    | Bea Reed   | 2011-05-05 |
    4  | police             | MAX    | Max Tarn   | 1998-01-01 |
    5  | police             | MUM    | May Petal  | 1980-01-01 | 3 Weir Lane
    6  | police             | CAT    | Cat Moss   | 2010-07-07 |
    7  | police             | SUE    | Sue Worker | 1985-01-01 |
"""
# Each of the children carries a sign of harm.
HARM = """
    id | agency | who             | kind          | when
    ---+--------+-----------------+---------------+-----------
    h1 | police | police/2 victim | investigation | 2026-01-10
    h2 | police | police/3 victim | investigation | 2026-01-11
    h3 | police | police/6 victim | investigation | 2026-01-12
"""


@pytest.fixture
def world(area, db):
    return World(area).people(PEOPLE).events(HARM)


def of(world, viewing, person, **who):
    """The lines of a person, as: thing, how, strength, aside."""
    found = lines_seen(sight(viewing(**who), world.warehouse.current()))
    return sorted({(one.thing, one.how, one.strength, one.aside) for one in found if one.person_id == person})


OWN = {"role": "detective", "agency": "police"}


@pytest.mark.parametrize(
    ("grade", "strength", "aside"),
    [("", "confirmed", ""), ("2AP", "confirmed", ""), ("1 B P", "confirmed", ""), ("2DP", "tentative", ""), ("3AP", "tentative", ""), ("1EP", "tentative", "false"),
     ("B22", "confirmed", ""), ("B42", "tentative", ""), ("E11", "tentative", ""), ("A53", "tentative", "false")],
)  # fmt: skip
def test_a_line_is_as_strong_as_its_grade(world, viewing, grade, strength, aside):
    world.events(f"""
        id | agency | who                                 | kind         | when       | grade
        e1 | police | police/2 mentioned, police/4 subject | intelligence | 2026-02-01 | {grade}
    """).served()
    assert of(world, viewing, "MAX", **OWN) == [("event", "subject", strength, aside)]


def test_what_is_not_counted_and_why(world, viewing):
    world.ties("""
        agency | from     | kind      | to
        police | police/5 | mother of | police/2
    """).events("""
        id | agency | who                                              | kind     | when       | plate   | place
        e1 | police | police/2 missing person, police/7 reporting person | missing  | 2026-02-01 |         |
        e2 | police | police/3 missing person, police/7 reporting person | missing  | 2026-02-02 |         |
        e3 | police | police/6 missing person, police/7 reporting person | missing  | 2026-02-03 |         |
        e4 | police | police/2 passenger, police/7 driver              | stop     | 2026-02-04 | QQ11ABC |
        e5 | police | police/2 child present, police/4 suspect         | domestic | 2026-02-05 |         |
        e6 | police | police/2 victim, police/5 suspect                | crime    | 2026-02-06 |         |
        e7 | police | police/2 suspect, police/4 victim                | crime    | 2026-02-07 |         |
        e8 | police | police/2 subject, police/7 suspect               | crime    | 2026-02-08 |         |
    """).served()  # fmt: skip
    assert of(world, viewing, "SUE", **OWN) == [
        ("event", "driver", "confirmed", "work"), ("event", "reporting person", "confirmed", "bystander"), ("event", "suspect", "confirmed", ""),
        ("vehicle", "driver", "confirmed", "work"),
    ]  # fmt: skip
    assert of(world, viewing, "MAX", **OWN) == [
        ("event", "suspect", "confirmed", "household"),
        ("event", "victim", "confirmed", "bystander"),
    ]
    assert ("vehicle", "passenger", "confirmed", "work") in of(world, viewing, "ANA", **OWN)
    found = queries.of_concern(viewing=viewing(**OWN), build=world.warehouse.current(), area=world.area)
    assert found.found["person"] == ()
    assert {one.key for one in found.not_counted} == {"SUE", "MUM"}


TWO = """
    id | agency | who                                 | kind | when       | plate   | handling
    ---+--------+-------------------------------------+------+------------+---------+---------
    e1 | police | police/2 passenger, police/4 driver | stop | 2026-02-01 | QQ11ABC |
    e2 | police | police/3 passenger, police/4 driver | stop | 2026-02-10 | QQ11ABC | {}
"""


def concern(world, viewing, **who):
    found = queries.of_concern(viewing=viewing(**who), build=world.warehouse.current(), area=world.area)
    return {kind: [(one.key, one.children) for one in some] for kind, some in found.found.items() if some}


def test_what_a_viewer_may_not_see_links_nobody(world, viewing):
    world.events(TWO.format("C"))
    for role in world.rows["role"]:
        if role["event_record_id"].endswith("e2"):
            role["handling"] = "C"
    world.served()
    assert concern(world, viewing, **OWN) == {
        "person": [("MAX", ("ANA", "BEA"))],
        "vehicle": [("QQ11ABC", ("ANA", "BEA"))],
    }
    partner = {"role": "social_worker", "agency": "childrens_services"}
    assert concern(world, viewing, **partner) == {}


def test_what_was_not_known_by_a_day_links_nobody_then(world, viewing):
    world.events(
        TWO.format("")
        .replace("| QQ11ABC | ", "| QQ11ABC |")
        .replace("| handling", "| received")
        .replace("2026-02-10 | QQ11ABC |", "2026-02-10 | QQ11ABC | 2026-03-01")
    )
    world.served()
    assert "person" not in concern(world, viewing, **OWN, as_of=date(2026, 2, 28))
    assert concern(world, viewing, **OWN, as_of=date(2026, 3, 1))["person"] == [("MAX", ("ANA", "BEA"))]


def test_the_worklist_gains_whom_and_what_each_child_is_linked_to(world, viewing):
    world.events(TWO.format("")).served()
    found = worklist.worklist(viewing=viewing(**OWN), build=world.warehouse.current(), area=world.area)
    assert {row.person_id: row.joined["linked_people"] for row in found.rows} == {
        "ANA": ("MAX",),
        "BEA": ("MAX",),
        "CAT": (),
    }
    assert [row.person_id for row in found.rows][-1] == "CAT"


def line_bytes(world, build):
    cursor = build.analysis()
    try:
        tables = ("line", "line_access", "kin", "grouped")
        return repr([cursor.execute(f"select * from {table} order by all").fetchall() for table in tables])
    finally:
        cursor.close()


def test_ethnicity_nationality_and_religion_change_nothing(area, db):
    made = []
    for number, (one, other) in enumerate([("W1", "A2"), ("A2", "W1"), ("", "")]):
        world = World(area)
        world.people(f"""
            id | agency | person | name      | born       | ethnicity | nationality | religion
            2  | police | ANA    | Ana Petal | 2010-03-01 | {one}     | {one}       | {one}
            3  | police | BEA    | Bea Reed  | 2011-05-05 | {other}   | {one}       | {other}
            4  | police | MAX    | Max Tarn  | 1998-01-01 | {other}   | {other}     | {other}
            6  | police | CAT    | Cat Moss  | 2010-07-07 | {one}     | {other}     | {one}
            8  | police | LEN    | Len Pool  | 1990-07-07 | {one}     | {other}     | {one}
        """).events(HARM).events("""
            id | agency | who                                                  | kind | when       | plate
            e1 | police | police/2 passenger, police/4 driver, police/8 passenger | stop | 2026-02-01 | QQ11ABC
            e2 | police | police/3 passenger, police/4 driver, police/8 passenger | stop | 2026-02-10 | QQ11ABC
        """)  # fmt: skip
        made.append(line_bytes(world, world.served(build_id=f"b{number}")))
    assert made[0] == made[1] == made[2]
    assert "'MAX', 1)" in made[0]
