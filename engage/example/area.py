"""How does somebody get a whole area to try things on: settings, mappings, and files ready to be received?

engage example FOLDER
engage receive FOLDER --agency police FOLDER/sent/police/*
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from engage.example.layout import MAIN, read_layout
from engage.example.people import Town
from engage.example.town import UNTIL, make_town
from engage.example.wards import write_wards
from engage.example.write import write_town
from engage.store.warehouse import write_whole
from engage.vocabulary.words import N_, EngageError, Sentence


SEED = 20260407
STANDS_AT = "2026-04-07T08:40:00+01:00"
READY = Path(__file__).parent / "areas"

AGENCIES = {
    "police": ("{town} Constabulary", "police", "Exploitation team, DS Ellery", "07000 900101"),
    "childrens_services": ("{town} Children's Services", "childrens_services", "Front door, duty manager", "07000 900102"),
    "education": ("{town} Schools and Virtual School", "education", "Safeguarding lead for schools", "07000 900103"),
    "health": ("{town} Health Trust", "health", "Specialist nurse, safeguarding", "07000 900104"),
    "charity": ("The Harbour Light Project", "charity", "Parents' worker", "07000 900105"),
}  # fmt: skip
USERS = (
    ("ellery", "Rowan Ellery", "police", "detective"),
    ("adeyinka", "Tomi Adeyinka", "childrens_services", "social_worker"),
    ("marsh", "Ffion Marsh", "health", "nurse"),
    ("bellamy", "Joss Bellamy", "charity", "parent_liaison"),
    ("rahim", "Nadia Rahim", "education", "education_lead"),
    ("whitlock", "Sam Whitlock", "police", "missing_coordinator"),
    ("pembury", "Lorna Pembury", "childrens_services", "team_manager"),
    ("thackray", "Gil Thackray", "police", "team_manager"),
    ("quayle", "Una Quayle", "health", "team_manager"),
    ("sandeman", "Ruth Sandeman", "childrens_services", "guardian"),
    ("kessler", "Ines Kessler", "police", "analyst"),
    ("oakes", "Peta Oakes", "childrens_services", "business_support"),
    ("lindqvist", "Per Lindqvist", "childrens_services", "information_governance"),
)


class FolderInUse(EngageError):
    """The folder holds something that is not an example area."""


@dataclass(frozen=True)
class ExampleArea:
    """A ready area: what to receive from each agency, and where the answer is. `row_counts` by agency and file."""

    folder: Path
    name: str
    sent: dict[str, list[Path]]
    truth: Path
    row_counts: dict[str, int]


def make_area(
    folder: Path,
    *,
    seed: int = SEED,
    people: int = 6000,
    layout: str = MAIN,
    until: date = UNTIL,
    exploited_in_1000: float = 0.0,
) -> ExampleArea:
    """Write area.yaml, boundaries.geojson, mappings/, forms/, sent/ and truth/ into the folder; nothing is received or built.

    Written again with the same arguments, the folder is the same. Deliveries and decisions in it are left alone. Raises
    FolderInUse when the folder holds other things, NoSuchLayout, ValueError below 300 people.
    """
    read_layout(layout)
    _check_free(folder)
    town = make_town(seed=seed, people=people, until=until, exploited_in_1000=exploited_in_1000)
    folder.mkdir(parents=True, exist_ok=True)
    for old in ("sent", "truth"):
        shutil.rmtree(folder / old, ignore_errors=True)
    write_whole(folder / "area.yaml", yaml.safe_dump(settings_of(town), sort_keys=False, allow_unicode=True))
    (folder / "mappings").mkdir(exist_ok=True)
    for ready in ("mappings", "forms"):
        _write_ready(folder / ready, READY / layout / ready)
    write_wards(seed, folder)
    written = write_town(town, folder, layout)
    return ExampleArea(folder, town.name, dict(written.sent), written.truth, written.row_counts)


def settings_of(town: Town) -> dict[str, Any]:
    """What area.yaml says of the town."""
    return {
        "code": "ex",
        "name": town.name,
        "example": {"seed": town.seed, "people": len(town.people)},
        "stands_at": STANDS_AT,
        "agencies": {
            code: {"title": title.format(town=town.name), "kind": kind, "contact": contact, "phone": phone}
            for code, (title, kind, contact, phone) in AGENCIES.items()
        },
        "agreements": {
            "PARTNERSHIP-1": {
                "title": f"{town.name} exploitation partnership: information-sharing agreement",
                "agencies": list(AGENCIES),
                "cohorts": ["case", "register"],
                "purposes": ["safeguarding_child"],
                "from": town.from_on,
            }
        },
        # The team sits in one room; schools take part where they referred or are invited.
        "casework": {"team": ["police", "childrens_services", "health", "charity"]},
        "demo_users": [
            {"username": username, "name": name, "agency": agency, "role": role}
            for username, name, agency, role in USERS
        ],
    }


def _check_free(folder: Path) -> None:
    settings = folder / "area.yaml"
    others = folder.is_dir() and any(folder.iterdir())
    if others and not (settings.is_file() and "example:" in settings.read_text(encoding="utf-8")):
        raise FolderInUse(
            Sentence(N_("%(folder)s is not empty and is not an example area."), {"folder": str(folder)}),
            remedy=N_("Name a folder that does not exist yet."),
        )


def _write_ready(folder: Path, ready: Path) -> None:
    """Copy what the layout has ready, where it has any."""
    for file in sorted(ready.glob("*.yaml")):
        folder.mkdir(exist_ok=True)
        write_whole(folder / file.name, file.read_text(encoding="utf-8"))
