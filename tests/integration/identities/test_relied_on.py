"""Is everybody listed who relied on a judgement: where the clock stands still, two judged, or one judgement came on top of another?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.governance.actions import record_view
from engage.governance.models import AuditEvent
from engage.identities import actions, queries
from tests.spec.identities.towns import MAUD_AND_EDITH, drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]

TOWN = [
    *MAUD_AND_EDITH,
    *drawn("""
    id | forename | surname   | born       | sex    | address     | nhs_number
    t  | Clara    | Tarrant   | 2010-05-17 | female | 3 Weir Lane |
"""),
]
A, B, C, D, T = (f"zz:police:persons:{name}" for name in "abcdt")
# Of somebody whose id was given before theirs.
OLDER = "zz:education:persons:n0000b"


@pytest.fixture
def served(town):
    town.made(TOWN)
    return town


@pytest.fixture
def as_(viewing):
    return lambda who: replace(viewing(), viewer=replace(viewing().viewer, user_id=who))


def _say(look, town, one: str, other: str, says: str = "same"):
    return actions.judge(
        viewing=look, build=town.build, left=one, right=other, says=says, reason="same school"
    )


def _looks(look, subject: str, action: str = "person.view") -> None:
    record_view(viewing=look, action=action, subject=subject, fields=["name"], decision="allow")


def _back(look, town, seq: int):
    return actions.withdraw_judgement(viewing=look, build=town.build, seq=seq, why="mistaken")


def test_where_the_clock_stands_still_it_goes_by_the_order_of_the_log(served, as_) -> None:
    person = served.ids()[A]
    _looks(as_("early"), person)
    done = _say(as_("ellery"), served, A, C)
    _looks(as_("adeyinka"), person)
    back = _back(as_("ellery"), served, done.seq)
    _looks(as_("late"), person)
    again = queries.relied_on(viewing=as_("ellery"), build=served.build, seq=done.seq)
    for relied in (back.relied_on, again):
        assert ([one.by for one in relied], relied.moved) == (["adeyinka"], 2)


def test_looks_at_a_record_count_and_what_else_was_looked_at_is_not_told(served, as_) -> None:
    done = _say(as_("ellery"), served, A, C)
    _looks(as_("adeyinka"), f"{C} {T}", "identities.explain")
    _looks(as_("marsh"), f"zz:health:persons:other,{D}", "identities.queue")
    relied = queries.relied_on(viewing=as_("ellery"), build=served.build, seq=done.seq)
    assert [(one.by, one.subject) for one in relied] == [("marsh", D), ("adeyinka", C)]


def test_a_table_that_tells_of_everybody_relied_on_it_and_one_of_nobody_did_not(served, as_) -> None:
    done = _say(as_("ellery"), served, A, C)
    for table, fields in (("chronology", ["person_id", "kind"]), ("covers", ["agency"])):
        record_view(
            viewing=as_("kessler"), action="table.export", subject=table, fields=fields, decision="allow"
        )
    record_view(viewing=as_("oakes"), action="table.export", subject="said", fields=[], decision="nothing")
    relied = queries.relied_on(viewing=as_("ellery"), build=served.build, seq=done.seq)
    assert [(one.by, one.subject) for one in relied] == [("kessler", "chronology")]


def test_the_first_of_two_judges_is_told_what_relied_on_both(served, as_) -> None:
    first = _say(as_("ellery"), served, A, T)
    _looks(as_("early"), served.ids()[A])
    second = _say(as_("adeyinka"), served, A, T)
    assert second.moved == 1
    _looks(as_("marsh"), served.today()[T])
    back = _back(as_("ellery"), served, first.seq)
    assert back.moved == 1
    assert ([one.by for one in back.relied_on], back.relied_on.moved) == (["marsh"], 1)


def test_in_a_chain_the_later_persons_of_the_records_count_too(served, as_) -> None:
    done = _say(as_("ellery"), served, A, C)
    _say(as_("adeyinka"), served, C, OLDER)
    assert served.today()[C] == served.ids()[OLDER]
    _looks(as_("marsh"), served.ids()[OLDER])
    assert "marsh" in {one.by for one in _back(as_("ellery"), served, done.seq).relied_on}


def test_what_was_followed_only_after_a_build_counts_too(served, as_) -> None:
    done = []
    served.made(TOWN, meanwhile=lambda: done.append(_say(as_("ellery"), served, A, C)))
    _looks(as_("marsh"), served.today()[C])
    relied = queries.relied_on(viewing=as_("ellery"), build=served.build, seq=done[0].seq)
    assert (relied.moved, {one.by for one in relied}) == (2, {"marsh"})


def test_nothing_relied_on_a_judgement_that_moved_no_record_and_that_is_said(served, as_) -> None:
    done = _say(as_("ellery"), served, A, B)
    _looks(as_("adeyinka"), served.ids()[A])
    relied = queries.relied_on(viewing=as_("ellery"), build=served.build, seq=done.seq)
    assert (relied.moved, len(relied)) == (0, 0)


def test_nobody_is_left_out_of_the_log_because_they_are_many(served, as_) -> None:
    done = _say(as_("ellery"), served, A, C)
    many = [f"zz:health:persons:{number:06}" for number in range(60)]
    _looks(as_("adeyinka"), ",".join([*many, C]), "identities.queue")
    rows = AuditEvent.objects.filter(action="identities.queue").order_by("id")
    assert ",".join(row.subject for row in rows).split(",") == [*many, C]
    assert all(len(row.subject) <= 1000 for row in rows)
    relied = queries.relied_on(viewing=as_("ellery"), build=served.build, seq=done.seq)
    assert [(one.by, one.subject) for one in relied] == [("adeyinka", C)]
