"""What is one boundary, and how is a fault in a file of boundaries said?"""

from __future__ import annotations

from dataclasses import dataclass

from engage.vocabulary.words import N_, EngageError, Sentence


# The ring of a polygon: eastings and northings in whole metres, the last the same as the first.
Ring = tuple[tuple[int, int], ...]
# The outer ring, then its holes.
Polygon = tuple[Ring, ...]


@dataclass(frozen=True)
class Boundary:
    """One ward, beat or other part of the area: its name, its code ("" without one), and its polygons on the national grid."""

    name: str
    code: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True)
class Boundaries:
    """All boundaries of an area in the order of their names, with the file they came in, and to how many metres they were made simpler (0: they were not)."""

    parts: tuple[Boundary, ...]
    source: str
    tolerance: float = 0.0
    digest: str = ""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """West, south, east and north of all of them."""
        points = [
            point for part in self.parts for polygon in part.polygons for ring in polygon for point in ring
        ]
        easts, norths = [point[0] for point in points], [point[1] for point in points]
        return min(easts), min(norths), max(easts), max(norths)

    @property
    def point_count(self) -> int:
        """How many points all of them have."""
        return sum(len(ring) for part in self.parts for polygon in part.polygons for ring in polygon)


class BoundariesWrong(EngageError):
    """A file of boundaries cannot be used: says which file, which feature and which property."""


def wrong(file: str, where: str, text: str, remedy: str, **values: str) -> BoundariesWrong:
    """The fault of a file. `where` is the feature, as a person finds it; "" of the whole file."""
    place = f"{file}, {where}" if where else file
    return BoundariesWrong(
        Sentence(text, {"file": place, **values}), remedy=Sentence(remedy, {"file": file, **values})
    )


NOT_READ = N_("%(file)s cannot be read as GeoJSON: %(why)s")
NOT_READ_REMEDY = N_(
    "Save it as GeoJSON (a FeatureCollection), in longitude and latitude or on the British National Grid."
)
EMPTY = N_("%(file)s holds no boundaries.")
NOT_A_POLYGON = N_("%(file)s: its geometry is “%(kind)s”, not a Polygon or MultiPolygon.")
NOT_A_POLYGON_REMEDY = N_("Take the feature out of the file, or save the boundaries as polygons.")
NOT_CLOSED = N_(
    "%(file)s: a ring is not closed: it ends elsewhere than it begins, or has fewer than four points."
)
NOT_CLOSED_REMEDY = N_(
    "Repeat the first point at the end of the ring, or save the file anew from your map program."
)
NOT_VALID = N_("%(file)s: the shape crosses itself (%(why)s).")
NOT_VALID_REMEDY = N_("Mend the shape in your map program (“fix geometries”), and save the file anew.")
NO_NAME = N_("%(file)s: there is no property “%(column)s” with a name.")
NO_NAME_REMEDY = N_("Say which property holds the name: --name-column COLUMN. This feature has: %(known)s.")
TWICE = N_("%(file)s: the name “%(name)s” stands twice.")
TWICE_REMEDY = N_(
    "Choose a property that is different for each boundary (--name-column), or join the two into one MultiPolygon."
)
OVERLAPS = N_("%(file)s overlaps “%(name)s” by %(hectares)s hectares.")
OVERLAPS_REMEDY = N_(
    "A record must lie in one area alone: import one set of boundaries at a time (wards, or beats), and mend what overlaps."
)
SWAPPED = N_("%(file)s: longitude and latitude seem to be swapped: %(point)s.")
SWAPPED_REMEDY = N_(
    "GeoJSON gives the longitude first (-1.5, 53.8). Save the file anew with the longitude first."
)
ELSEWHERE = N_("%(file)s: the point %(point)s is not in Great Britain.")
ELSEWHERE_REMEDY = N_(
    "Save the file in longitude and latitude (EPSG:4326), or on the British National Grid in metres (EPSG:27700)."
)
NOT_NUMBERS = N_("%(file)s: a point is not two numbers: %(point)s.")
GRID_NOT_KNOWN = N_("%(file)s is in “%(grid)s”, which is not known here.")
