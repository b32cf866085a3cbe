"""How right are the joins, measured against a known answer? Plain Python on record keys; it reads no personal data.

The answer is a folder of CSV files: identities (agency, file, source_id, person_id, kind) and, when there are any,
hard_negatives (person_id_1, person_id_2, type). A record of the answer that the build left out stands alone.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engage.vocabulary.words import N_, EngageError, Sentence


Key = tuple[str, str, str]
ID_COLUMNS = ("agency", "file", "source_id", "cluster_id")


class TruthWrong(EngageError):
    """The folder with the answer cannot be used."""


@dataclass(frozen=True)
class Truth:
    """Who each record really is, of what kind it is (full, duplicate, partial), and pairs of people easily mistaken."""

    person_of: dict[Key, str]
    kind_of: dict[Key, str]
    look_alikes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Rates:
    """Precision: of what was joined, how much is right. Recall: of what is right, how much was joined."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return (
            2 * self.precision * self.recall / (self.precision + self.recall)
            if self.precision + self.recall
            else 0.0
        )


@dataclass(frozen=True)
class Measures:
    """How right a build's joins are. Rates are over pairs of records unless named B-cubed (mean over records).

    `wrongly_joined` counts, by kind of look-alike, pairs of people with a group in common, and of how many;
    `missed` and `wrong` count pairs by the kinds of the two records."""

    records: int
    left_out: int
    pairs: Rates
    b_cubed: Rates
    across_agencies: Rates
    without_partials: Rates
    wrongly_joined: dict[str, tuple[int, int]]
    missed: dict[str, int]
    wrong: dict[str, int]


def read_truth(folder: Path) -> Truth:
    """Read the answer from `folder` (or its subfolder `truth`). Raises TruthWrong when there is none."""
    place = folder if (folder / "identities.csv").is_file() else folder / "truth"
    if not (place / "identities.csv").is_file():
        raise TruthWrong(
            Sentence(N_("%(folder)s holds no identities.csv."), {"folder": str(folder)}),
            remedy=N_(
                "Name the folder with the known answer: identities.csv has the columns agency, file, source_id, person_id and kind."
            ),
        )
    rows = _read(place / "identities.csv", ("agency", "file", "source_id", "person_id"))
    keys = [(row["agency"], row["file"], row["source_id"]) for row in rows]
    look_alikes = place / "hard_negatives.csv"
    pairs = _read(look_alikes, ("person_id_1", "person_id_2", "type")) if look_alikes.is_file() else []
    return Truth(
        person_of={key: row["person_id"] for key, row in zip(keys, rows, strict=True)},
        kind_of={key: row.get("kind") or "full" for key, row in zip(keys, rows, strict=True)},
        look_alikes=[(row["person_id_1"], row["person_id_2"], row["type"]) for row in pairs],
    )


def _read(file: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = [name for name in needed if name not in (reader.fieldnames or [])]
        if missing:
            raise TruthWrong(
                Sentence(N_("%(file)s has no column %(column)s."), {"file": str(file), "column": missing[0]})
            )
        return list(reader)


def measure(cluster_of: Mapping[Key, str], truth: Truth) -> Measures:
    """Measure the joins `cluster_of` (record key to group) against the answer."""
    of = alone(cluster_of, truth)
    full = [key for key in of if truth.kind_of[key] != "partial"]
    return Measures(
        records=len(of),
        left_out=sum(not cluster_of.get(key) for key in of),
        pairs=_pairwise(of, truth.person_of, of),
        b_cubed=_b_cubed(of, truth.person_of),
        across_agencies=_pairwise(of, truth.person_of, of, across=lambda key: key[0]),
        without_partials=_pairwise(of, truth.person_of, full),
        wrongly_joined=_look_alikes(of, truth),
        missed=_by_kind(truth.person_of, of, truth.kind_of),
        wrong=_by_kind(of, truth.person_of, truth.kind_of),
    )


def alone(cluster_of: Mapping[Key, str], truth: Truth) -> dict[Key, str]:
    """The group of every record of the answer; one that the build left out stands alone."""
    return {
        key: cluster_of.get(key) or f"~alone{number}" for number, key in enumerate(sorted(truth.person_of))
    }


def _pairs(counts: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts)


def _pairwise(
    of: dict[Key, str],
    person: dict[Key, str],
    keys: Iterable[Key],
    *,
    across: Callable[[Key], str] | None = None,
) -> Rates:
    """Rates over pairs; with `across`, only over pairs that differ in it."""

    def count(name: Callable[[Key], Any]) -> int:
        inside = _pairs(Counter((name(key), across(key)) for key in chosen).values()) if across else 0
        return _pairs(Counter(name(key) for key in chosen).values()) - inside

    chosen = list(keys)
    right, joined, true = (
        count(lambda key: (of[key], person[key])),
        count(lambda key: of[key]),
        count(lambda key: person[key]),
    )
    return Rates(right / joined if joined else 0.0, right / true if true else 0.0)


def _b_cubed(of: dict[Key, str], person: dict[Key, str]) -> Rates:
    both = Counter((of[key], person[key]) for key in of)
    groups, people = Counter(of.values()), Counter(person[key] for key in of)
    records = max(len(of), 1)
    return Rates(
        sum(both[of[key], person[key]] / groups[of[key]] for key in of) / records,
        sum(both[of[key], person[key]] / people[person[key]] for key in of) / records,
    )


def _look_alikes(of: dict[Key, str], truth: Truth) -> dict[str, tuple[int, int]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key, group in of.items():
        groups[truth.person_of[key]].add(group)
    found: dict[str, tuple[int, int]] = {}
    for one, other, kind in truth.look_alikes:
        if one in groups and other in groups:
            joined, total = found.get(kind, (0, 0))
            found[kind] = (joined + bool(groups[one] & groups[other]), total + 1)
    return found


def _by_kind(within: dict[Key, str], unlike: dict[Key, str], kind_of: dict[Key, str]) -> dict[str, int]:
    """Pairs that `within` puts together and `unlike` does not, by the kinds of their two records."""
    together: dict[str, list[Key]] = defaultdict(list)
    for key in unlike:
        together[within[key]].append(key)
    counts: Counter[str] = Counter()
    for keys in together.values():
        keys.sort()
        for place, one in enumerate(keys):
            counts.update(
                " and ".join(sorted((kind_of[one], kind_of[other])))
                for other in keys[place + 1 :]
                if unlike[one] != unlike[other]
            )
    return dict(sorted(counts.items()))
