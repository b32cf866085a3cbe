"""Does the timeline of missing children draw no more than is known?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engage.picture.missing.rules import (
    BACK,
    FOUND,
    MISSING,
    NOT_RECEIVED,
    REPORTED_ANEW,
    End,
    Episode,
    Recorded,
)
from engage.web.missing.drawing import LEAST, WIDTH, Bar, timeline


NOW = datetime(2026, 4, 7, 8, tzinfo=UTC)
GONE = NOW - timedelta(days=60)


def drawn(state: str, end: End | None) -> Bar:
    report = Recorded("r1", "missing", "police", GONE, GONE + timedelta(minutes=1), "minute")
    made = timeline(
        {"ANA": [Episode((report,), end, state)]}, {"ANA": "Ana"}, first_on=date(2026, 1, 7), now=NOW
    )
    assert made is not None
    (bar,) = made.lines[0].bars
    return bar


def end(how: str, back_at: datetime | None) -> End:
    until = back_at + timedelta(minutes=1) if back_at else NOW - timedelta(days=1)
    return End(how, back_at, until, "minute" if back_at else "unknown", "police", "f1")


@pytest.mark.parametrize(
    ("state", "ended", "is_open", "days"),
    [
        (BACK, end(FOUND, GONE + timedelta(days=30)), False, 30),
        (BACK, end(REPORTED_ANEW, None), True, 0),
        (NOT_RECEIVED, None, True, 0),
        (MISSING, None, True, 60),
    ],
    ids=["found", "when is not known", "end not received", "missing now"],
)
def test_a_bar_is_as_long_as_the_child_is_known_to_have_been_away(
    state: str, ended: End | None, is_open: bool, days: int
) -> None:
    bar = drawn(state, ended)

    assert bar.is_open is is_open
    assert bar.width == pytest.approx(max(days / 90.33 * WIDTH, LEAST), abs=1)
