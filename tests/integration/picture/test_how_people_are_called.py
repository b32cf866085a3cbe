"""Is somebody called by the fullest that the viewer may know, the same on the page, in a search and in a household?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engage.picture import queries
from engage.picture.naming import birth_of, name_of
from engage.picture.rules import Sought
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


Maker = Callable[..., Viewing]


@pytest.fixture
def jack(world: World) -> World:
    """Jack, of whom a charity's record knows half a name and an age; the whole name and the day stand in others."""
    world.people("""
        id | agency             | person | name           | born       | address      | postcode | handling
        ---+--------------------+--------+----------------+------------+--------------+----------+---------
        1  | charity            | JAC    | Jack           |            | 1 Reed Close | QX1 1AA  |
        2  | childrens_services | JAC    | Jack Davies    | 2013-07-29 |              |          |
        3  | education          | JAC    | J. Davies      |            |              |          |
        4  | police             | JAC    | Jack Whittaker | 2013-01-01 |              |          | C
        5  | childrens_services | ANA    | Ana Petal      | 2010-03-01 | 1 Reed Close | QX1 1AA  |
    """)
    for row in world.rows["person_record"]:
        if row["agency"] == "charity":
            row |= {"birth_text": "12", "birth_from_on": "2012-11-01", "birth_until_on": "2014-01-01"}
    world.served()
    return world


@pytest.mark.parametrize(
    ("role", "agency"), [("social_worker", "childrens_services"), ("detective", "police")]
)
@pytest.mark.slow
def test_the_fullest_name_and_a_known_day_are_taken_everywhere(
    jack: World, viewing: Maker, role: str, agency: str
) -> None:
    look, build = viewing(role, agency), jack.warehouse.current()
    page = queries.person_page(viewing=look, build=build, area=jack.area, person_id="JAC")
    (found,) = queries.search(viewing=look, build=build, sought=Sought("Jack")).found
    other = queries.person_page(viewing=look, build=build, area=jack.area, person_id="ANA")

    assert (page.name, page.born) == ("Jack Davies", "2013-07-29")
    assert (found.name, found.born) == (page.name, page.born)
    assert [one.label for one in other.household] == [page.name]


def row(value: str, **more: object) -> dict[str, object]:
    return {
        "field": "name", "value": value, "value_key": value.lower(), "is_valid": 1, "agency": "a", "record_id": "a:1",
        "known_from_on": "2026-01-01", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([row("Jack"), row("Jack Davies")], "Jack Davies"),
        ([row("Jack D."), row("Jack Davies")], "Jack Davies"),
        ([row("Jak Davies"), row("Jack Davies"), row("Jack Davies", agency="b")], "Jack Davies"),
        ([row("Jak Davies"), row("Jak Davies", record_id="a:2"), row("Jack Davies")], "Jak Davies"),
        ([row("Jack Davies"), row("Zack Davies", known_from_on="2026-02-01")], "Zack Davies"),
        ([row("JACK DAVIES"), row("Jack Davies")], "Jack Davies"),
        ([row("Jack", agency="b"), row("Jack", agency="c"), row("Jack Davies")], "Jack Davies"),
        ([row("Jack"), row("Jack")], "Jack"),
        ([], ""),
    ],
)
def test_whole_names_come_first_then_who_says_so_then_the_newest(
    rows: list[dict[str, object]], name: str
) -> None:
    assert name_of(rows) == name_of(reversed(rows)) == name


def birth(value: str, days: str, **more: object) -> dict[str, object]:
    return row(value, field="birth", value_key=days or value, is_valid=int(bool(days)), **more)


@pytest.mark.parametrize(
    ("rows", "born"),
    [
        ([birth("12", "2012-11-01/2014-01-01"), birth("29/07/2013", "2013-07-29/2013-07-30")], "2013-07-29"),
        ([birth("1/1/2013", "2013-01-01/2013-01-02"), birth("29/07/2013", "2013-07-29/2013-07-30")], "2013-07-29"),
        ([birth("July 2013", "2013-07-01/2013-08-01"), birth("2013", "2013-01-01/2014-01-01")], "July 2013"),
        ([birth("NK", ""), birth("12", "2012-11-01/2014-01-01")], "12"),
        ([birth("NK", "")], "NK"),
    ],
)  # fmt: skip
def test_a_known_day_comes_before_a_range(rows: list[dict[str, object]], born: str) -> None:
    assert birth_of(rows) == birth_of(reversed(rows)) == born
