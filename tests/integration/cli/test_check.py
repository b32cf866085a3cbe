"""Does a file of people to check say what is wrong with it, and read dates as exactly as they are given?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engage.cli.check import FileOfNamesWrong, read


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
        ("", "column"),
    ],
)
def test_what_is_wrong_names_the_column_the_row_and_the_value(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(FileOfNamesWrong, match=said):
        read(file)
