"""Who was missing together, as a page shows it: a table of pairs, the times as a timeline and a table, the places as a map and a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.networks.charts import addresses
from engage.networks.charts.rules import BETWEEN, Question
from engage.picture.missing.rules import Episode
from engage.picture.missing.screen import Together
from engage.picture.missing.together import Pair, Place
from engage.web.components import Cell, Table
from engage.web.missing import drawing, words
from engage.web.missing.drawing import Map, Timeline
from engage.web.missing.reading import Reader


PERIODS = (7, 28, 90, 365, 730)


@dataclass(frozen=True)
class Shown:
    """Both pictures, each with the table that holds the same."""

    timeline: Timeline | None
    times: Table
    map: Map | None
    places: Table


def pair_table(
    pairs: Iterable[Pair], made: Together, reader: Reader, *, caption: str, is_linked: bool = True
) -> Table:
    """Each pair with the nights, the places and the records that make it one, and (`is_linked`) the way to what else lies between them."""
    head: tuple[str, ...] = (
        _("Child"),
        _("And"),
        _("Times"),
        _("Nights on which both were away"),
        _("Found or placed at the same place"),
        _("In one record"),
    )
    rows: list[tuple[Cell | str, ...]] = [
        (
            _child(pair.one, made, reader, is_linked=is_linked),
            _child(pair.other, made, reader, is_linked=is_linked),
            str(pair.times),
            _days(night.on for night in pair.nights) or _("none known"),
            "; ".join(_shared(shared.place.label, shared.one_on, shared.other_on) for shared in pair.places)
            or _("none known"),
            _days(pair.recorded_on) or _("none known"),
            *((_between(pair, made, reader),) if is_linked else ()),
        )
        for pair in pairs
    ]
    if is_linked:
        head = (*head, _("What lies between"))
    empty = _("No two children that you may see, by what records say.")
    return Table(caption, head, rows, numbers=frozenset({2}), empty=empty)


def _between(pair: Pair, made: Together, reader: Reader) -> Cell:
    question = Question(asks=BETWEEN, about=(("person", pair.one), ("person", pair.other)))
    names = {"one": made.names[pair.one], "other": made.names[pair.other]}
    text = _("What lies between %(one)s and %(other)s") % names
    return Cell(text, href=reader.link("charts", query=addresses.address_of(question)))


def _child(person: str, made: Together, reader: Reader, *, is_linked: bool) -> Cell:
    return Cell(made.names[person], href=reader.link("people_person", person) if is_linked else "")


def _days(days: Iterable[date]) -> str:
    return ", ".join(words.short(one) for one in days)


def _shared(label: str, one_on: Iterable[date], other_on: Iterable[date]) -> str:
    first, second = _days(one_on), _days(other_on)
    if first == second:
        return _("%(place)s (both %(days)s)") % {"place": label, "days": first}
    return _("%(place)s (%(first)s; the other %(second)s)") % {
        "place": label,
        "first": first,
        "second": second,
    }


def shown(made: Together, reader: Reader, now: datetime) -> Shown:
    """The timeline and the map of the children in these pairs, with their tables."""
    people = list(dict.fromkeys(person for pair in made.pairs for person in (pair.one, pair.other)))
    episodes = {
        person: [e for e in made.episodes[person] if _is_since(e, made.first_on)] for person in people
    }
    numbered = _numbered(made, people)
    return Shown(
        timeline=drawing.timeline(episodes, made.names, first_on=made.first_on, now=now),
        times=_times(episodes, made, reader),
        map=drawing.place_map([(number, places[0], len(who) > 1) for number, places, who in numbered]),
        places=_places(numbered, made),
    )


def _is_since(one: Episode, first_on: date) -> bool:
    return one.end is None or localtime(one.end.until_at).date() >= first_on


Numbered = list[tuple[int, list[Place], list[str]]]


def _numbered(made: Together, people: Iterable[str]) -> Numbered:
    """Each place once, with a number, its records and whom they are about; those of most children first."""
    found: dict[str, tuple[list[Place], list[str]]] = {}
    for person in people:
        for place in made.places[person]:
            if place.on >= made.first_on:
                places, who = found.setdefault(place.key, ([], []))
                places.append(place)
                if person not in who:
                    who.append(person)
    in_order = sorted(found.values(), key=lambda one: (-len(one[1]), one[0][0].label))
    return [(number, places, who) for number, (places, who) in enumerate(in_order, start=1)]


def _times(episodes: dict[str, list[Episode]], made: Together, reader: Reader) -> Table:
    head = (_("Child"), _("Missing since"), _("Back"), _("How it is known"))
    rows = []
    for person, own in episodes.items():
        for one in own:
            ended = words.back(one.end) if one.end else Cell(_("no end recorded"), is_known=False)
            by = f"{words.how_ended(one.end)} ({reader.agency(one.end.agency)})" if one.end else ""
            rows.append((made.names[person], words.since(one.since), ended, by))
    return Table(_("The same times as a table"), head, rows, empty=_("None."))


def _places(numbered: Numbered, made: Together) -> Table:
    head = (_("Number"), _("Place"), _("Who and when"), _("Grid reference"))
    rows = [
        (
            str(number),
            places[0].label,
            "; ".join(
                f"{made.names[person]} ({_days(_when(person, places[0].key, made))})" for person in who
            ),
            _grid(places[0]),
        )
        for number, places, who in numbered
    ]
    return Table(_("The same places as a table"), head, rows, empty=_("No record names a place."))


def _when(person: str, key: str, made: Together) -> list[date]:
    return sorted({p.on for p in made.places[person] if p.key == key and p.on >= made.first_on})


def _grid(place: Place) -> Cell | str:
    if place.easting and place.northing:
        return f"{place.easting} {place.northing}"
    return Cell(_("not known"), is_known=False)
