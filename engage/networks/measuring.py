"""How right is what was found of concern, where the truth is known? Precision among as many as there are, and groups by extended B-cubed.

The answer is a folder of CSV files: exploiters (person_id), decoys (entity_id, decoy_type), groups (group_id, person_id, side), places, vehicles and phones with
class and whether any agency recorded them, locations (agency, file, source_id, place_id), and, where it says so, exploiter_kinds (person_id, kind).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engage.identities.evaluating import Key, TruthWrong
from engage.vocabulary.words import N_, Sentence


@dataclass(frozen=True)
class NetworkTruth:
    """Who and what is of concern in truth. `apart` says of others what they are (a decoy's type, an ordinary place's kind)."""

    exploiters: Mapping[str, str]
    places: frozenset[str]
    vehicles: frozenset[str]
    phones: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    place_of: Mapping[Key, str]
    apart: Mapping[str, str]


@dataclass(frozen=True)
class AtK:
    """Of the first `k` in the list, as many as there are in truth, how many are right; what the others are, and how many of all that are right
    stand anywhere in it."""

    k: int
    right: int
    listed: int
    found: int
    others: Mapping[str, int] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        """Of the first k."""
        return self.right / self.k if self.k else 0.0


@dataclass(frozen=True)
class Grouped:
    """Groups held against the truth: extended B-cubed over the exploiters (Amigo and others 2009), of whom `placed` stand in any; and who else does."""

    precision: float
    recall: float
    placed: int
    exploiters: int
    others: int

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_network_truth(folder: Path) -> NetworkTruth:
    """The answer in `folder` (or its subfolder `truth`). Raises TruthWrong where there is none of networks."""
    place = folder if (folder / "exploiters.csv").is_file() else folder / "truth"
    if not (place / "exploiters.csv").is_file():
        raise TruthWrong(
            Sentence(N_("%(folder)s holds no answer about networks."), {"folder": str(folder)}),
            remedy=N_("Name the folder that holds exploiters.csv."),
        )
    rows = {
        name: _read(place / f"{name}.csv")
        for name in (
            "exploiters",
            "exploiter_kinds",
            "decoys",
            "groups",
            "places",
            "vehicles",
            "phones",
            "locations",
        )
    }
    kinds = {row["person_id"]: row["kind"] for row in rows["exploiter_kinds"]}
    groups: dict[str, set[str]] = {}
    for row in rows["groups"]:
        if row["side"] == "exploiter":
            groups.setdefault(row["person_id"], set()).add(row["group_id"])
    return NetworkTruth(
        exploiters={row["person_id"]: kinds.get(row["person_id"], "group") for row in rows["exploiters"]},
        places=_positive(rows["places"], "place_id", "recorded_by_police"),
        vehicles=frozenset(map(plate, _positive(rows["vehicles"], "vrm", "recorded_by_police"))),
        phones=frozenset(map(number, _positive(rows["phones"], "number", "in_reports"))),
        groups={person: frozenset(some) for person, some in groups.items()},
        place_of={(row["agency"], row["file"], row["source_id"]): row["place_id"] for row in rows["locations"]},
        apart={
            **{row["entity_id"]: row["decoy_type"] for row in rows["decoys"]},
            **{row["place_id"]: f"{row['class']}: {row['kind']}" for row in rows["places"]},
            **{plate(row["vrm"]): row["detail"] for row in rows["vehicles"]},
            **{number(row["number"]): row["detail"] for row in rows["phones"]},
        },
    )  # fmt: skip


def _positive(rows: Iterable[Mapping[str, str]], key: str, recorded: str) -> frozenset[str]:
    return frozenset(row[key] for row in rows if row["class"] == "group" and row[recorded] == "1")


def _read(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def plate(text: str) -> str:
    """A plate without spaces, letter O as the figure 0: both are written for one another."""
    return re.sub(r"[^A-Z0-9]", "", text.upper()).replace("O", "0")


def number(text: str) -> str:
    """A number's figures, from 0 on."""
    digits = re.sub(r"\D", "", text)
    return f"0{digits[2:]}" if digits.startswith("44") else digits


def at_k(listed: Sequence[str], right: Iterable[str], apart: Mapping[str, str]) -> AtK:
    """How right the beginning of a list is. Somebody listed twice counts once."""
    true, order = frozenset(right), list(dict.fromkeys(listed))
    first = order[: len(true)]
    others = Counter(apart.get(one, "other") for one in first if one not in true)
    return AtK(
        len(true),
        sum(one in true for one in first),
        len(order),
        sum(one in true for one in order),
        dict(sorted(others.items())),
    )


def grouped(
    found: Mapping[int, Iterable[str]], truth: Mapping[str, frozenset[str]], exploiters: Iterable[str]
) -> Grouped:
    """Hold the members of the groups found (true people) against the groups in truth. Whom no group holds stands alone."""
    people = sorted(truth)
    of: dict[str, set[str]] = {}
    for place, members in found.items():
        for person in members:
            of.setdefault(person, set()).add(str(place))
    mine = {person: of.get(person) or {f"alone {person}"} for person in people}
    precisions, recalls = [], []
    for person in people:
        mates = {other for other in people if truth[other] & truth[person]}
        together = {other for other in people if mine[other] & mine[person]}
        precisions.append(len(mates & together) / len(together))
        recalls.append(len(mates & together) / len(mates))
    known = frozenset(exploiters)
    hot = {place for person in people for place in of.get(person, ())}
    others = {person for person, places in of.items() if places & hot and person not in known}
    count = max(1, len(people))
    return Grouped(
        sum(precisions) / count,
        sum(recalls) / count,
        sum(person in of for person in people),
        len(people),
        len(others),
    )
