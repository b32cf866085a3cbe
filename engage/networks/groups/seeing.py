"""Which groups may one viewer see, and who of them? Decided by the lines that tie them, never by the group alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set

from engage.governance import queries as access
from engage.networks.groups.adopting import adopted
from engage.networks.groups.rules import Group
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
    for line in lines_of_people(see, everybody):
        if line.counts:
            lines[line.person_id].append(line)
    found = [
        _group(number, members[number], linked[number] & children, lines, known.get(number, ""))
        for number in members
    ]
    shown = [group for group in found if len(group.members) > 1]
    return sorted(shown, key=lambda group: (-len(group.linked), -len(group.agencies), group.number))


def _group(
    number: int, members: Set[str], linked: Set[str], lines: dict[str, list[Line]], name: str
) -> Group:
    by_thing: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for person in members | linked:
        for line in lines.get(person, ()):
            by_thing[line.thing, line.key].append(line)
    ties = {key: some for key, some in by_thing.items() if len({line.person_id for line in some}) > 1}
    tied = {line.person_id for some in ties.values() for line in some}
    shown = [line for some in ties.values() for line in some]
    return Group(
        number=number, members=tuple(sorted(members & tied)), linked=tuple(sorted(linked & tied)),
        things=tuple(sorted(key for key in ties if key[0] != "event")), agencies=tuple(sorted({line.agency for line in shown})),
        since=min((line.on for line in shown if line.on), default=None), hangs_on=_hanging(members & tied, ties.values()), is_adopted=bool(name), name=name,
    )  # fmt: skip


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
