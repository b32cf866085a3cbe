"""Who is back, and what is known of the return interview, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from engage.picture.missing.screen import Returned, Screen
from engage.web.components import Cell, Table
from engage.web.missing import words
from engage.web.missing.presenters import age, name
from engage.web.missing.reading import Reader
from engage.web.people.presenters import Reader as People


def back_table(shown: Screen, reader: Reader) -> Table:
    """Who is back, and what is known of the return interview: what is not recorded first."""
    # The column is there for whoever may refer, and with every child: whether somebody is referred already is not told by it.
    refers = any(reader.refer(one) for one in shown.back)
    head = (
        _("Child"),
        _("Age"),
        _("Back"),
        _("Return interview"),
        _("Due by"),
        _("Recorded by"),
        _("Offer and interview"),
        *([_("Referral")] if refers else []),
    )
    rows = []
    for one in shown.back:
        end, due = one.episode.end, one.interview
        if end is None:
            continue
        said, colour = words.interview(due)
        rows.append(
            (
                Cell(name(one), href=reader.link("people_person", one.person_id)),
                age(one),
                _("%(back)s: %(how)s (%(agency)s)")
                % {
                    "back": words.returned(one),
                    "how": words.how_ended(end),
                    "agency": reader.agency(end.agency),
                },
                Cell(said, colour=colour),
                words.due_and_left(due, shown.now),
                _interviewed(one, reader),
                _interview(one),
                *([_refer(one, reader)] if refers else []),
            )
        )
    return Table(_("Back, and the return interview"), head, rows, empty=_("Nobody that you may see."))


def waiting_lines(
    some: Iterable[tuple[Returned, datetime]], reader: People
) -> tuple[tuple[str, ...], list[tuple[Cell | str, ...]]]:
    """Those whose interview is still waited for, each as it stood at a moment: the heads of the columns, and a line each, with how long is left and where it is written down."""
    head = (_("Child"), _("Back"), _("Return interview"), _("Due by"), _("Offer and interview"))
    lines: list[tuple[Cell | str, ...]] = []
    for one, now in some:
        said, colour = words.interview(one.interview)
        child = Cell(name(one), href=reader.link("people_person", one.person_id))
        due = words.due_and_left(one.interview, now)
        lines.append((child, words.returned(one), Cell(said, colour=colour), due, _interview(one)))
    return head, lines


def _interview(one: Returned) -> Cell:
    """Where the offer, the answer and the interview are written down."""
    href = f"{reverse('returns_one', args=[one.episode.since.record_id])}?child={one.person_id}"
    return Cell(_("Interview"), href=href, heard=_("with %(name)s") % {"name": name(one)})


def _refer(one: Returned, reader: Reader) -> Cell:
    """Where the child is referred to the team, with the report of the time from which they came back."""
    return Cell(_("Refer"), href=reader.refer(one), heard=_("%(name)s to the team") % {"name": name(one)})


def _interviewed(one: Returned, reader: Reader) -> Cell | str:
    if one.episode.interview is None:
        return Cell(_("no interview is recorded: whether there was one is not known"), is_known=False)
    recorded = one.episode.interview.recorded
    values = {"agency": reader.agency(recorded.agency), "by": recorded.by, "when": words.since(recorded)}
    return (_("%(agency)s, %(by)s, %(when)s") if recorded.by else _("%(agency)s, %(when)s")) % values
