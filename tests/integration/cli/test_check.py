"""Does a file of people to check say what is wrong with it, and read dates as exactly as they are given?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engage.cli.check import FileOfNamesWrong, _lines, _told, read
from engage.identities.checking.rules import Candidate, Checked, Holder
from engage.vocabulary.words import Sentence


def test_days_months_and_years_are_as_exact_as_they_were_given(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Surname,Born\nTarrant,2010-05-17\nVeale,2010-12\nReed,2010\nAsh,\n", encoding="utf-8")

    assert [(row, one.surname, one.born_from, one.born_until) for row, one in read(file)] == [
        (2, "Tarrant", date(2010, 5, 17), date(2010, 5, 18)),
        (3, "Veale", date(2010, 12, 1), date(2011, 1, 1)),
        (4, "Reed", date(2010, 1, 1), date(2011, 1, 1)),
        (5, "Ash", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("surname,shoe size\nTarrant,4\n", "shoe size"),
        ("surname,born\nTarrant,17/05/2010\n", "row 2, column born: “17/05/2010”"),
        ("surname,born\nTarrant,9999-12-31\n", "row 2, column born: “9999-12-31”"),
        ("surname,born\nTarrant,9999\n", "row 2, column born: “9999”"),
        ("surname,nhs_number\nTarrant,\nReed,123\n", "row 3, column nhs_number: “123”"),
        ("", "column"),
    ],
)
def test_what_is_wrong_names_the_column_the_row_and_the_value(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(FileOfNamesWrong, match=said):
        read(file)


def test_the_screen_says_whom_to_ask_as_the_file_does() -> None:
    nobody = Checked((), ("police", "health"), False)

    assert "nobody found" in _told(2, nobody)
    assert "ask police, health" in _told(2, nobody)
    assert _lines(2, nobody)[0][-2:] == ("police;health", "no")


def test_a_row_that_says_nothing_is_told_by_its_number_and_stops_no_other() -> None:
    assert _told(3, None) == "Row 3: nothing was given by which anybody could be found"
    assert _lines(3, None) == [
        (3, "", "", "", "", "Row 3: nothing was given by which anybody could be found", "", "")
    ]


def test_a_weight_has_its_chance_beside_it() -> None:
    one = Candidate("P1", ("r1",), "police", 1.5, Sentence("somewhat for"), None, (), 0.42)
    other = Candidate("P2", ("r2",), "police", 1.5, Sentence("somewhat for"), None, ())
    found = Checked((one, other), (), False, holders=(Holder("P3", ("r3",), ("phone",)),), has_more=True)

    assert [line[3:6] for line in _lines(2, found)[:2]] == [
        ("1.50", "0.420", "Of 100 pairs like this one, about 42 are one person"),
        ("1.50", "", "somewhat for"),
    ]
    told = _told(2, found)
    assert "P3 (holds this phone; not enough by itself to say it is the person)" in told
    assert "more than these" in told
