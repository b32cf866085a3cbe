"""How are an area's boundaries kept? As one plain GeoJSON file on the national grid in its folder, replaced as a whole: a kill leaves the last good one."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from engage.networks.maps.boundaries.rules import NOT_READ, Boundaries, Boundary, Polygon, wrong
from engage.store.area import Area
from engage.store.warehouse import sync, write_whole
from engage.vocabulary.words import N_


NAME = "boundaries.geojson"
_AGAIN = N_("It was changed by hand. Import the boundaries again: engage boundaries AREA FILE.")
_GRID = "urn:ogc:def:crs:EPSG::27700"


def file_of(area: Area) -> Path:
    """Where they are kept."""
    return area.folder / NAME


def keep_boundaries(folder: Path, found: Boundaries) -> None:
    """Keep these in place of any that were kept before. The same boundaries always give the same file."""
    about = {"source": found.source, "sha256": found.digest, "simplified_to_metres": found.tolerance}
    features = [
        {
            "type": "Feature",
            "properties": {"name": part.name, "code": part.code},
            "geometry": {"type": "MultiPolygon", "coordinates": part.polygons},
        }
        for part in found.parts
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    crs = json.dumps({"type": "name", "properties": {"name": _GRID}})
    head = json.dumps(about, ensure_ascii=False)
    write_whole(
        folder / NAME, f'{{"type": "FeatureCollection", "crs": {crs}, "engage": {head}, "features": [\n{lines}\n]}}\n'
    )  # fmt: skip


def remove_boundaries(area: Area) -> bool:
    """Take the boundaries away; False where there were none."""
    file = file_of(area)
    if not file.is_file():
        return False
    file.unlink()
    sync(file.parent)
    return True


def kept_boundaries(area: Area) -> Boundaries | None:
    """The boundaries of an area; None where none were imported. Raises BoundariesWrong where somebody changed the file."""
    file = file_of(area)
    try:
        about = file.stat()
    except FileNotFoundError:
        return None
    return _read(file, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int, _size: int) -> Boundaries:
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        about, parts = raw["engage"], tuple(map(_boundary, raw["features"]))
        return Boundaries(
            parts, str(about["source"]), float(about["simplified_to_metres"]), str(about["sha256"])
        )
    except (ValueError, KeyError, TypeError) as error:
        raise wrong(str(file), "", NOT_READ, _AGAIN, why=repr(error)) from error


def _boundary(one: Any) -> Boundary:
    about = one["properties"]
    polygons = tuple(map(_polygon, one["geometry"]["coordinates"]))
    return Boundary(str(about["name"]), str(about["code"]), polygons)


def _polygon(rings: list[Any]) -> Polygon:
    return tuple(tuple((int(x), int(y)) for x, y in ring) for ring in rings)
