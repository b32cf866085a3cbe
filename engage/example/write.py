"""How is a town written down as its agencies send it, and the truth beside it?

`sent/<agency>/…` is what the partnership receives; `truth/` is the answer, for scoring and never for receiving.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from engage.example import sending
from engage.example.desk import Content, Row
from engage.example.formats import Forms
from engage.example.layout import MAIN, SentFile, read_layout
from engage.example.people import Town
from engage.example.recording import write_all_down
from engage.example.truth import Written, write_truth
from engage.example.views import rows_of


def write_town(town: Town, folder: Path, layout: str = MAIN) -> Written:
    """Write what the agencies send to FOLDER/sent/<agency> and the answer to FOLDER/truth.

    The same town and layout always give the same bytes. Raises NoSuchLayout.
    """
    files = read_layout(layout).files
    content = write_all_down(town)
    written = Written(truth=folder / "truth")
    by_file: dict[str, list[SentFile]] = defaultdict(list)
    for sent in files:
        by_file[f"{sent.agency}/{sent.file}"].append(sent)
    for name, parts in by_file.items():
        path = folder / "sent" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        counts = _write(path, [(sent, _cells(content, sent, written)) for sent in parts])
        written.sent[parts[0].agency].append(path)
        for sent, number in zip(parts, counts, strict=True):
            written.row_counts[f"{sent.agency}/{sent.name}"] = number
    write_truth(town, content, written, layout)
    return written


def _write(path: Path, parts: list[tuple[SentFile, Iterable[sending.Cells]]]) -> list[int]:
    if path.suffix == ".xlsx":
        return sending.write_workbook(path, parts)
    write = sending.write_parquet if path.suffix == ".parquet" else sending.write_text
    return [write(path, sent, rows) for sent, rows in parts]


def _cells(content: Content, sent: SentFile, written: Written) -> Iterator[list[Any]]:
    forms = Forms(sent.day, sent.clock)
    columns = [(column.field, column.form) for column in sent.columns]
    form_of = dict(columns)
    for row in rows_of(content, sent.rows):
        if all(row.get(name) in values for name, values in sent.only.items()):
            ids = {name: str(forms.write(row.get(name), form_of.get(name, ""))) for name in _id_fields(sent)}
            _note(row, sent, written, ids)
            yield [forms.write(row.get(name, ""), form) for name, form in columns]


def _id_fields(sent: SentFile) -> set[str]:
    return {name for name in (*sent.people, sent.record, sent.texts[1], sent.place) if name}


def _note(row: Row, sent: SentFile, written: Written, ids: dict[str, str]) -> None:
    """Remember under which file, and written how, a record was sent."""
    for name in sent.people:
        if row.get(name) and (sent.name, ids[name]) not in written.holders[sent.agency, row[name]]:
            written.holders[sent.agency, row[name]].append((sent.name, ids[name]))
    if sent.record and row.get(sent.record):
        written.events.setdefault((sent.agency, row[sent.record]), (sent.name, ids[sent.record]))
    told, known_by = sent.texts
    if told and row.get(told):
        written.texts.setdefault((sent.agency, row[told]), (sent.name, ids[known_by]))
    if sent.place and row.get(sent.place):
        for name in sorted({sent.place, sent.record or sent.place}):  # a mapping may name the place by either
            written.places.append((sent.name, ids[name], row[sent.place]))
