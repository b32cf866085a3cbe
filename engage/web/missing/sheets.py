"""The screen on one side of paper: for the night duty officer and the emergency duty team, printed or kept for when the network is down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.picture.missing.screen import Listed, Returned, Screen
from engage.web.missing import presenters, unplaced, words
from engage.web.missing.reading import Reader
from engage.web.people import words as people_words


# How much of each fact fits on one side for eight children; the rest is on the screen, and the sheet says how much. Of children nobody
# who is missing is left out: after so many rows they are named with their times, and of other lists it is said how many more there are.
PLACES, PEOPLE, THINGS, CHECKS, HOMES = 2, 2, 3, 2, 1
ROWS, BACK_ROWS, NAMED = 12, 8, 12


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
class Named:
    """Several in one line: each by name and time, and how many more there are ("" for none)."""

    title: str
    lines: tuple[str, ...]
    more: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet. `count` is how many are missing: `longer` are those for whom there is no row, by name and time; `named` the
    further lists."""

    moment: str
    received: tuple[str, ...]
    count: int
    longer: tuple[str, ...]
    rows: tuple[Row, ...]
    back: tuple[BackRow, ...]
    back_more: Named | None
    named: tuple[Named, ...]
    sees_reports: bool


def sheet(shown: Screen, reader: Reader) -> Sheet:
    """The screen as one side of paper. Who went last has a row: of those who have been away for longer most is known to whoever reads it."""
    missing = sorted(shown.missing, key=lambda one: (one.episode.since.from_at, one.person_id))
    waiting = [one for one in shown.back if one.interview.is_open]
    waiting.sort(key=lambda one: one.episode.end.until_at if one.episode.end else shown.now, reverse=True)
    return Sheet(
        moment=words.moment(shown.now),
        received=tuple(
            _("%(agency)s up to %(day)s") % {"agency": reader.agency(agency), "day": words.day_of(last)}
            for agency, last in sorted(shown.received.items())
        ),
        count=len(missing),
        longer=tuple(map(_by_name, missing[:-ROWS])),
        rows=tuple(_row(one, shown) for one in missing[-ROWS:]),
        back=tuple(_back(one, shown.now) for one in waiting[:BACK_ROWS]),
        back_more=_named(
            _("Also back"),
            [f"{presenters.name(one)} ({_back(one, shown.now).due})" for one in waiting[BACK_ROWS:]],
        ),
        named=tuple(filter(None, _further(shown, reader))),
        sees_reports=shown.sees_reports,
    )


def _by_name(one: Listed) -> str:
    return _("%(name)s, %(age)s (%(since)s)") % {
        "name": presenters.name(one),
        "age": _age(one),
        "since": words.since(one.episode.since),
    }


def _by_names(listed: Sequence[Listed]) -> list[str]:
    """Who went last first."""
    newest = sorted(listed, key=lambda one: one.episode.since.from_at, reverse=True)
    return [_by_name(one) for one in newest]


def _further(shown: Screen, reader: Reader) -> list[Named | None]:
    untimed = [unplaced.in_one_line(one, reader) for one in shown.unplaced.untimed]
    unnamed = [unplaced.report_in_one_line(one, reader) for one in shown.unplaced.unnamed]
    return [
        _named(
            _("Reported, end not received: ask whether they are back"),
            _by_names(shown.unended),
        ),
        _named(_("Recorded, time not known: ask"), untimed),
        _named(_("Reports in which you see nobody as a missing child: read them"), unnamed),
        _named(
            _("Reported more than %(days)s days ago, and not recorded as back") % {"days": shown.long_days},
            _by_names(shown.long),
        ),
    ]


def _named(title: str, lines: Sequence[str]) -> Named | None:
    """The first of them, and how many more; None for none."""
    rest = len(lines) - NAMED
    more = ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": rest} if rest > 0 else ""
    return Named(title, tuple(lines[:NAMED]), more) if lines else None


def _row(one: Listed, shown: Screen) -> Row:
    found = [presenters.place_line(place) for place in one.places]
    company = [
        f"{with_.name} ({', '.join(map(people_words.part, with_.roles))}, {words.short(with_.on[0])})"
        for with_ in one.company
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
        home=_few(one.homes, HOMES),
        found=_few(found, PLACES),
        company=_few(list(dict.fromkeys(company)), PEOPLE),
        things=_few(things, THINGS),
        checks=tuple(checks[:CHECKS]) or (_("none recorded"),),
    )


def _age(one: Listed | Returned) -> str:
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


def _back(one: Returned, now: datetime) -> BackRow:
    return BackRow(
        name=presenters.name(one),
        age=_age(one),
        back=words.returned(one),
        interview=words.interview(one.interview)[0],
        due=words.due_and_left(one.interview, now),
    )
