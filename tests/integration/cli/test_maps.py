"""`engage boundaries` and `engage export hotspots` from a terminal."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from engage.cli.maps import boundaries, export_hotspots
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.networks.maps.asking import AskedWrong
from engage.networks.maps.boundaries.rules import BoundariesWrong
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
RING = [[500_000, 100_000], [501_000, 100_000], [501_000, 101_000], [500_000, 101_000], [500_000, 100_000]]


@pytest.fixture
def town(drawn: World) -> World:
    """Three stops of Ana in one ward, one of them at a home; Ann Lister, an analyst, signs in as ann."""
    drawn.people("""
        id | agency | person | name      | born
        1  | police | ANA    | Ana Petal | 2010-03-01
    """).events("""
        id | agency | who              | kind | when       | place     | premises | grid
        e1 | police | police/1 subject | stop | 2026-02-01 | =Park     | park     | 500500 100500
        e2 | police | police/1 subject | stop | 2026-03-01 | =Park     | park     | 500500 100500
        e3 | police | police/1 subject | stop | 2026-03-02 | Mill Loft | dwelling | 500500 100600
        e4 | police | police/1 subject | stop | 2026-03-03 | =Park     | park     | 500500 100500
    """).served()
    return drawn


def wards(folder: Path, **properties: str) -> Path:
    file = folder / "wards.geojson"
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    }
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return file


def read(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle))


def test_boundaries_are_kept_said_replaced_and_taken_away(
    town: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = town.area.folder
    boundaries(folder)
    boundaries(folder, wards(tmp_path, WD24NM="Kilnbank", WD24CD="X1"))
    boundaries(folder, wards(tmp_path, patch="Old Mill"), name_column="patch")
    with pytest.raises(BoundariesWrong):
        boundaries(folder, wards(tmp_path, patch=""))
    boundaries(folder)
    boundaries(folder, remove=True)
    boundaries(folder, remove=True)
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "No boundaries are kept. Import some with: engage boundaries AREA FILE",
        "1 boundaries of 5 points, from wards.geojson: Kilnbank",
        "1 boundaries of 5 points, from wards.geojson: Old Mill",
        "1 boundaries of 5 points, from wards.geojson: Old Mill",
        "The boundaries are gone.",
        "There were no boundaries.",
    ]


def test_hotspots_are_written_by_area_place_and_month(town: World, tmp_path: Path) -> None:
    boundaries(town.area.folder, wards(tmp_path, name="Kilnbank", code="X1"))
    out = tmp_path / "hotspots.csv"
    export_hotspots(town.area.folder, out, month=["2026-02", "2026-03"], kind="concerns")
    head, *rows = read(out)
    assert head == ["kind", "level", "name", "code", "month", "count", "weekday", "hour"]
    assert rows == [
        ["concerns", "area", "Kilnbank", "X1", "2026-02", "1", "", ""],
        ["concerns", "area", "Kilnbank", "X1", "2026-03", "3", "", ""],
        ["concerns", "outside", "", "", "2026-02", "0", "", ""],
        ["concerns", "outside", "", "", "2026-03", "0", "", ""],
        ["concerns", "not known", "", "", "2026-02", "0", "", ""],
        ["concerns", "not known", "", "", "2026-03", "0", "", ""],
        ["concerns", "place", "'=Park", "", "2026-02", "1", "", ""],
        ["concerns", "place", "'=Park", "", "2026-03", "2", "", ""],
        ["concerns", "time", "", "", "2026-02", "1", "Sunday", "not known"],
        ["concerns", "time", "", "", "2026-03", "1", "Monday", "not known"],
        ["concerns", "time", "", "", "2026-03", "1", "Tuesday", "not known"],
        ["concerns", "time", "", "", "2026-03", "1", "Sunday", "not known"],
        ["concerns", "month not known", "", "", "", "0", "", ""],
    ]
    assert AuditEvent.objects.filter(action="hotspots.export").count() == 1


def test_the_version_without_names_has_neither_small_counts_nor_places_that_give_them_back(
    town: World, tmp_path: Path
) -> None:
    boundaries(town.area.folder, wards(tmp_path, name="Kilnbank"))
    out = tmp_path / "hotspots.csv"
    export_hotspots(town.area.folder, out, month=["2026-02", "2026-03"], kind="concerns", is_nameless=True)
    counts = {(row[1], row[4]): row[5] for row in read(out)[1:]}
    assert counts["area", "2026-03"] == "3"
    assert {count for cell, count in counts.items() if cell != ("area", "2026-03")} == {"fewer than 3"}
    assert not any(level == "place" for level, _month in counts)


def test_who_may_not_export_is_refused_and_a_month_that_is_not_counted_is_said(
    town: World, tmp_path: Path
) -> None:
    out = tmp_path / "hotspots.csv"
    with pytest.raises(MayNotDo):
        export_hotspots(town.area.folder, out, operator="ann")
    with pytest.raises(AskedWrong):
        export_hotspots(town.area.folder, out, month=["2019-01"])
    assert not out.exists()
