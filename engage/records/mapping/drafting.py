"""How is a mapping proposed from headers and first rows, for a person to read and mend?

It guesses by what columns are called and by what stands in them. Where it is unsure it says so in a comment. What it proposes
passes the checks; whether it is right only somebody who knows the files can say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engage.records.files import workbook
from engage.records.mapping.columns import (
    RECEIVED,
    VEHICLE_WORDS,
    guesses,
    is_borne_out,
    is_dated,
    is_reference,
    key_column,
    number_column,
    of_others,
    sample,
)


PERSON_FIELDS = (
    "name", "surname", "forename", "middle_names", "preferred_name", "nickname", "age_or_born", "born", "about_age", "age", "sex", "ethnicity",
    "nhs_number", "upn", "pnc_id", "address", "postcode", "phone", "email",
)  # fmt: skip
EVENT_FIELDS = ("category", "date", "time", "outcome", "recorded_by", "grade", "handling", "narrative")
# The first whose words stand in the name of a file is proposed as the kind of its events.
EVENT_FILES = (
    ("return_interview", r"interview|\brhi"), ("missing", r"missing|misper"), ("crime", r"crime|offence"), ("stop", r"\bstop"),
    ("intelligence", r"intel"), ("domestic", r"domestic"), ("suspension", r"suspen|\bsus\b|exclu"), ("care_episode", r"placement|episode|care"),
    ("attendance", r"hospital|clinic|encounter|visit|^ae\b"), ("absence", r"attendance|absence"), ("session", r"session|casework|young"),
    ("note", r"note|\blog\b"),
)  # fmt: skip
PLACE_FIELDS = ("name", "address", "postcode")
# What a file's own rows are to the roles of other files.
PARTS = ("person", "vehicle", "phone", "place")


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
    theirs: tuple[str, ...] = ()


def draft(files: Sequence[Path], *, agency: str, agreement: str) -> str:
    """The text of a mapping for the files of one agency. Raises FileNotReadable."""
    seen = [_seen(file, sheet) for file in files for sheet in (*workbook.sheets(file),) or (None,)]
    lines = [
        f"mapping: {agency}-draft", 'version: "1"', f"agency: {agency}", f"agreement: {agreement}", "purpose: safeguarding_child",
        "cohort: case          # register, if it holds everyone the agency serves", "", "files:",
    ]  # fmt: skip
    for one in (seen := _told_apart(seen)):
        lines += _file_lines(one, _others(one, seen))
    return "\n".join(lines) + "\n"


def _told_apart(seen: Sequence[_Seen]) -> list[_Seen]:
    """Sheets that several books have get the book's name before theirs, and files that are called the same a number."""
    named = Counter(one.name for one in seen)
    whole = [
        one.name if named[one.name] == 1 else _named(f"{one.file.stem} {one.sheet or ''}") for one in seen
    ]
    return [
        replace(one, name=name if name not in whole[:place] else f"{name}_{place + 1}")
        for place, (one, name) in enumerate(zip(seen, whole, strict=True))
    ]


def _named(words: str) -> str:
    return re.sub(r"\W+", "_", words.lower()).strip("_")


def _seen(file: Path, sheet: str | None) -> _Seen:
    columns, rows = sample(file, sheet)
    name = _named(sheet or file.stem)
    key = key_column(columns, rows)
    # The day of sending stands last as a rule; a day “received” is that only when nothing else is.
    dated = [c for c in columns if RECEIVED.search(c)] or [c for c in columns if "received" in c.lower()]
    received = dated[-1] if dated else ""
    theirs = of_others(columns)
    guessed = guesses([c for c in columns if c not in (key, received, *theirs)], rows)
    return _Seen(
        name, file, sheet, columns, rows, key, received, guessed, _thing(columns, guessed, rows), theirs
    )


def _thing(columns: Sequence[str], guessed: Mapping[str, str], rows: Sequence[dict[str, Any]]) -> str:
    """What a row seems to be, by what it says; empty when it says too little."""
    if guessed.keys() & {"surname", "forename", "born", "nhs_number", "upn"}:
        return "person"
    if any(re.search(VEHICLE_WORDS[0][1], c, re.IGNORECASE) for c in columns):
        return "vehicle"
    if "narrative" in guessed or is_dated(guessed.get("date", "")):
        return "event"
    if number_column(columns, rows) and not guessed.keys() & {"name", "address", "postcode"}:
        return "phone"
    if "date" in guessed:
        return "event"
    if guessed.keys() & {"address", "postcode"}:
        return "place"
    if guessed.keys() & {"name"}:
        return "person"
    return "phone" if number_column(columns, rows) else ""


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
    yield from _left_lines(one, others, " ".join(entry))


def _left_lines(one: _Seen, others: Mapping[str, _Seen], used: str) -> Iterator[str]:
    """What of a file no entry takes, and what it may be."""
    theirs = [c for c in one.theirs if c not in (one.key, one.received, *others)]
    if theirs:
        yield f"    # not sure: these seem to be of another person on the same row, who needs an entry of their own: {', '.join(theirs)}"
    of_person = [
        one.guesses[f] for f in PERSON_FIELDS if f in one.guesses and one.thing in ("event", "place")
    ]
    of_person = [c for c in of_person if _text(c) not in used]
    if of_person:
        yield f"    # not sure: these seem to be of a person or a place, which needs an entry of its own: {', '.join(of_person)}"
    told = (one.key, one.received, *theirs, *of_person)
    left = [c for c in one.columns if c not in told and _text(c) not in used]
    if left:
        yield f"    # kept as they come, not used: {', '.join(left)}"


def _telling_apart(one: _Seen) -> list[str]:
    """The first columns, those that are called ids before others, that together tell the rows apart; all, when none do."""
    wanted = sorted((c for c in one.columns if c != one.received), key=lambda c: not is_reference(c))
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
    role = next((c for c in one.columns if re.search(r"role|involve|^use$|capacity", c, re.IGNORECASE)), None)
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
    fields = {name: _sure_text(one, name, column) for name, column in _fields(one).items()}
    if one.thing == "event":
        fields |= _grade(one)
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
        return {"number": number_column(one.columns, one.rows)}
    wanted = {"person": PERSON_FIELDS, "event": EVENT_FIELDS, "place": PLACE_FIELDS}.get(one.thing, ())
    return {field: one.guesses[field] for field in wanted if field in one.guesses}


def _sure_text(one: _Seen, field: str, column: str) -> str:
    """The column, with a word of doubt where only its name, or only what stands in it, speaks for it."""
    known = "phone" if field == "number" else field
    if field == "date" and not is_dated(column):
        return f"{_text(column)}      # not sure: is this the day on which it happened?"
    return _text(column) + ("" if is_borne_out(column, one.rows, known) else "      # not sure")


def _grade(one: _Seen) -> dict[str, str]:
    """A grade that stands in several columns, its handling code last, as one word."""
    parts = [c for c in one.columns if re.search("grad(e|ing)", c, re.IGNORECASE)]
    parts += [one.guesses["handling"]] if "handling" in one.guesses else []
    return (
        {"grade": f'{{join: [{", ".join(map(_text, parts))}], with: ""}}      # not sure'}
        if len(parts) > 1
        else {}
    )


def _text(word: str) -> str:
    return (
        word
        if re.fullmatch(r"[A-Za-z_][\w .-]*", word)
        and word.lower() not in {"no", "yes", "on", "off", "null", "true", "false"}
        else f'"{word}"'
    )
