"""Whom a text names is shown on a page as far as the viewer may know, as of today, and said in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engage.identities.models import PersonAssignment
from engage.picture import exporting, queries
from engage.picture.mentions.rules import KINDS, WHY
from engage.picture.mentions.tables import MENTIONED, MENTIONED_AS
from engage.picture.readings.rules import MentionRead
from engage.picture.rules import Entry
from engage.picture.seeing import sight
from engage.vocabulary.access import Viewing
from engage.web.people import named, texts
from engage.web.people.presenters import Reader
from tests.spec.picture.drawing import AS_OF, World


pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]
WORKER = {"role": "social_worker", "agency": "childrens_services"}
DETECTIVE = {"role": "detective", "agency": "police"}


@pytest.fixture
def town(world: World) -> World:
    world.reads = True
    return world.people("""
        id | agency             | person | name       | handling | alias
        ---+--------------------+--------+------------+----------+-------
        1  | childrens_services | ANA    | Ana Petal  |          |
        5  | police             | BEN    | Ben Reed   |          |
        6  | police             | CAZ    | Caz Marsh  | C        |
        7  | police             | DAN    | Dan Hollow |          |
        8  | police             | DUP    | Dan Hollow |          |
        9  | police             | ELI    | Eli Thorn  |          |
    """).events("""
        id | agency             | who                        | kind    | when       | text
        ---+--------------------+----------------------------+---------+------------+-----------------------------------------------
        e1 | childrens_services | childrens_services/1 child | contact | 2026-01-02 | Ana Petal met Ben Reed, Caz Marsh and Dan Hollow in a red Kia Rio.
    """)  # fmt: skip


def entry(world: World, viewing: Viewing, person: str = "ANA") -> Entry:
    page = queries.person_page(
        viewing=viewing, build=world.warehouse.current(), area=world.area, person_id=person
    )
    (found,) = page.entries
    return found


def told(found: Entry) -> dict[str, tuple[bool, list[tuple[str, str]]]]:
    """Of each of the words that are marked whether one alone fits, of those whom the viewer may see, and who they may be."""
    text = found.narrative or ""
    return {
        text[one.start : one.end]: (one.fits_alone, [(may_be.key, may_be.label) for may_be in one.may_be])
        for one in found.mentions
    }


def test_who_may_not_be_seen_is_nobody(town: World, viewing: Maker) -> None:
    town.served()
    seen = told(entry(town, viewing(**WORKER)))
    assert seen["Ana Petal"] == (True, [("ANA", "Ana Petal")])
    assert seen["Ben Reed"] == (True, [("BEN", "Ben Reed")])
    assert seen["Dan Hollow"] == (False, [("DAN", "Dan Hollow"), ("DUP", "Dan Hollow")])
    # To others than the police, who alone may see the record, nobody is called so: the words are not even marked.
    assert "Caz Marsh" not in seen
    assert told(entry(town, viewing(**DETECTIVE)))["Caz Marsh"] == (True, [("CAZ", "Caz Marsh")])
    assert seen["red Kia Rio"] == (False, [])


TEXT = "Ana Petal met Dan Hollow, Ben Reed and Kayden Blunt. Ben was loud. Sparks drove by Kayden Lane."
OPEN = """
    id | agency             | person | name
    ---+--------------------+--------+-----------
    1  | childrens_services | ANA    | Ana Petal
    5  | police             | BEN    | Ben Reed
    7  | police             | DAN    | Dan Hollow
"""
GUARDED = """
    id | agency | person | name         | handling | alias
    ---+--------+--------+--------------+----------+-------
    20 | police | SEC    | Dan Hollow   | C        |
    21 | police | BEE    | Ben Reed     | C        | Sparks
    22 | police | LON    | Kayden Blunt | C        |
"""
EVENT = f"""
    id | agency             | who                        | kind    | when       | text
    ---+--------------------+----------------------------+---------+------------+--------
    e1 | childrens_services | childrens_services/1 child | contact | 2026-01-02 | {TEXT}
"""
# Dan Hollow and Kayden Blunt are nearer by it; Ben Reed is as near as the other.
GUARDED_EVENT = """
    id | agency | who                                              | kind | handling
    ---+--------+--------------------------------------------------+------+---------
    e2 | police | police/20 a, police/22 b, childrens_services/1 c | stop | C
"""


def seen_of(world: World, viewing: Viewing, build_id: str) -> tuple[list[object], list[str]]:
    """What a viewer finds in Ana's text, and takes away of the tables."""
    build = world.served(build_id=build_id)
    found = entry(world, viewing)
    cursor, see = build.analysis(), sight(viewing, build)
    numbers = {"access_base", "access_set"}
    try:
        rows = [
            str({name: value for name, value in row.items() if name not in numbers})
            for table in (MENTIONED, MENTIONED_AS)
            for row in exporting.visible(cursor, table, see).to_pylist()
        ]
    finally:
        cursor.close()
    return [*found.mentions], sorted(rows)


def test_guarded_records_change_nothing_for_who_may_not_see_them(world: World, viewing: Maker) -> None:
    """Namesakes nearer and as near, a nickname, words that only a record makes a name: nothing tells that there are any."""
    world.reads = True
    world.people(OPEN).events(EVENT)
    without = seen_of(world, viewing(**WORKER), "b1")
    world.people(GUARDED).events(GUARDED_EVENT)
    assert seen_of(world, viewing(**WORKER), "b2") == without
    assert told(entry(world, viewing(**WORKER))) == {
        "Ana Petal": (True, [("ANA", "Ana Petal")]),
        "Dan Hollow": (True, [("DAN", "Dan Hollow")]),
        "Ben Reed": (True, [("BEN", "Ben Reed")]),
        "Ben": (True, [("BEN", "Ben Reed")]),
        "Sparks": (False, []),
        "Kayden Lane": (False, []),
    }
    (found,) = [
        one
        for one in queries.person_page(
            viewing=viewing(**DETECTIVE), build=world.warehouse.current(), area=world.area, person_id="ANA"
        ).entries
        if one.narrative
    ]
    seen = told(found)
    assert seen["Dan Hollow"] == (True, [("SEC", "Dan Hollow")])
    assert seen["Kayden Blunt"] == (True, [("LON", "Kayden Blunt")])
    assert seen["Ben Reed"] == (False, [("BEE", "Ben Reed"), ("BEN", "Ben Reed")])
    assert seen["Sparks"] == (False, [("BEE", "Ben Reed")])


def test_a_judgement_moves_mentions_with_their_records(town: World, viewing: Maker) -> None:
    town.served()
    for record, person in (("police/5", "ELI"), ("police/8", "DAN")):
        PersonAssignment.objects.create(
            record_id=town.named(record), person_id=person, assigned_at=viewing().at, cause="judgement"
        )
    seen = told(entry(town, viewing(**WORKER)))
    assert seen["Ben Reed"][1][0][0] == "ELI"
    assert seen["Dan Hollow"] == (True, [("DAN", "Dan Hollow")])
    town.person_of |= {town.named("police/5"): "ELI", town.named("police/8"): "DAN"}
    town.served(build_id="b2")
    assert told(entry(town, viewing(**WORKER))) == seen


def test_who_is_near_by_one_record_and_called_so_by_another_is_meant_as_long_as_they_are_one(
    world: World, viewing: Maker
) -> None:
    world.reads = True
    world.people("""
        id | agency             | person | name
        ---+--------------------+--------+-----------
        1  | childrens_services | ANA    | Ana Petal
        2  | childrens_services | BEN    | Benno Reed
        5  | police             | BEN    | Kit Holt
        6  | police             | ELI    | Eli Thorn
    """).events("""
        id | agency             | who                                          | kind    | when       | text
        ---+--------------------+----------------------------------------------+---------+------------+------------------------
        e1 | childrens_services | childrens_services/1 child, police/5 visitor | contact | 2026-01-02 | Her friend Benno came.
    """).served()
    before = told(entry(world, viewing(**WORKER)))
    PersonAssignment.objects.create(
        record_id=world.named("police/5"), person_id="ELI", assigned_at=viewing().at, cause="judgement"
    )

    # Who was there is Eli, and nobody has called him Benno.
    assert list(before.values()) == [(True, [("BEN", "Benno Reed")])]
    assert list(told(entry(world, viewing(**WORKER))).values()) == [(False, [])]
    world.person_of[world.named("police/5")] = "ELI"
    world.served(build_id="b2")
    assert list(told(entry(world, viewing(**WORKER))).values()) == [(False, [("BEN", "Benno Reed")])]


def test_the_text_is_shown_whole_and_leads_to_pages(town: World, viewing: Maker) -> None:
    town.served()
    found = entry(town, viewing(**WORKER))
    reader = Reader({}, AS_OF)
    shown = named.parts(texts.pieces(found), found, reader)
    assert "".join(part.text for part in shown) == found.narrative
    links = {part.text: part.href for part in shown if part.href}
    assert set(links) == {"Ana Petal", "Ben Reed"}
    assert links["Ben Reed"].endswith("/BEN/")
    assert {part.text: part.named for part in shown if part.named} == {
        "Ana Petal": "of those that you may see, fits Ana Petal alone",
        "Ben Reed": "of those that you may see, fits Ben Reed alone",
        "Dan Hollow": "may be Dan Hollow or Dan Hollow",
    }
    lines = {
        one.words: (one.kind, [label for label, _href in one.links]) for one in named.namings(found, reader)
    }
    assert lines["Ben Reed"] == ("a person; of those that you may see one alone fits:", ["Ben Reed"])
    assert lines["red Kia Rio"] == ("a vehicle; nobody and nothing that you may see is known to be meant", [])
    assert lines["Dan Hollow"][0] == "a person, not told apart; may be"


def test_words_that_are_read_and_named_at_once_are_marked_for_both(town: World, viewing: Maker) -> None:
    town.served()
    found = entry(town, viewing(**WORKER))
    pieces = (texts.Piece("Ana Petal met Ben", "a theme"), texts.Piece((found.narrative or "")[17:]))
    shown = named.parts(pieces, found, Reader({}, AS_OF))
    assert [(part.text, part.is_read, part.is_named, part.label) for part in shown[:4]] == [
        ("Ana Petal", True, True, ""),
        (" met ", True, False, ""),
        ("Ben", True, True, "a theme"),
        (" Reed", False, True, ""),
    ]
    assert [part.named for part in shown[2:4]] == ["", "of those that you may see, fits Ben Reed alone"]


def test_a_text_that_may_not_be_read_names_nobody(town: World, viewing: Maker) -> None:
    town.served()
    page = queries.person_page(
        viewing=viewing(role="business_support", agency="childrens_services"),
        build=town.warehouse.current(),
        area=town.area,
        person_id="ANA",
    )
    assert all(one.mentions == () for one in page.entries if not one.narrative)
    assert any(one.mentions for one in page.entries) == any(one.narrative for one in page.entries)


def test_every_reason_and_every_kind_has_words() -> None:
    assert set(named._WHY) == set(WHY)
    assert set(named._KINDS) == set(KINDS)


def test_nothing_is_said_of_a_thing_that_no_record_knows() -> None:
    assert named._named(MentionRead("vehicle", 0, 3)) == ""
