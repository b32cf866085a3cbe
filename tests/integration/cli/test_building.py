"""A build says as of which day by the area's clock, refuses a day to come, and tells of a delivery that is not as it was received."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engage import pipeline
from engage.cli import building
from engage.cli.opening import open_for_command
from engage.records import actions
from engage.store.alone import BuildRefused
from engage.store.area import Area
from engage.store.warehouse import Warehouse
from engage.vocabulary.access import Viewing


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Maker = Callable[..., Viewing]
MAPPING = """
mapping: police
version: 1
agency: police
agreement: ISA-1
purpose: safeguarding_child
cohort: case
extent: full
files:
  people: {id: ref, makes: [person: {surname: surname, forename: forename, born: born}]}
"""


def build(area: Area, monkeypatch: pytest.MonkeyPatch, as_of: date | None = None) -> None:
    """As `engage build AREA` does."""
    monkeypatch.setenv("ENGAGE_AREA", "")
    day = as_of and datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    building.make(open_for_command(area.folder, operator="kim"), day)


@pytest.fixture
def received(area: Area, viewing: Maker, tmp_path: Path) -> str:
    """One delivery of the police's, received on 5 April; returns its id."""
    (area.mappings_folder / "police.yaml").write_text(MAPPING, encoding="utf-8")
    file = tmp_path / "people.csv"
    file.write_text("ref,surname,forename,born\n1,Ash,Demi,24/12/2009\n", encoding="utf-8")
    seen = viewing("operator", "", at=datetime(2026, 4, 5, 9, tzinfo=UTC))
    return actions.receive(area=area, viewing=seen, agency="police", files=[file]).delivery_id


def kept(area: Area, name: str) -> Path:
    (found,) = area.deliveries_folder.glob(name)
    found.chmod(0o644)
    return found


def test_without_deliveries_it_is_the_areas_own_day(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    build(area, monkeypatch)

    assert Warehouse(area).current().info.as_of == date(2026, 4, 7)


@pytest.mark.parametrize("day", [None, date(2026, 4, 5), date(2026, 4, 6), date(2026, 4, 7)])
def test_any_day_up_to_today_will_do(
    area: Area, received: str, monkeypatch: pytest.MonkeyPatch, day: date | None
) -> None:
    build(area, monkeypatch, day)

    info = Warehouse(area).current().info
    assert info.as_of == (day or date(2026, 4, 5))
    assert info.counts["person_record"] == 1


@pytest.mark.parametrize("day", [date(2026, 4, 8), date(2030, 1, 1)])
def test_a_day_to_come_is_refused(area: Area, monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    with pytest.raises(pipeline.DayToCome) as refused:
        build(area, monkeypatch, day)

    assert str(refused.value.sentence) == f"{day} is yet to come."
    assert "Today is 2026-04-07" in str(refused.value.remedy)
    assert not Warehouse(area).pointer.exists()


def test_a_delivery_as_it_was_received_is_not_warned_of(
    area: Area, received: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(area, monkeypatch)

    assert "is not kept as it was received" not in capsys.readouterr().err


@pytest.mark.parametrize("what", ["objects/*/*", "rows/*/leaves.parquet"])
def test_a_changed_delivery_is_warned_of_and_built(
    area: Area, received: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    kept(area, what).write_bytes(b"something else")
    build(area, monkeypatch)

    said = " ".join(capsys.readouterr().err.split())
    assert f"Delivery {received} is not kept as it was received." in said
    assert f"engage status {area.folder}" in said
    assert Warehouse(area).current().info.counts["person_record"] == 1


@pytest.mark.parametrize("how", ["gone", "cut short"])
def test_rows_that_cannot_be_read_end_the_build_with_a_sentence(
    area: Area, received: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    rows = kept(area, "rows/*/rows.parquet")
    rows.unlink() if how == "gone" else rows.write_bytes(rows.read_bytes()[:200])

    with pytest.raises(BuildRefused, match=f"What is kept of {received} cannot be read"):
        build(area, monkeypatch)
    building.status(area.folder)

    assert "cannot be read." in capsys.readouterr().out
