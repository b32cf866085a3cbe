"""Who carries which indicator is worked out once for a sight: is it ever shown when it would come out otherwise, or to whom it would?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engage.identities.models import PersonAssignment
from engage.picture.indicators import queries, remembering
from engage.store.area import Area
from tests.conftest import NOW
from tests.spec.picture.drawing import World
from tests.spec.picture.remembered import counted, judge_a_reading, judged_meanwhile


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OWN = {"role": "detective", "agency": "police"}
PARTNER = {"role": "nurse", "agency": "health"}
Carriers = Callable[..., int]


@pytest.fixture
def world(area: Area, db: None) -> World:
    made = World(area)
    made.people("""
        id | agency             | person | name       | born
        ---+--------------------+--------+------------+-----------
        1  | childrens_services | ANA    | Ana Petal  | 2010-03-01
        2  | police             | ANA    | Ana Petal  | 2010-03-01
        3  | police             | BEA    | Bea Reed   | 2011-05-05
    """).events("""
        id | agency | who                     | kind    | when       | handling
        ---+--------+-------------------------+---------+------------+---------
        e1 | police | police/2 missing person | missing | 2026-02-01 |
        e2 | police | police/2 missing person | missing | 2026-02-10 |
        e3 | police | police/2 missing person | missing | 2026-03-01 |
        e4 | police | police/3 missing person | missing | 2026-02-01 |
        e5 | police | police/3 missing person | missing | 2026-02-10 |
        e6 | police | police/3 missing person | missing | 2026-03-01 | C
    """).served()
    return made


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time that it was worked out."""
    return counted(monkeypatch, remembering, "evidence_seen")


@pytest.fixture
def carriers(world: World, viewing: Callable[..., Any]) -> Carriers:
    """How many carry M2 by what a viewer is given, held against what they would be given if nothing were kept."""

    def asked(**who: Any) -> int:
        build = world.warehouse.current()
        given = queries.uses(viewing=viewing(**who), build=build, area=world.area)
        kept = remembering._kept.by_build.pop(build)
        anew = queries.uses(viewing=viewing(**who), build=build, area=world.area)
        remembering._kept.by_build[build] = kept
        assert given == anew
        return next(one.carried for one in given if one.indicator.code == "M2")

    return asked


def test_the_same_sight_is_worked_out_once(world: World, viewing: Any, worked_out: list[str]) -> None:
    build = world.warehouse.current()
    for user in ("one", "another"):
        queries.uses(viewing=viewing(**OWN, user_id=user), build=build, area=world.area)
    assert worked_out == ["detective"]


def test_nobody_is_given_what_another_sees(carriers: Carriers) -> None:
    assert [carriers(**who) for who in (OWN, PARTNER, OWN)] == [2, 1, 2]


def test_another_day_is_another_sight(carriers: Carriers) -> None:
    assert [carriers(**OWN), carriers(**OWN, as_of=date(2025, 6, 1))] == [2, 0]


def test_a_judgement_and_a_wrong_reading_each_make_it_be_worked_out_anew(
    carriers: Carriers, worked_out: list[str]
) -> None:
    assert carriers(**OWN) == 2
    before = len(worked_out)
    PersonAssignment.objects.create(
        record_id="zz:police:persons:3", person_id="ANA", assigned_at=NOW, build_id="b1", cause="judgement"
    )
    assert carriers(**OWN) == 1
    assert len(worked_out) == before + 2  # and once more by the fixture, which keeps nothing
    judge_a_reading()
    carriers(**OWN)
    assert len(worked_out) == before + 4


def test_another_build_is_worked_out_by_itself(world: World, carriers: Carriers) -> None:
    assert carriers(**PARTNER) == 1
    world.events("""
        id | agency | who                     | kind    | when
        ---+--------+-------------------------+---------+-----------
        n1 | police | police/3 missing person | missing | 2026-03-02
    """).served(build_id="b2")
    assert carriers(**PARTNER) == 2


def test_only_so_many_sights_are_kept(
    world: World, carriers: Carriers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering._kept, "most", 2)
    for day in (1, 2, 3, 4):
        carriers(**OWN, as_of=date(2026, 4, day))
    assert len(remembering._kept.by_build[world.warehouse.current()]) == 2


def test_what_a_reading_judged_meanwhile_may_have_touched_is_not_kept(
    world: World, viewing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_meanwhile(monkeypatch, remembering, "evidence_seen")
    build = world.warehouse.current()
    queries.uses(viewing=viewing(**OWN), build=build, area=world.area)
    assert not remembering._kept.by_build[build]
