"""What is of concern, for one viewer's sight: for doors, which audit it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engage.networks.concern import Concern, Words, concern
from engage.networks.laying.counted import counting
from engage.networks.rules import Line, speaks_of_concern
from engage.picture.indicators.catalogue import of_area
from engage.picture.indicators.rules import Evidence, Indicator
from engage.picture.indicators.seeing import evidence_seen
from engage.picture.seeing import Sight
from engage.store.area import Area


def worked_out(lines: Iterable[Line], kin: frozenset[tuple[str, str]], children: frozenset[str]) -> Concern:
    """Of these lines, with the words of counting.yaml."""
    return concern(
        lines,
        kin,
        children,
        Words(frozenset(counting()["dwellings"]), frozenset(counting()["accused_roles"])),
    )


def children_of_concern(see: Sight, area: Area) -> frozenset[str]:
    """The children of whom some record tells a sign of harm, or of whom two agencies hold signs of exposure: links are looked for between these,
    because one agency's single sign of exposure stands with one child in ten."""
    known = of_area(area)
    held = evidence_seen(see, [code for code, one in known.items() if one.makes_concern]).held
    return frozenset(person for person, some in held.items() if _counts(some, known))


def _counts(held: Mapping[str, Iterable[Evidence]], known: Mapping[str, Indicator]) -> bool:
    return speaks_of_concern(
        (known[code].kind, one.agency) for code, some in held.items() for one in some if not one.is_against
    )
