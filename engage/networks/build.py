"""What does a build lay out of the network, together with the picture?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engage.networks.groups import laying as grouping
from engage.networks.groups.naming import Found
from engage.networks.indicators.opened import lay, openings
from engage.networks.laying import lines, linked
from engage.networks.maps import laying as maps
from engage.networks.tables import DERIVED_TABLES, INDEXES
from engage.picture.build import Joined
from engage.picture.indicators.catalogue import folder_of, of_area
from engage.picture.indicators.laying import find_linked
from engage.store.area import Area
from engage.store.rows import lay_rows
from engage.store.steps import Progress, Step, silent


# Gives groups their numbers.
Name = Callable[[Sequence[Found]], Sequence[int]]


def joined(area: Area, name: Name, progress: Progress = silent) -> Joined:
    """Lines of what children have to do with who carry evidence of harm or exposure by an indicator of the area's catalogue, groups with the numbers that
    `name` gives, and evidence for the indicators that are found in these lines. These are none of those that lines are laid out by: concern is never
    fed its own output."""
    kinds = [(one.code, one.kind) for one in of_area(area).values() if one.makes_concern]
    opened = openings()
    steps = (
        Step("opening", call=lambda connection: lay(connection, opened)),
        *lines.steps(code for code, _kind in kinds),
        *linked.steps(kinds),
        *maps.steps(),
        Step("evidence_found", call=lambda connection: find_linked(connection, folder_of(area), progress)),
        Step("grouped", call=lambda connection: _number(connection, name)),
    )
    bases = tuple(sorted({one.base for one in opened if one.is_opened}))
    return Joined(steps, DERIVED_TABLES, INDEXES, (*lines.WORKING, *linked.WORKING), bases)


def _number(connection: Any, name: Name) -> None:
    """Make `grouped` of the groups found, under their numbers."""
    found = list(grouping.found(connection).values())
    rows = sorted(
        (number, person, int(person in group.members))
        for number, group in zip(name(found), found, strict=True)
        for person in group.members | group.linked
    )
    columns = {"number": "bigint", "person_id": "varchar", "is_member": "integer"}
    lay_rows(connection, "grouped", columns, rows)
