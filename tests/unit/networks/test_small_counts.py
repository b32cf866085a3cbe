"""Does the version without names give back any small count: by itself, by totals, by places within areas, or by months?"""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.networks.maps.rules import FOUND, Asked, Counted, Place, Site, Spot, later
from engage.networks.maps.stated import stated
from engage.networks.maps.suppressing import where_is, without_small


JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)
MONTHS = (JAN, FEB)


def counted(areas, places=(), not_dated=0):
    """areas: counts by area and month; places: (name, area, counts by month)."""
    made = tuple(
        Place(number, Site(Spot(name, name), 1, 1, where, is_private=False), dict(months))
        for number, (name, where, months) in enumerate(places, 1)
    )
    strip = {month: sum(n for (_w, m), n in areas.items() if m == month) for month in MONTHS}
    return Counted(Asked(FOUND, JAN, FEB), dict(areas), made, {(0, JAN): 1}, strip, not_dated)


def test_counts_of_none_one_and_two_are_one_and_totals_are_of_what_is_shown():
    found = without_small(counted({(0, JAN): 2, (1, JAN): 5, (1, FEB): 1, (2, FEB): 3}, not_dated=2), 3)
    assert found.areas == {(1, JAN): 5, (2, FEB): 3}
    assert (found.of(0), found.of(1), found.total(), found.strip) == (0, 5, 8, {JAN: 5, FEB: 3})
    assert (found.private, found.not_dated) == ({}, 0)


@pytest.mark.parametrize(
    ("area", "places", "shown"),
    [
        (9, {"Arcade": 6}, {"Arcade": 6}),
        (8, {"Arcade": 6}, {}),
        (6, {"Arcade": 6}, {}),
        (9, {"Arcade": 5, "Burger": 3}, {"Arcade": 5}),
        (8, {"Arcade": 4, "Burger": 4}, {"Arcade": 4}),
        (11, {"Arcade": 5, "Burger": 3, "Kebabs": 1}, {"Arcade": 5, "Burger": 3}),
    ],
)
def test_places_leave_over_none_of_their_area_that_could_be_worked_out(area, places, shown):
    made = counted({(0, JAN): area}, [(name, 0, {JAN: count}) for name, count in places.items()])
    found = without_small(made, 3)
    assert {place.site.spot.key: place.count for place in found.places} == shown
    assert [place.number for place in found.places] == list(range(1, len(shown) + 1))


SMALL = st.dictionaries(st.sampled_from(list(product((0, 1, "not known"), MONTHS))), st.integers(0, 2))


@given(
    st.dictionaries(st.sampled_from(list(product((2, 3, "outside"), MONTHS))), st.integers(3, 40)), SMALL, SMALL
)  # fmt: skip
def test_whatever_stands_in_small_cells_changes_nothing(large, some, others):
    assert without_small(counted({**large, **some}), 3) == without_small(counted({**large, **others}), 3)


PLACES = st.dictionaries(st.sampled_from(list(product("abcde", MONTHS))), st.integers(0, 9))


@given(PLACES, st.dictionaries(st.sampled_from(list(product((0, 1), MONTHS))), st.integers(0, 9)))
def test_no_difference_of_shown_numbers_is_a_small_count(at, elsewhere):
    """Two areas; places a, b and c in the first, d and e in the second; `elsewhere` at private addresses."""
    of = {name: int(name in "de") for name in "abcde"}
    areas = {cell: elsewhere.get(cell, 0) for cell in product((0, 1), MONTHS)}
    for (name, month), count in at.items():
        areas[of[name], month] += count
    rows = [
        (name, of[name], {month: at[name, month] for month in MONTHS if at.get((name, month))})
        for name in "abcde"
        if any(at.get((name, month)) for month in MONTHS)
    ]
    found = without_small(counted(areas, rows), 3)
    shown = [*found.areas.values(), *(n for place in found.places for n in place.months.values())]
    assert all(count >= 3 for count in shown)
    for (where, month), whole in found.areas.items():
        told = [p.months[month] for p in found.places if where_is(p) == where and month in p.months]
        assert not told or whole - sum(told) >= 3
    assert found.total() == sum(found.areas.values())
    assert set(found.areas) >= {(where_is(p), month) for p in found.places for month in p.months}


def test_the_number_below_which_counts_are_kept_back_is_dated_data():
    assert stated().small_below(date(2026, 11, 28)) == 3
    assert stated().small_below(date(2020, 1, 1)) == 3
    assert [stated().class_of(n) for n in (0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 99)] == [
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
    ]


def test_months_are_counted_over_the_turn_of_a_year():
    assert later(date(2025, 11, 1), 3) == date(2026, 2, 1)
    assert Asked(FOUND, date(2025, 12, 1), FEB).months == (date(2025, 12, 1), JAN, FEB)
