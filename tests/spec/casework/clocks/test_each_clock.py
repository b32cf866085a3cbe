"""When is time up, clock by clock? The days were counted by hand, from a calendar on paper."""

from __future__ import annotations

from datetime import date

import pytest

from engage.casework.clocks.calendars import Calendar
from engage.casework.clocks.catalogue import load
from engage.casework.clocks.reckoning import reckon
from tests.spec.casework.clocks.drawing import at, due, runs, stands, told
from tests.spec.identities.towns import drawn


# Easter 2026: 3 and 6 April. Bank holidays: 4 and 25 May, 31 August, 25 and 28 December 2026, 1 January 2027.
EACH = drawn("""
    clock | started by              | when             | due              | because
    C1    | referral.received       | 2026-04-02 23:59 | 2026-04-07       | Thursday before Easter, a minute before midnight: Tuesday
    C1    | referral.received       | 2026-04-03 00:00 | 2026-04-07       | a minute later it is Good Friday, which is day 0: Tuesday too
    C1    | referral.received       | 2026-04-07 00:00 | 2026-04-08       | the first minute of a working day is that day, and no day of grace
    C2    | referral.received       | 2026-01-05 09:00 | 2026-03-09       | nine weeks without a holiday
    C2    | referral.received       | 2026-03-02 09:00 | 2026-05-07       | nine weeks, and three holidays in them
    C3    | strategy.decided        | 2026-03-28 20:00 | 2026-03-29 21:00 | 24 real hours: the clocks went forward
    C4    | strategy.held           | 2026-05-22       | 2026-05-26       | Friday before a bank holiday
    C5    | section47.agreed        | 2026-03-24 14:00 | 2026-04-16       | fifteen working days over Easter
    C5a   | section47.discussed     | 2026-03-31 10:00 | 2026-04-23       | the same from a later discussion
    C5b   | section47.started       | 2026-03-25       | 2026-04-17       | the same from the start of the enquiries
    C6    | conference.decided      | 2026-12-24 16:30 | 2026-12-29       | Christmas Eve; Boxing Day is a Saturday, Monday stands for it
    C7    | conference.initial_held | 2026-12-17       | 2027-01-05       | over Christmas and New Year
    C8    | conference.initial_held | 2026-11-30       | 2027-02-28       | no 30 February: the last day of the month, a Sunday
    C9    | conference.review_held  | 2027-08-31       | 2028-02-29       | a leap year
    C10   | child.born              | 2026-08-20 03:15 | 2026-09-04       | ten working days over the August bank holiday
    C10a  | child.born              | 2026-08-20 03:15 | 2026-09-18       | twenty
    C11   | conference.review_planned | 2026-04-29     | 2026-03-30       | twenty working days backwards, over Easter
    C12   | child.returned          | 2026-03-27 18:00 | 2026-03-30 19:00 | 72 real hours over a weekend; the clocks went forward
    C12   | child.returned          | 2026-10-23 18:00 | 2026-10-26 17:00 | and back
    C12   | child.returned          | 2026-12-24 12:00 | 2026-12-27 12:00 | Christmas does not stop it
    C14   | child.returned          | 2026-03-27 18:00 |                  | as soon as possible is no number
    C15   | nrm.referred            | 2026-12-23       | 2027-01-04       | five working days over Christmas and New Year
    C16   | nrm.reasonable_grounds  | 2026-01-30 11:00 | 2026-03-01       | the thirtieth day, from which it may be made
    C17   | nrm.referred_to_panel   | 2026-02-01       | 2026-03-18       | 45 days
    C17b  | birthday.eighteenth     | 2026-07-10       | 2026-07-09       | the last day as a child
    C18   | allocation              | 2026-08-20       | 2026-09-04       | ten working days
    C19   | risk.agreed             | 2026-11-30       | 2027-02-28       | three months
    C19a  | concern.first           | 2026-01-01       | 2026-03-26       | twelve weeks
    C20   | profile.made            | 2028-02-29       | 2029-02-28       | a year from a leap day
    C21   | notice.began            | 2026-08-31       | 2027-02-28       | six months
    C23   | suspect.arrested        | 2026-12-24 23:59 | 2026-12-29       | one working day
    C23a  | suspect.charged         | 2026-12-24       | 2027-01-05       | five
    C24   | protection.began        | 2026-10-23 18:00 | 2026-10-26 17:00 | 72 real hours
    C25   | emergency_order.began   | 2026-03-01       | 2026-03-09       | eight days
    C26   | access.requested        | 2026-01-31       | 2026-03-02       | 28 February is a Saturday: Monday
    C27   | information.requested   | 2026-03-16       | 2026-04-16       | 17 March is a bank holiday in Northern Ireland, which is enough
    C28   | plan.ended              | 2028-02-29       | 2029-02-28       | twelve months
    C30   | allocation              | 2026-03-27 10:00 | 2026-04-24       | four weeks; holidays do not stop it
    C31   | allocation              | 2026-03-27 10:00 | 2026-04-24       | four weeks; holidays do not stop it
""")


@pytest.mark.parametrize("row", EACH, ids=[f"{row['clock']} {row['when']}" for row in EACH])
def test_when_time_is_up(row):
    found = runs(row["clock"], f"event | when\n{row['started by']} | {row['when']}", "2029-06-01 12:00")
    assert [due(one) for one in found] == [row["due"]], row["because"]


def test_every_clock_that_is_on_is_drawn_somewhere():
    drawn_elsewhere = {"C13", "C17a", "C22", "C29"}
    assert {row["clock"] for row in EACH} | drawn_elsewhere == {
        *load().clocks, *load(nation="wales").clocks, *load(nation="scotland").clocks,
    }  # fmt: skip


def test_a_referral_is_decided_only_when_the_referrer_was_told_too():
    decided = """
        event             | when
        referral.received | 2026-04-07 09:00
        referral.decided  | 2026-04-08 09:00
    """
    assert stands("C1", decided, "2026-04-09 09:00") == ["overdue 2026-04-08"]
    assert stands("C1", decided + "  referrer.told | 2026-04-08 23:59", "2026-04-09 09:00") == [
        "in_time 2026-04-08"
    ]
    assert stands("C1", decided + "  referrer.told | 2026-04-09 00:00", "2026-04-09 09:00") == [
        "late 2026-04-08"
    ]


ENQUIRIES = """
    event             | when
    strategy.held     | 2026-03-24 14:00
    section47.agreed  | 2026-03-24 14:00
    section47.started | 2026-03-25
    strategy.held     | 2026-03-31 10:00
    section47.discussed | 2026-03-31 10:00
"""


def test_the_fifteen_days_are_counted_from_every_start_and_the_area_says_which_is_shown_first(tmp_path):
    now = "2026-04-20 09:00"
    assert stands("C5", ENQUIRIES, now) == ["overdue 2026-04-16"]
    assert stands("C5a", ENQUIRIES, now) == ["warning 2026-04-23"]
    assert stands("C5b", ENQUIRIES, now) == ["overdue 2026-04-17"]
    (tmp_path / "settings.yaml").write_text("shown_first: {C5: C5a}", encoding="utf-8")
    for catalogue, first in ((load(), "C5"), (load(tmp_path), "C5a")):
        found = reckon(told(ENQUIRIES), catalogue=catalogue, now=at(now))
        mine = [one for one in found if one.clock.code.startswith("C5")]
        assert [one.clock.code for one in mine if one.clock.is_shown_first] == [first]
        assert mine[0].clock.code == first
        assert {one.clock.code for one in mine} == {"C5", "C5a", "C5b"}


def test_a_further_discussion_moves_the_last_start_but_mends_no_breach():
    (run,) = runs("C5a", ENQUIRIES, "2026-04-01 09:00")
    assert [one.happened.from_at for one in run.other_starts] == [at("2026-03-24 14:00")]
    after = ENQUIRIES + "    section47.discussed | 2026-04-27 10:00\n"
    assert stands("C5a", after, "2026-04-28 09:00") == ["overdue 2026-04-23", "running 2026-05-19"]
    held = after + "    conference.initial_held | 2026-05-01 10:00\n"
    assert stands("C5a", held, "2026-05-02 09:00") == ["late 2026-04-23", "in_time 2026-05-19"]
    # On the last day there was time yet.
    for further, moves in (
        ("2026-04-23 23:30", ["running 2026-05-15"]),
        ("2026-04-24 00:00", ["overdue 2026-04-23", "running 2026-05-18"]),
    ):
        on_last = ENQUIRIES + f"    section47.discussed | {further}\n"
        assert stands("C5a", on_last, "2026-04-28 09:00") == moves


@pytest.mark.parametrize("named", ["first", "further"])
def test_a_conference_that_names_one_of_several_discussions_ends_the_run_that_they_share(named):
    table = f"""
        id      | event                   | when             | regards
        first   | section47.agreed        | 2026-03-24 14:00 |
        further | section47.discussed     | 2026-03-31 10:00 |
        held    | conference.initial_held | 2026-04-10 10:00 | {named}
    """
    for code, last in (("C5", "2026-04-16"), ("C5a", "2026-04-23")):
        assert stands(code, table, "2026-05-01 09:00") == [f"in_time {last}"]


def test_a_discussion_that_decided_on_no_enquiries_begins_and_moves_nothing():
    assert (
        runs("C5a", "event | when\nstrategy.held | 2026-03-24 14:00", "2026-04-01 09:00")[0].started_by
        is None
    )
    further = ENQUIRIES + "    strategy.held | 2026-04-02 10:00\n"
    assert stands("C5a", further, "2026-04-20 09:00") == ["warning 2026-04-23"]


def test_enquiries_that_need_no_conference_stop_the_clock():
    (run,) = runs("C5", ENQUIRIES + "    section47.ended | 2026-04-10", "2026-05-01 09:00")
    assert (run.state.value, run.is_stopped) == ("ended", True)
    (late,) = runs("C5", ENQUIRIES + "    section47.ended | 2026-04-30", "2026-05-01 09:00")
    assert (late.state.value, late.is_stopped) == ("late", True)


def test_a_review_ends_one_clock_and_begins_the_next():
    held = """
        event                   | when
        conference.initial_held | 2026-01-12
        conference.review_held  | 2026-04-10
        conference.review_held  | 2026-10-12
    """
    assert stands("C8", held, "2026-10-20 09:00") == ["in_time 2026-04-12"]
    assert stands("C9", held, "2026-10-20 09:00") == ["late 2026-10-10", "running 2027-04-12"]


def test_invitations_are_counted_backwards_from_what_is_planned():
    planned = "event | when\nconference.review_planned | 2026-04-29"
    assert stands("C11", planned, "2026-03-20 09:00") == ["running 2026-03-30"]
    # It lies ahead when it is planned: the day on which that was said is not the day of the conference.
    said_before = "event | when | written\nconference.review_planned | 2026-04-29 | 2026-03-02 10:00"
    assert stands("C11", said_before, "2026-03-20 09:00") == ["running 2026-03-30"]
    assert stands("C11", planned, "2026-03-23 00:00") == ["warning 2026-03-30"]
    assert stands("C11", planned, "2026-03-31 00:00") == ["overdue 2026-03-30"]
    assert stands("C11", planned + "\nconference.invited | 2026-03-30", "2026-04-01 09:00") == [
        "in_time 2026-03-30"
    ]
    assert stands("C11", planned + "\nconference.invited | 2026-03-31", "2026-05-01 09:00") == [
        "late 2026-03-30"
    ]


def test_invitations_are_to_the_next_conference_that_is_planned():
    planned = "event | when\nconference.review_planned | 2026-04-29\nconference.review_planned | 2026-10-28\nconference.invited | 2026-03-27"
    assert stands("C11", planned, "2026-04-01 09:00") == ["in_time 2026-03-30", "running 2026-09-30"]
    assert stands("C11", planned + "\nconference.invited | 2026-11-02", "2026-11-03 09:00") == [
        "in_time 2026-03-30",
        "late 2026-09-30",
    ]


@pytest.mark.parametrize(
    ("planned", "invited", "is_to_the_first"),
    [
        ("2026-05-20", "2026-05-20 12:00", True),
        ("2026-05-20 10:00", "2026-05-20", True),
        ("2026-05-20 10:00", "2026-05-20 10:00", True),
        ("2026-05-20 10:00", "2026-05-20 10:01", False),
        ("2026-05-20", "2026-05-21", False),
    ],
)
def test_invitations_of_the_day_of_a_conference_are_to_that_one_where_they_can_be(
    planned, invited, is_to_the_first
):
    table = f"event | when\nconference.review_planned | {planned}\nconference.review_planned | 2026-08-19\nconference.invited | {invited}"
    first, second = stands("C11", table, "2026-06-01 09:00")
    assert first.split()[0] == ("late" if is_to_the_first else "overdue")
    assert second.split()[0] == ("running" if is_to_the_first else "in_time")


RETURNED = "event | when\nchild.returned | 2026-04-03 18:00"


@pytest.mark.parametrize(
    ("further", "now", "expected"),
    [
        ("", "2026-04-05 17:59", "running"),
        ("", "2026-04-05 18:00", "warning"),
        ("", "2026-04-06 18:00", "warning"),
        ("", "2026-04-06 18:01", "overdue"),
        ("interview.offered | 2026-04-04 10:00", "2026-04-07 09:00", "overdue"),
        (
            "interview.offered | 2026-04-04 10:00\ninterview.refused | 2026-04-04 10:00",
            "2026-04-07 09:00",
            "in_time",
        ),
        ("interview.held | 2026-04-06 18:00", "2026-04-07 09:00", "in_time"),
        ("interview.held | 2026-04-06 18:01", "2026-04-07 09:00", "late"),
    ],
)
def test_a_return_interview_over_easter(further, now, expected):
    assert stands("C12", f"{RETURNED}\n{further}" if further else RETURNED, now) == [
        f"{expected} 2026-04-06 18:00"
    ]


def test_in_wales_the_third_return_counts():
    returns = """
        event          | when
        child.returned | 2026-01-03 18:00
        child.returned | 2026-02-03 18:00
        child.returned | 2026-03-03 18:00
    """
    wales = load(nation="wales")
    (run,) = runs("C13", returns, "2026-03-05 18:00", wales)
    assert (run.started_by.happened.from_at, run.state.value, run.used.least) == (
        at("2026-03-03 18:00"),
        "running",
        2,
    )
    assert "C12" not in wales.clocks
    assert "C13" not in load().clocks


def test_a_conclusive_decision_can_come_too_early():
    grounds = "event | when\nnrm.reasonable_grounds | 2026-01-30 11:00"
    assert stands("C16", grounds, "2026-02-28 23:59") == ["running 2026-03-01"]
    assert stands("C16", grounds, "2026-03-01 00:00") == ["open 2026-03-01"]
    assert stands("C16", grounds + "\nnrm.conclusive_grounds | 2026-02-28", "2026-05-01 09:00") == [
        "too_early 2026-03-01"
    ]
    assert stands("C16", grounds + "\nnrm.conclusive_grounds | 2026-03-01", "2026-05-01 09:00") == [
        "in_time 2026-03-01"
    ]


def test_the_eighteenth_birthday_rings_a_hundred_days_ahead():
    birthday = "event | when\nbirthday.eighteenth | 2026-07-10"
    assert stands("C17b", birthday, "2026-03-31 23:59") == ["running 2026-07-09"]
    assert stands("C17b", birthday, "2026-04-01 00:00") == ["warning 2026-07-09"]
    assert stands("C17b", birthday, "2026-07-10 00:00") == ["overdue 2026-07-09"]
    referred = birthday + "\nnrm.referred | 2024-06-01"
    assert stands("C17b", referred, "2026-04-01 00:00") == ["warning 2026-07-09"]
    prepared = birthday + "\nadulthood.prepared | 2026-06-01"
    assert stands("C17b", prepared, "2026-07-10 00:00") == ["in_time 2026-07-09"]


def own(folder, **settings):
    for name, text in settings.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load(folder)


def test_a_local_panel_takes_children_more_than_a_hundred_days_from_eighteen(tmp_path):
    area = own(
        tmp_path, c17a="{code: C17a, is_local: true, whose: Weirshire, effective: 2026-01-01, is_on: true}"
    )
    birthday = "event | when\nbirthday.eighteenth | 2026-07-10"
    assert stands("C17a", birthday, "2026-03-31 23:59", area) == ["warning 2026-03-31"]
    assert stands("C17a", birthday, "2026-04-01 00:00", area) == ["overdue 2026-03-31"]
    assert stands("C17a", birthday, "2026-03-31 23:59") == []


def test_a_report_has_a_limit_only_where_a_delay_was_allowed(tmp_path):
    area = own(
        tmp_path, c22="{code: C22, is_local: true, whose: Weirshire, effective: 2026-09-01, is_on: true}"
    )
    aware = "event | when | by\nmade_aware | 2026-09-07 10:00 |"
    assert stands("C22", aware, "2026-10-01 09:00", area) == ["running"]
    assert stands("C22", aware + "\nreport.made | 2026-09-07 10:40 |", "2026-10-01 09:00", area) == ["ended"]
    allowed = aware + "\ndelay.allowed | 2026-09-07 11:00 | A. Manager"
    assert stands("C22", allowed, "2026-09-15 00:00", area) == ["overdue 2026-09-14"]
    assert stands("C22", allowed + "\nreport.made | 2026-09-15 |", "2026-09-20 09:00", area) == [
        "late 2026-09-14"
    ]


def test_an_order_ends_when_it_says_and_never_later_than_the_law_allows():
    made = "event | when | end | by\nemergency_order.began | 2026-03-01 | {} |"
    assert stands("C25", made.format("2026-03-06"), "2026-03-02 09:00") == ["running 2026-03-06"]
    assert stands("C25", made.format("2026-04-01"), "2026-03-02 09:00") == ["running 2026-03-09"]
    assert stands("C25", made.format("2026-03-06"), "2026-03-07 00:00") == ["overdue 2026-03-06"]
    longer = made.format("2026-03-09") + "\nemergency_order.extended | 2026-03-08 | 2026-03-14 | the court"
    assert stands("C25", longer, "2026-03-10 09:00") == ["running 2026-03-14"]
    without_an_end = made.format("2026-03-06") + "\nemergency_order.extended | 2026-03-05 | | the court"
    assert stands("C25", without_an_end, "2026-03-10 09:00") == ["running 2026-03-13"]
    twice = longer + "\nemergency_order.extended | 2026-03-14 | 2026-03-21 | the court"
    (run,) = runs("C25", twice, "2026-03-15 09:00")
    assert (run.state.value, due(run), len(run.not_counted)) == ("overdue", "2026-03-14", 1)


def test_an_order_of_which_nobody_said_the_end_is_not_known_and_one_that_is_made_longer_rings_again():
    began = "event | when | end | by\norder.began | 2026-01-05 | {} |"
    assert stands("C29", began.format(""), "2026-03-01 09:00") == ["not_known"]
    assert stands("C29", began.format("2026-06-30"), "2026-06-01 23:59") == ["running 2026-06-30"]
    assert stands("C29", began.format("2026-06-30"), "2026-06-02 00:00") == ["warning 2026-06-30"]
    # A day that is stated is the last; of a month every day may be.
    assert stands("C29", began.format("2026-06-30"), "2026-06-30 12:00") == ["warning 2026-06-30"]
    assert stands("C29", began.format("2026-06-30"), "2026-07-01 00:00") == ["overdue 2026-06-30"]
    assert stands("C29", began.format("2026-06-30 10:00"), "2026-06-30 10:01") == ["overdue 2026-06-30"]
    for now, state in (
        ("2026-06-01 12:00", "warning"),
        ("2026-06-02 12:00", "not_known"),
        ("2026-06-30 12:00", "not_known"),
        ("2026-07-01 00:00", "overdue"),
    ):
        assert stands("C29", began.format("2026-06"), now) == [f"{state} 2026-06-01..2026-06-30"]
    longer = began.format("2026-06-30") + "\norder.extended | 2026-06-20 | 2026-12-31 | the court"
    assert stands("C29", longer, "2026-07-01 09:00") == ["running 2026-12-31"]
    assert stands("C29", longer + "\norder.ended | 2026-11-01 | |", "2027-07-01 09:00") == [
        "in_time 2026-12-31"
    ]


def test_what_health_staff_are_shown_ends_without_a_breach():
    ended = "event | when\nplan.ended | 2026-01-05"
    assert stands("C28", ended, "2027-01-05 23:59") == ["running 2027-01-05"]
    assert stands("C28", ended, "2027-01-06 00:00") == ["over 2027-01-05"]


def test_a_complex_request_takes_three_months_only_where_the_person_was_told_in_time():
    asked = "event | when | by\naccess.requested | 2026-01-31 |"
    assert stands("C26", asked + "\naccess.extended | 2026-03-02 | A. Officer", "2026-03-10 09:00") == [
        "running 2026-04-30"
    ]
    assert stands("C26", asked + "\naccess.extended | 2026-03-03 | A. Officer", "2026-03-10 09:00") == [
        "overdue 2026-03-02"
    ]
    assert stands("C26", asked + "\naccess.extended | 2026-03-02 |", "2026-03-10 09:00") == [
        "overdue 2026-03-02"
    ]


def test_the_day_of_birth_gives_the_eighteenth_birthday():
    from engage.casework.clocks.birthdays import eighteenth

    assert eighteenth(date(2008, 2, 29)).from_at == at("2026-03-01 00:00")
    assert eighteenth(date(2008, 7, 10)).from_at == at("2026-07-10 00:00")
    assert eighteenth(date(2010, 2, 28)).from_at == at("2028-02-28 00:00")


def test_seen_is_not_seen_alone_and_a_closed_case_asks_for_no_visit():
    told = """
        event            | when
        allocation       | 2026-01-05
        child.seen       | 2026-01-20
        allocation       | 2026-01-26
        child.seen_alone | 2026-02-10
        child.seen       | 2026-02-10
    """
    # Another worker is given the case: the child was seen when it was seen.
    assert stands("C30", told, "2026-02-12 09:00") == [
        "in_time 2026-02-02",
        "in_time 2026-02-17",
        "running 2026-03-10",
    ]
    assert stands("C31", told, "2026-02-12 09:00") == ["late 2026-02-02", "running 2026-03-10"]
    assert (
        stands("C30", f"{told.rstrip()}\n        case.closed | 2026-02-11\n", "2026-06-01 09:00")[-1]
        == "ended 2026-03-10"
    )


def test_the_bank_holidays_that_a_limit_leaves_out_are_named_in_their_order() -> None:
    england, scotland = Calendar("england"), Calendar("scotland")
    assert england.free_weekdays(date(2026, 3, 20), date(2026, 4, 14)) == ["Good Friday", "Easter Monday"]
    assert scotland.free_weekdays(date(2026, 3, 20), date(2026, 4, 14)) == ["Good Friday"]
    # Boxing Day 2026 is a Saturday: the Monday stands for it, and the Saturday counts for nothing.
    assert len(england.free_weekdays(date(2026, 12, 24), date(2027, 1, 4))) == 3
