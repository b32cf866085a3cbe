"""Hotspots as pages show them: counts by area, by place and by month, each opened to its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from engage.networks.maps.asking import text_of
from engage.networks.maps.rules import NOT_KNOWN, OUTSIDE, PLACES, Asked, Item, Place, Where, later
from engage.networks.maps.showing import UNDATED, Hotspots, Opened, area_code
from engage.networks.rules import code_of
from engage.networks.showing import Person
from engage.web.components import Cell, Pages, Table
from engage.web.maps import words
from engage.web.people import words as people_words
from engage.web.people.chronology import anchor
from engage.web.people.presenters import Reader


@dataclass(frozen=True)
class Addresses:
    """Where the map, and what is behind its counts, is found; `is_nameless`: the version in which nothing is opened."""

    reader: Reader
    asked: Asked
    is_nameless: bool = False

    def map(
        self,
        first: date,
        last: date,
        *,
        kind: str = "",
        is_nameless: bool | None = None,
        page: str = "concern_hotspots",
    ) -> str:
        """The map of these months."""
        until = f"&until={text_of(last)}" if last != first else ""
        names = "&names=no" if (self.is_nameless if is_nameless is None else is_nameless) else ""
        query = f"kind={kind or self.asked.kind}&month={text_of(first)}{until}{names}"
        return self.reader.link(page, query=query)

    def file(self) -> str:
        """What is shown, as a file."""
        return self.map(self.asked.first, self.asked.last, page="concern_hotspots_file")

    def opened(self, code: str) -> str:
        """The records behind one count; "" in the version without names."""
        if self.is_nameless:
            return ""
        until = f"&until={text_of(self.asked.last)}" if self.asked.last != self.asked.first else ""
        query = f"kind={self.asked.kind}&month={text_of(self.asked.first)}{until}"
        return self.reader.link("concern_hotspots_opened", code, query=query)

    def area(self, name: str) -> str:
        """The records of an area."""
        return self.opened(area_code(name))

    def place(self, place: Place) -> str:
        """The records of a place."""
        return self.opened(code_of("place", place.site.spot.key))


def steps(found: Hotspots, to: Addresses) -> tuple[Pages, tuple[tuple[str, str], tuple[str, str]]]:
    """The same number of months before and after, as far as months are counted, with what they are called."""
    asked, known = found.asked, found.months
    by = len(asked.months)
    pages, titles = [], []
    for way in (-by, by):
        first, last = later(asked.first, way), later(asked.last, way)
        is_there = known[0] <= first and last <= known[-1]
        pages.append(to.map(first, last) if is_there else "")
        titles.append(words.months(Asked(asked.kind, first, last)) if is_there else "")
    return Pages(0, 0, previous=pages[0], next=pages[1]), ((pages[0], titles[0]), (pages[1], titles[1]))


def area_table(found: Hotspots, to: Addresses) -> Table:
    """Every area with its counts by month, then what lies outside and what is not known where."""
    asked, counted = found.asked, found.counted
    whole = len(asked.months) > 1
    private = () if found.below else (_("Of these private addresses and homes"),)
    months = tuple(words.short_month(month) for month in asked.months)
    head = (_("Area"), *months, *((_all(found),) if whole else ()), *private)
    parts = found.boundaries.parts if found.boundaries else ()
    rows = [_area(found, number, part.name, to.area(part.name)) for number, part in enumerate(parts)]
    rows += [_area(found, code, words.apart(code), to.opened(code)) for code in (OUTSIDE, NOT_KNOWN)]
    total = [words.count(counted.strip.get(month, 0), found.below) for month in asked.months]
    total += [words.count(counted.total(), found.below)] if whole else []
    total += [str(_private(found))] if private else []
    caption = _("By area: %(kind)s, %(months)s") % {
        "kind": words.kind(asked.kind),
        "months": words.months(asked),
    }
    return Table(
        caption,
        head,
        [*rows, (_all(found), *total)],
        numbers=frozenset(range(1, len(head))),
        is_wide=_is_wide(found),
    )


def _all(found: Hotspots) -> str:
    """What is added up: in the version without names what is shown alone."""
    return _("All that are shown") if found.below else _("All")


def _is_wide(found: Hotspots) -> bool:
    """More columns than a page is wide."""
    return len(found.asked.months) > 3


def _private(found: Hotspots) -> int:
    """How many were at private addresses and homes. Of what has no place that is not known."""
    private = found.counted.private
    return sum(
        count
        for (where, month), count in private.items()
        if where != NOT_KNOWN and month in found.asked.months
    )


def _area(found: Hotspots, where: Where, name: str, href: str) -> tuple[Cell | str, ...]:
    asked, counted = found.asked, found.counted
    cells: list[Cell | str] = [
        words.count(counted.areas.get((where, month), 0), found.below) for month in asked.months
    ]
    if len(asked.months) > 1:
        cells.append(words.count(counted.of(where), found.below))
    if not found.below:
        # Of what has no place it is not known whether that was private.
        own = sum(counted.private.get((where, month), 0) for month in asked.months)
        cells.append(Cell(_("not known"), is_known=False) if where == NOT_KNOWN else str(own))
    return (Cell(name, href=href), *cells)


def place_table(found: Hotspots, to: Addresses) -> Table:
    """Every place that may be shown as such, with its counts by month."""
    asked, whole = found.asked, len(found.asked.months) > 1
    months = tuple(words.short_month(month) for month in asked.months)
    head = (_("Number on the map"), _("Place"), _("Area"), *months, *((_all(found),) if whole else ()))
    rows = [
        (
            str(place.number),
            Cell(place.site.spot.label, href=to.place(place)),
            _area_of(place, found),
            *(words.count(place.months.get(month, 0), found.below) for month in asked.months),
            *((words.count(place.count, found.below),) if whole else ()),
        )
        for place in found.counted.places
    ]
    numbers = frozenset({0, *range(3, len(head))})
    empty = (
        _("No place with a count that is shown.")
        if found.below
        else _("No place that you may see, besides private addresses and homes.")
    )
    return Table(
        _("By place, most first; places alike by name"),
        head,
        rows,
        numbers=numbers,
        empty=empty,
        is_wide=_is_wide(found),
    )


def _area_of(place: Place, found: Hotspots) -> Cell | str:
    if place.site.easting is None:
        return Cell(words.apart(NOT_KNOWN), is_known=False)
    if place.site.area is None or found.boundaries is None:
        return words.apart(OUTSIDE)
    return found.boundaries.parts[place.site.area].name


def strip_table(found: Hotspots, to: Addresses) -> Table:
    """Every month that is counted, newest first, each leading to its map."""
    rows = [
        (Cell(words.month(month), href=to.map(month, month)), words.count(found.counted.strip.get(month, 0), found.below))
        for month in reversed(found.months)
    ]  # fmt: skip
    return Table(_("Every month"), (_("Month"), _("Count")), rows, numbers=frozenset({1}))


def kinds(to: Addresses) -> list[tuple[str, str, bool]]:
    """Every kind with the address of its map of the same months."""
    return [
        (title, to.map(to.asked.first, to.asked.last, kind=code), code == to.asked.kind)
        for code, title in words.kind_choices()
    ]


def facts(found: Hotspots, to: Addresses) -> list[tuple[str, str, str]]:
    """What has no place, no area or no month: what it is, how many, and where its records are."""
    counted, below = found.counted, found.below
    told = [(code, counted.of(code)) for code in (NOT_KNOWN, OUTSIDE)] + [(UNDATED, counted.not_dated)]
    return [
        (words.apart(code), words.count(number, below), to.opened(code) if number else "")
        for code, number in told
    ]


def opened_table(found: Opened, reader: Reader) -> Table:
    """The records behind a count, newest first."""
    head = (_("Child"), _("What"), _("Where"), _("Agency"), _("Day"))
    rows = [row for item in found.items for row in _records(item, found.people, reader)]
    return Table(
        _("The records"), head, rows, empty=_("None that you may see. That is not the same as none.")
    )


def _records(item: Item, people: Mapping[str, Person], reader: Reader) -> Iterable[tuple[Cell | str, ...]]:
    """A row for each child that it is about."""
    day = people_words.day(item.on) if item.on else Cell(_("not known"), is_known=False)
    where = item.spot.label if item.spot else Cell(_("not known"), is_known=False)
    agencies = ", ".join(reader.agency(code) for code in item.agencies)
    what = _("Record of a place of concern") if item.kind == PLACES else people_words.kind(item.of_kind)
    for person in item.people or ("",):
        yield (
            _child(person, people, reader),
            Cell(what, href=_record(item, person, reader)),
            where,
            agencies,
            day,
        )


def _child(person: str, people: Mapping[str, Person], reader: Reader) -> Cell:
    if not person:
        return Cell(_("nobody is named in it"), is_known=False)
    known = people.get(person)
    return Cell(
        known.name if known and known.name else _("Name not shown"), href=reader.link("people_person", person)
    )


def _record(item: Item, person: str, reader: Reader) -> str:
    """The record in the child's chronology, on its day."""
    if not person:
        return ""
    day = item.on.isoformat() if item.on else ""
    query = f"from_on={day}&until_on={day}" if day else ""
    return reader.link("people_chronology", person, query=query) + f"#{anchor(item.records[0])}"


def whose(found: Hotspots) -> str:
    """Whose records are counted, where no agency is named."""
    if found.below:
        return _("not said here: whose record it is could tell of somebody")
    return _("nothing in these months that you may see")


def title_of(found: Opened) -> str:
    """What was opened."""
    if found.place:
        return found.place.spot.label
    return found.title or words.apart(found.code)
