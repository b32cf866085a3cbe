"""Who is named on the command line is decided on as on the pages: by the account of that name, else as the operator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engage.cli import building, evaluating, picture, records
from engage.cli.opening import open_for_command
from engage.governance.actions import make_user
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo, PurposeUnknown
from engage.vocabulary.access import Viewing
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
Maker = Callable[..., Viewing]


@pytest.fixture
def town(area, db, viewing: Maker, monkeypatch: pytest.MonkeyPatch) -> World:
    """One person, and an analyst of the police who signs in as idris."""
    monkeypatch.setenv("ENGAGE_AREA", "")
    monkeypatch.delenv("ENGAGE_OPERATOR", raising=False)
    world = World(area)
    world.people("id | agency | person | name\n---+---+---+---\n1 | police | ANA | Ana Petal").served()
    make_user(
        viewing=viewing(), username="idris", name="Idris", agency="police", role="analyst", password="x"
    )
    return world


def test_a_worker_who_is_named_has_the_workers_agency_and_role(town: World) -> None:
    for name in ("idris", "IDRIS"):
        who = open_for_command(town.area.folder, operator=name).operator
        assert (who.user_id, who.agency, who.role) == ("idris", "police", "analyst")


def test_another_name_is_the_operator_of_this_machine(town: World) -> None:
    who = open_for_command(town.area.folder, operator="kim").operator
    assert (who.user_id, who.agency, who.role) == ("kim", "", "operator")


def test_an_analyst_takes_no_table_away_and_the_refusal_is_in_the_log(town: World, tmp_path: Path) -> None:
    out = tmp_path / "kept.csv"
    out.write_text("as it was")

    with pytest.raises(MayNotDo, match="Your role does not include this"):
        picture.export("person_record", town.area.folder, out, "data_quality", "idris")

    row = AuditEvent.objects.get(action="act.refused")
    assert (row.actor, row.agency, row.role) == ("idris", "police", "analyst")
    assert (row.fields, row.subject, row.decision) == (["export"], "person_record", "nothing")
    assert "does not include" in row.why
    assert out.read_text() == "as it was"


def test_an_operator_does(town: World, tmp_path: Path) -> None:
    picture.export("person_record", town.area.folder, tmp_path / "out.csv", "data_quality", "kim")

    assert "Petal" in (tmp_path / "out.csv").read_text()


def test_receiving_building_and_measuring_are_refused_and_logged_too(town: World, tmp_path: Path) -> None:
    file, folder = tmp_path / "persons.csv", town.area.folder
    file.write_text("a,b\n")
    (tmp_path / "identities.csv").write_text("agency,file,source_id,person\n")

    with pytest.raises(MayNotDo):
        records.receive(folder, [file], "police", None, None, "idris")
    with pytest.raises(MayNotDo):
        building.build(folder, None, "idris")
    with pytest.raises(MayNotDo):
        evaluating.evaluate(folder, tmp_path, None, "idris")

    asked = AuditEvent.objects.filter(action="act.refused").order_by("pk").values_list("fields", flat=True)
    assert list(asked) == [["receive"], ["build"], ["evaluate"]]


def test_a_purpose_that_nobody_has_is_refused_by_name(town: World, tmp_path: Path) -> None:
    with pytest.raises(PurposeUnknown) as refused:
        picture.export("person_record", town.area.folder, tmp_path / "out.csv", "nonsense", "kim")

    assert "data_quality" in str(refused.value.remedy)
    assert not (tmp_path / "out.csv").exists()
