"""How many, by area and month, and by place and month? Counts of what one viewer may see, and nothing of the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from engage.networks.maps.rules import (
    NOT_KNOWN,
    OUTSIDE,
    Asked,
    Counted,
    Item,
    Place,
    Site,
    When,
    Where,
    month_of,
)


def where_of(item: Item, sites: Mapping[str, Site]) -> Where:
    """In which area something was: its number, outside every one, or not known."""
    site = sites.get(item.spot.key) if item.spot else None
    if site is None or site.easting is None:
        return NOT_KNOWN
    return OUTSIDE if site.area is None else site.area


def counted(items: Iterable[Item], sites: Mapping[str, Site], asked: Asked) -> Counted:
    """All counts. Of months that are not asked for areas and the strip are counted as well, places are not."""
    items = list(items)
    areas: Counter[tuple[Where, date]] = Counter()
    private: Counter[tuple[Where, date]] = Counter()
    places: dict[str, Counter[date]] = defaultdict(Counter)
    times: Counter[tuple[Where, date, When]] = Counter()
    months = frozenset(asked.months)
    for item in items:
        if item.on is None:
            continue
        month, where = month_of(item.on), where_of(item, sites)
        areas[where, month] += 1
        times[where, month, item.when] += 1
        site = sites.get(item.spot.key) if item.spot else None
        if site is None or site.is_private:
            private[where, month] += 1
        elif month in months:
            places[site.spot.key][month] += 1
    return Counted(
        asked=asked,
        areas=dict(areas),
        places=_places(places, sites),
        private=dict(private),
        strip=_strip(areas),
        not_dated=sum(item.on is None for item in items),
        times=dict(times),
    )


def _places(places: Mapping[str, Counter[date]], sites: Mapping[str, Site]) -> tuple[Place, ...]:
    """Most first, then by name: where a place stands says nothing that its count does not."""
    in_order = sorted(places, key=lambda key: (-sum(places[key].values()), sites[key].spot.label, key))
    return tuple(Place(number, sites[key], dict(places[key])) for number, key in enumerate(in_order, start=1))


def _strip(areas: Counter[tuple[Where, date]]) -> dict[date, int]:
    found: Counter[date] = Counter()
    for (_where, month), count in areas.items():
        found[month] += count
    return dict(found)
