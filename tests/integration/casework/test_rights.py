"""Who reads what of a case, for how long, and who is called what in it: drawn cases for what a reviewer found open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from engage.casework.agreed import actions as agreed
from engage.casework.agreed import queries as agreed_queries
from engage.casework.agreed.actions import NewAction, Owner, Word
from engage.casework.agreed.queries import Asked
from engage.casework.cases import queries
from engage.casework.cases.actions import (
    About,
    AnswersWrong,
    CaseNotShown,
    Leaving,
    MoveRefused,
    Written,
    identify,
    leave,
    refer,
    take_part,
    write,
    write_about,
)
from engage.casework.cases.models import CaseEntry, ClockDue, OfConcern, Told
from engage.casework.cases.rules import GROWN_UP, QUESTION
from engage.casework.meetings import actions as meetings
from engage.casework.meetings.actions import Guest, Holding, MeetingNotShown, MeetingRefused
from engage.casework.minutes import actions as minutes
from engage.casework.minutes import queries as records
from engage.casework.minutes.actions import Deciding
from engage.casework.referrals import queries as referrals
from engage.casework.rounds import actions as rounds
from engage.casework.rounds import queries as asked
from engage.casework.rounds.actions import Answer, Asking
from engage.casework.rounds.queries import Round
from engage.casework.week import queries as week
from engage.identities import assignments
from engage.identities.models import PersonAssignment, PersonIdEvent
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import REFERRAL
from tests.integration.casework.test_cases import CLOSED_CONCERN, DECLINED
from tests.integration.casework.test_meetings import JUST_NOW, Meetings, town
from tests.integration.casework.test_referrals import answers
from tests.spec.picture.drawing import World


__all__ = ["town"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET = {**DECLINED, "why": "SECRET-FOR-THE-TEAM"}


@pytest.fixture
def meet(ana: World, viewing: Callable[..., Viewing]) -> Meetings:
    return Meetings(ana, viewing)


def test_what_the_team_writes_for_itself_is_not_read_by_whoever_only_referred(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    school = meet.as_("education_lead", "education")
    number = meet.refers(school)
    meet.moves(number, "decline", **SECRET)
    entry = CaseEntry.objects.get(form="declining")
    shown = meet.sees(number, school)
    assert "SECRET" not in repr(shown)
    # They read what was said to them, and nothing that others write.
    assert shown.entries[-1].answers == {one: DECLINED[one] for one in ("reason", "to_referrer", "told_how")}
    assert [one.number for one in shown.entries] == [one.number for one in meet.sees(number).entries]
    browser = sign_in("education_lead", "education", "edie")
    for page in ("", "print/"):
        text = browser.get(f"/cases/{number}/{page}").content.decode()
        assert "Call again." in text
        assert not {"SECRET", "Why, for the team?"} & {one for one in ("SECRET", "Why, for the team?") if one in text}  # fmt: skip
    # Nor can what is not read be written over.
    again = Written("declining", DECLINED, replaces=entry.seq)
    with pytest.raises(CaseNotShown):
        write(viewing=meet.as_("team_manager", "education"), **meet.where, number=number, written=again)
    assert "SECRET" in repr(meet.sees(number))
    meet.brings(number, "education")
    assert "SECRET" in repr(meet.sees(number, school))


def test_nobody_opens_a_case_to_themselves_by_referring(meet: Meetings) -> None:
    """A school and a charity that took no part send one form each."""
    number = meet.refers()
    meet.moves(number, "accept", meet.as_(), why="SECRET", safe_tonight="yes", to_referrer="SECRET too")
    meet.writes(number, "note", title="Seen", text="SECRET")
    for role, agency in (("education_lead", "education"), ("parent_liaison", "charity")):
        theirs = meet.as_(role, agency)
        assert meet.refers(theirs, worry=f"Late, says {agency}.") == number
        shown = meet.sees(number, theirs)
        assert (shown.takes_part, shown.only_referred, shown.runs, shown.choices) == (False, True, (), ())
        assert [one.answers["worry"] for one in shown.entries if one.answers] == [f"Late, says {agency}."]
        assert "SECRET" not in repr(shown)
        assert day(meet, theirs, "sent_by_me") == [number]
        with pytest.raises(CaseNotShown):
            meet.writes(number, "note", theirs, title="Seen", text="Late")
        with pytest.raises(CaseNotShown):
            take_part(viewing=theirs, **meet.where, number=number, agency=agency)
    # Whoever arranges a meeting is told of both; a worker of the case can bring one in.
    asked = {one.agency for one in meet.proposed(meet.calls("strategy_discussion", number)).invitees}
    assert {"education", "charity"} <= asked
    meet.brings(number, "education")
    assert "SECRET" in repr(meet.sees(number, meet.as_("education_lead", "education")))


def test_a_case_that_is_opened_again_shows_its_ending_as_it_was_corrected(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    number = meet.refers()
    meet.moves(number, "decline", **SECRET)
    entry = CaseEntry.objects.get(form="declining")
    right = Written("declining", {**DECLINED, "again": "A silver car"}, replaces=entry.seq)
    write(viewing=meet.as_("team_manager"), **meet.where, number=number, written=right)
    meet.moves(number, "reopen", meet.as_(), new="Seen again", differs="Nothing", danger_now="no")
    page = sign_in().get(f"/cases/{number}/").content.decode()
    ended = page.split("How it ended the last time")[1].split("What can follow")[0]
    assert "A silver car" in ended
    assert "Anything new" not in ended


def joined(record: str, person: str, before: str, at: Any) -> None:
    """A person judges that a record is this person's."""
    row = PersonAssignment.objects.create(record_id=record, person_id=person, assigned_at=at, cause="judgement")  # fmt: skip
    PersonIdEvent.objects.create(
        person_id=before, kind="merged", other_id=person, at=at, cause="judgement", after_seq=row.seq
    )


def test_what_was_kept_under_an_earlier_id_is_the_persons_after_a_join_and_the_others_after_a_split(
    meet: Meetings,
) -> None:
    """Bea turns out to be Tom's record under another name, and then not."""
    at = meet.as_().at
    bea, tom = meet.case("BEA", state="plan"), meet.case("TOM", state="plan")
    meet.brings(bea, "charity")
    number = meet.calls("mapping_meeting", bea)
    minutes.decide(viewing=meet.as_(), **meet.where, number=number, made=Deciding("children", "See her", bea))
    note = Written("note", {"title": "Seen", "text": "At the bus stop."})
    entry = write_about(viewing=meet.as_(), **meet.where, person_id="BEA", written=note)

    def found(person: str) -> tuple[list[str], list[int]]:
        asked = records.Asked(person_id=person)
        decided = records.register(viewing=meet.as_(), **meet.where, asked=asked).decisions
        about = queries.written_about(viewing=meet.as_(), build=meet.where["build"], person_id=person)
        return [one.what for one in decided], [one.number for one in about]

    def proposed() -> bool:
        some = meet.proposed(meet.calls("mapping_meeting", tom)).invitees
        return "charity" in {one.agency for one in some}

    assert (found("TOM"), proposed()) == (([], []), False)
    hers = meet.world.named("police/3")
    joined(hers, "TOM", "BEA", at)
    assert (found("TOM"), proposed()) == ((["See her"], [entry]), True)
    PersonAssignment.objects.create(record_id=hers, person_id="BEA", assigned_at=at, cause=assignments.TAKEN_BACK)  # fmt: skip
    assert (found("TOM"), proposed()) == (([], []), False)
    assert found("BEA") == (["See her"], [entry])


def reads(meet: Meetings, case: int, role: str, agency: str, days: int = 0) -> bool:
    """Somebody there reads what is written in the case, so many days later."""
    at = meet.as_().at + timedelta(days=days)
    return meet.sees(case, meet.as_(role, agency, at=at)).takes_part


def off_the_agenda(meet: Meetings, case: int, number: int) -> None:
    meetings.take_off_agenda(viewing=meet.as_(), **meet.where, number=number, case=case)


def called_off(meet: Meetings, _case: int, number: int) -> None:
    meetings.call_off(viewing=meet.as_(), **meet.where, done=Holding(number, 0, "Nobody came."))


def left_out(meet: Meetings, _case: int, number: int) -> None:
    meet.leaves_out(number, Guest("health", "health"), "Not needed.", meet.chair)


def signed_off(meet: Meetings, case: int, number: int) -> None:
    meet.holds(number, meet.as_("team_manager"), reason="By phone")
    minutes.issue(viewing=meet.as_(), **meet.where, number=number, version=1)
    assert reads(meet, case, "nurse", "health")
    minutes.sign_off(viewing=meet.chair, **meet.where, number=number, version=2)


def by_hand(meet: Meetings, case: int, number: int) -> None:
    for part in [one for one in meet.sees(case).parts if one.agency == "health"]:
        assert part.reason == ("meeting", number)
        leave(viewing=meet.as_(), **meet.where, number=case, which=Leaving("health", part.part, part.reason))  # fmt: skip


@pytest.mark.parametrize("ends", [off_the_agenda, called_off, left_out, signed_off, by_hand])
def test_a_part_ends_with_the_meeting_that_brought_it_and_one_by_another_meeting_remains(
    meet: Meetings, ends: Callable[[Meetings, int, int], None]
) -> None:
    where = {"viewing": meet.as_(), **meet.where}
    case = meet.case("ANA", state="plan")
    number, other = (meet.calls("strategy_discussion", case, starts_at=JUST_NOW) for _ in range(2))
    for one in (number, other):
        meet.invites(one, Guest("health", "health"), Guest("police", "police"))
    rounds.ask(**where, number=number, asking=Asking((meet.row(number, "health"),)))
    # Of the other meeting health is left out; the police stay invited there.
    meet.leaves_out(other, Guest("health", "health"), "Not needed.", meet.chair)
    assert reads(meet, case, "nurse", "health")
    ends(meet, case, number)
    assert not reads(meet, case, "nurse", "health")
    assert reads(meet, case, "detective", "police")


def test_who_is_still_invited_takes_part_again_when_the_case_is_back_on_the_agenda(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    number = meet.calls("strategy_discussion", case)
    meet.invites(number, Guest("health", "health"), Guest("police", "police"))
    meet.leaves_out(number, Guest("police", "police"), "Not needed.", meet.chair)
    off_the_agenda(meet, case, number)
    meetings.put_on_agenda(viewing=meet.as_(), **meet.where, number=number, cases=[case])
    assert (reads(meet, case, "nurse", "health"), reads(meet, case, "detective", "police")) == (True, False)


def test_a_part_by_an_action_ends_two_weeks_after_it_and_begins_again_with_it(meet: Meetings) -> None:
    where = {"viewing": meet.as_(), **meet.where}
    case = meet.case("ANA", state="plan")
    new = NewAction("Ring the nurse", Owner("health", "A nurse"), date(2026, 4, 20), case)
    number, _other = agreed.agree(**where, new=[new, replace(new, owner=Owner("charity", "Tia"))])

    def say(says: str, version: int, **more: Any) -> None:
        agreed.say(**where, number=number, word=Word(says, version, "Because", **more))

    say("done", 0)
    nurse = meet.as_("nurse", "health", at=meet.as_().at + timedelta(days=13))
    assert meet.sees(case, nurse).takes_part
    assert agreed_queries.actions(viewing=nurse, build=meet.where["build"], asked=Asked(state="done")).count == 1  # fmt: skip
    # Until then they read the plan, and so their review names one of its goals; a goal that is not theirs to read is none.
    goal = {"lane": "protect", "different": "She is home by ten.", "by_on": "2026-05-01", "worker": meet.worker(), "agency": "childrens_services", "first": "Ask."}  # fmt: skip
    theirs = meet.writes(case, "goal", **goal)
    hidden = Written("goal", goal, sensitivity="restricted")
    guarded = write(viewing=meet.as_(), **meet.where, number=case, written=hidden)
    review = {"reviewed_on": "2026-04-10", "how_far": "nearer", "know": "She said so.", "next": "Ask again."}
    assert meet.writes(case, "goal_review", nurse, goal=str(theirs), **review)
    for number_of in (guarded, 999):
        with pytest.raises(AnswersWrong, match="missing or cannot be read"):
            meet.writes(case, "goal_review", nurse, goal=str(number_of), **review)
    assert (reads(meet, case, "nurse", "health", 15), reads(meet, case, "parent_liaison", "charity", 15)) == (False, True)  # fmt: skip
    say("reopened", 1, due_on=date(2026, 4, 21))
    assert reads(meet, case, "nurse", "health", 15)
    say("handed_over", 2, owner=Owner("education", "Edie"), due_on=date(2026, 4, 21))
    assert (reads(meet, case, "nurse", "health", 15), reads(meet, case, "education_lead", "education", 15)) == (False, True)  # fmt: skip
    # Nobody can take the case from whoever leads it, or end a part that is none.
    for agency in ("childrens_services", "police"):
        with pytest.raises(MoveRefused):
            leave(**where, number=case, which=Leaving(agency, "lead"))


def test_the_page_of_who_takes_part_ends_one_part_of_an_agency(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    case = meet.case("ANA", state="plan")
    number = meet.calls("strategy_discussion", case)
    meet.invites(number, Guest("health", "health"))
    browser = sign_in()
    page = browser.get(f"/cases/{case}/agencies/").content.decode()
    assert f"was invited to a meeting (meeting {number})" in page
    assert "There is a problem" in browser.post(f"/cases/{case}/agencies/", {"agency": ""}).content.decode()
    browser.post(f"/cases/{case}/agencies/", {"leaves": f"health|invited|meeting|{number}"})
    assert not reads(meet, case, "nurse", "health")
    browser.post(f"/cases/{case}/agencies/", {"agency": "health"})
    assert reads(meet, case, "nurse", "health")


CONCERN = {"person": "As named", "why": "He drives two girls.", "under_18": "no", "since": "2026-03-01", "danger_now": "no"}  # fmt: skip
MEASURE = {
    "tactic": "abduction_warning", "target_kind": "person", "target": "As named", "authoriser": "Inspector", "authorised_on": "2026-04-01", "necessity": "He goes on.",
    "victim_view": "Not asked", "from_on": "2026-04-01", "worker": "detective.police",
}  # fmt: skip
AGREED = {
    "agreed": "yes", "agreed_by": "Head of service", "agreed_on": "2026-04-02", "agreed_why": "Others are safer", "nrm": "yes", "nrm_outcome": "not_referred", "nrm_why": "No movement",
    "section_45": "yes", "section_45_outcome": "no_offence", "section_45_why": "None", "worker": "social_worker.childrens_services", "needs": "School", "review_on": "2026-05-01",
}  # fmt: skip
CLOSED = {
    "reason": "safer", "why": "Safe", "lines_open": "no", "account": "yes", "suspects": "yes", "child_view": "Safe", "parents_view": "Safe", "worker_view": "Safe", "places_people": "Gone",
    "disagreed": "no", "contingency": "Ring", "told": "All",
}  # fmt: skip


def concern(meet: Meetings, person: str, **answers: Any) -> int:
    """The detective asks the team to look at somebody."""
    written, about = Written("referral_of_concern", {**CONCERN, **answers}), About("person_of_concern", person, "As named")  # fmt: skip
    detective = meet.as_("detective", "police", user_id="dora")
    return refer(viewing=detective, **meet.where, about=about, written=written)


def listed(meet: Meetings, viewing: Viewing, **asked: Any) -> list[int]:
    found = queries.cases(viewing=viewing, build=meet.where["build"], asked=queries.Filter(**asked))
    assert found.count == len(found.heads)
    return sorted(one.number for one in found.heads)


def day(meet: Meetings, viewing: Viewing, code: str) -> list[int]:
    found = week.today(viewing=viewing, **meet.where)
    return next((sorted(row.head.number for row in one.filled.rows if row.head) for one in found.lists if one.kind.code == code), [])  # fmt: skip


def test_who_was_under_18_is_no_person_of_concern_but_a_question_to_those_who_decide_it(
    meet: Meetings,
) -> None:
    """Max was grown up. Tom is 16; of Cal no birth is known."""
    grown, tom, cal = concern(meet, "MAX"), concern(meet, "TOM"), concern(meet, "CAL")
    questions = [tom, cal]
    analyst = meet.as_("analyst", "police", user_id="ann")
    worker = meet.as_("social_worker", user_id="mo")
    detective = meet.as_("detective", "police", user_id="dan")
    for viewing in (analyst, worker, detective, meet.as_("nurse", "health", user_id="nan")):
        assert listed(meet, viewing, kind="person_of_concern") == [grown]
        decides = viewing in (worker, detective)
        assert listed(meet, viewing) == [grown, *(questions if decides else [])]
        assert listed(meet, viewing, kind="question") == (questions if decides else [])
    # Social care was asked when the question came, and is the agency that answers it.
    assert ("childrens_services", "agrees") in {(one.agency, one.part) for one in meet.sees(tom, worker).parts}  # fmt: skip
    with pytest.raises(CaseNotShown):
        meet.sees(tom, analyst)
    assert day(meet, analyst, "concern_new") == [grown]
    assert (day(meet, worker, "to_agree"), day(meet, detective, "my_new")) == (questions, [])
    manager = meet.as_("team_manager", "police", user_id="pat")
    assert (day(meet, manager, "to_agree"), day(meet, manager, "to_decide")) == (questions, [grown])
    # Whoever referred sees that it waits, and a second referral goes into the same case.
    assert day(meet, meet.as_("detective", "police", user_id="dora"), "sent_by_me") == [grown, tom, cal]
    again = Written("referral_of_concern", CONCERN)
    nurse = meet.as_("nurse", "health", user_id="nan")
    assert refer(viewing=nurse, **meet.where, about=About("person_of_concern", "TOM"), written=again) == tom
    assert meet.sees(tom, nurse).only_referred


@pytest.mark.parametrize(
    ("held", "answers", "stands"),
    [
        ("", {"since": ""}, QUESTION),
        ("", {"since": "2026-03-01"}, GROWN_UP),
        ("", {"since": "2026-03-01", "under_18": "not_known"}, QUESTION),
        ("suspect | 2026-02-01", {"since": ""}, GROWN_UP),
        ("suspect | 2024-02-01", {"since": ""}, QUESTION),
        ("Suspect | 2024-02-01", {"since": "2026-03-01"}, QUESTION),
        ("victim  | 2024-02-01", {"since": "2026-03-01"}, GROWN_UP),
        ("victim  | 2024-02-01", {"since": ""}, QUESTION),
    ],
)
@pytest.mark.parametrize("handling", ["", "C"])
def test_who_was_18_is_known_only_from_the_day_on_which_it_began(
    world: World, viewing: Callable[..., Viewing], held: str, answers: dict[str, str], stands: str, handling: str
) -> None:  # fmt: skip
    """Sam is 18 since the summer. When it began is told by whoever referred and by the earliest record that accuses him, which not everybody may read."""
    world.people("""
        id | agency | person | name      | born
        1  | police | SAM    | Sam Young | 2007-06-01
    """)
    if held:
        role, on = (part.strip() for part in held.split("|"))
        world.events(f"""
            id | agency | who             | kind  | when  | handling
            e1 | police | police/1 {role} | crime | {on}  | {handling}
        """)
    world.served()
    number = concern(Meetings(world, viewing), "SAM", **answers)
    assert OfConcern.objects.get(case=number).stands == stands


def test_nothing_is_done_about_a_question_and_it_is_on_no_agenda(meet: Meetings) -> None:
    tom, detective = concern(meet, "TOM"), meet.as_("detective", "police", user_id="dan")
    meet.worker("detective", "police")
    with pytest.raises(MoveRefused):
        meet.writes(tom, "disruption_measure", detective, **MEASURE)
    assert not ClockDue.objects.filter(case=tom, clock="C29").exists()
    meet.brings(tom, "health")
    with pytest.raises(MeetingRefused, match="a question that waits for social care"):
        meet.calls("exploitation_panel", tom, viewing=detective)
    # One that is learned to be a question while it stands on an agenda is gone from it.
    grown = concern(meet, "MAX")
    number = meet.calls("exploitation_panel", grown, viewing=detective)
    before = meet.sees(grown, detective).entries[0].number
    right = Written("referral_of_concern", {**CONCERN, "since": "2015-05-01"}, replaces=before)
    write(viewing=detective, **meet.where, number=grown, written=right)
    with pytest.raises(MeetingNotShown):
        meet.shows(number, detective)


def test_after_social_care_agreed_he_is_listed_as_a_young_person_and_keeps_his_worker(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    tom, detective = concern(meet, "TOM"), meet.as_("detective", "police", user_id="dan")
    care = meet.worker()
    child = meet.refers(about=About("child", "TOM"))
    meet.moves(child, "accept", meet.as_(), why="Seen", safe_tonight="yes")
    meet.moves(child, "allocate", worker=care, lead="childrens_services", first="Visit")
    with pytest.raises(MoveRefused, match="keeps a worker as a child"):
        meet.moves(child, "close", **CLOSED)
    entry = meet.writes(tom, "young_person_of_concern", meet.as_(), **AGREED)
    analyst = meet.as_("analyst", "police", user_id="ann")
    assert listed(meet, analyst, kind="person_of_concern") == []
    assert (listed(meet, analyst, kind="young"), day(meet, analyst, "concern_new")) == ([tom], [])
    page = sign_in("analyst", "police", "ann").get("/cases/").content.decode()
    assert "Young person, looked at with social care" in page
    assert "Person of concern: Tom" not in page
    number = meet.calls("exploitation_panel", tom, viewing=detective)
    assert [part.code for part in meet.shows(number, detective).agenda.parts if part.items] == ["review"]
    # Social care takes its agreement back: it is a question again.
    meet.corrects(tom, entry, "young_person_of_concern", **{**AGREED, "agreed": "no"})
    assert listed(meet, analyst) == [child]
    meet.moves(tom, "close", meet.as_("team_manager", "police"), **CLOSED_CONCERN)
    meet.moves(child, "close", **CLOSED)
    assert meet.sees(child).head.state.code == "closed"


def test_records_that_came_with_a_referral_lead_to_the_chronology_and_others_are_not_told_of(
    town: World, viewing: Callable[..., Viewing], sign_in: Callable[..., Client]
) -> None:
    """Of two records one is the police's own and restricted."""
    meet = Meetings(town, viewing)
    some = ("zz:childrens_services:events:e1", "zz:police:events:e2", town.named("childrens_services/1"))
    written = Written("referral", REFERRAL, evidence=some)
    number = refer(viewing=meet.as_(), **meet.where, about=About("child", "ANA"), written=written)
    assert set(meet.sees(number).records) == {some[0], some[2]}
    browser = sign_in()
    page = browser.get(f"/cases/{number}/").content.decode()
    href = re.search(r'href="(/people/ANA/chronology/[^"]*#[^"]+)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    path, _, name = href.partition("#")
    assert f'id="{name}"' in browser.get(path).content.decode()
    assert "Talked to Ana" in page
    assert "Hidden" not in page


def test_who_may_not_know_a_name_reads_it_in_no_list_and_is_led_to_no_page_that_is_not_theirs(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    """Whoever referred wrote a name. Until somebody says who it is that is all there is; from then on it is the child's, and as guarded as the child's own."""
    number = meet.refers(about=About("child", "", "Ana from Weir Lane"))
    guardian = sign_in("guardian", username="gus")
    assert "Child: Ana from Weir Lane" in guardian.get("/cases/").content.decode()
    identify(viewing=meet.as_(), **meet.where, number=number, version=0, subject="ANA")
    assert "Child: Ana Petal" in sign_in().get("/cases/").content.decode()
    page = guardian.get("/cases/").content.decode()
    assert "Child: Name not shown" in page
    assert [word for word in ("Ana", "/people/ANA/") if word in page] == []


def test_what_an_agency_without_an_account_says_by_phone_is_an_answer_and_theirs_to_correct(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    support = meet.as_("business_support", user_id="bea")
    case = meet.case("ANA", state="plan")
    number = meet.calls("mapping_meeting", case)
    meet.invites(number, Guest("charity", "charity", case=case))
    rounds.ask(viewing=support, **meet.where, number=number, asking=Asking((meet.row(number, "charity"),)))
    (request,) = round_of(meet, number).requests
    heard = Answer(request.number, 0, is_nil=True, heard_from="Tia Marsh, youth worker")
    with pytest.raises(MeetingRefused):
        rounds.write_down(viewing=meet.as_("parent_liaison", "charity"), **meet.where, number=number, heard=heard)  # fmt: skip
    with pytest.raises(MeetingRefused, match="who told you"):
        rounds.write_down(viewing=support, **meet.where, number=number, heard=replace(heard, heard_from=" "))
    given = {"request": request.number, "heard_from": heard.heard_from, "says": "nil", "text": ""}
    browser = sign_in("business_support")
    page = browser.post(f"/meetings/{number}/heard/", given, follow=True).content.decode()
    assert "said by phone by Tia Marsh, youth worker, written down by Mara Quill" in page
    later = meet.as_("business_support", user_id="bea", at=meet.as_().at + timedelta(days=6))
    assert rounds.chase(viewing=later, **meet.where, number=number) == (0, 0)
    charity = meet.as_("parent_liaison", "charity")
    theirs = Answer(request.number, 1, is_nil=False, text="We know her.", heard_from="ignored")
    rounds.answer(viewing=charity, **meet.where, number=number, answers=[theirs])
    (request,) = round_of(meet, number).requests
    assert [(one.is_nil, one.heard_from) for one in request.returns] == [(True, heard.heard_from), (False, "")]  # fmt: skip
    assert request.state == "content"


def round_of(meet: Meetings, number: int) -> Round:
    return asked.information_round(viewing=meet.as_(), **meet.where, number=number)


def test_a_case_that_is_about_a_child_who_has_one_goes_into_it(meet: Meetings) -> None:
    """As each referral by a link does, of which the child is not known at first. The clock of answering it runs from when it was sent."""
    sent = meet.as_("nurse", "health", user_id="nan", at=JUST_NOW)
    where = {"viewing": meet.as_(), **meet.where}
    open_one, ended = meet.refers(about=About("child", "ANA")), meet.refers(about=About("child", "BEA"))
    meet.moves(ended, "decline", **DECLINED)
    for into, person in ((open_one, "ANA"), (ended, "BEA")):
        number = meet.refers(sent, about=About("child", "", "A girl"), worry=f"Seen by {person}")
        assert identify(**where, number=number, version=0, subject=person) == into
        shown, other = meet.sees(into), meet.sees(number)
        assert [one.number for one in shown.others] == [number]
        assert (other.head.state.code, other.head.subject, other.head.is_open) == ("joined", person, False)
        entry = shown.entries[-1]
        assert (entry.answers["worry"], entry.by, entry.at) == (f"Seen by {person}", "nan", JUST_NOW)  # type: ignore[index]
        assert ("health", "referrer") in {(one.agency, one.part) for one in shown.parts}
        assert Told.objects.get(case=into, number=entry.number).from_at == JUST_NOW
    assert meet.sees(ended).head.state.code == "reopened"
    assert meet.refers(about=About("child", "ANA")) == open_one
    # It waits for an answer of its own in the case that it went into, and its referrer, who has each once, reads that.
    (moved,) = (one.number for one in meet.sees(open_one).entries if one.by == "nan")
    answers(meet, open_one, moved, answer="taken_in")
    fates = [[step.what for step in one.steps] for one in referrals.mine(viewing=sent, **meet.where).fates]
    assert sorted(fates) == [["received"], ["received", "accepted"]]


def test_a_place_is_found_by_its_address_and_one_that_nobody_recorded_is_not(
    town: World, viewing: Callable[..., Viewing], sign_in: Callable[..., Client]
) -> None:
    meet = Meetings(town, viewing)
    given = {"place": "The flat", "worry": "Children late at night"}
    written = Written("referral_of_place", given)
    number = refer(viewing=meet.as_(), **meet.where, about=About("place", "", "The flat"), written=written)
    browser = sign_in()
    assert "Which place is it?" in browser.get(f"/cases/{number}/who/").content.decode()
    wrong = browser.post(f"/cases/{number}/who/", {"line": "Nowhere", "version": 0}).content.decode()
    assert "Nothing that you may see is recorded at this place" in wrong
    browser.post(f"/cases/{number}/who/", {"line": "Flat 2 for Ana Petal", "version": 0})
    assert meet.sees(number).head.subject == "flat 2 for ana petal"
