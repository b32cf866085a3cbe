"""What is a group, as one viewer may see it? Plain values, no store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Group:
    """People whom shared things tie to one another more than to others. `members` are grown-ups; `linked` children with signs of harm or exposure,
    listed apart and never as members; `things` the places, vehicles and phones that two of them have to do with (kind and key). `hangs_on` are members whom a single
    weak line ties to the rest: were it wrong, they would fall away."""

    number: int
    members: tuple[str, ...]
    linked: tuple[str, ...]
    things: tuple[tuple[str, str], ...]
    agencies: tuple[str, ...]
    since: date | None
    hangs_on: tuple[str, ...]
    is_adopted: bool = False
    name: str = ""
