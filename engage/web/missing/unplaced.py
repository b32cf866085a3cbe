"""Records without a time and reports in which nobody is a missing child, as a page shows them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.picture.missing.screen import Screen
from engage.picture.missing.unplaced import Unnamed, Untimed
from engage.web.components import Cell, Table
from engage.web.missing import words
from engage.web.missing.reading import Reader
from engage.web.people import words as people_words


def untimed_table(shown: Screen, reader: Reader) -> Table:
    """What is recorded without a time, newest first."""
    head = (_("Child"), _("What"), _("When"), _("Recorded by"), _("Received"))
    rows = [
        (
            Cell(one.name or _("Name not shown"), href=reader.link("people_person", one.person_id)),
            _what(one),
            _time(one),
            reader.agency(one.agency),
            words.day(one.received_on),
        )
        for one in shown.unplaced.untimed
    ]
    return Table(_("Recorded, time not known"), head, rows, empty=_("None that you may see."))


def _what(one: Untimed) -> str:
    return _("Found or back") if one.kind == "found" else _("Reported missing")


def in_one_line(one: Untimed, reader: Reader) -> str:
    """The same of one of them, for paper."""
    return _("%(name)s (%(what)s, %(agency)s, received %(day)s)") % {
        "name": one.name or _("Name not shown"),
        "what": _what(one).lower(),
        "agency": reader.agency(one.agency),
        "day": words.short(one.received_on),
    }


def _time(one: Untimed) -> Cell:
    said = _("time not known (written: %(text)s)") % {"text": one.text} if one.text else _("time not known")
    return Cell(said, is_known=False)


def unnamed_table(shown: Screen, reader: Reader) -> Table:
    """Reports in which nobody has a missing child's part, newest first: one row for each who has a part in it."""
    head = (_("Who has a part in it"), _("As what"), _("Reported"), _("Reported by"), _("In its own words"))
    rows = [
        (
            Cell(part.name or _("Name not shown"), href=reader.link("people_person", part.person_id)),
            people_words.part(part.role) or Cell(_("part not said"), is_known=False),
            words.since(one.since) if one.since else Cell(_("time not known"), is_known=False),
            reader.agency(one.agency),
            one.category or Cell(_("no words were sent"), is_known=False),
        )
        for one in shown.unplaced.unnamed
        for part in one.parts
    ]
    return Table(
        _("Reports in which you see nobody as a missing child"), head, rows, empty=_("None that you may see.")
    )


def _parts(one: Unnamed) -> str:
    return ", ".join(
        f"{part.name or _('Name not shown')} ({people_words.part(part.role) or _('part not said')})"
        for part in one.parts
    )


def report_in_one_line(one: Unnamed, reader: Reader) -> str:
    """One of them, for paper."""
    return _("%(agency)s, %(since)s: %(parts)s") % {
        "agency": reader.agency(one.agency),
        "since": words.since(one.since) if one.since else _("time not known"),
        "parts": _parts(one),
    }


def earlier_unnamed(shown: Screen) -> str:
    """How many reports in which nobody is a missing child are older than those listed; "" for none."""
    count = shown.unplaced.earlier_unnamed
    if not count:
        return ""
    return ngettext("%(n)s more such report is older.", "%(n)s more such reports are older.", count) % {
        "n": count
    }


def earlier_unended(shown: Screen) -> str:
    """Of how many children the last report is older than what is listed, and its end was not received; "" of nobody."""
    count = shown.earlier_unended
    if not count:
        return ""
    return ngettext(
        "Of %(n)s more child the last report by such an agency is older, within two years: it stands in the child's chronology.",
        "Of %(n)s more children the last report by such an agency is older, within two years: it stands in each child's chronology.",
        count,
    ) % {"n": count}
