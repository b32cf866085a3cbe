"""Since when does a case run, as it stands? What is said to have been decided in it was decided by nobody before that."""

from __future__ import annotations

from datetime import datetime

from engage.casework.cases.models import CaseEntry, CaseMove, Told
from engage.casework.cases.rules import RECEIVED, AnswersWrong, Head, Written
from engage.casework.forms.rules import THE_CASE, Answers, Form, day_of, moment_of
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, Sentence


_BEFORE = N_("That is before the case began, or before it was last closed.")


def check(head: Head, form: Form, written: Written, at: datetime) -> None:
    """What a form asks of the time of a case (`not_before: the_case`) was not before it, as the case stood when it was first written. Raises AnswersWrong."""
    asked = [one.code for one in form.questions if one.not_before == THE_CASE and one.code in written.answers]
    if not asked:
        return
    since = _began(head, first_written(written.replaces) if written.replaces else at)
    faults = {code: Sentence(_BEFORE) for code in asked if _is_before(written.answers, code, since)}
    if faults:
        raise AnswersWrong(faults)


def first_written(entry: int) -> datetime:
    """When that was first written of which this entry is the last correction."""
    return first_entry(entry).written_at


def first_entry(entry: int) -> CaseEntry:
    """The entry of which this one is the last correction, or itself."""
    row = CaseEntry.objects.get(pk=entry)
    while row.replaces:
        row = CaseEntry.objects.get(pk=row.replaces)
    return row


def _began(head: Head, by: datetime) -> datetime:
    """When it last ended by that moment; else when the first referral arrived, which may have been before anybody typed it."""
    ends = {state.code for state in head.lifecycle.states if not state.is_open}
    ended = CaseMove.objects.filter(case=head.number, to_state__in=ends, said_at__lte=by).order_by("-number").first()  # fmt: skip
    if ended:
        return ended.said_at
    received = Told.objects.filter(case=head.number, event=RECEIVED).exclude(from_at=None)
    first = received.order_by("from_at").values_list("from_at", flat=True).first()
    return min(head.opened_at, first) if first else head.opened_at


def _is_before(answers: Answers, code: str, since: datetime) -> bool:
    """Of what is known by the day only, the days count."""
    text = str(answers[code])
    moment, day = moment_of(text), day_of(text)
    return moment < since if moment else bool(day and day < london_day(since))
