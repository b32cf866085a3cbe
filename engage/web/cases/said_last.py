"""What one looks for first on the page of a child: how to speak with the child and the family, when they were seen, what they say, where the child is placed, who does not agree."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.casework.cases import said_last as kinds
from engage.casework.cases.plan import said
from engage.casework.cases.queries import CaseShown
from engage.casework.cases.rules import EntryShown
from engage.casework.cases.said_last import happened
from engage.casework.clocks.rules import Run
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import CHILD
from engage.vocabulary.words import N_
from engage.web.cases import clocks, presenters
from engage.web.cases.plan import Writing, day_over
from engage.web.components import Cell, SummaryRow, Table
from engage.web.filling.presenters import cells, when


VISITS_SHOWN = 5
# What is shown of a form in one row, in this order.
_OF = {
    kinds.NEEDS: ("safe_contact", "never", "child_how", "language", "needs_what", "trusted", "parents_how"),
    kinds.WORDS: ("words", "heard_by"),
    kinds.PARENTS: ("who", "worries", "need", "plan", "differs"),
    kinds.LOG: ("noted_by", "what", "passed_on", "told_back"),
    kinds.PLACED: (
        "kind",
        "began_on",
        "ended_on",
        "home",
        "line",
        "postcode",
        "responsible",
        "responsible_name",
        "host",
        "host_name",
        "host_told",
    ),
}
_NONE = {
    kinds.NEEDS: N_("Nobody has written it down."),
    kinds.WORDS: N_("Nobody has written down what the child says."),
    kinds.PARENTS: N_("Nobody has written down what they say."),
    kinds.LOG: N_("Nothing is in it."),
    kinds.PLACED: N_(
        "Nobody has written it down here. That is not the same as living at home: where records of children's services say it, it stands in the chronology."
    ),
}


def next_rows(shown: CaseShown, at: Writing) -> list[SummaryRow]:
    """What waits in a case: the next time limit, and the review of the plan."""
    if not shown.takes_part:
        return []
    rows = [SummaryRow(_("Next time limit"), (_next(shown.runs),))]
    if shown.plan.review_on:
        rows.append(SummaryRow(_("Review of the plan"), (day_over(shown.plan.review_on, at.today),)))
    return rows


def _next(runs: Sequence[Run]) -> Cell:
    waiting = [run for run in runs if run.is_open and not run.is_stopped and run.due and run.is_first]
    if not waiting:
        return Cell(_("None runs"))
    first = min(waiting, key=lambda run: run.due.earliest_at if run.due else None)  # type: ignore[arg-type,return-value]
    return Cell(clocks.in_a_line(first))


def rows(shown: CaseShown, at: Writing) -> list[SummaryRow]:
    """A row each, with who wrote it when; the sentence that nobody did, where nobody did."""
    last = shown.said_last
    made = []
    if shown.head.kind == CHILD:
        for form, some in ((kinds.NEEDS, last.needs), (kinds.WORDS, last.words), (kinds.PARENTS, last.parents), (kinds.LOG, last.log), (kinds.PLACED, last.placed)):  # fmt: skip
            if asked := at.forms.get(form):
                made.append(_row(asked, some, at))
    return [*made, _disagreed(last.disagreed, at)]


def _row(form: Form, some: Sequence[EntryShown], at: Writing) -> SummaryRow:
    href = at.link(form.code)
    write = Cell(_("Write it down"), href=href) if href else None
    if not some:
        return SummaryRow(_(form.title), (Cell(_(_NONE[form.code]), is_known=False),), write)
    more = ngettext("%(count)s entry before it.", "%(count)s entries before it.", len(some) - 1) % {"count": len(some) - 1}  # fmt: skip
    earlier = (Cell(more),) if some[1:] else ()
    return SummaryRow(_(form.title), (*_said(form, some[0], at), Cell(_by(some[0], at)), *earlier), write)


def _said(form: Form, entry: EntryShown, at: Writing) -> list[Cell]:
    found = []
    for code in _OF[form.code]:
        question, answer = form.question(code), (entry.answers or {}).get(code)
        if question and answer:
            text = "; ".join(cell.text for cell in cells(question, answer, at.people))
            found.append(Cell(_("%(question)s %(answer)s") % {"question": _(question.label), "answer": text}, is_text=True))  # fmt: skip
    return found


def _by(entry: EntryShown, at: Writing) -> str:
    values = {
        "when": when(happened(entry)) if happened(entry) else presenters.when(entry.at),
        "who": entry.by_name,
        "agency": at.reader.agency(entry.agency),
    }
    return _("%(when)s, written by %(who)s, %(agency)s") % values


def _disagreed(some: Sequence[EntryShown], at: Writing) -> SummaryRow:
    href = at.link(kinds.DISAGREEMENT)
    write = Cell(_("Write it down"), href=href) if href else None
    if not some:
        return SummaryRow(_("Who does not agree"), (Cell(_("Nobody, as far as it is written here.")),), write)
    return SummaryRow(
        _("Who does not agree"), tuple(Cell(_who(one, at), is_text=True) for one in some), write
    )


def _who(entry: EntryShown, at: Writing) -> str:
    if entry.form != kinds.DISAGREEMENT:
        title = _(at.forms[entry.form].title) if entry.form in at.forms else entry.form
        values = {"form": title, "who": said(entry, "disagreed_who"), "by": _by(entry, at)}
        return _("%(form)s: %(who)s (%(by)s)") % values
    values = {one: said(entry, one) for one in ("who", "with_what", "why", "answered")}
    return _("%(who)s, with %(with_what)s: %(why)s Answered: %(answered)s (%(by)s)") % {**values, "by": _by(entry, at)}  # fmt: skip


def visits(shown: CaseShown, at: Writing) -> Table | None:
    """The last visits to a child: seen, and seen alone."""
    form = at.forms.get(kinds.VISIT)
    if shown.head.kind != CHILD or not shown.takes_part or form is None:
        return None
    head = (_("When"), _("Who went"), _("Where"), _("Seen?"), _("Seen alone?"), _("What the child said"))
    lines = [_visit(form, one, at) for one in shown.said_last.visits[:VISITS_SHOWN]]
    return Table(_("Last visits"), head, lines, empty=_("No visit is written down here. That is not the same as none."))  # fmt: skip


def _visit(form: Form, entry: EntryShown, at: Writing) -> tuple[Cell, ...]:
    return tuple(
        _answer(form, entry, code, at) for code in ("at", "by", "where", "seen", "alone", "child_said")
    )


def _answer(form: Form, entry: EntryShown, code: str, at: Writing) -> Cell:
    question, answers = form.question(code), entry.answers or {}
    if question is None or not question.is_asked(answers):
        return Cell("-")
    return cells(question, answers.get(code), at.people)[0]
