from __future__ import annotations

import pytest

from engage.identities.linking.names import clean_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Liz", "Elizabeth"),
        ("Livvy", "Olivia"),
        ("Mohammed", "Muhammad"),
        ("Chaz", "Charlie"),
        ("Sean", "Shaun"),
        ("Tony", "Anthony"),
    ],
)
def test_forms_of_one_name_share_a_group(one: str, other: str) -> None:
    assert set(clean_name(one).groups) & set(clean_name(other).groups)


@pytest.mark.parametrize(("one", "other"), [("Maud", "Hilda"), ("Owen", "Oliver"), ("Amy", "Anna")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert not set(clean_name(one).groups) & set(clean_name(other).groups)


def test_what_a_name_is_made_of() -> None:
    name = clean_name("  O\u2019Leary-Świątek ")
    assert name.joined == "olearyswiatek"
    assert name.parts == ("oleary", "olearyswiatek", "swiatek")
    assert clean_name("YP Reuben").first == "reuben"
    assert clean_name("Al Masri").parts == ("almasri", "masri")


def test_an_empty_name_is_empty() -> None:
    assert clean_name(" - ").groups == ()
    assert clean_name("").sound == ""
