"""Sentences, days and moments as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engage.vocabulary.words import Sentence
from engage.web.templatetags import engage as words


def test_a_sentence_is_said_with_its_values() -> None:
    assert words.said(Sentence("%(agency)s sent nothing.", {"agency": "Police"})) == "Police sent nothing."


def test_a_percent_sign_in_a_sentence_without_values_is_left_alone() -> None:
    assert words.said(Sentence("100% of rows")) == "100% of rows"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 4, 7, 7, 40, tzinfo=UTC), "7 April 2026, 08:40"),
        (datetime(2026, 1, 7, 7, 40, tzinfo=UTC), "7 January 2026, 07:40"),
        (None, "not known"),
    ],
)
def test_a_moment_is_told_in_london(at: datetime | None, expected: str) -> None:
    assert words.moment(at) == expected


def test_a_day_at_midnight_london_is_that_day() -> None:
    assert words.day(datetime(2026, 4, 6, 23, 0, tzinfo=UTC)) == "7 April 2026"
    assert words.day(date(2026, 4, 7)) == "7 April 2026"
    assert words.day(None) == "not known"
