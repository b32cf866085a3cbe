"""One person, place, vehicle, phone or account as its page shows it: by month, its adults, and every line opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engage.networks.concern import PERSON
from engage.networks.rules import Line, Link
from engage.networks.showing import Subject
from engage.web.components import Cell, Table
from engage.web.networks import presenters, words
from engage.web.people import words as people_words
from engage.web.people.presenters import Reader


@dataclass
class _Month:
    children: set[str] = field(default_factory=set)
    adults: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    agencies: set[str] = field(default_factory=set)


def title(found: Subject) -> str:
    """How it is called."""
    one = found.one
    if one.kind == PERSON:
        return presenters.name(found.people, one.key)
    return words.label(found.labels.get((one.kind, one.key), one.label or one.key))


def months_table(found: Subject, reader: Reader) -> Table:
    """What of concern is tied to it by month, the newest first; what has no day is a row of its own."""
    is_thing = found.one.kind != PERSON
    adults = (_("Adults of concern"),) if is_thing else ()
    head = (_("Month"), _("Distinct children"), *adults, _("Records"), _("Agencies"))
    made = sorted(_months(found).items(), key=lambda item: item[0] or date.min, reverse=True)
    rows = [
        (
            date_format(month, "F Y") if month else Cell(_("day not known"), is_known=False),
            str(len(one.children)),
            *((str(len(one.adults)),) if is_thing else ()),
            str(len(one.records)),
            ", ".join(sorted(reader.agency(code) for code in one.agencies)),
        )
        for month, one in made
    ]
    return Table(
        _("What ties it to children with signs of harm or exposure, by month") if is_thing else _("What ties them to children with signs of harm or exposure, by month"), head, rows, numbers=frozenset(range(1, len(head) - 1)),
        empty=_("Nothing that counts and that you may see."),
    )  # fmt: skip


def _months(found: Subject) -> dict[date | None, _Month]:
    made: dict[date | None, _Month] = defaultdict(_Month)
    for link in found.one.links:
        month = made[link.on.replace(day=1) if link.on else None]
        month.children.add(link.child)
        for line in (link.theirs, link.childs):
            month.records.add(line.record_id)
            month.agencies.add(line.agency)
    for line in found.lines:
        if found.one.kind != PERSON and line.counts and line.person_id in found.one.adults:
            month = made[line.on.replace(day=1) if line.on else None]
            month.adults.add(line.person_id)
            month.records.add(line.record_id)
            month.agencies.add(line.agency)
    return made


def adults_table(found: Subject, reader: Reader) -> Table:
    """The adults of concern who have to do with it."""
    rows = [
        (
            Cell(
                who(found, person),
                href="" if person in found.numbered else presenters.page_of(PERSON, person, reader),
            ),
            _("not shown") if person in found.numbered else presenters.age(found.people, person),
            str(len({line.record_id for line in found.lines if line.person_id == person})),
        )
        for person in found.one.adults
    ]
    return Table(
        _("Adults of concern who have to do with it"), (_("Name"), _("Age now"), _("Records")), rows, numbers=frozenset({1, 2}),
        empty=_("Nobody whom you may see."),
    )  # fmt: skip


def shared_table(found: Subject, reader: Reader) -> Table:
    """What a person has to do with that itself links two children or more."""
    rows = [
        (
            Cell(words.label(found.labels.get((kind, key), key)), href=presenters.page_of(kind, key, reader)),
            words.thing(kind),
        )
        for kind, key in found.one.things
    ]
    return Table(
        _("Places, vehicles, phones and accounts that they share with two children or more"), (_("Thing"), _("What it is")), rows,
        empty=_("None that you may see."),
    )  # fmt: skip


def who(found: Subject, person: str) -> str:
    """How somebody of the page is called; in a version without names by a number."""
    if person not in found.numbered:
        return presenters.name(found.people, person)
    number = {"number": found.numbered[person]}
    return (_("Child %(number)s") if person in found.children else _("Grown-up %(number)s")) % number


def lines_table(found: Subject, reader: Reader) -> Table:
    """Every line to a thing, newest first."""
    head = (_("Who"), _("Their part"), _("What records it"), _("Day"), _("Agency"), _("Grade"), _("How strong"), _("Counted"))  # fmt: skip
    rows = [
        (
            _whom(found, line, reader),
            words.part(line) or presenters.not_known(),
            words.record(line),
            *_facts(line, reader),
            words.strength(line.strength),
            _counted(line.aside),
        )
        for line in found.lines
    ]
    return Table(_("Every record that ties somebody to it"), head, rows, empty=_("None that you may see."))


def _whom(found: Subject, line: Line, reader: Reader) -> Cell:
    text = who(found, line.person_id)
    if line.person_id in found.numbered:
        return Cell(text)
    if line.person_id in found.children:
        text = _("%(name)s (a child then or now)") % {"name": text}
        return Cell(text, href=reader.link("people_person", line.person_id))
    return Cell(text, href=presenters.page_of(PERSON, line.person_id, reader))


def _facts(line: Line, reader: Reader) -> tuple[Cell | str, ...]:
    return (
        people_words.day(line.on) if line.on else presenters.not_known(),
        reader.agency(line.agency),
        line.grade or Cell(_("none given"), is_known=False),
    )


def _counted(aside: str) -> str:
    return _("no: %(why)s") % {"why": words.aside(aside)} if aside else _("yes")


def links_table(found: Subject, reader: Reader) -> Table:
    """Every link of a person to a child, newest first, those that are set aside with why."""
    head = (_("Child"), _("What records it"), _("Day"), _("Agency"), _("Grade"), _("Parts"), _("How strong"), _("Counted"))  # fmt: skip
    links = sorted(
        [("", link) for link in found.one.links] + [*found.one.aside],
        key=lambda each: (each[0] != "", -(each[1].on or date.min).toordinal(), each[1].child),
    )
    rows = [_link(why, link, found, reader) for why, link in links]
    return Table(_("Every record that links them to a child"), head, rows, empty=_("None that you may see."))


def _link(why: str, link: Link, found: Subject, reader: Reader) -> tuple[Cell | str, ...]:
    text, href = presenters.record_of(link, reader)
    return (
        Cell(presenters.name(found.people, link.child), href=reader.link("people_person", link.child)),
        Cell(text, href=href),
        people_words.day(link.on) if link.on else presenters.not_known(),
        ", ".join(sorted({reader.agency(link.theirs.agency), reader.agency(link.childs.agency)})),
        link.theirs.grade or Cell(_("none given"), is_known=False),
        presenters.part_of(link),
        words.strength(link.strength),
        _counted(why),
    )


def agencies_of(lines: Iterable[Line], reader: Reader) -> list[str]:
    """Whose records a page rests on."""
    return sorted({reader.agency(line.agency) for line in lines})
