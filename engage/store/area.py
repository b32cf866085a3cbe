"""Where does an area keep everything that is its own, and what does its settings file say?

AREA/
  area.yaml        who takes part, under which agreements; whether the clock stands still
  boundaries.geojson  (optional) the boundaries of wards or beats, kept by `engage boundaries`
  mappings/        one YAML file for each layout that an agency sends
  phrases/         (optional) words, entries and themes that add to what is looked for in texts
  indicators/      (optional) indicators that the area adds to the catalogue, or puts in the place of one
  clocks/          (optional) clocks that the area adds or has otherwise, which variants are shown first, days on which it is closed
  wording/         (optional) wordings that add to those that are noticed as blaming a child
  tasks/           (optional) when overdue actions are chased (escalation.yaml), and actions that are often agreed
  meetings/        (optional) kinds of meeting that the area adds, or puts in the place of one
  access/          (optional) dated rows that add to the access table
  deliveries/      what agencies sent, content-addressed, kept
  attachments/     files of cases and standing documents, by the digest of their content: to be backed up with the decided store
  decided.sqlite3  what people decided and the ids given out (or a database elsewhere, by DATABASE_URL)
  derived/         what the machine worked out: safe to delete
  copies/          dated copies of who is missing, for when the network is down; cleared away after the stated days
  screenings/      lists that wait to be screened, and what of them hit: removed when they end, kept out of backups
  secret.key       the web's signing key
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from engage.vocabulary.time import Clock, standing_clock, system_clock
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import read_yaml


class AreaNotFound(EngageError):
    """The folder is not an area."""


class AreaSettingsWrong(EngageError):
    """area.yaml cannot be used as it is."""


@dataclass(frozen=True)
class Agency:
    """An agency of the area. `title` is how pages name it; `kind` is police, childrens_services, education, health,
    charity or another word of the partnership; `contact` is whom to phone, `phone` the number."""

    code: str
    title: str
    kind: str
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Agreement:
    """A sharing agreement: which agencies may send which cohorts for which purposes, and between which days."""

    code: str
    title: str
    agencies: tuple[str, ...]
    cohorts: tuple[str, ...]
    purposes: tuple[str, ...]
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class Area:
    """An area's folder and its settings. Nothing outside the folder (and the database it names) belongs to it."""

    folder: Path
    code: str
    name: str
    agencies: dict[str, Agency]
    agreements: dict[str, Agreement]
    stands_at: datetime | None = None
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def clock(self) -> Clock:
        """The machine's clock, or the moment at which this area stands (demo)."""
        return standing_clock(self.stands_at) if self.stands_at else system_clock

    @property
    def mappings_folder(self) -> Path:
        """Where the mappings are."""
        return self.folder / "mappings"

    @property
    def deliveries_folder(self) -> Path:
        """Where deliveries are kept."""
        return self.folder / "deliveries"

    @property
    def derived_folder(self) -> Path:
        """Where builds are made and served from."""
        return self.folder / "derived"

    @property
    def database_file(self) -> Path:
        """The decided store when it is SQLite."""
        return self.folder / "decided.sqlite3"

    def agency(self, code: str) -> Agency:
        """The agency with that code; raises AreaSettingsWrong when the area has none."""
        if code not in self.agencies:
            raise AreaSettingsWrong(
                Sentence(N_("%(area)s has no agency “%(code)s”."), {"area": self.name, "code": code}),
                remedy=Sentence(
                    N_("Use one of %(known)s, or add it under “agencies” in %(file)s."),
                    {"known": ", ".join(sorted(self.agencies)), "file": str(self.folder / "area.yaml")},
                ),
            )
        return self.agencies[code]


def open_area(folder: Path) -> Area:
    """Read AREA/area.yaml. Raises AreaNotFound when there is none, AreaSettingsWrong when it cannot be used."""
    file = Path(folder) / "area.yaml"
    if not file.is_file():
        raise AreaNotFound(
            Sentence(N_("%(folder)s is not an area: it has no area.yaml."), {"folder": str(folder)}),
            remedy=Sentence(N_("Make one with: engage init %(folder)s"), {"folder": str(folder)}),
        )
    try:
        return _area_of(Path(folder), read_yaml(file.read_text(encoding="utf-8")) or {})
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        raise AreaSettingsWrong(
            Sentence(N_("%(file)s cannot be used: %(error)s"), {"file": str(file), "error": repr(error)}),
            remedy=N_("Compare it with the reference page on area.yaml."),
        ) from error


def _area_of(folder: Path, raw: dict[str, Any]) -> Area:
    stands_at = raw.get("stands_at")
    return Area(
        folder=folder,
        code=str(raw["code"]),
        name=str(raw["name"]),
        agencies={code: _agency(code, entry) for code, entry in raw.get("agencies", {}).items()},
        agreements={code: _agreement(code, entry) for code, entry in raw.get("agreements", {}).items()},
        stands_at=datetime.fromisoformat(str(stands_at)) if stands_at else None,
        settings=raw,
    )


def _agency(code: str, entry: dict[str, Any]) -> Agency:
    return Agency(
        code=code,
        title=str(entry["title"]),
        kind=str(entry["kind"]),
        contact=str(entry.get("contact", "")),
        phone=str(entry.get("phone", "")),
    )


def _agreement(code: str, entry: dict[str, Any]) -> Agreement:
    return Agreement(
        code=code,
        title=str(entry["title"]),
        agencies=tuple(entry["agencies"]),
        cohorts=tuple(entry["cohorts"]),
        purposes=tuple(entry["purposes"]),
        from_on=_day(entry["from"]),
        until_on=_day(entry["until"]) if entry.get("until") else None,
    )


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
