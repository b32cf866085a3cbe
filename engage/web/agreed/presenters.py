"""Agreed actions in plain words: the rows of a list, one with what was said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.agreed.queries import ActionList, ActionShown
from engage.casework.cases.listing import name_in_lists
from engage.casework.cases.rules import Head
from engage.casework.tasks.rules import DONE, OPEN, STATES, WORDS, Action, Owner, WordSaid
from engage.picture.search.called import Called
from engage.web.components import Cell, SummaryRow, Table
from engage.web.people.presenters import Reader
from engage.web.templatetags.engage import said


@dataclass(frozen=True)
class Line:
    """One action of a list: its number, whether it can be chosen to be chased, how that is called, and its cells by heading."""

    number: int
    is_open: bool
    choose: str
    cells: tuple[tuple[str, Cell], ...]


def lines(found: ActionList, reader: Reader) -> list[Line]:
    """The rows of a list."""
    return [_line(one, found, reader) for one in found.actions]


def heads() -> tuple[str, ...]:
    """The headings of a list."""
    return (_("Action"), _("About"), _("Who does it"), _("By when"), _("State"))


def _line(one: Action, found: ActionList, reader: Reader) -> Line:
    head = found.heads.get(one.case) if one.case is not None else None
    cells = (
        Cell(what(one), href=reader.link("action", str(one.number))),
        about(head, found.names, reader),
        Cell(owner(one.owner, reader)),
        Cell(day(one.due_on)),
        state(one, found.today),
    )
    choose = _("Choose action %(number)s, %(who)s") % {"number": one.number, "who": one.owner.name}
    return Line(one.number, one.is_open, choose, tuple(zip(heads(), cells, strict=True)))


def what(one: Action) -> str:
    """What is to be done, or the sentence that says who reads it."""
    return one.what or said(one.why_not or "")


def owner(one: Owner, reader: Reader) -> str:
    """Who does it."""
    return _("%(who)s, %(agency)s") % {"who": one.name, "agency": reader.agency(one.agency)}


def day(on: date) -> str:
    """A day as people write it."""
    return date_format(on, "j F Y")


def state(one: Action, today: date) -> Cell:
    """Open, overdue, done, no longer needed: in words and a colour."""
    if one.is_overdue(today):
        return Cell(_("Overdue"), colour="orange")
    colours = {OPEN: "blue", DONE: "green"}
    return Cell(_(STATES[one.state]), colour=colours.get(one.state, "grey"))


def about(head: Head | None, names: Mapping[str, Called], reader: Reader) -> Cell:
    """The case of an action and whom it is about, as far as the reader may know."""
    if head is None:
        return Cell(_("No case"))
    name = name_in_lists(head, names) or _("Name not shown")
    text = _("Case %(number)s: %(name)s") % {"number": head.number, "name": name}
    return Cell(text, href=reader.link("case", str(head.number)))


def rows(shown: ActionShown, reader: Reader, today: date) -> list[SummaryRow]:
    """One action as its head says."""
    one = shown.action
    agreed = {
        "who": one.by_name,
        "agency": reader.agency(one.by_agency),
        "at": date_format(localtime(one.at), "j F Y, H:i"),
    }
    return [
        SummaryRow(_("What is to be done"), (Cell(what(one), is_known=one.what is not None),)),
        SummaryRow(_("State"), (state(one, today),)),
        SummaryRow(_("Who does it"), (Cell(owner(one.owner, reader)),)),
        SummaryRow(_("By when"), (Cell(day(one.due_on)),)),
        SummaryRow(_("About"), (about(shown.head, shown.names, reader),)),
        SummaryRow(_("Agreed"), (Cell(_("%(at)s, by %(who)s, %(agency)s") % agreed),)),
    ]


def words_table(words: Sequence[WordSaid], reader: Reader) -> Table:
    """What was said of an action, newest first."""
    head = (_("When"), _("Who"), _("What was said"), _("Why"))
    lines = [
        (
            date_format(localtime(one.at), "j F Y, H:i"),
            _("%(who)s, %(agency)s") % {"who": one.by_name, "agency": reader.agency(one.agency)},
            _said(one, reader),
            Cell(_("Not shown"), is_known=False) if one.reason is None else one.reason,
        )
        for one in reversed(words)
    ]
    return Table(_("What was said of it"), head, lines, empty=_("Nothing yet."))


def _said(one: WordSaid, reader: Reader) -> str:
    text = _(WORDS[one.says])
    if one.due_on:
        text = _("%(said)s, until %(day)s") % {"said": text, "day": day(one.due_on)}
    if one.owner:
        text = _("%(said)s, to %(who)s") % {"said": text, "who": owner(one.owner, reader)}
    return text


def theirs(shown: ActionShown, reader: Reader) -> list[SummaryRow]:
    """The last word on an action, for whoever was second."""
    if not shown.words:
        return []
    last = shown.words[-1]
    return [
        SummaryRow(_("What was said"), (Cell(_said(last, reader)),)),
        *([SummaryRow(_("Why?"), (Cell(last.reason),))] if last.reason else []),
    ]
