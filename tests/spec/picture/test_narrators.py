"""Other people's sentences are read too. All sets are invented, by writers who did not know the vocabulary.

The misses of `third.csv`, of `fourth.csv`, which is hard on purpose, of `fifth.csv`, of `held_out.csv` and of `sixth.csv` were looked at when words were
added: they tell that what once was found is found still. How sentences are read that nobody here has seen is told by a set that is newer than the
words, `seventh.csv`, measured once. Whoever looks at its misses writes another and lets it take this place.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from engage.picture.narrative.measuring import Key, TextMeasures, measure
from engage.picture.narrative.reading import Reader
from engage.picture.narrative.rules import POLARITIES
from engage.picture.narrative.vocabulary import load


FOLDER = Path(__file__).parent / "narrators"


def measured(name: str) -> TextMeasures:
    """Each sentence is a text of its own, and speaks of no more than it is said to."""
    answer: dict[str, set[Key]] = {polarity: set() for polarity in (*POLARITIES, "ambiguous")}
    years: dict[str, int] = defaultdict(lambda: 2026)
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            years[row["text"]] = int(row["year"])
            if row["code"]:
                answer[row["polarity"]].add(("", "", row["text"], row["code"]))
    reader = Reader(load())
    said = [
        ("", "", text, one.theme, one.polarity)
        for text, year in years.items()
        for one in reader.read(text, year=year)
    ]
    return measure(said, answer)


@pytest.mark.parametrize(
    ("name", "micro", "macro", "polarities"),
    [
        ("third.csv", 0.96, 0.96, 0.88),
        ("fourth.csv", 0.95, 0.95, 0.81),
        ("held_out.csv", 0.93, 0.93, 0.95),
        ("fifth.csv", 0.98, 0.98, 0.92),
        ("sixth.csv", 0.86, 0.87, 0.85),
        # Nobody has looked at its misses. What is promised is 0.90, 0.80 and 0.75: of writers as far from the vocabulary as this one it is not kept yet.
        ("seventh.csv", 0.79, 0.79, 0.69),
    ],
)
def test_sentences_of_other_writers_are_read_often_enough(
    name: str, micro: float, macro: float, polarities: float
) -> None:
    found = measured(name)
    assert found.micro.f1 >= micro
    assert found.macro >= macro
    assert min(found.polarities.values()) >= polarities
