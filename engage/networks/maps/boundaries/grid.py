"""How do longitude and latitude become metres on the British National Grid? By PROJ, without a network, within a few metres.

PROJ's exact way needs a grid of shifts that is not installed with it and is never fetched; the way it takes without one is good to about two to five metres, which is less
than the width of a street, and moves a record into the next ward only where it lies on the border.
"""

from __future__ import annotations

from functools import cache
from typing import Any


# The area of use of the national grid, with the sea around it.
WEST, SOUTH, EAST, NORTH = -9.5, 49.5, 2.6, 61.6
MOST_EAST, MOST_NORTH = 700_000, 1_300_000


@cache
def _transformer() -> Any:
    from pyproj import Transformer
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined]  # it is documented there

    set_network_enabled(active=False)
    return Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


def to_grid(longitudes: list[float], latitudes: list[float]) -> list[tuple[float, float]]:
    """Eastings and northings in metres."""
    easts, norths = _transformer().transform(longitudes, latitudes)
    return list(zip(easts, norths, strict=True))


def is_degrees(x: float, y: float) -> bool:
    """These can be degrees."""
    return abs(x) <= 180 and abs(y) <= 180


def is_swapped(x: float, y: float) -> bool:
    """Latitude stands before longitude: the other way round it would be in Great Britain, and this way it is not."""
    return not in_degrees(x, y) and in_degrees(y, x)


def in_degrees(longitude: float, latitude: float) -> bool:
    """In Great Britain, or the sea around it."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def on_grid(easting: float, northing: float) -> bool:
    """On the national grid."""
    return 0 <= easting <= MOST_EAST and 0 <= northing <= MOST_NORTH
