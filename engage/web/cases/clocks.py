"""The clocks of a case in plain words: when time is up, how much is used, what started and ended each, whose rule it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.casework.cases.heard import RECORD
from engage.casework.cases.linked import PREFIX
from engage.casework.clocks.calendars import CALENDARS, Calendar
from engage.casework.clocks.rules import Due, Run, Span, State, Told, Unit
from engage.vocabulary.time import Precision
from engage.vocabulary.words import N_
from engage.web.components import Cell, Table


STATES = {
    State.NOT_STARTED: (N_("To come"), ""),
    State.RUNNING: (N_("Running"), "blue"),
    State.WARNING: (N_("Due soon"), "yellow"),
    State.OVERDUE: (N_("Overdue"), "red"),
    State.PAUSED: (N_("Paused"), "grey"),
    State.IN_TIME: (N_("In time"), "green"),
    State.LATE: (N_("Late"), "orange"),
    State.ENDED: (N_("Done"), "green"),
    State.TOO_EARLY: (N_("Too early"), "orange"),
    State.OPEN: (N_("May be done from now on"), "blue"),
    State.OVER: (N_("Over"), "grey"),
}
NOT_KNOWN = N_("Not known")
# So many bank holidays are named; of more it is said how many.
MOST_NAMED = 4


def run_title(run: Run) -> str:
    """How a form names a time limit: its clock, and when it began."""
    began = _told(run.started_by)
    when = began.text if isinstance(began, Cell) else began
    return _("%(clock)s, since %(when)s") % {"clock": _name(run), "when": when}


def clocks_table(runs: Iterable[Run], explain: Callable[[Run], str] | None = None) -> Table:
    """One row a run that waits, the next due first, and of those that ended whoever is still to say why one was missed. `explain`: the address at which that is said."""
    some = list(runs)
    waiting = sorted(
        (run for run in some if run.is_open),
        key=lambda run: (run.due is None, run.due.earliest_at.timestamp() if run.due else 0),
    )
    unexplained = [run for run in _ended(some) if run.is_breach_unexplained]
    return _table(_("Clocks"), [*waiting, *unexplained], explain, _("No clock runs."))


def ended_table(runs: Iterable[Run]) -> Table:
    """One row a run that has ended, the newest first: those of which nothing is left to say."""
    over = [run for run in _ended(runs) if not run.is_breach_unexplained]
    return _table(_("Clocks that have ended"), over, None, "")


def _ended(runs: Iterable[Run]) -> list[Run]:
    return [run for run in reversed(list(runs)) if not run.is_open]


def _table(caption: str, runs: list[Run], explain: Callable[[Run], str] | None, empty: str) -> Table:
    head = (_("Clock"), _("State"), _("Time is up"), _("Used"), _("Started by"), _("Ended by"), _("Why, and who authorised it"))  # fmt: skip
    return Table(
        caption,
        head,
        [(*_row(run), _why(run, explain)) for run in runs],
        empty=empty,
        is_wide=True,
    )


def in_a_line(run: Run) -> str:
    """A clock that runs, in one line: how it is called, when time is up, and how it stands."""
    due, state = _due(run), _state(run)
    values = {"clock": _name(run), "due": due if isinstance(due, str) else due.text, "state": state.text}
    return _("%(clock)s: %(due)s (%(state)s)") % values


def _row(run: Run) -> tuple[Cell | str, ...]:
    return (Cell(_name(run)), _state(run), _due(run), _used(run), _told(run.started_by), _end(run))


def _name(run: Run) -> str:
    name = f"{run.clock.code} {_(run.clock.title)}"
    notes = []
    if run.clock.is_local:
        notes.append(_("local rule: %(whose)s") % {"whose": run.clock.whose})
    if run.clock.variant_of or not run.clock.is_shown_first:
        notes.append(_("another way of counting the same"))
    return f"{name} ({'; '.join(notes)})" if notes else name


def _state(run: Run) -> Cell:
    title, colour = STATES.get(run.state, (NOT_KNOWN, ""))
    if run.is_stopped and run.state is not State.LATE:
        return Cell(_("Nothing left to do"), colour="grey")
    return Cell(_(title), colour=colour) if run.state in STATES else Cell(_(NOT_KNOWN), is_known=False)


def _due(run: Run) -> Cell | str:
    if run.due is None:
        return (
            Cell(_("As soon as possible"), is_known=True)
            if run.state in STATES
            else Cell(_(NOT_KNOWN), is_known=False)
        )
    due = due_words(run.due, is_hours=run.counted_in is Unit.CLOCK_HOUR)
    free = _free(run)
    return f"{due}. {free}" if free else due


def _free(run: Run) -> str:
    """Which bank holidays a limit of working days leaves out, for whoever counts it again on a calendar ("": none, or none is known)."""
    began = run.started_by.happened.from_at if run.started_by else None
    code = run.calendar.partition(",")[0]
    if began is None or run.due is None or run.counted_in is not Unit.WORKING_DAY or code not in CALENDARS:
        return ""
    days = Calendar(code).free_weekdays(localtime(began).date(), run.due.latest_on)
    if len(days) > MOST_NAMED:
        return _("%(count)s bank holidays are not counted") % {"count": len(days)}
    return _("Not counted: %(days)s") % {"days": ", ".join(days)} if days else ""


def due_words(due: Due, *, is_hours: bool) -> str:
    """When time is up: the moment for what is limited by hours, the last day for what is limited by days; between which two, where it is not known exactly."""
    if is_hours:
        first, last = _at(due.earliest_at), _at(due.latest_at)
    else:
        first, last = _day(due.earliest_on), _day(due.latest_on)
    return (
        first
        if first == last
        else _("between %(first)s and %(last)s: the beginning is not known exactly")
        % {"first": first, "last": last}
    )


def _at(at: datetime) -> str:
    return date_format(localtime(at), "l j F Y, H:i")


def _day(day: date) -> str:
    return date_format(day, "l j F Y")


def _used(run: Run) -> Cell | str:
    if run.used is None or run.counted_in is None:
        return Cell(_(NOT_KNOWN), is_known=False) if run.started_by else ""
    used = span_words(run.used, run.counted_in)
    left = span_words(run.left, run.counted_in) if run.left and run.is_open and run.left.least >= 0 else ""
    return _("%(used)s; %(left)s left") % {"used": used, "left": left} if left else used


def span_words(span: Span, unit: Unit) -> str:
    """So many hours or days; from so many to so many, where it is not known exactly."""
    number = str(span.least) if span.least == span.most else f"{span.least} to {span.most}"
    forms = {
        Unit.WORKING_DAY: ngettext("%(number)s working day", "%(number)s working days", span.most),
        Unit.CALENDAR_DAY: ngettext("%(number)s day", "%(number)s days", span.most),
        Unit.MONTH: ngettext("%(number)s day", "%(number)s days", span.most),
        Unit.CLOCK_HOUR: ngettext("%(number)s hour", "%(number)s hours", span.most),
    }
    return forms[unit] % {"number": number}


def _told(told: Told | None) -> Cell | str:
    if told is None:
        return ""
    at = told.happened.from_at
    if at is None:
        return Cell(_(NOT_KNOWN), is_known=False)
    when = _at(at) if told.happened.precision is Precision.MINUTE else _day(localtime(at).date())
    if told.told_id.startswith(PREFIX):
        return _by_linked(told, when)
    return _("%(when)s, by an agency's record") % {"when": when} if told.told_id.startswith(RECORD) else when


def _by_linked(told: Told, when: str) -> str:
    """What was told in a linked case, which the reader need not know: that it was, and since when it counts here."""
    at, known = told.happened.from_at, told.told_at
    if at and known and localtime(known).date() > localtime(at).date():
        values = {"when": when, "known": _day(localtime(known).date())}
        return _("%(when)s, a key decision in a linked case (known here since %(known)s)") % values
    return _("%(when)s, a key decision in a linked case") % {"when": when}


def _end(run: Run) -> Cell | str:
    if not run.ended_by:
        return _("not yet") if run.started_by else ""
    return _told(run.ended_by[-1])


def _why(run: Run, explain: Callable[[Run], str] | None) -> Cell | str:
    """Why it is late, stood still or was made longer, each with who authorised it; of what was missed and nobody explained, that nobody did."""
    said = [_authorised(run.reason, run.authorised_by)] if run.reason or run.authorised_by else []
    said += [_since(_("Stood still from %(when)s"), one) for one in run.pauses]
    said += [_since(_("Made longer on %(when)s"), one) for one in run.extensions]
    said += [
        _since(_("Not counted, for nobody authorised it in time: %(when)s"), one) for one in run.not_counted
    ]
    if run.is_breach_unexplained:
        if explain:
            return Cell("; ".join([*said, _("Say why %(clock)s was missed") % {"clock": run.clock.code}]), href=explain(run))  # fmt: skip
        said.append(_("Nobody has said why"))
    return "; ".join(said)


def _since(text: str, told: Told) -> str:
    at = _told(told)
    when = text % {"when": at.text if isinstance(at, Cell) else at}
    return f"{when} ({_authorised(told.reason, told.authorised_by)})" if told.authorised_by else when


def _authorised(reason: str, who: str) -> str:
    by = _("authorised by %(who)s") % {"who": who} if who else ""
    return "; ".join(part for part in (reason, by) if part)
