"""Pages of meetings: every one opens, says what it must, and no more than its reader may know."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from icalendar import Calendar

from engage.casework.meetings.actions import Guest, Person
from engage.casework.minutes import actions as minutes
from engage.casework.minutes.actions import Deciding
from engage.casework.rounds import actions as rounds
from engage.casework.rounds.actions import Asking
from tests.integration.casework.test_meetings import (
    JUST_NOW,
    NAMES,
    SOON,
    Meetings,
    place_of,
    town,
)
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
__all__ = ["town"]
SignIn = Callable[..., Client]
PARTS = ("", "who/", "proposed/", "add/", "attendance/", "hold/", "call-off/", "put-off/", "round/", "ask/", "record/", "decide/", "dissent/", "action/", "write/", "minutes/", "pack/")  # fmt: skip


@pytest.fixture
def meet(town: World, viewing: Callable[..., Any]) -> Meetings:
    get_user_model().objects.create_user(
        "chair", first_name="Kit", last_name="Chair", agency="childrens_services", role="team_manager"
    )
    return Meetings(town, viewing)


@pytest.fixture
def mara(sign_in: SignIn) -> Client:
    return sign_in()


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def send(client: Client, path: str, **what: Any) -> str:
    return text(client.post(path, what, follow=True))


def test_a_strategy_discussion_from_calling_it_to_signing_its_minutes_off(
    meet: Meetings, mara: Client
) -> None:
    case = meet.case("ANA")
    said = send(
        mara,
        "/meetings/new/",
        kind="strategy_discussion",
        day="2026-04-07",
        time="08:00",
        minutes_long=45,
        chair="chair",
        cases=str(case),
    )
    assert "Called. Now see who holds records" in said
    assert "Health, specialist nurse" in said
    assert "Phone them: Specialist nurse 07000 100004" in said
    assert "Seats for which nobody is proposed School or college Frontline team Charity Parents" in said
    keys = re.findall(r'name="who" value="([^"]+)"', mara.get("/meetings/1/proposed/").content.decode())
    assert (
        send(mara, "/meetings/1/invite/", who=[k for k in keys if "education" not in k]).count("Invited") >= 4
    )
    said = send(mara, "/meetings/1/leave-out/?who=education|education|", reason="Moved away.", is_sealed="")
    assert "Left out; waits for the chair" in said
    for part in PARTS:
        text(mara.get(f"/meetings/1/{part}"))
    rows = dict(re.findall(r'name="who_(\d+)"|>x(y)', mara.get("/meetings/1/attendance/").content.decode()))
    assert send(mara, "/meetings/1/attendance/", **{f"came_{n}": "yes" for n in rows}).count("Kept who came")
    said = send(mara, "/meetings/1/hold/", reason="")
    assert "held without a social worker of the local authority" in said


def test_what_is_typed_at_length_is_looked_through_and_refusals_stand_in_the_form(
    meet: Meetings, mara: Client
) -> None:
    number = meet.calls("place_conference", meet.case("x", kind="place", state="proposed", called="The flat"))
    said = send(
        mara,
        f"/meetings/{number}/decide/",
        section="places",
        what="Bea Reed is safe",
        rationale="So",
        about="",
    )
    assert "No child is named in this meeting. Take out “bea reed”" in said
    assert "There is a problem" in said


def test_a_sealed_reason_leaves_no_trace_on_a_page_of_others(meet: Meetings, sign_in: SignIn) -> None:
    readers = {
        "organiser": sign_in(),
        "guardian": sign_in("guardian", username="gil"),
        "police": sign_in("detective", "police", "idris"),
    }
    pages: dict[str, list[str]] = {}
    for reason in ("Uncle of a suspect", "An officer is named in the records, which is why"):
        number = meet.calls("strategy_discussion", meet.case("ANA"))
        meet.invites(number, Guest("police", "police"))
        meet.leaves_out(number, Guest("education", "education"), reason, meet.chair, is_sealed=True)
        for who, client in readers.items():
            got = [
                client.get(f"/meetings/{number}/{part}").content.decode()
                for part in ("", "who/", "record/", "minutes/", "round/")
            ]
            pages.setdefault(who, []).append(
                re.sub(
                    r'nonce="[^"]+"|csrf[^>]+|\d+',
                    "",
                    "".join(got),
                )
            )
            assert (reason in "".join(got)) == (who == "guardian"), who
    for who in ("organiser", "police"):
        assert pages[who][0] == pages[who][1], who
        assert "The chair decided." in pages[who][0]


def test_who_may_not_see_a_meeting_gets_the_same_page_as_where_there_is_none(
    meet: Meetings, sign_in: SignIn
) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    nurse = sign_in("nurse", "health", "nia")
    for part in ("", "who/", "round/", "answer/", "record/", "pack/", "minutes/", "invitation.ics"):
        hidden, none = (nurse.get(f"/meetings/{n}/{part}") for n in (number, 999))
        assert (hidden.status_code, none.status_code) == (404, 404), part
        assert re.sub(r'nonce="[^"]+"|csrf[^>]+|\d+', "", hidden.content.decode()) == re.sub(
            r'nonce="[^"]+"|csrf[^>]+|\d+', "", none.content.decode()
        )
    assert "None that you may know of." in text(nurse.get("/meetings/"))
    assert "None that fits" in text(nurse.get("/meetings/decisions/"))


def test_the_calendar_file_has_no_name_in_it(meet: Meetings, mara: Client) -> None:
    case = meet.case("ANA")
    number = meet.calls(
        "strategy_discussion", case, place="Room 4", chair=Person("chair", "Kit Chair", "childrens_services")
    )
    file = mara.get(f"/meetings/{number}/invitation.ics")
    assert file["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert (str(event["summary"]), str(event["location"])) == (f"Strategy discussion, {number}", "Room 4")
    assert event.decoded("dtstart") == SOON
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=60)
    whole = file.content.decode().replace("\r\n ", "")
    assert [
        name
        for name in ("Ana", "Petal", "ANA", "Kit", "Chair", "Mara", "Social", f"case {case}")
        if name in whole
    ] == []


def test_no_page_of_a_place_conference_names_a_child(meet: Meetings, mara: Client, town: World) -> None:
    case = meet.case(place_of(town), kind="place", state="proposed", called="Flat 2 for Ana Petal")
    number = meet.calls("place_conference", case, starts_at=JUST_NOW)
    meet.invites(number)
    rounds.ask(
        viewing=meet.as_(),
        **meet.where,
        number=number,
        asking=Asking((meet.row(number, "social_care"),), due_on=date(2026, 4, 9)),
    )
    minutes.decide(
        viewing=meet.as_(),
        **meet.where,
        number=number,
        made=Deciding("places", "Put a light at the door", case),
    )
    whole = {
        part: mara.get(f"/meetings/{number}/{part}").content.decode()
        for part in (*PARTS, "answer/", "invitation.ics", "pack/?for=police")
    }
    whole |= {
        "decisions": mara.get("/meetings/decisions/").content.decode(),
        "week": mara.get("/meetings/week/?day=2026-04-07").content.decode(),
        "list": mara.get("/meetings/").content.decode(),
    }
    found = {
        part: [n for n in NAMES if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", page)]
        for part, page in whole.items()
    }
    assert {part: names for part, names in found.items() if names} == {}
    assert "Flat 2 for …" in whole["pack/"]


def test_a_partner_answers_on_one_screen(meet: Meetings, mara: Client, sign_in: SignIn) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    number = meet.calls("exploitation_panel", ana, bea)
    meet.invites(number)
    send(
        mara,
        f"/meetings/{number}/ask/",
        who=[str(meet.row(number, m)) for m in ("police", "education")],
        question="Who drives her?",
        due_on="",
    )
    idris = sign_in("team_manager", "police", "idris")
    page = idris.get(f"/meetings/{number}/answer/").content.decode()
    first, second = re.findall(r'name="r(\d+)_version"', page)
    assert {"Seen with Bea Reed", "Who drives her?"} <= {
        one for one in ("Seen with Bea Reed", "Who drives her?") if one in page
    }
    assert "Talked to Ana" not in page
    said = send(
        idris,
        f"/meetings/{number}/answer/",
        **{
            f"r{first}_says": "nil",
            f"r{first}_text": "But",
            f"r{first}_version": "0",
            f"r{second}_version": "0",
        },
    )
    assert "You wrote what you hold" in said
    content = {
        f"r{first}_says": "nil",
        f"r{first}_version": "0",
        f"r{second}_says": "content",
        f"r{second}_text": "A blue car.",
        f"r{second}_version": "0",
    }
    # What stands under conditions is not written here at all.
    said = send(idris, f"/meetings/{number}/answer/", **content, **{f"r{second}_handling": "C"})
    assert "Do not write it here" in said
    said = send(idris, f"/meetings/{number}/answer/", **content, **{f"r{second}_handling": "P"})
    assert "Sent. You can send a further answer" in said
    table = text(mara.get(f"/meetings/{number}/round/"))
    assert ("Holds nothing" in table, table.count("No reply")) == (True, 6)
    assert "A blue car. P: it may be passed on where that is lawful and needed" in table


def test_the_register_is_searched_by_words_on_a_page(meet: Meetings, mara: Client) -> None:
    case = meet.case("ANA", state="plan")
    number = meet.calls("mapping_meeting", case)
    minutes.decide(
        viewing=meet.as_(),
        **meet.where,
        number=number,
        made=Deciding("children", "Draw the map anew", case, "New cars"),
    )
    assert "Draw the map anew" in text(mara.get("/meetings/decisions/?words=MAP"))
    assert "Draw the map anew" not in text(mara.get("/meetings/decisions/?words=boat"))
    assert "Ana Petal (case" in text(mara.get("/meetings/decisions/?person=ANA"))


def test_the_week_says_what_is_on_which_day(meet: Meetings, mara: Client) -> None:
    meet.calls("mapping_meeting", meet.case("ANA"))
    for day in ("0001-01-01", "9999-12-31", "never"):
        assert mara.get(f"/meetings/week/?day={day}").status_code == 200
    page = text(mara.get("/meetings/week/?day=2026-04-16"))
    assert "The week of 13 April 2026" in page
    assert "Tuesday 14 April 08:40 Mapping meeting" in page
    assert page.count("None") == 6


def test_whoever_names_the_chair_reads_who_chaired_last_and_may_name_another(
    meet: Meetings, mara: Client
) -> None:
    case, other = meet.case("ANA"), meet.case("BEA")
    path = f"/meetings/new/?case={case}"
    assert "The chair answers for nobody&#x27;s work in the case" in mara.get(path).content.decode()
    number = meet.calls("mapping_meeting", case, starts_at=JUST_NOW)
    assert "Held last" not in text(mara.get(path))
    meet.holds(number, meet.as_("team_manager"), "They read it after.")
    said = "Held last about this case: Mapping meeting, 7 April 2026, chaired by Kit Chair, Nowhere Children"
    assert said in text(mara.get(path))
    assert "Held last" not in text(mara.get(f"/meetings/new/?case={other}"))
