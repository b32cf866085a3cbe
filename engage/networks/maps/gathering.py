"""Everything of one kind that one viewer may see on the map, and where each place of it is."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from engage.networks import remembering
from engage.networks.maps import rows
from engage.networks.maps.boundaries import shapes
from engage.networks.maps.boundaries.rules import Boundaries
from engage.networks.maps.episodes import found_items, missing_items
from engage.networks.maps.rules import CONCERNS, FOUND, MISSING, PLACES, Item, Site, Spot, later, month_of
from engage.networks.maps.stated import stated
from engage.networks.rules import OfConcern
from engage.picture.missing.ages import births_of, may_be_child
from engage.picture.missing.gathering import gather
from engage.picture.reading import may_hear
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about
from engage.store.area import Area


_STANDS = "known_from_on <= ? and (known_until_on is null or known_until_on > ?)"
_SITES = f"select place_key, place_kind, is_named, easting, northing, access_base from site where place_key in (select value from json_each(?)) and {_STANDS} order by place_key, easting, northing"
_LIVE = "select person_id, record_id, value_key, kind, access_base, other_base from said where field = 'address' and value_key in (select value from json_each(?)) and known_from_on <= ?"


def items_of(see: Sight, area: Area, kind: str) -> list[Item]:
    """All of one kind over the months that are counted, and what has no known month."""
    last = month_of(see.viewing.as_of)
    first = later(last, 1 - stated().months)
    if kind in (MISSING, FOUND):
        gathered = gather(see, (see.viewing.as_of - first).days + 1)
        return missing_items(gathered) if kind == MISSING else found_items(gathered)
    if kind == CONCERNS:
        return rows.concerns(see, first, see.viewing.as_of + timedelta(days=1))
    return [item for one in remembering.seen(see, area).concern.found["place"] for item in _of_concern(one)]


def _of_concern(one: OfConcern) -> list[Item]:
    """The records that tie children to a place of concern, each once."""
    label = next((line.childs.label for line in one.links if line.childs.label != one.key), "") or one.key
    spot = Spot(one.key, label.strip("|").replace("|", ", "))
    by_record: dict[str, list[Any]] = defaultdict(list)
    for link in one.links:
        by_record[link.childs.record_id].append(link.childs)
    return [
        Item(
            PLACES, "place", min((line.on for line in lines if line.on), default=None),
            tuple(sorted({line.person_id for line in lines})), (record,), tuple(sorted({line.agency for line in lines})), spot,
        )
        for record, lines in sorted(by_record.items())
    ]  # fmt: skip


def sites_of(
    see: Sight, spots: Collection[Spot], boundaries: Boundaries | None, kind: str
) -> dict[str, Site]:
    """Where each of these places is and whether somebody lives there, by its key. What no record that may be seen says is not known."""
    labels: dict[str, list[str]] = defaultdict(list)
    for spot in spots:
        labels[spot.key].append(spot.label)
    told = _told(see, labels)
    children, others = _homes(see, labels)
    points = {key: one for key, rows_of in told.items() if (one := _point(rows_of))}
    held = dict(
        zip(
            points, shapes.holders(boundaries.parts if boundaries else (), list(points.values())), strict=True
        )
    )
    found = {}
    for key, some in labels.items():
        kinds = {row["place_kind"] for row in told.get(key, ()) if row["place_kind"]}
        is_named = any(row["is_named"] for row in told.get(key, ()))
        lives = key in children or bool(kinds & stated().homes)
        is_private = lives or (
            kind != PLACES and (key in others or bool(kinds & stated().private) or not (kinds or is_named))
        )
        east, north = points.get(key, (None, None))
        found[key] = Site(
            Spot(key, min(some)), east, north, held.get(key), is_private, min(kinds, default="")
        )
    return found


def _told(see: Sight, keys: Iterable[str]) -> Mapping[str, list[Any]]:
    """What records that need no reason to be seen say of each place."""
    day = see.viewing.as_of.isoformat()
    found: dict[str, list[Any]] = defaultdict(list)
    for row in see.build.pages().execute(_SITES, [json.dumps(sorted(keys)), day, day]):
        if see.may(row["access_base"], "location", frozenset()):
            found[row["place_key"]].append(row)
    return found


def _point(told: Iterable[Any]) -> tuple[int, int] | None:
    """Where it is; of several points that records give the first from the west."""
    return next(
        ((row["easting"], row["northing"]) for row in told if row["easting"] and row["northing"]), None
    )


def _homes(see: Sight, keys: Iterable[str]) -> tuple[set[str], set[str]]:
    """Of these places those where somebody is, or ever was, said to live who is or may be a child, and those where anybody is, as far as the viewer may hear."""
    pages, asked = see.build.pages(), [json.dumps(sorted(keys)), see.viewing.as_of.isoformat()]
    said = [
        (see.today.person(row["record_id"], row["person_id"]), row) for row in pages.execute(_LIVE, asked)
    ]
    why = reasons_about(pages, {person for person, _row in said}, see=see)
    heard = [(person, row["value_key"]) for person, row in said if may_hear(row, see, why[person])]
    how = called(pages, sorted({person for person, _key in heard}), see, why)
    day = see.viewing.as_of
    young = {person for person, one in how.items() if _is_young(one, day)}
    return {key for person, key in heard if person in young}, {key for _person, key in heard}


def _is_young(one: Any, day: date) -> bool:
    return may_be_child(births_of(one), day) is not False
