"""What does a column seem to hold, by what it is called and by what stands in it? Guesses for a draft, never for a build."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from engage.records.files import readers
from engage.store.warehouse import connect


SAMPLE = 20_000
# In this order: the first whose words stand in a column's name gets it, unless its values say otherwise.
HEADERS: tuple[tuple[str, str], ...] = (
    ("nhs_number", r"nhs"),
    ("upn", r"\bupn\b"),
    ("pnc_id", r"\bpnc"),
    ("age_or_born", r"\bage\b.*(dob|birth|born)|(dob|birth|born).*\bage\b"),
    ("born", r"dob|birth|born|d\.o\.b"),
    ("about_age", r"approx|\bapp\b.?age|est(imated)?.?age|age.?(at|est)"),
    ("age", r"^age$|how old"),
    ("preferred_name", r"^pref|known.?as|called|^other.?name"),
    ("surname", r"surname|last.?name|family"),
    ("forename", r"forename|first.?name|given"),
    ("nickname", r"alias|nick|\baka\b"),
    ("middle_names", r"middle"),
    ("name", r"^(?!t\d|loc_|school|org|file).*name$|^(who|pupil|patient|client)$"),
    ("sex", r"^sex$|gender"),
    ("ethnicity", r"ethnic"),
    ("postcode", r"post.?code|pcode|^pc$"),
    ("address", r"^(?!loc).*(address|addr|street)"),
    ("phone", r"phone|mobile|\btel|contact.?n(o|um)"),
    ("email", r"mail"),
    ("narrative", r"narrative|notes?$|details|text|summary|description"),
    ("date", r"date|when|_on$"),
    ("time", r"time|_at$"),
    ("grade", r"grad(e|ing)|3x5x2|5x5x5"),
    ("handling", r"handling"),
    ("category", r"type|category|reason"),
    ("outcome", r"outcome|result|disposal|decision|discharge"),
    ("recorded_by", r"officer|worker|\boic\b|interviewer|recorded.?by"),
)
VEHICLE_WORDS = (
    ("plate", r"vrm|plate|^reg"),
    ("make", r"^make"),
    ("model", r"model"),
    ("colour", r"colou?r"),
)
NUMBER = re.compile(r"phone|mobile|^tel|number", re.IGNORECASE)
# What most values of a column must look like, whatever it is called.
LOOKS = {
    "phone": re.compile(r"[+(]?\d[\d ()./-]{7,}\d"),
    "date": re.compile(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{2,4}([ T].*)?|\d{8}|\d{5}(\.\d+)?|\d{4}"),
    "time": re.compile(r"(.*[ T])?\d{1,2}[:.]\d{2}([:.]\d{2}.*)?( ?[ap]m)?|\d{4}|0?\.\d+", re.IGNORECASE),
}
# One row may speak of several people; whose a column is stands before it.
WHOSE = re.compile(
    r"^(child|parent|mother|father|carer|guardian|sibling|partner|keeper|owner|victim|suspect|witness|informant|referrer)s?[_ .]",
    re.IGNORECASE,
)
RECEIVED = re.compile(
    r"^(date.?)?(sent|shared|supplied|exported|extract|loaded|provided|passed)|extr_|report.?(run|date)",
    re.IGNORECASE,
)


def of_others(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of whoever is not the first person of a row."""
    whose = {c: found.group(1).lower() for c in columns if (found := WHOSE.search(c))}
    first = next(iter(whose.values()), "")
    return tuple(c for c, who in whose.items() if who != first)


def number_column(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    """The column that holds telephone numbers, by its name and by its values."""
    return next((c for c in columns if NUMBER.search(c) and looks(c, rows, "phone")), "")


def looks(column: str, rows: Sequence[dict[str, Any]], what: str) -> bool:
    """Most of what stands in the column has the shape of it. An empty column may be anything."""
    values = [str(row[column]).strip() for row in rows if row.get(column)]
    return 2 * sum(bool(LOOKS[what].fullmatch(value)) for value in values) >= len(values)


def is_reference(column: str) -> bool:
    """The column is called as ids are."""
    return bool(re.search(r"(ref|id|key)$", column, re.IGNORECASE))


def sample(file: Path, sheet: str | None) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """The columns of a file or sheet and its first rows. Raises FileNotReadable."""
    connection = connect(None)
    try:
        with tempfile.TemporaryDirectory() as folder:
            read = readers.read(connection, file=file, into=Path(folder), sheet=sheet)
            return read.columns, pq.read_table(read.rows).slice(0, SAMPLE).to_pylist()
    finally:
        connection.close()


def guesses(columns: Iterable[str], rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The column that seems to hold each field, for the fields that any seems to hold."""
    guessed: dict[str, str] = {}
    for field, words in HEADERS:
        called = (c for c in columns if c not in guessed.values() and re.search(words, c, re.IGNORECASE))
        found = next((c for c in called if field not in LOOKS or looks(c, rows, field)), None)
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


def key_column(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    """The first column whose values are all there and all different, one that is called an id before others; else none."""
    unique = [c for c in columns if is_unique(rows, c)]
    return next((c for c in unique if is_reference(c)), unique[0] if unique else "")


def is_unique(rows: Sequence[dict[str, Any]], column: str) -> bool:
    """Every row has a value in the column, and no two the same."""
    values = [row.get(column) for row in rows]
    return bool(values) and None not in values and len(set(values)) == len(values)
