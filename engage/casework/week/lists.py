"""Which lists does the day of each role have? Read from lists.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engage.vocabulary.written import read_yaml


FILE = Path(__file__).parent / "lists.yaml"
DUE, NEW, WAITS_FOR_ME, WAITS_FOR_OTHERS = "due", "new", "waits_for_me", "waits_for_others"
SECTIONS = (DUE, NEW, WAITS_FOR_ME, WAITS_FOR_OTHERS)
MANAGER = "team_manager"


@dataclass(frozen=True)
class ListKind:
    """A list of the day: its section, how it is called, and what is in it; `clocks`: the time limits that it holds, which then stand in no other of the same day."""

    code: str
    section: str
    title: str
    means: str
    clocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Day:
    """The lists of somebody's day in their order, and the pages where else it begins."""

    lists: tuple[ListKind, ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def own_clocks(self) -> frozenset[str]:
        """The time limits that have a list of their own on this day."""
        return frozenset(code for kind in self.lists for code in kind.clocks)


@dataclass(frozen=True)
class Lists:
    """Every list, what each role has, and what a manager of a kind of agency has besides."""

    kinds: Mapping[str, ListKind]
    roles: Mapping[str, Day]
    leads: Mapping[str, tuple[ListKind, ...]]


@cache
def lists() -> Lists:
    """The file as it ships."""
    raw = read_yaml(FILE.read_text(encoding="utf-8"))
    kinds = {one["code"]: ListKind(**{**one, "clocks": tuple(one.get("clocks", ()))}) for one in raw["lists"]}
    roles = {
        role: Day(tuple(kinds[code] for code in (*day["lists"], *raw["everybody"])), tuple(day["pages"]))
        for role, day in raw["roles"].items()
    }
    leads = {kind: tuple(kinds[code] for code in codes) for kind, codes in raw["leads"].items()}
    return Lists(kinds, roles, leads)


def day_of(role: str, agency_kind: str) -> Day:
    """The day of a role at an agency of a kind; an empty one of a role that has none."""
    known = lists()
    day = known.roles.get(role, Day())
    more = known.leads.get(agency_kind, ()) if role == MANAGER else ()
    return Day(tuple(dict.fromkeys((*day.lists, *more))), day.pages)
