"""What do shapes say of one another: are they sound, do they overlap, how are they made simpler together, which of them holds a point? The one door to Shapely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry import Polygon as Shape

from engage.networks.maps.boundaries.rules import Boundary, Polygon, Ring


def fault_of(polygons: Iterable[Sequence[Sequence[tuple[float, float]]]]) -> str:
    """Why a shape is not sound; "" where it is."""
    shape = _shape(polygons)
    return "" if shape.is_valid else str(shapely.is_valid_reason(shape))


def sound(polygons: tuple[Polygon, ...]) -> tuple[Polygon, ...]:
    """The same where it is sound; where putting its points on whole metres made it cross itself, what it covers."""
    if not fault_of(polygons):
        return polygons
    made = shapely.make_valid(_shape(polygons))
    parts = [part for part in getattr(made, "geoms", [made]) if part.geom_type in ("Polygon", "MultiPolygon")]
    return tuple(polygon for part in parts for polygon in _polygons(part))


def overlaps(parts: Sequence[Boundary], *, at_least: float) -> list[tuple[int, int, float]]:
    """Which two overlap by so many square metres or more: their numbers, and by how many."""
    shapes = [_shape(part.polygons) for part in parts]
    tree = shapely.STRtree(shapes)
    found = []
    for one, other in sorted(zip(*tree.query(shapes, predicate="intersects").tolist(), strict=True)):
        if one < other:
            area = float(shapely.intersection(shapes[one], shapes[other]).area)
            if area >= at_least:
                found.append((one, other, area))
    return found


def simpler(parts: Sequence[Boundary], tolerance: float) -> list[Boundary]:
    """The same with fewer points, by so many metres: borders that two share stay the same for both, so that no gap opens between them."""
    shapes = shapely.coverage_simplify([_shape(part.polygons) for part in parts], tolerance)
    return [
        Boundary(part.name, part.code, sound(_polygons(shape)))
        for part, shape in zip(parts, shapes, strict=True)
    ]


def holders(parts: tuple[Boundary, ...], points: Sequence[tuple[int, int]]) -> list[int | None]:
    """The number of the boundary that holds each point; of a point on a border the first; None outside every one."""
    if not parts or not points:
        return [None] * len(points)
    found: list[int | None] = [None] * len(points)
    pairs = (
        _tree(parts).query(shapely.points([list(point) for point in points]), predicate="intersects").tolist()
    )
    for point, part in sorted(zip(*pairs, strict=True), reverse=True):
        found[point] = part
    return found


@lru_cache(maxsize=4)
def _tree(parts: tuple[Boundary, ...]) -> shapely.STRtree:
    return shapely.STRtree([_shape(part.polygons) for part in parts])


@lru_cache(maxsize=4)
def middles(parts: tuple[Boundary, ...]) -> list[tuple[int, int]]:
    """A point well inside each, where its name can stand."""
    found = []
    for part in parts:
        largest = max(_shape(part.polygons).geoms, key=lambda shape: shape.area)
        middle = shapely.maximum_inscribed_circle(largest, tolerance=20.0).coords[0]
        found.append((round(middle[0]), round(middle[1])))
    return found


def _shape(polygons: Iterable[Sequence[Sequence[tuple[float, float]]]]) -> MultiPolygon:
    return MultiPolygon([Shape(outer, holes) for outer, *holes in polygons])


def _polygons(shape: Shape | MultiPolygon) -> tuple[Polygon, ...]:
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    return tuple((_ring(part.exterior), *map(_ring, part.interiors)) for part in parts)


def _ring(line: shapely.LinearRing) -> Ring:
    return tuple((round(x), round(y)) for x, y in line.coords)
