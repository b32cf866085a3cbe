"""What was read is kept and not read again, measured against a known answer, and shown in its place."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from engage.picture.narrative import keeping
from engage.picture.narrative.keeping import read_texts
from engage.picture.narrative.kept import TEXT_KEY
from engage.picture.narrative.measuring import AnswerWrong, measure, read_answer
from engage.picture.narrative.vocabulary import load
from engage.store.warehouse import connect


WRITTEN = [
    ("She was reported missing.", 2026),
    ("She went missing in 2020.", 2026),
    ("He drew a picture.", None),
]


@pytest.fixture
def store() -> Any:
    connection = connect(None)
    connection.execute("create table narrative_written (text_key varchar, text varchar, year integer)")
    write(connection, *WRITTEN)
    return connection


def write(connection: Any, *texts: tuple[str, int | None]) -> None:
    sql = f"insert into narrative_written select {TEXT_KEY}, text, year from (select ? as text, ?::integer as year)"
    connection.executemany(sql, texts)


def told(store: Any, folder: Path) -> list[tuple[str | None, str | None]]:
    read_texts(store, folder=folder / "texts", phrases=folder / "phrases")
    return store.execute("select theme, polarity from text_told order by all").fetchall()


def test_each_text_is_read_once(store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = told(store, tmp_path)
    assert first == [("missing", "historical"), ("missing", "present"), (None, None)]

    read: list[str] = []
    plain = keeping.Reader.read
    monkeypatch.setattr(
        keeping.Reader, "read", lambda self, text, year: read.append(text) or plain(self, text, year=year)
    )
    write(store, ("He owes money.", 2026))
    assert told(store, tmp_path) == [("debt", "present"), *first]
    assert read == ["He owes money."]


def test_what_is_no_longer_there_is_not_kept_and_no_words_are(store: Any, tmp_path: Path) -> None:
    told(store, tmp_path)
    store.execute("delete from narrative_written where year is null or text like '%2020%'")
    assert told(store, tmp_path) == [("missing", "present")]
    (kept,) = (tmp_path / "texts").iterdir()
    rows = pq.read_table(kept)
    assert rows.num_rows == 1
    assert "reported missing" not in str(rows.drop_columns(["entry"]).to_pylist())


def test_another_vocabulary_reads_everything_anew(store: Any, tmp_path: Path) -> None:
    told(store, tmp_path)
    (tmp_path / "phrases").mkdir()
    drawing = "{code: drawing, title: Drawing, means: a, does_not_mean: b, says: {Local guidance: [drew]}}"
    (tmp_path / "phrases" / "drawing.yaml").write_text(drawing, encoding="utf-8")
    assert ("drawing", "present") in told(store, tmp_path)
    assert [file.stem for file in (tmp_path / "texts").iterdir()] == [load(tmp_path / "phrases").version]


def test_many_texts_are_read_by_several_processes_as_by_one(
    store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = told(store, tmp_path / "a")
    monkeypatch.setattr(keeping, "FEW", 2)
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    assert told(store, tmp_path / "b") == alone


ANSWER = """
agency | file | record_id | code    | polarity
police | occ  | 1         | missing | present
police | occ  | 2         | missing | present
police | occ  | 3         | missing | negated
police | occ  | 4         | gifts   | ambiguous
police | occ  | 5         | gifts   | present
police | occ  | 6         | gifts   | negated
"""


def written(folder: Path, drawn: str) -> Path:
    rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    with (folder / "text.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    return folder


def test_what_was_read_is_held_against_the_answer(tmp_path: Path) -> None:
    answer = read_answer(written(tmp_path, ANSWER))
    said = [("1", "missing", "present"), ("3", "missing", "negated"), ("4", "gifts", "present"), ("5", "gifts", "present"), ("6", "gifts", "present")]  # fmt: skip
    found = measure((("police", "occ", *one) for one in said), answer)
    missing, gifts = found.themes["missing"], found.themes["gifts"]
    assert (missing.precision, missing.recall) == (1.0, 0.5)
    # What may be so either way counts for nothing; what is not so and was said to be is wrong.
    assert (gifts.right, gifts.wrong, gifts.missed) == (1, 1, 0)
    assert (found.micro.right, found.micro.wrong, found.micro.missed) == (2, 1, 1)
    assert found.macro == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert found.polarities == {"negated": 0.5}


@pytest.mark.parametrize(("drawn", "says"), [("", "has no text.csv"), ("agency | file | record_id | code", "lacks the column polarity")])  # fmt: skip
def test_an_answer_that_is_none_is_named(tmp_path: Path, drawn: str, says: str) -> None:
    folder = written(tmp_path, drawn) if drawn else tmp_path
    with pytest.raises(AnswerWrong, match=says):
        read_answer(folder)
