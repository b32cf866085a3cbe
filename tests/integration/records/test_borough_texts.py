"""The independent borough's texts are read right often enough, by words that were not read off them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from engage.picture.narrative.measuring import Key, measure, read_answer
from engage.picture.narrative.reading import Reader
from engage.picture.narrative.vocabulary import SHIPPED, load


BOROUGH = Path(__file__).resolve().parents[4] / "shared" / "borough"
pytestmark = [
    pytest.mark.borough,
    pytest.mark.slow,
    pytest.mark.skipif(not BOROUGH.is_dir(), reason="the independent borough is not beside the project"),
]
# Agency, file, and the columns of the id, the text and a day.
TEXTS = (
    ("police", "occurrences", "occ_ref", "narrative", "occ_date"),
    ("childrens_services", "contacts", "contact_ref", "narrative", "contact_date"),
    ("childrens_services", "return_interviews", "interview_ref", "narrative", "interview_date"),
    ("health", "ed_safeguarding_notes", "note_ref", "narrative", "received_date"),
)
LONGEST = 4


def texts() -> Iterator[tuple[str, str, str, str, int]]:
    for agency, file, ref, text, day in TEXTS:
        with (BOROUGH / agency / f"{file}.csv").open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.DictReader(handle):
                yield agency, file, row[ref], row[text], int(row[day][:4])


def test_themes_and_what_is_made_of_them_are_found_often_enough() -> None:
    reader = Reader(load())
    answer = {
        polarity: {key for key in keys if key[1] != "casenotes"}
        for polarity, keys in read_answer(BOROUGH).items()
    }
    said: list[tuple[str, str, str, str, str]] = [
        (agency, file, ref, one.theme, one.polarity)
        for agency, file, ref, text, year in texts()
        for one in reader.read(text, year=year)
    ]
    found = measure(said, answer)
    assert found.micro.f1 >= 0.90
    assert found.macro >= 0.80
    assert {polarity for polarity, share in found.polarities.items() if share < 0.75} == set()
    assert _keys(answer)


def _keys(answer: dict[str, set[Key]]) -> int:
    return sum(map(len, answer.values()))


def test_no_four_words_in_a_row_of_a_text_stand_in_a_vocabulary() -> None:
    in_texts = {row for _agency, _file, _ref, text, _year in texts() for row in _rows(text)}
    written = [
        phrase
        for file in SHIPPED.rglob("*.yaml")
        for phrase in _phrases(yaml.safe_load(file.read_text(encoding="utf-8")))
    ]
    assert len(written) > 1000
    assert {phrase for phrase in written if _rows(phrase) & in_texts} == set()


def _phrases(content: object, key: str = "") -> Iterator[str]:
    """Everything that is looked for; what a theme means is written for people."""
    if isinstance(content, dict):
        for name, some in content.items():
            if name not in ("title", "means", "does_not_mean", "code"):
                yield from _phrases(some, str(name))
    elif isinstance(content, list):
        for one in content:
            yield from _phrases(one, key)
    else:
        yield str(content)


def _rows(text: str) -> set[tuple[str, ...]]:
    """Every four words in a row, small; alternatives and gaps of an entry are no words."""
    words = re.findall(r"[a-z0-9']+|[|<.]", text.lower())
    rows = (tuple(words[at : at + LONGEST]) for at in range(len(words) - LONGEST + 1))
    return {row for row in rows if not set(row) & set("|<.")}
