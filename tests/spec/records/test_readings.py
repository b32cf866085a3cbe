"""Do the readings in SQL agree with what they stand for: kept libraries, and plain readings in Python?"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any

import phonenumbers
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.records.numbers import telephone


FEW = settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = st.dates(date(1931, 1, 1), date(2029, 12, 31))


def read(store: Any, expression: str, text: str) -> Any:
    return store.execute(f"select {expression} from (select ?::varchar as t)", [text]).fetchall()[0]


@FEW
@given(
    day=DAYS,
    form=st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%b-%Y", "%d %B %Y", "%Y%m%d", "%d/%m/%y"]),
)
def test_every_written_day_is_that_day(store: Any, day: date, form: str):
    text = day.strftime(form)
    assert read(store, "e_day(t), e_from_on(t), e_until_on(t), e_day_precision(t)", text) == (
        day,
        day,
        day + timedelta(1),
        "day",
    )


@FEW
@given(day=st.dates(date(1927, 5, 18), date(2095, 1, 1)))
def test_a_spreadsheets_day_number_is_its_day(store: Any, day: date):
    assert read(store, "e_day(t)", str((day - date(1899, 12, 30)).days)) == (day,)


@FEW
@given(year=st.integers(1900, 2099), month=st.integers(0, 13), day=st.integers(0, 32))
def test_a_day_that_is_none_is_never_turned_into_one(store: Any, year: int, month: int, day: int):
    try:
        real = date(year, month, day)
    except ValueError:
        real = None
    assert read(store, "e_day(t)", f"{day:02}/{month:02}/{year}") == (real,)


@FEW
@given(
    year=st.integers(1900, 2099),
    month=st.integers(1, 12),
    form=st.sampled_from(["{m:02}/{y}", "{y}-{m:02}", "{b} {y}"]),
)
def test_a_month_is_all_of_its_days(store: Any, year: int, month: int, form: str):
    text = form.format(m=month, y=year, b=calendar.month_name[month])
    last = date(year, month, calendar.monthrange(year, month)[1])
    assert read(store, "e_from_on(t), e_until_on(t), e_day_precision(t)", text) == (
        date(year, month, 1),
        last + timedelta(1),
        "month",
    )


@FEW
@given(year=st.integers(1900, 2099), about=st.sampled_from(["", "about ", "circa ", "c. ", "c", "approx "]))
def test_a_year_is_all_of_it_and_about_one_is_one_more_each_way(store: Any, year: int, about: str):
    slack = 1 if about else 0
    expected = (date(year - slack, 1, 1), date(year + 1 + slack, 1, 1), "about" if about else "year")
    assert read(store, "e_from_on(t), e_until_on(t), e_day_precision(t)", f"{about}{year}") == expected


@FEW
@given(
    age=st.integers(2, 99),
    said=st.sampled_from(
        ["{}", "aged {}", "{} yrs", "about {}", "{}ish", "~{}", "circa {}", "approx. {}", "roughly {}"]
    ),
    slack=st.integers(1, 3),
)
def test_about_an_age_is_a_span_round_it(store: Any, age: int, said: str, slack: int):
    wide = 0 if said in ("{}", "aged {}", "{} yrs") else slack
    assert read(store, f"e_age_low(t, {slack}), e_age_high(t, {slack})", said.format(age)) == (
        age - wide,
        age + wide,
    )


_PHONES = st.one_of(
    st.from_regex(r"\A(\+44 ?|0044 ?|0)7000 ?[0-9]{6}\Z"),
    st.from_regex(r"\A\+44 \(0\)7000 [0-9]{6}\Z"),
    st.from_regex(r"\A\+(1|33|353|7|91)[0-9]{8,10}\Z"),
    st.text("0123456789+() -", max_size=16),
    st.builds(
        lambda a, w, b: f"{a} {w} {b}",
        st.from_regex(r"\A07000 ?[0-9]{4,6}\Z"),
        st.sampled_from(["ext", "or", "x", "/"]),
        st.from_regex(r"\A[0-9]{1,3}\Z"),
    ),
)


@FEW
@given(text=_PHONES)
def test_a_telephone_that_sql_takes_is_what_the_library_takes(store: Any, text: str):
    (made,) = read(store, "e_phone(t)", text)
    if made is None:
        return
    number = phonenumbers.parse(text, "GB")
    assert phonenumbers.is_possible_number(number)
    assert number.country_code == 44
    assert not number.extension
    assert made == f"0{number.national_number}"


_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")


@FEW
@given(
    text=st.one_of(
        st.from_regex(r"\A ?[Qq][Xx][0-9][0-9A-Z]? {0,2}[0-9][A-Za-z]{2} ?\Z"),
        st.text("QX12 ab-", max_size=10),
    )
)
def test_a_postcode_is_its_letters_parted_before_the_last_three(store: Any, text: str):
    compact = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    expected = f"{compact[:-3]} {compact[-3:]}" if _POSTCODE.fullmatch(compact) else None
    assert read(store, "e_postcode(t)", text) == (expected,)


@FEW
@given(text=st.text("QqAb12?* -.", max_size=12))
def test_a_plate_is_its_letters_and_what_was_not_read(store: Any, text: str):
    signs = re.sub(r"[^A-Z0-9?]", "", text.replace("*", "?").upper())
    can_be_one = len(signs) <= 8 and re.search("[A-Z0-9]", signs) and re.search("^[A-Z]{1,3}$|[0-9?]", signs)
    expected = signs if can_be_one else None
    cut_off = re.fullmatch("[A-Z]{1,2}[0-9]{1,3}[A-Z]{1,2}", signs) is not None
    is_partial = None if expected is None else "?" in expected or len(expected) < 5 or cut_off
    assert read(store, "e_plate(t), e_plate_is_partial(t)", text) == (expected, is_partial)


@pytest.mark.parametrize(
    ("said", "number", "is_possible"),
    [
        ("07000 900012 ext 12", "07000900012", True),
        ("07000-900012 (mum)", "07000900012", True),
        ("(+44) 7000 900012", "07000900012", True),
        ("+353 85 000 0001", "+353850000001", True),
        ("07000 9000 ext 12", "07000 9000 ext 12", False),
        ("07000 900012 or 07000 900013", "07000 900012 or 07000 900013", False),
        ("07000 900012 / 07000 900013", "07000 900012 / 07000 900013", False),
        ("not known", "not known", False),
        ("0700012345", "0700012345", False),
        ("+44 700012345", "+44 700012345", False),
        ("020 7946 000", "020 7946 000", False),
        ("01632 96000", "01632 96000", False),
        ("01632 960000", "01632960000", True),
        ("016977 2000", "0169772000", True),
    ],
)
def test_a_telephone_with_words_is_read_by_the_library_or_kept_as_it_was_said(
    store: Any, said: str, number: str, is_possible: bool
):
    assert read(store, "e_phone(t)", said) in ((None,), (number,))
    assert telephone(said) == (number, is_possible)


@pytest.mark.parametrize(
    ("seen", "plate", "is_british"),
    [
        ("QQ62 GSH", "QQ62GSH", True),
        ("q1 abc", "Q1ABC", True),
        ("QQQ 123A", "QQQ123A", True),
        ("QIA 1234", "QIA1234", True),
        ("QQ6* G?H", "QQ6?G?H", True),
        ("GSH", "GSH", True),
        ("QQ62 G", "QQ62G", True),
        ("BLUE", None, None),
        ("no plate", None, None),
        ("???", None, None),
        ("1-ABC-234", "1ABC234", False),
        ("NOTAPLATE99", None, None),
        ("BLUEFORD", None, None),
        ("Unknown", None, None),
        ("n/k", None, None),
    ],
)
def test_what_cannot_be_a_plate_is_none_and_a_foreign_one_is_told(
    store: Any, seen: str, plate: str | None, is_british: bool | None
):
    assert read(store, "e_plate(t), e_plate_is_british(t)", seen) == (plate, is_british)
