"""Are the joins right often enough on the known sets of linkage beside the project, by the code of `engage evaluate linkage`?

A known answer is read for measuring only. Without the sets these tests are left out.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engage.identities.flat import evaluate


SETS = Path(__file__).parents[4] / "shared" / "linkage"
pytestmark = [
    pytest.mark.borough,
    pytest.mark.slow,
    pytest.mark.skipif(not SETS.is_dir(), reason="the known sets of linkage are not beside the project"),
]
FEBRL = {
    "forename": ("given_name",), "surname": ("surname",), "address": ("street_number", "address_1", "address_2", "suburb"),
    "postcode": ("postcode",), "born": ("date_of_birth",), "number": ("soc_sec_id",),
}  # fmt: skip
WITHOUT_NUMBER = {field: columns for field, columns in FEBRL.items() if field != "number"}
SPLINK = {"forename": ("first_name",), "surname": ("surname",), "born": ("dob",), "email": ("email",), "address": ("city",)}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "truth", "fields", "least"),
    [
        ("febrl3.csv", "entity_id", FEBRL, 0.997),
        ("febrl3.csv", "entity_id", WITHOUT_NUMBER, 0.95),
        ("splink_fake_1000.csv", "cluster", SPLINK, 0.94),
    ],
    ids=["febrl3", "febrl3 without its number", "splink_fake_1000"],
)
def test_joins_are_right_often_enough(
    file: str, truth: str, fields: dict[str, tuple[str, ...]], least: float
) -> None:
    found = evaluate(SETS / file, truth=truth, fields=fields).measures
    assert found.pairs.f1 >= least, found.pairs
