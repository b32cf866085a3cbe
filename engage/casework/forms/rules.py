"""What is a form, and can these answers be kept?

A form is a list of questions in the words in which they are asked. An answer that was not given is not there: it is never an empty "no". A question of kind
`yes_no` has four answers, so that "not known" and "not asked" can be told apart from no. Where a form of an area counts points, the sum is that form's own output
and is used for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from engage.vocabulary.time import LONDON
from engage.vocabulary.words import N_, Sentence


Answer = str | list[str]
Answers = Mapping[str, Answer]


class Kind(StrEnum):
    """Of what kind an answer is. Kept as text: a day as 2026-04-07, a moment as 2026-04-07T21:30 by the clock on the wall (London), or as a day where nobody
    knows the hour: who had to write one would make it up; a goal of the case's plan, and a measure against harm, as the number of its entry."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    WORKER = "worker"
    AGENCY = "agency"
    GOAL = "goal"
    MEASURE = "measure"
    CLOCK = "clock"  # a time limit of the case from one start on, as `Run.key` names it


YES, NO, NOT_KNOWN, NOT_ASKED = "yes", "no", "not_known", "not_asked"
FOUR_ANSWERS = {
    YES: N_("Yes"),
    NO: N_("No"),
    NOT_KNOWN: N_("Not known"),
    NOT_ASKED: N_("Not asked"),
}
# From whom an answer can be kept: whoever takes part in a case only because they referred (the code of that part in cases).
PARTS_KEPT_FROM = ("referrer",)
ANY = "*"  # in a condition: whatever the answer is
THE_CASE = "the_case"  # what a day does not come before, beside a question
WRITTEN = "written"  # when something was that is told, where nobody said when: as it was written down
LONGEST = {Kind.TEXT: 300, Kind.LONG_TEXT: 20_000}


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from. `points`: what a form that counts points gives for it."""

    code: str
    title: str
    points: int = 0


@dataclass(frozen=True)
class Condition:
    """A question has been answered with one of these (with every one of them, where `is_every`); with anything at all, where they hold `ANY`."""

    question: str
    answers: frozenset[str]
    is_every: bool = False

    def holds(self, answers: Answers) -> bool:
        """The question has one of these answers."""
        given = answers.get(self.question, ())
        some = set([given] if isinstance(given, str) else given)
        wanted = some if ANY in self.answers else self.answers & some
        return self.answers <= some if self.is_every else bool(wanted)


@dataclass(frozen=True)
class Question:
    """What is asked. `needed`: it must be answered, always or where one of `needed_when` holds; `shown_when` says when it is asked at all (None: always).
    `heading`: what stands above it and the questions that follow, "" where nothing new begins; `not_for`: an agency that takes part in the case as nothing but these does not
    read the answer. `is_ahead`: its day may be one to come, and `ahead_when`: it may for these answers of another; `not_before`: the question whose day it does not come before, or `the_case`, which had begun by then; `never`: answers that are not taken, each with why."""

    code: str
    label: str
    kind: Kind
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    needed: bool = False
    needed_when: tuple[Condition, ...] = ()
    shown_when: Condition | None = None
    heading: str = ""
    not_for: tuple[str, ...] = ()
    is_ahead: bool = False
    ahead_when: Condition | None = None
    not_before: str = ""
    never: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """What can be chosen; nothing where the answer is free."""
        return tuple(FOUR_ANSWERS) if self.kind is Kind.YES_NO else tuple(one.code for one in self.choices)

    def is_asked(self, answers: Answers) -> bool:
        """With these answers this one is asked at all."""
        return self.shown_when is None or self.shown_when.holds(answers)

    def is_needed(self, answers: Answers) -> bool:
        """With these answers this one has to be given too."""
        return self.is_asked(answers) and (self.needed or any(one.holds(answers) for one in self.needed_when))


@dataclass(frozen=True)
class Tells:
    """What a filled form tells of: an event by its code, at the moment or day that a question holds ("" when it was written down), where `when` holds.

    `about`: the events to one of which it belongs (an interview to a return), told by the same form, by the measure that it names, or named by the page; its own code where others belong to it. `once`: told already
    ("ever" of the case, or at that "moment"), it is not told again. `as_of`: it was when this event was last told of the case, and without that nothing can be written.
    `unsaid`: what counts where that question was left empty ("written": when it was written down; "": it is not known when);
    `until`: the question that holds the day on which it is said to end; `clock`: the one that names the only time limit that it is meant for, `authorised_by` who authorised it,
    and `reason` why; `case` the one that holds the number of a case to which it links; `only`: the only time limit that it is meant for, whatever is answered."""

    event: str
    at: str = ""
    when: Condition | None = None
    about: tuple[str, ...] = ()
    once: str = ""
    as_of: str = ""
    until: str = ""
    clock: str = ""
    authorised_by: str = ""
    reason: str = ""
    unsaid: str = ""
    case: str = ""
    only: str = ""


@dataclass(frozen=True)
class Band:
    """From so many points on, an area's form calls its own sum so."""

    from_points: int
    title: str


@dataclass(frozen=True)
class Form:
    """A form in force from a day. `of`: the kinds of case that it belongs to; `who`: the roles that may fill it in (all who practise, where empty); `by`: the door that alone
    keeps it ("" for the page of the case); `review`: the question that holds the day on which it is looked at again, and `reviewer` the one that holds who does (the worker of the case, where empty); `takes_over`: forms whose
    day of review it sets anew, besides its own; `needs`: by kind of case, what must be so before it can be written there (the needs of moves); `authorisers`:
    roles of whom alone what it tells can be authorised (all, where empty)."""

    code: str
    title: str
    means: str
    source: str
    version: str
    effective_on: date
    questions: tuple[Question, ...]
    of: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    tells: tuple[Tells, ...] = ()
    bands: tuple[Band, ...] = ()
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_local: bool = False
    by: str = ""
    review: str = ""
    reviewer: str = ""
    takes_over: tuple[str, ...] = ()
    authorisers: tuple[str, ...] = ()

    def question(self, code: str) -> Question | None:
        """The question of that code."""
        return next((one for one in self.questions if one.code == code), None)


@dataclass(frozen=True)
class Checked:
    """Answers as they can be kept, and what is wrong, by question."""

    answers: dict[str, Answer]
    faults: dict[str, Sentence] = field(default_factory=dict)


def check(form: Form, raw: Mapping[str, Any]) -> Checked:
    """The answers of a filled form, cleaned, and a fault for each that is missing or cannot be read. Answers to what is not asked are left out."""
    asked: dict[str, Answer] = {}
    # In their order: what hangs on a question that is itself not asked is not asked either.
    for question in form.questions:
        if question.is_asked(asked) and (cleaned := _cleaned(question, raw.get(question.code))):
            asked[question.code] = cleaned
    faults = {q.code: fault for q in form.questions if (fault := _fault(q, asked))}
    return Checked(asked, faults)


def _cleaned(question: Question, raw: Any) -> Answer:
    if question.kind is Kind.CHOICES:
        some = raw if isinstance(raw, list | tuple) else [raw]
        return list(dict.fromkeys(text for one in some if (text := str(one or "").strip())))
    return str(raw[0] if isinstance(raw, list | tuple) and raw else raw or "").strip()


def _fault(question: Question, answers: Answers) -> Sentence | None:
    answer = answers.get(question.code)
    if answer is None:
        return Sentence(_MISSING, {"question": question.label}) if question.is_needed(answers) else None
    if question.codes:
        return _fault_of_choice(question, [answer] if isinstance(answer, str) else answer)
    return _FAULTS.get(question.kind, _too_long)(question, str(answer))


_MISSING = N_("Answer “%(question)s”.")
_NOT_OFFERED = N_("“%(answer)s” is none of the answers to choose from.")


def _fault_of_choice(question: Question, chosen: Sequence[str]) -> Sentence | None:
    unknown = next((one for one in chosen if one not in question.codes), None)
    return Sentence(_NOT_OFFERED, {"answer": unknown}) if unknown is not None else None


def _too_long(question: Question, answer: str) -> Sentence | None:
    most = LONGEST.get(question.kind, LONGEST[Kind.TEXT])
    return (
        Sentence(N_("Write at most %(most)s characters."), {"most": str(most)})
        if len(answer) > most
        else None
    )


def _not_a_day(_question: Question, answer: str) -> Sentence | None:
    return (
        None
        if day_of(answer)
        else Sentence(N_("“%(answer)s” is not a day: write it as 7 4 2026."), {"answer": answer})
    )


def _not_a_moment(_question: Question, answer: str) -> Sentence | None:
    return (
        None
        if moment_of(answer) or day_of(answer)
        else Sentence(
            N_(
                "“%(answer)s” is not a day with a time: write it as 7 4 2026 and 21:30. Leave the time empty if it is not known."
            ),
            {"answer": answer},
        )
    )


def _not_a_number(_question: Question, answer: str) -> Sentence | None:
    return (
        None
        if re.fullmatch(r"\d{1,9}", answer)
        else Sentence(N_("“%(answer)s” is not a whole number."), {"answer": answer})
    )


_FAULTS = {Kind.DAY: _not_a_day, Kind.MOMENT: _not_a_moment, Kind.NUMBER: _not_a_number}


def day_of(answer: str) -> date | None:
    """The day that an answer of kind day is; None where it is none."""
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


def moment_of(answer: str) -> datetime | None:
    """The moment that an answer of kind moment is; None where it is none, or where the clocks went forward over it."""
    try:
        written = datetime.fromisoformat(answer)
    except ValueError:
        return None
    if "T" not in answer or written.tzinfo is not None:
        return None
    at = written.replace(tzinfo=LONDON)
    return at.astimezone(UTC) if _exists(at) else None


def _exists(at: datetime) -> bool:
    """The clock on the wall showed this: the hour that is left out in March it never showed."""
    return at.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == at.replace(tzinfo=None)
