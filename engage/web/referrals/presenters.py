"""What became of referrals, in words that are safe to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.referrals.rules import (
    ACCEPTED,
    ACKNOWLEDGED,
    DECLINED,
    RECEIVED,
    USED,
    WITHDRAWN,
    Fate,
    LinkShown,
)
from engage.vocabulary.words import N_
from engage.web.components import Cell, SummaryRow, Table


_STEPS = {
    RECEIVED: N_("Received"),
    ACKNOWLEDGED: N_("Somebody has it, and decides"),
    ACCEPTED: N_("Accepted: the team takes it on"),
    DECLINED: N_("Declined: the team does not take it on"),
}
_LINKS = {
    "open": N_("Open"),
    USED: N_("Used"),
    WITHDRAWN: N_("Withdrawn"),
    "over": N_("Over"),
}


@dataclass(frozen=True)
class Card:
    """One referral with its steps."""

    number: int
    title: str
    rows: list[SummaryRow]


def card(one: Fate) -> Card:
    """One referral, in the order in which things happened."""
    title = _("%(called)s, sent %(when)s") % {"called": one.called, "when": when(one.at)}
    if one.by_link_of:
        title = _("%(title)s, by %(who)s through your link") % {"title": title, "who": one.by_link_of}
    rows = [
        SummaryRow(
            _(_STEPS[step.what]),
            (
                Cell(when(step.at)),
                *((Cell(_(step.reason)),) if step.reason else ()),
                *((Cell(step.to_referrer, is_text=True),) if step.to_referrer else ()),
            ),
        )
        for step in one.steps
    ]
    return Card(one.number, title, rows)


def links_table(found: Iterable[LinkShown]) -> Table:
    """The links, newest first."""
    head = (_("Number"), _("For whom"), _("Sent to"), _("Made by"), _("Until"), _("State"))
    rows = [
        (
            str(one.number),
            f"{one.partner.name}, {one.partner.organisation}",
            one.partner.reach,
            f"{one.made_by_name}, {when(one.made_at)}",
            when(one.expires_at),
            _(_LINKS[one.state]),
        )
        for one in found
    ]
    return Table(_("Links that your agency made"), head, rows, empty=_("None."))


def when(at: datetime) -> str:
    """A moment by the clock on the wall."""
    return date_format(localtime(at), "j F Y, H:i")
