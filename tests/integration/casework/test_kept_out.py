"""Who is left out of a case in a meeting is given nothing of it by another way, and is not told why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import Client

from engage.casework.agreed import actions as agreed
from engage.casework.agreed import queries as lists_of_actions
from engage.casework.agreed.actions import ActionRefused, NewAction
from engage.casework.agreed.listing import Asked
from engage.casework.cases import actions as cases
from engage.casework.cases.models import ClockDue
from engage.casework.cases.rules import MoveRefused
from engage.casework.meetings import actions, carrying
from engage.casework.meetings.actions import Guest, Holding, Person
from engage.casework.meetings.models import InviteeWord
from engage.casework.meetings.rules import MeetingRefused
from engage.casework.minutes import actions as minutes
from engage.casework.rounds import actions as rounds
from engage.casework.rounds.actions import Asking
from engage.casework.rounds.models import Chase
from engage.casework.tasks.models import AgreedAction, KeptOut
from engage.casework.tasks.rules import HANDED_OVER, ActionNotShown, Owner, Word
from engage.casework.week import queries as week
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import world
from tests.integration.casework.test_leaving_out import POLICE, detective, officer, seen, signs
from tests.integration.casework.test_meeting_pages import meet
from tests.integration.casework.test_meetings import JUST_NOW, NOW, SOON, Meetings, declares, town


pytestmark = pytest.mark.slow
__all__ = ["meet", "town", "world"]
SECRET = "A suspect is an officer there."
CONSTABLE = Owner("police", "A constable")


def given(meet: Meetings, case: int | None, owner: Owner = CONSTABLE, viewing: Viewing | None = None) -> int:
    """An action that is agreed in a case, outside any meeting."""
    new = NewAction("Visit the flat", owner, date(2026, 4, 9), case)
    return agreed.agree(viewing=viewing or meet.as_(), **meet.where, new=[new])[0]


def hands_over(meet: Meetings, number: int, owner: Owner, viewing: Viewing | None = None) -> None:
    version = AgreedAction.objects.get(pk=number).version
    word = Word(HANDED_OVER, version, "They can do it.", owner=owner)
    agreed.say(viewing=viewing or meet.as_(), **meet.where, number=number, word=word)


def agreed_in(meet: Meetings, number: int, case: int | None, owner: Owner) -> int:
    new = NewAction("Ring her school", owner, date(2026, 4, 9), case)
    return minutes.agree(viewing=meet.as_(), **meet.where, number=number, new=[new])[0]


def called_and_sealed(meet: Meetings, guest: Guest = POLICE) -> tuple[int, int]:
    case = meet.case("ANA", state="plan")
    number = meet.calls("exploitation_panel", case, starts_at=SOON)
    meet.leaves_out(number, guest, SECRET, is_sealed=True)
    return case, number


def test_an_agency_that_is_left_out_with_a_seal_is_given_no_action_of_the_case(meet: Meetings) -> None:
    case, _number = called_and_sealed(meet)
    mine = given(meet, case, Owner("childrens_services", "Una"))
    for act in (lambda: given(meet, case), lambda: hands_over(meet, mine, CONSTABLE)):
        with pytest.raises(ActionRefused) as refused:
            act()
        assert "This action cannot be given to them." in str(refused.value)
        assert not {"left out", "seal", "meeting", "police"} & set(f"{refused.value} {refused.value.remedy}".lower().split())  # fmt: skip
    with pytest.raises(MoveRefused, match="cannot be brought into the case"):
        cases.take_part(viewing=meet.as_(), **meet.where, number=case, agency="police")
    assert not meet.sees(case, detective(meet)).takes_part
    # Of several none is kept where one cannot be.
    new = [NewAction("One", one, date(2026, 4, 9), case) for one in (Owner("health", "A nurse"), CONSTABLE)]
    with pytest.raises(ActionRefused):
        agreed.agree(viewing=meet.as_(), **meet.where, new=new)
    assert AgreedAction.objects.count() == 1


def test_whoever_is_kept_out_is_refused_in_the_words_of_whoever_may_not_read(meet: Meetings) -> None:
    case, _number = called_and_sealed(meet)
    officer("kin", agency="health", role="nurse", name="Kim Kin")
    declares("kin", "ANA", agency="health")
    said = []
    for owner in (CONSTABLE, Owner("health", "Kim Kin", "kin")):
        with pytest.raises(ActionRefused) as refused:
            given(meet, case, owner)
        said.append((str(refused.value), str(refused.value.remedy)))
    assert said[0] == said[1]


def test_whoever_asks_for_their_own_is_not_told_that_they_are_left_out(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    meet.brings(case, "police")
    dan = officer("dan")
    number = meet.calls("exploitation_panel", case)
    meet.leaves_out(number, POLICE, SECRET, is_sealed=True)
    meet.leaves_out(number, Guest("police", "police", user="dan", user_name=dan.name), SECRET, is_sealed=True)
    by_dan = meet.as_("detective", "police", user_id="dan")
    assert given(meet, case, Owner("police", dan.name, "dan"), by_dan)
    with pytest.raises(ActionRefused):
        given(meet, case, Owner("police", dan.name, "dan"))


def test_a_worker_who_is_left_out_by_name_is_given_no_action_under_either_name(meet: Meetings) -> None:
    dan = officer("dan")
    officer("eve", "Eve Cop")
    case, _number = called_and_sealed(meet, Guest("police", "police", user=dan.user, user_name=dan.name))
    for owner in (Owner("police", dan.name, "dan"), Owner("police", "dan cop")):
        with pytest.raises(ActionRefused):
            given(meet, case, owner)
    assert given(meet, case, Owner("police", "Eve Cop", "eve"))
    assert given(meet, case, CONSTABLE)


def test_an_action_of_a_meeting_is_handed_to_nobody_who_is_left_out_of_it(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    number = meet.calls("exploitation_panel", case)
    meet.leaves_out(number, POLICE, "Nothing is theirs.")
    of_case, of_whole = (
        agreed_in(meet, number, one, Owner("childrens_services", "Una")) for one in (case, None)
    )
    hands_over(meet, of_case, CONSTABLE)
    hands_over(meet, of_case, Owner("childrens_services", "Una"))
    signs(meet, number, meet.chair)
    for action in (of_case, of_whole):
        with pytest.raises(ActionRefused, match="cannot be given to them"):
            hands_over(meet, action, CONSTABLE)
    # Who is left out openly of one meeting is not kept out of the case.
    assert given(meet, case)


def test_what_a_meeting_agreed_is_not_shown_to_whoever_is_left_out_of_it_by_name(meet: Meetings) -> None:
    boss = officer("boss", "Ben Boss", "team_manager")
    case = meet.case("ANA", state="plan")
    meet.brings(case, "police")
    number = meet.calls("exploitation_panel", case)
    agreed_in(meet, number, None, CONSTABLE)
    agreed_in(meet, number, case, CONSTABLE)
    given(meet, case)
    chief = meet.as_("team_manager", "police", user_id="boss")

    def listed(viewing: Viewing) -> int:
        found = lists_of_actions.actions(viewing=viewing, build=meet.where["build"], asked=Asked())
        assert len(found.actions) == found.count
        return found.count

    assert listed(chief) == 3
    meet.leaves_out(
        number, Guest("police", "police", user=boss.user, user_name=boss.name), SECRET, is_sealed=True
    )
    assert (listed(chief), listed(detective(meet))) == (1, 3)


def test_a_manager_who_is_left_out_by_name_is_not_the_one_who_is_told(meet: Meetings) -> None:
    boss = officer("boss", "Ben Boss", "team_manager")
    officer("vic", "Vic Deputy", "team_manager")
    case = meet.case("ANA", state="plan")
    number = meet.calls("exploitation_panel", case, starts_at=NOW + timedelta(days=21))
    meet.invites(number)
    row = meet.row(number, "police")
    asking = Asking((row,), "What do you hold?", date(2026, 4, 8))
    rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=asking)
    meet.leaves_out(
        number, Guest("police", "police", user=boss.user, user_name=boss.name), SECRET, is_sealed=True
    )
    late = meet.as_(at=NOW + timedelta(days=16))
    rounds.chase(viewing=late, **meet.where, number=number)
    assert list(Chase.objects.values_list("is_escalated", "to")) == [(True, "Vic Deputy")]


def test_what_is_sealed_goes_with_the_case_to_later_meetings_until_a_chair_lifts_it(meet: Meetings) -> None:
    case, first = called_and_sealed(meet)
    dan = officer("dan")
    second = meet.calls("exploitation_panel", meet.case("BEA", state="plan"))
    actions.put_on_agenda(viewing=meet.as_(), **meet.where, number=second, cases=[case])
    meet.invites(second)
    assert case not in (seen(meet, second, detective(meet)) or [])
    with pytest.raises(MeetingRefused, match="is left out of this"):
        meet.invites(second, Guest("police", "police", user=dan.user, user_name=dan.name, case=case))
    word = InviteeWord.objects.filter(meeting=second, says="left_out").get()
    assert (word.case, word.is_sealed) == (case, True)
    assert SECRET not in word.text
    text = f"at meeting {first}"
    assert text in str(meet.shows(second, meet.chair).invitees)
    assert text not in str(meet.shows(second).invitees)
    meet.invites(second, Guest("police", "police", case=case), viewing=meet.chair)
    assert case in (seen(meet, second, detective(meet)) or [])
    assert agreed_in(meet, second, case, CONSTABLE)
    # A later one goes by the last word of a chair.
    third = meet.calls("exploitation_panel", case)
    assert not InviteeWord.objects.filter(meeting=third, says="left_out").exists()


def test_a_meeting_that_was_called_before_is_told_unless_they_are_invited_to_it(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    plain, invited = (meet.calls("exploitation_panel", case) for _ in range(2))
    theirs = meet.calls("exploitation_panel", case, chair=officer("pc", "Pat Chief", "team_manager"))
    meet.invites(invited)
    last = meet.calls("exploitation_panel", case)
    meet.leaves_out(last, POLICE, SECRET, is_sealed=True)
    out = InviteeWord.objects.filter(says="left_out", is_sealed=True).values_list("meeting", flat=True)
    assert set(out) == {plain, last}
    assert set(out).isdisjoint({invited, theirs})


def test_what_was_said_before_it_was_laid_down_is_laid_down_by_the_upgrade(meet: Meetings) -> None:
    case, number = called_and_sealed(meet)
    laid = set(KeptOut.objects.values_list("meeting", "case", "agency", "is_of_case"))
    assert laid == {(number, None, "police", False), (number, case, "police", True)}
    KeptOut.objects.all().delete()
    carrying.lay_down_all(list(apps.get_model("meetings", "Meeting").objects.order_by("seq")))
    assert set(KeptOut.objects.values_list("meeting", "case", "agency", "is_of_case")) == laid


def test_once_the_chair_invites_them_again_the_case_is_open_to_them(meet: Meetings) -> None:
    case, number = called_and_sealed(meet)
    meet.invites(number, POLICE, viewing=meet.chair)
    assert not KeptOut.objects.exists()
    assert given(meet, case)


SCHOOL = Guest("education", "school", "Mill School")


def test_a_body_that_is_left_out_with_a_seal_is_given_no_action_in_whichever_words(meet: Meetings) -> None:
    case, number = called_and_sealed(meet, SCHOOL)
    for name in ("Mill School", "The head of mill  school"):
        for agency in ("education", "childrens_services"):
            with pytest.raises(ActionRefused, match="cannot be given to them"):
                given(meet, case, Owner(agency, name))
    with pytest.raises(ActionRefused):
        agreed_in(meet, number, case, Owner("education", "Mill School"))
    mine = given(meet, case, Owner("education", "Millicent Schooling"))
    with pytest.raises(ActionRefused):
        hands_over(meet, mine, Owner("education", "Mill School"))
    # Whoever asks for a body that their own agency is reached for is not told by a refusal.
    meet.brings(case, "education")
    assert given(meet, case, Owner("education", "Mill School"), meet.as_("education_lead", "education"))
    cases.take_part(
        viewing=meet.as_(), **meet.where, number=meet.case("BEA", state="plan"), agency="education"
    )


def test_a_sealed_body_is_left_out_of_later_meetings_on_the_case_until_a_chair_lifts_it(
    meet: Meetings,
) -> None:
    case, first = called_and_sealed(meet, SCHOOL)
    second = meet.calls("exploitation_panel", case)
    word = InviteeWord.objects.get(meeting=second, says="left_out")
    assert (word.case, word.is_sealed, SECRET in word.text) == (case, True, False)
    (school,) = [one for one in meet.proposed(second).invitees if one.holder]
    assert ([scope.holds for scope in school.scopes], school.agency) == (["left_out"], "education")
    by_other_ways = (
        SCHOOL,
        Guest("education", "school", "Mill School", user_name="Jo Head"),
        Guest("childrens_services", "other", "mill school"),
    )
    for guest in by_other_ways:
        with pytest.raises(MeetingRefused, match="is left out of this"):
            meet.invites(second, guest)
    # The agency that it is reached through is another matter, and is told nothing of it.
    meet.invites(second, Guest("education", "education", case=case))
    lead = meet.as_("education_lead", "education")
    assert seen(meet, second, lead) == [case]
    assert "Mill School" not in str(meet.shows(second, lead).invitees)
    assert f"at meeting {first}" in str(meet.shows(second, meet.chair).invitees)
    meet.invites(second, replace(SCHOOL, case=case), viewing=meet.chair)
    assert not KeptOut.objects.filter(case=case, is_of_case=True).exists()
    assert given(meet, case, Owner("education", "Mill School"))
    third = meet.calls("exploitation_panel", case)
    assert not InviteeWord.objects.filter(meeting=third, says="left_out").exists()


def test_a_sealed_body_is_asked_nothing_in_a_meeting_that_was_called_before(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    plain = meet.calls("exploitation_panel", case)
    meet.invites(plain)
    last = meet.calls("exploitation_panel", case)
    meet.leaves_out(last, SCHOOL, SECRET, is_sealed=True)
    assert InviteeWord.objects.filter(meeting=plain, says="left_out", is_sealed=True).count() == 1
    (row,) = [one.number for one in meet.shows(plain).invitees if one.holder == "Mill School"]
    asking = Asking((row,), "What do you hold?", date(2026, 4, 8))
    assert rounds.ask(viewing=meet.as_(), **meet.where, number=plain, asking=asking) == 0


def test_a_specialist_service_without_a_name_is_carried_and_its_agency_is_not(meet: Meetings) -> None:
    case, _first = called_and_sealed(meet, Guest("health", "specialist_health"))
    second = meet.calls("exploitation_panel", case)
    assert InviteeWord.objects.filter(meeting=second, says="left_out", is_sealed=True).exists()
    with pytest.raises(MeetingRefused, match="is left out of this"):
        meet.invites(second, Guest("health", "specialist_health", user_name="A specialist"))
    assert given(meet, case, Owner("health", "A nurse"))


def test_a_colleague_who_is_not_told_of_a_sealed_body_does_not_lift_the_seal(meet: Meetings) -> None:
    own = Guest("childrens_services", "other", "Mill School")
    case, number = called_and_sealed(meet, own)
    with pytest.raises(MeetingRefused, match="is left out of this"):
        meet.invites(number, own, viewing=meet.as_("business_support", user_id="colleague"))
    assert KeptOut.objects.filter(case=case, holder="Mill School", is_of_case=True).exists()


def limits(meet: Meetings, case: int, viewing: Viewing) -> set[str]:
    """The time limits of a case that are shown to somebody, by their codes."""
    return {run.clock.code for run in meet.sees(case, viewing).runs}


def held_without_police(meet: Meetings, kind: str, case: int, guest: Guest = POLICE) -> int:
    """A meeting that was held on a case in which the police take part, and from which they, or one of them, are left out with a seal."""
    meet.brings(case, "police")
    number = meet.calls(kind, case, starts_at=JUST_NOW)
    meet.leaves_out(number, guest, SECRET, meet.chair, is_sealed=True)
    meet.invites(number)
    meet.holds(number, meet.as_("team_manager"), reason="It had to go ahead.")
    return number


@pytest.mark.parametrize(
    ("kind", "state", "told"),
    [
        ("strategy_discussion", "strategy", {"C4"}),
        ("initial_conference", "plan", {"C7", "C8"}),
        ("review_conference", "plan", {"C9", "C11"}),
    ],
)
def test_no_limit_tells_whoever_is_left_out_with_a_seal_that_a_meeting_was_called_or_held(
    meet: Meetings, sign_in: Callable[..., Client], kind: str, state: str, told: set[str]
) -> None:
    case = meet.case("ANA", state=state)
    held_without_police(meet, kind, case)
    police = detective(meet)
    assert limits(meet, case, meet.as_()) >= told
    assert meet.sees(case, police).takes_part
    assert not told & limits(meet, case, police)
    boss = sign_in("team_manager", agency="police", username="boss")
    for page in (f"/cases/{case}/", f"/cases/{case}/print/", "/today/"):
        shown = boss.get(page).content.decode()
        assert not [code for code in told if f">{code}<" in shown or f"{code} " in shown]
        assert "Record of the strategy discussion" not in shown
    # Once the chair of a later one invites them again to the case, they hear it as everybody does.
    later = meet.calls("exploitation_panel", case)
    meet.invites(later, replace(POLICE, case=case), viewing=meet.chair)
    assert limits(meet, case, police) >= told
    assert not ClockDue.objects.filter(case=case).exclude(guard=None).exists()


def test_a_limit_of_a_meeting_stands_on_the_day_of_those_alone_who_may_know_of_it(meet: Meetings) -> None:
    case = meet.case("ANA", state="strategy")
    held_without_police(meet, "strategy_discussion", case)

    def on_the_day(agency: str) -> list[str]:
        day = week.today(viewing=meet.as_("team_manager", agency), **meet.where)
        return [
            row.called for one in day.lists for row in one.filled.rows if "strategy" in row.called.lower()
        ]

    assert (on_the_day("police"), on_the_day("childrens_services")) == (
        [],
        ["Record of the strategy discussion"],
    )


def test_a_worker_who_is_left_out_by_name_hears_no_limit_of_that_meeting_and_a_colleague_does(
    meet: Meetings,
) -> None:
    dan = officer("dan")
    case = meet.case("ANA", state="strategy")
    held_without_police(
        meet, "strategy_discussion", case, Guest("police", "police", user="dan", user_name=dan.name)
    )
    assert "C4" not in limits(meet, case, meet.as_("detective", "police", user_id="dan"))
    assert "C4" in limits(meet, case, detective(meet))


def test_a_seal_that_is_put_later_is_held_by_what_was_laid_down_before(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    meet.brings(case, "police")
    number = meet.calls("initial_conference", case)
    assert not ClockDue.objects.exclude(guard=None).exists()
    meet.leaves_out(number, POLICE, SECRET, is_sealed=True)
    assert ClockDue.objects.filter(case=case).exclude(guard=None).exists()
    assert "C7" not in limits(meet, case, detective(meet))


def signposts(meet: Meetings, number: int, viewing: Viewing) -> list[tuple[str, int]]:
    return [(who, meeting) for who, _case, meeting in meet.shows(number, viewing).elsewhere]


def to_decide(meet: Meetings, viewing: Viewing) -> list[int | None]:
    """The meetings on a chair's day from which somebody is left out, for them to sign or decide."""
    day = week.today(viewing=viewing, **meet.where)
    (one,) = [one for one in day.lists if one.kind.code == "omissions"]
    return [row.meeting for row in one.filled.rows]


@pytest.mark.parametrize(
    ("guest", "title"),
    [
        (POLICE, "Nowhere Police"),
        (SCHOOL, "Mill School"),
        (Guest("police", "police", user="dan", user_name="Dan Cop"), "Dan Cop"),
    ],
)
def test_chair_and_guardian_alone_are_told_who_is_invited_here_and_left_out_elsewhere_with_a_seal(
    meet: Meetings, sign_in: Callable[..., Client], guest: Guest, title: str
) -> None:
    officer("dan")
    kim = sign_in("team_manager", username="kim")
    case = meet.case("ANA", state="plan")
    first = meet.calls("exploitation_panel", case, chair=Person("kim", "Kim Quill", "childrens_services"))
    meet.invites(first, *{guest, POLICE})
    by_kim = meet.as_("team_manager", user_id="kim")
    assert to_decide(meet, by_kim) == []
    second = meet.calls("exploitation_panel", case)
    meet.leaves_out(second, guest, SECRET, is_sealed=True)
    for viewing in (by_kim, meet.as_("guardian")):
        assert signposts(meet, first, viewing) == [(title, second)]
    told = f"left out of case {case} with a seal by meeting {second}"
    assert told in kim.get(f"/meetings/{first}/who/").content.decode()
    assert SECRET not in kim.get(f"/meetings/{first}/who/").content.decode()
    others = (meet.as_(), meet.as_("guardian", guest.agency), detective(meet), detective(meet, "dan"))
    assert [signposts(meet, first, one) for one in others if seen(meet, first, one)] in ([[]] * 3, [[]] * 4)
    assert (to_decide(meet, by_kim), to_decide(meet, meet.chair)) == ([first], [second])
    # Nothing was changed; once the chair leaves them out there too, nothing is left to decide.
    assert not InviteeWord.objects.filter(meeting=first, says="left_out").exists()
    meet.leaves_out(first, guest, SECRET, by_kim, is_sealed=True)
    assert (signposts(meet, first, by_kim), to_decide(meet, by_kim)) == ([], [])


def test_whoever_chairs_and_is_of_an_agency_that_is_left_out_elsewhere_is_not_told(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    pat = officer("pc", "Pat Chief", "team_manager")
    theirs = meet.calls("exploitation_panel", case, chair=pat)
    meet.invites(theirs)
    meet.leaves_out(meet.calls("exploitation_panel", case), POLICE, SECRET, is_sealed=True)
    by_pat = meet.as_("team_manager", "police", user_id="pc")
    assert (signposts(meet, theirs, by_pat), to_decide(meet, by_pat)) == ([], [])
    assert len(signposts(meet, theirs, meet.as_("guardian"))) == 1


def test_a_case_does_not_tell_whoever_is_left_out_who_else_was_invited_or_what_was_agreed(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    case = meet.case("ANA", state="plan")
    number = held_without_police(meet, "exploitation_panel", case)
    mine = agreed_in(meet, number, case, Owner("childrens_services", "Una"))
    given(meet, case, Owner("childrens_services", "Una"))
    police, others = detective(meet), meet.as_()

    def told(viewing: Viewing) -> tuple[bool, int, set[str]]:
        found = lists_of_actions.actions(viewing=viewing, build=meet.where["build"], asked=Asked())
        parts = meet.sees(case, viewing).parts
        assert len(found.actions) == found.count
        return any(one.reason for one in parts if one.part == "invited"), found.count, {one.agency for one in parts}  # fmt: skip

    (of_police, of_others) = told(police), told(others)
    assert (of_police[:2], of_others[:2]) == ((False, 1), (True, 2))
    assert of_police[2] == of_others[2]
    with pytest.raises(ActionNotShown):
        lists_of_actions.action(viewing=police, build=meet.where["build"], number=mine)
    cop = sign_in("detective", agency="police", username="cop")
    for path in (
        f"/cases/{case}/",
        f"/cases/{case}/print/",
        "/cases/",
        "/today/",
        "/actions/",
        "/access-log/",
        "/search/?q=Ana",
        f"/actions/?case={case}",
    ):
        page = cop.get(path).content.decode()
        told_there = (
            "invited to a meeting",
            f"/meetings/{number}/",
            f"meeting {number}",
            f"meeting:{number}",
            "Ring her school",
        )
        assert not [text for text in told_there if text in page], path


def test_whoever_chairs_hears_all_of_it_whatever_their_agency_is_left_out_of(meet: Meetings) -> None:
    case = meet.case("ANA", state="strategy")
    pat = officer("pc", "Pat Chief", "team_manager")
    meet.brings(case, "police")
    number = meet.calls("strategy_discussion", case, starts_at=JUST_NOW)
    meet.invites(number)
    done = Holding(number, meet.shows(number).head.version, "Chair ill")
    actions.change_chair(viewing=meet.chair, **meet.where, done=done, chair=pat)
    by_pat = meet.as_("team_manager", "police", user_id="pc")
    meet.leaves_out(number, POLICE, SECRET, by_pat, is_sealed=True)
    action = agreed_in(meet, number, case, Owner("childrens_services", "Una"))
    meet.holds(number, meet.as_("team_manager"), reason="It had to go ahead.")
    assert ("C4" in limits(meet, case, by_pat), "C4" in limits(meet, case, detective(meet))) == (True, False)
    shown = lists_of_actions.action(viewing=by_pat, build=meet.where["build"], number=action)
    assert shown.action.number == action
