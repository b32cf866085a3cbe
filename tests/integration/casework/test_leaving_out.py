"""Who is left out of a meeting, of what, from when on, and who may still see it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases.models import Case, OfConcern
from engage.casework.cases.rules import GROWN_UP
from engage.casework.meetings import actions
from engage.casework.meetings.actions import Guest, Holding, Person, Word
from engage.casework.meetings.rules import MeetingNotShown, MeetingRefused
from engage.casework.minutes import actions as minutes
from engage.casework.minutes import queries as records
from engage.casework.minutes.actions import NewAction
from engage.casework.rounds import actions as rounds
from engage.casework.rounds import queries as asked
from engage.casework.rounds.actions import Asking
from engage.casework.tasks.rules import Owner
from engage.casework.week import queries as week
from engage.governance.models import User
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import sign_in, world
from tests.integration.casework.test_meeting_pages import SignIn, mara, meet, send
from tests.integration.casework.test_meetings import JUST_NOW, Meetings, declares, place_of, town


pytestmark = pytest.mark.slow
__all__ = ["mara", "meet", "sign_in", "town", "world"]
POLICE = Guest("police", "police")
DUE = date(2026, 4, 20)


def seen(meet: Meetings, number: int, viewing: Viewing) -> list[int] | None:
    """The cases that somebody sees on the agenda; None where there is no meeting for them."""
    try:
        return sorted(meet.shows(number, viewing).agenda.titles)
    except MeetingNotShown:
        return None


def detective(meet: Meetings, user: str = "anyone") -> Viewing:
    return meet.as_("detective", "police", user_id=user)


def signs(meet: Meetings, number: int, viewing: Viewing | None = None, member: str = "police") -> None:
    row = meet.row(number, member)
    actions.sign(viewing=viewing or meet.chair, **meet.where, number=number, invitee=row)


def officer(user: str, name: str = "Dan Cop", role: str = "detective", agency: str = "police") -> Person:
    first, last = name.split()
    User.objects.create(username=user, first_name=first, last_name=last, agency=agency, role=role)
    return Person(user, name, agency)


@pytest.mark.parametrize("is_sealed", [True, False])
def test_an_agency_that_chairs_is_left_out_but_for_whoever_chairs(meet: Meetings, is_sealed: bool) -> None:
    case = meet.case("ANA", state="plan")
    number = meet.calls("exploitation_panel", case, chair=officer("pc", "Pat Chief", "team_manager"))
    meet.invites(number)
    chief = meet.as_("team_manager", "police", user_id="pc")
    meet.leaves_out(number, POLICE, "A suspect is an officer there.", chief, is_sealed=is_sealed)
    assert (seen(meet, number, detective(meet)), seen(meet, number, chief)) == (None, [case])
    assert seen(meet, number, meet.as_("guardian", "police")) is None
    assert meet.shows(number, chief).unseals
    with pytest.raises(MeetingNotShown):
        records.pack(viewing=detective(meet), **meet.where, number=number)


def test_an_agency_that_called_it_is_left_out_but_for_whoever_called_it(meet: Meetings) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case, chair=officer("pc", "Pat Chief", "team_manager"))
    mara = meet.as_()
    chief = meet.as_("team_manager", "police", user_id="pc")
    meet.leaves_out(number, Guest("childrens_services", "social_care"), "A worker is named.", is_sealed=True)
    assert (seen(meet, number, mara), seen(meet, number, chief)) == ([case], [case])
    for other in (meet.as_(user_id="tom"), meet.as_("business_support", user_id="una"), meet.as_("guardian", user_id="gil")):  # fmt: skip
        assert seen(meet, number, other) is None


def test_somebody_is_left_out_of_one_case_and_stays_in_the_others(meet: Meetings, sign_in: SignIn) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    number = meet.calls("exploitation_panel", ana, bea)
    meet.invites(number)
    secret = "The suspect's brother is a sergeant there."
    officer("dan")
    page = sign_in()
    form = page.get(f"/meetings/{number}/leave-out/?who=police|police|").content.decode()
    assert {"case", "worker"} <= set(re.findall(r'name="([^"]+)"', form))
    said = send(page, f"/meetings/{number}/leave-out/?who=police|police|", case=str(ana), reason=secret, is_sealed="on")  # fmt: skip
    assert "They are out from now on" in said
    assert "Left out of part" in said
    guardian = meet.as_("guardian", "police")
    assert seen(meet, number, detective(meet)) == seen(meet, number, guardian) == [bea]
    signs(meet, number)
    assert seen(meet, number, detective(meet)) == [bea]
    assert secret not in str(meet.shows(number, guardian))
    assert secret in str(meet.shows(number, meet.as_("guardian")))
    printed = records.pack(viewing=meet.as_(), **meet.where, number=number, audience="police")
    assert [sheet.case for sheet in printed.sheets] == [bea]


def test_who_is_left_out_of_a_case_is_asked_about_the_others_alone_and_not_chased_for_it(
    meet: Meetings,
) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    number, late = meet.calls("exploitation_panel", ana, bea), meet.calls("exploitation_panel", ana, bea)
    where = {"viewing": meet.as_(), **meet.where}
    word = Word("left_out", text="A suspect works there.", is_sealed=True)
    for one in (number, late):
        meet.invites(one)
        asking = Asking((meet.row(one, "police"),))
        if one == late:
            rounds.ask(**where, number=one, asking=asking)
        actions.leave_out(**where, number=one, guest=Guest("police", "police", case=ana), word=word)
        if one == number:
            assert rounds.ask(**where, number=one, asking=asking) == 1
            (request,) = asked.information_round(**where, number=one).requests
            assert request.case == bea
    operator = meet.as_("operator", "", purpose="data_quality", user_id="op")
    # Of the two of each panel the one about Ana of whom they are left out waits for nothing.
    assert rounds.chase_due(viewing=operator, area=meet.where["area"]).waiting == 2


def test_a_worker_who_is_left_out_is_that_worker_alone(meet: Meetings) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"), starts_at=JUST_NOW)
    ed = officer("ed", "Ed Lead", "education_lead", "education")
    meet.leaves_out(number, Guest("education", "education", user=ed.user, user_name=ed.name), "Her sister.", meet.chair, is_sealed=True)  # fmt: skip
    some = {one.user_name: one for one in meet.proposed(number).invitees if one.agency == "education"}
    assert (some[""].is_open, some["Ed Lead"].is_open) == (True, False)
    assert some[""].key != some["Ed Lead"].key
    others = [(a, m) for a, m in (("childrens_services", "social_care"), ("police", "police"), ("health", "health"), ("health", "specialist_health"))]  # fmt: skip
    meet.invites(number, *(Guest(*one) for one in others))
    meet.came(number, ("police", "detective"), ("health", "nurse"), ("social_care", "social_worker"))
    with pytest.raises(MeetingRefused, match="Nowhere Schools"):
        meet.holds(number)
    meet.invites(number)
    assert seen(meet, number, meet.as_("education_lead", "education", user_id="ed")) is None
    assert seen(meet, number, meet.as_("education_lead", "education", user_id="una")) is not None
    meet.holds(number)


def test_the_page_leaves_out_the_worker_who_was_chosen_and_not_the_agency(
    meet: Meetings, mara: Client
) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    dan = officer("dan")
    meet.invites(number, POLICE, Guest("police", "police", user=dan.user, user_name=dan.name))
    page = mara.get(f"/meetings/{number}/proposed/").content.decode()
    (key,) = re.findall(r'leave-out/\?who=(police[^"]*Dan[^"]*)"', page)
    send(mara, f"/meetings/{number}/leave-out/?who={key}", reason="He knows the suspect", is_sealed="on")
    assert seen(meet, number, detective(meet, "dan")) is None
    assert seen(meet, number, detective(meet)) is not None
    eve = officer("eve", "Eve Cop")
    send(mara, f"/meetings/{number}/leave-out/?who=police|police|", worker=eve.user, reason="So does she", is_sealed="on")  # fmt: skip
    assert seen(meet, number, detective(meet, "eve")) is None
    assert seen(meet, number, detective(meet)) is not None


def test_an_agency_of_which_a_worker_is_invited_by_name_is_settled_and_takes_part(meet: Meetings) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case)
    dan = officer("dan")
    meet.invites(number, Guest("police", "police", user=dan.user, user_name=dan.name))
    assert [one.is_open for one in meet.proposed(number).invitees if one.agency == "police"] == [False, False]
    assert meet.sees(case, detective(meet)).takes_part


@pytest.mark.parametrize("is_sealed", [True, False])
def test_only_the_chair_invites_again_whom_the_chair_left_out(meet: Meetings, is_sealed: bool) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case)
    meet.invites(number)
    meet.leaves_out(number, POLICE, "Not needed.", meet.chair, is_sealed=is_sealed)
    dan = officer("dan")
    by_name = Guest("police", "police", user=dan.user, user_name=dan.name)
    support = meet.as_("business_support", user_id="bea")
    for guest in (POLICE, by_name, Guest("police", "other")):
        with pytest.raises(MeetingRefused, match="is left out of this"):
            meet.invites(number, guest, viewing=support)
        assert seen(meet, number, detective(meet)) is None
        assert not meet.sees(case, detective(meet)).takes_part
    meet.invites(number, POLICE, viewing=meet.chair)
    assert seen(meet, number, detective(meet)) == [case]
    assert meet.sees(case, detective(meet)).takes_part
    assert meet.shows(number, meet.as_("guardian", "police")).unseals


def test_what_is_sealed_holds_before_it_is_signed_and_nobody_but_the_chair_takes_it_back(
    meet: Meetings, mara: Client
) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    meet.invites(number)
    meet.leaves_out(number, POLICE, "A suspect works there.", is_sealed=True)
    assert seen(meet, number, detective(meet)) is None
    # Nor is it undone by sending the page of who is proposed as it stands.
    page = mara.get(f"/meetings/{number}/proposed/").content.decode()
    assert re.findall(r'value="(police[^"]*)" checked', page) == []
    with pytest.raises(MeetingRefused, match="is left out of this"):
        meet.invites(number, POLICE)


def test_what_is_open_cuts_nobody_off_before_the_chair_has_signed_it(meet: Meetings) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case)
    meet.invites(number)
    meet.leaves_out(number, POLICE, "Typed by mistake.")
    assert seen(meet, number, detective(meet)) == [case]
    assert meet.sees(case, detective(meet)).takes_part
    meet.invites(number, POLICE)
    meet.leaves_out(number, POLICE, "Covered by another force.")
    signs(meet, number)
    assert seen(meet, number, detective(meet)) is None
    assert not meet.sees(case, detective(meet)).takes_part


def test_nobody_is_left_out_of_a_case_that_was_not_there_yet(meet: Meetings) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    number = meet.calls("exploitation_panel", ana)
    meet.invites(number)
    meet.leaves_out(number, POLICE, "A suspect of Ana's works there.", meet.chair, is_sealed=True)
    actions.put_on_agenda(viewing=meet.as_(), **meet.where, number=number, cases=[bea])
    (police,) = [one for one in meet.proposed(number).invitees if one.agency == "police"]
    assert {scope.case: (scope.state, police.is_open) for scope in police.scopes}[bea] == ("", True)
    # They are asked about, and see nothing of it meanwhile; invited again by the chair they are invited to Bea's alone.
    assert seen(meet, number, detective(meet)) is None
    meet.invites(number, viewing=meet.chair)
    assert seen(meet, number, detective(meet)) == [bea]
    # Nor are they told that they are left out of something else.
    (own,) = [one for one in meet.shows(number, detective(meet)).invitees if one.agency == "police"]
    assert ([scope.case for scope in own.scopes], [word.says for word in own.words]) == ([bea], ["invited"])


def test_who_holds_nothing_and_was_left_out_of_the_whole_is_not_let_in_case_by_case(meet: Meetings) -> None:
    ana, max_ = meet.case("ANA", state="plan"), meet.case("MAX", state="plan")
    number = meet.calls("exploitation_panel", ana)
    meet.invites(number)
    meet.leaves_out(number, Guest("charity", "charity"), "A suspect works there.", meet.chair, is_sealed=True)
    kim = meet.as_("parent_liaison", "charity")
    actions.put_on_agenda(viewing=meet.as_(), **meet.where, number=number, cases=[max_])
    with pytest.raises(MeetingRefused, match="is left out of this"):
        meet.invites(number, Guest("charity", "charity", case=ana))
    meet.invites(number, Guest("charity", "charity", case=max_), viewing=meet.chair)
    assert seen(meet, number, kim) == [max_]
    meet.invites(number, Guest("charity", "charity", case=ana), viewing=meet.chair)
    assert seen(meet, number, kim) == [ana, max_]


def test_only_the_chair_invites_to_a_case_put_on_later_whom_a_seal_keeps_out_of_the_whole(
    meet: Meetings, mara: Client
) -> None:
    number = meet.calls("exploitation_panel", meet.case("ANA", state="plan"))
    meet.invites(number)
    meet.leaves_out(number, POLICE, "A suspect works there.", meet.chair, is_sealed=True)
    bea = meet.case("BEA", state="plan")
    actions.put_on_agenda(viewing=meet.as_(), **meet.where, number=number, cases=[bea])
    page = mara.get(f"/meetings/{number}/proposed/").content.decode()
    assert (re.findall(r'value="(police[^"]*)"', page), page.count("The chair decides")) == ([], 1)
    for guest in (POLICE, Guest("police", "police", case=bea), Guest("police", "other", case=bea)):
        with pytest.raises(MeetingRefused, match="is left out of this"):
            meet.invites(number, guest)
    assert seen(meet, number, detective(meet)) is None
    meet.invites(number, POLICE, viewing=meet.chair)
    assert seen(meet, number, detective(meet)) == [bea]


@pytest.mark.parametrize("user", ["dan", ""])
def test_no_action_opens_a_case_to_whoever_is_left_out_of_it(meet: Meetings, mara: Client, user: str) -> None:
    officer("dan")
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    number = meet.calls("exploitation_panel", ana, bea, starts_at=JUST_NOW)
    meet.invites(number)
    meet.leaves_out(number, Guest("police", "police", case=ana), "A suspect works there.", is_sealed=True)
    owner, path = Owner("police", "Dan Cop", user), f"/meetings/{number}/action/"
    where = {"viewing": meet.as_(), **meet.where, "number": number}
    with pytest.raises(MeetingRefused, match="Dan Cop is left out of this"):
        minutes.agree(**where, new=[NewAction("Trace the car", owner, DUE, ana)])
    assert not meet.sees(ana, detective(meet, "dan")).takes_part
    assert "Dan Cop" in mara.get(path).content.decode()
    minutes.agree(**where, new=[NewAction("Trace the car", owner, DUE, bea)])
    meet.leaves_out(number, POLICE, "A suspect works there.", is_sealed=True)
    page = mara.get(path).content.decode()
    assert ("Dan Cop" in page, 'value="police"' in page, 'value="health"' in page) == (False, False, True)


def test_a_worker_left_out_by_name_is_given_no_action(meet: Meetings) -> None:
    dan, eve = officer("dan"), officer("eve", "Eve Cop")
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case, starts_at=JUST_NOW)
    meet.invites(number)
    meet.leaves_out(number, Guest("police", "police", user="dan", user_name=dan.name), "He knows the suspect.", is_sealed=True)  # fmt: skip
    where = {"viewing": meet.as_(), **meet.where, "number": number}
    with pytest.raises(MeetingRefused, match="Dan Cop is left out of this"):
        minutes.agree(**where, new=[NewAction("Trace the car", Owner("police", dan.name, "dan"), DUE, case)])
    minutes.agree(**where, new=[NewAction("Trace the car", Owner("police", eve.name, "eve"), DUE, case)])


def test_who_is_left_out_of_the_whole_and_takes_part_in_a_case_reads_of_that_case_alone(
    meet: Meetings,
) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    number = meet.calls("exploitation_panel", ana, bea)
    meet.invites(number)
    where = {"viewing": meet.as_(), **meet.where, "number": number}
    for case in (None, bea):
        minutes.write(**where, texts=[(case or 0, "opening", 0, f"Of {case}.")])
        minutes.decide(**where, made=minutes.Deciding("ending", f"Decided of {case}.", case))
    meet.leaves_out(number, POLICE, "A suspect works there.", meet.chair, is_sealed=True)
    meet.invites(number, Guest("police", "police", case=bea), viewing=meet.chair)
    found = records.record(viewing=detective(meet), **meet.where, number=number)
    assert ([one.case for one in found.texts], [one.case for one in found.decisions]) == ([bea], [bea])
    listed = records.register(viewing=detective(meet), **meet.where, asked=records.Asked())
    assert [one.case for one in listed.decisions] == [bea]
    nurse = records.record(viewing=meet.as_("nurse", "health"), **meet.where, number=number)
    assert [one.case for one in nurse.decisions] == [None, bea]


@pytest.mark.parametrize("user", ["chair", "user"])
def test_whoever_chairs_or_called_it_cannot_be_left_out_by_name(meet: Meetings, user: str) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"), viewing=meet.as_(user_id="user"))
    guest = Guest("childrens_services", "social_care", user=user, user_name="Kit Chair")
    with pytest.raises(MeetingRefused, match="cannot be left out of it"):
        meet.leaves_out(number, guest, "No reason", meet.as_("business_support"))
    assert seen(meet, number, meet.chair) is not None


def test_nobody_of_an_agency_that_is_left_out_is_made_to_chair(meet: Meetings) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    ed = officer("ed", "Ed Lead", "education_lead", "education")
    meet.leaves_out(number, Guest("education", "education"), "A suspect works there.", is_sealed=True)
    done = Holding(number, meet.shows(number).head.version, "Chair ill")
    with pytest.raises(MeetingRefused, match="Ed Lead cannot chair this"):
        actions.change_chair(viewing=meet.as_("guardian"), **meet.where, done=done, chair=ed)


def test_a_body_is_invited_and_the_agency_through_which_it_is_reached_stays_out(meet: Meetings) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case)
    meet.leaves_out(number, Guest("education", "education"), "A suspect works there.", is_sealed=True)
    meet.invites(number, Guest("education", "school", "Mill School", case=case))
    lead = meet.as_("education_lead", "education")
    assert (seen(meet, number, lead), meet.sees(case, lead).takes_part) == (None, False)
    bea = meet.case("BEA")
    other = meet.calls("strategy_discussion", bea)
    meet.invites(other, Guest("education", "education"), Guest("education", "school", "Mill School"))
    meet.leaves_out(other, Guest("education", "school", "Mill School"), "A cousin teaches there.", meet.chair, is_sealed=True)  # fmt: skip
    assert seen(meet, other, lead) == [bea]
    assert "A cousin" not in str(meet.shows(other, meet.as_("guardian", "education")))


def test_whoever_may_not_know_of_a_case_does_not_mark_the_meeting_as_held(meet: Meetings) -> None:
    ana, bea = meet.case("ANA"), meet.case("BEA")
    number = meet.calls("strategy_discussion", ana, bea, starts_at=JUST_NOW)
    meet.invites(number)
    meet.came(number, ("police", "detective"), ("health", "nurse"), ("social_care", "social_worker"))
    declares("mum", "ANA")
    mum = meet.as_(user_id="mum")
    done = Holding(number, meet.shows(number, mum).head.version)
    with pytest.raises(MeetingRefused, match="You cannot mark this meeting as held") as refused:
        actions.hold(viewing=mum, **meet.where, done=done)
    assert "relation" not in str(refused.value)
    meet.holds(number)
    assert set(Case.objects.values_list("state", flat=True)) == {"held"}


def test_who_declared_a_firm_neither_comes_to_nor_chairs_a_meeting_about_it(
    meet: Meetings, town: Any
) -> None:
    case = meet.case(place_of(town), kind="place", state="proposed", called="Star Cabs, Weir Lane")
    ed = officer("ed", "Ed Cop")
    declares("ed", "star cabs", kind="firm", agency="police")
    number = meet.calls("place_conference", case)
    with pytest.raises(MeetingRefused, match="Ed Cop cannot be invited"):
        meet.invites(number, Guest("police", "police", user="ed", user_name="Ed Cop"))
    with pytest.raises(MeetingRefused, match="Ed Cop cannot chair"):
        meet.calls("place_conference", case, chair=ed)


def test_no_child_is_named_by_who_is_invited_or_came_to_a_place_conference(meet: Meetings, town: Any) -> None:
    case = meet.case(place_of(town), kind="place", state="proposed", called="Flat 2")
    number = meet.calls("place_conference", case, starts_at=JUST_NOW)
    meet.invites(number)
    for more in ({"holder": "Foster carer of Ana Petal"}, {"holder": "Carer", "contact": "ask for Bea Reed"}):
        with pytest.raises(MeetingRefused, match="No child is named"):
            meet.invites(number, Guest("", "home", **more))
    came = [actions.Attended(meet.row(number, "police"), True, "Mother of Bea Reed", "social_worker")]
    with pytest.raises(MeetingRefused, match="No child is named"):
        actions.attendance(viewing=meet.as_(), **meet.where, number=number, some=came)


@pytest.mark.parametrize(
    ("called", "place"),
    [("Ana Petal and one more", ""), ("For Ana", ""), ("", "Home of Ana Petal, 3 Weir Lane")],
)
def test_no_meeting_is_called_after_a_child_or_held_at_a_place_called_so(
    meet: Meetings, called: str, place: str
) -> None:
    case = meet.case("ANA")
    with pytest.raises(MeetingRefused, match="in what a meeting is called, or where it is"):
        meet.calls("strategy_discussion", case, called=called, place=place)
    meet.calls("strategy_discussion", case, called="April", place="At home, 3 Weir Lane")


def test_no_case_is_put_on_the_agenda_of_a_meeting_that_is_called_after_its_child(meet: Meetings) -> None:
    number = meet.calls("exploitation_panel", meet.case("ANA", state="plan"), called="Bea and others")
    where = {"viewing": meet.as_(), **meet.where, "number": number}
    with pytest.raises(MeetingRefused, match="in what this meeting is called"):
        actions.put_on_agenda(**where, cases=[meet.case("BEA", state="plan")])
    actions.put_on_agenda(**where, cases=[meet.case("MAX", state="plan")])


def test_somebody_signed_for_one_case_waits_for_nothing_else(meet: Meetings, sign_in: SignIn) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    kim = sign_in("team_manager", username="kim")
    number = meet.calls(
        "exploitation_panel", ana, bea, chair=Person("kim", "Kim Quill", "childrens_services")
    )
    meet.invites(number)
    word = Word("left_out", text="Not about them.")
    actions.leave_out(viewing=meet.as_(), **meet.where, number=number, guest=Guest("police", "police", case=bea), word=word)  # fmt: skip
    page = kim.get(f"/meetings/{number}/who/").content.decode()
    assert page.count("Not about them.") == 1
    assert seen(meet, number, detective(meet)) == [ana, bea]
    signs(meet, number, meet.as_("team_manager", user_id="kim"))
    assert seen(meet, number, detective(meet)) == [ana]
    assert "wait for your signature" not in kim.get(f"/meetings/{number}/who/").content.decode()


def test_what_has_become_a_question_hinders_nobody_who_marks_the_meeting_as_held(meet: Meetings) -> None:
    ana, max_ = meet.case("ANA", state="plan"), meet.case("MAX", kind="person_of_concern", state="proposed")
    OfConcern.objects.update_or_create(case=max_, defaults={"stands": GROWN_UP})
    number = meet.calls("exploitation_panel", ana, max_, starts_at=JUST_NOW)
    assert seen(meet, number, meet.as_()) == [ana, max_]
    OfConcern.objects.filter(case=max_).delete()
    assert seen(meet, number, meet.as_()) == [ana]
    meet.holds(number, meet.as_("team_manager"), reason="It had to go ahead.")
    assert meet.shows(number).head.state == "held"


def test_a_guardian_finds_on_their_day_where_somebody_is_left_out_with_a_seal(meet: Meetings) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))

    def sealed(guardian: Viewing) -> list[int | None]:
        day = week.today(viewing=guardian, **meet.where)
        (one,) = [one for one in day.lists if one.kind.code == "sealed"]
        return [row.meeting for row in one.filled.rows]

    meet.leaves_out(number, Guest("education", "education"), "Covered by the school.")
    assert sealed(meet.as_("guardian")) == []
    meet.leaves_out(number, POLICE, "A suspect works there.", is_sealed=True)
    assert sealed(meet.as_("guardian")) == [number]
    assert sealed(meet.as_("guardian", "police")) == []
