"""Is no judgement lost when two are made at once, when a build is swapped in meanwhile, or when it is killed just after?"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import connections

from engage.identities import actions
from engage.identities.judging import deciding
from engage.identities.judging.rules import JudgementRefused
from engage.identities.models import Judgement
from tests.spec.identities.towns import MAUD_AND_EDITH, drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]

TOWN = [
    *MAUD_AND_EDITH,
    *drawn("""
    id | forename | surname   | born       | sex    | address     | nhs_number
    e  | Percival | Grout     | 1971-08-09 | male   | 1 Kiln Row  |
"""),
]
CAME = [*TOWN, {**TOWN[2], "id": "f"}, {**TOWN[4], "id": "g"}]
# B is somebody else still.
APART = [TOWN[0], {**TOWN[4], "id": "b", "born": "1950-01-02", "address": "7 Ash Row"}, *TOWN[2:]]
A, B, C, D, E, F, G = (f"zz:police:persons:{name}" for name in "abcdefg")


def _say(viewing, build, one: str, other: str, says: str):
    return actions.judge(
        viewing=viewing(), build=build, left=one, right=other, says=says, reason="same school"
    )


@pytest.mark.django_db(transaction=True)
def test_two_judgements_at_once_are_both_followed(town, viewing, monkeypatch) -> None:
    town.made(TOWN)
    both_wrote, plain, faults = threading.Barrier(2), deciding._record, []

    def wait_for_the_other(*known):
        with suppress(threading.BrokenBarrierError):
            both_wrote.wait(timeout=2)
        plain(*known)

    monkeypatch.setattr(deciding, "_record", wait_for_the_other)

    def say(one: str, other: str) -> None:
        try:
            _say(viewing, town.build, one, other, "same")
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    judges = [threading.Thread(target=say, args=pair) for pair in ((A, C), (C, E))]
    for judge in judges:
        judge.start()
    for judge in judges:
        judge.join()
    assert faults == []
    today = town.today()
    assert len({today[record] for record in (A, B, C, D, E)}) == 1


def test_a_judgement_asked_for_of_an_older_build_is_followed_in_the_one_that_is_served(town, viewing) -> None:
    town.made(TOWN)
    older = town.build
    town.made(CAME)
    before = town.today()
    done = _say(viewing, older, A, C, "same")
    today = town.today()
    assert len({today[record] for record in (A, B, C, D, F)}) == 1
    actions.withdraw_judgement(viewing=viewing(), build=older, seq=done.seq, why="mistaken")
    assert town.today() == before


def test_a_build_that_was_killed_just_after_it_was_served_follows_when_somebody_judges_next(
    town, viewing
) -> None:
    town.made(TOWN)
    town.made(CAME, meanwhile=lambda: _say(viewing, town.build, A, C, "same"), settled=False)
    assert town.today()[F] != town.today()[A]
    _say(viewing, town.build, E, G, "same")
    assert town.today()[F] == town.today()[A] == town.today()[C]


def test_or_when_the_site_is_opened_and_only_once(town, viewing) -> None:
    town.made(TOWN)
    town.made(CAME, meanwhile=lambda: _say(viewing, town.build, A, C, "same"), settled=False)
    assert actions.catch_up(build=town.build, at=viewing().at) > 0
    assert town.today()[F] == town.today()[A] == town.today()[C]
    assert actions.catch_up(build=town.build, at=viewing().at) == 0


def test_what_contradicts_words_that_a_later_join_stood_against_is_refused(town, viewing) -> None:
    town.made(APART)
    _say(viewing, town.build, A, E, "same")
    _say(viewing, town.build, B, E, "different")
    town.made(TOWN)
    today = town.today()
    assert today[A] == today[E] != today[B]
    with pytest.raises(JudgementRefused, match="contradicts"):
        _say(viewing, town.build, A, B, "same")
    assert (town.today(), Judgement.objects.count()) == (today, 2)


def test_a_judgement_taken_back_twice_at_once_is_refused_the_second_time(town, viewing) -> None:
    town.made(TOWN)
    done = _say(viewing, town.build, A, C, "same")
    manager = replace(viewing(role="team_manager"), request_id="other")
    actions.withdraw_judgement(viewing=viewing(), build=town.build, seq=done.seq, why="mistaken")
    with pytest.raises(JudgementRefused, match="already"):
        actions.withdraw_judgement(viewing=manager, build=town.build, seq=done.seq, why="mistaken")
