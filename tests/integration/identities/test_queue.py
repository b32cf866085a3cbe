"""Does the queue ask each worker once, all of what waits, with as many judges as what a yes would break asks for?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.identities import actions, queries
from engage.identities.judging import proposed, queueing
from engage.identities.judging.rules import Queue
from engage.identities.models import Judgement
from tests.spec.identities.towns import drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]

TOWN = drawn("""
    id | forename | surname   | born       | sex    | address     | nhs_number | agency
    a  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | 9990000018 | police
    b  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | 9990000018 | education
    c  | Edith    | Oakhanger | 2009-02-03 | female | 9 Mill Lane |            | police
    p  | Maud     |           | 2009-09-01..2010-09-01 | female | 3 Weir Lane |  | police
    q  | Edith    |           | 2008-09-01..2009-09-01 | female | 9 Mill Lane |  | police
    t  | Clara    | Tarrant   | 2010-05-17 | female | 3 Weir Lane |            | police
""")
# Joined, x and y would have two NHS numbers and two pupil numbers. The pair of u and y is strong and says nothing of it.
NUMBERS = drawn("""
    id | forename | surname | born       | sex    | address     | phone       | nhs_number | upn           | agency
    u  | Maud     | Tarrant | 2010-05-17 | female | 3 Weir Lane | 07000100111 |            |               | police
    x  | Maud     | Tarrant | 2010-05-17 | female | 3 Weir Lane | 07000100111 | 9990000018 | A999000010001 | education
    y  | Maud     | Tarrant | 2010-05-17 | female | 3 Weir Lane | 07000100111 | 9990000026 | B999000010002 | health
""")
# Two of one name of whom the police know that they are two; a school knows one of them too.
TIED = drawn("""
    id | forename | surname | born       | sex    | address     | phone       | nhs_number | agency    | mother_of
    m  | Maud     | Tarrant | 2009-05-17 | female | 3 Weir Lane | 07000100111 |            | police    | d
    d  | Maud     | Tarrant | 2010-05-17 | female | 3 Weir Lane | 07000100111 | 9990000018 | police    |
    d  | Maud     | Tarrant | 2010-05-17 | female | 3 Weir Lane | 07000100111 | 9990000018 | education |
""")
A, C, P, Q, T, U = (f"zz:police:persons:{name}" for name in "acpqtu")
B, X = (f"zz:education:persons:{name}" for name in "bx")
Y = "zz:health:persons:y"


@pytest.fixture
def ask(town, viewing):
    """The queue of somebody, by their sign-in name."""

    def asked(who: str = "ellery", **how) -> Queue:
        return queries.queue(viewing=_as(viewing, who, **how.pop("viewer", {})), build=town.build, **how)

    return asked


@pytest.fixture
def say(town, viewing):
    def said(one: str, other: str, says: str, who: str = "ellery"):
        look = _as(viewing, who)
        return actions.judge(viewing=look, build=town.build, left=one, right=other, says=says, reason="seen")

    return said


def _as(viewing, who: str, **how):
    look = viewing(**how)
    return replace(look, viewer=replace(look.viewer, user_id=who))


def _pairs(found: Queue) -> set[tuple[str, str]]:
    return {(pair.left_record_id, pair.right_record_id) for one in found.waiting for pair in one.pairs}


def test_the_first_judge_of_two_is_not_asked_again_and_the_second_is(town, ask, say) -> None:
    town.made(TOWN)
    assert say(A, T, "same").effect == "waiting"
    assert (A, T) not in _pairs(ask("ellery"))
    (one,) = [one for one in ask("adeyinka").waiting if one.kind == "waiting"]
    assert (_pairs(ask("adeyinka")) >= {(A, T)}, one.needs, one.said_by) == (True, 2, 1)
    say(A, T, "different", who="adeyinka")
    for who, is_asked in (("ellery", False), ("adeyinka", False), ("third", True)):
        assert ((A, T) in _pairs(ask(who))) is is_asked


def test_words_that_cannot_all_be_followed_are_asked_about_again(town, ask, say, viewing) -> None:
    town.made(TOWN)
    say(A, C, "same")
    opposite = say(A, C, "different", who="adeyinka")
    say(A, B, "same")
    say(B, C, "different")
    assert (A, B) not in _pairs(ask("third"))
    actions.withdraw_judgement(
        viewing=_as(viewing, "adeyinka"), build=town.build, seq=opposite.seq, why="mistaken"
    )
    (one,) = [one for one in ask("third").waiting if one.kind == "disputed"]
    assert [(pair.left_record_id, pair.right_record_id) for pair in one.pairs] == [(B, A)]


def test_what_a_build_joined_by_a_judgement_is_asked_again_when_that_is_taken_back(
    town, ask, say, viewing
) -> None:
    town.made(TOWN)
    asked = {pair for pair in _pairs(ask()) if P in pair}
    assert asked
    done = say(P, A, "same")
    town.made(TOWN)
    assert not {pair for pair in _pairs(ask()) if P in pair}
    actions.withdraw_judgement(viewing=_as(viewing, "ellery"), build=town.build, seq=done.seq, why="mistaken")
    assert {pair for pair in _pairs(ask()) if P in pair} == asked


def test_two_half_names_that_are_one_are_still_nobodys(town, ask, say) -> None:
    half = {**next(row for row in TOWN if row["id"] == "p"), "id": "h"}
    town.made([*TOWN, half])
    other = "zz:police:persons:h"
    say(P, other, "same")
    asking = {one.asks_record_id for one in ask("third").waiting}
    assert asking & {P, other}
    say(P, A, "same")
    assert not {one.asks_record_id for one in ask("third").waiting} & {P, other}


def test_answering_what_is_asked_comes_to_an_end(town, ask, say) -> None:
    town.made([*TOWN, *NUMBERS])
    for _ in range(20):
        found = ask()
        if not found.waiting:
            break
        for pair in found.waiting[0].pairs:
            say(pair.left_record_id, pair.right_record_id, "unsure")
    assert (found.total, found.has_more) == (0, False)


def test_whoever_told_two_people_apart_is_not_asked_of_others_of_their_records(town, ask, say) -> None:
    town.made(TOWN)
    assert town.today()[A] == town.today()[B]
    (asked,) = [one for one in ask().waiting if one.asks_record_id == P]
    maud = next(pair for pair in asked.pairs if {pair.left_record_id, pair.right_record_id} & {A, B})
    say(maud.left_record_id, maud.right_record_id, "different", who="somebody")
    for other in (A, B):
        say(*sorted((other, P)), "unsure", who="else")
    assert not {frozenset((P, A)), frozenset((P, B))} & {frozenset(pair) for pair in _pairs(ask())}


def test_what_is_answered_or_shut_leaves_room_for_what_waits_behind_it(
    town, ask, say, viewing, monkeypatch
) -> None:
    town.made(TOWN)
    monkeypatch.setattr(proposed, "PART", 1)
    monkeypatch.setattr(queueing, "ENOUGH", 1)
    asked: list[tuple[str, str]] = []
    while waiting := ask().waiting:
        assert len(asked) < 20
        pair = waiting[0].pairs[0]
        asked.append((pair.left_record_id, pair.right_record_id))
        say(*asked[-1], "unsure")
    monkeypatch.undo()
    assert {P, Q} <= {record for pair in asked for record in pair}
    assert _pairs(ask()) == set()
    assert ask("third").total >= 2


def test_more_is_said_to_wait_while_not_all_was_looked_at(town, ask, monkeypatch) -> None:
    town.made(TOWN)
    everything = ask()
    monkeypatch.setattr(proposed, "PART", 1)
    monkeypatch.setattr(queueing, "ENOUGH", 1)
    assert everything.total > ask().total == 1
    assert (everything.has_more, ask().has_more) == (False, True)


def test_who_may_not_see_the_first_still_gets_the_rest(town, ask, monkeypatch) -> None:
    shut = {**TOWN[4], "id": "r", "handling": "C"}
    town.made([*TOWN, shut])
    monkeypatch.setattr(proposed, "PART", 1)
    every_order = [ask(order=order) for order in ("would_join", "agencies", "under_18", "kind")]
    assert all({P, Q} <= {one.asks_record_id for one in found.waiting} for found in every_order)
    assert all("zz:police:persons:r" not in {r for p in _pairs(found) for r in p} for found in every_order)


def test_numbers_that_contradict_in_the_groups_reach_the_queue_and_take_two_judges(
    town, ask, say, viewing
) -> None:
    town.made(NUMBERS)
    today = town.today()
    assert today[X] != today[Y]
    strong = [pair for pair in ((U, X), (Y, U) if Y < U else (U, Y)) if len({today[r] for r in pair}) == 2]
    for pair in [*map(tuple, map(sorted, strong)), tuple(sorted((X, Y)))]:
        found = queries.pair_to_judge(
            viewing=_as(viewing, "ellery"), build=town.build, left=pair[0], right=pair[1]
        )
        assert (found.kind, found.needs) == ("identifiers", 2)
        assert "contradict" in str(found.explained.refusal) or "two numbers of a kind" in str(found.breaks)
    (one,) = [one for one in ask().waiting if {X, Y} & set(one.record_ids)]
    assert (one.kind, one.needs, one.said_by) == ("identifiers", 2, 0)
    pair = one.pairs[0]
    first = say(pair.left_record_id, pair.right_record_id, "same")
    assert (first.effect, first.moved) == ("waiting", 0)
    assert Judgement.objects.get().kind == "identifiers"
    assert say(pair.left_record_id, pair.right_record_id, "same", who="adeyinka").effect == "same"


def test_a_tie_between_others_of_their_records_takes_two_judges(town, viewing) -> None:
    town.made(TIED)
    one, other = "zz:police:persons:m", "zz:education:persons:d"
    today = town.today()
    assert today[one] != today[other] == today["zz:police:persons:d"]
    found = queries.pair_to_judge(viewing=_as(viewing, "ellery"), build=town.build, left=other, right=one)
    assert (found.kind, found.needs) == ("related", 2)


def test_what_the_viewer_may_not_see_asks_for_two_judges_and_is_not_told(town, ask, viewing) -> None:
    shut = {"u": {"agency": "education"}, "x": {"handling": "C", "agency": "police"}, "y": {"phone": ""}}
    town.made([{**row, **shut.get(row["id"], {})} for row in NUMBERS])
    one, other = "zz:education:persons:u", Y
    assert town.today()["zz:police:persons:x"] == town.today()[one] != town.today()[Y]
    sees_all = queries.pair_to_judge(
        viewing=_as(viewing, "idris", role="detective", agency="police"),
        build=town.build,
        left=one,
        right=other,
    )
    sees_some = queries.pair_to_judge(viewing=viewing(), build=town.build, left=one, right=other)
    assert (sees_all.kind, sees_all.needs, sees_some.needs) == ("identifiers", 2, 2)
    assert sees_some.kind == "refused"
    assert "number" not in str(sees_some.breaks)


def test_what_else_is_known_of_both_is_refused_by_name(town, viewing) -> None:
    rows = drawn("""
        id | forename | surname | born       | sex    | address     | agency
        k  | Maud     | Tarrant | 2010-05-17 | female | 3 Weir Lane | police
        l  | Maud     | Tarrant | 2010-05-17 | female | 3 Weir Lane | education
        m  | Maud     | Tarrant | 2008-01-29 | female | 3 Weir Lane | health
        n  | Maud     | Tarrant | 2008-01-29 | female | 3 Weir Lane | charity
        o  | Maud     | Tarrant |            | female | 3 Weir Lane | childrens_services
    """)
    town.made(rows)
    today = town.today()
    o = "zz:childrens_services:persons:o"
    other = next(r for r in today if r[-2:] in (":k", ":m") and today[r] != today[o])
    found = queries.pair_to_judge(viewing=viewing(), build=town.build, left=o, right=other)
    assert (found.kind, found.needs) == ("refused", 1)
    assert found.breaks is not None


def test_an_age_that_is_not_certain_is_perhaps_and_one_that_is_not_known_is_no_no(town, ask) -> None:
    rows = drawn("""
        id | forename | surname   | born                   | sex    | address
        h  | Maud     |           | 2007-09-01..2008-09-01 | female | 3 Weir Lane
        i  | Maud     | Tarrant   | 2008-01-02             | female | 3 Weir Lane
        j  | Edith    |           |                        | female | 9 Mill Lane
        k  | Edith    | Oakhanger | 1970-02-03             | female | 9 Mill Lane
        l  | Clara    |           | 2011-09-01..2012-09-01 | female | 5 Far Lane
        m  | Clara    | Underhill | 2011-10-03             | female | 5 Far Lane
        n  | Norah    |           | 1970-01-01..1971-01-01 | female | 6 Far Lane
        o  | Norah    | Veale     | 1970-10-03             | female | 6 Far Lane
    """)
    town.made(rows)
    found = ask(order="under_18").waiting
    named = {(one.asks_record_id or "").rsplit(":", 1)[-1]: one.under_18 for one in found}
    assert named == {"l": "yes", "h": "perhaps", "j": "", "n": "no"}
    assert [one.under_18 for one in found] == ["yes", "perhaps", "", "no"]


def test_facts_are_of_all_candidates(town, ask) -> None:
    rows = drawn("""
        id | forename | surname | born                   | sex    | address     | phone       | agency
        p  | Maud     |         | 2009-09-01..2010-09-01 | female | 3 Weir Lane |             | police
        a  | Maud     | Tarrant | 2010-05-17             | female | 3 Weir Lane | 07000100111 | police
        b  | Maud     | Veale   | 2010-03-02             | female | 9 Mill Lane |             | education
        c  | Maud     | Veale   | 2010-03-02             | female | 9 Mill Lane |             | health
    """)
    town.made(rows)
    (one,) = [one for one in ask().waiting if one.asks_record_id == P]
    assert len(one.pairs) == 2
    assert one.pairs[0].left_record_id == A
    assert (one.would_join, one.agencies) == (3, ("education", "health", "police"))
