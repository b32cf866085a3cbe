"""The screen on one side of paper: for the night duty officer and the emergency duty team, printed or kept for when the network is down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.picture.missing import rules
from engage.picture.missing.screen import Listed, Screen
from engage.web.missing import presenters, words
from engage.web.missing.reading import Reader


# How much of each fact fits on one side for eight children; the rest is on the screen, and the sheet says how much.
PLACES, PEOPLE, THINGS, CHECKS = 2, 2, 3, 2
ROWS, BACK_ROWS = 12, 8


@dataclass(frozen=True)
class Row:
    """One child who is missing, in five cells."""

    name: str
    age: str
    since: str
    lasting: str
    home: str
    found: str
    company: str
    things: str
    checks: tuple[str, ...]


@dataclass(frozen=True)
class BackRow:
    """One child who is back, whose interview is not recorded."""

    name: str
    age: str
    back: str
    interview: str
    due: str


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet; `more`, `unended` and `back_more` say how many are not on it."""

    moment: str
    received: tuple[str, ...]
    rows: tuple[Row, ...]
    more: str
    unended: tuple[str, ...]
    back: tuple[BackRow, ...]
    back_more: str
    sees_reports: bool


def sheet(shown: Screen, reader: Reader) -> Sheet:
    """The screen as one side of paper."""
    waiting = [
        one
        for one in shown.back
        if one.interview and one.interview.how not in (rules.HELD, rules.REFUSED, rules.OFFERED)
    ]
    waiting.sort(key=lambda one: one.episode.end.until_at if one.episode.end else shown.now, reverse=True)
    more, later = len(shown.missing) - ROWS, len(waiting) - BACK_ROWS
    return Sheet(
        moment=words.moment(shown.now),
        received=tuple(
            _("%(agency)s up to %(day)s") % {"agency": reader.agency(agency), "day": words.day_of(last)}
            for agency, last in sorted(shown.received.items())
        ),
        rows=tuple(_row(one, shown) for one in shown.missing[:ROWS]),
        more=ngettext(
            "%(n)s more child is missing: see the screen.",
            "%(n)s more children are missing: see the screen.",
            more,
        )
        % {"n": more}
        if more > 0
        else "",
        unended=tuple(
            f"{presenters.name(one)} ({words.since(one.episode.since)})" for one in shown.unended[:ROWS]
        ),
        back=tuple(_back(one) for one in waiting[:BACK_ROWS]),
        back_more=ngettext("%(n)s more: see the screen.", "%(n)s more: see the screen.", later) % {"n": later}
        if later > 0
        else "",
        sees_reports=shown.sees_reports,
    )


def _row(one: Listed, shown: Screen) -> Row:
    found = [presenters.place_line(place) for place in one.places]
    company = [
        f"{with_.name} ({', '.join(with_.roles)}, {words.short(with_.on[0])})" for with_ in one.company
    ]
    named = {with_.name for with_ in one.company}
    company += [
        _("%(name)s (missing together)") % {"name": name}
        for name in presenters.partners(one, shown)
        if name not in named
    ]
    things = [tie.label for tie in (*one.phones, *one.vehicles)]
    checks = [words.check_in_short(check) for check in reversed(one.checks) if not check.is_struck]
    return Row(
        name=presenters.name(one),
        age=_age(one),
        since=words.since(one.episode.since),
        lasting=words.lasting(shown.now - one.episode.since.from_at),
        home="; ".join(one.homes[:1]) or _("not known"),
        found=_few(found, PLACES),
        company=_few(list(dict.fromkeys(company)), PEOPLE),
        things=_few(things, THINGS),
        checks=tuple(checks[:CHECKS]) or (_("none recorded"),),
    )


def _age(one: Listed) -> str:
    return words.ages(one) or _("not known")


def _few(lines: Sequence[str], most: int) -> str:
    """The first of them, and how many more there are."""
    if not lines:
        return _("not known")
    shown = "; ".join(lines[:most])
    rest = len(lines) - most
    return (
        ngettext("%(shown)s; and %(n)s more", "%(shown)s; and %(n)s more", rest) % {"shown": shown, "n": rest}
        if rest > 0
        else shown
    )


def _back(one: Listed) -> BackRow:
    end, due = one.episode.end, one.interview
    return BackRow(
        name=presenters.name(one),
        age=_age(one),
        back=words.back(end) if end else "",
        interview=words.interview(due)[0] if due else "",
        due=words.due(due) if due else "",
    )
