"""Which days, hours and words does the first screen go by? Read from `stated.yaml`, where each stands with its source or reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from engage.store.area import AreaSettingsWrong
from engage.vocabulary.words import N_, Sentence
from engage.vocabulary.written import read_yaml


@dataclass(frozen=True)
class Clock:
    """How long after something another thing is due, in clock hours, and who says so."""

    code: str
    lasts: timedelta
    source: str


@dataclass(frozen=True)
class Stated:
    """Everything that was stated. `days` by what they are for; `night` is the first and the last hour of a night, in London."""

    interview: Clock
    days: Mapping[str, int]
    same_report: timedelta
    night: tuple[int, int]
    child_roles: frozenset[str]
    not_company_roles: frozenset[str]
    interview_words: Mapping[str, tuple[str, ...]]
    not_held_after: frozenset[str]

    def is_child_role(self, role: str | None) -> bool:
        """Whoever has this part in a report is the child that it is about."""
        return (role or "").strip().lower() in self.child_roles

    def is_company_role(self, role: str | None) -> bool:
        """Whoever has this part was with the child, as far as the record says."""
        said = (role or "").strip().lower()
        return bool(said) and said not in self.child_roles and said not in self.not_company_roles


def of_area(own: Any) -> Stated:
    """The same with what an area's settings say of roles under `missing`: child_roles and not_company_roles are added to those that ship.
    A role of the area's counts as the area says. Raises AreaSettingsWrong."""
    settings = own if own is not None else {}
    if not isinstance(settings, Mapping):
        raise _wrong("missing")
    children, others = (_roles(settings, name) for name in ("child_roles", "not_company_roles"))
    ships = stated()
    return replace(
        ships,
        child_roles=(ships.child_roles - others) | children,
        not_company_roles=(ships.not_company_roles - children) | others,
    )


def _roles(settings: Mapping[str, Any], name: str) -> frozenset[str]:
    said = settings.get(name) or []
    if not isinstance(said, list) or not all(isinstance(role, str) and role.strip() for role in said):
        raise _wrong(f"missing: {name}")
    return frozenset(role.strip().lower() for role in said)


def _wrong(where: str) -> AreaSettingsWrong:
    return AreaSettingsWrong(
        Sentence(N_("“%(where)s” in area.yaml cannot be used."), {"where": where}),
        remedy=N_(
            "Write it so: missing: {child_roles: [missing person - child], not_company_roles: [next of kin]}."
        ),
    )


@cache
def stated() -> Stated:
    """What ships with the software."""
    raw = read_yaml((Path(__file__).parent / "stated.yaml").read_text(encoding="utf-8"))
    clocks = {
        one["code"]: Clock(one["code"], timedelta(hours=one["hours"]), one["source"]) for one in raw["clocks"]
    }
    return Stated(
        interview=clocks["return_interview"],
        days={code: int(one["days"]) for code, one in raw["days"].items()},
        same_report=timedelta(hours=raw["same_report_hours"]),
        night=(raw["night"]["from_hour"], raw["night"]["until_hour"]),
        child_roles=frozenset(raw["child_roles"]),
        not_company_roles=frozenset(raw["not_company_roles"]),
        interview_words={how: tuple(words) for how, words in raw["interview_words"].items()},
        not_held_after=frozenset(raw["not_held_after"]),
    )
