"""Screenings as pages show them: what was asked, by whose leave, in which state, until when. Nothing of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.networks.screening.rules import ASKED, AUTHORISED, RUN
from engage.networks.screening.standing import Standing
from engage.web.access.words import purpose_title
from engage.web.components import Cell, SummaryRow, Table
from engage.web.people import words as people_words
from engage.web.people.presenters import Reader
from engage.web.screening import words


@dataclass(frozen=True)
class May:
    """What the reader may do with a screening now."""

    authorise: bool
    run: bool
    withdraw: bool


def may(one: Standing, reader: Reader) -> May:
    """What may be done now by who reads."""
    is_mine, is_named = one.asked_by == reader.user_id, one.authoriser == reader.user_id
    return May(
        is_named and one.state == ASKED,
        is_mine and one.state == AUTHORISED,
        one.is_kept and (is_mine or (is_named and one.state != ASKED)),
    )


def title(one: Standing) -> str:
    """What a screening is called."""
    return _("Screening %(number)s: %(list)s") % {"number": one.number, "list": one.whose_list}


def tag(state: str) -> Cell:
    """Its state."""
    text, colour = words.state(state)
    return Cell(text, colour=colour)


def rows(one: Standing, reader: Reader) -> list[SummaryRow]:
    """What was asked for."""
    told = (
        (_("Whose list"), one.whose_list),
        (_("Why"), one.why),
        (_("Purpose"), purpose_title(one.purpose)),
        (_("Asked for by"), _("%(who)s, %(agency)s, on %(when)s") % {"who": one.asked_by_name, "agency": reader.agency(one.agency), "when": _moment(one.asked_at)}),
        (_("Whose leave"), one.authoriser_name),
        (_("What is in it"), counted(one)),
        (_("Kept until"), until(one)),
    )  # fmt: skip
    return [SummaryRow(key, (Cell(text),)) for key, text in told]


def counted(one: Standing) -> str:
    """How many rows, and of what."""
    names, phones, plates = one.counts
    rows = ngettext("%(count)s row", "%(count)s rows", one.row_count) % {"count": one.row_count}
    parts = (
        ngettext("%(count)s name", "%(count)s names", names) % {"count": names},
        ngettext("%(count)s phone", "%(count)s phones", phones) % {"count": phones},
        ngettext("%(count)s plate", "%(count)s plates", plates) % {"count": plates},
    )
    return f"{rows}: {', '.join(parts)}"


def until(one: Standing) -> str:
    """Until when something of it is kept."""
    if not one.is_kept:
        return _("nothing of the list is kept")
    last = people_words.day(one.term_ends_on - timedelta(days=1))
    if one.state == RUN:
        return _("%(day)s: then what it led to is cleared") % {"day": last}
    return _("%(day)s: if it is not run by then, the list is cleared") % {"day": last}


def counts(one: Standing) -> tuple[int, int] | None:
    """How many rows led to something when it was run, and how many to nothing; None before."""
    return None if one.hit_count is None else (one.hit_count, one.row_count - one.hit_count)


def steps_table(one: Standing) -> Table:
    """Who did what with it, in order."""
    head = (_("When"), _("Who"), _("What"), _("Why"))
    asked = (_moment(one.asked_at), one.asked_by_name, _("Asked for it"), "")
    steps = [
        (_moment(step.said_at), step.said_by_name, words.step(step.says), step.reason) for step in one.steps
    ]
    return Table(_("What was done"), head, [asked, *steps])


def waiting_table(found: Iterable[Standing], reader: Reader) -> Table:
    """Those that wait for the reader's leave."""
    head = (_("Whose list"), _("Asked for by"), _("Purpose"), _("What is in it"), _("Waits until"))
    rows = [
        (
            Cell(title(one), href=reverse("screenings_leave", args=[one.number])),
            one.asked_by_name,
            purpose_title(one.purpose),
            counted(one),
            people_words.day(one.term_ends_on - timedelta(days=1)),
        )
        for one in found
        if one.state == ASKED and one.authoriser == reader.user_id
    ]
    return Table(_("They wait for your leave"), head, rows, empty=_("None waits for you."))


def mine_table(found: Sequence[Standing], reader: Reader) -> Table:
    """Those that the reader asked for, or had a say in."""
    head = (_("Screening"), _("Asked for by"), _("Whose leave"), _("State"), _("Kept until"))
    rows = [
        (
            Cell(title(one), href=reverse("screenings_one", args=[one.number])),
            one.asked_by_name,
            one.authoriser_name,
            tag(one.state),
            until(one),
        )
        for one in found
        if one.asked_by == reader.user_id or one.state != ASKED
    ]
    return Table(_("Screenings that you asked for, or had a say in"), head, rows, empty=_("None yet."))


def everybodys_table(found: Iterable[Standing], reader: Reader) -> Table:
    """All of the area, for those who audit."""
    head = (_("Screening"), _("Asked for by"), _("Agency"), _("Why"), _("Purpose"), _("What is in it"), _("Whose leave"), _("State"), _("Kept until"))  # fmt: skip
    rows = [
        (
            title(one),
            _("%(who)s on %(when)s") % {"who": one.asked_by_name, "when": _moment(one.asked_at)},
            reader.agency(one.agency),
            one.why,
            purpose_title(one.purpose),
            counted(one),
            one.authoriser_name,
            tag(one.state),
            until(one),
        )
        for one in found
    ]
    return Table(_("Everybody's screenings"), head, rows, empty=_("Nobody has screened a list."), is_caption_hidden=True)  # fmt: skip


def _moment(at: object) -> str:
    return date_format(localtime(at), "j F Y, H:i")  # type: ignore[arg-type]
