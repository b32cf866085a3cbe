"""Whom a text names is shown on a page as far as the viewer may know, as of today, and said in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engage.identities.models import PersonAssignment
from engage.picture import queries
from engage.picture.mentions.rules import KINDS, WHY, Mentioned
from engage.picture.rules import Entry
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
    """What each of the words was taken to be: whether so, and who it may be."""
    text = found.narrative or ""
    return {
        text[one.start : one.end]: (one.is_taken, [(may_be.key, may_be.label) for may_be in one.may_be])
        for one in found.mentions
    }


def test_who_may_not_be_seen_is_nobody(town: World, viewing: Maker) -> None:
    town.served()
    seen = told(entry(town, viewing(**WORKER)))
    assert seen["Ana Petal"] == (True, [("ANA", "Ana Petal")])
    assert seen["Ben Reed"] == (True, [("BEN", "Ben Reed")])
    assert seen["Dan Hollow"] == (False, [("DAN", "Dan Hollow"), ("DUP", "Dan Hollow")])
    # A record that only the police may have names nobody to others; the words stay words.
    assert seen["Caz Marsh"][1] == []
    assert told(entry(town, viewing(**DETECTIVE)))["Caz Marsh"] == (True, [("CAZ", "Caz Marsh")])
    assert seen["red Kia Rio"] == (False, [])


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
        "Ana Petal": "taken to be Ana Petal",
        "Ben Reed": "taken to be Ben Reed",
        "Dan Hollow": "may be Dan Hollow or Dan Hollow",
    }
    lines = {
        one.words: (one.kind, [label for label, _href in one.links]) for one in named.namings(found, reader)
    }
    assert lines["Ben Reed"] == ("a person, taken to be", ["Ben Reed"])
    assert lines["Caz Marsh"] == ("a person; nobody and nothing that you may see is known to be meant", [])
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
    assert [part.named for part in shown[2:4]] == ["", "taken to be Ben Reed"]


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
    assert named._named(Mentioned("vehicle", 0, 3)) == ""
