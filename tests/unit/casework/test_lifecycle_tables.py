"""Is every row of the tables of moves one that somebody can make, and does every word in it lead somewhere?"""

from __future__ import annotations

import pytest

from engage.casework.cases.policies import NEEDS
from engage.casework.clocks.catalogue import load as clocks
from engage.casework.forms.reading import load
from engage.casework.lifecycles.states import (
    FOLDER,
    KINDS,
    Lifecycle,
    LifecycleWrong,
    lifecycles,
    read_lifecycle,
)
from engage.governance import table
from engage.vocabulary.written import read_yaml
from engage.web.cases.drawing import picture


LIVES = [pytest.param(lifecycles()[kind], id=kind) for kind in KINDS]


@pytest.mark.parametrize("life", LIVES)
def test_from_every_state_something_follows_and_every_state_is_reached(life: Lifecycle) -> None:
    for state in life.states:
        assert life.moves_from(state.code), state.code
        assert bool(state.waits_for) == state.is_open, state.code
        assert state.title
        assert state.means
    reached, before = {life.first.code}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {move.to_state for move in life.moves if reached & set(move.from_states)} - {""}
    assert reached == {state.code for state in life.states}


@pytest.mark.parametrize("life", LIVES)
def test_every_word_of_a_move_leads_somewhere(life: Lifecycle) -> None:
    forms, roles, events = load(), table.codes("roles"), clocks().events
    kinds = {"police", "childrens_services", "education", "health", "charity"}
    for move in life.moves:
        states = {*move.from_states, move.to_state} - {""}
        assert states <= set(life.by_code), move.code
        assert set(move.needs) <= set(NEEDS), move.code
        assert set(move.tells) <= set(events), move.code
        assert set(move.agencies) <= kinds, move.code
        assert move.who
        assert set(move.who) <= set(roles), move.code
        assert move.title
        # What is filled in belongs to that kind of case, and whoever may move may fill it in.
        assert move.form or move.by, move.code
        if move.form:
            form = forms[move.form]
            assert life.kind in form.of, move.code
            assert not form.who or set(move.who) <= set(form.who), move.code


@pytest.mark.parametrize("life", LIVES)
def test_the_picture_says_what_the_table_says(life: Lifecycle) -> None:
    drawn = picture(life)
    at = {column.x: state.code for column, state in zip(drawn.columns, life.states, strict=True)}
    for line, move in zip(drawn.lines, life.moves, strict=True):
        assert {at[x] for x in line.rings} == set(move.from_states)
        if not move.to_state:
            assert line.point == ""
            continue
        tip = int(line.point.split(",")[0])
        assert at[min(at, key=lambda x: abs(x - tip))] == move.to_state
        assert max(abs(x - tip) for x in at if at[x] == move.to_state) <= 2


def test_who_may_make_a_move_may_read_what_is_written_there() -> None:
    reads = {"detective", "social_worker", "nurse", "education_lead", "parent_liaison", "missing_coordinator", "team_manager", "analyst"}  # fmt: skip
    for life in lifecycles().values():
        # A new referral about the same opens it again through its own door: whoever refers need not read what is written here.
        for move in (one for one in life.moves if one.by != "referral"):
            assert set(move.who) <= reads, (life.kind, move.code)


@pytest.mark.parametrize(
    "row",
    [
        "states:\n  - {code: closed, title: Closed, open: false, means: It was closed, for now}",
        "states: []\nmoves:\n  - {code: close, title: Close, from: [], to: closed, who: [], means: Ended, with a reason}",
    ],
)
def test_a_text_that_was_cut_off_at_a_comma_is_refused(row: str) -> None:
    with pytest.raises(LifecycleWrong, match="between quotes"):
        read_lifecycle({"kind": "child", "title": "", "means": "", "subject": "", **read_yaml(row)})


def test_no_file_of_the_product_holds_a_text_that_was_cut_off_at_a_comma() -> None:
    def cut_off(one: object) -> list[str]:
        if isinstance(one, list):
            return [text for each in one for text in cut_off(each)]
        if not isinstance(one, dict):
            return []
        here = [str(key) for key, value in one.items() if value is None and " " in str(key)]
        return [*here, *(text for value in one.values() for text in cut_off(value))]

    files = sorted(FOLDER.parent.rglob("*.yaml"))
    assert files
    assert not {file.name: found for file in files if (found := cut_off(read_yaml(file.read_text(encoding="utf-8"))))}  # fmt: skip
