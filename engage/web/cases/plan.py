"""The plan of a case in plain words: three lanes with their goals, how it was agreed, and the safety plan and the missing plan beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engage.casework.cases.plan import (
    AGREED,
    GOAL,
    MISSING,
    PREVENT,
    PROTECT,
    PURSUE,
    REVIEW,
    SAFETY,
    Goal,
    Plan,
    reviewed_on,
    said,
)
from engage.casework.cases.queries import CaseShown
from engage.casework.cases.rules import EntryShown
from engage.casework.forms.rules import Form, day_of
from engage.casework.lifecycles.states import CHILD
from engage.vocabulary.words import N_
from engage.web.components import Cell, SummaryRow, Table
from engage.web.filling.fields import People, choices
from engage.web.filling.presenters import answers_rows
from engage.web.people.presenters import Reader


LANES = {
    PREVENT: (N_("Prevent: help for the child and the family"), N_("No goal to prevent.")),
    PROTECT: (N_("Protect: safety, missing, places"), N_("No goal to protect.")),
    PURSUE: (N_("Pursue: those who harm, and the evidence against them"), N_("No goal to pursue.")),
}
BESIDE = {SAFETY: N_("Nobody has written a safety plan."), MISSING: N_("Nobody has written a plan for when the child is missing.")}  # fmt: skip
# How a plan was agreed, as its summary says it.
_AGREED = ("agreed_on", "kind", "who_agreed", "child_view", "parents_view", "empty_why", "review_on")


@dataclass(frozen=True)
class Writing:
    """Whoever reads the page: which forms they may fill in here, by code, how people and goals are called, what day it is, and where links lead (none on paper)."""

    number: int
    forms: Mapping[str, Form]
    offered: frozenset[str]
    people: People
    today: date
    reader: Reader
    is_printed: bool = False

    def link(self, form: str, query: str = "") -> str:
        """Where a form is filled in; "" where this reader may not, or on paper."""
        may = form in self.offered and not self.is_printed
        return self.reader.link("case_write", str(self.number), form, query=query) if may else ""

    def correct(self, entry: EntryShown) -> str:
        """Where an entry is corrected; "" where this reader may not, or on paper."""
        return self.link(entry.form, f"replaces={entry.number}")


@dataclass(frozen=True)
class Beside:
    """A plan beside the plan: its title, what it says (or the sentence that there is none), and where it is written anew."""

    code: str
    title: str
    rows: tuple[SummaryRow, ...]
    none: str
    note: str
    href: str


@dataclass(frozen=True)
class PlanShown:
    """The plan as its part of the page shows it."""

    agreed: tuple[SummaryRow, ...]
    lanes: tuple[Table, ...]
    loose: Table | None
    beside: tuple[Beside, ...]
    goal_href: str


def plan(shown: CaseShown, at: Writing) -> PlanShown | None:
    """The plan of a child's case; None of a case that has none."""
    if shown.head.kind != CHILD or not shown.takes_part:
        return None
    known = shown.plan
    return PlanShown(
        tuple(_agreed(known, at)), tuple(_lane(known, lane, at) for lane in LANES), _loose(known, at),
        tuple(_beside(code, one, at) for code, one in ((SAFETY, known.safety), (MISSING, known.missing))), at.link(GOAL),
    )  # fmt: skip


def day(on: date) -> str:
    """A day."""
    return date_format(on, "j F Y")


def day_over(on: date | None, today: date) -> Cell:
    """A day, with a word where it is over."""
    if on is None:
        return Cell(_("No day is set"), is_known=False)
    return Cell(_("%(day)s: it is over") % {"day": day(on)}) if on < today else Cell(day(on))


def _agreed(known: Plan, at: Writing) -> list[SummaryRow]:
    form = at.forms.get(AGREED)
    if known.agreed is None or form is None:
        return []
    answers = {code: one for code, one in (known.agreed.answers or {}).items() if code in _AGREED}
    rows = [
        row for row in answers_rows(form, answers, at.people) if all(cell.is_known for cell in row.values)
    ]
    return (
        [*rows[:-1], SummaryRow(rows[-1].key, (day_over(known.review_on, at.today),))]
        if known.review_on
        else rows
    )


def _lane(known: Plan, lane: str, at: Writing) -> Table:
    title, none = LANES[lane]
    head = (_("Goal"), _("Who sees to it"), _("By when"), _("How it stands"), _("Last review"))
    links = () if at.is_printed or not {GOAL, REVIEW} & at.offered else (_("What you can do"),)
    rows = [_goal(goal, known, at, has_links=bool(links)) for goal in known.in_lane(lane)]
    return Table(_(title), (*head, *links), rows, empty=_(none), is_caption_hidden=True, is_wide=True)


def _goal(goal: Goal, known: Plan, at: Writing, *, has_links: bool) -> tuple[Cell | str, ...]:
    what = _("%(place)s. %(what)s") % {"place": goal.place, "what": goal.said("different")}
    review = at.link(REVIEW, f"goal={goal.entry.number}")
    more = (Cell(_("Review goal %(place)s") % {"place": goal.place}, href=review),) if review else ("",)
    return (
        Cell(what), _who(goal, at), day(goal.by_on) if goal.by_on else Cell(_("No day is set"), is_known=False), _stands(goal, known, at), _reviewed(goal, at),
        *(more if has_links else ()),
    )  # fmt: skip


def _who(goal: Goal, at: Writing) -> str:
    who = dict(at.people.workers).get(goal.said("worker"), goal.said("worker"))
    agency = at.reader.agency(goal.said("agency"))
    return who if agency in who else _("%(who)s, %(agency)s") % {"who": who, "agency": agency}


def _stands(goal: Goal, known: Plan, at: Writing) -> Cell:
    is_overdue, is_unreviewed = goal.is_overdue(at.today), known.is_unreviewed(goal, at.today)
    if is_overdue and (is_unreviewed or goal.last is None):
        return Cell(_("Overdue and not reviewed"), colour="red")
    if is_overdue:
        return Cell(_("Overdue"), colour="red")
    if is_unreviewed:
        return Cell(_("Not reviewed in time"), colour="orange")
    if goal.last is None:
        return Cell(_("Not reviewed yet"))
    return Cell(_outcome(goal.last, at), colour="green" if goal.has_ended else "")


def _outcome(review: EntryShown, at: Writing) -> str:
    form = at.forms.get(REVIEW)
    question = form.question("how_far") if form else None
    answer = said(review, "how_far")
    return dict(choices(question)).get(answer, answer) if question else answer


def _reviewed(goal: Goal, at: Writing) -> Cell:
    if goal.last is None:
        return Cell(_("None"), is_known=False)
    values = {
        "day": day(reviewed_on(goal.last)),
        "outcome": _outcome(goal.last, at),
        "next": said(goal.last, "next"),
    }
    text = _("%(day)s: %(outcome)s. Next: %(next)s") if values["next"] else _("%(day)s: %(outcome)s.")
    return Cell(text % values)


def _loose(known: Plan, at: Writing) -> Table | None:
    """Reviews that name no goal of the plan which the reader may see."""
    rows = [(day(reviewed_on(one)), _outcome(one, at), said(one, "know")) for one in known.loose]
    title = _("Reviews that name no goal above")
    return Table(title, (_("Day"), _("How far it had come"), _("How we know")), rows) if rows else None


def _beside(code: str, entry: EntryShown | None, at: Writing) -> Beside:
    form = at.forms.get(code)
    title = _(form.title) if form else code
    if entry is None or form is None:
        return Beside(code, title, (), _(BESIDE[code]), "", at.link(code))
    rows = [row for row in answers_rows(form, entry.answers or {}, at.people) if any(cell.is_known for cell in row.values)]  # fmt: skip
    on = day_of(said(entry, "review_on"))
    is_over = on is not None and on < at.today
    note = _("It was to be looked at again by %(day)s, and nobody has since.") % {"day": day(on)} if on and is_over else ""  # fmt: skip
    return Beside(code, title, tuple(rows), "", note, at.link(code))
