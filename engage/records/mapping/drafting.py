"""How is a mapping proposed from headers and first rows, for a person to read and mend?

It guesses by what columns are called and by what stands in them. Where it is unsure it says so in a comment. What it proposes
passes the checks; whether it is right only somebody who knows the files can say.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from engage.records.files import readers, workbook
from engage.store.warehouse import connect


SAMPLE = 20_000
# In this order: the first whose words stand in a column's name gets it, unless its values say otherwise.
HEADERS: tuple[tuple[str, str], ...] = (
    ("nhs_number", r"nhs"),
    ("upn", r"\bupn\b"),
    ("pnc_id", r"\bpnc"),
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
    ("date", r"date|when"),
    ("time", r"time"),
    ("category", r"type|category|reason"),
    ("outcome", r"outcome|result|disposal|decision|discharge"),
    ("recorded_by", r"officer|worker|\boic\b|interviewer|recorded.?by"),
)
PERSON_FIELDS = (
    "name", "surname", "forename", "middle_names", "preferred_name", "nickname", "born", "about_age", "age", "sex", "ethnicity",
    "nhs_number", "upn", "pnc_id", "address", "postcode", "phone", "email",
)  # fmt: skip
EVENT_FIELDS = ("category", "date", "time", "outcome", "recorded_by", "narrative")
# The first whose words stand in the name of a file is proposed as the kind of its events.
EVENT_FILES = (
    ("return_interview", r"interview|\brhi"), ("missing", r"missing|misper"), ("crime", r"crime|offence"), ("stop", r"\bstop"),
    ("intelligence", r"intel"), ("domestic", r"domestic"), ("suspension", r"suspen|\bsus\b|exclu"), ("care_episode", r"placement|episode|care"),
    ("attendance", r"hospital|clinic|encounter|visit|^ae\b"), ("absence", r"attendance|absence"), ("session", r"session|casework|young"),
    ("note", r"note|\blog\b"),
)  # fmt: skip
PLACE_FIELDS = ("name", "address", "postcode")
VEHICLE_WORDS = (
    ("plate", r"vrm|plate|^reg"),
    ("make", r"^make"),
    ("model", r"model"),
    ("colour", r"colou?r"),
)
NUMBER = re.compile(r"phone|mobile|^tel|number", re.IGNORECASE)
# What a file's own rows are to the roles of other files.
PARTS = ("person", "vehicle", "phone", "place")
RECEIVED = re.compile(
    r"^(date.?)?(sent|shared|supplied|exported|extract|loaded|provided|passed)|extr_|report.?(run|date)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Seen:
    """A file (or sheet) as far as its first rows show it. `thing` is what a row of it seems to be; `key` its id's column,
    empty when no column tells its rows apart."""

    name: str
    file: Path
    sheet: str | None
    columns: tuple[str, ...]
    rows: Sequence[dict[str, Any]]
    key: str
    received: str
    guesses: Mapping[str, str]
    thing: str


def draft(files: Sequence[Path], *, agency: str, agreement: str) -> str:
    """The text of a mapping for the files of one agency. Raises FileNotReadable."""
    seen = [_seen(file, sheet) for file in files for sheet in (*workbook.sheets(file),) or (None,)]
    lines = [
        f"mapping: {agency}-draft", 'version: "1"', f"agency: {agency}", f"agreement: {agreement}", "purpose: safeguarding_child",
        "cohort: case          # register, if it holds everyone the agency serves", "", "files:",
    ]  # fmt: skip
    for one in seen:
        lines += _file_lines(one, _others(one, seen))
    return "\n".join(lines) + "\n"


def _seen(file: Path, sheet: str | None) -> _Seen:
    columns, rows = _sample(file, sheet)
    name = re.sub(r"\W+", "_", (sheet or file.stem).lower()).strip("_")
    key = _key_column(columns, rows)
    # The day of sending stands last as a rule; a day “received” is that only when nothing else is.
    dated = [c for c in columns if RECEIVED.search(c)] or [c for c in columns if "received" in c.lower()]
    received = dated[-1] if dated else ""
    guesses = _guesses([c for c in columns if c not in (key, received)], rows)
    return _Seen(name, file, sheet, columns, rows, key, received, guesses, _thing(columns, guesses))


def _thing(columns: Sequence[str], guesses: Mapping[str, str]) -> str:
    """What a row seems to be, by what it says; empty when it says too little."""
    if guesses.keys() & {"surname", "forename", "born", "nhs_number", "upn"}:
        return "person"
    if any(re.search(VEHICLE_WORDS[0][1], c, re.IGNORECASE) for c in columns):
        return "vehicle"
    if guesses.keys() & {"date", "narrative"}:
        return "event"
    if guesses.keys() & {"address", "postcode"}:
        return "place"
    if guesses.keys() & {"name"}:
        return "person"
    return "phone" if any(NUMBER.search(c) for c in columns if not _is_reference(c)) else ""


def _is_reference(column: str) -> bool:
    return bool(re.search(r"(ref|id|key)$", column, re.IGNORECASE))


def _others(one: _Seen, seen: Sequence[_Seen]) -> dict[str, _Seen]:
    """Which columns of a file hold the ids of other files: they are called as those files' ids, or end so."""
    found: dict[str, _Seen] = {}
    for column in one.columns:
        for other in seen:
            may_be = other is not one and other.thing and other.key and not (column == one.key and one.thing)
            if may_be and column.lower().endswith(other.key.lower()):
                found.setdefault(column, other)
    return found


def _file_lines(one: _Seen, others: Mapping[str, _Seen]) -> Iterator[str]:
    yield f"  {one.name}:"
    yield f"    match: {_text(one.file.name)}"
    if one.sheet:
        yield f"    sheet: {_text(one.sheet)}"
    if one.key and one.key not in others:
        yield f"    id: {_text(one.key)}"
    else:
        parts = [_text(c) for c in _telling_apart(one)]
        yield f"    id: {{join: [{', '.join(parts)}], with: /}}      # not sure: no column tells the rows apart"
    if one.received:
        yield f"    received: {_text(one.received)}"
    entry = _role_lines(one, others) or _entry_lines(one, others)
    yield "    makes:" if entry else "    makes: []      # not sure what a row makes"
    yield from entry
    used = " ".join(entry)
    left = [c for c in one.columns if c not in (one.key, one.received) and _text(c) not in used]
    if left:
        yield f"    # kept as they come, not used: {', '.join(left)}"


def _telling_apart(one: _Seen) -> list[str]:
    """The first columns, those that are called ids before others, that together tell the rows apart; all, when none do."""
    wanted = sorted((c for c in one.columns if c != one.received), key=lambda c: not _is_reference(c))
    for count in range(2, len(wanted)):
        if len({tuple(row.get(c) for c in wanted[:count]) for row in one.rows}) == len(one.rows):
            return wanted[:count]
    return wanted


def _role_lines(one: _Seen, others: Mapping[str, _Seen]) -> list[str]:
    """A file that ties the ids of an event's file to those of another gives roles."""
    event = next((c for c, other in others.items() if other.thing == "event"), None)
    part = next((c for c, other in others.items() if other.thing in PARTS), None)
    if not event or not part or one.thing in ("event", "person"):
        return []
    role = next(
        (c for c in one.columns if re.search(r"role|involvement|^use$|capacity", c, re.IGNORECASE)), None
    )
    return [
        "      - role:",
        f"          event: {{{others[event].name}: {_text(event)}}}",
        f"          {others[part].thing}: {{{others[part].name}: {_text(part)}}}",
        f"          role: {_text(role)}"
        if role
        else "          role: {constant: involved}      # not sure: in which part?",
    ]


def _entry_lines(one: _Seen, others: Mapping[str, _Seen]) -> list[str]:
    """The entry for what a row seems to be, a field a line."""
    fields = {name: _text(column) for name, column in _fields(one).items()}
    if one.thing == "event":
        kind = next(
            (k for k, words in EVENT_FILES if re.search(words, one.name.replace("_", " "))), "contact"
        )
        fields = {"kind": f"{{constant: {kind}}}      # not sure: which kind of event is it?", **fields}
        people = [
            f"{{person: {{{o.name}: {_text(c)}}}, role: {{constant: involved}}}}"
            for c, o in others.items()
            if o.thing == "person"
        ]
        places = [f"{{{o.name}: {_text(c)}}}" for c, o in others.items() if o.thing == "place"]
        fields |= {"people": f"[{', '.join(people)}]"} if people else {}
        fields |= {"at": places[0]} if places else {}
    tie = {"vehicle": "keeper", "phone": "used_by"}.get(one.thing)
    owner = next((f"{{{o.name}: {_text(c)}}}" for c, o in others.items() if o.thing == "person"), None)
    if tie and owner:
        fields[tie] = owner
    return (
        [f"      - {one.thing}:", *(f"          {name}: {value}" for name, value in fields.items())]
        if one.thing and fields
        else []
    )


def _fields(one: _Seen) -> dict[str, str]:
    """The fields of what a row seems to be, and the column of each."""
    if one.thing == "vehicle":
        found = (
            (f, next((c for c in one.columns if re.search(w, c, re.IGNORECASE)), None))
            for f, w in VEHICLE_WORDS
        )
        return {field: column for field, column in found if column}
    if one.thing == "phone":
        column = next((c for c in one.columns if NUMBER.search(c) and not _is_reference(c)), None)
        return {"number": column} if column else {}
    wanted = {"person": PERSON_FIELDS, "event": EVENT_FIELDS, "place": PLACE_FIELDS}.get(one.thing, ())
    return {field: one.guesses[field] for field in wanted if field in one.guesses}


def _sample(file: Path, sheet: str | None) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
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
    """The first column whose values are all there and all different, one that is called an id before others; else none."""
    unique = [c for c in columns if _is_unique(rows, c)]
    return next((c for c in unique if _is_reference(c)), unique[0] if unique else "")


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
