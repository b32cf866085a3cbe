"""What does each reading make of what people type?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import pytest

from engage.records import values
from engage.store.warehouse import connect


@pytest.fixture(scope="module")
def reading() -> Iterator[Callable[..., Any]]:
    """Call a macro by name: reading("e_day", "24/12/2009")."""
    connection = connect(None)
    values.create_macros(connection)

    def read(macro: str, *given: Any) -> Any:
        marks = ", ".join("?" if not isinstance(g, str) else "?::varchar" for g in given)
        return connection.execute(f"select {macro}({marks})", list(given)).fetchall()[0][0]

    yield read
    connection.close()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2009-12-24", date(2009, 12, 24)),
        ("2009-12-24 21:40", date(2009, 12, 24)),
        ("2009-12-24T21:40:00", date(2009, 12, 24)),
        ("2009-2-3", date(2009, 2, 3)),
        ("2009-2-3 08:15", date(2009, 2, 3)),
        ("24/12/2009", date(2009, 12, 24)),
        ("3/4/2009", date(2009, 4, 3)),  # British: the day comes first
        ("24.12.2009", date(2009, 12, 24)),
        ("24-12-2009", date(2009, 12, 24)),
        ("24/12/09", date(2009, 12, 24)),
        ("24/12/30", date(2030, 12, 24)),
        ("24/12/31", date(1931, 12, 24)),
        ("24/12/2009 21:40", date(2009, 12, 24)),
        ("24 December 2009", date(2009, 12, 24)),
        ("24th Dec 2009", date(2009, 12, 24)),
        ("24-Dec-2009", date(2009, 12, 24)),
        ("24 Sept 2009", date(2009, 9, 24)),
        ("20091224", date(2009, 12, 24)),
        ("25569", date(1970, 1, 1)),  # a spreadsheet's day
        ("40171.5", date(2009, 12, 24)),
        (" 24/12/2009 ", date(2009, 12, 24)),
        ("29/02/2008", date(2008, 2, 29)),
        ("29/02/2009", None),
        ("31/04/2009", None),
        ("12/24/2009", None),  # never turned round to make it fit
        ("2009", None),
        ("December 2009", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_days(reading: Callable[..., Any], text: str | None, day: date | None):
    assert reading("e_day", text) == day


@pytest.mark.parametrize(
    ("text", "first", "after_last", "precision"),
    [
        ("24/12/2009", date(2009, 12, 24), date(2009, 12, 25), "day"),
        ("12/2009", date(2009, 12, 1), date(2010, 1, 1), "month"),
        ("December 2009", date(2009, 12, 1), date(2010, 1, 1), "month"),
        ("Sept 2009", date(2009, 9, 1), date(2009, 10, 1), "month"),
        ("2009", date(2009, 1, 1), date(2010, 1, 1), "year"),
        ("about 2009", date(2008, 1, 1), date(2011, 1, 1), "about"),
        ("c. 2009", date(2008, 1, 1), date(2011, 1, 1), "about"),
        ("c2009", date(2008, 1, 1), date(2011, 1, 1), "about"),
        ("a while ago", None, None, "unknown"),
        (None, None, None, "unknown"),
    ],
)
def test_partial_dates(
    reading: Callable[..., Any], text: str | None, first: date | None, after_last: date | None, precision: str
):
    assert reading("e_from_on", text) == first
    assert reading("e_until_on", text) == after_last
    assert reading("e_day_precision", text) == precision


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("15", 15, 15),
        ("15 yrs", 15, 15),
        ("aged 15", 15, 15),
        ("15 years old", 15, 15),
        ("15y", 15, 15),
        ("about 15", 14, 16),
        ("15ish", 14, 16),
        ("15-ish", 14, 16),
        ("~15", 14, 16),
        ("approx. 15", 14, 16),
        ("aged about 15", 14, 16),
        ("14-16", 14, 16),
        ("14 to 16", 14, 16),
        ("14/15", 14, 15),
        ("14\u201316 years", 14, 16),
        ("teenager", None, None),
        ("150", None, None),
        (None, None, None),
    ],
)
def test_ages(reading: Callable[..., Any], text: str | None, low: int | None, high: int | None):
    assert (reading("e_age_low", text, 1), reading("e_age_high", text, 1)) == (low, high)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("21:40", time(21, 40)),
        ("9.05", time(9, 5)),
        ("21:40:59", time(21, 40)),
        ("2140", time(21, 40)),
        ("0.5", time(12, 0)),
        ("0.625", time(15, 0)),
        ("0.25", None),  # 00:25, or a quarter of a day
        ("25:00", None),
        ("evening", None),
    ],
)
def test_times(reading: Callable[..., Any], text: str, clock: time | None):
    assert reading("e_time", text) == clock


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2024-03-01 21:40", time(21, 40)),
        ("2024-03-01T21:40:00", time(21, 40)),
        ("45352.75", time(18, 0)),
        ("2024-03-01", None),
        ("45352", None),
    ],
)
def test_times_within_a_date(reading: Callable[..., Any], text: str, clock: time | None):
    assert reading("e_time_within", text) == clock


@pytest.mark.parametrize(
    ("text", "forename", "middle", "surname"),
    [
        ("Demi Ashworth", "Demi", None, "Ashworth"),
        ("Demi Rose Ashworth", "Demi", "Rose", "Ashworth"),
        ("ASHWORTH, Demi", "Demi", None, "ASHWORTH"),
        ("ASHWORTH, Demi Rose", "Demi", "Rose", "ASHWORTH"),
        ("van der Berg, Anna", "Anna", None, "van der Berg"),
        ("Demi", "Demi", None, None),
        ("  Demi   Ashworth ", "Demi", None, "Ashworth"),
        ("ASHWORTH,", None, None, "ASHWORTH"),
    ],
)
def test_whole_names(
    reading: Callable[..., Any], text: str, forename: str | None, middle: str | None, surname: str | None
):
    got = tuple(reading(f"e_name_{part}", text) for part in ("forename", "middle", "surname"))
    assert got == (forename, middle, surname)


@pytest.mark.parametrize(
    ("macro", "text", "made"),
    [
        ("e_postcode", "qx1 2ab", "QX1 2AB"),
        ("e_postcode", "QX12AB", "QX1 2AB"),
        ("e_postcode", " QX10  2AB ", "QX10 2AB"),
        ("e_postcode", "QX1A 2AB", "QX1A 2AB"),
        ("e_postcode", "QX1", None),
        ("e_postcode", "not known", None),
        ("e_plate", "qq12 abc", "QQ12ABC"),
        ("e_plate", "QQ1? *BC", "QQ1??BC"),
        ("e_plate", "---", None),
        ("e_plate_is_partial", "QQ12ABC", False),
        ("e_plate_is_partial", "QQ12 A?C", True),
        ("e_plate_is_partial", "QQ12", True),
        ("e_phone", "07000 900001", "07000900001"),
        ("e_phone", "+44 7000 900001", "07000900001"),
        ("e_phone", "+44 (0)7000 900001", "07000900001"),
        ("e_phone", "0044 7000 900001", "07000900001"),
        ("e_phone", "7000900001", "07000900001"),  # a spreadsheet took the nought
        ("e_phone", "447000900001", "07000900001"),
        ("e_phone", "ring mum", None),
        ("e_phone", "12345", None),
        ("e_handling", "P", "P"),
        ("e_handling", "p", "P"),
        ("e_handling", "C A1 S2", "C"),
        ("e_handling", "3", "legacy-3"),
        ("e_handling", "Restricted", "Restricted"),
        ("e_handling", " ", ""),
        ("e_handling", None, ""),
        ("e_address_key", "12 High St", "12 high street"),
        ("e_address_key", "Apt. 3, 12 MILL RD.", "flat 3 12 mill road"),
        ("e_address_key", "St Mark's Ave", "st mark s avenue"),
    ],
)
def test_postcodes_plates_phones_and_handling(
    reading: Callable[..., Any], macro: str, text: str | None, made: Any
):
    assert reading(macro, text) == made


def test_a_moment_is_london_time_kept_in_utc(reading: Callable[..., Any]):
    assert reading("e_utc", datetime.fromisoformat("2024-06-01 21:40")) == datetime.fromisoformat(
        "2024-06-01 20:40"
    )
    assert reading("e_utc", datetime.fromisoformat("2024-12-01 21:40")) == datetime.fromisoformat(
        "2024-12-01 21:40"
    )
