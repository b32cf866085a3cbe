"""May this form tell the clocks what it says? What is said of one time limit names one of this case, for which it can be said; and its reason is for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engage.casework.cases.rules import AnswersWrong, MoveRefused, Written
from engage.casework.clocks.pairing import EXPLAINED
from engage.casework.clocks.rules import Run, State
from engage.casework.forms.rules import Form, Tells
from engage.vocabulary.words import N_, Sentence


# In these a time limit has been missed, or may have been.
_MISSED = frozenset({State.OVERDUE, State.LATE, State.TOO_EARLY, State.NOT_KNOWN})


def check(runs: Callable[[], Iterable[Run]], form: Form, written: Written) -> None:
    """Raise AnswersWrong where a time limit is named that is none of this case, or for which this cannot be said; MoveRefused where a reason is guarded that stands with
    the clock."""
    told = [one for one in form.tells if one.clock or one.reason]
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
    if faults:
        raise AnswersWrong(N_("Some answers are missing or cannot be read."), faults=faults)


def _fault(one: Tells, run: Run | None) -> Sentence | None:
    if run is None:
        return Sentence(N_("Choose one of the time limits of this case."))
    if one.event == EXPLAINED:
        return (
            None
            if run.state in _MISSED
            else Sentence(N_("This time limit is not missed: there is nothing to explain."))
        )
    return (
        None
        if one.event in run.clock.events
        else Sentence(N_("The rule of this time limit does not let it stand still."))
    )
