"""A day is read as exactly as it was typed, never more exactly."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engage.picture.exporting import not_a_formula
from engage.vocabulary.time import Precision
from engage.web.people.uncertain import NotADay, read_happened
from engage.web.people.words import is_age, value


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "first", "until", "precision"),
    [
        ("3/4/2026 14:05", at(2026, 4, 3, 13, 5), at(2026, 4, 3, 13, 6), Precision.MINUTE),
        ("3 April 2026 at 14:05", at(2026, 4, 3, 13, 5), at(2026, 4, 3, 13, 6), Precision.MINUTE),
        ("3/4/2026", at(2026, 4, 2, 23), at(2026, 4, 3, 23), Precision.DAY),
        ("3/1/2026", at(2026, 1, 3), at(2026, 1, 4), Precision.DAY),
        ("March 2026", at(2026, 3, 1), at(2026, 3, 31, 23), Precision.MONTH),
        ("4/2026", at(2026, 3, 31, 23), at(2026, 4, 30, 23), Precision.MONTH),
        ("2009", at(2009, 1, 1), at(2010, 1, 1), Precision.YEAR),
        ("about 2009", at(2008, 1, 2), at(2011, 1, 1), Precision.ABOUT),
        ("  ", None, None, Precision.UNKNOWN),
    ],
)
def test_a_day_is_read_as_the_interval_it_allows(
    written: str, first: datetime | None, until: datetime | None, precision: Precision
) -> None:
    happened = read_happened(written)

    assert (happened.from_at, happened.until_at, happened.precision) == (first, until, precision)


@pytest.mark.parametrize(
    "written", ["31/2/2026", "last Tuesday", "2026 14:05", "3/4/2026 25:00", "13/13/2026", "x" * 50]
)
def test_what_is_no_day_is_refused_with_the_words_themselves(written: str) -> None:
    with pytest.raises(NotADay) as refused:
        read_happened(written)

    assert written in str(refused.value)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "+44=1", "+", "+44\n", "-1-1", "-x", "@x", "\t=1", "\r=1", "\n=1"]
)
def test_no_cell_is_left_a_formula(cell: str) -> None:
    assert not_a_formula(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "7 April", "a=b", "'=already", "+44 7000 900123", "+44", "-1", "-3.20"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert not_a_formula(cell) == cell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14", True),
        ("14ish", True),
        ("2009", False),
        ("3/4/2010", False),
        ("3/2010", False),
        ("2010-04-03", False),
        ("about 15", False),
    ],
)
def test_an_age_is_told_from_a_date(text: str, expected: bool) -> None:
    assert is_age(text) is expected


def test_an_age_is_not_shown_as_if_it_were_a_date() -> None:
    assert value("birth", "14ish") == "age “14ish” when recorded"
    assert value("birth", "2010-04-03") == "3 April 2010"
