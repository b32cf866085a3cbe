"""Which measures against harm stand in a case, for what became of one to name? By that name an order that ends, or gets another last day, ends no other order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engage.casework.cases.models import CaseEntry, Told
from engage.casework.cases.plan import before_of, standing
from engage.casework.cases.rules import AnswersWrong, EntryShown, Head, Written
from engage.casework.cases.seeing import Desk, parts_of
from engage.casework.forms.rules import Form, Kind, Tells
from engage.vocabulary.words import N_, Sentence


MEASURE = "disruption_measure"


@dataclass(frozen=True)
class Measure:
    """A measure as it stands (`entry`); `numbers`: those of its entry and of the entries that this corrects, by any of which it may be named."""

    entry: EntryShown
    numbers: frozenset[int]


def measures(entries: Iterable[EntryShown]) -> tuple[Measure, ...]:
    """The measures among what the viewer may read, in the order in which they were written."""
    known = list(entries)
    return tuple(Measure(one, before_of(one, known)) for one in standing(known) if one.form == MEASURE)


def check(desk: Desk, head: Head, form: Form, written: Written) -> None:
    """A measure that is named stands in this case, as far as the viewer may read it. Raises AnswersWrong."""
    asked = [question.code for question in form.questions if question.kind is Kind.MEASURE]
    if not asked:
        return
    subject = desk.subject_of(head, parts_of([head.number], desk.see.viewing.at).get(head.number, ()))
    rows = CaseEntry.objects.filter(case=head.number, form=MEASURE).order_by("seq")
    known = {str(number) for one in measures(desk.entries(subject, rows)) for number in one.numbers}
    wrong = [code for code in asked if code in written.answers and written.answers[code] not in known]
    if wrong:
        faults = {code: Sentence(N_("Choose a measure of this case.")) for code in wrong}
        raise AnswersWrong(N_("Some answers are missing or cannot be read."), faults=faults)


def told_by(form: Form, one: Tells, written: Written) -> Told | None:
    """What the measure that a filled form names told, to which this belongs; None where it told nothing of the kind (of a notice, that an order began)."""
    named = next((str(written.answers.get(q.code, "")) for q in form.questions if q.kind is Kind.MEASURE), "")
    if not named.isdecimal():
        return None
    rows = Told.objects.filter(by="entry", number=int(named), event__in=one.about).order_by("-seq")
    return rows.first()


def is_of_measure(form: Form, one: Tells) -> bool:
    """It is told of a measure that the form names, and of nothing else."""
    return bool(one.about) and any(question.kind is Kind.MEASURE for question in form.questions)
