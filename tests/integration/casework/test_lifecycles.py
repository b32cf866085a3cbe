"""Whatever is tried in whatever order: a case moves only as practice's table says, each move has its line in the log in the same transaction, and what is refused changes nothing.

The doors are driven beside a plain model (lifecycles.py). Every step is somebody at their desk: in any role of any agency, with any move, right or wrong answers, at the version
that they saw or an older one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from engage.casework.cases import actions
from engage.casework.cases.actions import About, Moving, Written
from engage.casework.cases.models import Case, CaseEntry, CaseMove, CasePart, Told
from engage.casework.forms.reading import load
from engage.casework.forms.rules import Form, Kind, Question
from engage.casework.lifecycles.states import lifecycles
from engage.casework.tasks.models import AgreedAction
from engage.governance import audit
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from engage.vocabulary.access import Viewing
from tests.effort import examples
from tests.integration.casework.conftest import Office
from tests.integration.casework.lifecycles import ENDED, FIRST, ROLES, Life, Row, rows


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AGENCIES = ("police", "childrens_services", "health", "education", "charity")
FORMS = load()
REFERRALS = {
    "child": "referral", "person_of_concern": "referral_of_concern", "place": "referral_of_place", "peer_group": "referral_of_group",
}  # fmt: skip
LEADS = {"person_of_concern": "police"}
# Whom a case of each kind may be about: nobody known, or one of these. Tom is 16.
SUBJECTS = {
    "child": ("", "ANA", "BEA"), "person_of_concern": ("", "MAX", "TOM", "TOM"), "place": ("", "12 quay street"), "peer_group": ("",),
}  # fmt: skip
WORKERS = ("social_worker.childrens_services", "detective.police")
MADE, REFUSED, WRONG, LATE, NOT_SHOWN, MAY_NOT = "made", "refused", "wrong", "late", "not shown", "may not"
NEEDS = {
    "subject": "subject_known", "worker": "has_worker", "goal": "has_goal", "actions": "no_open_action", "grown_up": "adult_or_agreed",
    "only_a_child": "not_looked_at_elsewhere", "elsewhere": "held_elsewhere",
}  # fmt: skip
ANY, THEIRS, ABLE = "any", "theirs", "able"
# What is written in the courses: the last belongs to no case of that kind.
WRITTEN = {
    "child": ("goal", "goal", "note", "young_person_of_concern"), "person_of_concern": ("young_person_of_concern", "note", "goal"),
    "place": ("note", "goal"), "peer_group": ("note", "goal"),
}  # fmt: skip
OUTCOMES: dict[type[Exception], str] = {
    actions.MoveRefused: REFUSED, actions.AnswersWrong: WRONG, actions.MovedOn: LATE, actions.CaseNotShown: NOT_SHOWN, MayNotDo: MAY_NOT,
}  # fmt: skip
TABLES = (Case, CaseMove, CaseEntry, CasePart, Told)
Who = tuple[str, str]
anybody = st.tuples(st.sampled_from(sorted(ROLES)), st.sampled_from(AGENCIES))


def kept_rows(**of: Any) -> list[list[dict[str, Any]]]:
    """Every row that is kept of cases."""
    return [list(table.objects.order_by("seq").filter(**of).values()) for table in TABLES]  # type: ignore[attr-defined]


def answer(draw: Callable[..., Any], question: Question) -> Any:
    """An answer that the question takes."""
    if question.codes:
        # More often yes: what asks for three of them in one form is else hardly met.
        one = draw(st.sampled_from([*question.codes, *(["yes"] * 4 if "yes" in question.codes else [])]))
        return [one] if question.kind is Kind.CHOICES else one
    fixed = {
        Kind.DAY: "2026-04-01", Kind.MOMENT: "2026-04-01T09:30", Kind.NUMBER: "3", Kind.WORKER: WORKERS[draw(st.integers(0, 1))],
        Kind.AGENCY: AGENCIES[draw(st.integers(0, 1))],
    }  # fmt: skip
    return fixed.get(question.kind, f"Words on {question.code}")


def filled(draw: Callable[..., Any], form: Form, *, wrong: bool = False) -> dict[str, Any]:
    """Answers to every question that has to be answered with those before it; where `wrong`, the first of these is left out."""
    given: dict[str, Any] = {}
    is_left_out = not wrong
    for question in form.questions:
        if question.is_needed(given) or (question.codes and question.is_asked(given)):
            if not is_left_out and question.is_needed(given) and question.shown_when is None:
                is_left_out = True
                continue
            given[question.code] = answer(draw, question)
    return given


class Lives(RuleBasedStateMachine):
    """One case of a kind among others, driven through the doors beside its model."""

    office: Office
    kind: str
    table: dict[str, Row]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.request = ""
        self.count = 0
        self.written: dict[int, dict[str, Any]] = {}

    def teardown(self) -> None:
        # Everything that was done is as if it had not been: the next course begins in an empty area.
        transaction.set_rollback(True)
        self.stack.close()

    # --- how somebody acts --------------------------------------------------------------------------------------------

    def at_work(self, who: Who) -> Viewing:
        """Somebody in a request of their own."""
        self.count += 1
        self.request = f"request {self.count}"
        return self.office.as_(ROLES[who[0]], who[1], request_id=self.request)

    def outcome(self, act: Callable[[], int]) -> tuple[str, int]:
        """How an act ends, and its number where something was kept; where nothing was, nothing changed."""
        before = kept_rows()
        try:
            return MADE, act()
        except tuple(OUTCOMES) as error:
            assert kept_rows() == before
            return OUTCOMES[type(error)], 0

    def logged(self) -> list[tuple[str, str, str]]:
        """What the log says of the last request."""
        found = AuditEvent.objects.filter(request_id=self.request).order_by("pk")
        return list(found.values_list("action", "subject", "decision"))

    # --- the rules ----------------------------------------------------------------------------------------------------

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """The case is opened; beside it stand a case of each other kind and a child's case of whom this one is about."""
        given = filled(data.draw, FORMS[REFERRALS[self.kind]])
        if self.kind == "person_of_concern" and data.draw(st.booleans()):
            given["since"] = "2026-03-01"
        subject = data.draw(st.sampled_from(SUBJECTS[self.kind]))
        worker_as_child = subject == "TOM" and data.draw(st.booleans())
        self.bystanders(subject, is_allocated=worker_as_child)
        self.others = kept_rows()
        viewing = self.at_work(("S", "childrens_services"))
        opened = Written(REFERRALS[self.kind], given)
        about = About(self.kind, subject, "As they were called")
        self.number = actions.refer(viewing=viewing, **self.office.where, about=about, written=opened)
        lead = LEADS.get(self.kind, "childrens_services")
        first = FIRST[self.kind]
        self.life = Life(
            self.kind, first, subject, frozenset({lead}), lead=lead, moves=(("opened", "", first),),
            is_grown_up=subject == "MAX" and given.get("under_18") == "no" and "since" in given, has_a_worker_as_a_child=worker_as_child,
        )  # fmt: skip
        # Who referred reads nothing for it; social care takes part where it is asked whether it agrees.
        if self.life.is_question:
            self.life = replace(self.life, agencies=self.life.agencies | {"childrens_services"})
        assert self.logged() == [("case.opened", f"case {self.number}", first)]
        self.note_entries()

    def bystanders(self, subject: str, *, is_allocated: bool) -> None:
        """Other cases, which nothing here may touch."""
        # A second referral of one child is written in the child's case: so a child's own case has another child's beside it.
        mine = (
            subject
            if subject in ("ANA", "BEA", "TOM") and self.kind != "child"
            else "BEA"
            if subject == "ANA"
            else "ANA"
        )
        number = self.office.refers(about=About("child", mine))
        if is_allocated:
            self.office.moves(number, "accept", why="Seen", safe_tonight="yes")
            self.office.moves(number, "allocate", worker=WORKERS[0], lead="childrens_services", first="Visit")

    @rule(
        data=st.data(), who=anybody, aim=st.sampled_from([ANY, THEIRS, ABLE, ABLE]), is_late=st.sampled_from([False] * 7 + [True]), is_wrong=st.sampled_from([False] * 7 + [True])
    )  # fmt: skip
    def move(self, data: st.DataObject, who: Who, aim: str, is_late: bool, is_wrong: bool) -> None:
        """Somebody makes a move: any, or one that follows here, by whoever may."""
        row = data.draw(st.sampled_from([*self.table.values()]))
        if aim != ANY:
            row, who = self.aimed(data, aim)
        self.makes(data, row, who, is_late=is_late, is_wrong=is_wrong)

    @rule(data=st.data(), count=st.integers(2, 5))
    def go_on(self, data: st.DataObject, count: int) -> None:
        """Several moves one after the other, each by whoever may make it: what comes late in a life is reached in few steps."""
        for _ in range(count):
            self.makes(data, *self.aimed(data, ABLE))

    @rule(data=st.data())
    def try_what_is_not_ready(self, data: st.DataObject) -> None:
        """Whoever may make a move tries one for which something is missing."""
        self.makes(data, *self.aimed(data, THEIRS))

    def makes(
        self, data: st.DataObject, row: Row, who: Who, *, is_late: bool = False, is_wrong: bool = False
    ) -> None:
        """One move through the door, against the model."""
        form = FORMS.get(self.form_of(row.code))
        given = Written(form.code, filled(data.draw, form, wrong=is_wrong)) if form else None
        moving = Moving(self.number, row.code, self.life.version - (1 if is_late else 0), given)
        door = "meeting" if "meeting" in row.needs else ""
        result, made = self.outcome(
            lambda: actions.move(viewing=self.at_work(who), **self.office.where, moving=moving, door=door)
        )
        assert result == self.expected(row, who, is_late, is_wrong and form is not None)
        if result == MADE:
            self.after(row, given, made)
        elif result in (REFUSED, NOT_SHOWN):
            action = "case.move_refused" if result == REFUSED else "case.view"
            assert self.logged() == [(action, f"case {self.number}", "nothing")]

    def aimed(self, data: st.DataObject, aim: str) -> tuple[Row, Who]:
        """A move that follows on the state, by somebody whose role may make it and whose agency takes part; of those that can be made now, where there is one and `aim` says so."""
        some = [one for one in self.table.values() if self.life.state in one.from_states]
        able = [one for one in some if all(self.life.has(need) for need in one.needs)]
        # A case that ends at once proves little of what comes before its end.
        going_on = [one for one in able if one.to_state not in ENDED] or able
        blocked = [one for one in some if one not in able]
        row = data.draw(st.sampled_from((going_on if aim == ABLE else blocked) or able or some))
        some_of = (self.life.those(row) & self.life.agencies) or self.life.agencies
        agency = data.draw(st.sampled_from(sorted(some_of)))
        return row, (data.draw(st.sampled_from(sorted(row.who))), agency)

    def reader(self, data: st.DataObject) -> Who:
        """Anybody, or more often somebody who may act here."""
        may = [(letter, agency) for letter in "ST" for agency in sorted(self.life.agencies)]
        return data.draw(st.one_of(anybody, st.sampled_from(may), st.sampled_from(may)))

    def form_of(self, code: str) -> str:
        made = lifecycles()[self.kind].move(code)
        return made.form if made else ""

    def expected(self, row: Row, who: Who, is_late: bool, is_wrong: bool) -> str:
        """How it must end, by the model. What is said first: not theirs, then too late, then not allowed, then badly filled in."""
        ends = (
            (NOT_SHOWN, not self.life.reads(*who)),
            (LATE, is_late),
            (REFUSED, not self.life.may(row, *who)),
            (WRONG, is_wrong),
        )
        return next((name for name, is_so in ends if is_so), MADE)

    def after(self, row: Row, given: Written | None, made: int) -> None:
        """What a move changes, in the model."""
        to_state = self.life.state if row.to_state == "same" else row.to_state
        self.life = self.life.moved(row.code, to_state)
        if to_state == "reopened":
            # Whoever had it before may have left.
            self.life = replace(self.life, worker="")
        if given and given.form in ("allocation", "new_worker"):
            worker, lead = str(given.answers["worker"]), str(given.answers["lead"])
            joined = self.life.agencies | {worker.split(".")[1], lead}
            self.life = replace(self.life, worker=worker, lead=lead, agencies=joined)
        assert made == self.life.version
        assert self.logged() == [(f"case.{row.code}", f"case {self.number}", to_state)]
        self.note_entries(1 if given else 0)

    @rule(data=st.data(), who=anybody, door=st.sampled_from(["", "meeting"]))
    def a_move_that_is_not_there(self, data: st.DataObject, who: Who, door: str) -> None:
        """A move of another kind of case, or one through the wrong door."""
        wrong_door = [
            code for code, row in self.table.items() if ("meeting" in row.needs) != (door == "meeting")
        ]
        code = data.draw(st.sampled_from(["become_a_place", *wrong_door]))
        moving = Moving(self.number, code, self.life.version, None)
        result, _ = self.outcome(
            lambda: actions.move(viewing=self.at_work(who), **self.office.where, moving=moving, door=door)
        )
        assert result == (REFUSED if self.life.reads(*who) else NOT_SHOWN)
        assert len(self.logged()) == 1

    @rule(data=st.data())
    def the_log_fails(self, data: st.DataObject) -> None:
        """A move whose line in the log cannot be written is not made."""
        row, who = self.aimed(data, ABLE)
        form = FORMS.get(self.form_of(row.code))
        given = Written(form.code, filled(data.draw, form)) if form else None
        moving = Moving(self.number, row.code, self.life.version, given)
        door, before = "meeting" if "meeting" in row.needs else "", kept_rows()
        with (
            mock.patch.object(audit, "_append", side_effect=DatabaseError),
            pytest.raises(audit.AuditNotWritten),
        ):
            actions.move(viewing=self.at_work(who), **self.office.where, moving=moving, door=door)
        assert kept_rows() == before

    @rule(data=st.data(), is_wrong=st.sampled_from([False, False, True]))
    def write(self, data: st.DataObject, is_wrong: bool) -> None:
        """Somebody writes in the case: a note, a goal, or social care's agreement about somebody under 18."""
        who, code = self.reader(data), data.draw(st.sampled_from(WRITTEN[self.kind]))
        self.keep(who, Written(code, filled(data.draw, FORMS[code], wrong=is_wrong)), is_wrong=is_wrong)

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        """Somebody corrects what was written, or what was corrected already."""
        known = [one for one in self.written.values() if one["form"] in WRITTEN[self.kind]]
        if known:
            one = data.draw(st.sampled_from(known))
            given = filled(data.draw, FORMS[one["form"]])
            self.keep(self.reader(data), Written(one["form"], given, replaces=one["seq"]))

    def keep(self, who: Who, written: Written, *, is_wrong: bool = False) -> None:
        """The writing door, against the model."""
        result, entry = self.outcome(
            lambda: actions.write(
                viewing=self.at_work(who), **self.office.where, number=self.number, written=written
            )
        )
        corrected = {one["replaces"] for one in self.written.values()}
        form = FORMS[written.form]
        belongs = self.kind in form.of and (not form.who or ROLES[who[0]] in form.who)
        ends = (
            (MAY_NOT, who[0] in "BI"),
            (NOT_SHOWN, not self.life.reads(*who)),
            (REFUSED, not belongs),
            (WRONG, is_wrong),
            (LATE, written.replaces is not None and written.replaces in corrected),
        )
        assert result == next((name for name, is_so in ends if is_so), MADE)
        if result != MADE:
            return
        assert self.logged() == [("case.written", f"case {self.number}", "written")]
        self.note_entries(1)
        assert self.written[entry]["answers"] == written.answers
        self.what_stands()

    def what_stands(self) -> None:
        """What the entries that nothing corrects say of goals and of social care's agreement."""
        corrected = {one["replaces"] for one in self.written.values()}
        standing = [one for one in self.written.values() if one["seq"] not in corrected]
        agreed = any(
            one["form"] == "young_person_of_concern" and one["agency"] == "childrens_services"
            and {one["answers"].get(q) for q in ("agreed", "nrm", "section_45")} == {"yes"}
            for one in standing
        )  # fmt: skip
        self.life = replace(self.life, goals=sum(one["form"] == "goal" for one in standing), is_agreed=agreed)

    @precondition(lambda self: self.life.subject and self.life.state not in ENDED)
    @rule(data=st.data(), is_late=st.sampled_from([False] * 3 + [True]))
    def say_not_about(self, data: st.DataObject, is_late: bool) -> None:
        """Somebody says that the case is not about whom it was opened about: it stays where it is, and what needs to know whom has to wait."""
        who, version = self.reader(data), self.life.version - (1 if is_late else 0)
        written = Written("about_another", {"why": "It was her sister", "called": "A girl"})
        result, _ = self.outcome(
            lambda: len(
                actions.say_not_about(
                    viewing=self.at_work(who), **self.office.where, number=self.number, version=version, written=written
                )
            )
        )  # fmt: skip
        ends = (
            (MAY_NOT, who[0] in "BI"),
            (NOT_SHOWN, not self.life.reads(*who)),
            (LATE, is_late),
            (REFUSED, who[0] == "A" and self.kind == "child"),
        )
        assert result == next((name for name, is_so in ends if is_so), MADE)
        if result == MADE:
            self.life = replace(self.life.moved("not_about", self.life.state), subject="")
            assert self.logged() == [("case.not_about", f"case {self.number}", self.life.state)]
            self.note_entries(1)

    @rule(who=anybody, agency=st.sampled_from(AGENCIES), joins=st.booleans())
    def take_part(self, who: Who, agency: str, joins: bool) -> None:
        """An agency is brought into the case, or leaves its team."""
        given = {**self.office.where, "number": self.number}
        is_none = not joins and (agency, "team") not in self.parts()
        result, _ = self.outcome(
            lambda: (
                actions.take_part(viewing=self.at_work(who), **given, agency=agency)
                if joins
                else actions.leave(viewing=self.at_work(who), **given, which=actions.Leaving(agency))
            )
        )
        ends = (
            (MAY_NOT, who[0] in "BI"),
            (NOT_SHOWN, not self.life.reads(*who)),
            (REFUSED, is_none),
        )
        assert result == next((name for name, is_so in ends if is_so), MADE)
        if result == MADE:
            said = "joined" if joins else "left"
            assert self.logged() == [("case.part", f"case {self.number}", said)]
            self.life = replace(
                self.life, agencies=frozenset(one for one, part in self.parts() if part != "referrer")
            )

    def parts(self) -> set[tuple[str, str]]:
        """The last word on each agency and part counts."""
        last = {
            (row.agency, row.part): row.is_joined
            for row in CasePart.objects.filter(case=self.number).order_by("seq")
        }
        return {part for part, is_joined in last.items() if is_joined}

    @precondition(lambda self: self.life.open_actions == 0)
    @rule()
    def agree_an_action(self) -> None:
        """Something is to be done in the case."""
        AgreedAction.objects.create(
            case=self.number, what="Ring", owner_name="Mara", agency="police", due_on="2026-05-01", made_by="m", made_by_name="M",
            made_by_agency="police", made_at="2026-04-07T07:40Z",
        )  # fmt: skip
        self.life = replace(self.life, open_actions=1)

    @precondition(lambda self: self.life.open_actions)
    @rule()
    def finish_the_action(self) -> None:
        """It was done."""
        AgreedAction.objects.filter(case=self.number, state="open").update(state="done", version=1)
        self.life = replace(self.life, open_actions=0)

    # --- what is always so --------------------------------------------------------------------------------------------

    def note_entries(self, more: int = 1) -> None:
        """So many entries more than before; those before are as they were."""
        now = {row["seq"]: row for row in CaseEntry.objects.filter(case=self.number).values()}
        assert len(now) == len(self.written) + more
        assert {seq: now.get(seq) for seq in self.written} == self.written
        self.written = now

    @invariant()
    def the_head_is_what_the_moves_say(self) -> None:
        head = Case.objects.get(pk=self.number)
        life = self.life
        assert (head.kind, head.state, head.version, head.subject) == (
            self.kind,
            life.state,
            life.version,
            life.subject,
        )
        assert (head.worker, head.agency) == (life.worker, life.lead)
        made = CaseMove.objects.filter(case=self.number).order_by("number")
        assert list(made.values_list("number", "move", "from_state", "to_state")) == [(n, *one) for n, one in enumerate(life.moves)]  # fmt: skip

    @invariant()
    def every_move_has_one_line_in_the_log_of_the_same_request(self) -> None:
        made = CaseMove.objects.filter(case=self.number).values_list("request_id", "move", "said_by")
        lines = AuditEvent.objects.filter(subject=f"case {self.number}", action__startswith="case.").exclude(
            action__in=["case.view", "case.move_refused", "case.written", "case.part"]
        )
        assert sorted(lines.values_list("request_id", "action", "actor")) == sorted((r, f"case.{m}", by) for r, m, by in made)  # fmt: skip

    @invariant()
    def no_state_says_more_than_is_so(self) -> None:
        """Whatever the way there: a plan has goals and a worker, an allocated case a worker, and who is under 18 is no person of concern without social care's word."""
        life = self.life
        if life.state in ("allocated", "looked_into", "mapped"):
            assert life.worker
        if (life.kind, life.state) == ("child", "plan"):
            assert life.worker
            assert any(one["form"] == "goal" for one in self.written.values())
        assert lifecycles()[self.kind].state(life.state).is_open == (life.state not in ENDED)

    @invariant()
    def what_was_written_stays(self) -> None:
        self.note_entries(0)

    @invariant()
    def every_other_case_is_as_it_was(self) -> None:
        heads, *of_cases = self.others
        numbers = [row["seq"] for row in heads]
        assert list(Case.objects.filter(pk__in=numbers).order_by("seq").values()) == heads
        for table, before in zip(TABLES[1:], of_cases, strict=True):
            assert list(table.objects.filter(case__in=numbers).order_by("seq").values()) == before  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", sorted(FIRST))
def test_a_case_lives_as_its_table_says(office: Office, kind: str) -> None:
    for name in WORKERS:
        office.worker(*name.split("."))
    of_kind = type(f"LivesOf_{kind}", (Lives,), {"office": office, "kind": kind, "table": rows(kind)})
    run_state_machine_as_test(
        of_kind,
        settings=settings(
            max_examples=examples(8),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("kind", sorted(FIRST))
def test_the_products_table_is_practices_table(kind: str) -> None:
    life = lifecycles()[kind]
    ours = {one.code: one for one in life.moves if one.by not in ("referral", "identify")}
    theirs = rows(kind)
    assert sorted(ours) == sorted(theirs)
    assert life.first.code == FIRST[kind]
    # Whoever refers the same again opens it again, in whatever way it ended.
    for one in life.moves:
        if one.by == "referral":
            assert (set(one.from_states), one.to_state) == (ENDED & set(life.by_code), "reopened")
    # Whom it is about is said and taken back where the case stands; one that went into another begins again.
    opens = {state.code for state in life.states if state.is_open}
    by_who = {one.code: (set(one.from_states), one.to_state) for one in life.moves if one.by == "identify"}
    about = {"same_as": (opens, "joined"), "not_about": (opens, ""), "apart": ({"joined"}, FIRST[kind])}
    assert by_who == (about if kind != "peer_group" else {})
    for code, row in theirs.items():
        one = ours[code]
        assert (code, frozenset(one.from_states), one.to_state or "same") == (
            code,
            row.from_states,
            row.to_state,
        )
        assert (code, set(one.who)) == (code, {ROLES[letter] for letter in row.who})
        assert (code, {*one.agencies, *(["lead"] if one.is_leads else [])}) == (code, row.only_of)
        assert (code, set(one.needs)) == (code, {NEEDS[need] for need in row.needs - {"meeting"}})
        assert (code, one.by) == (code, "meeting" if "meeting" in row.needs else "")
