"""How much may be screened, for what, and for how long? Dated rows of limits.yaml, each with its reason and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Limits:
    """What holds on a day: rows of a list, bytes of a file, days that hits are shown at most, days that a list waits at most for leave and for being
    run, how many people are named who may be meant by one row, and the codes of the purposes."""

    rows: int
    size: int
    hits_days: int
    wait_days: int
    candidates: int
    purposes: tuple[str, ...]

    def last_day(self, on: date) -> date:
        """The latest day on which hits of a screening that is asked for on that day may still be shown."""
        return on + timedelta(days=self.hits_days)

    def lapses_on(self, on: date) -> date:
        """The first day on which a list that was asked about on that day waits no longer."""
        return on + timedelta(days=self.wait_days)


def limits(on: date) -> Limits:
    """The limits of a day."""
    row = max((one for one in _rows() if one["from"] <= on), key=lambda one: one["from"])
    return Limits(
        int(row["rows"]), int(row["bytes"]), int(row["hits_days"]), int(row["wait_days"]), int(row["candidates"]), tuple(row["purposes"])
    )  # fmt: skip


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load((Path(__file__).parent / "limits.yaml").read_text(encoding="utf-8")))
