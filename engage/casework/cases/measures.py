"""Which measures against harm stand in a case, for what became of one to name? By that name an order that ends, or gets another last day, ends no other order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engage.casework.cases.models import CaseEntry
from engage.casework.cases.parts import parts_of
from engage.casework.cases.plan import before_of, standing
from engage.casework.cases.rules import AnswersWrong, EntryShown, Head, Written
from engage.casework.cases.seeing import Desk
from engage.casework.forms.rules import Form, Kind
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
        raise AnswersWrong(faults)
