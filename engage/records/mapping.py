"""What does an area's mapping say, and can it be used?

A mapping is one YAML file for one agency's layout. It says which files there are, what a row of each makes (persons, events,
places, vehicles, phones, roles, relationships, narratives), who is in the extract and why, and what the extract covers. It is
checked against the published schema and then against itself; all faults are told at once.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from engage.records.entries import ENTRY_FIELDS, columns_of
from engage.vocabulary.words import N_, EngageError, Sentence


SCHEMA_FILE = Path(__file__).with_name("mapping.schema.json")


class MappingWrong(EngageError):
    """A mapping cannot be used; the sentence lists every fault found."""


@dataclass(frozen=True)
class FileMapping:
    """How one kind of file is read. `name` is the file part of record keys; `match` are patterns for the names it is sent
    under; `header_row` counts from 1 (None: find it); `required` columns must be there; `known` are all that are named."""

    name: str
    match: tuple[str, ...]
    sheet: str | None
    header_row: int | None
    delimiter: str | None
    encoding: str | None
    required: tuple[str, ...]
    known: frozenset[str]
    cohort: str
    raw: dict[str, Any]

    def takes(self, sent_name: str) -> bool:
        """A file sent under that name is read by this."""
        return any(fnmatch.fnmatch(sent_name.lower(), pattern.lower()) for pattern in self.match)


@dataclass(frozen=True)
class Mapping:
    """One agency's layout, as declared. `digest` changes with every change of the text."""

    name: str
    version: str
    agency: str
    agreement: str
    purpose: str
    cohort: str
    extent: str
    files: tuple[FileMapping, ...]
    digest: str
    raw: dict[str, Any]

    def file(self, name: str) -> FileMapping:
        """The file of that name. Raises KeyError."""
        return {f.name: f for f in self.files}[name]


def load_mappings(folder: Path) -> dict[str, Mapping]:
    """Every mapping of a folder by name. Raises MappingWrong with every fault of the first file that has any."""
    mappings = [read_mapping(file) for file in sorted(folder.glob("*.yaml"))]
    return {mapping.name: mapping for mapping in mappings}


def read_mapping(file: Path) -> Mapping:
    """One mapping from its file. Raises MappingWrong."""
    text = file.read_text(encoding="utf-8")
    faults, raw = faults_of(text)
    if faults:
        values = {"file": file.name, "faults": "\n- ".join(["", *faults])}
        raise MappingWrong(
            Sentence(N_("%(file)s cannot be used:%(faults)s"), values),
            remedy=N_("See the reference page on mappings."),
        )
    return _mapping_of(raw, hashlib.sha256(text.encode()).hexdigest())


def faults_of(text: str) -> tuple[list[str], dict[str, Any]]:
    """Every fault in a mapping's text, in sentences that say where; and what was read of it."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        return [f"It is not YAML: {error}"], {}
    faults = [
        _in_words(error)
        for error in sorted(_validator().iter_errors(raw), key=lambda e: list(map(str, e.absolute_path)))
    ]
    if not faults:
        faults = list(_own_faults(raw))
    return faults, raw if isinstance(raw, dict) else {}


@lru_cache(maxsize=1)
def _validator() -> Any:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def _in_words(error: Any) -> str:
    where = " → ".join(str(part) for part in error.absolute_path) or "the top"
    return f"At {where}: {error.message}"


def _own_faults(raw: dict[str, Any]) -> Iterator[str]:
    for name, file in raw["files"].items():
        for number, entry in enumerate(file.get("makes", []), start=1):
            where = f"files → {name} → makes, entry {number}"
            yield from _entry_faults(raw, name, entry, where)
        for other in file.get("join", {}):
            if other not in raw["files"]:
                yield f"files → {name} → join: there is no file “{other}”."


def _entry_faults(raw: dict[str, Any], file: str, entry: dict[str, Any], where: str) -> Iterator[str]:
    kinds = [kind for kind in ENTRY_FIELDS if kind in entry]
    if len(kinds) != 1:
        yield f"{where}: needs exactly one of {', '.join(ENTRY_FIELDS)}."
        return
    kind = kinds[0]
    fields = entry[kind]
    if "id" not in fields and "id" not in raw["files"][file]:
        yield f"{where}: neither the {kind} nor its file says which column is the id."
    for field in fields:
        if field not in ENTRY_FIELDS[kind]:
            yield f"{where}: a {kind} has no “{field}”. It may have: {', '.join(ENTRY_FIELDS[kind])}."
    for name in _code_lists_of(fields):
        if name not in raw.get("code_lists", {}):
            yield f"{where}: there is no code list “{name}”."


def _code_lists_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("codes"), str):
            yield value["codes"]
        for part in value.values():
            yield from _code_lists_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from _code_lists_of(part)


def _mapping_of(raw: dict[str, Any], digest: str) -> Mapping:
    cohort = str(raw.get("cohort", "case"))
    return Mapping(
        name=str(raw["mapping"]),
        version=str(raw["version"]),
        agency=str(raw["agency"]),
        agreement=str(raw["agreement"]),
        purpose=str(raw["purpose"]),
        cohort=cohort,
        extent=str(raw.get("extent", "partial")),
        files=tuple(_file_of(name, entry, cohort) for name, entry in raw["files"].items()),
        digest=digest,
        raw=raw,
    )


def _file_of(name: str, entry: dict[str, Any], cohort: str) -> FileMapping:
    match = entry.get("match", f"{name}.*")
    known = columns_of(entry)
    required = entry.get("required", [])
    key = entry.get("id")
    return FileMapping(
        name=name,
        match=tuple(match) if isinstance(match, list) else (str(match),),
        sheet=entry.get("sheet"),
        header_row=entry.get("header_row"),
        delimiter={"tab": "\t"}.get(entry.get("delimiter", ""), entry.get("delimiter")),
        encoding=entry.get("encoding"),
        required=tuple(dict.fromkeys([*required, *([key] if isinstance(key, str) else [])])),
        known=frozenset(known),
        cohort=str(entry.get("cohort", cohort)),
        raw=entry,
    )
