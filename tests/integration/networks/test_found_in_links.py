"""Indicators that are found in links between people: whom a named person opened, other children of whom harm is told, friends who came along."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engage.networks import actions, queries
from engage.networks.worklist import worklist
from engage.picture.indicators.seeing import evidence_seen
from engage.picture.seeing import sight
from tests.integration.networks.test_opening import OWN, PARTNER, before, opens, where
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
DAY = date(2026, 4, 7)


def carried(world: World, viewing: Any, code: str, day: date = DAY, **who: str) -> dict[str, list[str]]:
    """The records that speak for an indicator, by child, in one viewer's sight."""
    see = sight(viewing(as_of=day, **who), world.warehouse.current())
    held = evidence_seen(see, [code]).held
    return {
        person: sorted({one.record_id.rsplit(":", 1)[-1] for one in some[code]})
        for person, some in held.items()
        if some[code]
    }


def test_nobody_is_in_contact_with_a_person_of_concern_until_a_named_person_opens_one(
    two: World, viewing: Any
) -> None:
    assert carried(two, viewing, "R3", **OWN) == {}
    opens(two, viewing)
    two.served(build_id="b2")
    assert carried(two, viewing, "R3", **OWN) == {"ANA": ["e1", "e3"], "BEA": ["e2", "e4"], "CAT": ["e5"]}
    actions.close_concern(viewing=viewing(**OWN), **where(two), family="people", word=actions.Word("MAX", "Her uncle."))  # fmt: skip
    two.served(build_id="b3")
    assert carried(two, viewing, "R3", **OWN) == {}


def test_contact_is_told_to_nobody_who_may_not_know_of_the_opening(two: World, viewing: Any) -> None:
    see_all = before(two, viewing)
    shared = queries.subject(viewing=viewing(**PARTNER), **where(two), family="people", code="MAX").record_ids
    assert shared < see_all
    for number, (grade, seen, is_told) in enumerate((("2BP", see_all, False), ("2BC", shared, False), ("2BP", shared, True))):  # fmt: skip
        word = actions.Word("MAX", "Two girls.", grade, seen=seen)
        actions.open_concern(viewing=viewing(**OWN), **where(two), family="people", word=word)
        two.served(build_id=f"b{number + 2}")
        assert carried(two, viewing, "R3", **OWN)
        assert bool(carried(two, viewing, "R3", **PARTNER)) is is_told
        actions.close_concern(viewing=viewing(**OWN), **where(two), family="people", word=actions.Word("MAX", "x"))  # fmt: skip


def test_an_opening_goes_with_the_records_that_were_before_whoever_made_it(two: World, viewing: Any) -> None:
    opens(two, viewing)
    # The records turn out to be another man's; what is left under the old id is somebody whom nobody opened.
    two.people("""
        id | agency | person | name     | born
        9  | police | MAX    | Max Bell | 1990-01-01
    """).events("""
        id | agency | who                                  | kind | when
        e9 | police | police/6 passenger, police/9 driver | stop | 2026-03-22
    """)  # fmt: skip
    two.person_of["zz:police:persons:4"] = "TARN"
    two.served(build_id="b2")
    assert carried(two, viewing, "R3", **OWN) == {"ANA": ["e1", "e3"], "BEA": ["e2", "e4"], "CAT": ["e5"]}


def test_what_is_found_in_links_goes_into_no_links(two: World, viewing: Any) -> None:
    worked_out = queries.of_concern(viewing=viewing(**OWN), **where(two))
    opens(two, viewing, code="LEN")
    two.served(build_id="b2")
    assert carried(two, viewing, "R3", **OWN)
    assert queries.of_concern(viewing=viewing(**OWN), **where(two)) == worked_out


def test_they_stand_in_the_same_lists(two: World, viewing: Any) -> None:
    two.people("""
        id | agency | person | name     | born
        9  | police | DOT    | Dot Wren | 2011-01-01
    """).events("""
        id | agency | who                                | kind | when       | plate
        e6 | police | police/9 passenger, police/8 driver | stop | 2026-03-20 | QQ22ABC
    """).served(build_id="b2")  # fmt: skip
    opens(two, viewing, code="LEN")
    assert codes_on_the_worklist(two, viewing, "DOT") == {"R2"}
    two.served(build_id="b3")
    assert carried(two, viewing, "R3", **OWN)["DOT"] == ["e6"]
    assert codes_on_the_worklist(two, viewing, "DOT") == {"R2", "R3"}


def codes_on_the_worklist(world: World, viewing: Any, person: str) -> set[str]:
    rows = worklist(viewing=viewing(as_of=DAY, **OWN), **where(world)).rows
    return {indicator.code for row in rows if row.person_id == person for indicator, _new in row.present}


def test_a_friend_who_came_along_and_another_child_of_whom_harm_is_told(two: World, viewing: Any) -> None:
    two.events("""
        id | agency | who                                               | kind | when       | plate
        e7 | police | police/2 passenger, police/6 passenger, police/8 driver | stop | 2026-03-20 | QQ33ABC
    """).served(build_id="b2")  # fmt: skip
    # Len was with Ana before; Cat had not been with him.
    assert carried(two, viewing, "R5", **OWN) == {"ANA": ["e7"]}
    assert carried(two, viewing, "R4", **OWN)["CAT"] == ["e7"]
    assert carried(two, viewing, "R5", day=date(2026, 1, 4), **OWN) == {}
