"""A flat file is linked as an area is, by the columns named and by nothing else, in whatever order its rows stand."""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

import pytest

from engage.identities.flat import FlatLinked, FlatWrong, evaluate
from tests.spec.identities.towns import neighbours


pytestmark = pytest.mark.slow
FIELDS = {"forename": ("given",), "surname": ("family",), "born": ("dob",), "address": ("house", "street"), "number": ("badge",)}  # fmt: skip
HEAD = ["given", "family", "dob", "house", "street", "badge", "who", "colour"]


def rows() -> list[list[str]]:
    """A town in which every third person stands twice, and two people twice with an error each."""
    made = []
    for number, person in enumerate(neighbours(180)):
        house, street = person["address"].split(" ", 1)
        made.append([person["forename"], person["surname"], person["born"], house, street, "", person["id"].rstrip("b"), str(number)])  # fmt: skip
    made += [
        ["Maud", "Tarrant", "2010-05-17", "3", "Weir Lane", "B7", "maud", "red"],
        ["Muad", "Tarrant", "17/05/2010", "3", "Weir Lane", "B7", "maud", "blue"],
        ["Hugo", "Veale", "20110203", "4", "Weir Lane", "B8", "hugo", "red"],
        ["Hugo", "Veale", "2011", "4", "Weir Lane", "B8", "hugo", "blue"],
    ]
    return made


def linked(
    file: Path, records: list[list[str]], fields: dict[str, tuple[str, ...]] | None = None
) -> FlatLinked:
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([HEAD, *records])
    return evaluate(file, truth="who", fields=fields or FIELDS)


def test_who_is_one_person_is_found_and_measured(tmp_path: Path) -> None:
    found = linked(tmp_path / "town.csv", rows())
    assert found.measures.records == len(rows())
    assert found.measures.pairs.precision == 1.0
    assert found.measures.pairs.recall == 1.0
    assert (found.lost.true_pairs, found.lost.lost) == (62, 0)
    assert found.certainty.pairs >= 62
    assert found.certainty.brier < 0.05


def test_neither_the_order_of_rows_nor_what_no_field_names_changes_anything(tmp_path: Path) -> None:
    plain = linked(tmp_path / "town.csv", rows()).measures
    shuffled = [[*row[:-1], "same"] for row in rows()]
    random.Random(5).shuffle(shuffled)
    assert linked(tmp_path / "shuffled.csv", shuffled).measures == plain


def test_a_packed_file_is_read_too(tmp_path: Path) -> None:
    plain = linked(tmp_path / "town.csv", rows()).measures
    packed = tmp_path / "town.csv.gz"
    packed.write_bytes(gzip.compress((tmp_path / "town.csv").read_bytes()))
    assert evaluate(packed, truth="who", fields=FIELDS).measures == plain


@pytest.mark.parametrize(
    ("truth", "fields", "said"),
    [
        ("whom", FIELDS, "town.csv has no column “whom”."),
        ("who", {"surname": ("famly",)}, "town.csv has no column “famly”."),
        ("who", {"sirname": ("family",)}, "“sirname” is no field that can be compared."),
    ],
)
def test_what_is_not_there_is_told_by_name(
    tmp_path: Path, truth: str, fields: dict[str, tuple[str, ...]], said: str
) -> None:
    file = tmp_path / "town.csv"
    linked(file, rows()[:6])
    with pytest.raises(FlatWrong) as wrong:
        evaluate(file, truth=truth, fields=fields)
    assert str(wrong.value.sentence) == said
    assert wrong.value.remedy.values
