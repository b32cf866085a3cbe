"""Which files may a viewer see? Of a case, those who take part in it, as each file is guarded; standing documents about a person, as what is written of a person without a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engage.casework.cases.models import Case
from engage.casework.cases.parts import parts_of
from engage.casework.cases.seeing import Desk
from engage.casework.files.models import FileWord, KeptFile
from engage.casework.lifecycles.states import CHILD
from engage.vocabulary.access import Fact, Subject


KIND = "case_entry"


@dataclass(frozen=True)
class FileShown:
    """A file as lists show it. `kind` is a code of types.yaml, `standing` that of a standing document ("" for none); `size` in bytes."""

    number: int
    case: int | None
    entry: int | None
    subject: str
    standing: str
    about: str
    name: str
    kind: str
    size: int
    sha256: str
    handling: str
    sensitivity: str
    by: str
    by_name: str
    agency: str
    at: datetime


def shown(desk: Desk, rows: Sequence[KeptFile]) -> list[FileShown]:
    """Those of these files that the viewer may have, in their order, without what was taken back."""
    back = set(FileWord.objects.filter(file__in=[row.seq for row in rows]).values_list("file", flat=True))
    subjects = _subjects(desk, rows)
    return [
        file_of(row)
        for row in rows
        if row.seq not in back and (subject := subjects.get(row.seq)) is not None and desk.decide(subject, fact_of(row)).is_allowed
    ]  # fmt: skip


def fact_of(row: KeptFile) -> Fact:
    """What access to a file is decided on."""
    return Fact(row.agency, KIND, row.handling, row.sensitivity)


def _subjects(desk: Desk, rows: Sequence[KeptFile]) -> dict[int, Subject]:
    """The subject of each file by the file's number; none for a file of a case of which the viewer may not know."""
    cases = {row.case for row in rows if row.case is not None}
    heads = desk.heads(list(Case.objects.filter(pk__in=cases))) if cases else []
    of_cases = desk.subjects_of(heads, parts_of(cases, desk.see.viewing.at)) if heads else {}
    now = desk.now([row.subject for row in rows if row.case is None])
    bars = desk.barred_from(CHILD) if now else {}
    found: dict[int, Subject] = {}
    for row in rows:
        if row.case is None:
            person = now[row.subject]
            found[row.seq] = Subject(person, barred=bars.get(person, frozenset()))
        elif row.case in of_cases:
            found[row.seq] = of_cases[row.case]
    return found


def file_of(row: KeptFile) -> FileShown:
    """A row as pages speak of it."""
    return FileShown(
        row.seq, row.case, row.entry, row.subject, row.standing, row.about, row.name, row.found_type, row.size, row.sha256, row.handling, row.sensitivity,
        row.kept_by, row.kept_by_name, row.agency, row.kept_at,
    )  # fmt: skip
