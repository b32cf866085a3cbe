"""Kinds of meeting as files: what ships can be used, an area adds or replaces, and a faulty file is named with its remedy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from engage.casework.lifecycles.states import lifecycle
from engage.casework.meetings.kinds.reading import SHIPPED, load, seats
from engage.casework.meetings.kinds.rules import Came, KindsWrong, missing
from engage.casework.meetings.period import since, working_days
from engage.store.area import Area


PANEL = yaml.safe_load((SHIPPED / "exploitation_panel.yaml").read_text(encoding="utf-8"))


def written(folder: Path, **changes: Any) -> Path:
    folder.mkdir(exist_ok=True)
    content = {key: value for key, value in {**PANEL, **changes}.items() if value is not None}
    (folder / "own.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder


def test_the_agendas_that_ship_begin_with_confidentiality_and_then_overdue_actions() -> None:
    kinds = load()
    assert set(kinds) == {
        "strategy_discussion",
        "initial_conference",
        "review_conference",
        "exploitation_panel",
        "place_conference",
        "mapping_meeting",
        "core_group",
    }
    assert {tuple(section.code for section in kind.sections[:2]) for kind in kinds.values()} == {
        ("opening", "overdue")
    }
    assert [kind.code for kind in kinds.values() if not kind.names_children] == ["place_conference"]
    assert {kind.code: kind.subjects for kind in kinds.values()}["place_conference"] == ("place",)


def test_every_move_that_a_kind_makes_is_one_that_only_meetings_make() -> None:
    for kind in load().values():
        if kind.move:
            made = lifecycle("child").move(kind.move)
            assert made is not None
            assert (made.by, kind.event in made.tells) == ("meeting", True)


def test_an_area_puts_its_own_in_the_place_of_one_and_adds_another(tmp_path: Path) -> None:
    own = load(written(tmp_path / "a", title="MACE"))["exploitation_panel"]
    assert (own.title, own.is_local) == ("MACE", True)
    assert "gold" in load(written(tmp_path / "b", code="gold"))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"quorum": None}, "quorum"),
        ({"standing": ["wizard"]}, "wizard"),
        ({"subjects": ["dog"]}, "dog"),
        ({"effective": "soon"}, "effective: soon"),
        ({"colour": "red"}, "colour"),
        ({"sections": [{"code": "a", "title": "A", "takes": ["child"]}]}, "sections"),
        ({"sections": [{"code": "a", "title": "A", "takes": ["actions"]}, {"code": "a", "title": "B"}]}, "a"),
        ({"timings": {"lunch": 1}}, "lunch"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_named_with_the_entry_and_what_to_do(
    tmp_path: Path, changes: dict[str, Any], what: str
) -> None:
    with pytest.raises(KindsWrong) as wrong:
        load(written(tmp_path / "m", **changes))
    assert "own.yaml" in str(wrong.value)
    assert what in str(wrong.value.sentence)
    assert str(wrong.value.remedy)


@pytest.mark.parametrize(
    ("kind", "came", "lacking"),
    [
        ("exploitation_panel", "social_care police health", ""),
        ("exploitation_panel", "social_care police", "health"),
        ("exploitation_panel", "social_care education charity", "police health"),
        ("initial_conference", "social_care/social_worker police health", ""),
        ("initial_conference", "social_care/nurse police health", "social_care"),
        ("initial_conference", "social_care/social_worker police", "number"),
        ("initial_conference", "", "social_care number"),
        ("place_conference", "police social_care", ""),
    ],
)
def test_who_must_have_come(kind: str, came: str, lacking: str) -> None:
    there = [
        Came(one.partition("/")[0], one.partition("/")[0], one.partition("/")[2]) for one in came.split()
    ]
    assert [need.member or "number" for need in missing(load()[kind], there)] == lacking.split()


@pytest.mark.parametrize(
    ("kind", "state", "section"),
    [("child", "referred", "new"), ("child", "plan", "review"), ("child", "step_down", "ending"), ("place", "plan", "places"), ("peer_group", "plan", "groups"), ("person_of_concern", "plan", "concern")],
)  # fmt: skip
def test_where_a_case_belongs_on_the_agenda_of_a_panel(kind: str, state: str, section: str) -> None:
    assert load()["exploitation_panel"].section_for(kind, state) == section


def test_a_case_for_which_there_is_no_section_stands_in_the_last() -> None:
    panel = replace(load()["exploitation_panel"], sections=load()["exploitation_panel"].sections[:2])
    assert panel.section_for("child", "plan") == "overdue"


@pytest.mark.parametrize(("agency", "seat"), [("police", "police"), ("charity", "charity"), ("outreach", "frontline_team"), ("bakery", "other"), ("", "other")])  # fmt: skip
def test_which_seat_an_agency_has(agency: str, seat: str) -> None:
    assert seats().of_agency(agency) == seat


# Easter 2026: Good Friday 3 April, Easter Monday 6 April.
@pytest.mark.parametrize(
    ("day", "count", "due"),
    [("2026-04-07", -3, "2026-03-31"), ("2026-04-02", 1, "2026-04-07"), ("2026-04-04", 0, "2026-04-07"), ("2026-04-07", 0, "2026-04-07"), ("2026-12-24", 1, "2026-12-29"), ("2026-12-29", -1, "2026-12-24")],
)  # fmt: skip
def test_working_days_leave_out_weekends_and_bank_holidays(
    area: Area, day: str, count: int, due: str
) -> None:
    assert working_days(area, date.fromisoformat(day), count) == date.fromisoformat(due)


@pytest.mark.parametrize(("day", "months", "first"), [("2026-04-06", 24, "2024-04-06"), ("2026-03-31", 1, "2026-02-28"), ("2024-03-31", 1, "2024-02-29"), ("2026-01-15", 2, "2025-11-15")])  # fmt: skip
def test_from_which_day_records_count(viewing: Any, day: str, months: int, first: str) -> None:
    assert since(viewing(as_of=date.fromisoformat(day)), months) == date.fromisoformat(first)
