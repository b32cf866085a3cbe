"""A day holds one's own meetings to come, and the invitations that nobody has answered."""

from __future__ import annotations

import pytest

from engage.casework.cases.seeing import Desk
from engage.casework.meetings import actions as meetings
from engage.casework.meetings import queries as booked
from engage.casework.meetings.actions import Holding, Word
from engage.casework.week import of_meetings, of_sittings, rows
from engage.casework.week.gathering import together
from engage.picture.seeing import sight
from engage.vocabulary.time import london_day
from tests.integration.agreed.test_days_of_meetings import called
from tests.integration.agreed.test_pages import day, text


pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def seen(office, who, code):
    return [row.meeting for row in day(office, who)[code].rows]


def test_an_invitation_waits_until_it_is_answered_and_then_the_meeting_is_theirs_who_comes(office, desk):
    soon = called(office, office.allocated("mara"))
    late = called(office, office.allocated("mara"), days=30)
    assert seen(office, "bo", "my_meetings") == [soon]
    assert seen(office, "dana", "my_meetings") == []
    assert seen(office, "idris", "invitations") == [soon, late]
    # Health is there by statute; its nurse declares a relationship to Ana, about whom the first is.
    assert seen(office, "nia", "invitations") == [soon, late]
    office.declare("nia")
    assert seen(office, "nia", "invitations") == [late]
    # The charity holds nothing and was not invited.
    assert seen(office, "cass", "invitations") == []
    page = text(desk("idris").get("/today/"))
    # Under the kind of the meeting, as on every other list of the day; nobody called these two anything else.
    for number in (soon, late):
        assert f'href="/meetings/{number}/who/">Strategy discussion {number}</a>' in page
    at = {"viewing": office.at("idris"), "build": office.build, "area": office.area}
    own = [one for one in booked.meeting(**at, number=soon).invitees if one.agency == "police"]
    meetings.say(**at, number=soon, invitee=own[0].number, word=Word("coming"))
    assert seen(office, "idris", "invitations") == [late]
    assert seen(office, "idris", "my_meetings") == [soon]
    assert seen(office, "dana", "my_meetings") == []
    by_bo = {**at, "viewing": office.at("bo")}
    meetings.call_off(**by_bo, done=Holding(soon, 0, "The chair is ill."))
    assert seen(office, "idris", "my_meetings") == []


def test_of_many_invitations_the_first_are_read_and_where_these_are_others_the_rest(office, monkeypatch):
    first = called(office, office.allocated("mara"))
    second, third = (called(office, office.allocated("mara"), days=days) for days in (30, 31))
    monkeypatch.setattr(of_meetings, "READ", 1)
    for most, known, count, is_more in ((1, [first], 1, True), (2, [first, second], 2, True), (3, [first, second, third], 3, False)):  # fmt: skip
        found = invitations_of(office, "nia", most)
        assert ([row.meeting for row in found.rows], found.count, found.is_more) == (known, count, is_more)
    office.declare("nia")
    found = invitations_of(office, "nia", 1)
    # Of the first she learns nothing: the others are read, and all that are hers are counted.
    assert ([row.meeting for row in found.rows], found.count, found.is_more) == ([second], 2, False)


def invitations_of(office, who, most):
    """What the list holds where it shows so many rows."""
    viewing = office.at(who)
    asking = rows.Asking(Desk(sight(viewing, office.build)), office.area, london_day(viewing.at), most=most)
    return together(asking.desk, {"invitations": of_sittings.invitations(asking)})["invitations"]


def test_whom_to_phone_stands_on_the_meeting_and_on_a_case_of_which_one_is_no_part(office, desk):
    case = office.allocated("mara")
    number = called(office, case)
    assert desk("cass").get(f"/meetings/{number}/").status_code == 404
    page = text(desk("cass").get(f"/cases/{case}/"))
    assert "Your agency takes no part in this case" in page
    assert "(Front door, 07000 100002)" in page.split("Led by")[1].split("</div>")[0]
    page = text(desk("nia").get(f"/meetings/{number}/"))
    assert "(Front door, 07000 100002)" in page.split("Called by")[1].split("</div>")[0]
