"""What of lines and of concern does one sight see? Worked out once, and kept for as long as it must come out the same.

It follows from the build; from the viewer's agency, role and purpose by one access table, and from nothing else of who looks (`Sight`); from the day; from
the area's indicators; and from four things that people decide at any time: whose records are whose, which named workers have a reason about whom, to whom and
what the viewer declared a relationship, and which readings of texts are wrong (`sight_key`). All of these are the key under which it is kept: when one of them is another, it is worked out anew. What people decide of
somebody or something of concern is read each time (`decided`) and never kept.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from engage.networks.concern import PERSON, Concern, Key
from engage.networks.finding import children_of_concern, worked_out
from engage.networks.minors import as_children
from engage.networks.rules import Line
from engage.networks.seeing import kin_seen, lines_seen
from engage.picture.indicators.catalogue import of_area
from engage.picture.indicators.remembering import sight_key
from engage.picture.seeing import Sight
from engage.store.area import Area
from engage.store.remembering import Remembered


@dataclass(frozen=True)
class Seen:
    """All lines that a sight sees (`lines`: those of whoever may have been a child as a child's; `laid`: as they were laid out), what is of concern by
    them, and the children that links are looked for between (`lit`)."""

    lines: tuple[Line, ...]
    laid: tuple[Line, ...]
    concern: Concern
    lit: frozenset[str]

    @cached_property
    def shown(self) -> frozenset[Line]:
        """The lines, to ask whether one of them is shown."""
        return frozenset(self.laid)

    @cached_property
    def lined(self) -> frozenset[Key]:
        """What may have a page among those of concern: a thing with any line, somebody with one as a grown-up."""
        grown = {(PERSON, line.person_id) for line in self.lines if not line.is_child}
        return frozenset(grown | {(line.thing, line.key) for line in self.lines})

    @cached_property
    def labels(self) -> Mapping[Key, str]:
        """How each thing is written in the newest line that writes it otherwise than by its normal form."""
        found: dict[Key, str] = {}
        for line in sorted(self.lines, key=lambda line: (line.on or date.min, line.label), reverse=True):
            if line.thing != "event" and line.label not in ("", line.key):
                found.setdefault((line.thing, line.key), line.label)
        return found


# So many sights of one build: with a million records one takes some tens of megabytes.
_kept: Remembered[Seen] = Remembered(most=6)


def seen(see: Sight, area: Area) -> Seen:
    """All that is of concern by what the viewer may see, for a door, which audits it. Nobody changes what they are given."""

    def made() -> Seen:
        laid, lit = tuple(lines_seen(see)), children_of_concern(see, area)
        lines = tuple(as_children(see, laid, lit))
        return Seen(lines, laid, worked_out(lines, kin_seen(see), lit), lit)

    # The sight read the other decisions once, before it looked at any line; readings are read as they stand, and may be judged meanwhile.
    return _kept.given(see.build, lambda: _key(see, area), made)


def _key(see: Sight, area: Area) -> Hashable:
    return sight_key(see), frozenset((code, one.kind, one.makes_concern) for code, one in of_area(area).items())  # fmt: skip
