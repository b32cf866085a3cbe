"""What does an area's mapping say, and can it be used?

A mapping is one YAML file for one agency's layout. It says which files there are, what a row of each makes (persons, events,
places, vehicles, phones, roles, relationships, narratives), who is in the extract and why, and what the extract covers. It is
checked against the published schema and then against itself; all faults are told at once.
"""

from __future__ import annotations

import fnmatch
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engage.records.mapping.entries import columns_of
from engage.records.mapping.faults import faults_of
from engage.vocabulary.words import N_, EngageError, Sentence


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

    @property
    def cohorts(self) -> frozenset[str]:
        """Its cohort, and those of what its rows make where they differ."""
        return frozenset({self.cohort, *(e["cohort"] for e in self.raw.get("makes", []) if "cohort" in e)})

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
    mappings: dict[str, Mapping] = {}
    for file in sorted(folder.glob("*.yaml")):
        mapping = read_mapping(file)
        if mapping.name in mappings:
            raise MappingWrong(
                Sentence(N_("Two files are called the mapping “%(name)s”."), {"name": mapping.name}),
                remedy=Sentence(N_("Give the one in %(file)s another name."), {"file": file.name}),
            )
        mappings[mapping.name] = mapping
    return mappings


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
