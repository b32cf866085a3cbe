"""Which records may be a person's: only what the viewer may compare, and no question that people have answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engage.identities import actions
from engage.picture import queries
from engage.picture.rules import Proposed
from engage.vocabulary.access import Viewing
from engage.web.people import words
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]
ANA, BEN, ALSO_BEN, CAZ = (
    "zz:childrens_services:children:1",
    "zz:police:persons:2",
    "zz:police:persons:3",
    "zz:police:persons:4",
)


@pytest.fixture
def ana(world: World) -> World:
    """Ana, and three police records that may be hers: two of one person, and one of whose identifier is guarded."""
    world.people("""
        id | agency             | person | name      | born       | upn
        ---+--------------------+--------+-----------+------------+--------------
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 |
        2  | police             | BEN    | Ann Petal | 2010-03-02 |
        3  | police             | BEN    | Ann Petal | 2010-03-03 |
        4  | police             | CAZ    | Anne Reed | 2010-03-04 | A999000000015
    """)
    world.rows["identifier"][0]["handling"] = "C"
    for other, weight, refusal in (
        ("police/2", -1.5, "thin"),
        ("police/3", 5.0, "born"),
        ("police/4", 5.0, ""),
    ):
        world.proposed("childrens_services/1", other, "refused").compared(
            "childrens_services/1", other, weight, refusal
        )
    world.compared("police/2", "police/3", 30.0).served()
    return world


def proposed(world: World, viewing: Viewing) -> dict[str, Proposed]:
    page = queries.person_page(
        viewing=viewing, build=world.warehouse.current(), area=world.area, person_id="ANA"
    )
    return {one.right_record_id: one for one in page.proposals}


def test_a_pair_is_listed_only_where_the_viewer_may_compare_it(ana: World, viewing: Maker) -> None:
    found = proposed(ana, viewing())

    assert set(found) == {BEN, ALSO_BEN}
    assert (found[BEN].refusal, found[BEN].weight) == ("thin", -1.5)
    assert set(proposed(ana, viewing("detective", "police"))) == {BEN, ALSO_BEN, CAZ}


def test_a_pair_answered_for_another_record_of_the_same_two_people_is_no_question(
    ana: World, viewing: Maker
) -> None:
    actions.judge(
        viewing=viewing(),
        build=ana.warehouse.current(),
        left=ANA,
        right=BEN,
        says="different",
        reason="two girls",
    )

    assert proposed(ana, viewing()) == {}


def pair(reason: str, refusal: str, weight: float | None) -> str:
    return words.proposal(Proposed("P", "l", "r", reason, refusal, weight))


@pytest.mark.parametrize(
    ("reason", "refusal", "weight", "shown"),
    [
        ("refused", "thin", 3.0, "Names alone"),
        ("refused", "thin", -2.0, "More speaks against it than for it. Names alone"),
        ("refused", "born", 3.0, "Both days of birth are known and differ"),
        ("refused", "", 9.0, "What else is known of the two speaks against"),
        ("unsure", "", 2.0, "Some things speak for it"),
        ("unsure", "", -2.0, "More speaks against it than for it."),
        ("partial", "", None, "Too little is known"),
    ],
)
def test_why_it_was_not_joined_is_said_by_what_forbids_it_and_by_its_weight(
    reason: str, refusal: str, weight: float | None, shown: str
) -> None:
    assert pair(reason, refusal, weight).startswith(shown)
    assert "Much speaks for it" not in pair(reason, refusal, weight)
