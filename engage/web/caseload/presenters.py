"""Caseload and audits in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.cases.listing import name_in_lists
from engage.casework.cases.rules import Head
from engage.casework.forms.rules import FOUR_ANSWERS, Form
from engage.casework.week.caseload import Caseload, Load
from engage.casework.week.limits import Kept, Limits
from engage.casework.week.queries import DrawSeen
from engage.casework.week.sampling import SMALL, Counted, DrawShown, form_for
from engage.picture.search.called import Called
from engage.web.cases import words
from engage.web.components import Cell, SummaryRow, Table
from engage.web.people.presenters import Reader


def limits_table(found: Limits) -> Table:
    """Each clock in counts."""
    head = (_("Clock"), _("Ended in time"), _("Ended late"), _("Runs, with time left"), _("Over, and not ended"), _("Ended without a limit, or needed nothing more"))  # fmt: skip
    return Table(
        _("Time limits"), head, [_kept(one) for one in found.kept], numbers=frozenset(range(1, 6)), empty=_("No clock was begun in these cases."), is_wide=True
    )  # fmt: skip


def _kept(one: Kept) -> tuple[Cell | str, ...]:
    name = f"{one.clock.code} {_(one.clock.title)}"
    if one.clock.variant_of:
        name = _("%(clock)s (another way of counting %(same)s)") % {
            "clock": name,
            "same": one.clock.variant_of,
        }
    return (name, *(f"{count:,}" for count in (one.in_time, one.late, one.running, one.overdue, one.other)))


def workers_table(found: Caseload) -> Table:
    """How many open cases each worker has, by state; by name."""
    rows = [
        (
            one.name or Cell(_("Nobody yet"), is_known=False),
            str(one.count),
            "; ".join(f"{_(state)}: {count}" for state, count in one.by_state.items()) or _("none"),
        )
        for one in found.workers
    ]
    return Table(
        _("Open cases by worker"), (_("Worker"), _("Open cases"), _("By state")), rows, numbers=frozenset({1}), empty=_("Nobody has an open case.")
    )  # fmt: skip


def loads_table(found: Caseload, reader: Reader) -> Table:
    """Each open case with the facts of supervision."""
    head = (_("Case"), _("About"), _("Worker"), _("State"), _("Next review"), _("Last supervision"), _("Child last seen"), _("Open actions"))  # fmt: skip
    rows = [_load(one, found.names, reader) for one in found.loads]
    return Table(_("Cases"), head, rows, numbers=frozenset({7}), empty=_("None that you may know of."), is_wide=True)  # fmt: skip


def _load(one: Load, names: Mapping[str, Called], reader: Reader) -> tuple[Cell | str, ...]:
    return (
        _case(one.head, reader),
        _about(one.head, names),
        one.head.worker_name or Cell(_("Nobody yet"), is_known=False),
        _(one.head.state.title),
        _day(one.review_on),
        _day(one.supervised_on),
        _day(one.seen_on),
        str(one.open_action_count),
    )


def _case(head: Head, reader: Reader) -> Cell:
    return Cell(_("Case %(number)s") % {"number": head.number}, href=reader.link("case", str(head.number)))


def _about(head: Head, names: Mapping[str, Called]) -> Cell:
    name = name_in_lists(head, names)
    return Cell(name or _("Name not shown"), is_known=bool(name))


def _day(on: date | None) -> Cell:
    return Cell(date_format(on, "j F Y")) if on else Cell(_("not written"), is_known=False)


def draws_table(found: tuple[DrawShown, ...], reader: Reader) -> Table:
    """Every draw, newest first."""
    rows = [
        (
            Cell(_("Draw %(number)s") % {"number": one.number}, href=reader.link("audits_one", str(one.number))),
            _("%(wanted)s of %(pool)s") % {"wanted": min(one.rule.wanted, one.pool), "pool": one.pool},
            one.by_name,
            date_format(localtime(one.at), "j F Y, H:i"),
        )
        for one in found
    ]  # fmt: skip
    return Table(_("Draws"), (_("Draw"), _("Cases"), _("By"), _("When")), rows, empty=_("None yet."))


def rule_rows(one: DrawShown) -> list[SummaryRow]:
    """By which rule a draw was made, so that it can be made again."""
    states = {"open": _("Open"), "ended": _("Ended")}
    rule = one.rule
    period = _("%(first)s to %(last)s") % {
        "first": date_format(rule.from_on, "j F Y") if rule.from_on else _("the beginning"),
        "last": date_format(rule.until_on, "j F Y") if rule.until_on else _("the day of the draw"),
    }
    return [
        SummaryRow(
            _("Cases"), (Cell(_("%(wanted)s at random, of %(pool)s that fit") % {"wanted": min(rule.wanted, one.pool), "pool": one.pool}),)
        ),
        SummaryRow(_("About"), (Cell(words.kind(rule.kind)),)),
        SummaryRow(_("State"), (Cell(states.get(rule.state, _("Open and ended"))),)),
        SummaryRow(_("Opened"), (Cell(period),)),
        SummaryRow(_("Number to begin the draw with"), (Cell(rule.seed, is_verbatim=True),)),
        SummaryRow(_("What is to be learned"), (Cell(rule.why) if rule.why else Cell(_("not written"), is_known=False),)),
        SummaryRow(_("Drawn"), (Cell(f"{one.by_name}, {date_format(localtime(one.at), 'j F Y, H:i')}"),)),
    ]  # fmt: skip


def drawn_table(seen: DrawSeen, reader: Reader) -> Table:
    """The cases of a draw, each with whether it was read, and the form to read it on."""
    rows = [
        (
            _case(head, reader),
            _about(head, seen.names),
            _("Read") if head.number in seen.read else Cell(_("Not read yet"), is_known=False),
            Cell(
                _("Fill in the form"), href=reader.link("case_write", str(head.number), form_for(head.kind))
            ),
        )
        for head in seen.heads
    ]
    return Table(_("Cases of this draw"), (_("Case"), _("About"), _("Audit"), _("Form")), rows, empty=_("None that you may know of any more."))  # fmt: skip


def results_table(seen: DrawSeen, form: Form) -> Table:
    """What was found by question; a number below 5 is said to be small, and nothing is by author."""
    rows = [line for one in seen.results for line in _result(one, form)]
    return Table(
        _("What was found, by question"), (_("Question"), _("Answer"), _("Cases")), rows, numbers=frozenset({2}), empty=_("Nothing was read yet.")
    )  # fmt: skip


def _result(one: Counted, form: Form) -> list[tuple[Cell | str, ...]]:
    question = form.question(one.question)
    if question is None:
        return []
    titles = {choice.code: choice.title for choice in question.choices} or FOUR_ANSWERS
    label = _(question.label)
    if not one.answers:
        return [(label, _("Something was written"), _count(one.written))]
    return [(label, _(titles.get(code, code)), _count(count)) for code, count in one.answers.items()]


def _count(count: int | None) -> str:
    return str(count) if count is not None else _("fewer than %(small)s, or left out with one that is") % {"small": SMALL}  # fmt: skip
