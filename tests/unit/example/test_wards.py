"""Are the town's wards sound boundaries, in which most of its places lie and some do not?"""

from __future__ import annotations

from engage.example.building import SEA_EAST, SEA_NORTH, TOWN_METRES, grid_of
from engage.example.wards import ACROSS, DOWN, draw_wards, write_wards
from engage.networks.maps.boundaries import keeping, reading, shapes


def test_wards_are_drawn_for_good_from_the_seed(tmp_path):
    assert draw_wards(7) == draw_wards(7) != draw_wards(8)
    assert len({ward.name for ward in draw_wards(7)}) == ACROSS * DOWN
    write_wards(7, tmp_path)
    # What an area would import is what is kept: sound, on the grid, and overlapping nowhere.
    assert reading.read_boundaries(tmp_path / keeping.NAME).parts == draw_wards(7)


def test_a_place_of_the_town_lies_in_one_ward_or_in_the_strip_at_its_edge():
    points = [grid_of(f"{number} Anywhere") for number in range(400)]
    held = shapes.holders(draw_wards(20260407), points)
    outside = [point for point, ward in zip(points, held, strict=True) if ward is None]
    assert set(held) >= set(range(ACROSS * DOWN))
    assert 0 < len(outside) < 80
    for east, north in outside:
        aside = min(
            east - SEA_EAST, north - SEA_NORTH, SEA_EAST + TOWN_METRES - east, SEA_NORTH + TOWN_METRES - north
        )
        assert aside < 400
