"""Who carries which indicator, by what one sight sees of everybody? Worked out once, and kept for as long as it must come out the same.

It follows from the build; from the viewer's agency, role and purpose by one access table, and from nothing else of who looks (`Sight`); from the day; from the
area's indicators; and from what people decide at any time: whose records are whose, which named workers have a reason about whom, to whom and what the viewer
declared a relationship, and which readings of texts are wrong (`sight_key`). When one of them is another, it is worked out anew.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from engage.picture.indicators.catalogue import of_area
from engage.picture.indicators.measuring import Carried, carried
from engage.picture.indicators.seeing import evidence_seen
from engage.picture.readings.standing import last_day, wrong_readings
from engage.picture.seeing import Sight
from engage.store.area import Area
from engage.store.remembering import Remembered


@dataclass(frozen=True)
class CarriedSeen:
    """Who carries which computed indicator by what a sight sees, and the keys of evidence that it may not see (`hidden`), by which what people said of it is
    withheld as well. It is shown to nobody."""

    carried: Carried
    hidden: frozenset[str]


# So many sights of one build: each is the ids of who carries what.
_kept: Remembered[CarriedSeen] = Remembered(most=12)


def carried_seen(see: Sight, area: Area) -> CarriedSeen:
    """Who carries what, for a door, which audits it. Nobody changes what they are given."""

    def made() -> CarriedSeen:
        known = of_area(area)
        seen = evidence_seen(see, [code for code, one in known.items() if one.is_computed])
        return CarriedSeen(carried(known, seen.held), seen.hidden)

    return _kept.given(see.build, lambda: _key(see, area), made)


def _key(see: Sight, area: Area) -> Hashable:
    return sight_key(see), frozenset((code, one.is_computed, one.pattern) for code, one in of_area(area).items())  # fmt: skip


def sight_key(see: Sight) -> Hashable:
    """Everything that what a sight sees of records follows from, besides the build. What people decided stands in it whole, not as a number of rows: reasons end."""
    viewing = see.viewing
    return (
        see.policy, viewing.viewer.agency, viewing.viewer.role, viewing.purpose, viewing.as_of,
        frozenset(see.today.moved.items()), frozenset(see.named.items()), see.bars, wrong_readings(until=last_day(viewing, see.build)),
    )  # fmt: skip
