"""Groups as a page shows them: how their people are called, what a lead said, and how each came to be what it is, as far as one viewer may know."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from engage.identities import assignments
from engage.networks.decided import may_hear
from engage.networks.groups.adopting import Adoption, adoptions
from engage.networks.groups.rules import Group
from engage.networks.models import GroupStanding
from engage.networks.rules import Line
from engage.networks.seeing import lines_of_people
from engage.networks.showing import Person, people_of
from engage.picture.indicators.decided import counts
from engage.picture.seeing import Sight


@dataclass(frozen=True)
class Stood:
    """How a group stood from a build on: of those who are shown as its people now, who were members and who were linked then, and which other groups that hold
    any of them it came from."""

    at: datetime
    members: frozenset[str]
    linked: frozenset[str]
    came_from: tuple[int, ...]


@dataclass(frozen=True)
class GroupShown:
    """One group: its people by name, its history (newest first), what leads said of it, what each thing is called, and the records that tie its people to the things that they share."""

    group: Group
    people: Mapping[str, Person]
    stood: tuple[Stood, ...]
    adoptions: tuple[Adoption, ...]
    labels: Mapping[tuple[str, str], str]
    weak: Mapping[str, Line]
    record_ids: frozenset[str] = frozenset()


def shown(see: Sight, group: Group) -> GroupShown:
    """All that the viewer may know of a group that they may see."""
    people = {*group.members, *group.linked}
    lines = lines_of_people(see, people)
    labels = {(line.thing, line.key): line.label for line in lines if line.label}
    weak = {line.person_id: line for line in lines if line.counts and line.person_id in group.hangs_on}
    said = tuple(one for one in adoptions(see).get(group.number, ()) if may_hear(see, one.agency, ""))
    records = frozenset(line.record_id for line in lines if line.counts and (line.thing, line.key) in group.things)  # fmt: skip
    return GroupShown(
        group, people_of(see, people), _stood(see, group.number, people), said, labels, weak, records
    )


def _stood(see: Sight, number: int, people: Set[str]) -> tuple[Stood, ...]:
    """Rows that say anything of those who are shown now, and nothing of anybody else: how many others there were is not told."""
    rows = [row for row in GroupStanding.objects.order_by("seq") if counts(see, row.stood_at)]
    now = assignments.today(see.build, {who for row in rows for who in (*row.members, *row.linked)})
    of = {row.seq: (_among(row.members, now, people), _among(row.linked, now, people)) for row in rows}
    holds = {row.number for row in rows if of[row.seq][0]}
    found: list[Stood] = []
    for row in rows:
        members, linked = of[row.seq]
        if row.number == number and (members or linked):
            before = tuple(sorted(holds & {*row.came_from} - {number}))
            one = Stood(row.stood_at, members, linked, before)
            if not found or (found[-1].members, found[-1].linked) != (members, linked):
                found.append(one)
    return tuple(reversed(found))


def _among(some: list[str], now: Mapping[str, str], people: Set[str]) -> frozenset[str]:
    return frozenset(now.get(who, who) for who in some) & people
