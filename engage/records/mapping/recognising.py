"""Which mapping reads the files that came, and which part of it reads which file or sheet?

By the names that the mapping expects and by the columns that are there. Nothing is taken on a guess: when no mapping of the agency
reads every file, the refusal says for each what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engage.records.files import readers, workbook
from engage.records.files.rows import FileNotReadable
from engage.records.mapping import declared
from engage.vocabulary.words import N_, EngageError, Sentence


class DeliveryRefused(EngageError):
    """A delivery cannot be taken: no mapping reads it, or no agreement covers it. Nothing of it was kept."""


@dataclass(frozen=True)
class Part:
    """One file (or sheet) as sent, with the part of the mapping that reads it, and what of it needs telling."""

    path: Path
    sheet: str | None
    layout: declared.FileMapping
    columns: tuple[str, ...]


def recognise(
    mappings: Mapping[str, declared.Mapping], *, agency: str, files: Sequence[Path], only: str | None = None
) -> tuple[declared.Mapping, list[Part]]:
    """The agency's mapping that reads all the files (`only` names one), and which part reads which. Raises DeliveryRefused."""
    of_agency = [m for m in mappings.values() if m.agency == agency and only in (None, m.name)]
    if not of_agency:
        raise DeliveryRefused(
            Sentence(N_("There is no mapping for “%(agency)s”."), {"agency": agency}),
            remedy=N_("Draft one with: engage mapping draft FILES"),
        )
    faults = []
    for mapping in of_agency:
        parts, wrong = _parts(mapping, files)
        if not wrong:
            return mapping, parts
        faults += [f"{mapping.name}: {fault}" for fault in wrong]
    raise DeliveryRefused(
        Sentence(
            N_("No mapping of “%(agency)s” reads these files:%(faults)s"),
            {"agency": agency, "faults": "\n- ".join(["", *faults])},
        ),
        remedy=N_("Mend the mapping (engage mapping check), or ask the sender for the missing columns."),
    )


def unread(parts: Iterable[Part]) -> list[Sentence]:
    """What a person should know although the files can be taken: columns that the mapping names and the file lacks, and sheets
    that nothing reads."""
    told = []
    sheets: dict[Path, set[str]] = {}
    for part in parts:
        here = {c.lower() for c in part.columns}
        missing = sorted(c for c in part.layout.known if c.lower() not in here)
        if missing:
            values = {"file": part.path.name, "columns": ", ".join(missing)}
            told.append(Sentence(N_("%(file)s lacks columns that the mapping names: %(columns)s."), values))
        named = workbook.sheets(part.path)
        if named:
            sheets.setdefault(part.path, set(named)).discard(part.sheet or named[0])
    for path, left in sheets.items():
        if left:
            values = {"file": path.name, "sheets": ", ".join(sorted(left))}
            told.append(Sentence(N_("%(file)s has sheets that nothing reads: %(sheets)s."), values))
    return told


def _parts(mapping: declared.Mapping, files: Sequence[Path]) -> tuple[list[Part], list[str]]:
    parts, faults = [], []
    for path in files:
        layouts = [f for f in mapping.files if f.takes(path.name)]
        if not layouts:
            faults.append(f"nothing in it reads a file called {path.name}")
            continue
        fitting, wrong = _fitting(path, layouts)
        is_book = path.suffix.lower() in workbook.WORKBOOKS
        if not fitting or (is_book and wrong):
            faults += wrong
        parts += fitting if is_book else fitting[:1]
    return parts, faults


def _fitting(path: Path, layouts: Sequence[declared.FileMapping]) -> tuple[list[Part], list[str]]:
    """The layouts whose columns are there, those with most of them first; and what the others miss."""
    fitting, wrong = [], []
    for layout in layouts:
        sheet = layout.sheet if path.suffix.lower() in workbook.WORKBOOKS else None
        try:
            columns = readers.header_of(path, sheet=sheet, layout=layout)
        except FileNotReadable as error:
            wrong.append(f"{error.sentence} {error.remedy}".strip())
            continue
        here = {c.lower() for c in columns}
        missing = [c for c in layout.required if c.lower() not in here]
        if missing:
            wrong.append(f"{path.name} has no column {', '.join(missing)} (it has {', '.join(columns)})")
        else:
            fitting.append(Part(path, sheet, layout, columns))
    return sorted(fitting, key=_known_share, reverse=True), wrong


def _known_share(part: Part) -> float:
    """How much of the file the layout knows, and how much of what it knows the file has."""
    here, known = {c.lower() for c in part.columns}, {c.lower() for c in part.layout.known}
    return len(here & known) / (len(here | known) or 1)
