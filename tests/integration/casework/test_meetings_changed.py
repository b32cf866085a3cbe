"""What was called is put off, not held, put in order, chaired by somebody else, or corrected: each with its reason, and nothing before it is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from icalendar import Calendar

from engage.casework.cases.models import Case, Told
from engage.casework.cases.rules import MovedOn
from engage.casework.meetings import actions, models, queries
from engage.casework.meetings.actions import Attended, Guest, Holding, Person, Word
from engage.casework.meetings.queries import Asked
from engage.casework.meetings.rules import MeetingRefused
from engage.casework.minutes import actions as minutes
from engage.casework.minutes import queries as records
from engage.casework.minutes.actions import Deciding
from engage.casework.rounds import queries as rounds
from engage.casework.week import queries as week
from engage.governance.models import AuditEvent, DeclaredRelationship
from engage.vocabulary.access import Viewing
from tests.integration.casework.test_meeting_pages import send, text
from tests.integration.casework.test_meetings import JUST_NOW, SOON, Meetings, town
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
__all__ = ["town"]
LATER = SOON + timedelta(days=2)


@pytest.fixture
def meet(town: World, viewing: Callable[..., Any]) -> Meetings:
    for name, agency, role in (
        ("chair", "childrens_services", "team_manager"),
        ("kim", "police", "detective"),
    ):
        get_user_model().objects.create_user(
            name, first_name=name.title(), last_name="Chair", agency=agency, role=role
        )
    return Meetings(town, viewing)


def off(meet: Meetings, number: int, reason: str, **more: Any) -> None:
    version = meet.shows(number).head.version
    actions.call_off(viewing=meet.as_(), **meet.where, done=Holding(number, version, reason), **more)


def told_of(meet: Meetings, viewing: Viewing) -> list[tuple[int | None, bool]]:
    """The meetings that stand on somebody's day as put off or not held."""
    day = week.today(viewing=viewing, **meet.where)
    rows = next(one.filled.rows for one in day.lists if one.kind.code == "meetings_changed")
    return [(row.meeting, row.is_over) for row in rows]


def test_what_is_put_off_or_not_held_is_told_to_whoever_is_invited_and_its_clocks_run_on(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case)
    meet.invites(number)
    police, mine = meet.as_("detective", "police"), meet.row(number, "police")
    actions.say(viewing=police, **meet.where, number=number, invitee=mine, word=Word("coming"))
    before, heard = meet.shows(number).head, Told.objects.count()
    off(meet, number, "The nurse is ill.", starts_at=LATER)
    assert told_of(meet, police) == [(number, False)]
    assert told_of(meet, meet.as_("parent_liaison", "charity")) == []
    page = text(sign_in("detective", agency="police", username="dee").get(f"/meetings/{number}/who/"))
    assert "Comes, said before it was put off" in page
    later = meet.viewing(role="detective", agency="police", at=police.at + timedelta(minutes=1))
    actions.say(viewing=later, **meet.where, number=number, invitee=mine, word=Word("not_coming"))
    assert told_of(meet, later) == []
    off(meet, number, "Seen today; safe with her aunt.")
    assert told_of(meet, later) == [(number, True)]
    moves = meet.shows(number, police).moves
    assert [(one.move, one.reason, one.before.get("starts_at")) for one in moves] == [
        ("convened", "", None), ("changed", "The nurse is ill.", before.starts_at.isoformat()), ("not_held", "Seen today; safe with her aunt.", None),
    ]  # fmt: skip
    # Nothing was held: the case waits, and what began with the decision runs on.
    assert (Case.objects.get(pk=case).state, Told.objects.count()) == ("strategy", heard)


def test_calendar_minutes_and_register_say_that_it_is_not_held(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    number, mara = meet.calls("strategy_discussion", meet.case("ANA")), sign_in()
    meet.invites(number)
    off(meet, number, "The nurse is ill.", starts_at=LATER)
    off(meet, number, "Seen today; safe with her aunt.")
    file = mara.get(f"/meetings/{number}/invitation.ics").content
    event = next(iter(Calendar.from_ical(file).walk("VEVENT")))
    assert b"METHOD:CANCEL" in file
    assert (event["STATUS"], event["UID"], int(event["SEQUENCE"])) == ("CANCELLED", "engage-meeting-1", 2)
    for path in (
        "/meetings/1/",
        "/meetings/1/record/",
        "/meetings/1/minutes/",
        "/meetings/decisions/?words=aunt",
    ):
        assert "Seen today; safe with her aunt." in text(mara.get(path)), path
    assert "aunt" not in text(mara.get("/meetings/decisions/?words=nobody"))
    pat = sign_in("parent_liaison", agency="charity", username="pat")
    assert "aunt" not in text(pat.get("/meetings/decisions/"))


def test_the_agenda_is_put_in_order_with_numbers_and_what_one_may_not_know_of_keeps_its_place(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    ana, bea, max_ = (meet.case(one, state="plan") for one in ("ANA", "BEA", "MAX"))
    number = meet.calls("exploitation_panel", ana, bea, max_)
    mara = sign_in()
    page = mara.get(f"/meetings/{number}/order/").content.decode()
    assert re.findall(r'name="place_(\d+)" value="(\d)"', page) == [
        (str(ana), "1"),
        (str(bea), "2"),
        (str(max_), "3"),
    ]
    numbers = {f"place_{ana}": 3, f"place_{bea}": 1, f"place_{max_}": 2}
    send(mara, f"/meetings/{number}/order/", stood=f"{ana},{bea},{max_}", **numbers)

    def order(viewing: Viewing | None = None) -> list[int]:
        parts = meet.shows(number, viewing).agenda.parts
        return [item.case for part in parts for item in part.items]

    assert order() == [bea, max_, ana]
    # Three rows for the first order, and three for the new one.
    assert models.MeetingItem.objects.filter(meeting=number).count() == 6
    barred = meet.as_(user_id="niece")
    DeclaredRelationship.objects.create(
        user="niece", kind="person", key="MAX", nature="Uncle", agency="childrens_services", declared_by="niece", declared_at=barred.at
    )  # fmt: skip
    where = {"viewing": barred, **meet.where, "number": number}
    with pytest.raises(MovedOn, match="changed the agenda"):
        actions.reorder(**where, cases=[ana, max_, bea], stood=[bea, max_, ana])
    actions.reorder(**where, cases=[ana, bea], stood=[bea, ana])
    assert (order(barred), order()) == ([ana, bea], [ana, max_, bea])


def test_who_puts_an_agenda_in_order_second_is_told_of_the_first_and_can_still_send(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    ana, bea, max_ = (meet.case(one, state="plan") for one in ("ANA", "BEA", "MAX"))
    number = meet.calls("exploitation_panel", ana, bea, max_)
    mara, where = sign_in(), {**meet.where, "number": number}
    path, mine = f"/meetings/{number}/order/", {f"place_{ana}": 2, f"place_{bea}": 1, f"place_{max_}": 3}
    read = stood_on(mara.get(path).content.decode())
    assert read == f"{ana},{bea},{max_}"
    actions.reorder(viewing=meet.as_(), **where, cases=[max_, bea, ana], stood=[ana, bea, max_])
    with pytest.raises(MovedOn, match="changed the agenda"):
        actions.reorder(
            viewing=meet.as_("business_support"), **where, cases=[bea, ana, max_], stood=[ana, bea, max_]
        )
    answer = mara.post(path, {**mine, "stood": read}).content.decode()
    assert "Somebody changed the agenda while you were writing." in answer
    assert re.findall(r'name="place_(\d+)" value="(\d)"', answer) == [(str(max_), "3"), (str(bea), "1"), (str(ana), "2")]  # fmt: skip
    send(mara, path, **mine, stood=stood_on(answer))
    parts = meet.shows(number).agenda.parts
    assert [item.case for part in parts for item in part.items] == [bea, ana, max_]


def stood_on(page: str) -> str:
    return re.findall(r'name="stood" value="([\d,]+)"', page)[0]


def test_the_chair_is_handed_on_only_by_who_reads_what_is_sealed_to_the_chair(meet: Meetings) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    meet.leaves_out(number, Guest("education", "education"), "Her uncle teaches there.", is_sealed=True)
    kim = Person("kim", "Kim Chair", "police")

    def hands_on(viewing: Viewing, chair: Person = kim, reason: str = "On leave") -> None:
        version = meet.shows(number, viewing).head.version
        actions.change_chair(
            viewing=viewing, **meet.where, done=Holding(number, version, reason), chair=chair
        )

    # Whoever arranges it cannot make themselves the chair, and so read what is sealed.
    for viewing in (meet.as_(), meet.as_("team_manager")):
        with pytest.raises(MeetingRefused, match="The chair hands the chair on"):
            hands_on(viewing, Person(viewing.viewer.user_id, "Mara Quill", "childrens_services"))
    with pytest.raises(MeetingRefused, match="Say why"):
        hands_on(meet.chair, reason=" ")
    DeclaredRelationship.objects.create(
        user="kim", kind="person", key="ANA", nature="Aunt", agency="police", declared_by="kim", declared_at=meet.chair.at
    )  # fmt: skip
    with pytest.raises(MeetingRefused, match="Kim Chair cannot chair this"):
        hands_on(meet.chair)
    DeclaredRelationship.objects.all().update(ended_at=meet.chair.at)
    hands_on(meet.chair)
    shown = meet.shows(number, meet.as_("detective", "police", user_id="kim"))
    assert (shown.chairs, shown.unseals, shown.moves[-1].reason, shown.moves[-1].before["chair_name"]) == (
        True,
        True,
        "On leave",
        "Kit Chair",
    )
    assert not meet.shows(number, meet.chair).unseals
    assert (
        AuditEvent.objects.filter(action="meeting.chair", subject__startswith=f"meeting {number}").count()
        == 1
    )


def test_a_wrong_decision_is_corrected_on_a_page_and_both_stand(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case, starts_at=JUST_NOW)
    wrong = Deciding("decision", "Police visit at 8 Weir Lane", case, "He lives there")
    first = minutes.decide(viewing=meet.as_(), **meet.where, number=number, made=wrong)
    mara = sign_in()
    path = f"/meetings/{number}/correct/{first}/"
    assert path in mara.get(f"/meetings/{number}/record/").content.decode()
    page = send(
        mara,
        path,
        section="decision",
        what="Police visit at 3 Weir Lane",
        rationale="He lives there",
        decided_by="",
    )
    for said in (
        page,
        text(mara.get(f"/meetings/{number}/minutes/")),
        text(mara.get("/meetings/decisions/")),
    ):
        assert "8 Weir Lane (corrected since)" in said
        assert "3 Weir Lane (corrects an earlier one)" in said
    assert path not in mara.get(f"/meetings/{number}/record/").content.decode()
    assert "Look at theirs" in send(mara, path, section="decision", what="Once more", rationale="So")


def test_the_clock_of_the_record_ends_when_the_minutes_go_out(meet: Meetings) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case, starts_at=JUST_NOW)
    meet.invites(number)
    meet.came(number, ("social_care", "social_worker"), ("police", "detective"), ("health", "nurse"))
    meet.holds(number)
    assert not Told.objects.filter(event="strategy.recorded").exists()
    version = meet.shows(number).head.version
    minutes.issue(viewing=meet.as_(), **meet.where, number=number, version=version)
    assert list(Told.objects.filter(event="strategy.recorded").values_list("case", "by")) == [
        (case, "meeting")
    ]


def test_the_absence_of_education_is_said_before_it_is_held_and_kept(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"), starts_at=JUST_NOW)
    meet.invites(number)
    meet.came(number, ("social_care", "social_worker"), ("police", "detective"), ("health", "nurse"))
    mara = sign_in()
    for page in ("", "hold/"):
        assert "Nobody is marked as there for: Education. It can be marked as held without them." in text(
            mara.get(f"/meetings/{number}/{page}")
        )
    meet.holds(number)
    assert meet.shows(number).moves[-1].lacking == ("Education",)
    other = meet.calls("strategy_discussion", meet.case("BEA"), starts_at=JUST_NOW)
    # A school speaks for education.
    meet.invites(other, Guest("education", "school", "Hill School"))
    assert meet.shows(other).warned == ("Education",)
    meet.came(other, ("school", "education_lead"))
    assert meet.shows(other).warned == ()


@pytest.fixture
def two_panels(meet: Meetings) -> tuple[int, int, int]:
    """The case of Bea, a panel of Bea and Ana, and one of Ana alone: both held. The school has to do with Bea alone; it came."""
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    both = meet.calls("exploitation_panel", bea, ana, starts_at=JUST_NOW)
    alone = meet.calls("exploitation_panel", ana, starts_at=JUST_NOW)
    for number in (both, alone):
        meet.invites(number, Guest("police", "police", case=ana), Guest("health", "health", case=ana))
        made = Deciding("review", "Ana sees the nurse", ana, "Due")
        minutes.decide(viewing=meet.as_(), **meet.where, number=number, made=made)
    meet.invites(both, Guest("", "school", "Hill School", case=bea))
    meet.came(both, ("school", "education_lead"))
    moved = Deciding("review", "Bea moves", bea, "Danger")
    minutes.decide(viewing=meet.as_(), **meet.where, number=both, made=moved)
    for number in (both, alone):
        meet.holds(number, meet.as_("team_manager"), "Nobody else could come")
    return bea, both, alone


PAGES = ("", "who/", "round/", "record/", "minutes/", "pack/", "pack/?for=police", "attendance/", "proposed/", "invitation.ics")  # fmt: skip


def test_nothing_tells_who_is_barred_from_an_item_that_there_is_one_more(
    meet: Meetings, sign_in: Callable[..., Client], two_panels: tuple[int, int, int]
) -> None:
    bea, both, alone = two_panels
    client, barred = sign_in("social_worker", username="niece"), meet.as_(user_id="niece")
    DeclaredRelationship.objects.create(
        user="niece", kind="person", key="BEA", nature="Niece", agency="childrens_services", declared_by="niece", declared_at=barred.at
    )  # fmt: skip
    for part in PAGES:
        first, second = (same(client.get(f"/meetings/{n}/{part}").content.decode(), n) for n in (both, alone))
        assert first == second, part
    some = [rounds.information_round(viewing=barred, **meet.where, number=n).invitees for n in (both, alone)]
    assert [len(one) for one in some] == [2, 2]
    # Asked for by the number of the case, the list knows of no meeting about it; nor does the register.
    assert queries.meetings(viewing=barred, **meet.where, asked=Asked(case=bea)).heads == ()
    assert len(queries.meetings(viewing=meet.as_(), **meet.where, asked=Asked(case=bea)).heads) == 1
    found = records.register(viewing=barred, **meet.where, asked=records.Asked(person_id="BEA"))
    assert (found.decisions, found.off) == ((), ())


def same(page: str, number: int) -> str:
    """A page without what any two meetings differ in: their numbers, those of their decisions and of the invited, and what is drawn by chance."""
    page = re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|correct/\d+|(?<=came)_?\d+|(?<=who_|name|role)\d+|role_\d+',
        "",
        page,
    )
    return re.sub(rf"(meetings?[-/ ]|Exploitation panel[\\]?,? |agenda/|panel: ?){number}\b", r"\1N", page)


def test_only_of_whoever_is_invited_is_it_said_that_they_come_or_came(meet: Meetings) -> None:
    number, where = meet.calls("strategy_discussion", meet.case("ANA")), {"viewing": meet.as_(), **meet.where}
    meet.invites(number)
    meet.leaves_out(number, Guest("police", "police"), "A suspect works there.", is_sealed=True)
    police, health = meet.row(number, "police"), meet.row(number, "health")
    with pytest.raises(MeetingRefused, match="only of somebody who is invited"):
        actions.say(**where, number=number, invitee=police, word=Word("coming"))
    with pytest.raises(MeetingRefused, match="only of somebody who is invited"):
        actions.say(**where, number=number, invitee=health, word=Word("invited"))
    came = [Attended(one, True, "Dan Cop", "detective") for one in (health, police)]
    with pytest.raises(MeetingRefused, match="invite them first"):
        actions.attendance(**where, number=number, some=came)
    assert {word.says for one in meet.shows(number).invitees for word in one.words} == {"invited", "left_out"}
    off(meet, number, "The chair is ill")
    with pytest.raises(MeetingRefused, match="was not held"):
        actions.attendance(**where, number=number, some=came[:1])


def test_what_has_ended_or_is_not_there_is_on_no_agenda(meet: Meetings) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="closed")
    number, where = meet.calls("exploitation_panel", ana), {"viewing": meet.as_(), **meet.where}
    with pytest.raises(MeetingRefused, match=f"Case {bea} is not open"):
        actions.put_on_agenda(**where, number=number, cases=[bea])
    with pytest.raises(MeetingRefused, match="no such section"):
        actions.put_on_agenda(**where, number=number, cases=[ana], section="elsewhere")
    with pytest.raises(MeetingRefused, match="not on the agenda"):
        actions.take_off_agenda(**where, number=number, case=bea)
    with pytest.raises(MeetingRefused, match="not on the agenda"):
        meet.invites(number, Guest("police", "police", case=bea))
    with pytest.raises(MeetingRefused, match="on which seat"):
        meet.invites(number, Guest("police", "throne"))
    with pytest.raises(MeetingRefused, match="Say who chairs"):
        meet.calls("exploitation_panel", ana, chair=Person("", " ", "childrens_services"))
