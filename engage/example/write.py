"""How is a town written down as its agencies send it, and the truth beside it?

`sent/<agency>/…` is what the partnership receives; `truth/` is the answer, for scoring and never for receiving.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engage.example import sending
from engage.example.desk import Content, Row
from engage.example.formats import Forms
from engage.example.layout import MAIN, SentFile, read_layout
from engage.example.people import Town
from engage.example.recording import write_all_down
from engage.example.truth import write_truth
from engage.example.views import rows_of


@dataclass
class Written:
    """What was written: the files of each agency, the truth's folder, how many rows each file has, and under which file each
    record went (`holders`: (agency, ref) to names of files; `events`, `texts` and `places` likewise)."""

    sent: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    truth: Path = Path()
    row_counts: dict[str, int] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    events: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    places: list[tuple[str, str, str]] = field(default_factory=list)


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
    for row in rows_of(content, sent.rows):
        if all(row.get(name) in values for name, values in sent.only.items()):
            _note(row, sent, written)
            yield [forms.write(row.get(name, ""), form) for name, form in columns]


def _note(row: Row, sent: SentFile, written: Written) -> None:
    """Remember under which file a record was sent."""
    for name in sent.people:
        if row.get(name) and sent.name not in written.holders[sent.agency, row[name]]:
            written.holders[sent.agency, row[name]].append(sent.name)
    if sent.record:
        written.events.setdefault((sent.agency, row[sent.record]), sent.name)
    told, known_by = sent.texts
    if told and row.get(told):
        written.texts.setdefault((sent.agency, row[told]), (sent.name, row[known_by]))
    if sent.place and row.get(sent.place):
        key = row[sent.record] if sent.record else row[sent.place]
        written.places.append((sent.name, key, row[sent.place]))
