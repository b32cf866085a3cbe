"""What the rows of a screening led to, as tables: how each fits, and whether and why it is of concern, opened to the pages that say so."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.networks.screening.concerning import Concerned, Known
from engage.networks.screening.rules import PERSON, PHONE, Entry
from engage.networks.screening.showing import Hits, Shown, Tied
from engage.web.components import Cell, Table
from engage.web.networks import presenters as concern
from engage.web.people import words as people_words
from engage.web.people.presenters import Reader
from engage.web.screening import words


def sure_table(found: Hits, reader: Reader) -> Table:
    """What the rows say: the same number or plate, the same name and day of birth."""
    rows = [_row(one, reader) for one in found.shown if one.is_sure]
    return Table(
        _("The same number or plate, or the same name and day of birth"),
        _head(),
        rows,
        empty=_("None that you may see."),
    )


def may_be_table(found: Hits, reader: Reader) -> Table:
    """Who may be meant: a person has to look before anybody takes them for the one in the list."""
    rows = [_row(one, reader) for one in found.shown if not one.is_sure]
    return Table(
        _("May be somebody in the list: look before you take them for one"),
        _head(),
        rows,
        empty=_("Nobody whom you may see."),
    )


def tied_table(found: Hits, reader: Reader) -> Table:
    """Whom records and texts tie to the vehicles and phones."""
    head = (_("Vehicle or phone"), _("Row"), _("Who"), _("Age now"), _("How"), _("Who says so"), _("Last received"), _("Of concern, and why"))  # fmt: skip
    rows = [
        *(_tied(one, tied, reader) for one in found.shown for tied in one.tied),
        *(_nobody(one, record, reader) for one in found.shown for record in one.records),
    ]
    return Table(_("Who is tied to these vehicles and phones"), head, rows, empty=_("Nobody whom you may see."))  # fmt: skip


def more(found: Hits) -> str:
    """By which rows more people may be meant than are named; "" where none."""
    if not found.more:
        return ""
    rows = ", ".join(map(str, found.more))
    return _("By row %(rows)s more people may be meant than are named here: find out the day of birth.") % {"rows": rows}  # fmt: skip


def _head() -> tuple[str, ...]:
    return (_("Row"), _("In the list"), _("Found"), _("What it is"), _("Age now"), _("How it fits"), _("Of concern, and why"))  # fmt: skip


def _row(one: Shown, reader: Reader) -> tuple[Cell | str, ...]:
    return (
        str(one.entry.row),
        _in_list(one.entry, one.kind),
        _named(one, reader),
        words.thing(one.kind),
        _age(one.known) if one.known else _("no person"),
        _how(one),
        _concern(one.kind, one.key, one.concerned, one.known, reader),
    )


def _how(one: Shown) -> str:
    """How it fits, with the name by which it does where somebody is called otherwise."""
    if one.by.casefold() in ("", one.label.casefold()):
        return words.how(one.how)
    return _("%(how)s. Recorded as %(name)s") % {"how": words.how(one.how), "name": one.by}


def _in_list(entry: Entry, kind: str) -> str:
    """What of a row led to it."""
    if kind == PERSON:
        return ", ".join(filter(None, (entry.name, people_words.day(entry.born) if entry.born else "")))
    return entry.phone if kind == PHONE else entry.plate


def _named(one: Shown, reader: Reader) -> Cell:
    if one.kind == PERSON:
        return Cell(one.label, href=reader.link("people_person", one.key))
    href = concern.page_of(one.kind, one.key, reader) if one.concerned.has_page else ""
    return Cell(one.label, href=href)


def _age(known: Known) -> Cell:
    return Cell(str(known.age)) if known.age is not None else concern.not_known()


def _tied(one: Shown, tied: Tied, reader: Reader) -> tuple[Cell | str, ...]:
    return (
        one.label,
        str(one.entry.row),
        Cell(tied.known.name, href=reader.link("people_person", tied.person_id)),
        _age(tied.known),
        _("A text about them names it") if tied.is_text_only else _("A record ties them"),
        ", ".join(reader.agency(code) for code in tied.agencies),
        people_words.day(date.fromisoformat(tied.last_known_on)),
        _concern(PERSON, tied.person_id, tied.concerned, tied.known, reader),
    )


def _nobody(one: Shown, record: str, reader: Reader) -> tuple[Cell | str, ...]:
    """An event in which it has a part, and no person."""
    unknown = concern.not_known()
    code, told = record.split(":", 2)[1:]
    named = Cell(_("No person in %(record)s") % {"record": told})
    return one.label, str(one.entry.row), named, unknown, _("An event"), reader.agency(code), unknown, unknown


def _concern(kind: str, key: str, about: Concerned, known: Known | None, reader: Reader) -> Cell:
    """Whether it is of concern, and by what; with the page that shows the records behind it."""
    if known is not None and known.is_child:
        return Cell(_("Under 18: a child, and never listed as of concern"))
    said = _said(kind, about, reader)
    if not said:
        return Cell(_("Nothing that you may see says so, which is no clearance"), is_known=False)
    return Cell(". ".join(said), href=concern.page_of(kind, key, reader) if about.has_page else "")


def _said(kind: str, about: Concerned, reader: Reader) -> list[str]:
    said = []
    if about.opened:
        values = {"who": about.opened.said_by_name, "agency": reader.agency(about.opened.agency), "grade": about.opened.grade}  # fmt: skip
        said.append(_("Opened as of concern by %(who)s, %(agency)s, graded %(grade)s") % values)
    if about.is_listed:
        said.append(_("On the list of concern: %(links)s") % {"links": _links(kind, about, reader)})
    elif about.children:
        said.append(_("Not on the list of concern, but %(links)s") % {"links": _links(kind, about, reader)})
    if about.is_not_counted:
        said.append(_("On the list of who is not counted, with why"))
    return said


def _links(kind: str, about: Concerned, reader: Reader) -> str:
    newest = people_words.day(about.newest_on) if about.newest_on else _("day not known")
    values = {"count": about.children, "agencies": ", ".join(reader.agency(code) for code in about.agencies), "day": newest}  # fmt: skip
    if kind == PERSON:
        text = ngettext("separate records link them to %(count)s child (%(agencies)s; the newest %(day)s)", "separate records link them to %(count)s children (%(agencies)s; the newest %(day)s)", about.children)  # fmt: skip
    else:
        text = ngettext("%(count)s child with signs of harm or exposure has to do with it (%(agencies)s; the newest %(day)s)", "%(count)s children with signs of harm or exposure have to do with it (%(agencies)s; the newest %(day)s)", about.children)  # fmt: skip
    return text % values
