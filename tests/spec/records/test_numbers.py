"""Does the fast way of checking numbers find what the library finds?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.records import numbers


def checked(connection: Any, kind: str, texts: list[str]) -> dict[str, tuple[str, bool]]:
    connection.execute("create or replace temp table sent (text varchar)")
    connection.executemany("insert into sent values (?)", [(text,) for text in texts])
    numbers.check(connection, kind=kind, texts_sql="select text from sent")
    rows = connection.execute(f"select value_text, value, is_valid from checked_{kind}").fetchall()
    assert len(rows) == len(set(texts)), "a number was lost or doubled"
    return {text: (value, is_valid) for text, value, is_valid in rows}


_UPNS = st.from_regex(r"\A[A-Z]999[0-9]{8}[0-9A-Z]\Z")
_NHS = st.from_regex(r"\A999[0-9]{7}\Z")
_SPACED = st.builds(lambda n: f"{n[:3]} {n[3:6]} {n[6:]}", _NHS)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.one_of(_NHS, _SPACED, st.text("0123456789 -X", max_size=12)), min_size=1, max_size=20)
)
def test_nhs_numbers(store: Any, texts: list[str]):
    assert checked(store, "nhs_number", texts) == {t: numbers.nhs_number(t) for t in texts}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.one_of(_UPNS, _UPNS.map(str.lower), st.text("A9 0Z", max_size=14)), min_size=1, max_size=20
    )
)
def test_unique_pupil_numbers(store: Any, texts: list[str]):
    assert checked(store, "upn", texts) == {t: numbers.unique_pupil_number(t) for t in texts}


@pytest.mark.parametrize("digit", range(10))
def test_exactly_one_check_digit_is_right(store: Any, digit: int):
    texts = [f"99900000{digit}{last}" for last in range(10)]
    right = [t for t, (_value, is_valid) in checked(store, "nhs_number", texts).items() if is_valid]
    assert len(right) <= 1  # a check digit of ten is never given out


@pytest.mark.parametrize(
    ("text", "value", "is_valid"),
    [
        ("+44 7000 900123", "07000900123", True),
        ("+353 86 123 4567", "+353861234567", True),
        ("ask mum", "ask mum", False),
        ("12", "12", False),
        ("0800 1111", "08001111", True),
    ],
)
def test_telephones_left_to_the_library(store: Any, text: str, value: str, is_valid: bool):
    assert checked(store, "phone", [text]) == {text: (value, is_valid)}
