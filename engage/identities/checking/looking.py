"""Which records of a build is somebody who is asked about worth comparing with, and what does each pair weigh?"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from engage.identities.checking.expressions import says_each
from engage.identities.checking.laying import (
    KEYS,
    MODEL,
    NAMES,
    NUMBERS,
    RECORDS,
    shares_of,
    usual_days,
)
from engage.identities.checking.weighing import Scale, Weighed
from engage.identities.linking.candidates import KEYS as KINDS
from engage.identities.linking.candidates import MUCH
from engage.identities.linking.model import FREQUENCY_COLUMNS, model_from_json
from engage.store.laid import Laid
from engage.store.sql import literal
from engage.store.warehouse import BuildOutdated, connect
from engage.vocabulary.words import N_


# These signs stand in no key of a record; what is typed may hold them, and leads to nobody.
_BETWEEN, _NOTHING = "\x1f", "\0"
_DAYS = ("birth_on", "birth_from", "birth_until")


@dataclass(frozen=True)
class Near:
    """One record of the build that shares a key with whoever is asked about: as linking cleaned it, and what the pair weighs."""

    record: Mapping[str, Any]
    weighed: Weighed

    @property
    def record_id(self) -> str:
        """The record."""
        return str(self.record["record_id"])


class Checks:
    """What a build laid down to check one person against, opened for reading. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._keys = _column(folder / KEYS, np.uint64)
        self._numbers = _column(folder / NUMBERS, np.uint32)
        self._scale = Scale(model_from_json((folder / MODEL).read_text(encoding="utf-8")))
        self.usual_days = usual_days(folder)
        self._laid = Laid(folder)
        self._hashing = connect(None, threads=1)
        self._hashing.execute(
            f"prepare hashed as select hash(unnest(string_split($1::varchar, {literal(_BETWEEN)})))"
        )
        self._lock = threading.Lock()

    def near(self, asked: Mapping[str, Any], *, least: float) -> list[Near]:
        """The records that weigh at least so much with this one (columns of `link_record`, but for its number and id), heaviest
        first. Every pair has the weight that linking would give it: how usual the names asked about are is told by the whole area,
        where the record does not say."""
        asked = self._with_shares(asked)
        numbers = self._numbers_of(self._hashed(keys_of(asked)))
        found = (Near(record, self._scale.weigh(record, asked)) for record in self.records(numbers))
        kept = [near for near in found if near.weighed.weight >= least]
        return sorted(kept, key=lambda near: (-near.weighed.weight, near.record_id))

    def weigh(self, left: Mapping[str, Any], right: Mapping[str, Any]) -> Weighed:
        """What two records weigh, as linking cleaned them; the one whose id sorts first is `left`."""
        return self._scale.weigh(left, right)

    def _with_shares(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        shares = {}
        for field in FREQUENCY_COLUMNS:
            if asked[field] is not None and asked[f"{field}_share"] is None:
                found = shares_of(self._laid.connection(NAMES), field, [asked[field]])
                shares[f"{field}_share"] = found.get(asked[field])
        return {**asked, **shares}

    def _hashed(self, keys: list[str]) -> Any:
        keys = [key for key in keys if _BETWEEN not in key and _NOTHING not in key]
        with self._lock:
            found = self._hashing.execute(f"execute hashed({literal(_BETWEEN.join(keys))})").fetchnumpy()
        (hashes,) = found.values()
        return hashes

    def _numbers_of(self, keys: Any) -> list[int]:
        first = np.searchsorted(self._keys, keys, side="left")
        # A person with more records than that is found by the first of them.
        after = np.minimum(np.searchsorted(self._keys, keys, side="right"), first + MUCH)
        ends = zip(first.tolist(), after.tolist(), strict=True)
        return sorted({number for one, end in ends for number in self._numbers[one:end].tolist()})

    def records(self, numbers: list[int]) -> Iterable[dict[str, Any]]:
        """The records of these numbers, as linking cleaned them, in the order of their ids."""
        rows = self._laid.connection(RECORDS).execute(
            f"select content from record where rowid in ({', '.join('?' * len(numbers))})", numbers
        )
        return (_record(row[0]) for row in rows)


@lru_cache(maxsize=2)
def checks(folder: Path) -> Checks:
    """What the build in that folder laid down; opened once. Raises BuildOutdated when it is of a version that laid down nothing."""
    if not all((folder / name).is_file() for name in (KEYS, NAMES)):
        raise BuildOutdated(
            N_("The area was last built by a version of Engage that could not check one person."),
            remedy=N_("Build it again: engage build AREA (every id stays)."),
        )
    return Checks(folder)


def keys_of(record: Mapping[str, Any]) -> list[str]:
    """The keys of a record, as text with their kind before them, as `linking.candidates` makes them."""
    return [
        f"{kind.code}:{key}" for kind in KINDS for key in set(says_each(kind.sql)(record)) if key is not None
    ]


def _column(file: Path, kind: Any) -> Any:
    """Whole numbers of a file, read where they are asked for. An area without records has an empty one."""
    empty = np.array([], dtype=kind)
    return np.asarray(np.memmap(file, dtype=kind, mode="r")) if file.stat().st_size else empty


def _record(content: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(content)
    for column in _DAYS:
        if record[column] is not None:
            record[column] = date.fromisoformat(record[column])
    return record
