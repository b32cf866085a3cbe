"""A list is gone along from what was shown last; of what the viewer may not know nothing tells: no short page, no link, no number to go from."""

from __future__ import annotations

from itertools import islice

import pytest

from engage.casework.meetings.stretches import Parts, Where, stretch


ORDER = [9, 4, 7, 1, 8, 2, 6, 3]


class Listed:
    """An order that is at hand."""

    def beside(self, number: int | None, *, is_back: bool = False) -> Parts | None:
        if number is not None and number not in ORDER:
            return None
        place = ORDER.index(number) if number is not None else -1
        rest = ORDER[:place][::-1] if is_back else ORDER[place + 1 :]
        going = iter(rest)
        return lambda size: list(islice(going, size))


def shown(where: Where, hidden: tuple[int, ...] = ()) -> tuple[list[int], int | None, int | None]:
    found = stretch(Listed(), lambda some: {one: one for one in some if one not in hidden}, where)
    return list(found.shown), found.before, found.after


@pytest.mark.parametrize(
    ("where", "hidden", "page", "before", "after"),
    [
        (Where(rows=3), (), [9, 4, 7], None, 7),
        (Where(after=7, rows=3), (), [1, 8, 2], 1, 2),
        (Where(after=2, rows=3), (), [6, 3], 6, None),
        (Where(before=1, rows=3), (), [9, 4, 7], None, 7),
        (Where(before=6, rows=3), (), [1, 8, 2], 1, 2),
        # Pages are full whatever is hidden, and lead on to what may be known.
        (Where(rows=3), (4, 1, 8), [9, 7, 2], None, 2),
        (Where(after=2, rows=3), (4, 1, 8), [6, 3], 6, None),
        (Where(before=6, rows=2), (4, 1, 8), [7, 2], 7, 2),
        (Where(rows=3), (6, 3), [9, 4, 7], None, 7),
        (Where(after=7, rows=3), (6, 3), [1, 8, 2], 1, None),
        # What is hidden is no place to go from: it is as if it were not there.
        (Where(after=8, rows=3), (8,), [9, 4, 7], None, 7),
        (Where(after=99, rows=3), (), [9, 4, 7], None, 7),
        (Where(before=8, rows=3), (8,), [9, 4, 7], None, 7),
        (Where(rows=3), tuple(ORDER), [], None, None),
    ],
)
def test_a_stretch(
    where: Where, hidden: tuple[int, ...], page: list[int], before: int | None, after: int | None
) -> None:
    assert shown(where, hidden) == (page, before, after)


@pytest.mark.parametrize("hidden", [(), (4,), (9, 3), (7, 1, 8), (4, 1, 2, 3)])
def test_all_that_may_be_known_is_come_to_and_back_again(hidden: tuple[int, ...]) -> None:
    wanted, there, back = [one for one in ORDER if one not in hidden], [], []
    where: Where | None = Where(rows=2)
    while where:
        page, _before, after = shown(where, hidden)
        there += page
        where = Where(after=after, rows=2) if after else None
    where = Where(before=wanted[-1], rows=2)
    while where:
        page, before, _after = shown(where, hidden)
        back = page + back
        where = Where(before=before, rows=2) if before else None
    assert (there, [*back, wanted[-1]]) == (wanted, wanted)
