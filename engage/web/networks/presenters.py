"""Lists of concern as pages show them: facts in columns, each row opened to its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.networks.concern import PERSON
from engage.networks.rules import Link, OfConcern, code_of
from engage.networks.showing import ConcernList, Person
from engage.web.components import Cell, Table
from engage.web.networks import words
from engage.web.people import words as people_words
from engage.web.people.chronology import anchor
from engage.web.people.presenters import Reader


@dataclass(frozen=True)
class LinkLine:
    """One link in words: the child, what records it with where it is opened, and the rest."""

    child: str
    child_href: str
    what: str
    what_href: str
    rest: str


@dataclass(frozen=True)
class Row:
    """One of a list: its name with its page, its facts in the list's columns, what was decided of it, its links, and those set aside."""

    name: str
    href: str
    cells: tuple[Cell, ...]
    decided: tuple[tuple[str, str], ...]
    lines: tuple[LinkLine, ...]
    aside: tuple[LinkLine, ...]


def not_known() -> Cell:
    """What no record says."""
    return Cell(_("not known"), is_known=False)


def name(people: Mapping[str, Person], person_id: str) -> str:
    """How somebody is called, or that it may not be shown."""
    person = people.get(person_id)
    return person.name if person and person.name else _("Name not shown")


def age(people: Mapping[str, Person], person_id: str) -> Cell:
    """How old somebody is now."""
    person = people.get(person_id)
    return Cell(str(person.age)) if person and person.age is not None else not_known()


def page_of(kind: str, key: str, reader: Reader) -> str:
    """The page of somebody or something of concern."""
    return reader.link("concern_one", words.FAMILY_OF[kind], code_of(kind, key))


_NUMBERS = {"people": (0, 1), "places": (1, 2), "vehicles": (0, 1), "phones": (1, 2)}


def head(family: str) -> tuple[Cell, ...]:
    """The columns of a list after the name."""
    by_family = {
        "people": (_("Age now"), _("Distinct children"), _("Agencies that hold a link"), _("Newest link"), _("What it shares with children"), _("Opened by")),
        "places": (_("Kind of place"), *_of_things()),
        "vehicles": _of_things(),
        "phones": (_("What it is"), *_of_things()),
    }  # fmt: skip
    return tuple(
        Cell(text, is_number=number in _NUMBERS[family]) for number, text in enumerate(by_family[family])
    )


def _of_things() -> tuple[str, ...]:
    return (_("Distinct children"), _("Adults of concern"), _("Agencies that hold a link"), _("Newest link"), _("Opened by"))  # fmt: skip


def rows(some: Iterable[OfConcern], found: ConcernList, family: str, reader: Reader) -> list[Row]:
    """The rows of a list."""
    return [_row(one, found, family, reader) for one in some]


def _row(one: OfConcern, found: ConcernList, family: str, reader: Reader) -> Row:
    facts = (
        _facts_of_person(one, found, reader) if one.kind == PERSON else _facts_of_thing(one, family, reader)
    )
    opened = found.decided.opened(one.kind, one.key)
    cells = (*facts, Cell(opened.said_by_name) if opened else Cell(_("nobody"), is_known=False))
    return Row(
        name=called(one, found),
        href=page_of(one.kind, one.key, reader),
        cells=tuple(
            Cell(cell.text, is_known=cell.is_known, label=column.text, is_number=column.is_number)
            for cell, column in zip(cells, head(family), strict=True)
        ),
        decided=tuple((words.decided(d, reader), d.reason) for d in found.decided.of(one.kind, one.key)),
        lines=tuple(link_line(link, "", found.people, reader) for link in one.links),
        aside=tuple(link_line(link, why, found.people, reader) for why, link in one.aside),
    )


def called(one: OfConcern, found: ConcernList) -> str:
    """How somebody or something of concern is called."""
    if one.kind == PERSON:
        return name(found.people, one.key)
    return words.label(found.labels.get((one.kind, one.key), one.label or one.key))


def _newest(one: OfConcern) -> Cell:
    return (
        Cell(people_words.day(one.newest_on)) if one.newest_on else Cell(_("day not known"), is_known=False)
    )


def _agencies(one: OfConcern, reader: Reader) -> Cell:
    text = words.agencies(one.agencies, reader)
    return Cell(text) if text else Cell(_("none"), is_known=False)


def _facts_of_person(one: OfConcern, found: ConcernList, reader: Reader) -> tuple[Cell, ...]:
    shared = ", ".join(
        f"{words.thing(kind)} {words.label(found.labels.get((kind, key), key))}" for kind, key in one.things
    )
    return (
        age(found.people, one.key),
        Cell(str(len(one.children))),
        _agencies(one, reader),
        _newest(one),
        Cell(shared) if shared else Cell(_("nothing recorded"), is_known=False),
    )


def _facts_of_thing(one: OfConcern, family: str, reader: Reader) -> tuple[Cell, ...]:
    what: tuple[Cell, ...] = ()
    if family == "places":
        what = (Cell(kind_of_place(one)) if kind_of_place(one) else not_known(),)
    if family == "phones":
        what = (Cell(words.thing(one.kind)),)
    return (
        *what,
        Cell(str(len(one.children))),
        Cell(str(len(one.adults))),
        _agencies(one, reader),
        _newest(one),
    )


def kind_of_place(one: OfConcern) -> str:
    """What kind of place it is as its source says, and whether that is somebody's home; "" of anything else, whose kind is that of an event."""
    if one.kind != "place":
        return ""
    said = one.of_kind.replace("_", " ")
    return _("%(kind)s (somebody's home)") % {"kind": said} if said and one.is_dwelling else said


def link_line(link: Link, why: str, people: Mapping[str, Person], reader: Reader) -> LinkLine:
    """One link in words; `why`: why it is set aside, "" where it counts."""
    what, href = record_of(link, reader)
    facts = [
        people_words.day(link.on) if link.on else _("day not known"),
        ", ".join(sorted({reader.agency(link.theirs.agency), reader.agency(link.childs.agency)})),
        _("grade %(grade)s") % {"grade": link.theirs.grade} if link.theirs.grade else "",
        part_of(link),
        words.strength(_strength(link)),
        _("not counted: %(why)s") % {"why": words.aside(why)} if why else "",
    ]
    return LinkLine(
        name(people, link.child),
        reader.link("people_person", link.child),
        what,
        href,
        "; ".join(fact for fact in facts if fact),
    )


def _strength(link: Link) -> str:
    """Of a thing's own line as it stands; of a link of two people over a thing that it is worked out."""
    return link.theirs.strength if link.theirs == link.childs else link.strength


def part_of(link: Link) -> str:
    """What the one who is listed, or of a thing the child, has to do with it."""
    said = words.part(link.theirs)
    if link.theirs == link.childs:
        return (
            _("the child here as: %(part)s") % {"part": said} if said else _("the child's part is not known")
        )
    childs = words.part(link.childs)
    theirs = _("here as: %(part)s") % {"part": said} if said else _("their part is not known")
    return (
        _("%(theirs)s, the child as: %(childs)s") % {"theirs": theirs, "childs": childs} if childs else theirs
    )


def record_of(link: Link, reader: Reader) -> tuple[str, str]:
    """What records it, and where it is opened: an event in the child's chronology, a thing on its page."""
    theirs = link.theirs
    if theirs.thing == "event":
        return words.record(theirs), in_chronology(link, reader)
    if theirs == link.childs:
        return words.record(theirs), ""
    shared = _("Both have to do with: %(thing)s %(label)s") % {
        "thing": words.thing(theirs.thing), "label": words.label(theirs.label or theirs.key),
    }  # fmt: skip
    return shared, page_of(theirs.thing, theirs.key, reader)


def in_chronology(link: Link, reader: Reader) -> str:
    """The event in the child's chronology, on its day."""
    day = link.on.isoformat() if link.on else ""
    query = f"from_on={day}&until_on={day}" if day else ""
    return reader.link("people_chronology", link.child, query=query) + f"#{anchor(link.theirs.key)}"


def not_counted_table(found: ConcernList, reader: Reader) -> Table:
    """Who is not counted, with why and when that is looked at again."""
    head = (_("Name"), _("Age now"), _("Children, if it counted"), _("Why it does not count"), _("Looked at last"), _("To be looked at again"))  # fmt: skip
    return Table(
        _("Who is not counted, and why"),
        head,
        [_not_counted(one, found, reader) for one in found.not_counted],
        numbers=frozenset({1, 2}),
        empty=_("Nobody whom you may see."),
    )


def _not_counted(one: OfConcern, found: ConcernList, reader: Reader) -> tuple[Cell | str, ...]:
    apart = [(why, link) for why, link in one.aside if why != "family"]
    children = {link.child for link in one.links} | {link.child for _why, link in apart}
    review = found.decided.reviewed(one.kind, one.key)
    return (
        Cell(name(found.people, one.key), href=page_of(one.kind, one.key, reader)),
        age(found.people, one.key),
        str(len(children)),
        "; ".join(dict.fromkeys(words.aside(why) for why, _link in apart or one.aside))
        or _("nothing that you may see"),
        f"{words.decided(review, reader)}: {review.reason}"
        if review
        else Cell(_("nobody yet"), is_known=False),
        people_words.day(review.review_on if review and review.review_on else found.review_on),
    )
