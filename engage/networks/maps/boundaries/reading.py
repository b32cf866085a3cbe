"""How does a file of boundaries become boundaries? Every fault names the file, the feature and what to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from engage.networks.maps.boundaries import grid, rules, shapes
from engage.networks.maps.boundaries.rules import Boundaries, Boundary, Polygon, wrong


# More points than these make a page of hundreds of kilobytes; wards as they are published have up to fifty times as many.
MOST_POINTS = 12_000
# What two neighbours may overlap by, in square metres: published borders differ by the width of a pencil.
LEAST_OVERLAP = 5_000.0
_FIRST_TOLERANCE = 5.0
# By which properties the name and the code are told where nobody says: as the Office for National Statistics and forces publish them.
_NAMES = ("name", "wardname", "ward_name", "beat_name", "beat", "area_name", "label")
_CODES = ("code", "ward_code", "beat_code", "area_code", "id")
_NAME_ENDS, _CODE_ENDS = ("nm",), ("cd",)


def read_boundaries(file: Path, name_column: str = "", code_column: str = "") -> Boundaries:
    """The boundaries of a GeoJSON file, on the national grid. Of names in several properties `name_column` says which. Raises BoundariesWrong."""
    content = _content(file)
    features = _features(file, content)
    is_on_grid = _is_on_grid(file, content, features)
    parts = [
        _boundary(file, number, feature, (name_column, code_column), is_on_grid=is_on_grid)
        for number, feature in enumerate(features, start=1)
    ]
    _check_names(file, parts)
    _check_overlaps(file, parts)
    kept, tolerance = _few_enough(sorted(parts, key=lambda part: part.name))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Boundaries(tuple(kept), file.name, tolerance, digest)


def _content(file: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise wrong(file.name, "", rules.NOT_READ, rules.NOT_READ_REMEDY, why=str(error)) from error
    if not isinstance(content, dict) or content.get("type") not in ("FeatureCollection", "Feature"):
        raise wrong(file.name, "", rules.NOT_READ, rules.NOT_READ_REMEDY, why="type")
    return content


def _features(file: Path, content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = [content] if content["type"] == "Feature" else content.get("features")
    if not isinstance(found, list) or not found:
        raise wrong(file.name, "", rules.EMPTY, rules.NOT_READ_REMEDY)
    if not all(isinstance(feature, dict) for feature in found):
        raise wrong(file.name, "", rules.NOT_READ, rules.NOT_READ_REMEDY, why="features")
    return found


def _is_on_grid(file: Path, content: Mapping[str, Any], features: Iterable[Mapping[str, Any]]) -> bool:
    """The file is in metres on the national grid: it says so, or, where it says nothing, its numbers are no degrees."""
    crs = content.get("crs")
    said = str((crs.get("properties") or {}).get("name", "")) if isinstance(crs, dict) else ""
    if said:
        for ends, is_on_grid in (("27700", True), ("4326", False), ("CRS84", False), ("4258", False)):
            if said.upper().endswith(ends):
                return is_on_grid
        raise wrong(file.name, "", rules.GRID_NOT_KNOWN, rules.ELSEWHERE_REMEDY, grid=said)
    first = next(_numbers(feature.get("geometry") for feature in features), None)
    return first is not None and not grid.is_degrees(*first)


def _numbers(some: Iterable[Any]) -> Iterator[tuple[float, float]]:
    """The points that stand in these geometries, however deep."""
    for one in some:
        if isinstance(one, dict):
            yield from _numbers([one.get("coordinates")])
        elif isinstance(one, list) and len(one) > 1 and all(isinstance(n, int | float) for n in one[:2]):
            yield float(one[0]), float(one[1])
        elif isinstance(one, list):
            yield from _numbers(one)


def _boundary(
    file: Path, number: int, feature: Mapping[str, Any], columns: tuple[str, str], *, is_on_grid: bool
) -> Boundary:
    properties = feature.get("properties") or {}
    where = f"feature {number}"
    name = _property(properties, columns[0], _NAMES, _NAME_ENDS)
    if not name:
        known = ", ".join(sorted(map(str, properties))) or "-"
        raise wrong(
            file.name, where, rules.NO_NAME, rules.NO_NAME_REMEDY, column=columns[0] or "name", known=known
        )
    where = f"{where} ({name})"
    polygons = tuple(_polygons(file.name, where, feature.get("geometry"), is_on_grid=is_on_grid))
    return Boundary(name, _property(properties, columns[1], _CODES, _CODE_ENDS), polygons)


def _property(
    properties: Mapping[str, Any], asked: str, usual: tuple[str, ...], ends: tuple[str, ...]
) -> str:
    """The property that was asked for; where none was, one that is usually called so (ONS: WD24NM, LSOA21CD)."""
    if asked:
        return str(properties.get(asked) or "").strip()
    by_name = {str(key).lower(): key for key in sorted(properties, key=str)}
    named = [by_name[one] for one in usual if one in by_name]
    named += [key for lower, key in by_name.items() if lower.endswith(ends)]
    return next((text for key in named if (text := str(properties.get(key) or "").strip())), "")


def _polygons(file: str, where: str, geometry: Any, *, is_on_grid: bool) -> Iterator[Polygon]:
    kind = geometry.get("type") if isinstance(geometry, dict) else "none"
    found = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(found, list) or not found:
        raise wrong(file, where, rules.NOT_A_POLYGON, rules.NOT_A_POLYGON_REMEDY, kind=str(kind))
    for polygon in [found] if kind == "Polygon" else found:
        rings = [_ring(file, where, ring) for ring in polygon]
        if why := shapes.fault_of([rings]):
            raise wrong(file, where, rules.NOT_VALID, rules.NOT_VALID_REMEDY, why=why)
        made = tuple(tuple(_metres(file, where, ring, is_on_grid=is_on_grid)) for ring in rings)
        yield from shapes.sound((made,))


def _ring(file: str, where: str, ring: Any) -> list[tuple[float, float]]:
    points = []
    for point in ring if isinstance(ring, list) else [ring]:
        is_point = isinstance(point, list) and len(point) > 1
        if not is_point or not all(isinstance(n, int | float) for n in point[:2]):
            raise wrong(file, where, rules.NOT_NUMBERS, rules.NOT_READ_REMEDY, point=str(point)[:60])
        points.append((float(point[0]), float(point[1])))
    if len(points) < 4 or points[0] != points[-1]:
        raise wrong(file, where, rules.NOT_CLOSED, rules.NOT_CLOSED_REMEDY)
    return points


def _metres(
    file: str, where: str, ring: list[tuple[float, float]], *, is_on_grid: bool
) -> Iterator[tuple[int, int]]:
    for x, y in ring:
        if not is_on_grid and grid.is_swapped(x, y):
            raise wrong(file, where, rules.SWAPPED, rules.SWAPPED_REMEDY, point=f"{x}, {y}")
        if not (grid.on_grid(x, y) if is_on_grid else grid.in_degrees(x, y)):
            raise wrong(file, where, rules.ELSEWHERE, rules.ELSEWHERE_REMEDY, point=f"{x}, {y}")
    metres = ring if is_on_grid else grid.to_grid([x for x, _y in ring], [y for _x, y in ring])
    for easting, northing in metres:
        if not grid.on_grid(easting, northing):
            point = f"{easting:.0f}, {northing:.0f}"
            raise wrong(file, where, rules.ELSEWHERE, rules.ELSEWHERE_REMEDY, point=point)
        yield round(easting), round(northing)


def _check_names(file: Path, parts: Iterable[Boundary]) -> None:
    seen: set[str] = set()
    for number, part in enumerate(parts, start=1):
        if part.name.casefold() in seen:
            raise wrong(file.name, f"feature {number}", rules.TWICE, rules.TWICE_REMEDY, name=part.name)
        seen.add(part.name.casefold())


def _check_overlaps(file: Path, parts: list[Boundary]) -> None:
    for one, other, metres in shapes.overlaps(parts, at_least=LEAST_OVERLAP):
        values = {"name": parts[other].name, "hectares": f"{metres / 10_000:.1f}"}
        where = f"feature {one + 1} ({parts[one].name})"
        raise wrong(file.name, where, rules.OVERLAPS, rules.OVERLAPS_REMEDY, **values)


def _few_enough(parts: list[Boundary]) -> tuple[list[Boundary], float]:
    """The boundaries with no more points than a page can carry, and to how many metres they were made simpler for it."""
    tolerance, made = 0.0, parts
    while replace(_NONE, parts=tuple(made)).point_count > MOST_POINTS and tolerance < 1_000:
        tolerance = tolerance * 2 or _FIRST_TOLERANCE
        made = shapes.simpler(parts, tolerance)
    return made, tolerance


_NONE = Boundaries((), "")
