"""Cases in plain words: rows of the list, the head of one, and what can follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.cases.queries import CaseList, CaseShown
from engage.casework.cases.rules import OF_PEOPLE, Choice, Head, Part
from engage.web.cases import words
from engage.web.components import Cell, SummaryRow, Table
from engage.web.people.presenters import Reader
from engage.web.templatetags.engage import said


def when(at: datetime) -> str:
    """A moment by the clock on the wall."""
    return date_format(localtime(at), "j F Y, H:i")


def list_table(found: CaseList, reader: Reader) -> Table:
    """One row a case."""
    head = (_("Case"), _("About"), _("State"), _("Worker"), _("Led by"), _("Last moved"))
    rows = [
        (
            Cell(words.number(one.number), href=reader.link("case", str(one.number))),
            _about(one, found.name(one), reader),
            Cell(words.state(one.state), colour=words.colour(one.state)),
            one.worker_name or Cell(_("Nobody yet"), is_known=False),
            reader.agency(one.agency),
            when(one.moved_at),
        )
        for one in found.heads
    ]
    return Table(_("Cases"), head, rows, empty=_("None that you may know of. That is not the same as none."))


def _about(one: Head, name: str, reader: Reader) -> Cell:
    """Whom or what a case is about. Whose name is not for the reader has no page for them either."""
    text = _("%(kind)s: %(name)s") % {"kind": words.what(one), "name": name or _("Name not shown")}
    is_linked = one.kind in OF_PEOPLE and one.subject and name
    return Cell(text, href=reader.link("people_person", one.subject) if is_linked else "")


def title(shown: CaseShown) -> str:
    """The heading of a case."""
    name = shown.name or _("Name not shown")
    return _("%(kind)s: %(name)s") % {"kind": words.what(shown.head), "name": name}


def head_rows(shown: CaseShown, reader: Reader) -> list[SummaryRow]:
    """What the head of a case says."""
    head = shown.head
    opened = {
        "who": head.opened_by_name,
        "agency": reader.agency(head.opened_by_agency),
        "at": when(head.opened_at),
    }
    waits = _(head.state.waits_for) if head.state.waits_for else _("nobody")
    worker = Cell(head.worker_name) if head.worker else Cell(_("Nobody yet"), is_known=False)
    return [
        *_about_rows(shown, reader),
        SummaryRow(
            _("State"),
            (Cell(words.state(head.state), colour=words.colour(head.state)), Cell(_(head.state.means))),
        ),
        SummaryRow(_("Waits for"), (Cell(waits),)),
        SummaryRow(_("Named worker"), (worker,)),
        SummaryRow(_("Led by"), (Cell(reader.whom_to_phone(head.agency)),)),
        SummaryRow(_("Opened"), (Cell(_("%(at)s, by %(who)s, %(agency)s") % opened),)),
        SummaryRow(_("Takes part"), tuple(_parts(shown, reader))),
    ]


def _about_rows(shown: CaseShown, reader: Reader) -> list[SummaryRow]:
    """The way to the page and the chronology of whom the case is about, where the reader may know who that is."""
    head = shown.head
    if head.kind not in OF_PEOPLE or not head.subject or not shown.name:
        return []
    page = Cell(shown.name, href=reader.link("people_person", head.subject))
    return [SummaryRow(_("About"), (page, Cell(_("Chronology"), href=reader.link("people_chronology", head.subject))))]  # fmt: skip


def _parts(shown: CaseShown, reader: Reader) -> list[Cell]:
    by_agency: dict[str, dict[str, None]] = {}
    for part in shown.parts:
        by_agency.setdefault(part.agency, {})[_part(part)] = None
    return [
        Cell(f"{reader.agency(agency)} ({', '.join(parts)})") for agency, parts in sorted(by_agency.items())
    ]


def _part(part: Part) -> str:
    """As what an agency takes part, and until when, where that is said."""
    if part.until is None:
        return words.part(part.part)
    said = {"part": words.part(part.part), "day": date_format(localtime(part.until), "j F Y")}
    return _("%(part)s, until %(day)s") % said


def parts_to_end(shown: CaseShown, reader: Reader) -> list[tuple[str, str]]:
    """Every part that could be ended: by what a form names it, and in words, with what brought it in."""
    return [(part_key(part), f"{reader.agency(part.agency)}: {words.part_with_reason(part)}") for part in shown.parts]  # fmt: skip


def part_key(part: Part) -> str:
    """By which a form names a part."""
    return "|".join((part.agency, part.part, *(map(str, part.reason) if part.reason else ())))


@dataclass(frozen=True)
class Next:
    """A move that could follow: its address, or the sentence that refuses it."""

    title: str
    href: str
    refused: str


def choices(shown: CaseShown, reader: Reader) -> list[Next]:
    """What could follow now, each with what refuses it to this reader."""
    number = str(shown.head.number)
    return [_next(one, reader.link("case_move", number, one.move.code)) for one in shown.choices]


def not_about(shown: CaseShown, reader: Reader) -> Next | None:
    """Where it is taken back whom a case is about; None where nobody has said it."""
    address = reader.link("case_not_about", str(shown.head.number))
    return _next(shown.not_about, address) if shown.not_about else None


def _next(one: Choice, address: str) -> Next:
    return Next(_(one.move.title), "" if one.refused else address, said(one.refused) if one.refused else "")


def others_table(shown: CaseShown, reader: Reader) -> Table | None:
    """Further cases of the same subject."""
    if not shown.others:
        return None
    rows = [
        (
            Cell(words.number(one.number), href=reader.link("case", str(one.number))),
            words.what(one),
            Cell(words.state(one.state), colour=words.colour(one.state)),
            when(one.moved_at),
        )
        for one in shown.others
    ]
    return Table(
        _("Other cases of the same, each with a life of its own"),
        (_("Case"), _("Kind"), _("State"), _("Last moved")),
        rows,
    )
