"""What does a supplier's specification say: which files, in which form, with which columns?

A layout is a YAML file in `layouts/`. It is at once what the writer obeys and what the reference page prints, so the page
cannot say anything else than what is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


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
    raw = read_yaml(file.read_text(encoding="utf-8"))
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
        columns=tuple(_columns(entry["columns"], entry.get("repeat", 1))),
        means=entry.get("means", ""),
        delimiter={"tab": "\t"}.get(chosen["delimiter"], chosen["delimiter"]),
        encoding=chosen["encoding"],
        day=chosen["day"],
        clock=chosen["clock"],
        sheet=entry.get("sheet", ""),
        title=tuple(entry.get("title", ())),
        only=entry.get("only", {}),
        people=tuple(
            name.format(n=n)
            for name in entry.get("people", ())
            for n in range(1, 1 + (entry.get("repeat", 1) if "{n}" in name else 1))
        ),
        record=entry.get("record", ""),
        place=entry.get("place", ""),
        texts=(texts[0], texts[1]),
    )


def _columns(declared: dict[str, list[str]], repeat: int) -> Iterator[SentColumn]:
    """The columns in order; a run of columns with {n} in their names is repeated as a whole, n from 1 to `repeat`."""
    numbered: list[tuple[str, list[str]]] = []
    for name, words in declared.items():
        if "{n}" in str(name):
            numbered.append((str(name), words))
            continue
        yield from _repeated(numbered, repeat)
        numbered = []
        yield _column(str(name), words)
    yield from _repeated(numbered, repeat)


def _repeated(numbered: list[tuple[str, list[str]]], repeat: int) -> Iterator[SentColumn]:
    if numbered:
        for n in range(1, repeat + 1):
            for name, words in numbered:
                yield _column(name.format(n=n), [word.format(n=n) for word in words])


def _column(name: str, words: list[str]) -> SentColumn:
    source, _, form = words[0].partition(" as ")
    return SentColumn(name, source, form, words[1])
