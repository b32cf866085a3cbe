"""Which groups may one viewer see, and who of them? Decided by the lines that tie them, never by the group alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from engage.governance import queries as access
from engage.networks.groups.adopting import adopted
from engage.networks.groups.rules import Group
from engage.networks.minors import as_children
from engage.networks.rules import Line
from engage.networks.seeing import lines_of_people
from engage.picture.seeing import Sight


_GROUPED = "select number, person_id, is_member from grouped order by number, person_id"


def groups_seen(see: Sight, children: Set[str]) -> list[Group]:
    """The groups, those linked to most children first, then those of most agencies, then by number. Persons are who they are today."""
    may_see_all, known = access.can(viewer=see.viewing.viewer, what="see_groups"), adopted(see)
    members: dict[int, set[str]] = defaultdict(set)
    linked: dict[int, set[str]] = defaultdict(set)
    for number, laid, is_member in see.build.pages().execute(_GROUPED):
        if may_see_all or number in known:
            (members if is_member else linked)[number] |= see.today.persons_of({laid})
    everybody = frozenset(person for some in (*members.values(), *linked.values()) for person in some)
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in as_children(see, lines_of_people(see, everybody), children):
        if line.counts:
            lines[line.person_id].append(line)
    found = [
        _group(number, (members[number] - children, linked[number] & children), lines, known.get(number, ""))
        for number in members
    ]
    # Without a child whom the viewer sees, that it is a group at all would tell of a hidden one.
    shown = [group for group in found if len(group.members) > 1 and group.linked]
    return sorted(shown, key=lambda group: (-len(group.linked), -len(group.agencies), group.number))


def _group(number: int, people: tuple[Set[str], Set[str]], lines: dict[str, list[Line]], name: str) -> Group:
    members, linked = people
    members = {person for person in members if not all(line.is_child for line in lines.get(person, ()))}
    together = _together(members, _ties(members | linked, lines))
    ties = _ties(together, lines)
    shown = [line for some in ties.values() for line in some]
    return Group(
        number=number, members=tuple(sorted(members & together)), linked=tuple(sorted(linked & together)),
        things=tuple(sorted(key for key in ties if key[0] != "event")), agencies=tuple(sorted({line.agency for line in shown})),
        since=min((line.on for line in shown if line.on), default=None), hangs_on=_hanging(members & together, ties.values()), is_adopted=bool(name), name=name,
    )  # fmt: skip


def _ties(people: Set[str], lines: dict[str, list[Line]]) -> dict[tuple[str, str], list[Line]]:
    """The lines of these people to what two of them or more have to do with, by what that is."""
    by_thing: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for person in people:
        for line in lines.get(person, ()):
            by_thing[line.thing, line.key].append(line)
    return {key: some for key, some in by_thing.items() if len({line.person_id for line in some}) > 1}


def _together(members: Set[str], ties: Mapping[tuple[str, str], list[Line]]) -> set[str]:
    """The part of a group that hangs together by what the viewer may see, the one of most members: that two parts are one group rests on what they may not
    see. Of parts of as many members the one of most people, then the one with the first by id."""
    parts: list[set[str]] = []
    for some in ties.values():
        joined = {line.person_id for line in some}
        apart = [part for part in parts if not part & joined]
        parts = [*apart, joined.union(*(part for part in parts if part & joined))]
    return min(parts, key=lambda part: (-len(part & members), -len(part), min(part)), default=set())


def _hanging(members: Set[str], ties: Iterable[list[Line]]) -> tuple[str, ...]:
    """The members whom one tentative line alone ties to the others."""
    held: dict[str, list[Line]] = defaultdict(list)
    for some in ties:
        for line in some:
            held[line.person_id].append(line)
    return tuple(
        sorted(
            person
            for person in members
            if len({line.record_id for line in held[person]}) == 1
            and all(line.strength == "tentative" for line in held[person])
        )
    )
