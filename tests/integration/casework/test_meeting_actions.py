"""What a meeting agrees reaches whoever does it, and what comes of a meeting stands where it is looked for."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from engage.casework.meetings import actions
from engage.casework.meetings.actions import Guest, Holding
from engage.casework.meetings.models import InviteeWord
from engage.casework.meetings.rules import MeetingRefused
from engage.casework.minutes import actions as minutes
from engage.casework.minutes.actions import Deciding, NewAction
from engage.casework.tasks.models import AgreedAction
from engage.casework.tasks.rules import Owner
from engage.casework.week import queries as week
from tests.integration.casework.test_meeting_pages import SignIn, mara, meet, send, text
from tests.integration.casework.test_meetings import JUST_NOW, NOW, Meetings, town


pytestmark = pytest.mark.slow
__all__ = ["mara", "meet", "town"]


def decided(meet: Meetings, number: int, case: int | None, what: str = "She is met at school.") -> int:
    made = Deciding("other", what, case, "So it was said.")
    return minutes.decide(viewing=meet.as_(), **meet.where, number=number, made=made)


def test_an_action_of_a_meeting_reaches_the_worker_who_is_named_and_their_manager(
    meet: Meetings, mara: Client, sign_in: SignIn
) -> None:
    idris, boss = sign_in("detective", "police", "idris"), sign_in("team_manager", "police", "boss")
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case, starts_at=JUST_NOW)
    meet.invites(number)
    page = mara.get(f"/meetings/{number}/action/").content.decode()
    group = page.split('<optgroup label="Nowhere Police">')[1].split("</optgroup>")[0]
    assert 'value="idris"' in group
    sent = {"about": str(case), "what": "Visit the flat", "due_on": "2026-04-09"}
    send(mara, f"/meetings/{number}/action/", user="idris", **sent)
    (row,) = AgreedAction.objects.all()
    assert (row.owner, row.agency, row.meeting, row.case) == ("idris", "police", number, case)
    assert "Visit the flat" in text(idris.get("/today/"))
    assert "Visit the flat" in text(boss.get("/today/")).split("New actions of my agency")[-1]


def test_an_action_of_somebody_who_does_not_sign_in_reaches_the_manager(
    meet: Meetings, mara: Client, sign_in: SignIn
) -> None:
    boss = sign_in("team_manager", "police", "boss")
    number = meet.calls("strategy_discussion", meet.case("ANA"), starts_at=JUST_NOW)
    meet.invites(number)
    sent = {"about": "", "what": "Write to the licensing board", "due_on": "2026-04-09", "agency": "police"}
    refused = send(mara, f"/meetings/{number}/action/", **sent)
    assert "Name who does it: a worker, or an agency and a name." in refused
    wrong = send(mara, f"/meetings/{number}/action/", user="boss", **{**sent, "agency": "health"})
    assert "This worker is of another agency" in wrong
    send(mara, f"/meetings/{number}/action/", name="Somebody of licensing", **sent)
    (row,) = AgreedAction.objects.all()
    assert (row.owner, row.owner_name, row.agency) == ("", "Somebody of licensing", "police")
    assert "Write to the licensing board" in text(boss.get("/today/"))
    viewing = meet.as_("team_manager", "police", user_id="boss")
    later = week.today(viewing=viewing, **meet.where, since=NOW + timedelta(days=1))
    (new,) = [one.filled for one in later.lists if one.kind.code == "agency_actions"]
    assert new.count == 0


def test_an_action_comes_from_a_decision_of_its_meeting(meet: Meetings, mara: Client) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    number = meet.calls("exploitation_panel", ana, bea, starts_at=JUST_NOW)
    other = meet.calls("exploitation_panel", ana, starts_at=JUST_NOW)
    decision, elsewhere = decided(meet, number, ana), decided(meet, other, ana, "Elsewhere.")
    page = mara.get(f"/meetings/{number}/action/").content.decode()
    assert f'<option value="{decision}"' in page
    assert "Elsewhere." not in page
    sent = {"about": str(ana), "what": "Ring her", "due_on": "2026-04-09", "agency": "police", "name": "Dan"}
    send(mara, f"/meetings/{number}/action/", decision=str(decision), **sent)
    assert AgreedAction.objects.get().decision == decision
    assert (
        "She is met at school."
        in text(mara.get(f"/meetings/{number}/record/")).split("Actions by agency")[-1]
    )
    # Of another meeting, of another case, of none, and one that there is not.
    for wrong, case in ((elsewhere, ana), (decision, bea), (decision, None), (999, ana)):
        new = NewAction("Ring her", Owner("police", "Dan"), date(2026, 4, 9), case, decision=wrong)
        with pytest.raises(MeetingRefused, match="made no such decision"):
            minutes.agree(viewing=meet.as_(), **meet.where, number=number, new=[new])
    assert AgreedAction.objects.count() == 1


def test_an_overdue_action_of_no_case_stands_on_the_agenda_of_the_next_sitting(meet: Meetings) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    later = meet.as_(at=NOW + timedelta(days=30))

    def agrees(kind: str, case: int, what: str) -> None:
        number = meet.calls(kind, case, starts_at=JUST_NOW)
        new = NewAction(what, Owner("police", "Dan"), date(2026, 4, 8))
        minutes.agree(viewing=meet.as_(), **meet.where, number=number, new=[new])

    def overdue(kind: str, case: int) -> list[str | None]:
        number = meet.calls(kind, case, starts_at=NOW + timedelta(days=40), viewing=later)
        return [one.what for one in meet.shows(number, later).overdue]

    agrees("exploitation_panel", ana, "Write to the licensing board")
    agrees("mapping_meeting", ana, "Ask the bus company")
    # A panel goes on from the one before; another meeting only from one that shared a case with it.
    assert overdue("exploitation_panel", bea) == ["Write to the licensing board"]
    assert overdue("mapping_meeting", bea) == []
    assert overdue("mapping_meeting", ana) == ["Ask the bus company"]


def test_a_decision_written_for_a_meeting_that_was_called_off_says_so_in_the_register(
    meet: Meetings, mara: Client
) -> None:
    case = meet.case("ANA", state="plan")
    number = meet.calls("exploitation_panel", case)
    decided(meet, number, case, "Start section 47")
    note = "Start section 47 (written for a meeting that was not held)"
    assert note not in text(mara.get("/meetings/decisions/"))
    done = Holding(number, meet.shows(number).head.version, "The chair is ill.")
    actions.call_off(viewing=meet.as_(), **meet.where, done=done)
    assert note in text(mara.get("/meetings/decisions/"))


def rows_of(page: str) -> dict[str, list[str]]:
    """The cells of each line of the table of who has to do with a meeting, by seat."""
    found = {}
    for row in page.split("Who is involved")[-1].split("</table>")[0].split("<tr")[2:]:
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        plain = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]
        found[plain[1]] = plain
    return found


def test_who_was_never_invited_owes_no_reply_and_a_seat_that_nobody_has_is_seen(
    meet: Meetings, mara: Client
) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    meet.leaves_out(number, Guest("education", "education"), "secret", viewing=meet.chair, is_sealed=True)
    meet.invites(number, Guest("police", "police"))
    for part in ("who", "minutes"):
        rows = rows_of(mara.get(f"/meetings/{number}/{part}/").content.decode())
        assert rows["Education"][2:5] == ["No", "", ""]
        assert rows["Police"][2:5] == ["Yes", "No reply", "Not said"]
        for seat in ("Frontline team", "Charity", "Parents' worker"):
            assert rows[seat.replace("'", "&#x27;")] == [
                "Nobody",
                seat.replace("'", "&#x27;"),
                "No",
                "",
                "",
                "",
            ]


def test_who_came_stands_on_the_page_again_and_is_not_kept_twice(meet: Meetings, mara: Client) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"), starts_at=JUST_NOW)
    meet.invites(number)
    police, health = meet.row(number, "police"), meet.row(number, "health")
    path = f"/meetings/{number}/attendance/"
    sent = {f"came_{police}": "yes", f"who_{police}": "DC Vale", f"role_{police}": "detective", f"came_{health}": "no"}  # fmt: skip
    send(mara, path, **sent)
    page = mara.get(path).content.decode()
    assert f'name="came_{police}" value="yes" checked' in page
    assert f'name="came_{health}" value="no" checked' in page
    assert f'name="who_{police}" value="DC Vale"' in page
    assert '<option value="detective" selected>' in page
    said = InviteeWord.objects.filter(meeting=number, says__in=("came", "did_not_come"))
    send(mara, path, **{**sent, f"came_{health}": "yes", f"who_{health}": "A nurse"})
    assert sorted(said.values_list("invitee", "says")) == sorted([(police, "came"), (health, "did_not_come"), (health, "came")])  # fmt: skip
