"""May this form tell the clocks what it says? What is said of one time limit names one of this case, for which it can be said; its reason is for everybody, and whoever is late does not
authorise it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.core.exceptions import ObjectDoesNotExist

from engage.casework.cases.rules import AnswersWrong, Head, MoveRefused, Written
from engage.casework.clocks.pairing import EXPLAINED
from engage.casework.clocks.rules import Run, State
from engage.casework.forms.rules import Form, Kind, Tells
from engage.governance import queries as access
from engage.vocabulary.words import N_, Sentence


# With these a time limit stands still, and goes on.
_STANDS_STILL = ("clock.paused", "clock.resumed")
# In these a time limit has been missed, or may have been.
_MISSED = frozenset({State.OVERDUE, State.LATE, State.TOO_EARLY, State.NOT_KNOWN})


def check(
    runs: Callable[[], Iterable[Run]], form: Form, written: Written, *, head: Head | None = None
) -> None:
    """Raise AnswersWrong where a time limit is named that is none of this case, or for which this cannot be said, or where somebody is named who cannot authorise it; MoveRefused
    where a reason is guarded that stands with the clock."""
    said = [one for one in form.tells if one.when is None or one.when.holds(written.answers)]
    told = [one for one in said if one.clock or one.reason]
    if any(one.reason for one in told) and (written.sensitivity != "standard" or written.handling):
        raise MoveRefused(
            N_("This stands with the time limit, for everybody who takes part in the case."),
            remedy=N_("Let everybody who takes part read it, and write what is guarded as a note."),
        )
    # Reckoned only where a form names a time limit: most do not.
    by_key = {run.key: run for run in runs() if run.key} if any(one.clock for one in told) else {}
    faults = {
        one.clock: fault
        for one in told
        if one.clock and (fault := _fault(one, by_key.get(str(written.answers.get(one.clock, "")))))
    }
    faults |= {
        one.authorised_by: fault
        for one in told
        if (
            fault := not_theirs(
                str(written.answers.get(one.authorised_by, "")), form, head, one.authorised_by
            )
        )
    }
    if faults:
        raise AnswersWrong(faults)


def not_theirs(named: str, form: Form, head: Head | None, code: str = "") -> Sentence | None:
    """Who authorises it answers for the work: they hold one of the roles that the form names, and do not have the case themselves. `code`: the question that names them; words name nobody in
    particular."""
    asked = form.question(code)
    if not named or (code and (asked is None or asked.kind is not Kind.WORKER)):
        return None
    if head is not None and named == head.worker:
        return Sentence(N_("Who has the case does not authorise this: name whoever answers for their work."))
    if form.authorisers and _role_of(named) not in form.authorisers:
        return Sentence(N_("Name somebody who answers for the work: a manager."))
    return None


def _role_of(username: str) -> str:
    try:
        return access.viewer_named(username).role
    except ObjectDoesNotExist:
        return ""


def _fault(one: Tells, run: Run | None) -> Sentence | None:
    if run is None:
        return Sentence(N_("Choose one of the time limits of this case."))
    if one.event == EXPLAINED:
        return (
            None
            if run.state in _MISSED
            else Sentence(N_("This time limit is not missed: there is nothing to explain."))
        )
    if one.event in run.clock.events:
        return None
    if one.event not in _STANDS_STILL:
        return Sentence(N_("This time limit waits for something else."))
    return Sentence(N_("The rule of this time limit does not let it stand still."))
