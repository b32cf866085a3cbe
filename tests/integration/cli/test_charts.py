"""`engage export chart` from a terminal: the forms, what stands beside one, and that it is written down."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import typer

from engage.cli.charts import export_chart
from engage.governance.models import AuditEvent
from engage.networks.charts.addresses import AddressWrong, address_of, question_in
from engage.networks.charts.queries import ChartNotShown
from engage.networks.charts.rules import BETWEEN, Question
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow


@pytest.fixture
def town(drawn: World) -> World:
    """Ana and Max in a car; Ann Lister, an analyst, signs in as ann."""
    drawn.people("""
        id | agency | person | name      | born
        1  | police | ANA    | Ana Petal | 2010-03-01
        2  | police | MAX    | Max Tarn  | 1990-03-01
    """).events("""
        id | agency | who                                 | kind | title | when       | plate
        e1 | police | police/1 passenger, police/2 driver | stop | Stop  | 2026-02-01 | QQ11ABC
    """).served()
    return drawn


def test_a_chart_is_written_in_every_form_and_i2_with_how_to_import_it(
    town: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form, name in (("i2", "a.csv"), ("ftm", "a.jsonl"), ("graphml", "a.graphml"), ("xlsx", "a.xlsx")):
        export_chart(town.area.folder, ["person:ANA"], tmp_path / name, form, operator="ann")
        assert (tmp_path / name).stat().st_size > 100
    assert "4 nodes and 4 lines" in " ".join(capsys.readouterr().out.split())
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert len(list(csv.DictReader(handle))) == 4
    assert json.loads((tmp_path / "a.specification.json").read_text())["columns"]
    assert AuditEvent.objects.filter(action="chart.export", actor="ann").count() == 4


def test_a_whole_question_is_taken_as_an_address_says_it(town: World, tmp_path: Path) -> None:
    out = tmp_path / "b.csv"
    export_chart(town.area.folder, ["?asks=between&about=person:ANA&also=person:MAX"], out, operator="ann")
    with out.open(encoding="utf-8-sig", newline="") as handle:
        assert {row["end_b_id"] for row in csv.DictReader(handle)} == {
            "vehicle:QQ11ABC",
            "event:zz:police:events:e1",
        }


def test_who_is_not_there_and_what_is_no_form_is_said(town: World, tmp_path: Path) -> None:
    with pytest.raises(ChartNotShown):
        export_chart(town.area.folder, ["person:NOBODY"], tmp_path / "c.csv", operator="ann")
    with pytest.raises(typer.BadParameter):
        export_chart(town.area.folder, ["person:ANA"], tmp_path / "c.csv", "pdf", operator="ann")
    with pytest.raises(AddressWrong):
        export_chart(town.area.folder, ["ANA"], tmp_path / "c.csv", operator="ann")
    assert not list(tmp_path.glob("c*"))


def test_an_address_says_its_question_and_nothing_else() -> None:
    question = Question(
        BETWEEN,
        (("person", "A B"), ("place", "1 reed close|QX1 1AA")),
        expand=(("phone", "+447"),),
        is_longer=True,
    )
    assert question_in(address_of(question)) == question
    assert address_of(question_in(address_of(question))) == address_of(question)
