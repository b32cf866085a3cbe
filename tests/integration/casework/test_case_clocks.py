"""The clocks of a case: told by forms and moves, heard from agencies' records, seen by those who may, and laid down for a day's list."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases import actions
from engage.casework.cases.actions import About, AnswersWrong, MoveRefused, Written
from engage.casework.cases.models import ClockDue
from engage.casework.clocks.catalogue import HERE, load
from engage.casework.clocks.rules import Length, Run, Unit
from engage.casework.returns import actions as returns
from engage.casework.week import queries as week
from engage.governance.queries import MayNotDo
from engage.picture.missing.stated import stated
from engage.store.alone import alone
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import Office
from tests.integration.casework.test_cases import ALLOCATED, DECLINED, opens_concern
from tests.integration.casework.test_handing_over import MEASURES
from tests.spec.picture.drawing import World


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Tuesday 7 April 2026, 08:40, after Easter Monday.
CASES = Path(actions.__file__).parent
GOOD_FRIDAY_EVENING = datetime(2026, 4, 3, 19, 0, tzinfo=UTC)


def of(runs: tuple[Run, ...], code: str) -> list[tuple[str, str]]:
    return [
        (run.state.value, str(run.due.latest_on) if run.due else "") for run in runs if run.clock.code == code
    ]


def test_a_referral_of_the_eve_of_easter_is_decided_by_the_first_working_day_after_it(office: Office) -> None:
    number = office.refers(came="phone", received="2026-04-02T16:30")
    assert of(office.sees(number).runs, "C1") == [("warning", "2026-04-07")]
    office.moves(number, "acknowledge", office.as_(), how="phone")
    assert of(office.sees(number).runs, "C1")[0][0] == "warning"  # telling the referrer is half of it
    office.moves(number, "accept", office.as_(), why="Collected by a man.", safe_tonight="yes")
    assert of(office.sees(number).runs, "C1")[0][0] == "in_time"


def test_a_breached_clock_stays_on_the_list_until_what_ends_it_is_told(office: Office) -> None:
    number = office.refers(came="phone", received="2026-03-02T10:00")
    assert of(office.sees(number).runs, "C1") == [("overdue", "2026-03-03")]
    office.moves(number, "acknowledge", office.as_(), how="phone")
    assert of(office.sees(number).runs, "C1") == [("overdue", "2026-03-03")]
    office.moves(number, "accept", office.as_(), why="Collected by a man.", safe_tonight="yes")
    assert of(office.sees(number).runs, "C1") == [("late", "2026-03-03")]


@pytest.fixture
def enquiry(world: World, viewing: Callable[..., Viewing]) -> Office:
    """Social care's extract holds a section 47 enquiry about Ana, and one about each of Bea, Cal and Dee that is guarded or comes with a register."""
    world.people("""
        id | agency             | person | name      | born
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
        2  | childrens_services | BEA    | Bea Reed  | 2011-05-05
        3  | childrens_services | CAL    | Cal Moss  | 2011-06-06
        4  | childrens_services | DEE    | Dee Holt  | 2011-07-07
    """).events("""
        id | agency             | who                        | kind          | title                                | when       | sensitivity | handling | cohort
        s1 | childrens_services | childrens_services/1 child | investigation | Section 47 enquiry                   | 2026-03-25 |             |          |
        s2 | childrens_services | childrens_services/2 child | investigation | Section 47 enquiry                   | 2026-03-25 | restricted  |          |
        s3 | childrens_services | childrens_services/3 child | investigation | Section 47 enquiry                   | 2026-03-25 |             | C        |
        s4 | childrens_services | childrens_services/4 child | investigation | Section 47 enquiry                   | 2026-03-25 |             |          | register
    """)  # fmt: skip
    world.served()
    return Office(world, viewing)


def test_what_social_care_records_already_starts_the_clock_without_being_typed_again(enquiry: Office) -> None:
    number = enquiry.refers()
    states = of(enquiry.sees(number).runs, "C5b")
    assert states == [("running", "2026-04-17")]  # fifteen working days over Good Friday and Easter Monday


@pytest.mark.parametrize("child", ["BEA", "CAL", "DEE"])
def test_what_is_guarded_starts_no_clock_that_others_see_and_none_that_is_laid_down(
    enquiry: Office, child: str
) -> None:
    number = enquiry.refers(about=About("child", child))
    enquiry.brings(number, "police")
    if child == "BEA":
        assert of(enquiry.sees(number).runs, "C5b") == [("running", "2026-04-17")]
    assert of(enquiry.sees(number, enquiry.as_("detective", "police")).runs, "C5b") == []
    assert not ClockDue.objects.filter(case=number, clock="C5b").exists()


def test_what_is_due_is_laid_down_with_what_is_told_and_made_anew_after_a_build(enquiry: Office) -> None:
    number = enquiry.refers()
    before = sorted(ClockDue.objects.values_list("clock", "is_open", "due_at"), key=str)
    assert {"C1", "C2", "C5b"} <= {clock for clock, _open, _due in before}
    ClockDue.objects.all().delete()
    heard: list[tuple[int, int]] = []
    made: Any = actions.reckon_clocks(
        viewing=enquiry.as_("operator", ""), **enquiry.where, told=lambda *said: heard.append(said)
    )
    assert (made, heard) == (1, [(1, 1)])
    assert sorted(ClockDue.objects.values_list("clock", "is_open", "due_at"), key=str) == before
    assert number


def test_what_a_build_that_was_stopped_left_is_caught_up_once(enquiry: Office) -> None:
    enquiry.refers()
    before = sorted(ClockDue.objects.values_list("clock", "is_open", "due_at"), key=str)
    ClockDue.objects.all().delete()
    with alone(enquiry.where["area"]):
        assert actions.catch_up_clocks(viewing=enquiry.as_("operator", ""), **enquiry.where) == 0
    caught_up = [
        actions.catch_up_clocks(viewing=enquiry.as_("operator", ""), **enquiry.where) for _ in range(2)
    ]
    assert caught_up == [1, 0]
    assert sorted(ClockDue.objects.values_list("clock", "is_open", "due_at"), key=str) == before


@pytest.fixture
def returned(world: World, viewing: Callable[..., Viewing]) -> Office:
    """The police's extract tells of two times of being missing of Ana in the week of Easter, and of one from long before; her interview after the first is recorded by social care."""
    world.people("""
        id | agency             | person | name      | born
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
        2  | police             | ANA    | Ana Petal | 2010-03-01
    """).events("""
        id | agency             | who                     | kind             | title                      | when
        m0 | police             | police/2 missing person | missing          |                            | 2025-06-01 18:00
        f0 | police             | police/2 missing person | found            |                            | 2025-06-02 18:00
        m1 | police             | police/2 missing person | missing          |                            | 2026-03-31 18:00
        f1 | police             | police/2 missing person | found            |                            | 2026-04-01 18:00
        i1 | childrens_services | childrens_services/1 child | return_interview | Return home interview held | 2026-04-02 10:00
        m2 | police             | police/2 missing person | missing          |                            | 2026-04-05 18:00
        f2 | police             | police/2 missing person | found            |                            | 2026-04-05 23:00
    """)  # fmt: skip
    world.served()
    return Office(world, viewing)


# Of the return on Sunday 5 April at 23:00 UTC the interview is due on Wednesday 8 April at midnight by the clock in London, an hour later.
INTERVIEW = {
    "offered": "yes", "offered_at": "2026-04-06T10:00", "offered_by": "Lena", "offer_learned": "x", "offered_again": "x", "told": "no", "told_not_why": "x",
}  # fmt: skip


def interviewed(office: Office, report: str, **answers: Any) -> None:
    written = Written("return_interview", {**INTERVIEW, **answers})
    returns.record(viewing=office.as_(), **office.where, report=f"zz:police:events:{report}", written=written)


def test_returns_and_interviews_are_heard_from_the_extract_each_interview_with_its_own_return(returned: Office) -> None:  # fmt: skip
    number = returned.refers()
    assert [state for state, _due in of(returned.sees(number).runs, "C12")] == ["in_time", "running"]
    assert [one.state for one in ClockDue.objects.filter(case=number, clock="C12", is_open=True)] == ["running"]  # fmt: skip
    # A parent's no is none of the child's: nobody asked her.
    refused = {"by_hand": "yes", "answer": "refused", "answered_at": "2026-04-06T10:05"}
    interviewed(returned, "m2", **refused, refused_by="parent")
    assert [state for state, _due in of(returned.sees(number).runs, "C12")] == ["in_time", "running"]
    # What is written of the first return now, after the second, is still of the first.
    interviewed(returned, "m1", **refused, refused_by="child")
    assert [state for state, _due in of(returned.sees(number).runs, "C12")] == ["in_time", "running"]
    interviewed(returned, "m2", **refused, refused_by="child")
    assert [state for state, _due in of(returned.sees(number).runs, "C12")] == ["in_time", "in_time"]


def test_a_return_that_is_written_twice_is_one(office: Office) -> None:
    number = office.refers()
    back = {"by_hand": "no", "returned": "2026-04-05T21:00"}
    office.writes(number, "return_interview", **INTERVIEW, **back, answer="waiting")
    refused = office.writes(number, "return_interview", **INTERVIEW, **back, answer="refused", answered_at="2026-04-06T12:00", refused_by="child")  # fmt: skip
    assert [state for state, _due in of(office.sees(number).runs, "C12")] == ["in_time"]
    # It was her mother who said no: what the correction no longer says is taken back.
    office.corrects(number, refused, "return_interview", **INTERVIEW, **back, answer="refused", answered_at="2026-04-06T12:00", refused_by="parent")  # fmt: skip
    assert [state for state, _due in of(office.sees(number).runs, "C12")] == ["running"]


def test_the_list_of_missing_children_and_the_clock_go_by_one_number_of_hours() -> None:
    (clock,) = load().clocks["C12"]
    assert clock.length == Length(int(stated().interview.lasts / timedelta(hours=1)), Unit.CLOCK_HOUR)
    assert "72" not in (HERE / "catalogue" / "c12_return_interview.yaml").read_text("utf-8").split("length:")[1].split("starts:")[0]  # fmt: skip


def test_a_missed_limit_is_explained_by_name_and_stays_on_the_list(office: Office) -> None:
    worker, number = office.worker("team_manager"), office.refers(came="phone", received="2026-03-02T10:00")

    def run() -> Run:
        return next(one for one in office.sees(number).runs if one.clock.code == "C1")

    said = {"why": "The form lay in a box of a worker who was ill.", "authorised_by": worker}
    assert run().is_breach_unexplained
    for wrong in ("C1|told:999", "C99|told:1", ""):
        with pytest.raises(AnswersWrong):
            office.writes(number, "lateness", clock=wrong, **said)
    other = next(one for one in office.sees(number).runs if one.clock.code == "C2")
    with pytest.raises(AnswersWrong) as refused:
        office.writes(number, "lateness", clock=other.key, **said)
    assert "not missed" in refused.value.faults["clock"].text
    for late in (office.worker("nurse", "health"), "nobody"):
        with pytest.raises(AnswersWrong) as refused:
            office.writes(number, "lateness", clock=run().key, **{**said, "authorised_by": late})
        assert "a manager" in refused.value.faults["authorised_by"].text
    guarded = Written("lateness", {"clock": run().key, **said}, sensitivity="restricted")
    with pytest.raises(MoveRefused, match="stands with the time limit"):
        actions.write(viewing=office.as_(), **office.where, number=number, written=guarded)
    office.writes(number, "lateness", clock=run().key, **said)
    found = run()
    assert (found.state.value, found.is_open, found.reason, found.authorised_by) == (
        "overdue",
        True,
        said["why"],
        "Team_Manager",
    )
    # It was said of this limit alone.
    assert [one.reason for one in office.sees(number).runs if one.clock.code != "C1" and one.reason] == []
    assert ClockDue.objects.filter(case=number, clock="C1", is_open=True).exists()


def test_only_a_limit_whose_rule_lets_it_stand_still_does_and_only_by_a_manager(office: Office) -> None:
    worker, number = office.worker("team_manager"), office.refers()
    office.moves(number, "accept", office.as_(), why="Seen", safe_tonight="yes")
    office.moves(number, "allocate", worker=office.worker(), lead="childrens_services", first="Visit")
    keys = {one.clock.code: one.key for one in office.sees(number).runs}
    manager = office.as_("team_manager")
    paused = {
        "since": "2026-04-07T08:00",
        "why": "She is in hospital.",
        "authorised_by": worker,
        "review_on": "2026-04-20",
    }
    with pytest.raises(MoveRefused, match="does not fill in"):
        office.writes(number, "clock_paused", clock=keys["C18"], **paused)
    with pytest.raises(AnswersWrong) as refused:
        office.writes(number, "clock_paused", manager, clock=keys["C2"], **paused)
    assert "does not let it stand still" in refused.value.faults["clock"].text
    later = office.viewing(
        role="team_manager", agency="childrens_services", at=manager.at + timedelta(hours=2)
    )
    paused["since"] = "2026-04-07T09:00"
    office.writes(number, "clock_paused", later, clock=keys["C18"], **paused)
    (run,) = (one for one in office.sees(number, later).runs if one.clock.code == "C18")
    assert (run.state.value, [one.reason for one in run.pauses], run.not_counted) == (
        "paused",
        ["She is in hospital."],
        (),
    )


@pytest.fixture
def concern(office: Office) -> int:
    """A person of concern whom the police have."""
    number, police = opens_concern(office, "MAX"), office.as_("detective", "police")
    office.moves(number, "take_on", police, **ALLOCATED, worker=office.worker("detective", "police"))
    office.moves(number, "agree_measures", police, **MEASURES)
    office.worker("nurse", "police")
    return number


def measure(office: Office, number: int, **answers: str) -> int:
    return office.writes(number, "disruption_measure", office.as_("detective", "police"), **{**MEASURE, **answers})  # fmt: skip


def became(office: Office, number: int, of_measure: int | str, **answers: str) -> int:
    said = {"measure": str(of_measure), "happened_on": "2026-04-06", "effect": "None", "know": "Told", **answers}  # fmt: skip
    return office.writes(number, "disruption_result", office.as_("detective", "police"), **said)


def rings(office: Office, number: int, code: str = "C29") -> list[tuple[str, str]]:
    return of(office.sees(number, office.as_("detective", "police")).runs, code)


def test_an_order_rings_before_the_day_on_which_it_ends_and_a_longer_or_changed_one_by_its_new_day(office: Office, concern: int) -> None:  # fmt: skip
    order = measure(office, concern, until_on="2026-04-20")
    assert rings(office, concern) == [("warning", "2026-04-20")]
    became(office, concern, order, result="longer", longer_by="Inspector Vale", until_on="2026-09-01")
    assert rings(office, concern) == [("running", "2026-09-01")]
    became(office, concern, order, result="changed", longer_by="The court", until_on="2026-04-12")
    assert rings(office, concern) == [("warning", "2026-04-12")]
    became(office, concern, order, result="changed", longer_by="The court")
    assert rings(office, concern) == [("warning", "2026-04-12")]


def test_an_order_that_is_lifted_ends_no_other(office: Office, concern: int) -> None:
    notice = measure(office, concern, from_on="2026-01-05", until_on="2026-04-20")
    measure(office, concern, tactic="sexual_risk", from_on="2026-02-02", until_on="2026-04-25")
    lifted = became(office, concern, notice, result="lifted")
    assert rings(office, concern) == [("in_time", "2026-04-20"), ("warning", "2026-04-25")]
    # It was kept, and not lifted: what was told of it is taken back.
    kept = {"measure": str(notice), "happened_on": "2026-04-06", "effect": "None", "know": "Told", "result": "kept"}  # fmt: skip
    written = Written("disruption_result", kept, replaces=lifted)
    actions.write(viewing=office.as_("detective", "police"), **office.where, number=concern, written=written)
    assert rings(office, concern) == [("warning", "2026-04-20"), ("warning", "2026-04-25")]


def test_the_page_offers_the_measures_of_the_case_and_a_corrected_one_keeps_what_became_of_it(
    office: Office, concern: int, sign_in: Callable[..., Client]
) -> None:
    notice = measure(office, concern, until_on="2026-04-20")
    became(office, concern, notice, result="longer", longer_by="Inspector Vale", until_on="2026-09-01")
    corrected = {**MEASURE, "target": "Max Tarn", "until_on": "2026-04-21"}
    police = office.as_("detective", "police")
    written = Written("disruption_measure", corrected, replaces=notice)
    entry = actions.write(viewing=police, **office.where, number=concern, written=written)
    assert rings(office, concern) == [("running", "2026-09-01")]
    browser = sign_in(role="detective", agency="police")
    page = browser.get(f"/cases/{concern}/write/disruption_result/").content.decode()
    assert f'<option value="{entry}">Child abduction warning notice, Max Tarn, from 1 March 2026<' in re.sub(r"\s*\n\s*", "", page)  # fmt: skip
    # In what was written before, the measure is still called by its name.
    assert f">{notice}<" not in browser.get(f"/cases/{concern}/").content.decode()


def test_what_became_of_a_measure_that_is_no_order_tells_no_order(office: Office, concern: int) -> None:
    measure(office, concern, until_on="2026-04-20")
    visit = measure(office, concern, tactic="visit", from_on="2026-03-05")
    became(office, concern, visit, result="ended")
    became(office, concern, visit, result="longer", longer_by="Inspector Vale", until_on="2026-09-01")
    assert rings(office, concern) == [("warning", "2026-04-20")]
    for wrong in ("Notice", "999"):
        with pytest.raises(AnswersWrong) as refused:
            became(office, concern, wrong, result="ended")
        assert "measure of this case" in refused.value.faults["measure"].text


STEP = {"step": "arrest", "told": "yes", "told_by": "Rowan"}
NOT_TOLD = {"step": "bail", "at": "2026-04-01T18:00", "told": "no", "told_not_why": "Asleep"}


@pytest.fixture
def with_police(office: Office) -> int:
    """A child's case in which the police take part."""
    number = office.refers()
    office.brings(number, "police")
    office.moves(number, "accept", office.as_(), why="Seen", safe_tonight="yes")
    return number


def step(office: Office, number: int, *, replaces: int | None = None, **answers: str) -> int:
    police, written = office.as_("detective", "police"), Written("police_step", answers, replaces=replaces)
    return actions.write(viewing=police, **office.where, number=number, written=written)


def of_telling(office: Office, number: int) -> list[str]:
    return [state for state, _due in of(office.sees(number).runs, "C23")]


def test_a_child_is_told_of_each_step_of_the_police_by_itself(office: Office, with_police: int) -> None:
    step(office, with_police, **STEP, at="2026-04-01T10:00", told_at="2026-04-01T12:00")
    step(office, with_police, **STEP, at="2026-04-01T11:00", told_at="2026-04-01T12:30")
    bailed = step(office, with_police, **NOT_TOLD)
    assert of_telling(office, with_police) == ["in_time", "in_time", "overdue"]
    # Of a day in court nothing runs, and of the bail nobody told her by that.
    court = {**STEP, "step": "court"}
    step(office, with_police, **court, at="2026-04-02T10:00", told_at="2026-04-02T11:00")
    assert of_telling(office, with_police) == ["in_time", "in_time", "overdue"]
    corrected = {**STEP, "step": "bail", "at": "2026-04-01T18:00", "told_at": "2026-04-02T09:00"}
    step(office, with_police, replaces=bailed, **corrected)
    assert of_telling(office, with_police) == ["in_time", "in_time", "in_time"]


def test_that_a_child_was_told_later_names_the_time_limit_of_the_step(
    office: Office, with_police: int
) -> None:
    step(office, with_police, **NOT_TOLD)
    step(office, with_police, **{**NOT_TOLD, "at": "2026-04-01T19:00"})
    runs = office.sees(with_police).runs
    (c1,) = (run.key for run in runs if run.clock.code == "C1")
    first, _second = (run.key for run in runs if run.clock.code == "C23")
    later = {"step": "told", "at": "2026-04-02T09:00"}
    with pytest.raises(AnswersWrong) as refused:
        step(office, with_police, **later, clock=c1)
    assert "waits for something else" in refused.value.faults["clock"].text
    entry = step(office, with_police, **later, clock=first)
    assert of_telling(office, with_police) == ["in_time", "overdue"]
    # She was told of a day in court, as it turned out.
    court = {**STEP, "step": "court", "at": "2026-04-02T09:00", "told_at": "2026-04-02T09:00"}
    step(office, with_police, replaces=entry, **court)
    assert of_telling(office, with_police) == ["overdue", "overdue"]


MEASURE = {
    "tactic": "abduction_warning", "from_on": "2026-03-01", "authoriser": "Inspector Vale", "authorised_on": "2026-03-01", "target_kind": "person", "target": "Max", "worker": "nurse.police",
    "necessity": "He waits at the gate", "victim_view": "Asked; she agrees",
}  # fmt: skip


def test_what_changes_at_eighteen_was_gone_through(office: Office) -> None:
    number = office.refers()
    assert [
        (run.clock.code, run.is_open) for run in office.sees(number).runs if run.clock.code == "C17b"
    ] == [("C17b", True)]
    prepared = {
        "talked_on": "2026-04-06",
        "nrm": "None",
        "support": "Goes on",
        "adult_services": "yes",
        "young_person_says": "“Keep Mara.”",
    }
    office.writes(number, "adulthood", **prepared)
    assert [
        (run.clock.code, run.is_open) for run in office.sees(number).runs if run.clock.code == "C17b"
    ] == [("C17b", False)]


REFERRED_ON = {
    "considered_on": "2026-04-01", "considered_by": "x", "moved": "no", "kinds": ["sexual"], "refer": "yes", "referred_on": "2026-04-01", "responder": "police",
    "responder_name": "Rowan", "guardian": "yes", "decided_where": "home_office",
}  # fmt: skip


def test_a_referral_to_the_national_mechanism_that_is_withdrawn_waits_for_no_decision(office: Office) -> None:
    number = office.refers()
    office.writes(number, "nrm_referral", **REFERRED_ON)
    assert of(office.sees(number).runs, "C15") == [("running", "2026-04-10")]
    office.writes(number, "nrm_decision", decision="withdrawn", decided_on="2026-04-02", reference="N1")
    assert of(office.sees(number).runs, "C15") == [("ended", "2026-04-10")]


def test_what_a_local_panel_decides_has_its_own_limit_and_not_that_of_the_home_office(office: Office) -> None:
    number = office.refers()
    entry = office.writes(number, "nrm_referral", **{**REFERRED_ON, "decided_where": "not_known"})
    assert of(office.sees(number).runs, "C15") == [("running", "2026-04-10")]
    office.corrects(number, entry, "nrm_referral", **{**REFERRED_ON, "decided_where": "local_panel"})
    runs = [(run.clock.code, run.state.value, str(run.due.latest_on), run.clock.is_shown_first) for run in office.sees(number).runs if run.due and run.clock.code in ("C15", "C17")]  # fmt: skip
    assert runs == [("C17", "running", "2026-05-16", True)]


def test_a_child_with_whom_somebody_spoke_by_phone_was_not_seen(office: Office) -> None:
    before = {"at": GOOD_FRIDAY_EVENING}
    worker, number = office.worker(), office.refers(office.as_(**before))
    office.moves(number, "accept", office.as_(**before), why="Seen", safe_tonight="yes")
    office.moves(number, "allocate", office.as_("team_manager", **before), worker=worker, lead="childrens_services", first="Visit")  # fmt: skip
    visit = {"at": "2026-04-05T10:00", "by": worker, "saw": "Heard her laugh", "seen": "yes", "alone": "yes"}
    office.writes(number, "visit", **visit, where="online", spoke="yes")
    assert [of(office.sees(number).runs, code) for code in ("C30", "C31")] == [
        [("running", "2026-05-01")]
    ] * 2
    office.writes(number, "visit", **visit, where="home")
    assert [state for state, _due in of(office.sees(number).runs, "C30")] == ["in_time", "running"]


def test_an_emergency_order_rings_before_the_day_that_it_states(office: Office) -> None:
    number = office.refers()
    made = {"step": "emergency_made", "step_on": "2026-04-04", "source": "The court"}
    entry = office.writes(number, "statutory_step", **made)
    assert of(office.sees(number).runs, "C25") == [("running", "2026-04-12")]
    office.corrects(number, entry, "statutory_step", **made, until_on="2026-04-08")
    assert of(office.sees(number).runs, "C25") == [("warning", "2026-04-08")]
    longer = {
        "step": "emergency_longer",
        "step_on": "2026-04-07",
        "source": "The court",
        "court": "Weirshire",
    }
    office.writes(number, "statutory_step", **longer, until_on="2026-04-14")
    assert of(office.sees(number).runs, "C25") == [("running", "2026-04-14")]


def test_who_has_the_case_does_not_authorise_that_it_is_late_manager_or_not(office: Office) -> None:
    worker, number = office.worker("team_manager"), office.refers(came="phone", received="2026-03-02T10:00")
    office.moves(number, "accept", office.as_(), why="Seen", safe_tonight="yes")
    office.moves(number, "allocate", worker=worker, lead="childrens_services", first="Visit")
    (key,) = (run.key for run in office.sees(number).runs if run.clock.code == "C1")
    late = {"clock": key, "why": "The form lay in a box."}
    with pytest.raises(AnswersWrong) as refused:
        office.writes(number, "lateness", **late, authorised_by=worker)
    assert "Who has the case" in refused.value.faults["authorised_by"].text
    office.writes(number, "lateness", **late, authorised_by=office.worker("team_manager", "police"))


def test_the_time_to_hold_a_strategy_discussion_begins_when_it_was_decided_and_not_when_it_is_typed(office: Office) -> None:  # fmt: skip
    number = office.refers()
    office.moves(number, "accept", office.as_(), why="Seen", safe_tonight="yes")
    called = {
        "why": "Collected twice",
        "decided_by": "x",
        "invite": ["police"],
        "until_then": "At her aunt's",
    }
    with pytest.raises(AnswersWrong):
        office.moves(number, "call_strategy", office.as_(), **called)
    office.moves(number, "call_strategy", office.as_(), **called, decided_at="2026-04-02T10:00")
    assert of(office.sees(number).runs, "C3") == [("overdue", "2026-04-03")]
    entry = office.sees(number).entries[-1].number
    office.corrects(number, entry, "strategy_decision", **called, decided_at="2026-04-07T08:00")
    assert of(office.sees(number).runs, "C3") == [("running", "2026-04-08")]


def test_a_review_that_is_planned_rings_for_its_invitations_and_a_court_date_is_known_before(office: Office) -> None:  # fmt: skip
    number = office.refers()
    office.writes(number, "statutory_step", step="review_planned", step_on="2026-06-10", source="LCS 1")
    assert of(office.sees(number).runs, "C11") == [("running", "2026-05-12")]
    office.writes(number, "statutory_step", step="invited", step_on="2026-04-07", source="LCS 1")
    assert [state for state, _due in of(office.sees(number).runs, "C11")] == ["in_time"]
    office.brings(number, "police")
    detective, court = office.as_("detective", "police"), {"step": "court", "at": "2026-06-10T10:00"}
    assert office.writes(number, "police_step", detective, **court, told="yes", told_at="2026-04-07T07:00", told_by="Phone")  # fmt: skip
    with pytest.raises(AnswersWrong) as error:
        office.writes(number, "statutory_step", step="review_held", step_on="2026-06-10", source="LCS 1")
    assert set(error.value.faults) == {"step_on"}


REOPENED = {"new": "She rang", "differs": "She asks for help", "danger_now": "no"}
ACCEPTED = {"why": "She asks for help", "safe_tonight": "yes"}


def test_a_declined_referral_that_is_taken_on_after_all_needs_its_assessment_again(office: Office) -> None:
    def needed() -> list[str]:
        return [state for state, _due in of(office.sees(number).runs, "C2")]

    number = office.refers()
    office.moves(number, "decline", **DECLINED)
    office.moves(number, "reopen", **REOPENED)
    assert needed() == ["ended"]  # nobody has taken it on yet
    office.moves(number, "accept", **ACCEPTED)
    assert needed() == ["running"]
    office.moves(number, "decline", **DECLINED)
    assert needed() == ["ended"]
    # A new referral opens it again: what was declined before stays declined.
    office.refers()
    office.moves(number, "accept", **ACCEPTED)
    assert needed() == ["ended", "running"]


def test_an_order_that_is_written_in_a_childs_case_rings_before_it_ends_too(office: Office) -> None:
    number = office.refers()
    office.brings(number, "police")
    order = measure(office, number, until_on="2026-04-20")
    assert rings(office, number) == [("warning", "2026-04-20")]
    became(office, number, order, result="lifted")
    assert rings(office, number) == [("in_time", "2026-04-20")]


HELD = {
    "by_hand": "yes", "answer": "accepted", "answered_at": "2026-04-06T10:00", "held": "yes", "held_at": "2026-04-06T12:00", "held_by": "Lena", "carer": "no",
    "alone": "yes", "learned": "x", "harm": "no",
}  # fmt: skip


@pytest.mark.parametrize("has_referred", [True, False])
def test_an_interview_by_a_charity_without_a_part_in_the_case_ends_its_time_limit(returned: Office, has_referred: bool) -> None:  # fmt: skip
    charity = returned.as_("parent_liaison", "charity")
    number = returned.refers(charity if has_referred else None)
    written = Written("return_interview", {**INTERVIEW, **HELD})
    held = returns.record(viewing=charity, **returned.where, report="zz:police:events:m2", written=written)
    later = returned.as_(at=datetime(2026, 4, 9, 9, tzinfo=UTC))
    assert [state for state, _due in of(returned.sees(number, later).runs, "C12")] == ["in_time", "in_time"]
    assert not ClockDue.objects.filter(case=number, clock="C12", is_open=True).exists()
    # It was not held after all: what was told of it is taken back.
    offered = Written("return_interview", {**INTERVIEW, "by_hand": "yes", "answer": "waiting"}, replaces=held)
    returns.record(viewing=charity, **returned.where, report="zz:police:events:m2", written=offered)
    assert [state for state, _due in of(returned.sees(number, later).runs, "C12")] == ["in_time", "overdue"]
    assert ClockDue.objects.filter(case=number, clock="C12", is_open=True).exists()


def test_an_interview_that_is_kept_from_others_is_heard_by_whoever_may_read_it(returned: Office) -> None:
    number, detective = returned.refers(), returned.as_("detective", "police")
    written = Written("return_interview", {**INTERVIEW, **HELD}, handling="C")
    returned.brings(number, "education")
    returns.record(viewing=detective, **returned.where, report="zz:police:events:m2", written=written)
    assert ClockDue.objects.filter(case=number, clock="C12", is_open=True).exists()
    assert (
        of(returned.sees(number, returned.as_("education_lead", "education")).runs, "C12")[-1][0] == "running"
    )
    returned.brings(number, "police")
    assert of(returned.sees(number, detective).runs, "C12")[-1][0] == "in_time"


def test_a_conference_that_is_decided_on_after_the_discussion_is_to_be_asked_for_within_a_working_day(
    office: Office, sign_in: Callable[..., Client]
) -> None:
    number = office.refers()
    office.writes(number, "statutory_step", step="conference_decided", step_on="2026-04-02", source="LCS 1")
    # Thursday before Good Friday: the next working day is the Tuesday after Easter.
    assert [due for _state, due in of(office.sees(number).runs, "C6")] == ["2026-04-07"]
    office.writes(number, "statutory_step", step="conference_requested", step_on="2026-04-07", source="LCS 1")
    assert [state for state, _due in of(office.sees(number).runs, "C6")] == ["in_time"]
    assert "Working days were counted by: england, holidays 0." in sign_in().get(f"/cases/{number}/").content.decode()  # fmt: skip


def test_a_manager_reads_how_limits_were_kept_with_both_starts_of_the_fifteen_days(
    office: Office, sign_in: Callable[..., Client]
) -> None:
    number, other = office.refers(), office.refers(about=About("child", "BEA"))
    for case, held_on in ((number, "2026-03-30"), (other, "")):
        office.writes(case, "statutory_step", step="section_47_started", step_on="2026-03-02", source="LCS 1")
        if held_on:
            office.writes(case, "statutory_step", step="conference_held", step_on=held_on, source="LCS 1")
    manager = office.as_("team_manager")
    found = {one.clock.code: one for one in week.limits(viewing=manager, **office.where).kept}
    five = found["C5b"]
    # From 2 March fifteen working days end on the 23rd: the one was held late, the other is over.
    assert (five.in_time, five.late, five.running, five.overdue, five.other) == (0, 1, 0, 1, 0)
    assert "C5" not in found
    shown = sign_in("team_manager", username="boss").get("/caseload/limits/").content.decode()
    assert "another way of counting C5" in shown
    assert sign_in("team_manager", username="eva").get("/caseload/limits/?from_on=0001-01-01&until_on=9999-12-31").status_code == 200  # fmt: skip
    before = week.limits(viewing=manager, **office.where, until_on=manager.at.date() - timedelta(days=1))
    assert before.kept == ()
    # Of cases that another agency leads nothing is counted.
    assert week.limits(viewing=office.as_("team_manager", "police"), **office.where).kept == ()
    with pytest.raises(MayNotDo):
        week.limits(viewing=office.as_(), **office.where)
