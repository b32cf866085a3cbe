"""A chronology in a spreadsheet says London days and London time, everything the page says, and who an agency is."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest

from engage.picture.rules import Entry
from engage.web.people.chronology import as_csv
from engage.web.people.words import happened


TITLES = {"police": "Nowhere Police"}


def entry(**how: Any) -> Entry:
    plain: dict[str, Any] = {
        "event_record_id": "zz:police:events:e1", "roles": ("victim",), "kind": "crime", "category": None, "title": "Theft", "outcome": None,
        "recorded_by": None, "details": {}, "happened_from_at": None, "happened_until_at": None, "happened_precision": "unknown",
        "happened_text": None, "place": None, "narrative": None, "narrative_withheld": False, "grade": None, "handling": "", "agency": "police",
        "file": "events", "source_id": "e1", "delivery_id": "d-police", "row_number": 1, "received_on": date(2026, 4, 6),
    }  # fmt: skip
    return Entry(**{**plain, **how})


def row_of(**how: Any) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(as_csv([entry(**how)], TITLES).removeprefix("\ufeff")))
    return row


@pytest.mark.parametrize(
    ("precision", "first", "until", "expected"),
    [
        ("day", "2026-03-31T23:00Z", "2026-04-01T23:00Z", ("2026-04-01", "2026-04-01")),
        ("day", "2026-01-09T00:00Z", "2026-01-10T00:00Z", ("2026-01-09", "2026-01-09")),
        ("month", "2026-03-31T23:00Z", "2026-04-30T23:00Z", ("2026-04-01", "2026-04-30")),
        ("about", "2026-03-01T00:00Z", "2026-04-30T23:00Z", ("2026-03-01", "2026-04-30")),
        ("minute", "2026-04-01T21:05Z", "2026-04-01T21:06Z", ("2026-04-01T22:05:00+01:00", "2026-04-01T22:06:00+01:00")),
        ("minute", "2026-01-01T21:05Z", "2026-01-01T21:06Z", ("2026-01-01T21:05:00+00:00", "2026-01-01T21:06:00+00:00")),
        ("unknown", None, None, ("", "")),
    ],
)  # fmt: skip
def test_when_it_happened_is_london_time_and_no_more_exact_than_its_source(
    precision: str, first: str | None, until: str | None, expected: tuple[str, str]
) -> None:
    row = row_of(
        happened_precision=precision,
        happened_from_at=first and datetime.fromisoformat(first),
        happened_until_at=until and datetime.fromisoformat(until),
    )

    assert (row["happened_from"], row["happened_until"]) == expected


def test_an_end_of_which_only_the_day_was_said_has_no_hour() -> None:
    came = {
        "happened_precision": "minute",
        "happened_from_at": datetime.fromisoformat("2026-02-01T21:40Z"),
        "happened_until_at": datetime.fromisoformat("2026-02-04T00:00Z"),
        "until_precision": "day",
    }

    row = row_of(**came)

    assert (row["happened_from"], row["happened_until"]) == ("2026-02-01T21:40:00+00:00", "2026-02-03")
    assert happened(entry(**came)) == "1 February 2026, 21:40 to 3 February 2026"


def test_it_holds_the_details_of_the_page_and_the_agencys_name() -> None:
    row = row_of(details={"return_interview": "offered", "crime_ref": 12, "left_by": ""})

    assert row["details"] == "Return interview: offered; Crime ref: 12"
    assert (row["agency"], row["agency_title"]) == ("police", "Nowhere Police")


def test_a_detail_is_no_formula_and_an_unknown_agency_is_its_code() -> None:
    row = row_of(details={"=cmd()": "x"}, agency="elsewhere")

    assert row["details"].startswith("'=")
    assert row["agency_title"] == "elsewhere"
