"""What is the plan of a child's case? Goals in three lanes, each with its reviews, and beside them the safety plan and the plan for when the child is missing.

Made of what stands in the case and the viewer may read: a correction takes the place of what it corrects. That a goal is overdue, or that nobody has looked at it, is said
in words and never added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engage.casework.cases.rules import EntryShown
from engage.casework.forms.rules import Answer, Form, Kind, day_of


PREVENT, PROTECT, PURSUE = "prevent", "protect", "pursue"
LANES = (PREVENT, PROTECT, PURSUE)
GOAL, REVIEW, AGREED, SAFETY, MISSING = "goal", "goal_review", "plan_agreed", "safety_plan", "missing_plan"
FORMS = (GOAL, REVIEW, AGREED, SAFETY, MISSING)
# After these outcomes of a review nothing more is to be done for a goal.
_ENDED = frozenset({"reached", "no_longer"})


@dataclass(frozen=True)
class Goal:
    """A goal as it stands (`entry`), and its reviews, the last first. `place`: from 1, in the order in which goals were written first; `numbers`: those of its entry and of the
    entries that this corrects, by any of which a review may name it."""

    place: int
    entry: EntryShown
    numbers: frozenset[int]
    reviews: tuple[EntryShown, ...]

    def said(self, question: str) -> str:
        """What was answered to a question of the goal; "" where nothing was."""
        return said(self.entry, question)

    @property
    def by_on(self) -> date | None:
        """The day by which it is to be reached."""
        return day_of(self.said("by_on"))

    @property
    def last(self) -> EntryShown | None:
        """The last review."""
        return self.reviews[0] if self.reviews else None

    @property
    def has_ended(self) -> bool:
        """It was reached, or no longer fits, as its last review says."""
        return self.last is not None and said(self.last, "how_far") in _ENDED

    def is_overdue(self, today: date) -> bool:
        """Its day is over, and no review says that it was reached or no longer fits."""
        return self.by_on is not None and self.by_on < today and not self.has_ended


@dataclass(frozen=True)
class Plan:
    """The plan as far as the viewer may read it. `agreed`: how it was agreed last; `loose`: reviews that name no goal which the viewer may read, the last first (older ones named
    theirs in words)."""

    goals: tuple[Goal, ...] = ()
    loose: tuple[EntryShown, ...] = ()
    agreed: EntryShown | None = None
    safety: EntryShown | None = None
    missing: EntryShown | None = None

    def in_lane(self, lane: str) -> tuple[Goal, ...]:
        """The goals of a lane: those that are not reached first, then by their day."""
        mine = (goal for goal in self.goals if goal.said("lane") == lane)
        return tuple(sorted(mine, key=lambda goal: (goal.has_ended, goal.by_on or date.max)))

    @property
    def review_on(self) -> date | None:
        """The day on which the plan is to be reviewed."""
        return day_of(said(self.agreed, "review_on")) if self.agreed else None

    def is_unreviewed(self, goal: Goal, today: date) -> bool:
        """The day of the plan's review is over, and nobody reviewed this goal since the plan was agreed."""
        if self.agreed is None or self.review_on is None or self.review_on >= today or goal.has_ended:
            return False
        agreed_on = day_of(said(self.agreed, "agreed_on")) or self.agreed.at.date()
        last = reviewed_on(goal.last) if goal.last else None
        return last is None or last < agreed_on


def said(entry: EntryShown, question: str) -> str:
    """What was answered in one line; "" where nothing was."""
    answer: Answer = (entry.answers or {}).get(question, "")
    return answer if isinstance(answer, str) else ", ".join(answer)


def reviewed_on(entry: EntryShown) -> date:
    """The day of a review; that on which it was written, where it gives none."""
    return day_of(said(entry, "reviewed_on")) or entry.at.date()


def standing(entries: Iterable[EntryShown]) -> list[EntryShown]:
    """What the viewer may read and nothing corrects, in the order in which it was written."""
    return [one for one in entries if one.answers is not None and one.replaced_by is None]


def plan_of(entries: Iterable[EntryShown]) -> Plan:
    """The plan that these entries are."""
    known = list(entries)
    by_form: dict[str, list[EntryShown]] = defaultdict(list)
    for one in standing(known):
        by_form[one.form].append(one)
    before = {one.number: before_of(one, known) for one in by_form[GOAL]}
    named = {str(number): goal for goal, some in before.items() for number in some}
    reviews: dict[int, list[EntryShown]] = defaultdict(list)
    for one in sorted(by_form[REVIEW], key=lambda one: (reviewed_on(one), one.number), reverse=True):
        reviews[named.get(said(one, "goal"), 0)].append(one)
    first_written = sorted(by_form[GOAL], key=lambda one: min(before[one.number]))
    goals = (
        Goal(place, one, before[one.number], tuple(reviews[one.number]))
        for place, one in enumerate(first_written, start=1)
    )
    lasts = (by_form[form][-1] if by_form[form] else None for form in (AGREED, SAFETY, MISSING))
    return Plan(tuple(goals), tuple(reviews[0]), *lasts)


def before_of(goal: EntryShown, known: Iterable[EntryShown]) -> frozenset[int]:
    """The number of a goal's entry and of all that it corrects: a correction keeps the reviews of what it corrects."""
    corrects = {one.number: one.replaces for one in known}
    numbers, number = {goal.number}, corrects.get(goal.number)
    while number is not None:
        numbers.add(number)
        number = corrects.get(number)
    return frozenset(numbers)


def names_no_goal(plan: Plan, form: Form, answers: Mapping[str, Answer]) -> list[str]:
    """The questions of a form whose answer names a goal that does not stand in the plan."""
    known = {str(number) for goal in plan.goals for number in goal.numbers}
    asked = (question.code for question in form.questions if question.kind is Kind.GOAL)
    return [code for code in asked if code in answers and answers[code] not in known]
