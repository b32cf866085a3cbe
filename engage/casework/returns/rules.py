"""What does a filled return home interview say of the offer, as an event of the records, and when was that?

The words of the title are those that the list of missing children understands (`picture/missing/stated.yaml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engage.casework.cases.rules import EntryShown
from engage.casework.forms.rules import YES, Answer, moment_of
from engage.picture.missing.rules import Episode, InterviewDue


FORM = "return_interview"
TITLES = {
    "held": "Return home interview held",
    "refused": "Return home interview refused",
    "offered": "Return home interview offered",
    "not_held": "Return home interview not held",
}


@dataclass(frozen=True)
class Happened:
    """What came of it (a key of TITLES), when, and the words that belong to it."""

    how: str
    at: datetime | None
    words: str


@dataclass(frozen=True)
class Return:
    """One time from which a child came back: whose (`person_id`, `name`, `record_id` the child's record in the report), the time, what is due, all that was written of it, and
    the answers that are known already (`known`): the authorities of a looked-after child."""

    person_id: str
    name: str
    record_id: str
    episode: Episode
    due: InterviewDue | None
    now: datetime
    entries: tuple[EntryShown, ...]
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def report(self) -> str:
        """The first report, by which the time is named."""
        return self.episode.since.record_id


def outcome(answers: Mapping[str, Answer]) -> Happened:
    """What the answers say came of it."""
    if answers.get("held") == YES:
        return Happened("held", _at(answers, "held_at"), _words(answers, "learned", "where", "with_whom"))
    # Who else said no said it for the child, who has not been asked.
    if answers.get("answer") == "refused" and answers.get("refused_by") == "child":
        return Happened("refused", _at(answers, "answered_at"), _words(answers, "offer_learned"))
    if answers.get("offered") == YES:
        return Happened(
            "offered",
            _at(answers, "offered_at"),
            _words(answers, "offer_learned", "held_not", "offered_again"),
        )
    return Happened("not_held", None, _words(answers, "not_offered_why"))


def _at(answers: Mapping[str, Answer], question: str) -> datetime | None:
    return moment_of(str(answers.get(question, "")))


def _words(answers: Mapping[str, Answer], *questions: str) -> str:
    return "\n".join(str(answers[one]) for one in questions if answers.get(one))
