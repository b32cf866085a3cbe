"""Is what is of concern worked out once for a sight, and never shown when it would come out otherwise, or to whom it would?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from engage.governance import actions as governance
from engage.identities.models import PersonAssignment
from engage.networks import queries, remembering
from engage.networks.concern import PERSON
from engage.networks.remembering import Seen, seen
from engage.picture.seeing import sight
from tests.conftest import NOW
from tests.spec.picture.drawing import World
from tests.spec.picture.remembered import counted, judge_a_reading, judged_meanwhile


pytestmark = pytest.mark.slow
DETECTIVE = {"role": "detective", "agency": "police"}
NURSE = {"role": "nurse", "agency": "health"}
WORKER = {"role": "social_worker", "agency": "childrens_services"}
Look = Callable[..., Seen]


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A word for each time that it was worked out."""
    return counted(monkeypatch, remembering, "lines_seen")


@pytest.fixture
def look(two: World, viewing: Callable[..., Any]) -> Look:
    """What a viewer is given, held against what they would be given if nothing were kept."""

    def looked(**who: Any) -> Seen:
        build = two.warehouse.current()
        given = seen(sight(viewing(**who), build), two.area)
        kept = remembering._kept.by_build.pop(build)
        anew = seen(sight(viewing(**who), build), two.area)
        remembering._kept.by_build[build] = kept
        assert (given.lines, given.concern, given.lit) == (anew.lines, anew.concern, anew.lit)
        return given

    return looked


def people(found: Seen) -> set[str]:
    return {one.key for one in found.concern.found[PERSON]}


def test_the_same_sight_is_worked_out_once(two: World, viewing: Any, worked_out: list[str]) -> None:
    build = two.warehouse.current()
    for user in ("one", "another"):
        for _ in range(2):
            queries.of_concern(viewing=viewing(**DETECTIVE, user_id=user), build=build, area=two.area)
    queries.groups(viewing=viewing(**DETECTIVE), build=build, area=two.area)
    assert worked_out == ["detective"]


def test_nobody_is_given_what_another_sees(look: Look) -> None:
    assert people(look(**DETECTIVE)) == {"MAX", "LEN"}
    e5 = "zz:police:events:e5"
    assert e5 in {line.record_id for line in look(**DETECTIVE).lines}
    for other in (WORKER, NURSE, {**DETECTIVE, "purpose": "data_quality"}):
        assert e5 not in {line.record_id for line in look(**other).lines}
    assert e5 in {line.record_id for line in look(**DETECTIVE).lines}


def test_another_day_is_another_sight(look: Look) -> None:
    now = look(**DETECTIVE)
    before = look(**DETECTIVE, as_of=date(2025, 6, 1))
    assert now.lines
    assert not before.lines


def test_a_judgement_a_reason_and_a_wrong_reading_each_make_it_be_worked_out_anew(
    look: Look, viewing: Any, worked_out: list[str]
) -> None:
    look(**DETECTIVE)
    before = len(worked_out)
    look(**DETECTIVE)
    # Once more by the fixture, which keeps nothing.
    assert len(worked_out) == before + 1

    PersonAssignment.objects.create(
        record_id="zz:police:persons:4", person_id="LEN", assigned_at=NOW, build_id="b1", cause="judgement"
    )
    assert people(look(**DETECTIVE)) == {"LEN"}
    assert len(worked_out) == before + 3

    who = viewing(**WORKER, user_id="mara")
    governance.give_reason(viewing=who, person_id="ANA", reason="Seen in a car.")
    look(**DETECTIVE)
    assert len(worked_out) == before + 5

    judge_a_reading()
    look(**DETECTIVE)
    assert len(worked_out) == before + 7


def test_a_reason_that_ended_opens_nothing_any_more(two: World, look: Look, viewing: Any) -> None:
    """What stood under the key of before it was given may be shown again, and nothing else."""
    who = viewing(**WORKER, user_id="mara")
    before = look(**NURSE)
    governance.give_reason(viewing=who, person_id="ANA", reason="Seen in a car.")
    during = look(**NURSE)
    governance.end_reason(
        viewing=viewing(**WORKER, user_id="mara", at=NOW + timedelta(minutes=1)), person_id="ANA"
    )
    assert look(**NURSE).lines == before.lines
    assert len(during.lines) >= len(before.lines)


def test_another_build_is_worked_out_by_itself(two: World, look: Look) -> None:
    before = look(**DETECTIVE)
    two.events("""
        id | agency | who                              | kind | when       | plate
        n1 | police | police/6 passenger, police/5 driver | stop | 2026-03-20 | QQ11ABC
    """).served(build_id="b2")
    after = look(**DETECTIVE)
    assert {line.record_id for line in after.lines} - {line.record_id for line in before.lines} == {
        "zz:police:events:n1"
    }


def test_only_so_many_sights_are_kept(two: World, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering._kept, "most", 2)
    for day in (1, 2, 3, 4):
        look(**DETECTIVE, as_of=date(2026, 4, day))
    assert len(remembering._kept.by_build[two.warehouse.current()]) == 2


def test_what_a_reading_judged_meanwhile_may_have_touched_is_not_kept(
    two: World, viewing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_meanwhile(monkeypatch, remembering, "lines_seen")
    build = two.warehouse.current()
    seen(sight(viewing(**DETECTIVE), build), two.area)
    assert not remembering._kept.by_build[build]
