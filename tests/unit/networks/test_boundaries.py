"""Are boundaries read from a file as it comes, and is every fault said with the feature and a remedy?"""

from __future__ import annotations

import json

import pytest

from engage.networks.maps.boundaries import grid, keeping, reading, shapes
from engage.networks.maps.boundaries.rules import Boundaries, BoundariesWrong, Boundary
from engage.vocabulary.words import Sentence


def square(west=600_000, south=400_000, size=1_000):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(name="Kilnbank", ring=None, **properties):
    geometry = {"type": "Polygon", "coordinates": [ring or square()]}
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry}


@pytest.fixture
def written(tmp_path):
    def write(*features, **more):
        file = tmp_path / "wards.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **more}))
        return file

    return write


def test_wards_on_the_national_grid_are_kept_as_they_are_in_the_order_of_their_names(written, tmp_path):
    file = written(feature("Wrenfold", square(601_000)), feature("Kilnbank", code="X01"))
    found = reading.read_boundaries(file)
    assert [(part.name, part.code) for part in found.parts] == [("Kilnbank", "X01"), ("Wrenfold", "")]
    assert found.box == (600_000, 400_000, 602_000, 401_000)
    assert (found.source, found.tolerance) == ("wards.geojson", 0.0)


def test_the_columns_of_the_national_statistics_office_are_known_and_others_are_said(written):
    ons = {
        "type": "Feature",
        "properties": {"WD24CD": "X05", "WD24NM": "Ropewalk"},
        "geometry": feature()["geometry"],
    }
    assert [(p.name, p.code) for p in reading.read_boundaries(written(ons)).parts] == [("Ropewalk", "X05")]
    beat = feature(name="", patch="North beat")
    assert reading.read_boundaries(written(beat), "patch").parts[0].name == "North beat"


def test_degrees_are_put_on_the_national_grid_within_five_metres():
    # A worked point of the Ordnance Survey's transformation: 52°39'28.8282"N 1°42'57.8663"E is 651409.804, 313177.450.
    [(east, north)] = grid.to_grid([1 + 42 / 60 + 57.8663 / 3600], [52 + 39 / 60 + 28.8282 / 3600])
    assert abs(east - 651_409.8) < 5
    assert abs(north - 313_177.5) < 5


def test_a_file_in_degrees_is_told_by_its_numbers_or_by_what_it_says(written):
    ring = [[-1.50, 53.80], [-1.49, 53.80], [-1.49, 53.81], [-1.50, 53.81], [-1.50, 53.80]]
    told = reading.read_boundaries(written(feature(ring=ring))).box
    said = written(
        feature(ring=ring), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    )
    assert reading.read_boundaries(said).box == told
    assert all(abs(a - b) < 1_500 for a, b in zip(told, (433_000, 433_500, 433_700, 434_600), strict=True))


SWAPPED = [[53.80, -1.50], [53.81, -1.50], [53.81, -1.49], [53.80, -1.50]]
FRANCE = [[2.0, 48.0], [2.1, 48.0], [2.1, 48.1], [2.0, 48.0]]
CROSSED = [[600_000, 400_000], [601_000, 401_000], [601_000, 400_000], [600_000, 401_000], [600_000, 400_000]]


@pytest.mark.parametrize(
    ("features", "said", "remedy"),
    [
        ([], "wards.geojson holds no boundaries", "Save it as GeoJSON"),
        ([feature(ring=square()[:-1])], "wards.geojson, feature 1 (Kilnbank): a ring is not closed", "Repeat the first point"),
        ([feature(ring=SWAPPED)], "longitude and latitude seem to be swapped: 53.8, -1.5", "the longitude first"),
        ([feature(ring=FRANCE)], "feature 1 (Kilnbank): the point 2.0, 48.0 is not in Great Britain", "EPSG:27700"),
        ([feature(ring=square(699_500))], "the point 700500.0, 400000.0 is not in Great Britain", "EPSG:4326"),
        ([feature(name="", other=3)], "feature 1: there is no property “name”", "--name-column COLUMN. This feature has: name, other"),
        ([feature(), feature(ring=square(602_000))], "feature 2: the name “Kilnbank” stands twice", "--name-column"),
        ([feature(), feature("Wrenfold", square(600_500))], "overlaps “Wrenfold” by 50.0 hectares", "one set of boundaries"),
        ([feature(ring=CROSSED)], "the shape crosses itself (Self-intersection", "fix geometries"),
        ([feature(ring=[["a", 1]] * 4)], "a point is not two numbers", "Save it as GeoJSON"),
        ([feature() | {"geometry": {"type": "Point", "coordinates": [1, 2]}}], "its geometry is “Point”", "Take the feature out"),
    ],
)  # fmt: skip
def test_a_fault_names_file_and_feature_and_says_what_to_do(written, features, said, remedy):
    with pytest.raises(BoundariesWrong) as caught:
        reading.read_boundaries(written(*features))
    assert said in str(caught.value.sentence)
    assert remedy in str(caught.value.remedy)
    assert isinstance(caught.value.sentence, Sentence)


def test_what_is_no_geojson_or_on_another_grid_is_refused(written, tmp_path):
    broken = tmp_path / "broken.geojson"
    broken.write_text("{")
    other = written(feature(), crs={"type": "name", "properties": {"name": "EPSG:3857"}})
    for file, said in (
        (broken, "broken.geojson cannot be read as GeoJSON"),
        (other, "“EPSG:3857”, which is not known"),
    ):
        with pytest.raises(BoundariesWrong, match=said):
            reading.read_boundaries(file)


def test_too_many_points_become_fewer_with_the_tolerance_said_and_no_gap_between_neighbours(
    written, monkeypatch
):
    wavy = [[601_000 + (n % 2), 400_000 + n] for n in range(1_001)]
    left = [[600_000, 400_000], *wavy, [600_000, 401_000], [600_000, 400_000]]
    right = [[602_000, 400_000], [602_000, 401_000], *reversed(wavy), [602_000, 400_000]]
    monkeypatch.setattr(reading, "MOST_POINTS", 100)
    found = reading.read_boundaries(written(feature("Left", left), feature("Right", right)))
    assert found.tolerance == 5.0
    assert found.point_count <= 100
    between = [(601_000, 400_001 + step) for step in range(0, 998, 7)]
    assert None not in shapes.holders(found.parts, between)


def test_a_point_lies_in_one_area_alone_in_none_or_on_the_border_in_the_first(written):
    file = written(feature("A", square()), feature("B", square(601_000)))
    parts = reading.read_boundaries(file).parts
    assert shapes.holders(parts, [(600_500, 400_500), (601_500, 400_500), (601_000, 400_500), (1, 1)]) == [
        0,
        1,
        0,
        None,
    ]


def test_what_is_kept_is_read_as_it_was_and_can_be_imported_again(written, area):
    found = reading.read_boundaries(
        written(feature("Kilnbank", code="X1"), feature("Wrenfold", square(601_000)))
    )
    keeping.keep_boundaries(area.folder, found)
    assert keeping.kept_boundaries(area) == found
    again = reading.read_boundaries(keeping.file_of(area))
    assert again.parts == found.parts


def test_a_kill_while_new_ones_are_written_leaves_the_last_good_ones(area, monkeypatch):
    old = Boundaries((Boundary("Kilnbank", "", ((((0, 0), (9, 0), (9, 9), (0, 0)),),)),), "old")
    keeping.keep_boundaries(area.folder, old)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            keeping.keep_boundaries(area.folder, Boundaries((), "new"))
    assert keeping.kept_boundaries(area) == old


def test_boundaries_are_taken_away_and_a_changed_file_says_what_to_do(area):
    assert keeping.kept_boundaries(area) is None
    assert not keeping.remove_boundaries(area)
    keeping.file_of(area).write_text('{"features": 3}')
    with pytest.raises(BoundariesWrong) as caught:
        keeping.kept_boundaries(area)
    assert "engage boundaries AREA FILE" in str(caught.value.remedy)
    assert keeping.remove_boundaries(area)
    assert keeping.kept_boundaries(area) is None
