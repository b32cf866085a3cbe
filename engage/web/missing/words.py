"""How times, ends, interviews and checks are said on the pages on missing children, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.picture.missing import rules
from engage.picture.missing.actions import CHECKED, RESULTS
from engage.picture.missing.rules import End, InterviewDue, Recorded
from engage.picture.missing.screen import Check, Listed, Returned
from engage.vocabulary.words import N_


_INTERVIEWS = {
    rules.HELD: (N_("Held"), "green"),
    rules.NOT_HELD: (N_("Recorded as not held"), "yellow"),
    rules.OFFERED: (N_("Offered, no more recorded"), "yellow"),
    rules.OUTCOME_NOT_KNOWN: (N_("Recorded, outcome not known"), "grey"),
    rules.REFUSED: (N_("Refused"), "yellow"),
    rules.DUE: (N_("Due"), "blue"),
    rules.NOT_RECORDED: (N_("Not recorded, time is over"), "red"),
    rules.TIME_NOT_KNOWN: (N_("Not recorded, due time not known"), "grey"),
}
# By whether it was in time; of one of which that is not known only that it was held.
_HELD: dict[bool | None, tuple[str, str]] = {
    True: (N_("Held in time"), "green"),
    False: (N_("Held after its time was up"), "yellow"),
}
_ENDS = {
    rules.FOUND: N_("recorded as found"),
    rules.SAID: N_("the report says until when"),
    rules.HOURS: N_("the report says for how many hours"),
    rules.BY_INTERVIEW: N_("a return interview says so"),
    rules.REPORTED_ANEW: N_("was reported missing anew"),
}


def day(value: date) -> str:
    """6 April 2026."""
    return date_format(value, "j F Y")


def day_of(iso: str) -> str:
    """A stored day in words."""
    return day(date.fromisoformat(iso))


def short(value: date) -> str:
    """6 Apr 2026."""
    return date_format(value, "j M Y")


def moment(value: datetime) -> str:
    """Mon 6 April 2026, 22:12, in London."""
    return date_format(localtime(value), "D j F Y, H:i")


def lasting(length: timedelta) -> str:
    """How long, in days and hours; under an hour in minutes."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = [ngettext("%(n)s day", "%(n)s days", days) % {"n": days}] if days else []
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if not parts:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return " ".join(parts)


def ages(one: Listed | Returned) -> str:
    """How old in years, by each birth that is said: 16; 15 to 16; 16 or 19. "" where no birth is known."""
    said = [
        str(youngest)
        if youngest == oldest
        else _("%(youngest)s to %(oldest)s") % {"youngest": youngest, "oldest": oldest}
        for youngest, oldest in one.ages
    ]
    return _(" or ").join(said)


def since(report: Recorded) -> str:
    """When the child was reported missing, as exactly as the record says."""
    if report.precision == "minute":
        return moment(report.from_at)
    if report.precision == "day":
        return _("%(day)s, hour not known") % {"day": day(localtime(report.from_at).date())}
    return _("not before %(day)s, day not known") % {"day": day(localtime(report.from_at).date())}


def back(end: End) -> str:
    """When the child was back, as exactly as it is known."""
    if end.from_at is None:
        return _("before %(moment)s, when is not known") % {"moment": moment(end.until_at)}
    if end.precision == "minute":
        return moment(end.from_at)
    if end.precision == "about":
        return _("about %(moment)s") % {"moment": moment(end.from_at)}
    return _("%(day)s, hour not known") % {"day": day(localtime(end.from_at).date())}


def returned(one: Returned) -> str:
    """When the child was back, and whether the child was reported missing again since."""
    if one.episode.end is None:
        return ""
    said = back(one.episode.end)
    return _("%(back)s; reported missing again since") % {"back": said} if one.is_again else said


def how_ended(end: End) -> str:
    """By what it is known that the child is back."""
    return _(_ENDS[end.how])


def interview(due: InterviewDue) -> tuple[str, str]:
    """What is known of the return interview, and the colour of its tag."""
    words, colour = _HELD.get(due.in_time, _INTERVIEWS[due.how]) if due.how == rules.HELD else _INTERVIEWS[due.how]  # fmt: skip
    return _(words), colour


def due_and_left(one: InterviewDue, now: datetime) -> str:
    """The same, and while it is still waited for how long that is from now."""
    if one.due_at is None or not one.is_exact or not one.is_open or one.due_at <= now:
        return due(one)
    return _("%(moment)s: %(hours)s left") % {"moment": due(one), "hours": lasting(one.due_at - now)}


def due(one: InterviewDue) -> str:
    """Until when the interview is due."""
    if one.due_at is None:
        return _("not known: the time of coming back is not")
    if one.is_exact:
        return moment(one.due_at)
    return _("%(moment)s at the earliest: the hour of coming back is not known") % {
        "moment": moment(one.due_at)
    }


def check(one: Check, agency: str) -> str:
    """One check in a line: what, which, what came of it, who, of which agency, and when."""
    said = _("%(what)s %(subject)s: %(result)s (%(by)s, %(agency)s, %(at)s)")
    return said % {**_check(one), "agency": agency}


def check_in_short(one: Check) -> str:
    """The same without the agency, for paper."""
    return _("%(what)s %(subject)s: %(result)s (%(by)s, %(at)s)") % _check(one)


def _check(one: Check) -> dict[str, str]:
    return {
        "what": _(CHECKED.get(one.what, one.what)),
        "subject": one.subject,
        "result": _(RESULTS.get(one.result, one.result)).lower(),
        "by": one.by,
        "at": moment(one.at),
    }
