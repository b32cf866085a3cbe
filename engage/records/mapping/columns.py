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
    ("category", r"type|category|reason|\bclass"),
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
_WRITTEN_DAY = r"(\d{4}-\d{2}-\d{2}|\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}|(19|20)\d{6})"
LOOKS = {
    "phone": re.compile(r"(?=(\D*\d){10})(\+|\(?0|44|[127])[\d ()./-]{8,}\d"),
    "date": re.compile(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{2,4}([ T].*)?|\d{8}|\d{5}(\.\d+)?|\d{4}"),
    "time": re.compile(r"\d{1,2}[:.]\d{2}([:.]\d{2}.*)?( ?[ap]m)?|\d{4}|0?\.\d+", re.IGNORECASE),
}
# What bears out a guess by the name: without it the guess is told to be unsure.
BEARS_OUT = {
    **LOOKS,
    **dict.fromkeys(("name", "surname", "forename", "middle_names", "preferred_name", "nickname"), re.compile(r"[^\W\d_][^\d_@]*")),
    **dict.fromkeys(("age", "about_age"), re.compile(r"\D*\d{1,2}(\D+\d{1,2})?\D*")),
    "born": re.compile(rf"{_WRITTEN_DAY}.*|\d{{5}}|(19|20)\d\d"),
    "age_or_born": re.compile(rf"{_WRITTEN_DAY}.*|\D*\d{{1,2}}\D*|(19|20)\d\d|\d{{5}}"),
    "sex": re.compile(r"[A-Za-z]{1,10}|\d"),
    "nhs_number": re.compile(r"(\d ?-?){10}"),
    "upn": re.compile(r"[A-Za-z]\d{11}\w"),
    "pnc_id": re.compile(r"(\d\d|\d{4})/?\d{1,7}[A-Za-z]"),
    "postcode": re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}"),
    "address": re.compile(r".*\w.* .*\w.*"),
    "email": re.compile(r"\S+@\S+"),
    "grade": re.compile(r"[1-3] ?/?[A-E]( ?/?[PC])?|[A-E] ?/?[1-5]( ?/?[1-5PC])?"),
    "handling": re.compile(r"[PC1-5]([ /].*)?"),
    "narrative": re.compile(r".{40,}", re.DOTALL),
    **dict.fromkeys(("make", "model", "colour"), re.compile(r"(?=.*[A-Za-z]).{1,30}")),
    "plate": re.compile(r"(?=.*\d)[A-Za-z0-9?* -]{3,9}"),
}  # fmt: skip
# Dates and grades are known by what stands in a column, also where its name says nothing.
_BY_VALUES = {
    "date": re.compile(rf"{_WRITTEN_DAY}([ T].*)?"),
    "grade": re.compile(r"[1-3][A-E][PC]|[A-E][1-5][1-5PC]"),
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
    """The columns of whoever is not the first person of a row: of the one whose columns have no word before them, if there is one."""
    whose = {c: found.group(1).lower() for c in columns if (found := WHOSE.search(c))}
    plain = guesses([c for c in columns if c not in whose], ())
    first = "" if plain.keys() & {"name", "surname", "forename"} else next(iter(whose.values()), "")
    return tuple(c for c, who in whose.items() if who != first)


def number_column(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    """The column that holds telephone numbers, by its values, and of several by its name."""
    held = [c for c in columns if is_borne_out(c, rows, "phone")]
    return next((c for c in held if NUMBER.search(c)), held[0] if held else "")


def looks(column: str, rows: Sequence[dict[str, Any]], what: str) -> bool:
    """Most of what stands in the column has the shape of it. An empty column may be anything."""
    return _share(column, rows, LOOKS[what]) in (None, True)


def is_borne_out(column: str, rows: Sequence[dict[str, Any]], field: str) -> bool:
    """What stands in the column has the shape of what the field takes: its name is not all that speaks for it."""
    return field in BEARS_OUT and bool(_share(column, rows, BEARS_OUT[field]))


def _share(column: str, rows: Sequence[dict[str, Any]], shape: re.Pattern[str]) -> bool | None:
    """Whether half or more of the column's values have a shape; None when it has no value."""
    values = [str(row[column]).strip() for row in rows if row.get(column)]
    return 2 * sum(bool(shape.fullmatch(value)) for value in values) >= len(values) if values else None


def is_dated(column: str) -> bool:
    """The column is called as the days are on which something happened."""
    return any(field == "date" and re.search(words, column, re.IGNORECASE) for field, words in HEADERS)


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
        free = [c for c in columns if c not in guessed.values()]
        called = (c for c in free if re.search(words, c, re.IGNORECASE))
        found = next((c for c in called if field not in LOOKS or looks(c, rows, field)), None)
        if not found and field in _BY_VALUES:
            found = next((c for c in free if _share(c, rows, _BY_VALUES[field])), None)
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
    """The first column whose values are all there and all different: one that is called an id before others, a telephone number
    after all others; else none."""
    unique = [c for c in columns if is_unique(rows, c)]
    return min(unique, key=lambda c: (not is_reference(c), is_borne_out(c, rows, "phone")), default="")


def is_unique(rows: Sequence[dict[str, Any]], column: str) -> bool:
    """Every row has a value in the column, and no two the same."""
    values = [row.get(column) for row in rows]
    return bool(values) and None not in values and len(set(values)) == len(values)
