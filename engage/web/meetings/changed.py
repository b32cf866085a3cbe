"""What was done with a meeting, and what whoever is invited has to know of it first: that it was put off, is not held, or is chaired by somebody else."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from engage.casework.meetings.queries import MeetingShown, MoveMade
from engage.casework.minutes.queries import Register
from engage.web.components import Cell, Table
from engage.web.meetings import words
from engage.web.meetings.presenters import moment, title


def moves_table(shown: MeetingShown) -> Table:
    """What was done with the meeting."""
    rows = [
        (moment(one.at), one.by_name, _moved(one), one.reason, ", ".join(one.lacking)) for one in shown.moves
    ]
    return Table(_("What was done"), (_("When"), _("Who"), _("What"), _("Why"), _("Without")), rows)


def _moved(one: MoveMade) -> str:
    """What was done, with what stood before."""
    if was := one.before.get("starts_at"):
        return _("%(what)s: it was to begin on %(day)s") % {"what": words.move(one.move), "day": moment(datetime.fromisoformat(was))}  # fmt: skip
    if was := one.before.get("chair_name"):
        return _("%(what)s: before, %(who)s") % {"what": words.move(one.move), "who": was}
    return words.move(one.move)


def changes(shown: MeetingShown) -> list[str]:
    """In words, that it is not held or was put off, why and by whom: what whoever is invited has to know first."""
    some = [one for one in shown.moves if one.move in ("changed", "not_held")]
    return [
        _("%(what)s. %(why)s (%(who)s, %(at)s)") % {"what": _moved(one), "why": one.reason, "who": one.by_name, "at": moment(one.at)}
        for one in some[-1:]
    ]  # fmt: skip


def to_tell(shown: MeetingShown) -> list[str]:
    """Those invited who do not sign in, with how they are reached: nobody else tells them."""
    some = (one for one in shown.invitees if one.is_invited and (not one.agency or one.holder))
    return [f"{one.title}: {one.contact}" if one.contact else one.title for one in some]


def off_table(found: Register) -> Table:
    """Meetings that were put off or not held, with why."""
    rows = [
        (Cell(title(one.head, found.kinds.get(one.head.kind)), href=reverse("meeting", args=[one.head.number])), _moved(one.move), one.move.reason, one.move.by_name, moment(one.move.at))
        for one in found.off
    ]  # fmt: skip
    head = (_("Meeting"), _("What was done"), _("Why"), _("Who"), _("When"))
    return Table(_("Meetings put off or not held, the last first"), head, rows, empty=_("None that fits, of what you may see."))  # fmt: skip
