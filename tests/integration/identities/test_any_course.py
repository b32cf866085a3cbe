"""Whatever is delivered, judged and taken back, in whatever order: does every id lead to a person, and is every word kept?"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engage.identities import actions, assignments
from engage.identities import build as linking
from engage.identities.guards import guarding
from engage.identities.judging import standing
from engage.identities.judging.rules import JudgementRefused
from engage.identities.linking import pairing, proposing
from engage.identities.linking.model import Model
from engage.identities.models import Judgement, PersonAssignment
from engage.identities.trained.rules import Chosen
from engage.store.area import Area
from engage.store.steps import run
from engage.store.warehouse import BuildAside
from engage.vocabulary.access import Viewing
from tests.effort import examples
from tests.integration.identities.conftest import Town, copy, fill
from tests.spec.identities.towns import AS_OF, drawn, neighbours, store


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
OTHERS = neighbours(6)
LONER = OTHERS[2]
# What the sources have come to say: who says what A says now, and whether others have come.
STATES = (("", False), ("cd", False), ("cd", True))

PAIRS = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)
JUDGED = st.tuples(st.just("judge"), PAIRS, st.sampled_from(["same", "different", "unsure"]))
TAKEN_BACK = st.tuples(st.just("take back"), st.integers(0, 5))
BUILT = st.tuples(st.just("build"), st.sampled_from(STATES))
COURSE = st.lists(st.one_of(JUDGED, JUDGED, TAKEN_BACK, BUILT), min_size=4, max_size=9)


def _rows(state: tuple[str, bool]) -> list[dict[str, str]]:
    """The town after its sources corrected some records and sent others: one more of C, one of E, and three of a neighbour who had
    one. Their ids sort before all others."""
    alike, has_more = state
    rows = [{**row, **LIKE_A} if row["id"] in alike else row for row in TOWN]
    more = [rows[2], rows[4], *[LONER] * 3] if has_more else []
    return [*rows, *({**row, "id": f"{number}{row['id']}"} for number, row in enumerate(more)), *OTHERS]


class Judged(Town):
    """Builds of records that were compared before: only what people judged is worked in anew, as in `build.link`."""

    compared: dict[str, tuple[Path, Model]] = {}

    def linked(self, rows: Any, aside: BuildAside, chosen: Chosen, followed: Any) -> Model:
        if repr(rows) not in self.compared:
            self.compared[repr(rows)] = self._compare(rows)
        folder, model = self.compared[repr(rows)]
        fill(aside, folder)
        pairing._take_judgements(aside.connection, followed)
        linking._cluster(aside.connection)
        run(aside.connection, [step for step in proposing.steps(model) if "partial" not in step.table])
        linking.clear(aside.connection)
        return model

    def _compare(self, rows: Any) -> tuple[Path, Model]:
        folder = Path(tempfile.mkdtemp(prefix="compared"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        aside = BuildAside(folder, threads=1)
        copy(store(rows), aside.connection, folder)
        model = linking.shipped_model(aside.connection)
        linking.link(aside.connection, as_of=AS_OF, seed=1, model=model)
        guarding.lay(aside.connection, folder)
        aside.close()
        return folder, model


@pytest.fixture
def judged_town(area: Area) -> Judged:
    return Judged(area)


@contextmanager
def _forgotten_afterwards() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# A course that fails is shown as it was drawn: to make it smaller would take minutes.
@settings(
    max_examples=examples(4),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(course=COURSE)
def test_every_id_leads_to_a_person_and_every_word_is_kept(
    judged_town: Judged, viewing: Callable[..., Viewing], course: list[tuple[Any, ...]]
) -> None:
    town, look = judged_town, replace(viewing(), viewer=replace(viewing().viewer, user_id="ellery"))
    with _forgotten_afterwards():
        state = STATES[0]
        town.made(_rows(state))
        for step in course:
            if step[0] == "build":
                # What has come stays.
                state = STATES[2] if state[1] else step[1]
                town.made(_rows(state))
            else:
                _do(town, look, step)
            _holds(town)
        for one in standing.said():
            if one.withdrawn_at is None:
                actions.withdraw_judgement(viewing=look, build=town.build, seq=one.seq, why="mistaken")
        _holds(town)
        before = town.today()
        given_ids = town.made(_rows(state))
        assert (given_ids.new_people, given_ids.moved_records, town.ids()) == (0, 0, before)


def test_who_came_while_a_judgement_stood_takes_nobodys_id_when_it_is_taken_back(
    judged_town: Judged, viewing: Callable[..., Viewing]
) -> None:
    """E had an id before the neighbour; they are judged to be one; three more records of the neighbour come."""
    town, look = judged_town, replace(viewing(), viewer=replace(viewing().viewer, user_id="ellery"))
    town.made(_rows(STATES[1]))
    first = town.ids()
    done = _judge(town, look, ["e", LONER["id"]], "same")
    town.made(_rows(STATES[2]))
    actions.withdraw_judgement(viewing=look, build=town.build, seq=done.seq, why="mistaken")
    today = town.today()
    assert {record: today[record] for record in first} == first
    neighbour = f"zz:police:persons:{LONER['id']}"
    came = [record for record in today if record.endswith(LONER["id"]) and record != neighbour]
    assert {today[record] for record in came} == {first[neighbour]}
    assert len(came) == 3


def _judge(town: Any, look: Viewing, pair: Any, says: str) -> Any:
    left, right = (f"zz:police:persons:{name}" for name in pair)
    return actions.judge(
        viewing=look, build=town.build, left=left, right=right, says=says, reason="same school"
    )


def _do(town: Any, look: Viewing, step: tuple[Any, ...]) -> None:
    try:
        if step[0] == "judge":
            _judge(town, look, step[1], step[2])
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
