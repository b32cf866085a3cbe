"""Do the numbers of the briefing follow what people judged, at once and as a new build would have them?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from engage.cli.briefing import waiting_and_judged
from engage.identities import actions, queries
from tests.integration.identities.test_judging import TOWN as JUDGED
from tests.spec.identities.towns import drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]

# e and f look alike but for the year.
TOWN = JUDGED + drawn("""
    id | forename | surname   | born       | sex    | address     | nhs_number
    e  | Ivy      | Dunmow    | 1990-05-17 | female | 3 Weir Lane |
    f  | Ivy      | Dunmow    | 1991-05-17 | female | 5 Far Row   |
""")


@pytest.fixture
def served(town):
    town.made(TOWN)
    return town


def _say(viewing, town, one: str, other: str, says: str):
    look = replace(viewing(), viewer=replace(viewing().viewer, user_id=f"{one}{other}{says}"))
    left, right = (f"zz:police:persons:{name}" for name in (one, other))
    return actions.judge(viewing=look, build=town.build, left=left, right=right, says=says, reason="met them")


@pytest.mark.parametrize(
    ("course", "more", "moved"),
    [
        ([("a", "c", "same")], -1, 2),
        ([("a", "b", "different")], 1, 1),
        ([("a", "p", "same")], -1, 1),
        ([("a", "p", "different")], 0, 0),
        ([("c", "d", "different"), ("d", "p", "same")], 0, 1),
    ],
)
def test_the_numbers_after_a_judgement_are_those_after_a_new_build(
    served, viewing, course, more, moved
) -> None:
    before = queries.joined(viewing=viewing(), build=served.build)
    mark = queries.fingerprint(viewing=viewing(), build=served.build)
    for one, other, says in course:
        _say(viewing, served, one, other, says)
    judged = queries.joined(viewing=viewing(), build=served.build)
    follows = queries.fingerprint(viewing=viewing(), build=served.build)
    assert judged.people == before.people + more
    assert judged.moved == moved
    assert (follows != mark) == bool(moved)
    served.made(TOWN)
    assert queries.joined(viewing=viewing(), build=served.build) == replace(judged, moved=0)
    assert queries.fingerprint(viewing=viewing(), build=served.build) == follows


def test_what_was_answered_waits_no_more_and_half_names_are_told_apart(served, viewing) -> None:
    before = queries.joined(viewing=viewing(), build=served.build)
    assert before.proposed > before.partial > 0
    told = "\n".join(waiting_and_judged(before))
    assert (
        told
        == f"{before.proposed} possible joins wait for a person to look ({before.partial} of them of half names)."
    )
    _say(viewing, served, "a", "p", "different")
    after = queries.joined(viewing=viewing(), build=served.build)
    # p's two candidates a and b are one person, so one answer answers for both.
    assert (after.proposed, after.partial) == (before.proposed - 2, before.partial - 2)
    _say(viewing, served, "a", "c", "same")
    after = queries.joined(viewing=viewing(), build=served.build)
    assert list(waiting_and_judged(after))[1].startswith("2 records were judged")
