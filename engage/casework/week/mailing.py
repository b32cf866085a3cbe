"""How does a digest leave? One plain mail a worker and day through the mail server of the settings, with numbers and a link.

Before a mail leaves it is kept that it does, and taken back where the server did not take it: whoever runs the command again that day, or at the same time, or after it was
stopped, sends nobody a second one. Who was just being sent theirs when it was stopped may have none that day.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.casework.week.digest import Digest
from engage.casework.week.lists import DUE, NEW, WAITS_FOR_ME, WAITS_FOR_OTHERS
from engage.casework.week.models import DigestSent
from engage.vocabulary.time import london_day


# A server that did not answer so many times, one after the other, is not asked again: each time may take as long as the settings wait.
DEAF = 3
# What the server says no with, what the network does, and an address that cannot be written for it.
_REFUSED = (SMTPException, OSError, ValueError)


@dataclass(frozen=True)
class Sent:
    """How many mails left, how many workers nothing waits for, how many mails the server did not take, and how many workers had theirs already that day."""

    sent: int
    empty: int
    failed: int
    before: int = 0


@dataclass
class _Server:
    """The mail server, and how often it did not answer since it last did."""

    connection: BaseEmailBackend
    unanswered: int = 0

    def takes(self, mail: EmailMessage) -> bool:
        """It took the mail. One that fails holds up no other."""
        if self.unanswered >= DEAF:
            return False
        try:
            return self._has_taken(mail)
        except _REFUSED as error:
            # Of what kind, and not to whom.
            logging.getLogger(__name__).warning("a digest was not sent: %s", type(error).__name__)
            return False
        finally:
            # What fails after the mail was taken makes it no less taken.
            with suppress(*_REFUSED):
                self.connection.close()

    def _has_taken(self, mail: EmailMessage) -> bool:
        self.unanswered += 1
        self.connection.open()
        self.unanswered = 0
        return bool(self.connection.send_messages([mail]))


def send(digests: Iterable[Digest], area_name: str, at: datetime) -> Sent:
    """Send a mail for every digest in which something waits, to who had none that day."""
    sent = empty = failed = before = 0
    server, today = _Server(get_connection()), london_day(at)
    DigestSent.objects.filter(on_day__lt=today).delete()
    for one in digests:
        if one.is_empty:
            empty += 1
        elif not _is_first(one.user, today, at):
            before += 1
        elif server.takes(_mail(one, area_name)):
            sent += 1
        else:
            DigestSent.objects.filter(user=one.user, on_day=today).delete()
            failed += 1
    return Sent(sent, empty, failed, before)


def _is_first(user: str, today: date, at: datetime) -> bool:
    """Keep that theirs of today leaves; False where it did already, or somebody sends it at the same moment."""
    _row, is_first = DigestSent.objects.get_or_create(user=user, on_day=today, defaults={"sent_at": at})
    return is_first


def _mail(one: Digest, area_name: str) -> EmailMessage:
    return EmailMessage(
        _("Engage: your day"), body(one.counts, area_name), settings.DEFAULT_FROM_EMAIL, [one.address]
    )


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
