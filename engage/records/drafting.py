"""How is a mapping proposed from headers and first rows, for a person to read and mend?

It guesses by what columns are called and by what stands in them. Where it is unsure it says so in a comment. What it proposes
passes the checks; whether it is right only somebody who knows the files can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from engage.records import readers
from engage.store.warehouse import connect


SAMPLE = 200
# In this order: the first whose words stand in a column's name gets it, unless its values say otherwise.
HEADERS: tuple[tuple[str, str], ...] = (
    ("nhs_number", r"nhs"),
    ("upn", r"\bupn\b"),
    ("pnc_id", r"\bpnc"),
    ("born", r"dob|birth|born"),
    ("surname", r"surname|last.?name|family.?name"),
    ("forename", r"forename|first.?name|given"),
    ("middle_names", r"middle"),
    ("name", r"(full|person|child|pupil|patient|client)?.?name$|^who$"),
    ("sex", r"^sex$|gender"),
    ("ethnicity", r"ethnic"),
    ("postcode", r"post.?code|pcode|^pc$"),
    ("address", r"address|addr"),
    ("phone", r"phone|mobile|^tel"),
    ("email", r"mail"),
    ("narrative", r"narrative|notes?$|details|text|summary|description"),
    ("date", r"date|when"),
    ("time", r"time"),
    ("category", r"type|category|reason"),
    ("outcome", r"outcome|result|disposal"),
)
PERSON_FIELDS = (
    "name",
    "surname",
    "forename",
    "middle_names",
    "born",
    "sex",
    "ethnicity",
    "nhs_number",
    "upn",
    "pnc_id",
    "address",
    "postcode",
    "phone",
    "email",
)
EVENT_FIELDS = ("category", "date", "time", "outcome", "narrative")
RECEIVED = re.compile(r"received|sent|loaded|extract", re.IGNORECASE)


def draft(files: Sequence[Path], *, agency: str, agreement: str) -> str:
    """The text of a mapping for the files of one agency. Raises FileNotReadable."""
    lines = [
        f"mapping: {agency}-draft", 'version: "1"', f"agency: {agency}", f"agreement: {agreement}", "purpose: safeguarding_child",
        "cohort: case          # register, if it holds everyone the agency serves", "", "files:",
    ]  # fmt: skip
    for file in files:
        for sheet in sheets_of(file):
            lines += _file_lines(file, sheet)
    return "\n".join(lines) + "\n"


def sheets_of(file: Path) -> list[str | None]:
    """The sheets to draft for: every one of a workbook, or the file itself."""
    from engage.records.workbook import sheets

    return list(sheets(file)) or [None]


def _file_lines(file: Path, sheet: str | None) -> Iterator[str]:
    columns, rows = _sample(file, sheet)
    name = re.sub(r"\W+", "_", (sheet or file.stem).lower()).strip("_")
    key = _key_column(columns, rows)
    received = next((c for c in columns if RECEIVED.search(c)), None)
    guesses = _guesses([c for c in columns if c not in (key, received)], rows)
    yield f"  {name}:"
    yield f"    match: {_text(file.name)}"
    if sheet:
        yield f"    sheet: {_text(sheet)}"
    yield f"    id: {_text(key)}" + (
        "" if _is_unique(rows, key) else "          # not sure: its values repeat"
    )
    if received:
        yield f"    received: {_text(received)}"
    yield from _makes(guesses, columns, key, received)


def _makes(guesses: dict[str, str], columns: Sequence[str], key: str, received: str | None) -> Iterator[str]:
    person = {f: guesses[f] for f in PERSON_FIELDS if f in guesses}
    event = {f: guesses[f] for f in EVENT_FIELDS if f in guesses}
    if not person.keys() & {"name", "surname", "forename"}:
        person = {}
    if not event.keys() & {"date", "narrative"}:
        event = {}
    yield "    makes:" if person or event else "    makes: []      # not sure what a row makes"
    if person:
        yield "      - person:"
        yield from (f"          {field}: {_text(column)}" for field, column in person.items())
    if event:
        yield "      - event:"
        yield "          kind: {constant: contact}      # not sure: which kind of event is it?"
        yield from (f"          {field}: {_text(column)}" for field, column in event.items())
    left = [c for c in columns if c not in {*person.values(), *event.values(), key, received}]
    if left:
        yield f"    # kept as they come, not used: {', '.join(left)}"


def _sample(file: Path, sheet: str | None) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    import tempfile

    connection = connect(None)
    try:
        with tempfile.TemporaryDirectory() as folder:
            read = readers.read(connection, file=file, into=Path(folder), sheet=sheet)
            return read.columns, pq.read_table(read.rows).slice(0, SAMPLE).to_pylist()
    finally:
        connection.close()


def _guesses(columns: Iterable[str], rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    guessed: dict[str, str] = {}
    for field, words in HEADERS:
        found = next(
            (c for c in columns if c not in guessed.values() and re.search(words, c, re.IGNORECASE)), None
        )
        if found:
            guessed[field] = found
    longest = max(columns, key=lambda c: sum(len(r.get(c) or "") for r in rows), default=None)
    if (
        longest
        and "narrative" not in guessed
        and rows
        and sum(len(r.get(longest) or "") for r in rows) / len(rows) > 60
    ):
        guessed["narrative"] = longest
    return guessed


def _key_column(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    """The first column whose values are all there and all different; else the first."""
    return next((c for c in columns if _is_unique(rows, c)), columns[0])


def _is_unique(rows: Sequence[dict[str, Any]], column: str) -> bool:
    values = [row.get(column) for row in rows]
    return bool(values) and None not in values and len(set(values)) == len(values)


def _text(word: str) -> str:
    return (
        word
        if re.fullmatch(r"[A-Za-z_][\w .-]*", word)
        and word.lower() not in {"no", "yes", "on", "off", "null", "true", "false"}
        else f'"{word}"'
    )
