"""How does a digest leave? One plain mail a worker through the mail server of the settings, with numbers and a link."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.casework.week.digest import Digest
from engage.casework.week.lists import DUE, NEW, WAITS_FOR_ME, WAITS_FOR_OTHERS


@dataclass(frozen=True)
class Sent:
    """How many mails left, how many workers nothing waits for, and how many mails the server did not take."""

    sent: int
    empty: int
    failed: int


def send(digests: Iterable[Digest], area_name: str) -> Sent:
    """Send a mail for every digest in which something waits. One that fails holds up no other."""
    sent = empty = failed = 0
    connection = get_connection()
    for one in digests:
        if one.is_empty:
            empty += 1
            continue
        mail = EmailMessage(
            _("Engage: your day"), body(one.counts, area_name), settings.DEFAULT_FROM_EMAIL, [one.address], connection=connection
        )  # fmt: skip
        try:
            mail.send()
        except (SMTPException, OSError) as error:
            # Of what kind, and not to whom.
            logging.getLogger(__name__).warning("a digest was not sent: %s", type(error).__name__)
            failed += 1
        else:
            sent += 1
    return Sent(sent, empty, failed)


def body(counts: dict[str, int], area_name: str) -> str:
    """Numbers, and where to sign in. Nothing that tells of anybody."""
    due, new, mine, others = (counts[one] for one in (DUE, NEW, WAITS_FOR_ME, WAITS_FOR_OTHERS))
    lines = [
        ngettext("%(count)s thing is due.", "%(count)s things are due.", due) % {"count": due},
        ngettext("%(count)s thing is new since your last visit.", "%(count)s things are new since your last visit.", new) % {"count": new},
        ngettext("%(count)s thing waits for you.", "%(count)s things wait for you.", mine) % {"count": mine},
        ngettext("You wait for %(count)s thing from others.", "You wait for %(count)s things from others.", others)
        % {"count": others},
    ]  # fmt: skip
    end = _("Sign in to see what: %(address)s") % {"address": settings.ENGAGE_ADDRESS} if settings.ENGAGE_ADDRESS else _("Sign in to Engage to see what.")  # fmt: skip
    stop = _("You asked for this mail on your page “Digest”, and can end it there.")
    return "\n".join([f"Engage, {area_name}", "", *lines, "", end, stop, ""])
