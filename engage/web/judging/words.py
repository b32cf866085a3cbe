"""Words that several pages of judging share."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.identities.judging.rules import Named, kinds
from engage.vocabulary.words import N_


SAYS = {"same": N_("one person"), "different": N_("different people"), "unsure": N_("cannot tell")}
KINDS = {
    "partial": N_("Half a name"),
    "unsure": N_("Just short"),
    "thin": N_("Names alone"),
    "apart": N_("Far apart"),
    "joined": N_("Joined already"),
    "refused": N_("Strong, but refused"),
    "identifiers": N_("Contradicting numbers"),
    "twin": N_("Perhaps twins"),
    "generation": N_("Perhaps parent and child"),
    "related": N_("Known as two"),
    "born": N_("Different days of birth"),
    "disputed": N_("Judges disagree"),
    "waiting": N_("Waits for a second judge"),
}


def kind(code: str) -> str:
    """A kind of question in words; its title in the list of kinds where it is newer than these."""
    return _(KINDS.get(code) or str(kinds()[code][-1]["title"]))


def when(at: datetime) -> str:
    """A day and a time, in London."""
    return date_format(localtime(at), "j F Y, H:i")


def named(record: Named | None) -> str:
    """Name and birth as recorded; "" when neither is known or may be seen."""
    if record is None or not (record.name or record.birth):
        return ""
    if not record.birth:
        return record.name
    values = {"name": record.name or _("name not known"), "birth": record.birth}
    return _("%(name)s, born %(birth)s") % values
