"""What does a known answer say of the people themselves, so that quality can be told for each group of them?

Read from the folder with the answer: people (person_id, and of home_id, sex, ethnicity and origin what is known) and children
(person_id, exploited, sex, ethnicity). Both may be absent. It is measured with and never linked with.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engage.identities.evaluating import Truth, read_truth


@dataclass(frozen=True)
class Person:
    """One person of the answer. Texts are empty where the answer does not say. `ethnicity` is a code of the 16+1 list, `origin` where
    the person's names come from, `home` an address shared with others."""

    home: str = ""
    sex: str = ""
    ethnicity: str = ""
    origin: str = ""
    is_child: bool = False
    is_exploited: bool = False

    @property
    def ethnic_group(self) -> str:
        """The high-level group: the first letter of the code (W, M, A, B, O), or empty."""
        return self.ethnicity[:1].upper() if self.ethnicity[1:].isdigit() else ""


@dataclass(frozen=True)
class Answer:
    """A known answer: its folder's name, a digest of who each record is, that itself, and what it says of the people."""

    name: str
    digest: str
    truth: Truth
    people: Mapping[str, Person]


def read_answer(folder: Path) -> Answer:
    """Read all of the answer in `folder` (or its subfolder `truth`). Raises TruthWrong when there is none."""
    truth = read_truth(folder)
    place = folder if (folder / "identities.csv").is_file() else folder / "truth"
    digest = hashlib.sha256((place / "identities.csv").read_bytes()).hexdigest()
    name = place.resolve()
    return Answer(name.parent.name if name.name == "truth" else name.name, digest, truth, read_people(folder))


def read_people(folder: Path) -> dict[str, Person]:
    """The people of the answer in `folder` (or its subfolder `truth`), by id; none when the answer does not say."""
    place = folder if (folder / "identities.csv").is_file() else folder / "truth"
    everybody = _rows(place / "people.csv")
    children = _rows(place / "children.csv")
    return {
        person: _person(everybody.get(person, {}), children.get(person))
        for person in sorted(everybody.keys() | children.keys())
    }


def _rows(file: Path) -> dict[str, dict[str, str]]:
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return {row["person_id"]: row for row in csv.DictReader(handle) if row.get("person_id")}


def _person(row: dict[str, str], child: dict[str, str] | None) -> Person:
    said = {**(child or {}), **{name: value for name, value in row.items() if value}}
    return Person(
        home=said.get("home_id", ""),
        sex=said.get("sex", "").upper()[:1],
        ethnicity=said.get("ethnicity", ""),
        origin=said.get("origin", ""),
        is_child=child is not None,
        is_exploited=(child or {}).get("exploited") == "1",
    )
