"""Does the version without names give back anything small by weekdays and hours, and are these told as exactly as a source says?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.networks.maps.rules import ANYWHERE, FOUND, NO_TIME, Asked, Counted, when_of
from engage.networks.maps.suppressing import without_small


JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


@pytest.mark.parametrize(
    ("at", "precision", "when"),
    [
        # A Wednesday evening in summer is an hour later in London, and may be the next day.
        (datetime(2026, 7, 1, 20, 30, tzinfo=UTC), "minute", (2, 21)),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "minute", (3, 0)),
        (datetime(2026, 1, 7, 23, 30, tzinfo=UTC), "minute", (2, 23)),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "day", (2, None)),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "month", NO_TIME),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "about", NO_TIME),
        (None, "minute", NO_TIME),
    ],
)
def test_weekday_and_hour_are_of_londons_clock_and_no_more_exact_than_said(at, precision, when):
    assert when_of(at, precision) == when


def counted(times):
    areas: dict = {}
    for (where, month, _when), count in times.items():
        areas[where, month] = areas.get((where, month), 0) + count
    strip = {month: sum(n for (_w, m), n in areas.items() if m == month) for month in (JAN, FEB)}
    return Counted(Asked(FOUND, JAN, FEB), areas, (), {}, strip, 0, times)


@pytest.mark.parametrize(
    ("times", "shown"),
    [
        # Hours of one part of the day stand together, and leave three of the month over.
        ({(0, JAN, (4, 19)): 2, (0, JAN, (4, 23)): 2, (0, JAN, (5, 1)): 3}, {(4, 18): 4}),
        # Two left over would be told.
        ({(0, JAN, (4, 19)): 4, (0, JAN, (5, 1)): 2}, {}),
        # None left over would be as well.
        ({(0, JAN, (4, 19)): 6}, {}),
        ({(0, JAN, (4, 19)): 6, (0, JAN, (4, None)): 3, (0, JAN, NO_TIME): 3}, {(4, 18): 6, (4, None): 3}),
        # What stands in an area that is kept back is in no other table either.
        ({(0, JAN, (4, 19)): 4, (0, JAN, (1, 8)): 3, (1, JAN, (4, 20)): 2}, {(4, 18): 4}),
        # Each month stands alone, so that two months less one tell of nothing.
        ({(0, JAN, (4, 19)): 2, (0, FEB, (4, 19)): 2, (0, JAN, (1, 8)): 4, (0, FEB, (1, 8)): 4}, {}),
    ],
)  # fmt: skip
def test_parts_of_the_day_leave_over_none_that_could_be_worked_out(times, shown):
    assert dict(without_small(counted(times), 3).by_time()) == shown


WHENS = st.tuples(st.none() | st.integers(0, 6), st.none() | st.sampled_from([1, 8, 13, 19, 23]))
TIMES = st.dictionaries(st.tuples(st.sampled_from([0, 1, "not known"]), st.sampled_from([JAN, FEB]), WHENS), st.integers(1, 9))  # fmt: skip


@given(TIMES)
def test_no_difference_of_shown_numbers_is_a_small_count(times):
    found = without_small(counted(times), 3)
    assert all(count >= 3 for count in found.times.values())
    for month in (JAN, FEB):
        told = [
            count for (where, of, _when), count in found.times.items() if of == month and where == ANYWHERE
        ]
        assert not told or found.strip[month] - sum(told) >= 3


@given(TIMES, st.lists(WHENS, max_size=2), st.lists(WHENS, max_size=2))
def test_whatever_stands_in_small_areas_changes_nothing(times, some, others):
    def with_small(whens):
        small = {}
        for when in whens:
            small[2, JAN, when] = small.get((2, JAN, when), 0) + 1
        return without_small(counted({**times, **small}), 3)

    assert with_small(some) == with_small(others)
