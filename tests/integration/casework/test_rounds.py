"""What an information round says of who was asked and what came: nothing is hidden by what came later, nobody is asked twice or chased in vain, and a person can take the page in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases.models import Draft
from engage.casework.cases.rules import MovedOn
from engage.casework.meetings import actions
from engage.casework.meetings.actions import Guest, Holding, Person
from engage.casework.meetings.holders import Holder
from engage.casework.meetings.rules import Invitee, MeetingRefused, Scope
from engage.casework.minutes import actions as minutes
from engage.casework.minutes.actions import Deciding
from engage.casework.minutes.models import Decision
from engage.casework.rounds import actions as rounds
from engage.casework.rounds import queries as asked
from engage.casework.rounds.actions import Answer, Asking
from engage.casework.rounds.models import Return
from engage.casework.rounds.rules import Request
from engage.casework.week import queries as week
from engage.web.meetings import showing
from tests.integration.casework.test_meeting_pages import mara, meet, send, text
from tests.integration.casework.test_meetings import JUST_NOW, NOW, SOON, Meetings, place_of, sends, town
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
__all__ = ["mara", "meet", "town"]
SignIn = Callable[..., Client]


def panel(meet: Meetings, *seats: str, cases: tuple[int, ...] = (), **more: Any) -> int:
    """A panel to which all are invited, and whose members on these seats are asked what they hold."""
    number = meet.calls("exploitation_panel", *(cases or (meet.case("ANA", state="plan"),)), **more)
    meet.invites(number)
    ask(meet, number, *(meet.row(number, seat) for seat in seats))
    return number


def ask(meet: Meetings, number: int, *rows: int, due_on: date | None = None) -> int:
    asking = Asking(rows, due_on=due_on)
    return rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=asking)


def asked_of(meet: Meetings, number: int, **when: Any) -> tuple[Request, ...]:
    return asked.information_round(viewing=meet.as_(**when), **meet.where, number=number).requests


def heard(meet: Meetings, number: int, *, is_nil: bool, text: str = "") -> None:
    (one,) = asked_of(meet, number)
    said = Answer(one.number, one.version, is_nil, text, heard_from="Front desk")
    rounds.write_down(viewing=meet.as_(), **meet.where, number=number, heard=said)


def test_what_is_begun_on_a_page_is_kept_and_not_sent(meet: Meetings, mara: Client) -> None:
    number = panel(meet, "police", starts_at=JUST_NOW + timedelta(days=9))
    (request,) = asked_of(meet, number)
    made = Deciding("other", "Start", None)
    decision = minutes.decide(viewing=meet.as_(), **meet.where, number=number, made=made)
    begun = {
        "heard": {"request": str(request.number), "heard_from": "Sgt", "says": "nil", "text": ""},
        f"correct/{decision}": {"section": "other", "what": "Half a", "rationale": "x", "decided_by": ""},
    }
    for part, what in begun.items():
        path = f"/meetings/{number}/{part}/"
        assert 'name="draft_place"' in mara.get(path).content.decode()
        send(mara, path, **what, save_draft="yes")
        assert Draft.objects.filter(place=path).exists()
        assert "You began this on" in text(mara.get(path))
    assert (Return.objects.count(), Decision.objects.count()) == (0, 1)
    assert 'value="Half a' not in text(mara.get(f"/meetings/{number}/correct/{decision}/"))


def test_a_page_that_keeps_no_drafts_offers_no_button_for_it(
    meet: Meetings, mara: Client, sign_in: SignIn
) -> None:
    bo = sign_in("team_manager", "childrens_services", "bo")
    number = panel(meet, chair=Person("bo", "Bo Chair", "childrens_services"))
    for client, part in ((mara, "order"), (bo, "chair")):
        assert "save_draft" not in client.get(f"/meetings/{number}/{part}/").content.decode()


@pytest.mark.parametrize(
    ("own", "phone", "state"),
    [("A blue car.", "", "content"), ("", "Two cars.", "content"), ("", "", "nil"), (None, "", "nil")],
)
def test_a_nil_that_was_heard_hides_nothing_that_an_agency_holds(
    meet: Meetings, own: str | None, phone: str, state: str
) -> None:
    number = panel(meet, "police")
    if own is not None:
        sends(meet, number, meet.as_("detective", "police"), is_nil=not own, text=own)
    heard(meet, number, is_nil=not phone, text=phone)
    assert asked_of(meet, number)[0].state == state


def test_the_agency_s_own_last_word_stands_before_what_was_heard_earlier(meet: Meetings) -> None:
    number = panel(meet, "police")
    heard(meet, number, is_nil=False, text="Two cars.")
    sends(meet, number, meet.as_("detective", "police"), is_nil=True)
    assert asked_of(meet, number)[0].state == "nil"


def test_every_version_of_an_answer_stands_on_the_page(meet: Meetings, mara: Client) -> None:
    number = panel(meet, "police")
    sends(meet, number, meet.as_("detective", "police"), text="A blue car waits.")
    page = mara.get(f"/meetings/{number}/heard/").content.decode()
    assert re.findall(r"<option[^>]*>([^<]*)", page)[0] == "Choose"
    assert "(Answered)" in page
    heard(meet, number, is_nil=True)
    shown = text(mara.get(f"/meetings/{number}/round/"))
    assert "A blue car waits." in shown
    assert "Holds nothing (said by phone by Front desk" in shown


def test_an_answer_is_taken_only_of_whoever_was_asked_once_and_as_it_may_be_read(meet: Meetings) -> None:
    number = panel(meet, "police", "education")
    police = next(one for one in asked_of(meet, number) if one.agency == "police")
    detective, lead = meet.as_("detective", "police"), meet.as_("education_lead", "education")
    first = Answer(police.number, 0, False, "A blue car.")
    guarded = Answer(police.number, 0, False, "An informant says so.", handling="C")
    for who, said, why in (
        (lead, first, "not asked of your agency"),
        (detective, guarded, "guarded so cannot be sent"),
    ):
        with pytest.raises(MeetingRefused, match=why):
            rounds.answer(viewing=who, **meet.where, number=number, answers=[said])
    rounds.answer(viewing=detective, **meet.where, number=number, answers=[first])
    # Two who had the same page: the second is told, and what the first sent stands.
    with pytest.raises(MovedOn):
        rounds.answer(
            viewing=detective, **meet.where, number=number, answers=[Answer(police.number, 0, True)]
        )
    theirs = Answer(police.number, 1, False, "See", ("zz:police:events:e2",), heard_from="Sgt")
    with pytest.raises(MeetingRefused, match="named by the agency whose"):
        rounds.write_down(viewing=meet.as_(), **meet.where, number=number, heard=theirs)
    assert [one.text for one in Return.objects.all()] == ["A blue car."]
    with pytest.raises(MeetingRefused, match="a day that has not passed"):
        ask(meet, number, meet.row(number, "social_care"), due_on=date(2026, 4, 6))
    assert ask(meet, number, meet.row(number, "social_care"), due_on=date(2026, 4, 7)) == 1


def test_nobody_is_led_to_an_answer_that_is_not_taken(meet: Meetings, sign_in: SignIn) -> None:
    number = panel(meet, starts_at=JUST_NOW)
    ask(meet, number, meet.row(number, "police"), due_on=date(2026, 4, 7))
    boss = sign_in("team_manager", "police", "boss")
    listed = "Requests that my agency has not answered"
    assert listed in text(boss.get("/today/"))
    meet.holds(number, meet.as_("team_manager"), "Nobody could come.")
    version = meet.shows(number).head.version
    minutes.issue(viewing=meet.as_(), **meet.where, number=number, version=version)
    with pytest.raises(MeetingRefused, match="minutes are out already"):
        sends(meet, number, meet.as_("detective", "police"), is_nil=True)
    assert f'href="/meetings/{number}/' not in boss.get("/today/").content.decode().split(listed)[-1][:1500]
    page = boss.get(f"/meetings/{number}/answer/").content.decode()
    assert "no answer is taken here any more" in page
    assert "_says" not in page
    assert "Answer for your agency" not in text(boss.get(f"/meetings/{number}/round/"))


def test_who_is_left_out_is_neither_late_nor_chased(meet: Meetings) -> None:
    number = panel(meet, "police", starts_at=NOW + timedelta(days=21))
    meet.leaves_out(number, Guest("police", "police"), "A suspect works there.", is_sealed=True)
    actions.sign(viewing=meet.chair, **meet.where, number=number, invitee=meet.row(number, "police"))
    late = meet.as_(at=NOW + timedelta(days=17))
    assert rounds.chase(viewing=late, **meet.where, number=number) == (0, 0)
    (one,) = asked_of(meet, number, at=NOW + timedelta(days=17))
    assert (one.state, one.is_late, one.chases) == ("withdrawn", False, ())


@pytest.mark.parametrize("is_of_case", [True, False])
@pytest.mark.parametrize(("agency", "seat"), [("police", "police"), ("education", "education")])
def test_who_is_left_out_openly_is_asked_and_chased_until_the_chair_has_signed_it(
    meet: Meetings, agency: str, seat: str, is_of_case: bool
) -> None:
    case, soon = meet.case("BEA", state="plan"), NOW + timedelta(days=21)
    number = panel(meet, seat, cases=(case,), starts_at=soon)
    other = panel(meet, cases=(case,), starts_at=soon)
    guest = Guest(agency, seat, case=case if is_of_case else None)
    for one in (number, other):
        meet.leaves_out(one, guest, "Typed by mistake.")
        assert case in meet.shows(one, meet.as_("guardian", agency)).agenda.titles
    assert ask(meet, other, meet.row(other, seat)) == 1
    late = NOW + timedelta(days=17)
    (request,) = asked_of(meet, number, at=late)
    assert (request.is_asked, request.is_late) == (True, True)
    assert rounds.chase(viewing=meet.as_(at=late), **meet.where, number=number) == (1, 1)
    actions.sign(viewing=meet.chair, **meet.where, number=number, invitee=meet.row(number, seat))
    (request,) = asked_of(meet, number, at=late)
    assert request.state == "withdrawn"


def test_today_counts_as_missing_what_the_round_counts(meet: Meetings) -> None:
    number = panel(meet, starts_at=NOW + timedelta(days=21))
    meet.invites(number, Guest("charity", "charity"), Guest("charity", "parents_worker"))
    ask(meet, number, *(one.number for one in meet.shows(number).invitees if one.agency == "charity"))
    late = meet.as_(at=NOW + timedelta(days=17))

    def missing() -> int:
        shown = week.today(viewing=late, **meet.where).lists
        return sum(one.filled.count for one in shown if one.kind.code == "unanswered")

    # On one of two seats: they are still asked on the other.
    meet.leaves_out(number, Guest("charity", "charity"), "One seat is enough.", meet.chair)
    assert ([one.state for one in asked_of(meet, number, at=late.at)], missing()) == (["no_reply"], 1)
    meet.leaves_out(number, Guest("charity", "parents_worker"), "Not needed.", meet.chair)
    assert ([one.state for one in asked_of(meet, number, at=late.at)], missing()) == (["withdrawn"], 0)


def test_who_answers_for_a_body_is_not_told_that_it_is_left_out_with_a_seal(meet: Meetings) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    mill = Guest("education", "school", "Mill School")
    meet.invites(number, Guest("education", "education"), mill)
    ask(meet, number, meet.row(number, "education"), meet.row(number, "school"))
    meet.leaves_out(number, mill, "A suspect teaches there.", meet.chair, is_sealed=True)
    lead = meet.as_("education_lead", "education", user_id="ed")
    assert "Mill School" not in repr(meet.shows(number, lead).invitees)
    shown = asked.information_round(viewing=lead, **meet.where, number=number).requests
    assert "Mill School" not in repr(shown)
    assert {one.state for one in shown} == {"no_reply"}
    others = asked.information_round(viewing=meet.as_(), **meet.where, number=number).requests
    assert [one.state for one in others if "Mill School" in one.title] == ["withdrawn"]


def test_what_is_asked_before_a_case_is_on_the_agenda_is_asked_of_the_whole(meet: Meetings) -> None:
    number = meet.calls("exploitation_panel", starts_at=NOW + timedelta(days=21))
    meet.invites(number)
    assert ask(meet, number, meet.row(number, "police"), meet.row(number, "education")) == 2
    late = NOW + timedelta(days=17)
    operator = meet.as_("operator", "", purpose="data_quality", user_id="op", at=late)
    meet.leaves_out(number, Guest("education", "education"), "A suspect works there.", is_sealed=True)
    some = {one.agency: one for one in asked_of(meet, number, at=late)}
    assert {who: (one.case, one.state, one.is_late) for who, one in some.items()} == {
        "police": (None, "no_reply", True),
        "education": (None, "withdrawn", False),
    }
    assert rounds.chase_due(viewing=operator, area=meet.where["area"]).waiting == 1
    sends(meet, number, meet.as_("detective", "police", at=late), is_nil=True)
    assert rounds.chase_due(viewing=operator, area=meet.where["area"]).waiting == 0


def test_of_a_round_is_seen_what_was_asked_of_the_cases_that_one_sees(meet: Meetings) -> None:
    ana, bea = (meet.case(one, state="plan") for one in ("ANA", "BEA"))
    number = meet.calls("exploitation_panel", ana, bea)
    meet.invites(number, Guest("police", "police"), Guest("charity", "other", case=bea))
    assert ask(meet, number, meet.row(number, "police")) == 2
    where = {**meet.where, "number": number}
    for who, cases in ((meet.as_(), {ana, bea}), (meet.as_("parent_liaison", "charity"), {bea})):
        assert {one.case for one in asked.information_round(viewing=who, **where).requests} == cases
    # What is on the agenda no more is asked of nobody.
    actions.take_off_agenda(viewing=meet.as_(), **where, case=ana)
    assert [one.case for one in asked_of(meet, number)] == [bea]


def test_nobody_is_chased_for_a_meeting_that_is_not_held(meet: Meetings) -> None:
    number = panel(meet, "police")
    version = meet.shows(number).head.version
    actions.call_off(viewing=meet.as_(), **meet.where, done=Holding(number, version, "Chair ill"))
    late = meet.as_(at=NOW + timedelta(days=30))
    (one,) = asked_of(meet, number, at=late.at)
    assert (one.state, one.is_late) == ("withdrawn", False)
    with pytest.raises(MeetingRefused, match="not held"):
        rounds.chase(viewing=late, **meet.where, number=number)
    with pytest.raises(MeetingRefused, match="not held"):
        sends(meet, number, meet.as_("detective", "police"), is_nil=True)


def test_the_records_that_a_return_names_are_shown_to_who_may_see_them(
    meet: Meetings, mara: Client, sign_in: SignIn
) -> None:
    number = panel(meet, "social_care")
    ask(meet, number, meet.row(number, "police"))
    sends(meet, number, meet.as_(), records=("zz:childrens_services:events:e1",))
    sends(meet, number, meet.as_("team_manager", "police"), records=("zz:police:events:e2",))
    pages = {
        who: text(client.get(f"/meetings/{number}/round/"))
        for who, client in (("mara", mara), ("boss", sign_in("team_manager", "police", "boss")))
    }
    for page in pages.values():
        assert page.count("4 March 2026: Contact, Talked to Ana") == 2
    # What police guard is not told to others by being named.
    assert ("Hidden" in pages["boss"], "Hidden" in pages["mara"]) == (True, False)
    assert "Records that you may not see: 1. Ask them." in pages["mara"]


def test_an_agency_on_two_seats_is_asked_once_and_each_school_by_its_name(
    meet: Meetings, sign_in: SignIn
) -> None:
    ana = meet.case("ANA", state="plan")
    number = panel(meet, cases=(ana, meet.case("BEA", state="plan")))
    seats = ("charity", "parents_worker")
    meet.invites(number, *(Guest("charity", seat) for seat in seats))
    both = [one.number for one in meet.shows(number).invitees if one.agency == "charity"]
    assert len(both) > 1
    assert ask(meet, number, *both) == 2
    assert ask(meet, number, *both) == 0
    schools = [Guest("education", "school", name, case=ana) for name in ("Northgate High", "Weir College")]
    meet.invites(number, *schools)
    ask(meet, number, *(one.number for one in meet.shows(number).invitees if one.agency == "education"))
    page = text(sign_in("education_lead", "education", "ed").get(f"/meetings/{number}/answer/"))
    for named in ("Northgate High", "Weir College", "Nowhere Schools"):
        assert f"{named}: Ana Petal (case {ana})" in page


def test_where_none_of_ones_own_records_stand_it_is_said_that_this_is_no_nil(
    meet: Meetings, sign_in: SignIn, town: World
) -> None:
    flat = meet.case(place_of(town), kind="place", state="proposed", called="Flat 2")
    number = panel(meet, "police", "education", cases=(flat, meet.case("ANA", state="plan")))
    lead = text(sign_in("education_lead", "education", "ed").get(f"/meetings/{number}/answer/"))
    assert "no record of yours is listed here. That does not mean that you hold nothing" in lead
    police = text(sign_in("team_manager", "police", "boss").get(f"/meetings/{number}/answer/"))
    assert "this is about no one person. That does not mean that you hold nothing" in police
    assert "1 record of yours of the last" in police


def test_who_is_proposed_stands_with_day_and_worker_of_each_child() -> None:
    some = [(1, 5, "A Alpha"), (2, 25, "B Beta"), (3, 2, ""), (4, 3, "C Gamma")]
    scopes = tuple(
        Scope(case, Holder("police", "police", "records", last_contact_on=date(2026, 3, day), worker=who), "")
        for case, day, who in some
    )
    row = showing.proposal(Invitee(0, "police", "police", "", "Police", scopes=scopes), {1: "Ana", 2: "Bea"})
    known = ("Ana (case 1): 5 March 2026, A Alpha", "Bea (case 2): 25 March 2026, B Beta", "case 3: 2 March 2026")  # fmt: skip
    assert (row.known, row.more) == (known, ("case 4: 3 March 2026, C Gamma",))


def test_a_round_says_first_who_answered_and_folds_what_each_said(
    meet: Meetings, mara: Client, sign_in: SignIn
) -> None:
    cases = tuple(meet.case(one, state="plan") for one in ("ANA", "BEA"))
    number = panel(meet, "police", "social_care", cases=cases, starts_at=SOON)
    own = asked.to_answer(viewing=meet.as_(), **meet.where, number=number).requests
    rounds.answer(viewing=meet.as_(), **meet.where, number=number, answers=[Answer(own[0].number, 0, True)])
    page = mara.get(f"/meetings/{number}/round/").content.decode()
    summary = page[page.index("Who answered") : page.index("What came, case by case")]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in summary.split("<tr")[2:]]
    assert sorted(row[-5:] for row in rows) == [
        ["2", "0", "0", "2", "0"],
        ["2", "0", "1", "1", "0"],
    ]
    assert "Ana Petal (case 1): 1 with nothing to hold, 1 without a reply" in page
    folded = re.findall(r"<details class=\"govuk-details engage-fold\"( open)?>", page)
    assert folded == ["", "", ""]
    every = mara.get(f"/meetings/{number}/round/?all=1").content.decode()
    assert re.findall(r"<details class=\"govuk-details engage-fold\"( open)?>", every) == [" open"] * 3
    # On the one screen what is answered is folded, and what is open stands first.
    screen = mara.get(f"/meetings/{number}/answer/").content.decode()
    assert screen.index(f"r{own[1].number}_says") < screen.index("1 is answered") < screen.index(f"r{own[0].number}_says")  # fmt: skip
