"""Who does what in the made-up team, and at which moment of the weeks before the demo's clock?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from engage.casework.agreed import actions as agreed
from engage.casework.cases import actions as cases
from engage.casework.cases import queries as cases_seen
from engage.casework.cases.actions import About, Moving, Written
from engage.casework.forms.happening import may_lie_ahead
from engage.casework.forms.reading import form_of
from engage.casework.forms.rules import Answer, Form, Kind, Question, check
from engage.casework.tasks.rules import NewAction, Owner
from engage.governance import queries as access
from engage.picture import queries as picture
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import LONDON, london_day
from engage.vocabulary.written import read_yaml


WHO = {
    "detective": "ellery", "social_worker": "adeyinka", "nurse": "marsh", "parents": "bellamy", "school": "rahim", "missing": "whitlock", "manager": "pembury",
    "analyst": "kessler", "support": "oakes", "inspector": "thackray",
}  # fmt: skip
# What is written where a form must be answered and the story says nothing of it.
PLAIN = "As it was said in the team's discussion of the day."


@dataclass
class Office:
    """The team's desks. `now` is where the demo's clock stands."""

    area: Area
    build: Build
    now: datetime
    moment: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.moment = self.now

    def at(self, days: int, hour: int = 9, minute: int = 0) -> Office:
        """From here on it is so many days before the demo's day, at that hour by the clock in London. Later than now it never is."""
        day = london_day(self.now) - timedelta(days=days)
        moment = datetime.combine(day, time(hour, minute), tzinfo=LONDON).astimezone(UTC)
        self.moment = min(moment, self.now)
        return self

    def day(self, after: int = 0) -> str:
        """A day so many days after the moment it is, as a form keeps it."""
        return (london_day(self.moment) + timedelta(days=after)).isoformat()

    def as_(self, who: str) -> Viewing:
        """A worker at that moment, looking as the work of the day asks."""
        viewer = access.viewer_named(WHO[who])
        purpose = "safeguarding_child"
        return Viewing(viewer, purpose, self.moment, self.build.info.as_of, request_id="example")

    @property
    def where(self) -> dict[str, Any]:
        """The build and the area, as doors ask for them."""
        return {"build": self.build, "area": self.area}

    def refer(self, who: str, about: About, form: str, **answers: Answer) -> int:
        """Somebody refers a child, or proposes a person, a place or a group. A child is called by name where the story calls her nothing else, a group as the story does."""
        viewing = self.as_(who)
        called = {"child": self._name(viewing, about.subject) or about.called, "called": about.called}
        asked = {question.code for question in form_of(self.area, form).questions}
        named = {code: name for code, name in called.items() if code in asked and name}
        return cases.refer(
            viewing=viewing, **self.where, about=about, written=self.filled(form, named | answers)
        )

    def _name(self, viewing: Viewing, person: str) -> str:
        """A person's name as far as whoever refers may know it ("": not at all)."""
        return picture.how_called(viewing=viewing, build=self.build, person_ids=[person])[person].name if person else ""  # fmt: skip

    def move(self, who: str, number: int, code: str, **answers: Answer) -> None:
        """Somebody moves a case on."""
        viewing = self.as_(who)
        head = cases_seen.case(viewing=viewing, **self.where, number=number).head
        made = head.lifecycle.move(code)
        written = self.filled(made.form, answers) if made and made.form else None
        cases.move(viewing=viewing, **self.where, moving=Moving(number, code, head.version, written))

    def identify(self, who: str, number: int, person: str) -> int:
        """Somebody says whom a case is about that was just opened."""
        return cases.identify(viewing=self.as_(who), **self.where, number=number, version=0, subject=person)

    def write(self, who: str, number: int, form: str, /, **answers: Answer) -> int:
        """Somebody writes something in a case."""
        return cases.write(
            viewing=self.as_(who), **self.where, number=number, written=self.filled(form, answers)
        )

    def agree(self, who: str, owner: str, what: str, due: int, **more: Any) -> int:
        """An action is agreed, due so many days after the moment it is."""
        named = access.viewer_named(WHO[owner])
        new = NewAction(
            what,
            Owner(named.agency, named.name, named.user_id),
            london_day(self.moment) + timedelta(days=due),
            **more,
        )
        return agreed.agree(viewing=self.as_(who), **self.where, new=[new])[0]

    def filled(self, code: str, answers: Mapping[str, Answer]) -> Written:
        """A form with these answers, and something plain wherever else it must be answered."""
        form = form_of(self.area, code)
        given = {**_fitting(form, words().get("any", {})), **_fitting(form, words().get(code, {})), **answers}
        for _again in form.questions:
            faults = check(form, given).faults
            if not faults:
                break
            given |= {one: self._plain(form, one) for one in faults}
        return Written(code, given)

    def _plain(self, form: Form, code: str) -> Answer:
        question = form.question(code)
        return self._answer(form, question) if question else PLAIN

    def _answer(self, form: Form, question: Question) -> Answer:
        if question.kind is Kind.CHOICES:
            return [question.codes[0]]
        if question.codes:
            return question.codes[0]
        if question.kind is Kind.DAY:
            return self.day(28 if may_lie_ahead(form, question) else 0)
        if question.kind is Kind.MOMENT:
            return f"{self.moment.astimezone(LONDON):%Y-%m-%dT%H:%M}"
        return "1" if question.kind is Kind.NUMBER else PLAIN


@cache
def words() -> Mapping[str, Mapping[str, Answer]]:
    """What is written where the story says nothing else, by form and question."""
    known: Mapping[str, Mapping[str, Answer]] = read_yaml(
        Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    )
    return known


def _fitting(form: Form, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Those that the form asks for, and that can be chosen there."""
    asked = {question.code: question for question in form.questions}
    return {code: one for code, one in answers.items() if code in asked and _can_be(asked[code], one)}


def _can_be(question: Question, answer: Answer) -> bool:
    given = {answer} if isinstance(answer, str) else set(answer)
    return not question.codes or given <= set(question.codes)
