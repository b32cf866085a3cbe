"""What does a supplier's specification say: which files, in which form, with which columns?

A layout is a YAML file in `layouts/`. It is at once what the writer obeys and what the reference page prints, so the page
cannot say anything else than what is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from engage.vocabulary.words import N_, EngageError, Sentence


FOLDER = Path(__file__).parent / "layouts"
MAIN = "ashdown"


class NoSuchLayout(EngageError):
    """There is no layout of that name."""


@dataclass(frozen=True)
class SentColumn:
    """A column as sent: its name, the field of the row it holds, the form it is written in, and what the supplier says of it."""

    name: str
    field: str
    form: str
    means: str


@dataclass(frozen=True)
class SentFile:
    """A file (or a sheet of a workbook) as sent. `name` is what the truth calls it; `rows` the table or view it is made from;
    `only` keeps rows whose field has one of the values; `people`, `record` and `place` are
    the fields that hold the ids of people's records, of the event's and of the location's; `texts` the field with the id of a
    narrative and the one it is known by here; `title` stands above the header of a sheet."""

    agency: str
    name: str
    file: str
    rows: str
    columns: tuple[SentColumn, ...]
    means: str
    delimiter: str
    encoding: str
    day: str
    clock: str
    sheet: str
    title: tuple[str, ...]
    only: dict[str, list[Any]]
    people: tuple[str, ...]
    record: str
    place: str
    texts: tuple[str, str]


@dataclass(frozen=True)
class Layout:
    """One area's way of sending: five agencies, each with its supplier."""

    name: str
    means: str
    files: tuple[SentFile, ...]


def layout_names() -> list[str]:
    """The layouts there are, the main one first."""
    return sorted((file.stem for file in FOLDER.glob("*.yaml")), key=lambda name: (name != MAIN, name))


def read_layout(name: str) -> Layout:
    """The layout of that name. Raises NoSuchLayout."""
    file = FOLDER / f"{name}.yaml"
    if name not in layout_names():
        raise NoSuchLayout(
            Sentence(N_("There is no layout “%(name)s”."), {"name": name}),
            remedy=Sentence(N_("Use one of: %(known)s."), {"known": ", ".join(layout_names())}),
        )
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    files = [
        _file(agency, raw["usual"] | sent.get("usual", {}), entry)
        for agency, sent in raw["agencies"].items()
        for entry in sent["files"]
    ]
    return Layout(name, raw["means"], tuple(files))


def _file(agency: str, usual: dict[str, Any], entry: dict[str, Any]) -> SentFile:
    chosen = usual | entry
    texts = chosen.get("texts", ["", ""])
    return SentFile(
        agency=agency,
        name=entry["name"],
        file=entry["file"],
        rows=entry["rows"],
        columns=tuple(_column(name, words) for name, words in entry["columns"].items()),
        means=entry.get("means", ""),
        delimiter={"tab": "\t"}.get(chosen["delimiter"], chosen["delimiter"]),
        encoding=chosen["encoding"],
        day=chosen["day"],
        clock=chosen["clock"],
        sheet=entry.get("sheet", ""),
        title=tuple(entry.get("title", ())),
        only=entry.get("only", {}),
        people=tuple(entry.get("people", ())),
        record=entry.get("record", ""),
        place=entry.get("place", ""),
        texts=(texts[0], texts[1]),
    )


def _column(name: str, words: list[str] | str) -> SentColumn:
    field, means = (words, "") if isinstance(words, str) else (words[0], words[1])
    source, _, form = field.partition(" as ")
    return SentColumn(str(name), source, form, means)
