"""Where did children go missing, and where were they found, as one viewer may see it? One episode counts once, whoever reported it and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engage.networks.maps.rules import FOUND, MISSING, NO_TIME, Item, Spot, when_of
from engage.picture.missing import around
from engage.picture.missing.gathering import ChildRecords, Gathered
from engage.picture.missing.rules import FOUND as BY_A_FIND
from engage.picture.missing.rules import REPORTED_ANEW, Episode
from engage.picture.missing.together import Place
from engage.vocabulary.time import london_day


_Places = Mapping[str, list[Place]]
# Of a year, or of about two, no month is known.
VAGUE = frozenset({"year", "about", "unknown"})


def missing_items(gathered: Gathered) -> list[Item]:
    """Every time that a child was missing: on the day of the first report, and where the first report that names a place says."""
    return [
        *(_gone(child, one, places) for child, one, places in _episodes(gathered)),
        *_not_dated(gathered, MISSING),
    ]


def found_items(gathered: Gathered) -> list[Item]:
    """Every time that a missing child was back: where the record says by which the child was found. Where none does, it is not known where."""
    told = (_found(child, one, places) for child, one, places in _episodes(gathered))
    return [*(item for item in told if item), *_not_dated(gathered, FOUND)]


def _episodes(gathered: Gathered) -> Iterator[tuple[ChildRecords, Episode, _Places]]:
    children = list(gathered.children.values())
    by_child = around.places_of(gathered, children)
    for child in children:
        places: dict[str, list[Place]] = {}
        for place in by_child[child.person_id]:
            places.setdefault(place.record_id, []).append(place)
        for one in child.episodes:
            yield child, one, places


def _gone(child: ChildRecords, one: Episode, places: _Places) -> Item:
    records = tuple(report.record_id for report in one.reports)
    on = None if one.since.precision in VAGUE else london_day(one.since.from_at)
    when = when_of(one.since.from_at, one.since.precision)
    spot = _first_place(places, records)
    return Item(MISSING, MISSING, on, (child.person_id,), records, one.agencies, spot, when)


def _found(child: ChildRecords, one: Episode, places: _Places) -> Item | None:
    """That a child was reported anew says that it had been back, not when: its month is not known."""
    end = one.end
    if end is None:
        return None
    is_dated = end.from_at is not None and end.how != REPORTED_ANEW and end.precision not in VAGUE
    on = london_day(end.from_at) if is_dated and end.from_at else None
    spot = _first_place(places, [end.record_id]) if end.how == BY_A_FIND else None
    when = when_of(end.from_at, end.precision) if is_dated else NO_TIME
    return Item(FOUND, FOUND, on, (child.person_id,), (end.record_id,), (end.agency,), spot, when)


def _first_place(places: _Places, records: Sequence[str]) -> Spot | None:
    """The place of the first of these records that names one; of several in it the first by its name."""
    for record in records:
        if record in places:
            first = min(places[record], key=lambda place: (place.label, place.key))
            return Spot(first.key, first.label)
    return None


def _not_dated(gathered: Gathered, kind: str) -> Iterator[Item]:
    """The reports, or returns, of which no record says when."""
    for person, rows in sorted(gathered.untimed.items()):
        for row in rows:
            if row["kind"] == kind and gathered.stated.is_child_role(row["role"]):
                record = row["event_record_id"]
                yield Item(kind, kind, None, (person,), (record,), (row["agency"],))
