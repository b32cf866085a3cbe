"""Whatever is delivered, judged and taken back, in whatever order: does every id lead to a person, and is every word kept?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.identities import actions, assignments
from engage.identities.judging import standing
from engage.identities.judging.rules import JudgementRefused
from engage.identities.models import Judgement, PersonAssignment
from engage.vocabulary.access import Viewing
from tests.spec.identities.towns import drawn


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]

TOWN = drawn("""
    id | forename | surname   | born       | sex    | address     | nhs_number
    a  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | 9990000018
    b  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane |
    c  | Edith    | Oakhanger | 2009-02-03 | female | 9 Mill Lane |
    d  | Edith    | Oakhanger | 2009-02-03 | female | 9 Mill Lane |
    e  | Percival | Grout     | 1971-08-09 | male   |             |
""")
NAMES = "abcde"
LIKE_A = {key: TOWN[0][key] for key in ("forename", "surname", "born", "sex", "address")}

PAIRS = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)
JUDGED = st.tuples(st.just("judge"), PAIRS, st.sampled_from(["same", "different", "unsure"]))
TAKEN_BACK = st.tuples(st.just("take back"), st.integers(0, 5))
BUILT = st.tuples(st.just("build"), st.frozensets(st.sampled_from(NAMES[1:])))
COURSE = st.lists(st.one_of(JUDGED, JUDGED, TAKEN_BACK, BUILT), min_size=4, max_size=9)


def _rows(alike: frozenset[str]) -> list[dict[str, str]]:
    """The town after its sources corrected some records: those now say what A says."""
    return [{**row, **LIKE_A} if row["id"] in alike else row for row in TOWN]


@contextmanager
def _forgotten_afterwards() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(course=COURSE)
def test_every_id_leads_to_a_person_and_every_word_is_kept(
    town: Any, viewing: Callable[..., Viewing], course: list[tuple[Any, ...]]
) -> None:
    look = replace(viewing(), viewer=replace(viewing().viewer, user_id="ellery"))
    with _forgotten_afterwards():
        alike: frozenset[str] = frozenset()
        town.made(_rows(alike))
        for step in course:
            if step[0] == "build":
                alike = step[1]
                town.made(_rows(alike))
            else:
                _do(town, look, step)
            _holds(town)
        for one in standing.said():
            if one.withdrawn_at is None:
                actions.withdraw_judgement(viewing=look, build=town.build, seq=one.seq, why="mistaken")
        _holds(town)
        before = town.today()
        given_ids = town.made(_rows(alike))
        assert (given_ids.new_people, given_ids.moved_records, town.ids()) == (0, 0, before)


def _do(town: Any, look: Viewing, step: tuple[Any, ...]) -> None:
    try:
        if step[0] == "judge":
            left, right = (f"zz:police:persons:{name}" for name in step[1])
            actions.judge(
                viewing=look, build=town.build, left=left, right=right, says=step[2], reason="same school"
            )
        elif Judgement.objects.exists():
            rows = Judgement.objects.order_by("seq")
            seq = rows[step[1] % rows.count()].seq
            actions.withdraw_judgement(viewing=look, build=town.build, seq=seq, why="mistaken")
    except JudgementRefused:
        pass  # it contradicts another word, or was taken back before: then nothing is written


def _holds(town: Any) -> None:
    today = town.today()
    for given_id in set(PersonAssignment.objects.values_list("person_id", flat=True)):
        assert assignments.current_id(town.build, given_id) in today.values()
    for said in standing.for_build().followed:
        apart = today[said.left_record_id] != today[said.right_record_id]
        assert apart == (said.says == "different")
