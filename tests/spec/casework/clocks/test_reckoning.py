"""What does a clock make of times that are not known exactly, of corrections, pauses, extensions and explanations?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from engage.casework.clocks.catalogue import load
from engage.casework.clocks.reckoning import reckon
from engage.casework.clocks.rules import Span, State, Told
from engage.vocabulary.time import Happened, Precision
from tests.spec.casework.clocks.drawing import at, due, runs, said, stands, told
from tests.spec.identities.towns import drawn


# A day that was told without a time: a return on Friday 1 May 2026, so that 72 hours end on Monday 4 May, some time.
DAY_ONLY = "event | when | written\nchild.returned | 2026-05-01 |"


@pytest.mark.parametrize(
    ("interview", "now", "expected"),
    [
        ("", "2026-05-03 23:59", "warning"),
        ("", "2026-05-04 00:01", "not_known"),
        ("", "2026-05-04 23:59", "not_known"),
        ("", "2026-05-05 00:00", "overdue"),
        ("interview.held | 2026-05-03 |", "2026-05-09 09:00", "in_time"),
        ("interview.held | 2026-05-04 |", "2026-05-09 09:00", "not_known"),
        ("interview.held | 2026-05-04 10:00 |", "2026-05-09 09:00", "not_known"),
        ("interview.held | 2026-05-05 |", "2026-05-09 09:00", "late"),
        ("interview.held | 2026-05 |", "2026-06-09 09:00", "not_known"),
        ("interview.held | |", "2026-05-09 09:00", "not_known"),
    ],
)
def test_times_known_by_the_day_are_never_guessed(interview, now, expected):
    assert stands("C12", f"{DAY_ONLY}\n{interview}" if interview else DAY_ONLY, now) == [
        f"{expected} 2026-05-04 00:00..2026-05-05 00:00"
    ]


def test_what_was_written_down_at_ten_had_happened_by_ten():
    returned = "event | when | written\nchild.returned | 2026-05-01 11:00 |\ninterview.held | 2026-05-04 | {}"
    assert stands("C12", returned.format(""), "2026-05-05 09:00") == ["not_known 2026-05-04 11:00"]
    assert stands("C12", returned.format("2026-05-04 10:00"), "2026-05-05 09:00") == [
        "in_time 2026-05-04 11:00"
    ]


def test_a_clock_of_days_needs_no_hours():
    assert stands("C1", "event | when\nreferral.received | 2026-05-01\nreferral.decided | 2026-05-05\nreferrer.told | 2026-05-05", "2026-05-09 09:00") == [
        "in_time 2026-05-05"
    ]  # fmt: skip


def test_a_start_that_nobody_dated_is_not_known_and_is_not_left_out():
    (run,) = runs("C12", "event | when\nchild.returned |", "2026-05-09 09:00")
    assert (run.state, run.due, run.used, run.is_open) == (State.NOT_KNOWN, None, None, True)


def test_nothing_is_due_from_what_was_at_some_time_before_a_moment():
    some = [Told("r", "child.returned", Happened(None, at("2026-05-01 10:00"), Precision.UNKNOWN))]
    (run,) = (
        one for one in reckon(some, catalogue=load(), now=at("2026-05-09 09:00")) if one.clock.code == "C12"
    )
    assert (run.state, run.due, run.used) == (State.NOT_KNOWN, None, None)


TWO_RETURNS = """
    id | event          | when             | regards
    r1 | child.returned | 2026-05-01 10:00 |
    r2 | child.returned | 2026-05-11 10:00 |
"""


def test_an_interview_ends_the_clock_of_the_latest_return_and_no_other():
    assert stands("C12", TWO_RETURNS + "i | interview.held | 2026-05-12 10:00 |", "2026-06-01 09:00") == [
        "overdue 2026-05-04 10:00", "in_time 2026-05-14 10:00",
    ]  # fmt: skip


def test_a_second_interview_after_the_same_return_ends_no_earlier_clock():
    twice = TWO_RETURNS + "i | interview.held | 2026-05-12 10:00 |\nj | interview.held | 2026-05-13 10:00 |"
    assert stands("C12", twice, "2026-06-01 09:00")[0] == "overdue 2026-05-04 10:00"


def test_an_interview_that_says_which_return_it_is_about_ends_that_clock():
    named = TWO_RETURNS + "i | interview.held | 2026-05-12 10:00 | r1"
    assert stands("C12", named, "2026-06-01 09:00") == ["late 2026-05-04 10:00", "overdue 2026-05-14 10:00"]


def test_an_interview_about_a_return_that_is_not_there_ends_nothing():
    named = TWO_RETURNS + "i | interview.held | 2026-05-12 10:00 | elsewhere"
    assert [one.state for one in runs("C12", named, "2026-06-01 09:00")] == [State.OVERDUE, State.OVERDUE]


def test_naming_what_begins_no_such_clock_does_not_keep_an_ending_from_it():
    table = """
        id | event                   | when             | regards
        s  | section47.agreed        | 2026-03-24 14:00 |
        q  | conference.requested    | 2026-03-25 09:00 |
        h  | conference.initial_held | 2026-04-10 09:00 | q
    """
    assert stands("C5", table, "2026-05-01 09:00") == ["in_time 2026-04-16"]


@pytest.mark.parametrize(
    ("first", "second", "interview", "states"),
    [
        ("2026-05-10 10:00", "2026-05-12", "2026-05-12 11:00", ["not_known", "not_known"]),
        ("2026-05-10 10:00", "2026-05-12 10:00", "2026-05-12", ["not_known", "not_known"]),
        ("2026-05-12", "2026-05-12 10:00", "2026-05-12 12:00", ["not_known", "not_known"]),
        ("2026-05-10 10:00", "2026-05-12 10:00", "2026-05-12 10:00", ["overdue", "in_time"]),
    ],
    ids=["the second by the day", "the interview by the day", "the first by the day", "in one minute"],
)
def test_where_it_is_not_sure_which_return_an_interview_was_about_neither_is_guessed(
    first, second, interview, states
):
    table = f"event | when\nchild.returned | {first}\nchild.returned | {second}\ninterview.held | {interview}"
    found = runs("C12", table, "2026-06-01 09:00")
    assert [one.state.value for one in found] == states
    for run in found:
        is_not_known = run.state is State.NOT_KNOWN
        assert (run.is_open, len(run.may_have_ended)) == (
            is_not_known or run.state is State.OVERDUE,
            int(is_not_known),
        )


def test_a_late_interview_does_not_make_a_return_late_that_an_earlier_one_may_have_been_about():
    table = """
        id | event          | when             | regards
        r1 | child.returned | 2026-05-10 10:00 |
        r2 | child.returned | 2026-05-12       |
        i1 | interview.held | 2026-05-12 11:00 |
        i2 | interview.held | 2026-05-20 11:00 | r1
    """
    first, _second = runs("C12", table, "2026-06-01 09:00")
    assert (first.state, first.is_open) == (State.NOT_KNOWN, False)
    surely_late = table.replace("2026-05-10 10:00", "2026-05-01 10:00")
    assert runs("C12", surely_late, "2026-06-01 09:00")[0].state is State.LATE


def test_nothing_closes_a_breached_clock_but_what_ends_it():
    overdue = "event | when\nchild.returned | 2026-05-01 10:00\ncase.closed | 2026-05-02 10:00\nreferral.received | 2026-06-01 10:00"
    (run,) = runs("C12", overdue, "2031-01-01 09:00")
    assert (run.state, run.is_open, run.is_breach_unexplained) == (State.OVERDUE, True, True)


def test_why_it_is_late_and_who_authorised_that():
    table = """
        event              | when             | by        | reason
        child.returned     | 2026-05-01 10:00 |           |
        lateness.explained | 2026-05-05 09:00 | A. Manager | The child was in hospital
    """
    (run,) = runs("C12", table, "2026-05-06 09:00")
    assert (run.state, run.reason, run.authorised_by) == (
        State.OVERDUE,
        "The child was in hospital",
        "A. Manager",
    )
    assert not run.is_breach_unexplained
    assert (run.pauses, run.not_counted) == ((), ())
    (run,) = runs("C12", table + "interview.held | 2026-05-07 09:00 | |", "2026-05-08 09:00")
    assert (run.state, run.reason) == (State.LATE, "The child was in hospital")
    # Also what is said once it has ended, by a clock that runs once.
    after = "event | when | by | reason\nallocation | 2026-06-01 | |\nrisk.agreed | 2026-06-20 | |\nlateness.explained | 2026-06-21 | A. Manager | Ill"
    (run,) = runs("C18", after, "2026-07-07 09:00")
    assert (run.state, run.reason, run.authorised_by) == (State.LATE, "Ill", "A. Manager")


def test_a_reason_without_a_name_explains_no_breach():
    table = "event | when | by | reason\nchild.returned | 2026-05-01 10:00 | |\ninterview.held | 2026-05-09 10:00 | | No worker"
    (run,) = runs("C12", table, "2026-05-10 09:00")
    assert (run.state, run.reason, run.is_breach_unexplained) == (State.LATE, "No worker", True)


def test_a_correction_reckons_anew():
    table = """
        id | event          | when             | replaces | regards
        r1 | child.returned | 2026-05-01 10:00 |          |
        i1 | interview.held | 2026-05-04 11:00 |          | r1
    """
    assert stands("C12", table, "2026-05-09 09:00") == ["late 2026-05-04 10:00"]
    assert stands("C12", table + "r2 | child.returned | 2026-05-01 12:00 | r1 |", "2026-05-09 09:00") == [
        "in_time 2026-05-04 12:00"
    ]
    assert stands("C12", table + "x | telling.taken_back | 2026-05-08 12:00 | i1 |", "2026-05-09 09:00") == [
        "overdue 2026-05-04 10:00"
    ]
    assert stands("C12", table + "x | telling.taken_back | 2026-05-08 12:00 | r1 |", "2026-05-09 09:00") == [
        "not_started"
    ]


ALLOCATED = "event | when | by\nallocation | 2026-06-01 | \n"


@pytest.mark.parametrize(
    ("told_of", "now", "expected"),
    [
        ("", "2026-06-20 09:00", "overdue 2026-06-15"),
        ("clock.paused | 2026-06-05 | A. Manager", "2026-06-30 09:00", "paused"),
        ("clock.paused | 2026-06-05 |", "2026-06-30 09:00", "overdue 2026-06-15"),
        ("clock.paused | 2026-06-05 | A. Manager\nclock.resumed | 2026-06-12 |", "2026-06-15 09:00", "running 2026-06-22"),
        ("clock.paused | 2026-06-05 | A. Manager\nclock.resumed | 2026-06-05 |", "2026-06-05 19:00", "running 2026-06-15"),
        ("clock.paused | 2026-06-15 | A. Manager\nclock.resumed | 2026-06-20 |", "2026-06-21 09:00", "warning 2026-06-22"),
        ("clock.paused | 2026-06-16 | A. Manager", "2026-06-30 09:00", "overdue 2026-06-15"),
        ("clock.paused | 2026-06-05 | A. Manager\nclock.paused | 2026-06-08 |\nclock.resumed | 2026-06-12 |", "2026-06-15 09:00", "running 2026-06-22"),
        ("clock.paused | 2026-06-02 09:00 | A. Manager\nclock.resumed | 2026-06-04 10:00 |\nclock.paused | 2026-06-04 11:00 | A. Manager", "2026-06-15 09:00", "paused"),
    ],
    ids=["none", "paused", "nobody authorised it", "a week", "the same day", "on the last day, until a Saturday", "when time was up", "again by nobody", "again on the day on which it went on"],
)  # fmt: skip
def test_a_pause_counts_only_with_a_named_authoriser_and_while_there_is_time(told_of, now, expected):
    assert stands("C18", ALLOCATED + told_of, now) == [expected]


@pytest.mark.parametrize(
    ("paused", "resumed", "expected"),
    [
        # It stood still for no day, or up to the end of June.
        ("2026-06-03 10:00", "2026-06", "not_known 2026-06-15..2026-07-10"),
        # It stood still from the first day, or not before time was up.
        ("2026-06", "2026-07-06", "not_known 2026-06-15..2026-07-20"),
    ],
)
def test_how_long_it_stood_still_is_not_guessed(paused, resumed, expected):
    still = f"clock.paused | {paused} | A. Manager\nclock.resumed | {resumed} |"
    assert stands("C18", ALLOCATED + still, "2026-07-07 09:00") == [expected]


def test_what_is_said_of_one_time_limit_is_heard_by_no_other():
    paused = (
        "event | when | by | clock\nallocation | 2026-06-01 | |\nclock.paused | 2026-06-05 | A. Manager | {}"
    )
    assert stands("C18", paused.format("C27"), "2026-06-30 09:00") == ["overdue 2026-06-15"]
    assert stands("C18", paused.format("C18"), "2026-06-30 09:00") == ["paused"]


def test_what_is_paused_twice_stands_still_once(tmp_path):
    (tmp_path / "c3.yaml").write_text(
        "{code: C3, is_local: true, whose: Weirshire, effective: 2026-01-01, pauses: [{event: clock.paused, until: clock.resumed}]}", encoding="utf-8"
    )  # fmt: skip
    table = """
        event            | when             | by
        strategy.decided | 2026-06-01 09:00 |
        clock.paused     | 2026-06-01 10:00 | A. Manager
        clock.paused     | 2026-06-01 12:00 | A. Manager
        clock.resumed    | 2026-06-01 15:00 |
    """
    assert stands("C3", table, "2026-06-01 16:00", load(tmp_path)) == ["running 2026-06-02 14:00"]


def test_a_paused_clock_says_what_was_used_and_what_is_left():
    (run,) = runs("C18", ALLOCATED + "clock.paused | 2026-06-05 | A. Manager", "2026-06-30 09:00")
    assert (run.due, run.used, run.left) == (None, Span(4, 4), Span(6, 6))


def test_a_pause_that_does_not_count_is_shown():
    (run,) = runs("C18", ALLOCATED + "clock.paused | 2026-06-05 |", "2026-06-30 09:00")
    assert ([one.event for one in run.not_counted], run.pauses) == (["clock.paused"], ())


def test_national_clocks_cannot_be_paused():
    table = (
        "event | when | by\nchild.returned | 2026-05-01 10:00 |\nclock.paused | 2026-05-01 11:00 | A. Manager"
    )
    assert stands("C12", table, "2026-05-05 09:00") == ["overdue 2026-05-04 10:00"]


@pytest.mark.parametrize(
    ("code", "started", "now", "used", "left"),
    [
        ("C2", "referral.received | 2026-03-30 09:00", "2026-03-30 23:00", 0, 45),
        ("C2", "referral.received | 2026-03-30 09:00", "2026-04-07 09:00", 4, 41),
        ("C2", "referral.received | 2026-03-30 09:00", "2026-06-05 09:00", 45, 0),
        ("C2", "referral.received | 2026-03-30 09:00", "2026-06-10 09:00", 48, -3),
        ("C12", "child.returned | 2026-03-27 18:00", "2026-03-29 19:00", 48, 24),
        ("C12", "child.returned | 2026-03-27 18:00", "2026-03-30 20:30", 73, -2),
        ("C8", "conference.initial_held | 2026-01-12", "2026-04-01 09:00", 79, 11),
    ],
)
def test_used_and_left(code, started, now, used, left):
    (run,) = runs(code, f"event | when\n{started}", now)
    assert (run.used, run.left) == (Span(used, used), Span(left, left))


def test_what_lies_ahead_has_not_started_but_says_when_it_would_be_due():
    assert stands("C7", "event | when\nconference.initial_held | 2026-05-06 10:00", "2026-05-01 09:00") == [
        "not_started 2026-05-20"
    ]


def test_an_ending_that_lies_ahead_ends_nothing_yet():
    table = "event | when\nchild.returned | 2026-05-01 10:00\ninterview.held | 2026-05-03 10:00"
    assert stands("C12", table, "2026-05-02 09:00") == ["running 2026-05-04 10:00"]
    assert stands("C12", table, "2026-05-03 10:00") == ["in_time 2026-05-04 10:00"]


def test_the_version_in_force_when_it_started_counts(tmp_path):
    (tmp_path / "c7.yaml").write_text(
        "{code: C7, is_local: true, whose: Weirshire, effective: 2026-06-01, length: 5 working_day}",
        encoding="utf-8",
    )
    area = load(tmp_path)
    before, after = (
        "event | when\nconference.initial_held | 2026-05-29",
        "event | when\nconference.initial_held | 2026-06-01",
    )
    assert stands("C7", before, "2026-06-03 09:00", area) == ["running 2026-06-12"]
    assert stands("C7", after, "2026-06-03 09:00", area) == ["warning 2026-06-08"]
    assert runs("C7", after, "2026-06-03 09:00", area)[0].versions == ("2026-06-01 (Weirshire)",)


def test_where_nobody_said_on_which_side_of_a_change_it_began_neither_version_is_guessed(tmp_path):
    (tmp_path / "c7.yaml").write_text(
        "{code: C7, is_local: true, whose: Weirshire, effective: 2026-06-15, length: 5 working_day}",
        encoding="utf-8",
    )
    area = load(tmp_path)
    for month, expected in (
        ("2026-05", "2026-05-18..2026-06-12"),
        ("2026-06", "2026-06-08..2026-07-14"),
        ("2026-07", "2026-07-08..2026-08-07"),
    ):
        (run,) = runs("C7", f"event | when\nconference.initial_held | {month}", "2026-08-20 09:00", area)
        assert due(run) == expected


def test_what_happened_before_there_was_the_rule_begins_no_clock(tmp_path):
    day = "event | when\nconference.initial_held | {}"
    assert stands("C7", day.format("2018-07-03"), "2018-08-03 09:00") == ["not_started"]
    assert stands("C7", day.format("2018-07-04"), "2018-08-03 09:00") == ["overdue 2018-07-18"]
    # An area may say that something else begins it, too: from that day on.
    (tmp_path / "c7.yaml").write_text(
        "{code: C7, is_local: true, whose: Weirshire, effective: 2026-06-01, starts: [conference.initial_held, plan.began]}",
        encoding="utf-8",
    )
    made = "event | when\nplan.began | {}"
    for on, expected in (("2026-05-29", "not_started"), ("2026-06-01", "running 2026-06-15")):
        assert stands("C7", made.format(on), "2026-06-03 09:00", load(tmp_path)) == [expected]


def test_days_on_which_an_area_is_closed_make_local_clocks_longer_and_no_national_one(tmp_path):
    (tmp_path / "settings.yaml").write_text(
        "closed: [{day: 2026-12-29, why: Offices are closed between the holidays}]", encoding="utf-8"
    )
    area = load(tmp_path)
    both = "event | when\nreferral.received | 2026-12-24\nconference.decided | 2026-12-24"
    assert stands("C6", both, "2026-12-24 09:00", area) == ["warning 2026-12-30"]
    assert stands("C1", both, "2026-12-24 09:00", area) == ["warning 2026-12-29"]
    assert runs("C6", both, "2026-12-24 09:00", area)[0].calendar.endswith(", 1 closed")


@pytest.mark.parametrize(
    ("nation", "started", "expected"),
    [
        ("england", "2026-04-02", "2026-04-07"),
        ("wales", "2026-04-02", "2026-04-07"),
        ("scotland", "2026-04-02", "2026-04-06"),
        ("northern_ireland", "2026-04-02", "2026-04-07"),
        ("northern_ireland", "2026-07-10", "2026-07-14"),
        ("scotland", "2026-06-12", "2026-06-16"),
        ("england", "2026-06-12", "2026-06-15"),
        ("scotland", "2026-11-27", "2026-12-01"),
        ("england", "2026-11-27", "2026-11-30"),
    ],
)
def test_each_nation_has_its_own_working_days(nation, started, expected):
    assert (
        due(
            runs(
                "C6", f"event | when\nconference.decided | {started}", f"{started} 09:00", load(nation=nation)
            )[0]
        )
        == expected
    )


def test_which_kind_of_case_is_asked_for():
    found = reckon(
        told("event | when\nnotice.began | 2026-03-01"),
        catalogue=load(),
        now=at("2026-03-02 09:00"),
        about="place",
    )
    assert {one.clock.code for one in found} == {"C21", "C29"}


def test_the_order_in_which_things_are_told_does_not_matter():
    table = told(TWO_RETURNS + "i | interview.held | 2026-05-12 10:00 |")
    first = reckon(table, catalogue=load(), now=at("2026-06-01 09:00"))
    assert reckon(reversed(table), catalogue=load(), now=at("2026-06-01 09:00")) == first
    assert "overdue 2026-05-04 10:00" in {said(one) for one in first}


def test_what_happened_in_one_minute_is_taken_in_the_same_order_however_it_was_told():
    table = told("""
        id | event         | when
        a  | risk.agreed   | 2026-01-05 10:00
        b  | risk.reviewed | 2026-03-05 10:00
        c  | risk.agreed   | 2026-03-05 10:00
    """)
    now = at("2026-03-06 09:00")
    first = reckon(table, catalogue=load(), now=now)
    assert reckon(reversed(table), catalogue=load(), now=now) == first
    reviews = [one for one in first if one.clock.code == "C19"]
    assert [(one.started_by.told_id, one.state) for one in reviews] == [
        ("a", State.IN_TIME),
        ("c", State.RUNNING),
    ]


def test_a_month_that_a_source_wrote_leaves_a_month_open():
    (run,) = runs("C8", "event | when\nconference.initial_held | 2026-02", "2026-05-15 09:00")
    assert (run.state, run.due.earliest_on.isoformat(), run.due.latest_on.isoformat()) == (
        State.NOT_KNOWN,
        "2026-05-01",
        "2026-05-28",
    )
    assert run.due.latest_at - run.due.earliest_at == timedelta(days=27)


REFERRED_TWICE = """
    id | event             | when
    a  | referral.received | 2026-01-05 10:00
    b  | referral.received | 2026-01-15 10:00
"""


@pytest.mark.parametrize(
    ("further", "expected"),
    [
        ("c | assessment.ended | 2026-02-20", ["in_time 2026-03-09", "in_time 2026-03-19"]),
        ("c | assessment.ended | 2026-03-12", ["late 2026-03-09", "in_time 2026-03-19"]),
        ("c | assessment.ended | 2026-01-10", ["in_time 2026-03-09", "overdue 2026-03-19"]),
        # On the day of the second referral: whether it was before is not known, of the first it is.
        ("c | assessment.ended | 2026-01-15", ["in_time 2026-03-09", "not_known 2026-03-19"]),
        ("c | assessment.ended | 2026-01-15 10:00", ["in_time 2026-03-09", "in_time 2026-03-19"]),
    ],
    ids=["both", "the first late", "before the second", "on the day of the second", "in one minute"],
)
def test_one_assessment_answers_every_referral_before_it(further, expected):
    assert stands("C2", REFERRED_TWICE + further, "2026-04-07 09:00") == expected


def test_of_a_referral_known_by_the_day_it_is_not_known_whether_an_assessment_on_that_day_answers_it():
    by_day = (
        REFERRED_TWICE.replace("2026-01-15 10:00", "2026-01-15") + "c | assessment.ended | 2026-01-15 10:00"
    )
    first, second = runs("C2", by_day, "2026-04-07 09:00")
    assert (said(first), first.may_have_ended) == ("in_time 2026-03-09", ())
    assert (said(second), len(second.may_have_ended)) == ("not_known 2026-03-19", 1)


@pytest.mark.parametrize(
    ("declined", "expected"),
    [("2026-01-16", "ended 2026-03-19"), ("2026-03-20", "late 2026-03-19")],
    ids=["in time", "when it was late"],
)
def test_a_referral_that_is_declined_needs_no_assessment_and_another_does(declined, expected):
    table = """
        id | event             | when             | regards
        a  | referral.received | 2026-01-05 10:00 |
        b  | referral.received | 2026-01-15 10:00 |
    """
    table += f"c | referral.declined | {declined} | b"
    assert stands("C2", table, "2026-04-07 09:00") == ["overdue 2026-03-09", expected]


NEEDLESS = drawn("""
    clock | began              | when             | event              | at               | then
    C3    | strategy.decided   | 2026-03-02 10:00 | strategy.withdrawn | 2026-03-02 14:00 | ended 2026-03-03 10:00
    C3    | strategy.decided   | 2026-03-02 10:00 | strategy.withdrawn | 2026-03-04 10:00 | late 2026-03-03 10:00
    C15   | nrm.referred       | 2026-03-02       | nrm.withdrawn      | 2026-03-03       | ended 2026-03-09
    C15   | nrm.referred       | 2026-03-02       | nrm.withdrawn      | 2026-03-12       | late 2026-03-09
    C19   | risk.agreed        | 2026-01-05       | case.closed        | 2026-02-02 12:00 | ended 2026-04-05
    C19   | risk.agreed        | 2026-01-05       | case.closed        | 2026-04-06 12:00 | late 2026-04-05
""")


@pytest.mark.parametrize("row", NEEDLESS, ids=[f"{row['clock']} {row['then']}" for row in NEEDLESS])
def test_what_is_needless_ends_and_what_was_late_by_then_stays_late(row):
    table = f"event | when\n{row['began']} | {row['when']}\n{row['event']} | {row['at']}"
    assert stands(row["clock"], table, "2026-06-01 09:00") == [row["then"]]
