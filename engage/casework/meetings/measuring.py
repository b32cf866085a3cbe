"""Do invitations name everybody who holds records? Held against a known answer: for each exploited child, the agencies that hold a record in truth.

The answer is a folder of CSV files: children (person_id, exploited) and identities (agency, file, source_id, person_id).
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engage.identities.evaluating import Key, TruthWrong, read_truth
from engage.vocabulary.words import N_, Sentence


@dataclass(frozen=True)
class InvitationTruth:
    """Who was exploited in truth, and whose each record is."""

    children: tuple[str, ...]
    person_of: Mapping[Key, str]


@dataclass(frozen=True)
class Missed:
    """An agency that holds a record of a child and was not proposed. `is_joined`: one of its records stands with the child, so that it should have been."""

    child: str
    agency: str
    is_joined: bool


@dataclass(frozen=True)
class Invitations:
    """How many agencies hold a record of an exploited child in truth (`held`), how many of those have one joined to the child (`joined`), how many of each were proposed, and
    who was missed; `further`: proposed for a child of whom they hold no record in truth. `without`: children of whom no record is in the build."""

    children: int
    without: int
    held: int
    held_proposed: int
    joined: int
    joined_proposed: int
    further: int
    missed: tuple[Missed, ...]

    @property
    def recall(self) -> float:
        """Among agencies whose records are joined."""
        return self.joined_proposed / self.joined if self.joined else 1.0

    @property
    def recall_of_all(self) -> float:
        """Among all agencies that hold a record in truth, joined or not."""
        return self.held_proposed / self.held if self.held else 1.0


def read_invitation_truth(folder: Path) -> InvitationTruth:
    """The answer in `folder` (or its subfolder `truth`). Raises TruthWrong where there is none of children."""
    place = folder if (folder / "children.csv").is_file() else folder / "truth"
    if not (place / "children.csv").is_file():
        raise TruthWrong(
            Sentence(N_("%(folder)s holds no answer about children."), {"folder": str(folder)}),
            remedy=N_("Name the folder that holds children.csv."),
        )
    with (place / "children.csv").open(encoding="utf-8", newline="") as file:
        exploited = [row["person_id"] for row in csv.DictReader(file) if row.get("exploited") == "1"]
    return InvitationTruth(tuple(sorted(exploited)), read_truth(place).person_of)


def clusters(answer: InvitationTruth, everyone: Iterable[tuple[str, ...]]) -> dict[str, dict[str, set[str]]]:
    """For each exploited child with a record in the build: the persons (today's ids) under whom records of theirs stand, the one with most first, each with the agencies."""
    wanted = set(answer.children)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    agencies: dict[tuple[str, str], set[str]] = defaultdict(set)
    for agency, file, source, person in everyone:
        child = answer.person_of.get((str(agency), str(file), str(source)))
        if child in wanted:
            counted[child][str(person)] += 1
            agencies[child, str(person)].add(str(agency))
    return {
        child: {
            person: agencies[child, person]
            for person, _n in sorted(count.items(), key=lambda one: (-one[1], one[0]))
        }
        for child, count in counted.items()
    }


def measured(
    answer: InvitationTruth,
    found: Mapping[str, Mapping[str, set[str]]],
    proposed: Mapping[str, Iterable[str]],
) -> Invitations:
    """Hold what was proposed (agencies by person) against the truth."""
    true: dict[str, set[str]] = defaultdict(set)
    for (agency, _file, _source), child in answer.person_of.items():
        true[child].add(agency)
    counts, missed, without = Counter[str](), [], 0
    for child in answer.children:
        persons = found.get(child)
        if not persons:
            without += 1
            continue
        first = next(iter(persons))
        named = set(proposed.get(first, ()))
        joined = persons[first] & true[child]
        counts.update(held=len(true[child]), held_proposed=len(true[child] & named), joined=len(joined), joined_proposed=len(joined & named), further=len(named - true[child]))  # fmt: skip
        missed += [Missed(child, agency, agency in joined) for agency in sorted(true[child] - named)]
    return Invitations(
        len(answer.children),
        without,
        counts["held"],
        counts["held_proposed"],
        counts["joined"],
        counts["joined_proposed"],
        counts["further"],
        tuple(missed),
    )
