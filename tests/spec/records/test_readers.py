"""Does every file, whatever it looks like, become the same rows?"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engage.records.files.readers import header_of, read
from engage.records.files.rows import FileNotReadable
from engage.records.files.workbook import cell_text
from engage.store.warehouse import connect


Read = Callable[..., tuple[tuple[str, ...], list[tuple[Any, ...]], list[tuple[Any, ...]]]]


@pytest.fixture
def reading(tmp_path: Path) -> Read:
    """Read a file: its columns, its rows (number first), and what was broken (number, text)."""

    def run(file: Path, **how: Any) -> Any:
        connection = connect(None)
        rows = read(connection, file=file, into=tmp_path / "into", **how)
        assert header_of(file, **how) == rows.columns
        good = connection.execute(f"select * from read_parquet('{rows.rows}') order by _row").fetchall()
        bad = []
        if rows.broken:
            bad = connection.execute(
                f"select _row, line from read_parquet('{rows.broken}') order by 1"
            ).fetchall()
        assert (rows.row_count, rows.broken_count) == (len(good), len(bad))
        return rows.columns, good, bad

    return run


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize(("encoding", "ending"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("cp1252", "\r\n")])
def test_encodings_and_delimiters(reading: Read, tmp_path: Path, delimiter: str, encoding: str, ending: str):
    lines = [["id", "name", "note"], ["1", "Zoë", "café\u2019s"], ["2", "Ann", ""]]
    file = tmp_path / "a.csv"
    file.write_bytes(ending.join(delimiter.join(line) for line in lines).encode(encoding))
    columns, good, bad = reading(file)
    assert columns == ("id", "name", "note")
    assert good == [(2, "1", "Zoë", "café\u2019s"), (3, "2", "Ann", None)]
    assert bad == []


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        pytest.param("id,a\n1,x\n", [(2, "1", "x")], [], id="plain"),
        pytest.param('id,a\n1,"x, y"\n', [(2, "1", "x, y")], [], id="the delimiter in quotes"),
        pytest.param(
            'id,a\n1,"x\ny"\n2,z\n', [(2, "1", "x\ny"), (3, "2", "z")], [], id="a line break in quotes"
        ),
        pytest.param('id,a\n1,"say ""no"""\n', [(2, "1", 'say "no"')], [], id="quotes in quotes"),
        pytest.param("id,a\n1,x,spilt\n2,y\n", [(3, "2", "y")], [(2, "1,x,spilt")], id="too many cells"),
        pytest.param("id,a\n1,x\n2\n3,z\n", [(2, "1", "x"), (4, "3", "z")], [(3, "2")], id="too few cells"),
        pytest.param(
            "List of people\nPrinted 1 April\nid,a\n1,x\n",
            [(4, "1", "x")],
            [],
            id="title lines above the header",
        ),
        pytest.param(
            "id,a\n007,01/02/2024\n", [(2, "007", "01/02/2024")], [], id="nothing is taken for a number"
        ),
    ],
)
def test_rows_and_what_is_broken(
    reading: Read, tmp_path: Path, text: str, good: list[tuple[Any, ...]], bad: list[tuple[Any, ...]]
):
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    _columns, rows, broken = reading(file)
    assert (rows, [(n, line.strip()) for n, line in broken]) == (good, bad)


def test_columns_of_the_same_name_or_none(reading: Read, tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_text("id,name,name,\n1,a,b,c\n", encoding="utf-8")
    assert reading(file)[0] == ("id", "name", "name (2)", "column 4")


def test_a_workbook_with_two_sheets_a_title_and_dates_of_every_kind(reading: Read, tmp_path: Path):
    book = openpyxl.Workbook()
    first = book.active
    first.title = "People"
    first.append(["Children known to the team"])
    first.append(["ref", "born", "seen", "age"])
    first.append([1, date(2009, 12, 24), datetime.fromisoformat("2024-03-01 21:40"), 14.0])
    first.append([2, "24/12/2009", None, "about 15"])
    first.append([None, None, None, None])
    first.append([3, 40171, "x", None, "beside the table"])
    second = book.create_sheet("Visits")
    second.append(["ref", "day"])
    second.append([1, "2024-01-01"])
    file = tmp_path / "a.xlsx"
    book.save(file)
    columns, good, bad = reading(file, sheet="People")
    assert columns == ("ref", "born", "seen", "age")
    assert good == [
        (3, "1", "2009-12-24", "2024-03-01 21:40", "14"),
        (4, "2", "24/12/2009", None, "about 15"),
        (6, "3", "40171", "x", None),
    ]
    assert bad == [(6, "beside the table")]
    assert reading(file, sheet="Visits")[1] == [(2, "1", "2024-01-01")]
    with pytest.raises(FileNotReadable) as told:
        reading(file, sheet="Nowhere")
    assert "People, Visits" in str(told.value.remedy)


def test_a_sheet_that_is_wrong_about_its_own_size_loses_no_row(reading: Read, tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (["ref", "name"], ["1", "Ann"], ["2", "Bo"]):
        book.active.append(row)
    right, wrong = tmp_path / "right.xlsx", tmp_path / "wrong.xlsx"
    book.save(right)
    with zipfile.ZipFile(right) as old, zipfile.ZipFile(wrong, "w") as new:
        for name in old.namelist():
            # some programs write the size that a sheet had when it was made
            new.writestr(name, re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1"', old.read(name)))
    assert reading(wrong) == (("ref", "name"), [(2, "1", "Ann"), (3, "2", "Bo")], [])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (datetime.fromisoformat("2024-03-01 21:40:35"), "2024-03-01 21:40:35"),
        (datetime.fromisoformat("2024-03-01 00:00:05"), "2024-03-01 00:00:05"),
        (datetime.fromisoformat("2024-03-01"), "2024-03-01"),
        (time(9, 5, 7), "09:05:07"),
        (time(9, 5), "09:05"),
        (45310.0, "45310"),
        (0.5, "0.5"),
        ("007", "007"),
        ("", None),
    ],
)
def test_a_cell_loses_nothing(cell: Any, text: str | None):
    assert cell_text(cell) == text


@pytest.mark.parametrize("named", ["utf-8", "ascii"])
def test_an_encoding_that_was_named_wrongly_is_told(reading: Read, tmp_path: Path, named: str):
    file = tmp_path / "a.csv"
    file.write_bytes("id,name\n1,Zoë\n".encode("cp1252"))
    layout = SimpleNamespace(encoding=named)
    with pytest.raises(FileNotReadable) as told:
        reading(file, layout=layout)
    assert "a.csv is not written in the encoding" in str(told.value.sentence)


def test_parquet(reading: Read, tmp_path: Path):
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": [1, 2], "born": [date(2009, 12, 24), None], "name": ["Ann", ""]}), file)
    columns, good, _bad = reading(file)
    assert columns == ("id", "born", "name")
    assert [row[1:] for row in good] == [("1", "2009-12-24", "Ann"), ("2", None, None)]


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"%PDF"), ("a.csv", b"")])
def test_what_cannot_be_read_says_so(reading: Read, tmp_path: Path, name: str, content: bytes):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(FileNotReadable) as told:
        reading(file)
    assert name in str(told.value.sentence)
    assert told.value.remedy
