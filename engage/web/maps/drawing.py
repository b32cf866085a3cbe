"""The map as a picture drawn by the server: boundaries shaded by class with their counts in figures, and places as numbered dots. It holds nothing that the tables beside
it do not. There are no streets under it: no picture is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.networks.maps.boundaries import shapes
from engage.networks.maps.boundaries.rules import Boundary
from engage.networks.maps.rules import Place
from engage.networks.maps.showing import Hotspots
from engage.networks.maps.stated import stated
from engage.web.maps import words


WIDTH, TALLEST, EDGE = 880, 1000, 34
# The radius of a dot of each class.
RADII = (0, 6, 8, 11, 14, 17)
_STEPS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
_Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Shaded:
    """One area: its outline, its class (0: none), where its name and its count stand, and where it leads."""

    path: str
    size: int
    x: int
    y: int
    name: str
    count: str
    href: str

    @property
    def count_y(self) -> int:
        """Where the count stands."""
        return self.y + 22


@dataclass(frozen=True)
class Dot:
    """One place, by its number in the table."""

    number: int
    x: int
    y: int
    radius: int
    text_x: int
    text_y: int
    title: str
    href: str


@dataclass(frozen=True)
class Key:
    """One class of the legend."""

    size: int
    words: str
    radius: int


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn. `scale` is the bar's length in the picture, `distance` what it stands for."""

    areas: tuple[Shaded, ...]
    dots: tuple[Dot, ...]
    keys: tuple[Key, ...]
    height: int
    scale: int
    distance: str
    left_out: int
    width: int = WIDTH


def picture(
    found: Hotspots, link: Callable[[str], str], place_link: Callable[[Place], str]
) -> Picture | None:
    """The picture; None where neither boundaries nor any place is known. `link` gives the address of an area by its name, `place_link` that of a place."""
    dotted = [place for place in found.counted.places if place.site.easting is not None]
    box = _box(found, dotted)
    if box is None:
        return None
    west, south, east, north = box
    by = min((WIDTH - 2 * EDGE) / max(east - west, 1), (TALLEST - 2 * EDGE) / max(north - south, 1))

    def at(easting: int, northing: int) -> tuple[int, int]:
        return round(EDGE + (easting - west) * by), round(EDGE + (north - northing) * by)

    inside = [place for place in dotted if _is_within(place, box)]
    metres = max((step for step in _STEPS if step * by <= WIDTH / 4), default=_STEPS[0])
    return Picture(
        areas=_areas(found, at, link),
        dots=tuple(_dot(place, at, place_link) for place in sorted(inside, key=lambda one: -one.count)),
        keys=tuple(_keys(found.below)),
        height=round((north - south) * by) + 2 * EDGE + 34,
        scale=round(metres * by),
        distance=f"{metres} m" if metres < 1000 else f"{metres // 1000} km",
        left_out=len(dotted) - len(inside),
    )


def _box(found: Hotspots, places: Iterable[Place]) -> _Box | None:
    """What the picture shows: all areas; without any, the places."""
    if found.boundaries:
        return found.boundaries.box
    points = [(place.site.easting or 0, place.site.northing or 0) for place in places]
    if not points:
        return None
    easts, norths = [point[0] for point in points], [point[1] for point in points]
    return min(easts) - 200, min(norths) - 200, max(easts) + 200, max(norths) + 200


def _is_within(place: Place, box: _Box) -> bool:
    west, south, east, north = box
    east_of, north_of = place.site.easting or 0, place.site.northing or 0
    margin = max(east - west, north - south) // 50
    return west - margin <= east_of <= east + margin and south - margin <= north_of <= north + margin


_At = Callable[[int, int], tuple[int, int]]


def _areas(found: Hotspots, at: _At, link: Callable[[str], str]) -> tuple[Shaded, ...]:
    if found.boundaries is None:
        return ()
    parts = found.boundaries.parts
    return tuple(
        Shaded(
            _path(part, at), stated().class_of(count), *at(*middle), part.name,
            f"<{found.below}" if count < found.below else str(count), link(part.name),
        )
        for number, (part, middle) in enumerate(zip(parts, shapes.middles(parts), strict=True))
        for count in [found.counted.of(number)]
    )  # fmt: skip


def _path(part: Boundary, at: _At) -> str:
    """Points that fall on one another in the picture are drawn once."""
    drawn = []
    for polygon in part.polygons:
        for ring in polygon:
            points = dict.fromkeys(at(*point) for point in ring)
            drawn.append("M" + "L".join(f"{x} {y}" for x, y in points) + "Z")
    return "".join(drawn)


def _dot(place: Place, at: _At, place_link: Callable[[Place], str]) -> Dot:
    x, y = at(place.site.easting or 0, place.site.northing or 0)
    radius = RADII[min(stated().class_of(place.count), len(RADII) - 1)]
    title = f"{place.number}, {place.site.spot.label}: {place.count}"
    return Dot(place.number, x, y, radius, x + radius + 2, y + 5, title, place_link(place))


def _keys(below: int) -> Iterable[Key]:
    """The classes of the legend; in the version without names from the number on below which none is shown."""
    firsts = stated().classes
    yield Key(0, words.fewer(below) if below else _("none that you may see; that is not the same as none"), 0)
    for size, first in enumerate(firsts, start=1):
        until = firsts[size] if size < len(firsts) else None
        if until is None or until > below:
            yield Key(size, words.size(max(first, below), until), RADII[size])
