"""A key decision about somebody of concern, told in their case, is one of which each child who is linked has to be told: the limit runs in the child's case, and names nobody there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases import actions
from engage.casework.cases.actions import About, AnswersWrong, Written
from engage.casework.cases.models import ClockDue
from engage.governance.models import DeclaredRelationship
from engage.vocabulary.access import Viewing
from engage.web.cases.clocks import clocks_table
from tests.integration.casework.conftest import Office
from tests.integration.casework.test_cases import ALLOCATED, opens_concern
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ARREST = {"step": "arrest", "at": "2026-04-01T10:00", "told": "no", "told_not_why": "Asleep"}
LINK = {"linked": "yes", "how": "She was in his car"}


@pytest.fixture
def concern(office: Office) -> int:
    """Max, a grown-up, whom the police have."""
    return taken_on(office)


def taken_on(office: Office) -> int:
    number = opens_concern(office, "MAX")
    office.moves(number, "take_on", office.as_("detective", "police"), **ALLOCATED, worker=office.worker("detective", "police"))  # fmt: skip
    return number


def writes(office: Office, number: int, form: str, answers: dict[str, Any], **more: Any) -> int:
    written = Written(form, answers, **more)
    return actions.write(viewing=office.as_("detective", "police"), **office.where, number=number, written=written)  # fmt: skip


def links(office: Office, concern: int, child: int, **more: Any) -> int:
    return writes(office, concern, "linked_child", {**LINK, "case": str(child), **more.pop("answers", {})}, **more)  # fmt: skip


def told(office: Office, number: int, who: Viewing | None = None) -> list[tuple[str, str]]:
    return [
        (run.state.value, str(run.due.latest_on))
        for run in office.sees(number, who).runs
        if run.clock.code == "C23" and run.due
    ]


def laid(number: int) -> list[bool]:
    return list(ClockDue.objects.filter(case=number, clock="C23").values_list("is_open", flat=True))


def test_a_key_decision_begins_the_limit_of_each_linked_child_and_of_nobody_else(
    office: Office, concern: int
) -> None:
    ana, bea, tom = office.refers(), office.refers(about=About("child", "BEA")), office.refers(about=About("child", "TOM"))  # fmt: skip
    links(office, concern, ana)
    links(office, concern, bea)
    step = writes(office, concern, "police_step", ARREST)
    assert [told(office, one) for one in (ana, bea, tom)] == [[("overdue", "2026-04-02")]] * 2 + [[]]
    assert [laid(one) for one in (ana, bea, tom, concern)] == [[True], [True], [], []]
    # It was another day: what corrects the step counts in the child's case at once.
    writes(office, concern, "police_step", {**ARREST, "at": "2026-04-07T07:00"}, replaces=step)
    assert told(office, ana) == [("warning", "2026-04-08")]


def test_the_limit_ends_when_that_child_was_told(office: Office, concern: int) -> None:
    ana, bea = office.refers(), office.refers(about=About("child", "BEA"))
    office.brings(ana, "police")
    for child in (ana, bea):
        links(office, concern, child)
    # Of two who are linked it does not say which was told.
    writes(office, concern, "police_step", {**ARREST, "told": "yes", "told_at": "2026-04-01T12:00", "told_by": "Rowan"})  # fmt: skip
    assert (told(office, ana), told(office, bea)) == ([("overdue", "2026-04-02")],) * 2
    (key,) = (run.key for run in office.sees(ana).runs if run.clock.code == "C23")
    writes(office, ana, "police_step", {"step": "told", "at": "2026-04-02T09:00", "clock": key})
    assert (told(office, ana), told(office, bea)) == ([("in_time", "2026-04-02")], [("overdue", "2026-04-02")])  # fmt: skip
    assert (laid(ana), laid(bea)) == ([False], [True])


def test_who_was_told_in_the_linked_case_is_the_only_child_who_is_linked(office: Office, concern: int) -> None:  # fmt: skip
    ana = office.refers()
    links(office, concern, ana)
    writes(office, concern, "police_step", {**ARREST, "told": "yes", "told_at": "2026-04-01T12:00", "told_by": "Rowan"})  # fmt: skip
    assert told(office, ana) == [("in_time", "2026-04-02")]


def test_a_link_that_is_told_later_leaves_the_limit_when_it_was_and_one_that_is_taken_back_ends_it(office: Office, concern: int) -> None:  # fmt: skip
    ana, bea = office.refers(), office.refers(about=About("child", "BEA"))
    writes(office, concern, "police_step", {**ARREST, "at": "2025-06-01T10:00"})
    writes(office, concern, "police_step", ARREST)
    link = links(office, concern, ana)
    # What was over long before counts here no more.
    assert told(office, ana) == [("overdue", "2026-04-02")]
    (row,) = (row for row in clocks_table(office.sees(ana).runs).rows if "C23" in str(row[0]))
    assert "a key decision in a linked case (known here since Tuesday 7 April 2026)" in str(row[4])
    # It was the case of another child.
    links(office, concern, bea, replaces=link)
    assert (told(office, ana), told(office, bea)) == ([], [("overdue", "2026-04-02")])
    assert (laid(ana), laid(bea)) == ([], [True])


def test_the_childs_case_says_neither_who_nor_which_decision(
    office: Office, concern: int, sign_in: Callable[..., Client]
) -> None:
    ana = office.refers()
    links(office, concern, ana)
    writes(office, concern, "police_step", {**ARREST, "reference": "MAXCASE"})
    page = sign_in(role="social_worker", agency="childrens_services").get(f"/cases/{ana}/").content.decode()
    assert "a key decision in a linked case" in page
    assert not [word for word in ("Max", "Tarn", "MAXCASE", "Asleep", "rrested") if word in page]


@pytest.mark.parametrize("guarded", ["link", "step"])
def test_a_guarded_step_or_link_begins_no_limit_for_whoever_may_not_read_it(office: Office, concern: int, guarded: str) -> None:  # fmt: skip
    ana = office.refers()
    office.brings(ana, "police")
    links(office, concern, ana, sensitivity="restricted" if guarded == "link" else "standard")
    writes(office, concern, "police_step", ARREST, sensitivity="restricted" if guarded == "step" else "standard")  # fmt: skip
    assert told(office, ana) == []
    assert told(office, ana, office.as_("detective", "police")) == [("overdue", "2026-04-02")]


def test_whoever_declared_a_relationship_to_the_person_learns_nothing_in_the_childs_case(office: Office, concern: int) -> None:  # fmt: skip
    ana, cousin = office.refers(), office.as_("team_manager", user_id="cousin")
    links(office, concern, ana)
    writes(office, concern, "police_step", ARREST)
    assert told(office, ana, cousin) != []
    DeclaredRelationship.objects.create(
        user="cousin", kind="person", key="MAX", nature="cousin", agency="childrens_services", declared_by="x", declared_at=cousin.at
    )  # fmt: skip
    assert told(office, ana, cousin) == []
    assert told(office, ana) != []


def test_only_the_case_of_a_child_can_be_linked_and_a_build_leaves_what_holds(office: Office, concern: int) -> None:  # fmt: skip
    ana = office.refers()
    for wrong in (concern, 999):
        with pytest.raises(AnswersWrong) as refused:
            links(office, concern, wrong)
        assert set(refused.value.faults) == {"case"}
    links(office, concern, ana)
    writes(office, concern, "police_step", ARREST)
    before = (told(office, ana), laid(ana))
    actions.reckon_clocks(viewing=office.as_("operator", ""), **office.where)
    assert (told(office, ana), laid(ana)) == before


def test_what_the_police_record_of_a_suspect_counts_for_the_linked_child(
    world: World, viewing: Callable[..., Viewing]
) -> None:
    world.people("""
        id | agency             | person | name      | born
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
        2  | police             | MAX    | Max Tarn  | 1998-01-01
        3  | police             | BEA    | Bea Reed  | 2011-05-05
    """).events("""
        id | agency | who              | kind          | title  | when             | sensitivity
        e1 | police | police/2 suspect | crime         | Arrest | 2026-04-01 10:00 |
        e2 | police | police/2 suspect | crime         | Charge | 2026-04-02 10:00 | restricted
        e3 | police | police/3 suspect | crime         | Arrest | 2026-04-01 10:00 |
    """)  # fmt: skip
    world.served()
    office = Office(world, viewing)
    ana, bea, concern = office.refers(), office.refers(about=About("child", "BEA")), taken_on(office)
    links(office, concern, ana)
    office.brings(ana, "police")
    # A child whom a record holds as a suspect is no victim of it.
    assert (told(office, ana), told(office, bea)) == ([("overdue", "2026-04-02")], [])
    assert laid(ana) == [True]
    # The second is kept by the police to themselves.
    assert len(told(office, ana, office.as_("detective", "police", at=datetime(2026, 4, 8, tzinfo=UTC)))) == 2
