"""How a row of a list is read, how a name and a day of birth fit what records say, and in which state a screening is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engage.networks.screening.limits import limits
from engage.networks.screening.reading import ListUnreadable, decode, read
from engage.networks.screening.rules import Entry, Term, birth_fits, how, name_fits, state


TODAY = date(2026, 4, 7)
BORN = date(1981, 3, 27)


def rows(text: str) -> tuple[Entry, ...]:
    found = read(text, file="list.csv", today=TODAY, most=500)
    assert found.faults == ()
    return found.entries


def spans(*days: date) -> list[tuple[date, date]]:
    return [(day, day + timedelta(days=1)) for day in days]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sol Quandle, 27/3/1981", Entry(1, "Sol Quandle", BORN)),
        ("Sol Quandle 27 March 1981", Entry(1, "Sol Quandle", BORN)),
        ("Sol Quandle", Entry(1, "Sol Quandle")),
        ("Quandle; Sol; 1981-03-27", Entry(1, "Quandle Sol", BORN)),
        ("+44 (0)7700 900123", Entry(1, phone="07700900123")),
        ("07700 900 123\n", Entry(1, phone="07700900123")),
        ("qq11 abc", Entry(1, plate="QQ11ABC")),
        ("Sol Quandle\t27.3.1981\t07700900123\tQQ11 ABC", Entry(1, "Sol Quandle", BORN, "07700900123", "QQ11ABC")),
        ("name,born\n\nSol Quandle,27/3/1981", Entry(3, "Sol Quandle", BORN)),
        ("Surname;First name;DOB;Mobile\nQuandle;Sol;;07700900123", Entry(2, "Sol Quandle", phone="07700900123")),
        ("Registration\nQQ11 ABC", Entry(2, plate="QQ11ABC")),
    ],
)  # fmt: skip
def test_a_row_is_read_with_and_without_headings(text: str, expected: Entry) -> None:
    assert rows(text) == (expected,)


@pytest.mark.parametrize(
    ("text", "column", "value", "remedy"),
    [
        ("name,born\nSol Quandle,31/2/1981", "born", "31/2/1981", "whole day of birth"),
        ("Sol Quandle, 31/2/1981", "born", "31/2/1981", "whole day of birth"),
        ("Sol Quandle 31.2.81", "born", "31.2.81", "whole day of birth"),
        ("name,born\nSol Quandle,1981", "born", "1981", "whole day of birth"),
        ("name,born\nSol Quandle,27/3/2081", "born", "27/3/2081", "whole day of birth"),
        ("name,born\n,27/3/1981", "born", "27/3/1981", "write the name beside it"),
        ("name\nSol", "name", "Sol", "a first name and a surname"),
        ("name\nSol Quandle 7", "name", "Sol Quandle 7", "in letters"),
        ("phone\n12345", "phone", "12345", "all its digits"),
        ("plate\nQQ11 ABC and a trailer", "plate", "QQ11 ABC and a trailer", "the whole plate"),
        ("plate\nQQ1", "plate", "QQ1", "the whole plate"),
        ("name\nSol Quandle,07700900123", "-", "07700900123", "more values than there are columns"),
        ("12-34", "-", "12-34", "name the columns in the first row"),
        ("07700900123, 07700900124", "phone", "07700900124", "one of each"),
    ],
)
def test_what_cannot_be_read_is_named_with_file_row_column_value_and_remedy(
    text: str, column: str, value: str, remedy: str
) -> None:
    found = read(text, file="list.csv", today=TODAY, most=500)
    (fault,) = found.faults
    assert found.entries == ()
    assert (fault.column, fault.value) == (column, value)
    assert (
        str(fault.sentence)
        == f"list.csv, row {len(text.splitlines())}, column {column}: “{value}” cannot be read."
    )
    assert remedy in str(fault.remedy)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("name,born", "0 rows"),
        ("\n".join(["Sol Quandle"] * 4), "4 rows; a screening takes 1 to 3"),
        ("name,licence no\nSol Quandle,7", "column “licence no” is none that is looked for"),
        ('name\n"Sol Quandle', "quotation marks"),
    ],
)
def test_what_is_no_list_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ListUnreadable, match=sentence):
        read(text, file="list.csv", today=TODAY, most=3)


def test_a_file_of_a_spreadsheet_program_is_read_and_a_workbook_is_not() -> None:
    assert decode("\ufeffZoë Quandle".encode(), "a.csv") == "Zoë Quandle"
    assert decode("Zoë Quandle".encode("cp1252"), "a.csv") == "Zoë Quandle"
    with pytest.raises(ListUnreadable, match=r"a\.xlsx is no text"):
        decode(b"PK\x03\x04\x00", "a.xlsx")


@pytest.mark.parametrize(
    ("recorded", "is_near", "expected"),
    [
        ("sol quandle", True, "same"),
        ("quandle sol", False, "same"),
        ("sol ade quandle", True, "part"),
        ("quandle ade sol", True, "part"),
        ("ade sol quandle", True, "near"),
        ("ade sol quandle", False, ""),
        ("sol quandel", True, "near"),
        ("sol", False, ""),
        ("sola quandt", False, ""),
    ],
)
def test_names(recorded: str, is_near: bool, expected: str) -> None:
    assert name_fits(["sol", "quandle"], recorded.split(), is_near=is_near) == expected


@pytest.mark.parametrize(
    ("born", "recorded", "expected"),
    [
        (BORN, spans(BORN), "day"),
        (BORN, spans(date(1990, 5, 5), BORN), "day"),
        (date(1981, 3, 4), spans(date(1981, 4, 3)), "near_day"),
        (BORN, spans(date(1981, 3, 28)), "near_day"),
        (BORN, spans(date(1982, 3, 27)), "near_day"),
        (BORN, spans(date(1982, 3, 28)), "other"),
        (BORN, [(date(1981, 1, 1), date(1982, 1, 1))], "open"),
        (BORN, [(date(1990, 1, 1), date(1991, 1, 1))], "other"),
        (BORN, spans(date(1981, 1, 1)), "open"),
        (date(1981, 1, 1), spans(date(1981, 1, 1)), "open"),
        (BORN, spans(date(1990, 1, 1)), "other"),
        (None, spans(BORN), "open"),
        (BORN, [], "open"),
    ],
)
def test_days_of_birth(born: date | None, recorded: list[tuple[date, date]], expected: str) -> None:
    assert birth_fits(recorded, born) == expected


@pytest.mark.parametrize(
    ("name", "birth", "expected"),
    [
        ("same", "day", "name_and_birth"),
        ("part", "day", "near_name_and_birth"),
        ("near", "day", "near_name_and_birth"),
        ("same", "near_day", "name_and_near_birth"),
        ("part", "open", "name_alone"),
        ("same", "open", "name_alone"),
        ("near", "near_day", ""),
        ("near", "open", ""),
        ("same", "other", ""),
    ],
)
def test_only_the_same_name_and_day_are_taken_for_one(name: str, birth: str, expected: str) -> None:
    assert how(name, birth) == expected


TERM = Term(lapses_on=date(2026, 4, 21), expires_on=date(2026, 5, 5))


@pytest.mark.parametrize(
    ("said", "on", "expected"),
    [
        ((), date(2026, 4, 20), "asked"),
        ((), date(2026, 4, 21), "lapsed"),
        (("authorised",), date(2026, 4, 20), "authorised"),
        (("authorised",), date(2026, 4, 21), "lapsed"),
        (("refused",), date(2026, 4, 8), "refused"),
        (("authorised", "run"), date(2026, 5, 4), "run"),
        (("authorised", "run"), date(2026, 5, 5), "expired"),
        (("authorised", "run", "withdrawn"), date(2026, 5, 4), "withdrawn"),
        (("authorised", "run", "cleared"), date(2026, 5, 6), "expired"),
    ],
)
def test_states(said: tuple[str, ...], on: date, expected: str) -> None:
    assert state(said, TERM, on) == expected


def test_limits_are_dated_and_have_a_reason_and_a_source() -> None:
    found = limits(TODAY)
    assert found.last_day(TODAY) == TODAY + timedelta(days=found.hits_days)
    assert set(found.purposes) == {"safeguarding_child", "missing_response", "disruption"}
