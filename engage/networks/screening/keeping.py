"""Where is a list while it waits, and what of it hit something once it was run? One file a screening in the area's folder, and nowhere else.

Rows of the decided store are never deleted, and what a database deletes stays in its file for a while. A file is replaced as a whole and is gone when it
is removed, so what is personal of a screening is in this file alone: it ends with the screening.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engage.networks.screening.rules import Entry
from engage.picture.exporting import written_beside
from engage.store.area import Area


FOLDER = "screenings"


@dataclass(frozen=True)
class Found:
    """What one row led to: a person's id, a plate or a number (`kind` and `key`), and how, one of HOW. `by`: the name as a record writes it by which somebody fits."""

    kind: str
    key: str
    how: str
    by: str = ""


@dataclass(frozen=True)
class Hit:
    """A row that led to something, with all that it led to; `has_more`: more people may be meant than are named."""

    entry: Entry
    found: tuple[Found, ...]
    has_more: bool = False


def keep_list(area: Area, number: int, entries: Iterable[Entry]) -> None:
    """Keep a list until it is run, or its time is over. Raises CannotWrite."""
    _write(area, number, {"waits": [_row(entry) for entry in entries]})


def waiting_list(area: Area, number: int) -> tuple[Entry, ...] | None:
    """The list of a screening that was not run; None when there is none any more."""
    kept = _read(area, number)
    return tuple(map(_entry, kept["waits"])) if kept and "waits" in kept else None


def keep_hits(area: Area, number: int, hits: Iterable[Hit]) -> None:
    """Keep the rows that hit something in place of the list: all others are gone. Raises CannotWrite."""
    rows = [{**_row(hit.entry), "found": [asdict(one) for one in hit.found], "has_more": hit.has_more} for hit in hits]  # fmt: skip
    _write(area, number, {"hits": rows})


def hits(area: Area, number: int) -> tuple[Hit, ...]:
    """The rows of a screening that hit something; none when they are cleared."""
    kept = _read(area, number) or {}
    return tuple(
        Hit(_entry(row), tuple(Found(**one) for one in row["found"]), row["has_more"])
        for row in kept.get("hits", ())
    )


def drop(area: Area, number: int) -> bool:
    """Remove what is kept of a screening; False when nothing was."""
    file = _file(area, number)
    is_there = file.is_file()
    file.unlink(missing_ok=True)
    return is_there


def kept(area: Area) -> list[int]:
    """The numbers of all screenings of which something is kept."""
    folder = area.folder / FOLDER
    return sorted(int(file.stem) for file in folder.glob("*.json") if file.stem.isdecimal())


def _file(area: Area, number: int) -> Path:
    return area.folder / FOLDER / f"{number}.json"


def _write(area: Area, number: int, content: dict[str, Any]) -> None:
    file = _file(area, number)
    with written_beside(file, make_folder=True) as aside:
        file.parent.chmod(0o700)
        aside.chmod(0o600)
        aside.write_text(json.dumps(content), encoding="utf-8")


def _read(area: Area, number: int) -> dict[str, Any] | None:
    file = _file(area, number)
    if not file.is_file():
        return None
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _row(entry: Entry) -> dict[str, Any]:
    return {**asdict(entry), "born": entry.born.isoformat() if entry.born else None}


def _entry(row: dict[str, Any]) -> Entry:
    born = date.fromisoformat(row["born"]) if row["born"] else None
    return Entry(row["row"], row["name"], born, row["phone"], row["plate"])
