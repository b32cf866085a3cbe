"""The map of one kind and some months as a page shows it, and one area or place of it opened to its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from engage.networks.maps.asking import months_known
from engage.networks.maps.boundaries.keeping import kept_boundaries
from engage.networks.maps.boundaries.rules import Boundaries
from engage.networks.maps.counting import counted, where_of
from engage.networks.maps.gathering import items_of, sites_of
from engage.networks.maps.rules import NOT_KNOWN, OUTSIDE, Asked, Counted, Item, Place, Site, in_months
from engage.networks.maps.stated import stated
from engage.networks.maps.suppressing import without_small
from engage.networks.nameless import struck_out
from engage.networks.rules import code_of
from engage.networks.showing import Person, people_of
from engage.picture.seeing import Sight
from engage.store.area import Area


UNDATED = "undated"


@dataclass(frozen=True)
class Hotspots:
    """What the page shows. `months` are all that are counted; `below`: in the version without names, the number below which no count stands (0: with all counts);
    `agencies` those whose records are counted."""

    asked: Asked
    months: tuple[date, ...]
    boundaries: Boundaries | None
    counted: Counted
    agencies: tuple[str, ...]
    below: int = 0


@dataclass(frozen=True)
class Opened:
    """The records of one area, one place, or of what has no place or month: newest first. `place` is the place, `title` the area's name; both None of the rest."""

    asked: Asked
    code: str
    title: str
    place: Site | None
    items: tuple[Item, ...]
    people: Mapping[str, Person] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known:
    """All of one kind that one viewer may see."""

    items: list[Item]
    sites: Mapping[str, Site]
    boundaries: Boundaries | None


def _known(see: Sight, area: Area, asked: Asked, *, is_nameless: bool = False) -> _Known:
    items, boundaries = items_of(see, area, asked.kind), kept_boundaries(area)
    spots = {item.spot for item in items if item.spot}
    # Where nobody is named a private address is no place that is shown, whatever is counted there.
    kind = "" if is_nameless else asked.kind
    return _Known(items, sites_of(see, spots, boundaries, kind), boundaries)


def hotspots(see: Sight, area: Area, asked: Asked) -> Hotspots:
    """The map with all counts of what the viewer may see."""
    known = _known(see, area, asked)
    return _shown(see, known, asked, counted(known.items, known.sites, asked))


def without_names(see: Sight, area: Area, asked: Asked) -> Hotspots:
    """The map to give to others: no count below the stated number, no private address, and no child's name in that of a place."""
    known = _known(see, area, asked, is_nameless=True)
    below = stated().small_below(see.viewing.as_of)
    found = without_small(counted(known.items, known.sites, asked), below)
    places = tuple(_without_children(see, known.items, place) for place in found.places)
    shown = _shown(see, known, asked, replace(found, places=places))
    # Whose records a few are would tell of these.
    return replace(shown, below=below, agencies=())


def _shown(see: Sight, known: _Known, asked: Asked, found: Counted) -> Hotspots:
    held = in_months(known.items, asked.months)
    agencies = tuple(sorted({agency for item in held for agency in item.agencies}))
    return Hotspots(asked, months_known(see.viewing.as_of), known.boundaries, found, agencies)


def _without_children(see: Sight, items: Iterable[Item], place: Place) -> Place:
    """A place may be called after a child."""
    spot = place.site.spot
    people = {who for item in items if item.spot and item.spot.key == spot.key for who in item.people}
    text = struck_out(spot.label, (person.name for person in people_of(see, people).values()))
    return replace(place, site=replace(place.site, spot=replace(spot, label=text)))


def area_code(name: str) -> str:
    """How an area is named in addresses."""
    return code_of("area", name)


def opened(see: Sight, area: Area, asked: Asked, code: str) -> Opened | None:
    """The records behind one count; None where there is no such area or place, or nothing of the place that may be seen."""
    known = _known(see, area, asked)
    items = in_months(known.items, asked.months)
    if code == UNDATED:
        return _opened(see, asked, code, "", [item for item in known.items if item.on is None])
    if code in (OUTSIDE, NOT_KNOWN):
        return _opened(see, asked, code, "", [i for i in items if where_of(i, known.sites) == code])
    for number, part in enumerate(known.boundaries.parts if known.boundaries else ()):
        if area_code(part.name) == code:
            return _opened(
                see, asked, code, part.name, [i for i in items if where_of(i, known.sites) == number]
            )
    at = {key: site for key, site in known.sites.items() if code_of("place", key) == code}
    if site := next((site for site in at.values() if not site.is_private), None):
        found = _opened(see, asked, code, "", [i for i in items if i.spot and i.spot.key in at])
        return replace(found, place=site)
    return None


def _opened(see: Sight, asked: Asked, code: str, title: str, items: list[Item]) -> Opened:
    newest = sorted(items, key=lambda item: (-(item.on or date.min).toordinal(), item.records))
    people = people_of(see, {who for item in items for who in item.people})
    return Opened(asked, code, title, None, tuple(newest), people)
