"""A day also holds time limits, what meetings ask of an agency, and strategy discussions that were not held as they should be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from engage.casework.meetings import actions as meetings
from engage.casework.meetings import queries as booked
from engage.casework.meetings.actions import Convening, Guest, Holding, Person, Word
from engage.casework.minutes import actions as minutes
from engage.casework.rounds import actions as rounds
from engage.casework.rounds import queries
from engage.casework.rounds.actions import Answer, Asking
from engage.casework.rounds.models import Chase, InformationRequest
from engage.casework.week import queries as week
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from tests.integration.agreed.conftest import TODAY
from tests.integration.agreed.test_pages import day, text


pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def called(office, *cases, kind="strategy_discussion", days=7):
    """A meeting with everybody who is proposed invited, and asked what they hold."""
    where = {"viewing": office.at("bo"), "build": office.build, "area": office.area}
    chair = Person("bo", "Bo Quill", "childrens_services")
    starts = office.at("bo").at + timedelta(days=days)
    number = meetings.convene(**where, convening=Convening(kind, starts, chair, cases=cases))
    proposed = booked.proposed(**where, number=number)
    guests = [Guest(one.agency, one.member, one.holder) for one in proposed.invitees if one.is_open]
    meetings.invite(**where, number=number, guests=guests)
    return number


def asked(office, number):
    where = {"viewing": office.at("bo"), "build": office.build, "area": office.area}
    some = booked.meeting(**where, number=number).invitees
    rounds.ask(**where, number=number, asking=Asking(tuple(one.number for one in some)))


def test_a_request_waits_for_the_agency_until_it_is_answered(office, desk):
    number = called(office, office.allocated("mara"))
    asked(office, number)
    rows = day(office, "dana")["requests"].rows
    assert [row.meeting for row in rows] == [number]
    # The agency that asks is asked too, and it is in neither's number what the other is asked.
    assert day(office, "cass")["requests"].count == 0
    page = text(desk("dana").get("/today/"))
    assert f'href="/meetings/{number}/answer/"' in page
    at = office.at("idris")
    there = queries.to_answer(viewing=at, build=office.build, area=office.area, number=number)
    rounds.answer(
        viewing=at, build=office.build, area=office.area, number=number, answers=[Answer(one.number, 0, True) for one in there.requests]
    )  # fmt: skip
    assert day(office, "dana")["requests"].rows == ()
    # Health was asked by statute, and still owes its answer.
    assert [row.meeting for row in day(office, "nia")["requests"].rows] == [number]


def test_who_declared_a_relationship_is_told_of_no_request(office):
    asked(office, called(office, office.allocated("mara")))
    assert day(office, "dana")["requests"].count == 1
    office.declare("dana")
    assert day(office, "dana")["requests"].count == 0


def test_a_strategy_discussion_that_was_not_held_is_told_to_senior_leads(office):
    number = called(office, office.allocated("mara"))
    assert day(office, "dana")["refused_strategy"].rows == ()
    where = {"viewing": office.at("bo"), "build": office.build, "area": office.area}
    meetings.call_off(**where, done=Holding(number, 0, "Health refused to come."))
    assert [row.meeting for row in day(office, "dana")["refused_strategy"].rows] == [number]
    assert "refused_strategy" not in day(office, "idris")
    office.declare("dana")
    assert day(office, "dana")["refused_strategy"].count == 0


def test_what_waits_for_the_chairs_name_stands_on_the_chairs_day_alone(office, desk):
    number = called(office, office.allocated("mara"))
    where = {"viewing": office.at("mara"), "build": office.build, "area": office.area, "number": number}
    guest = next(one for one in booked.proposed(**where).invitees if one.agency == "police")
    word = Word("left_out", text="A cousin works there.", is_sealed=True)
    meetings.leave_out(**where, guest=Guest(guest.agency, guest.member, guest.holder), word=word)

    assert [row.meeting for row in day(office, "bo")["omissions"].rows] == [number]
    page = text(desk("bo").get("/today/"))
    assert f'href="/meetings/{number}/who/"' in page
    assert "A cousin works there." not in page
    for other in ("mara", "idris", "cass"):
        assert day(office, other)["omissions"].count == 0

    chair = where | {"viewing": office.at("bo")}
    left_out = next(one for one in booked.meeting(**chair).invitees if one.agency == "police")
    meetings.sign(**chair, invitee=left_out.number)
    assert day(office, "bo")["omissions"].count == 0


def test_minutes_stand_on_the_chairs_day_until_they_are_signed_off(office, desk):
    number = called(office, office.allocated("mara"), kind="mapping_meeting", days=0)
    where = {"viewing": office.at("bo"), "build": office.build, "area": office.area}
    meetings.hold(**where, done=Holding(number, 0, "A manager says that it goes ahead."))
    assert day(office, "bo")["to_sign"].count == 0
    minutes.issue(**where, number=number, version=1)
    assert [row.meeting for row in day(office, "bo")["to_sign"].rows] == [number]
    assert f'href="/meetings/{number}/record/"' in text(desk("bo").get("/today/"))
    assert day(office, "mara")["to_sign"].count == 0
    minutes.sign_off(**where, number=number, version=2)
    assert day(office, "bo")["to_sign"].count == 0


def test_time_limits_stand_on_the_day_of_whoever_has_the_case(office, desk):
    case = office.case()
    later = office.at("bo").at + timedelta(days=3)
    found = day_at(office, "bo", later)["clocks"]
    assert {row.head.number for row in found.rows} == {case}
    assert all(row.is_over for row in found.rows if row.on <= later)
    # Nobody has it yet: it is on no worker's own day, and on none of an agency that takes no part.
    assert day_at(office, "mara", later)["clocks"].count == 0
    office.declare("bo")
    assert day_at(office, "bo", later)["clocks"].count == 0


def day_at(office, who, at):
    found = week.today(viewing=office.at(who, at=at), build=office.build, area=office.area)
    return {one.kind.code: one.filled for one in found.lists}


def papers(office, who, at=None):
    found = day_at(office, who, at or office.at(who).at)
    return {code: [row.meeting for row in found[code].rows] for code in ("packs", "minutes", "unmarked", "to_sign", "omissions") if code in found}  # fmt: skip


def test_packs_and_minutes_are_reminded_of_by_the_timings_of_the_kind(office):
    where = {"build": office.build, "area": office.area}
    case = office.allocated("mara")
    # A panel's pack goes out three working days before it: it is on Friday, so by today.
    number = called(office, case, kind="exploitation_panel", days=3)
    far = called(office, case, kind="exploitation_panel", days=30)
    assert papers(office, "bea") == {"packs": [number], "minutes": [], "unmarked": []}
    # Whoever called it and whoever chairs it are reminded; whoever is invited is not.
    assert papers(office, "bo")["packs"] == [number]
    assert papers(office, "dana")["packs"] == papers(office, "mara")["packs"] == []
    row = day(office, "bea")["packs"].rows[0]
    assert (row.on, row.is_over) == (TODAY, False)
    minutes.send_pack(viewing=office.at("bea"), **where, number=number, version=0)
    assert papers(office, "bea")["packs"] == []

    after = office.at("bo").at + timedelta(days=3, hours=3)
    assert papers(office, "bea", after)["unmarked"] == [number]
    meetings.hold(viewing=office.at("bo", at=after), **where, done=Holding(number, 1, "Everybody rang in."))
    found = day_at(office, "bea", after)
    # Five working days after Friday, the tenth.
    assert [(row.meeting, str(row.on)) for row in found["minutes"].rows] == [(number, "2026-04-17")]
    assert papers(office, "bea", after)["unmarked"] == []
    minutes.issue(viewing=office.at("bea", at=after), **where, number=number, version=2)
    assert papers(office, "bea", after)["minutes"] == []
    assert papers(office, "bo", after)["to_sign"] == [number]
    # Who declared a relationship to all that is on it is reminded of nothing.
    soon = office.at("bo").at + timedelta(days=26)
    assert papers(office, "bea", soon)["packs"] == [far]
    office.declare("bea")
    assert papers(office, "bea", soon) == {"packs": [], "minutes": [], "unmarked": []}


def leave_out_health(office, who, number):
    where = {"viewing": office.at(who), "build": office.build, "area": office.area, "number": number}
    for one in booked.meeting(**where).invitees:
        if one.agency == "health":
            guest = Guest(one.agency, one.member, one.holder)
            meetings.leave_out(**where, guest=guest, word=Word("left_out", text="x", is_sealed=True))


def chase(office, **at):
    viewing = office.viewing(role="operator", agency="", purpose="data_quality", user_id="op", **at)
    done = rounds.chase_due(viewing=viewing, area=office.area)
    return done.waiting, done.chased, done.escalated


def test_a_round_is_chased_and_escalated_once_by_the_days_of_its_kind(office):
    case = office.allocated("mara")
    number = called(office, case, kind="exploitation_panel", days=20)
    asked(office, number)
    start = office.at("bo").at
    everyone = InformationRequest.objects.filter(meeting=number).exclude(to_agency="").count()
    assert chase(office) == (everyone, 0, 0)
    # They were to answer on Tuesday 21 April, four working days before. The panel chases a working day later and tells managers after another.
    assert chase(office, at=start + timedelta(days=14)) == (everyone, 0, 0)
    assert chase(office, at=start + timedelta(days=15)) == (everyone, everyone, 0)
    assert chase(office, at=start + timedelta(days=15)) == (everyone, 0, 0)
    at = office.at("dana", at=start + timedelta(days=15))
    own = queries.to_answer(viewing=at, build=office.build, area=office.area, number=number).requests
    rounds.answer(viewing=at, build=office.build, area=office.area, number=number, answers=[Answer(one.number, 0, True) for one in own])  # fmt: skip
    # Health is left out meanwhile: to be chased would tell them what they are kept out of.
    leave_out_health(office, "bea", number)
    assert papers(office, "bo")["omissions"] == [number]
    left = everyone - len(own) - InformationRequest.objects.filter(meeting=number, to_agency="health").count()
    assert left > 0
    assert chase(office, at=start + timedelta(days=16)) == (left, 0, left)
    assert chase(office, at=start + timedelta(days=19)) == (left, 0, 0)
    assert set(Chase.objects.filter(is_escalated=True).values_list("to", flat=True)) >= {"Bo Quill"}
    lines = AuditEvent.objects.filter(action="round.chased", actor="op")
    assert [one.subject.split(",")[0] for one in lines] == [f"meeting {number}"] * 2
    assert all("case " in one.subject and "ANA" in one.subject for one in lines)
    # The meeting has begun: nobody is asked for an answer any more, and what is missing stays missing.
    assert chase(office, at=start + timedelta(days=20, hours=1)) == (0, 0, 0)
    with pytest.raises(MayNotDo):
        rounds.chase_due(viewing=office.at("gov"), area=office.area)


def test_more_meetings_ask_no_more_of_the_store(office):
    def count():
        found = []
        with connection.execute_wrapper(lambda run, *a: (found.append(1), run(*a))[1]):
            day(office, "dana")
        return len(found)

    asked(office, called(office, office.allocated("mara")))
    few = count()
    for _ in range(3):
        asked(office, called(office, office.allocated("mara"), office.allocated("mara")))
    assert count() == few


def test_a_manager_who_was_told_that_nobody_answered_finds_it(office, desk):
    number = called(office, office.allocated("mara"), kind="exploitation_panel", days=30)
    where = {"build": office.build, "area": office.area, "number": number}
    asked(office, number)
    late = office.at("bo").at + timedelta(days=28)
    assert day_at(office, "dana", late)["told_of_requests"].count == 0
    rounds.chase(viewing=office.at("bo", at=late), **where)
    assert Chase.objects.filter(is_escalated=True).exists()
    assert [row.meeting for row in day_at(office, "dana", late)["told_of_requests"].rows] == [number]
    there = queries.to_answer(viewing=office.at("idris", at=late), **where)
    answers = [Answer(one.number, 0, True) for one in there.requests]
    rounds.answer(viewing=office.at("idris", at=late), **where, answers=answers)
    assert day_at(office, "dana", late)["told_of_requests"].count == 0
    # Nobody of health answered, and children's services, which asked, has not answered itself.
    assert day_at(office, "bo", late)["told_of_requests"].count == 1


def test_whoever_answers_for_an_agency_finds_what_it_was_asked(office):
    number = called(office, office.allocated("mara"))
    asked(office, number)
    for who in ("idris", "mara", "bea", "nia"):
        assert [row.meeting for row in day(office, who)["requests"].rows] == [number], who


def test_whoever_arranges_a_meeting_finds_what_its_round_waits_for(office, desk):
    number = called(office, office.allocated("mara"))
    assert day(office, "bea")["unanswered"].count == 0
    asked(office, number)
    for who in ("bo", "bea"):
        (row,) = day(office, who)["unanswered"].rows
        assert (row.meeting, row.is_over) == (number, False)
    assert day(office, "idris")["unanswered"].count == 0
    assert f'href="/meetings/{number}/round/"' in text(desk("bea").get("/today/"))
    some = InformationRequest.objects.filter(meeting=number)
    for who in ("bo", "idris", "nia"):
        at = office.at(who)
        mine = [Answer(one.seq, 0, True) for one in some if one.to_agency == at.viewer.agency]
        rounds.answer(viewing=at, build=office.build, area=office.area, number=number, answers=mine)
    left = {one.to_agency for one in some} - {"childrens_services", "police", "health"}
    assert bool(day(office, "bea")["unanswered"].count) is bool(left)
