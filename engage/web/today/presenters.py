"""One's day in plain words: a table a list, under what is due, new, waits for one and waits for others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engage.casework.cases.listing import name_in_lists
from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.tasks.rules import Action
from engage.casework.week.lists import DUE, NEW, SECTIONS, WAITS_FOR_ME, WAITS_FOR_OTHERS
from engage.casework.week.rows import Row
from engage.casework.week.today import ListShown, Today
from engage.picture.search.called import Called
from engage.vocabulary.time import london_day, london_midnight
from engage.vocabulary.words import N_
from engage.web.access.viewing import for_audit
from engage.web.components import Cell, Figure, Table
from engage.web.missing.returning import waiting_lines
from engage.web.people.presenters import Reader
from engage.web.templatetags.engage import said
from engage.web.today.apart import TABLES, when


TITLES = {
    DUE: N_("Due"),
    NEW: N_("New"),
    WAITS_FOR_ME: N_("Waiting for me"),
    WAITS_FOR_OTHERS: N_("Waiting for others"),
}
# Where else a day begins, by the name of the page's address.
PAGES = {
    "missing": N_("Who is missing"),
    "missing_together": N_("Who was missing together"),
    "worklist": N_("Children with new evidence"),
    "judging": N_("Records that may be one person"),
    "concern": N_("People, places, vehicles and phones of concern"),
    "concern_hotspots": N_("Hotspots"),
    "charts": N_("Charts"),
    "actions": N_("Every action you may know of"),
    "caseload": N_("Caseload and supervision"),
    "meetings": N_("Meetings"),
    "audits": N_("Cases drawn for audit"),
    "access_log_of_all": N_("Who looked at what"),
    "watches_of_all": N_("Who watches what"),
    "screenings_of_all": N_("Who screens what"),
}
FOR_AUDIT = ("access_log_of_all", "watches_of_all", "screenings_of_all")


@dataclass(frozen=True)
class Listed:
    """One list: its heading, what is in it, how many there are in all, its table, and where the rest is ("" for nowhere)."""

    code: str
    title: str
    means: str
    count: int
    table: Table
    more: str = ""
    is_more: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the day with its lists; an empty one says so."""

    code: str
    title: str
    lists: tuple[Listed, ...]
    empty: tuple[str, ...]


def sections(day: Today, reader: Reader) -> list[Section]:
    """The four parts of the day, each with the lists that hold something, and the titles of those that hold nothing."""
    found = []
    for code in SECTIONS:
        mine = [one for one in day.lists if one.kind.section == code]
        full = tuple(_listed(one, day, reader) for one in mine if one.filled.count)
        empty = tuple(_(one.kind.title) for one in mine if not one.filled.count)
        if mine:
            found.append(Section(code, _(TITLES[code]), full, empty))
    return found


@dataclass(frozen=True)
class Drawn:
    """The four parts of a day as the page shows them, how much stands in each, and whose data they are."""

    sections: SafeString
    figures: tuple[Figure, ...]
    whose: tuple[str, ...]


def drawn(day: Today, reader: Reader) -> Drawn:
    """A day that is shown again is not drawn again: the same for the same language and day of the records."""
    how = (get_language(), reader.asked)
    found: Drawn | None = day.drawn.get(how)
    if found is None:
        some = sections(day, reader)
        parts = render_to_string("today/sections.html", {"sections": some})
        found = day.drawn[how] = Drawn(parts, tuple(_figure(one) for one in some), tuple(whose(day, reader)))
    return found


def _figure(section: Section) -> Figure:
    """How much stands in a part of the day, and the way down to it."""
    count = sum(one.count for one in section.lists)
    is_more = any(one.is_more for one in section.lists)
    return Figure(f"{count}+" if is_more else str(count), section.title, href=f"#{section.code}")


def whose(day: Today, reader: Reader) -> list[str]:
    """The agencies that lead the cases, or have the actions, of which the page tells."""
    actions = {row.action.owner.agency for one in day.lists for row in one.filled.rows if row.action}
    told = {row.returned.episode.since.agency for one in day.lists for row in one.filled.rows if row.returned}
    return sorted(
        reader.agency(code) for code in {head.agency for head in day.heads} | actions | told if code
    )


def pages(day: Today, request: HttpRequest) -> list[tuple[str, str]]:
    """Where else the day begins: title and address; of what is shown for audit alone by way of saying so. A page that this site does not have is left out."""
    found = []
    for name in day.pages:
        try:
            address = for_audit(request, name) if name in FOR_AUDIT else reverse(name)
            found.append((_(PAGES[name]), address))
        except NoReverseMatch:
            continue
    return found


# Where the whole of a list is, by its code: the page's name and what it asks for. {user} and {agency} are the viewer's. Of the
# others this page shows all.
_WHOLE = {
    "my_actions": ("actions", "owner={user}"),
    "agency_overdue": ("actions", "state=overdue&agency={agency}"),
    "to_chase": ("actions", "state=overdue"),
    "escalated": ("actions", "agency={agency}&escalated=yes"),
    "by_me": ("actions", "by={user}"),
    "my_new": ("cases", "mine=yes"),
    "my_reviews": ("cases", "mine=yes"),
}


def _listed(one: ListShown, day: Today, reader: Reader) -> Listed:
    rows = one.filled.rows
    drawn_apart = TABLES.get(one.kind.code)
    table = drawn_apart(one, rows, reader) if drawn_apart else _table(one, rows, day.names, reader)
    name, query = _WHOLE.get(one.kind.code, ("today", f"all={one.kind.code}"))
    more = ""
    if one.filled.count > len(rows) or one.filled.is_more:
        more = f"{reverse(name)}?{query.format(user=reader.user_id, agency=reader.own_agency)}"
    return Listed(
        one.kind.code, _(one.kind.title), _(one.kind.means), one.filled.count, table, more, one.filled.is_more
    )


# Lists of what has a day of its own in a case: what the first column holds.
_DATED = {"clocks": N_("Time limit"), "my_reviews": N_("What is looked at again")}


def _table(one: ListShown, rows: tuple[Row, ...], names: Mapping[str, Called], reader: Reader) -> Table:
    head: tuple[str, ...]
    if any(row.returned for row in rows):
        back = [(row.returned, row.at) for row in rows if row.returned and row.at]
        head, lines = waiting_lines(back, reader)
    elif any(row.meeting for row in rows):
        head = (_("Meeting"), _when_head(one))
        lines = [_meeting_line(one, row, reader) for row in rows]
    elif any(row.called for row in rows):
        head = (_(_DATED.get(one.kind.code, N_("Time limit"))), _("Case"), _("About"), _("Due"))
        lines = [_clock_line(row, row.head, names, reader) for row in rows if row.head]
    elif any(row.action for row in rows):
        head = (_("What"), _("About"), _("Who does it"), _("By when"))
        lines = [_action_line(row, row.action, names, reader) for row in rows if row.action]
    else:
        head = (_("Case"), _("About"), _("State"), _("Worker"), _when_head(one))
        lines = [_case_line(row.head, row.on, names, reader) for row in rows if row.head]
    form = _FORMS.get(one.kind.code)
    if form:
        head = (*head, _("Write"))
        lines = [
            (*line, _write_cell(case, form, reader))
            for line, case in zip(lines, (row.head for row in rows if row.head), strict=True)
        ]
    return Table(_(one.kind.title), head, lines, is_caption_hidden=True)


# What a list waits for is written on a form: its rows lead there.
_FORMS = {"visits": "visit", "nrm": "nrm_referral"}


def _write_cell(head: Head, form: str, reader: Reader) -> Cell:
    text = _("Write it in case %(number)s") % {"number": head.number}
    return Cell(text, href=reader.link("case_write", str(head.number), form))


# On which page of a meeting what a list asks for is done.
_MEETING_PAGES = {"requests": "meeting_answer", "told_of_requests": "meeting_answer", "unanswered": "meeting_round", "invitations": "meeting_who", "packs": "meeting_pack", "minutes": "meeting_record", "to_sign": "meeting_record", "omissions": "meeting_who"}  # fmt: skip


def _meeting_line(one: ListShown, row: Row, reader: Reader) -> tuple[Cell | str, ...]:
    page = _MEETING_PAGES.get(one.kind.code, "meeting")
    kind = _(row.kind)
    text = f"{kind}: {row.called}" if row.called else _("%(kind)s %(number)s") % {"kind": kind, "number": row.meeting}  # fmt: skip
    return (Cell(text, href=reader.link(page, str(row.meeting))), _when_over(row))


def _clock_line(row: Row, head: Head, names: Mapping[str, Called], reader: Reader) -> tuple[Cell | str, ...]:
    case = Cell(_("Case %(number)s") % {"number": head.number}, href=reader.link("case", str(head.number)))
    return (_(row.called), case, about(head, names, reader), _when_over(replace(row, on=_last_day(row.on))))


def _last_day(on: date | datetime | None) -> date | datetime | None:
    """Of a limit that ends with a day that day: nobody reads the midnight after it as its last moment."""
    is_midnight = isinstance(on, datetime) and on == london_midnight(london_day(on))
    return london_day(on - timedelta(minutes=1)) if is_midnight and isinstance(on, datetime) else on


def _when_over(row: Row) -> str:
    """A day or moment, with a word where it has passed."""
    return _("%(when)s (over)") % {"when": when(row.on)} if row.is_over else when(row.on)


_WHEN = {
    "my_reviews": N_("Review on"), "nrm": N_("Opened on"), "packs": N_("By when"), "minutes": N_("By when"), "requests": N_("By when"), "told_of_requests": N_("By when"), "unanswered": N_("By when"), "unmarked": N_("Was on"),
    "to_sign": N_("Was on"), "refused_strategy": N_("Was on"), "my_meetings": N_("When"), "invitations": N_("When"), "meetings_changed": N_("When"), "omissions": N_("When"),
}  # fmt: skip


def _when_head(one: ListShown) -> str:
    return _(_WHEN.get(one.kind.code, N_("Since")))


def _action_line(
    row: Row, action: Action, names: Mapping[str, Called], reader: Reader
) -> tuple[Cell | str, ...]:
    text = action.what or said(action.why_not or "")
    return (
        Cell(text, href=reader.link("action", str(action.number))),
        about(row.head, names, reader) if row.head else Cell(_("No case")),
        _("%(who)s, %(agency)s") % {"who": action.owner.name, "agency": reader.agency(action.owner.agency)},
        when(row.on),
    )


def _case_line(
    head: Head, on: date | datetime | None, names: Mapping[str, Called], reader: Reader
) -> tuple[Cell | str, ...]:
    return (
        Cell(_("Case %(number)s") % {"number": head.number}, href=reader.link("case", str(head.number))),
        about(head, names, reader),
        _(head.state.title),
        head.worker_name or Cell(_("Nobody yet"), is_known=False),
        when(on),
    )


def about(head: Head, names: Mapping[str, Called], reader: Reader) -> Cell:
    """Whom or what a case is about, as far as the reader may know."""
    name = name_in_lists(head, names)
    is_linked = head.kind in OF_PEOPLE and bool(name)
    return Cell(name or _("Name not shown"), href=reader.link("people_person", head.subject) if is_linked else "", is_known=bool(name))  # fmt: skip
