"""How right is whom and what texts were found to name, measured against a known answer?

The answer is mentions.csv: agency, file, record_id, start, end, kind, entity_id. What is found counts when it is of the same kind and covers at
least half of what the answer names; each counts once. Who a group of records is, is whom most of its records are. Measured with, never
resolved with.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from engage.picture.mentions.rules import PERSON
from engage.vocabulary.rates import Rate
from engage.vocabulary.words import N_, EngageError, Sentence


_COLUMNS = ("agency", "file", "record_id", "start", "end", "kind", "entity_id")
Key = tuple[str, str, str]


class MentionsWrong(EngageError):
    """The answer that says whom texts name lacks a column, or a place in a text is no number."""


class Named(NamedTuple):
    """Words of a text (its agency, file and the source's id) that name somebody or something: `who` is the person of the answer, or the
    group of records it was taken to be; "" where that is not said."""

    agency: str
    file: str
    record_id: str
    start: int
    end: int
    kind: str
    who: str

    @property
    def key(self) -> Key:
        """The text."""
        return self[:3]


@dataclass(frozen=True)
class MentionMeasures:
    """`kinds` what was found of each kind; of the persons found, `linked` were taken to be who they are, `mistaken` to be somebody
    else, and of the others it was left open."""

    kinds: Mapping[str, Rate]
    linked: int
    mistaken: int

    @property
    def linked_share(self) -> float:
        """Of the persons found, the share taken to be who they are; 1 where none were."""
        found = self.kinds[PERSON].right if PERSON in self.kinds else 0
        return self.linked / found if found else 1.0


def read_answer(folder: Path) -> tuple[Named, ...]:
    """Whom texts name, from mentions.csv in `folder` or its subfolder `truth`; nothing where the answer does not say. Raises MentionsWrong."""
    file = next(
        (f for f in (folder / "mentions.csv", folder / "truth" / "mentions.csv") if f.is_file()), None
    )
    if file is None:
        return ()
    with file.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise _wrong(file, missing[0])
        try:
            return tuple(
                Named(row["agency"], row["file"], row["record_id"], int(row["start"]), int(row["end"]), row["kind"], row["entity_id"])
                for row in reader
            )  # fmt: skip
        except ValueError:
            raise _wrong(file, "start, end") from None


def _wrong(file: Path, column: str) -> MentionsWrong:
    return MentionsWrong(
        Sentence(N_("%(file)s lacks the column %(column)s."), {"file": str(file), "column": column}),
        remedy=Sentence(N_("Its columns are %(columns)s."), {"columns": ", ".join(_COLUMNS)}),
    )


def measure(
    said: Iterable[Named], answer: Iterable[Named], *, everyone: Iterable[tuple[str, str, str, str]], person_of: Mapping[Key, str]
) -> MentionMeasures:  # fmt: skip
    """Hold what was found against the answer. `everyone` is each record with its group, `person_of` each record with its true person."""
    members: dict[str, Counter[str]] = defaultdict(Counter)
    for agency, file, source, group in everyone:
        if who := person_of.get((agency, file, source)):
            members[group][who] += 1
    person = {group: min(some, key=lambda one: (-some[one], one)) for group, some in members.items()}
    found: dict[Key, list[Named]] = defaultdict(list)
    count: Counter[str] = Counter()
    for one in said:
        found[one.key].append(one)
        count[one.kind] += 1
    right, missed, linked, mistaken = Counter[str](), Counter[str](), 0, 0
    for true in answer:
        hit = next((one for one in found[true.key] if _is_hit(one, true)), None)
        if hit is None:
            missed[true.kind] += 1
            continue
        found[true.key].remove(hit)
        right[true.kind] += 1
        if true.kind == PERSON and hit.who:
            linked += person.get(hit.who) == true.who
            mistaken += person.get(hit.who) != true.who
    kinds = sorted(set(right) | set(missed))
    return MentionMeasures(
        {kind: Rate(right[kind], count[kind] - right[kind], missed[kind]) for kind in kinds}, linked, mistaken
    )


def _is_hit(one: Named, true: Named) -> bool:
    shared = min(one.end, true.end) - max(one.start, true.start)
    return one.kind == true.kind and shared * 2 >= max(true.end - true.start, 1)
