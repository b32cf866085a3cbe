"""What does a build lay out of the network, together with the picture?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyarrow as pa

from engage.networks.groups import laying as grouping
from engage.networks.groups.naming import Found
from engage.networks.laying import lines
from engage.networks.maps import laying as maps
from engage.networks.tables import DERIVED_TABLES, INDEXES
from engage.picture.build import Joined
from engage.picture.indicators.rules import Indicator
from engage.store.steps import Step


# Gives groups their numbers.
Name = Callable[[Sequence[Found]], Sequence[int]]


def joined(catalogue: Iterable[Indicator], name: Name) -> Joined:
    """Lines of what children have to do with who carry evidence of harm or exposure by an indicator of this catalogue, and groups, with the numbers that
    `name` gives. Indicators that are found in these lines are none of them: concern is never fed its own output."""
    codes = [one.code for one in catalogue if one.is_listed]
    steps = (
        *lines.steps(codes),
        *maps.steps(),
        Step("grouped", call=lambda connection: _number(connection, name)),
    )
    return Joined(steps, DERIVED_TABLES, INDEXES, lines.WORKING)


def _number(connection: Any, name: Name) -> None:
    """Make `grouped` of the groups found, under their numbers."""
    found = list(grouping.found(connection).values())
    rows = sorted(
        (number, person, int(person in group.members))
        for number, group in zip(name(found), found, strict=True)
        for person in group.members | group.linked
    )
    numbers, persons, members = zip(*rows, strict=True) if rows else ((), (), ())
    made = pa.table({
        "number": pa.array(numbers, pa.int64()), "person_id": pa.array(persons, pa.string()), "is_member": pa.array(members, pa.int32()),
    })  # fmt: skip
    connection.register("grouped_arrow", made)
    connection.execute("create or replace table grouped as select * from grouped_arrow")
    connection.unregister("grouped_arrow")
