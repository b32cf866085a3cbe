"""Nobody who holds a piece is left out: who is proposed, invited, left out and seen, and when a meeting can be marked as held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engage.casework.agreed import actions as agreed
from engage.casework.agreed import queries as lists_of_actions
from engage.casework.cases import actions as case_actions
from engage.casework.cases import writing as case_writing
from engage.casework.cases.models import CasePart, Told
from engage.casework.cases.rules import CaseNotShown, MovedOn, MoveRefused, Written
from engage.casework.cases.writing import Opening
from engage.casework.forms.rules import Form
from engage.casework.meetings import actions, queries
from engage.casework.meetings.actions import Attended, Convening, Guest, Holding, Person, Word
from engage.casework.meetings.queries import Asked
from engage.casework.meetings.rules import MeetingNotShown, MeetingRefused
from engage.casework.minutes import actions as minutes
from engage.casework.minutes import queries as records
from engage.casework.minutes.actions import Deciding, Dissenting, NewAction
from engage.casework.rounds import actions as rounds
from engage.casework.rounds import queries as asked
from engage.casework.rounds.actions import Answer, Asking
from engage.casework.rounds.models import Chase
from engage.casework.tasks.models import AgreedAction
from engage.casework.tasks.rules import Owner
from engage.governance.models import AuditEvent, DeclaredRelationship, User
from engage.governance.queries import MayNotDo
from engage.picture.laying.steps import place_key
from engage.vocabulary.access import Viewing
from tests.effort import examples
from tests.integration.casework.conftest import Office
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
NOW = datetime(2026, 4, 7, 7, 40, tzinfo=UTC)
SOON, JUST_NOW = NOW + timedelta(days=7), NOW - timedelta(minutes=30)
FORM = Form("referral", "Referral", "", "", "1", date(2020, 1, 1), ())
CHAIR = Person("chair", "Kit Chair", "childrens_services")


class Meetings(Office):
    """The same workers, in meetings."""

    def case(self, subject: str, kind: str = "child", state: str = "strategy", called: str = "") -> int:
        """A case in a state, as if it had come there."""
        return case_writing.open_case(
            self.as_(), Opening(kind, subject, called, state, "childrens_services", (("childrens_services", "lead"),)), FORM, Written("referral"),
        )  # fmt: skip

    def calls(
        self, kind: str, *cases: int, starts_at: datetime = SOON, viewing: Viewing | None = None, **more: Any
    ) -> int:
        """A meeting is called."""
        convening = Convening(kind, starts_at, more.pop("chair", CHAIR), cases=cases, **more)
        return actions.convene(viewing=viewing or self.as_(), **self.where, convening=convening)

    def proposed(self, number: int, viewing: Viewing | None = None) -> queries.Proposals:
        return queries.proposed(viewing=viewing or self.as_(), **self.where, number=number)

    def invites(self, number: int, *guests: Guest, viewing: Viewing | None = None) -> int:
        """These are invited; everybody proposed, where none is named."""
        some = guests or [
            Guest(one.agency, one.member, one.holder)
            for one in self.proposed(number, viewing).invitees
            if one.is_open
        ]
        return actions.invite(viewing=viewing or self.as_(), **self.where, number=number, guests=some)

    def leaves_out(
        self,
        number: int,
        guest: Guest,
        reason: str,
        viewing: Viewing | None = None,
        *,
        is_sealed: bool = False,
    ) -> None:
        word = Word("left_out", text=reason, is_sealed=is_sealed)
        actions.leave_out(viewing=viewing or self.as_(), **self.where, number=number, guest=guest, word=word)

    def shows(self, number: int, viewing: Viewing | None = None) -> queries.MeetingShown:
        return queries.meeting(viewing=viewing or self.as_(), **self.where, number=number)

    def came(self, number: int, *who: tuple[str, str]) -> None:
        """These seats were taken by somebody in this role; of nobody else is anything said."""
        rows = {one.member: one.number for one in self.shows(number).invitees}
        some = [Attended(rows[member], True, f"Somebody of {member}", role) for member, role in who]
        actions.attendance(viewing=self.as_(), **self.where, number=number, some=some)

    def holds(self, number: int, viewing: Viewing | None = None, reason: str = "") -> None:
        version = self.shows(number).head.version
        actions.hold(viewing=viewing or self.as_(), **self.where, done=Holding(number, version, reason))

    def row(self, number: int, member: str) -> int:
        return next(one.number for one in self.shows(number).invitees if one.member == member)

    @property
    def chair(self) -> Viewing:
        return self.as_("team_manager", user_id="chair")


@pytest.fixture
def town(world: World) -> World:
    """Ana, of whom six services hold something, of each guarded otherwise; Bea; Max, and a flat at which they are seen."""
    world.people("""
        id | agency             | person | name      | born       | cohort   | sensitivity       | handling | received   | until
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01 |          |                   |          |            |
        2  | police             | ANA    | Ana Petal | 2010-03-01 |          | restricted        |          |            |
        3  | education          | ANA    | Ana Petal | 2010-03-01 | register |                   |          |            |
        4  | health             | ANA    | Ana Petal | 2010-03-01 |          | health-specialist |          |            |
        5  | police             | BEA    | Bea Reed  | 2011-05-05 |          |                   | C        |            |
        6  | childrens_services | BEA    | Bea Reed  | 2011-05-05 |          |                   |          |            |
        7  | charity            | BEA    | Bea Reed  | 2011-05-05 |          |                   |          | 2022-01-01 | 2022-02-01
        8  | police             | MAX    | Max Tarn  | 1998-01-01 |          |                   |          |            |
    """).events("""
        id | agency             | who                        | kind    | when       | title          | place                | sensitivity
        e1 | childrens_services | childrens_services/1 child | contact | 2026-03-04 | Talked to Ana  |                      |
        e2 | police             | police/2 victim            | crime   | 2026-03-20 | Hidden         |                      | restricted
        e3 | police             | police/8 subject           | stop    | 2026-03-21 | Stop of Max    | Flat 2 for Ana Petal |
        e4 | police             | police/5 victim            | concern | 2026-03-22 | Seen with Bea Reed | Flat 2 for Ana Petal |
    """)  # fmt: skip
    world.served()
    return world


@pytest.fixture
def meet(town: World, viewing: Callable[..., Viewing]) -> Meetings:
    return Meetings(town, viewing)


def told(some: Iterable[Any]) -> list[tuple[str, str, str, bool]]:
    return [
        (one.agency, one.member, "+".join(sorted({s.holder.basis for s in one.scopes})), all(s.holder.is_signpost for s in one.scopes))
        for one in some
    ]  # fmt: skip


def test_everybody_who_holds_anything_is_proposed_those_that_law_asks_for_first(meet: Meetings) -> None:
    found = meet.proposed(meet.calls("strategy_discussion", meet.case("ANA")))
    assert told(found.invitees) == [
        ("childrens_services", "social_care", "records+statute", False),
        ("police", "police", "records+statute", False),
        ("health", "health", "statute", False),
        ("health", "specialist_health", "records", True),
        ("education", "education", "register", False),
    ]
    police = found.invitees[1]
    assert [s.holder.is_signpost for s in police.scopes if s.case] == [True]
    assert (police.last_contact_on, police.scopes[0].holder.worker) == (None, "")
    assert found.invitees[0].last_contact_on == date(2026, 3, 4)
    assert found.absent == ("school", "frontline_team", "charity", "parents_worker", "neighbouring_area")


def test_a_panel_says_that_nobody_is_named_to_coordinate_to_analyse_and_to_take_minutes(
    meet: Meetings,
) -> None:
    number = meet.calls("exploitation_panel", meet.case("ANA"))
    work = ("missing_coordinator", "analyst", "minute_taker")
    found = meet.proposed(number)
    assert found.absent[-3:] == work
    assert not {one.member for one in found.invitees} & set(work)
    name = meet.worker("analyst", "police")
    meet.invites(number, Guest("police", "analyst", user_name=name))
    assert meet.proposed(number).absent[-2:] == ("missing_coordinator", "minute_taker")


PLACED = {
    "kind": "home", "began_on": "2026-01-10", "ended": "no", "home": "Larch House", "responsible": "another", "responsible_name": "Harbour  Council",
    "host": "another", "host_name": "Northmoor Council", "host_told": "not_known", "source": "Letter, no. 9",
}  # fmt: skip


def test_whoever_placed_a_child_has_the_child_in_its_area_or_is_the_home_is_proposed(meet: Meetings) -> None:
    number = meet.case("ANA")
    meet.writes(number, "placement", **{**PLACED, "home": "Old Mill", "began_on": "2019-01-10", "ended": "yes", "ended_on": "2020-01-01"})  # fmt: skip
    entry = meet.writes(number, "placement", **{**PLACED, "host_name": "Nowhere Police"})
    named = [(one.agency, one.member, one.holder) for one in meet.proposed(meet.calls("strategy_discussion", number)).invitees if one.holder]  # fmt: skip
    assert named == [("childrens_services", "home", "Larch House"), ("childrens_services", "neighbouring_area", "Harbour Council")]  # fmt: skip
    meet.corrects(number, entry, "placement", **PLACED)
    found = meet.proposed(meet.calls("mapping_meeting", number)).invitees
    assert {one.holder for one in found if one.holder} == {"Larch House", "Harbour Council", "Northmoor Council"}  # fmt: skip


def test_a_placement_that_is_guarded_from_whoever_asks_names_nobody_to_them(meet: Meetings) -> None:
    number = meet.case("ANA")
    meet.brings(number, "police")
    written = Written("placement", PLACED, sensitivity="restricted")
    case_actions.write(viewing=meet.as_(), **meet.where, number=number, written=written)
    police = meet.as_("detective", "police")
    found = meet.proposed(meet.calls("strategy_discussion", number, viewing=police), police).invitees
    assert [one.holder for one in found if one.holder] == []


def test_of_a_specialist_service_no_clinic_is_named(meet: Meetings) -> None:
    found = meet.proposed(meet.calls("strategy_discussion", meet.case("ANA")))
    special = next(one for one in found.invitees if one.member == "specialist_health")
    assert special.title == "Health, specialist nurse"


def test_what_ended_before_the_period_is_not_recorded_in_it(meet: Meetings) -> None:
    found = meet.proposed(meet.calls("mapping_meeting", meet.case("BEA")))
    assert "charity" not in {one.agency for one in found.invitees}
    police = next(one for one in found.invitees if one.agency == "police")
    assert {scope.holder.basis for scope in police.scopes} == {"records", "standing"}


@pytest.mark.parametrize("role", ["nurse", "parent_liaison", "education_lead", "analyst"])
def test_who_holds_records_is_told_only_to_those_who_may_convene(meet: Meetings, role: str) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    with pytest.raises(MayNotDo):
        meet.proposed(number, meet.as_(role))
    with pytest.raises(MeetingRefused, match="only to safeguard a child"):
        meet.proposed(number, meet.as_(purpose="disruption"))
    assert AuditEvent.objects.filter(action="meeting.refused").exists()
    meet.proposed(number)
    assert AuditEvent.objects.filter(action="meeting.proposed", subject__contains="ANA").exists()


@pytest.mark.parametrize(
    ("came", "missing"),
    [
        ("social_care:social_worker police:detective health:nurse", ""),
        ("social_care:social_worker police:detective", "a health practitioner"),
        ("social_care:social_worker police:business_support health:business_support", "a police officer, a health practitioner"),
        ("social_care:team_manager police:other health:", "a health practitioner"),
        ("social_care:social_worker police:team_manager health:other", ""),
        ("social_care:business_support police:detective health:nurse", "a social worker of the local authority"),
        ("health:nurse", "a social worker of the local authority, a police officer"),
        ("", "a social worker of the local authority, a police officer, a health practitioner"),
    ],
)  # fmt: skip
def test_a_strategy_discussion_is_held_only_with_all_three_or_by_a_managers_reason(
    meet: Meetings, came: str, missing: str
) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case, starts_at=JUST_NOW)
    meet.invites(number)
    meet.came(number, *(tuple(one.split(":")) for one in came.split()))  # type: ignore[arg-type]
    if missing:
        with pytest.raises(MeetingRefused) as refused:
            meet.holds(number, reason="Because I say so")
        assert str(refused.value).startswith(
            f"“Strategy discussion” cannot be marked as held without {missing}."
        )
        with pytest.raises(MeetingRefused):
            meet.holds(number, meet.as_("team_manager"))
        assert meet.sees(case).head.state.code == "strategy"
        meet.holds(number, meet.as_("team_manager"), reason="The line was down; called back at four.")
        assert meet.shows(number).moves[-1].reason == "The line was down; called back at four."
    else:
        meet.holds(number)
        assert meet.shows(number).moves[-1].reason == ""
    assert meet.sees(case).head.state.code == "held"
    last = Told.objects.filter(case=case, event="strategy.held").latest("seq")
    assert (last.by, last.number, last.from_at) == ("meeting", number, JUST_NOW)
    assert last.replaces == Told.objects.get(case=case, event="strategy.held", by="move").seq


def test_nothing_is_kept_when_the_case_cannot_move(meet: Meetings, monkeypatch: pytest.MonkeyPatch) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case, starts_at=JUST_NOW)
    meet.invites(number)
    meet.came(number, ("social_care", "social_worker"), ("police", "detective"), ("health", "nurse"))
    monkeypatch.setattr("engage.casework.meetings.telling.held", _fails)
    with pytest.raises(DatabaseError):
        meet.holds(number)
    assert (meet.shows(number).head.state, meet.sees(case).head.state.code) == ("planned", "strategy")


def _fails(*_: Any) -> None:
    raise DatabaseError("disk full")


def test_it_is_not_held_while_somebody_who_holds_records_is_neither_invited_nor_left_out(
    meet: Meetings,
) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"), starts_at=JUST_NOW)
    meet.invites(number, *(Guest(a, m) for a, m in (("childrens_services", "social_care"), ("police", "police"), ("health", "health"))))  # fmt: skip
    meet.came(number, ("social_care", "social_worker"), ("police", "detective"), ("health", "nurse"))
    with pytest.raises(MeetingRefused, match="Health, specialist nurse, Nowhere Schools"):
        meet.holds(number)
    meet.invites(number, Guest("health", "specialist_health"))
    meet.leaves_out(number, Guest("education", "education"), "Moved away two years ago.")
    with pytest.raises(MeetingRefused, match="Nowhere Schools"):
        meet.holds(number)
    actions.sign(viewing=meet.chair, **meet.where, number=number, invitee=meet.row(number, "education"))
    meet.holds(number)


def test_leaving_out_needs_a_reason_and_only_the_chair_signs(meet: Meetings) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    with pytest.raises(MeetingRefused, match="Say why"):
        meet.leaves_out(number, Guest("education", "education"), "  ")
    meet.leaves_out(number, Guest("education", "education"), "Moved away.")
    with pytest.raises(MeetingRefused, match="Only the chair"):
        actions.sign(
            viewing=meet.as_("team_manager"),
            **meet.where,
            number=number,
            invitee=meet.row(number, "education"),
        )
    actions.sign(viewing=meet.chair, **meet.where, number=number, invitee=meet.row(number, "education"))
    with pytest.raises(MeetingRefused, match="Nothing of this waits"):
        actions.sign(viewing=meet.chair, **meet.where, number=number, invitee=meet.row(number, "education"))


def reasons(shown: queries.MeetingShown) -> list[tuple[str, str | None]]:
    return [(one.member, w.text) for one in shown.invitees for w in one.words if w.says == "left_out"]


def test_a_sealed_reason_is_for_chair_and_guardian_alone(meet: Meetings) -> None:
    number = meet.calls("strategy_discussion", meet.case("ANA"))
    secret = "An officer there is the uncle of the suspect."
    meet.leaves_out(number, Guest("education", "education"), secret, is_sealed=True)
    meet.leaves_out(number, Guest("police", "police"), "Covered by another force.")
    sealed, plain = ("education", None), ("police", "Covered by another force.")
    assert set(reasons(meet.shows(number))) == {sealed, plain}
    assert set(reasons(meet.shows(number, meet.as_("team_manager")))) == {sealed, plain}
    assert set(reasons(meet.shows(number, meet.chair))) == {("education", secret), plain}
    guardian = meet.as_("guardian")
    assert set(reasons(meet.shows(number, guardian))) == {("education", secret), plain}
    with pytest.raises(MeetingNotShown):
        meet.shows(number, meet.as_("guardian", "education"))
    assert secret not in str(AuditEvent.objects.values_list("why", "fields", "decision"))


def test_who_is_invited_takes_part_and_who_is_left_out_does_not(meet: Meetings) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case)
    with pytest.raises(MeetingNotShown):
        meet.shows(number, meet.as_("detective", "police"))
    meet.invites(number, Guest("police", "police"), Guest("education", "education"))
    assert meet.shows(number, meet.as_("detective", "police")).head.number == number
    assert set(CasePart.objects.filter(case=case, part="invited").values_list("agency", flat=True)) == {
        "police",
        "education",
    }
    meet.leaves_out(number, Guest("education", "education"), "Not needed.", meet.chair)
    with pytest.raises(MeetingNotShown):
        meet.shows(number, meet.as_("education_lead", "education"))
    seen = [m for m in ("education", "police") if lists(meet, meet.as_("team_manager", m))]
    assert seen == ["police"]


def lists(meet: Meetings, viewing: Viewing) -> tuple[Any, ...]:
    found = queries.meetings(viewing=viewing, **meet.where, asked=Asked())
    return found.heads


def test_of_a_panel_an_agency_sees_only_the_cases_that_it_is_invited_for(meet: Meetings) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    number = meet.calls("exploitation_panel", ana, bea)
    meet.invites(number, Guest("charity", "other", case=bea))
    shown = meet.shows(number, meet.as_("parent_liaison", "charity"))
    assert [item.case for part in shown.agenda.parts for item in part.items] == [bea]
    assert set(shown.agenda.titles) == {bea}
    got = records.pack(viewing=meet.as_("parent_liaison", "charity"), **meet.where, number=number)
    assert [sheet.title for sheet in got.sheets] == ["Bea Reed"]


def declares(user: str, key: str, kind: str = "person", agency: str = "childrens_services") -> None:
    DeclaredRelationship.objects.create(
        user=user, kind=kind, key=key, nature="aunt", agency=agency, declared_by=user, declared_at=NOW
    )


def test_who_declared_a_relationship_is_not_invited_by_name_and_sees_nothing_of_it(meet: Meetings) -> None:
    User.objects.create(username="dan", agency="police", role="detective")
    declares("dan", "ANA", agency="police")
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    one, both = meet.calls("mapping_meeting", ana), meet.calls("mapping_meeting", ana, bea)
    for number in (one, both):
        with pytest.raises(MeetingRefused, match="Dan cannot be invited to this") as refused:
            meet.invites(number, Guest("police", "police", user="dan", user_name="Dan"))
        assert "relation" not in str(refused.value)
        meet.invites(number, Guest("police", "police"))
    dan = meet.as_("detective", "police", user_id="dan")
    with pytest.raises(MeetingNotShown):
        meet.shows(one, dan)
    assert [head.number for head in lists(meet, dan)] == [both]
    assert [i.case for part in meet.shows(both, dan).agenda.parts for i in part.items] == [bea]
    with pytest.raises(MeetingRefused, match="cannot be invited"):
        meet.invites(one, Guest("health", "health", user="dan", user_name="Dan"))


def test_a_meeting_is_called_only_about_cases_in_which_ones_agency_takes_part(meet: Meetings) -> None:
    with pytest.raises(CaseNotShown):
        meet.calls("mapping_meeting", meet.case("ANA"), viewing=meet.as_("detective", "police"))
    with pytest.raises(MeetingRefused, match="does not take a case of this kind"):
        meet.calls("place_conference", meet.case("ANA"))


def test_the_agenda_has_overdue_actions_first_then_each_case_where_it_belongs(meet: Meetings) -> None:
    new, review, ending = (meet.case("ANA", state=s) for s in ("accepted", "plan", "step_down"))
    number = meet.calls("exploitation_panel", ending, review, new)
    shown = meet.shows(number)
    table = [(part.code, [item.case for item in part.items]) for part in shown.agenda.parts]
    assert [row for row in table if row[1]] == [("new", [new]), ("review", [review]), ("ending", [ending])]
    assert [code for code, _ in table][:3] == ["opening", "overdue", "new"]
    assert next(part.code for part in shown.agenda.parts if part.takes_actions) == "overdue"


def agree(meet: Meetings, number: int, case: int | None, what: str, due: date) -> None:
    new = [NewAction(what, Owner("childrens_services", "Mara"), due, case)]
    minutes.agree(viewing=meet.as_(), **meet.where, number=number, new=new)


def test_actions_whose_day_has_passed_stand_on_the_next_agenda(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    agree(meet, meet.calls("mapping_meeting", case), case, "Visit her grandmother", date(2026, 4, 8))
    number = meet.calls("exploitation_panel", case)
    assert meet.shows(number).overdue == ()
    later = meet.as_(at=NOW + timedelta(days=3))
    assert [one.what for one in meet.shows(number, later).overdue] == ["Visit her grandmother"]


def test_two_who_change_one_meeting_are_told_of_each_other(meet: Meetings) -> None:
    number = meet.calls("mapping_meeting", meet.case("ANA"))
    put_off = {"done": Holding(number, 0, "The room is taken."), "starts_at": SOON + timedelta(days=1)}
    actions.call_off(viewing=meet.as_(), **meet.where, **put_off)
    with pytest.raises(MovedOn, match="Social Worker changed this meeting"):
        actions.call_off(viewing=meet.as_("team_manager"), **meet.where, **put_off)


@pytest.mark.parametrize(
    "table", ["meetings_meetingmove", "meetings_inviteeword", "rounds_return", "minutes_decision"]
)
def test_what_was_said_is_never_deleted(meet: Meetings, table: str) -> None:
    number = held_panel(meet)
    assert number
    with pytest.raises(DatabaseError, match="what was decided is kept"), connection.cursor() as cursor:
        cursor.execute(f"delete from {table}")


def held_panel(meet: Meetings) -> int:
    """A panel on Ana and Bea, with an answer, a decision and minutes."""
    ana = meet.case("ANA", state="plan")
    number = meet.calls("exploitation_panel", ana)
    meet.invites(number)
    rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=Asking((meet.row(number, "police"),)))
    police = meet.as_("detective", "police")
    (request,) = asked.to_answer(viewing=police, **meet.where, number=number).requests
    rounds.answer(viewing=police, **meet.where, number=number, answers=[Answer(request.number, 0, True)])
    minutes.decide(
        viewing=meet.as_(),
        **meet.where,
        number=number,
        made=Deciding("review", "Keep the plan", ana, "It helps"),
    )
    return number


def state_of(meet: Meetings, number: int, viewing: Viewing | None = None) -> dict[str, tuple[str, bool]]:
    found = asked.information_round(viewing=viewing or meet.as_(), **meet.where, number=number)
    return {one.agency: (one.state, one.is_late) for one in found.requests}


def test_holding_nothing_is_another_thing_than_no_answer_and_lateness_is_kept(meet: Meetings) -> None:
    number = meet.calls(
        "exploitation_panel", meet.case("ANA", state="plan"), starts_at=NOW + timedelta(days=14)
    )
    meet.invites(number)
    rows = tuple(meet.row(number, one) for one in ("police", "health", "education"))
    assert rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=Asking(rows)) == 3
    assert rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=Asking(rows)) == 0
    due = asked.information_round(viewing=meet.as_(), **meet.where, number=number).requests[0].due_on
    assert due == date(2026, 4, 15)
    sends(meet, number, meet.as_("detective", "police"), is_nil=True)
    late = meet.as_("nurse", "health", at=NOW + timedelta(days=9))
    sends(meet, number, late, text="Seen twice at the surgery.")
    assert state_of(meet, number, meet.as_(at=NOW + timedelta(days=9))) == {
        "police": ("nil", False),
        "health": ("content", True),
        "education": ("no_reply", True),
    }


def sends(meet: Meetings, number: int, viewing: Viewing, **what: Any) -> None:
    (request,) = asked.to_answer(viewing=viewing, **meet.where, number=number).requests
    one = Answer(request.number, request.version, what.pop("is_nil", False), **what)
    rounds.answer(viewing=viewing, **meet.where, number=number, answers=[one])


@pytest.mark.parametrize(("is_nil", "text"), [(True, "But we know her"), (False, "  ")])
def test_a_return_says_one_of_the_two(meet: Meetings, is_nil: bool, text: str) -> None:
    number = meet.calls("exploitation_panel", meet.case("ANA", state="plan"))
    meet.invites(number)
    rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=Asking((meet.row(number, "police"),)))
    with pytest.raises(MeetingRefused, match="one of the two"):
        sends(meet, number, meet.as_("detective", "police"), is_nil=is_nil, text=text)


def test_a_return_is_filled_in_from_ones_own_records_and_names_no_others(meet: Meetings) -> None:
    number = meet.calls("exploitation_panel", meet.case("ANA", state="plan"))
    meet.invites(number)
    some = tuple(meet.row(number, one) for one in ("police", "social_care"))
    rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=Asking(some))
    mine = asked.to_answer(viewing=meet.as_(), **meet.where, number=number)
    own = [one.title for found in mine.records.values() for one in found]
    assert own == ["Talked to Ana"]
    theirs = "zz:police:events:e2"
    with pytest.raises(MeetingRefused, match="your own agency only"):
        sends(meet, number, meet.as_(), text="See", records=(theirs,))
    police = meet.as_("team_manager", "police")
    (found,) = asked.to_answer(viewing=police, **meet.where, number=number).records.values()
    assert [one.record_id for one in found] == [theirs]


def test_who_does_not_answer_is_chased_and_after_the_stated_days_their_manager_is_told(
    meet: Meetings,
) -> None:
    User.objects.create(
        username="boss", first_name="Bo", last_name="Lead", agency="police", role="team_manager"
    )
    number = meet.calls(
        "exploitation_panel", meet.case("ANA", state="plan"), starts_at=NOW + timedelta(days=21)
    )
    meet.invites(number)
    rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=Asking((meet.row(number, "police"),)))
    # Four working days before Tuesday 28 April it was to be answered: on Wednesday 22 April, and nobody is late before.
    table = {0: (0, 0), 6: (0, 0), 15: (0, 0), 16: (1, 0), 17: (1, 1)}
    for days, expected in table.items():
        at = meet.as_(at=NOW + timedelta(days=days))
        assert rounds.chase(viewing=at, **meet.where, number=number) == expected, days
        assert rounds.chase(viewing=at, **meet.where, number=number) == (0, 0), days
    (one,) = asked.information_round(viewing=meet.as_(), **meet.where, number=number).requests
    assert [(chase.is_escalated, chase.to) for chase in one.chases] == [
        (False, ""),
        (True, "Bo Lead"),
    ]


def test_of_two_who_chase_a_round_at_once_the_second_finds_nobody_left(
    meet: Meetings, monkeypatch: pytest.MonkeyPatch, sign_in: Callable[..., Client]
) -> None:
    number = meet.calls("exploitation_panel", meet.case("ANA", state="plan"), starts_at=NOW + timedelta(days=21))  # fmt: skip
    meet.invites(number)
    both = tuple(meet.row(number, one) for one in ("police", "health"))
    rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=Asking(both))
    at = meet.as_(at=NOW + timedelta(days=16))
    looks, first = rounds.requests, []

    def meanwhile(found: Any) -> Any:
        """Between the second's look and their chase, the first chases all."""
        seen = looks(found)
        if not first:
            first.append(0)
            first.append(rounds.chase(viewing=at, **meet.where, number=number))
        return seen

    monkeypatch.setattr(rounds, "requests", meanwhile)
    assert rounds.chase(viewing=at, **meet.where, number=number) == (0, 0)
    assert first[1] == (2, 0)
    assert Chase.objects.filter(meeting=number).count() == 2
    page = sign_in("team_manager").post(f"/meetings/{number}/chase/", follow=True).content.decode()
    assert "Nobody is left to be chased today" in page


def test_decisions_keep_why_who_did_not_agree_and_what_corrected_them(meet: Meetings) -> None:
    number = held_panel(meet)
    (decided,) = record(meet, number).decisions
    police = meet.as_("detective", "police")
    minutes.dissent(
        viewing=police,
        **meet.where,
        number=number,
        made=Dissenting(decided.number, "DS Vane", "police", "It is too early."),
    )
    with pytest.raises(MeetingRefused):
        minutes.dissent(
            viewing=police,
            **meet.where,
            number=number,
            made=Dissenting(decided.number, "Nurse", "health", "So do we."),
        )
    minutes.decide(
        viewing=meet.as_(),
        **meet.where,
        number=number,
        made=replace(Deciding("review", "Keep it until May", decided.case), replaces=decided.number),
    )
    first, second = record(meet, number).decisions
    assert (first.replaced_by, second.replaces) == (second.number, first.number)
    assert [(one.who, one.agency, one.what) for one in first.dissent] == [
        ("DS Vane", "police", "It is too early.")
    ]
    with pytest.raises(MovedOn):
        minutes.decide(
            viewing=meet.as_(),
            **meet.where,
            number=number,
            made=Deciding("review", "No", decided.case, replaces=decided.number),
        )


def record(meet: Meetings, number: int, viewing: Viewing | None = None) -> records.Record:
    return records.record(viewing=viewing or meet.as_(), **meet.where, number=number)


def test_minutes_are_issued_then_signed_off_by_the_chair_and_nothing_is_added(meet: Meetings) -> None:
    ana = meet.case("ANA", state="plan")
    number = meet.calls("mapping_meeting", ana, starts_at=JUST_NOW)
    meet.invites(number)
    meet.came(number, ("police", "detective"), ("social_care", "social_worker"))
    meet.holds(number)
    write = [(ana, "children", 0, "Police told of two nights.")]
    minutes.write(viewing=meet.as_(), **meet.where, number=number, texts=write)
    with pytest.raises(MovedOn):
        minutes.write(viewing=meet.as_(), **meet.where, number=number, texts=write)
    minutes.issue(viewing=meet.as_(), **meet.where, number=number, version=1)
    minutes.issue(viewing=meet.as_(), **meet.where, number=number, version=2)
    with pytest.raises(MeetingRefused, match="Only the chair"):
        minutes.sign_off(viewing=meet.as_(), **meet.where, number=number, version=3)
    minutes.sign_off(viewing=meet.chair, **meet.where, number=number, version=3)
    assert meet.shows(number).head.state == "signed_off"
    with pytest.raises(MeetingRefused, match="signed off"):
        minutes.decide(
            viewing=meet.as_(), **meet.where, number=number, made=Deciding("children", "More", ana)
        )


def test_nothing_is_added_to_minutes_that_the_chair_signs_at_the_same_moment(
    meet: Meetings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = meet.case("ANA", state="plan")
    number = meet.calls("mapping_meeting", ana, starts_at=JUST_NOW)
    where = {**meet.where, "number": number}
    meet.invites(number)
    meet.came(number, ("police", "detective"), ("social_care", "social_worker"))
    meet.holds(number)
    minutes.issue(viewing=meet.as_(), **where, version=1)
    checked = minutes._to_minute

    def then_signed(*given: Any) -> Any:
        """Between the look at the meeting and what is kept, the chair signs."""
        found = checked(*given)
        if not signed:
            signed.append(minutes.sign_off(viewing=meet.chair, **where, version=2))
        return found

    signed: list[None] = []
    monkeypatch.setattr(minutes, "_to_minute", then_signed)
    new = NewAction("Ring the nurse", Owner("health", "A nurse"), date(2026, 4, 20), ana)
    with pytest.raises(MovedOn, match="signed off"):
        minutes.agree(viewing=meet.as_(), **where, new=[new])
    assert signed
    assert record(meet, number).actions == ()
    assert not AgreedAction.objects.exists()


def test_whoever_minutes_a_meeting_reads_the_actions_that_they_typed_until_it_is_signed_off(
    meet: Meetings, sign_in: Callable[..., Client]
) -> None:
    bea = meet.as_("business_support", user_id="bea")
    ana = meet.case("ANA", state="plan")
    number = meet.calls("mapping_meeting", ana, starts_at=JUST_NOW)
    meet.invites(number)
    meet.came(number, ("police", "detective"), ("social_care", "social_worker"))
    meet.holds(number)
    new = NewAction("Ring her aunt", Owner("health", "A nurse"), date(2026, 4, 20), ana)
    minutes.agree(viewing=bea, **meet.where, number=number, new=[new])
    aside = replace(new, what="Ask the school")
    agreed.agree(viewing=meet.as_(), **meet.where, new=[aside])

    def read(viewing: Viewing) -> list[str | None]:
        return [one.what for one in record(meet, number, viewing).actions]

    # Of the meeting and nothing else: neither the case, nor its other actions, nor what became of this one.
    assert read(bea) == ["Ring her aunt"]
    assert not meet.sees(ana, bea).takes_part
    listed = lists_of_actions.actions(
        viewing=bea, build=meet.where["build"], asked=lists_of_actions.Asked(case=ana)
    ).actions
    assert [one.what for one in listed] == [None, None]
    page = sign_in("business_support", username="bea").get(f"/meetings/{number}/record/").content.decode()
    assert "Ring her aunt" in page
    assert "Not shown to you" not in page
    # Of another agency, and who arranges nothing, business support reads what it read before.
    assert read(meet.as_("business_support", "health", user_id="una")) == [None]

    minutes.issue(viewing=bea, **meet.where, number=number, version=1)
    minutes.sign_off(viewing=meet.chair, **meet.where, number=number, version=2)
    assert (read(bea), read(meet.as_())) == ([None], ["Ring her aunt"])


def test_the_register_finds_by_word_person_day_and_kind_what_the_viewer_may_see(meet: Meetings) -> None:
    number = held_panel(meet)
    bea = meet.case("BEA", state="plan")
    actions.put_on_agenda(viewing=meet.as_(), **meet.where, number=number, cases=[bea])
    minutes.decide(
        viewing=meet.as_(),
        **meet.where,
        number=number,
        made=Deciding("review", "Call the charity", bea, "She asked"),
    )

    def found(viewing: Viewing | None = None, **what: Any) -> list[str]:
        got = records.register(viewing=viewing or meet.as_(), **meet.where, asked=records.Asked(**what))
        return [one.what for one in got.decisions]

    assert found() == ["Call the charity", "Keep the plan"]
    assert found(words="CHARITY asked") == ["Call the charity"]
    assert found(person_id="ANA") == ["Keep the plan"]
    assert found(from_on=date(2026, 4, 8)) == []
    assert found(until_on=date(2026, 4, 7), kind="exploitation_panel") == [
        "Call the charity",
        "Keep the plan",
    ]
    assert found(kind="mapping_meeting") == []
    assert found(meet.as_("parent_liaison", "charity")) == ["Call the charity", "Keep the plan"]
    declares("mara2", "BEA")
    assert found(meet.as_(user_id="mara2")) == ["Keep the plan"]
    assert found(meet.as_("team_manager", "nobody")) == []


NAMES = ("Ana", "Petal", "Bea", "Reed", "Max", "Tarn", "ANA", "BEA", "MAX", "zz:", "police/", ":e4", ":e3")


def test_no_child_is_named_in_anything_of_a_place_conference(meet: Meetings, town: World) -> None:
    key = place_of(town)
    case = meet.case(key, kind="place", state="proposed", called="Flat 2 for Ana Petal")
    number = meet.calls("place_conference", case, called="The flat")
    meet.invites(number)
    where = {"viewing": meet.as_(), **meet.where, "number": number}
    for text in ("Ana Petal was seen there", "Visit with  bea\nreed."):
        with pytest.raises(MeetingRefused, match="No child is named"):
            minutes.decide(**where, made=Deciding("places", text, case))
        with pytest.raises(MeetingRefused, match="No child is named"):
            minutes.write(**where, texts=[(case, "places", 0, text)])
        with pytest.raises(MeetingRefused, match="No child is named"):
            agree(meet, number, case, text, date(2026, 5, 1))
    minutes.decide(**where, made=Deciding("places", "Put a light at the door", case))
    proposed = meet.proposed(number)
    assert ("police", "police", "records+standing") in {row[:3] for row in told(proposed.invitees)}
    whole = [records.pack(**where), record(meet, number), proposed, asked.information_round(**where)]
    assert [sheet.title for sheet in whole[0].sheets] == ["Flat 2 for …"]
    assert [(fact.on, fact.kind) for fact in whole[0].sheets[0].facts] == [
        (date(2026, 3, 22), "concern"),
        (date(2026, 3, 21), "stop"),
    ]
    for one in whole:
        assert [name for name in NAMES if name in str(one)] == []


def test_a_given_name_is_struck_only_of_children_who_were_at_the_place_as_far_as_one_may_know(
    world: World, viewing: Callable[..., Viewing]
) -> None:
    world.people("""
        id | agency             | person | name          | born       | alias | handling
        1  | police             | ANA    | Ana Petal     | 2010-03-01 | Nan   |
        2  | childrens_services | WIL    | Will Marsh    | 2011-05-05 |       |
        3  | police             | WIL    | Will Marsh    | 2011-05-05 |       |
        4  | police             | IVY    | Ivy Reed      | 2012-05-05 |       |
        5  | police             | MAX    | Max Tarn      | 1998-01-01 |       |
        6  | police             | BEA    | Bea Mary Dunn | 2012-01-01 |       | C
    """).events("""
        id | agency | who             | kind    | when       | title | place     | handling
        e1 | police | police/1 victim | concern | 2026-03-20 | Seen  | Mill Park |
        e2 | police | police/3 victim | concern | 2026-03-21 | Seen  | Mill Park |
        e3 | police | police/5 victim | concern | 2026-03-21 | Seen  | Mill Park |
        e4 | police | police/6 victim | concern | 2026-03-22 | Seen  | Mill Park | C
        e5 | police | police/4 victim | concern | 2026-03-22 | Seen  | Star Cabs |
    """)  # fmt: skip
    world.served()
    meet = Meetings(world, viewing)
    (key,) = {row[0] for row in world.warehouse.current().pages().execute("select thing_key from tie where label like 'Mill%'")}  # fmt: skip
    called = "Nan\u2019s bench, by WILL and Bea; Ivy House, Max"
    case = meet.case(key, kind="place", state="proposed", called=called)
    with pytest.raises(MeetingRefused, match="Take out “Ana”"):
        meet.calls("place_conference", case, called="Where Ana sits")
    number = meet.calls("place_conference", case, called="The park")
    meet.invites(number)
    where = {"viewing": meet.as_(), **meet.where, "number": number}
    for text in ("Nan was there", "Ana's bag", "Will rang"):
        with pytest.raises(MeetingRefused, match="No child is named"):
            minutes.decide(**where, made=Deciding("places", text, case))
    # A word that is a name, too, is a word; and Ivy was never here, nor is a grown-up's name kept out.
    minutes.decide(**where, made=Deciding("places", "We will ask Ivy House, and Max of the council", case))
    agreed.agree(viewing=meet.as_(), **meet.where, new=[NewAction("Ask Nan why", Owner("police", "A constable"), date(2026, 4, 8), case)])  # fmt: skip
    overdue = meet.shows(number, meet.as_(at=NOW + timedelta(days=3))).overdue
    assert [one.what for one in overdue] == ["Ask … why"]
    # That Bea was here is told to nobody by what is struck out, but to those who may read the report.
    police = meet.as_("detective", "police")
    titles = [meet.shows(number, who).agenda.titles[case] for who in (meet.as_(), police)]
    assert titles == [
        "…\u2019s bench, by … and Bea; Ivy House, Max",
        "…\u2019s bench, by … and …; Ivy House, Max",
    ]


def place_of(town: World) -> str:
    (key,) = {
        row[0]
        for row in town.warehouse.current().pages().execute("select thing_key from tie where thing = 'place'")
    }
    assert place_key
    return str(key)


AGENCIES = ("police", "education", "health", "charity")
GUARDED = (
    ("standard", ""),
    ("restricted", ""),
    ("health-specialist", ""),
    ("standard", "C"),
    ("standard", "legacy-5"),
)


BUILDS = count()


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.sets(st.tuples(st.sampled_from(AGENCIES), st.sampled_from(GUARDED), st.sampled_from(("case", "register"))), max_size=6),
    out=st.sets(st.sampled_from(AGENCIES)),
)  # fmt: skip
def test_whatever_is_recorded_every_agency_with_a_record_is_invited_or_left_out_with_a_signed_reason(
    world: World, viewing: Callable[..., Viewing], held: set[Any], out: set[str]
) -> None:
    world.rows.clear()
    world.person_of.clear()
    rows = "\n".join(
        f"{n} | {agency} | ANA | Ana Petal | 2010-03-01 | {s} | {h} | {cohort}"
        for n, (agency, (s, h), cohort) in enumerate(sorted(held), 10)
    )
    world.people(
        f"id | agency | person | name | born | sensitivity | handling | cohort\n1 | childrens_services | ANA | Ana Petal | 2010-03-01 | | |\n{rows}"
    )
    # The same may be drawn twice, and a build of that name is there then.
    world.served(build_id=f"drawn{next(BUILDS)}")
    meet = Meetings(world, viewing)
    number = meet.calls("mapping_meeting", meet.case("ANA"))
    for one in meet.proposed(number).invitees:
        if one.agency in out:
            meet.leaves_out(number, Guest(one.agency, one.member, one.holder), "Not needed.", meet.chair)
        else:
            meet.invites(number, Guest(one.agency, one.member, one.holder))
    settled = [one for one in meet.proposed(number).invitees if not one.is_open]
    assert {agency for agency, _g, _c in held} <= {one.agency for one in settled}
    for one in settled:
        assert one.is_left_out == (one.agency in out)


def test_nobody_chairs_what_they_declared_a_relationship_to(meet: Meetings) -> None:
    User.objects.create(username="chair", agency="childrens_services", role="team_manager")
    declares("chair", "ANA")
    with pytest.raises(MeetingRefused, match="Kit Chair cannot chair this"):
        meet.calls("mapping_meeting", meet.case("ANA"))
    meet.calls("mapping_meeting", meet.case("BEA"))


def test_a_standing_seat_reads_the_meeting_and_not_what_is_written_in_each_case(meet: Meetings) -> None:
    case, max_ = meet.case("ANA", state="plan"), meet.case("MAX", state="plan")
    number = meet.calls("exploitation_panel", case, max_)
    proposed = {one.member: one for one in meet.proposed(number).invitees}
    assert [one.member for one in proposed.values() if one.is_statutory] == []
    meet.invites(number, *(Guest(one, one) for one in ("charity", "police", "health")))
    some = tuple(meet.row(number, one) for one in ("charity", "police", "health"))
    rounds.ask(viewing=meet.as_(), **meet.where, number=number, asking=Asking(some))
    parts = set(CasePart.objects.filter(case=case).values_list("agency", "part"))
    assert parts == {("childrens_services", "lead"), ("police", "invited"), ("police", "asked")}
    nurse = meet.as_("nurse", "health")
    assert meet.shows(number, nurse).agenda.titles == {case: "Ana Petal", max_: "Max Tarn"}
    assert len(asked.to_answer(viewing=nurse, **meet.where, number=number).requests) == 2
    assert not meet.sees(case, nurse).takes_part


def test_a_panel_is_held_with_its_chair_whoever_writes_it_down(meet: Meetings) -> None:
    number = meet.calls("exploitation_panel", meet.case("ANA", state="plan"), starts_at=JUST_NOW)
    meet.invites(number)
    seats = ("social_care", "police", "health", "specialist_health", "education")
    meet.came(number, *((one, "") for one in seats))
    with pytest.raises(MeetingRefused, match="held without the chair"):
        meet.holds(number)
    actions.hold(viewing=meet.as_(), **meet.where, done=Holding(number, 0, was_chaired=True))
    assert meet.shows(number).head.state == "held"


@pytest.mark.parametrize("says", ["said", "answered"])
def test_what_somebody_said_and_was_answered_is_kept_for_each(meet: Meetings, says: str) -> None:
    number = meet.calls("mapping_meeting", meet.case("ANA"))
    meet.invites(number, Guest("police", "police"))
    row = meet.row(number, "police")
    meet_say = {"number": number, "invitee": row, **meet.where}
    with pytest.raises(MeetingRefused):
        actions.say(
            viewing=meet.as_("detective", "police"), word=Word(says, text="We saw the car."), **meet_say
        )
    actions.say(viewing=meet.as_(), word=Word(says, text="We saw the car."), **meet_say)
    (one,) = meet.shows(number).invitees
    assert [(word.says, word.text) for word in one.words][-1] == (says, "We saw the car.")


def counted(meet: Meetings, what: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as seen:
        what()
    return len(seen)


def test_the_number_of_queries_does_not_grow_with_meetings_cases_and_decisions(meet: Meetings) -> None:
    def some(count: int) -> int:
        made = 0
        for _ in range(count):
            made = meet.calls("exploitation_panel", *(meet.case(who, state="plan") for who in ("ANA", "BEA")))
            meet.invites(made, Guest("police", "police"), Guest("charity", "charity"))
            minutes.decide(
                viewing=meet.as_(), **meet.where, number=made, made=Deciding("review", "Look again")
            )
        return made

    def looks(number: int) -> list[int]:
        where = {"viewing": meet.as_(), **meet.where}
        return [
            counted(meet, lambda: queries.meetings(**where, asked=Asked())),
            counted(meet, lambda: records.register(**where, asked=records.Asked())),
            counted(meet, lambda: record(meet, number)),
        ]

    few = looks(some(2))
    assert looks(some(4)) == few


def test_a_list_is_gone_along_and_back_over_meetings_of_one_moment_and_over_those_that_were(
    meet: Meetings,
) -> None:
    case = meet.case("ANA")
    days = (9, 7, 7, 7, 8, -1, -1, -2, -3)
    made = [meet.calls("mapping_meeting", case, starts_at=NOW + timedelta(days=day)) for day in days]
    # The next first, and of one moment in the order of their numbers; then those that were, the last first.
    wanted = [made[place] for place in (1, 2, 3, 4, 0, 6, 5, 7, 8)]
    where = {"viewing": meet.as_(), **meet.where}

    def stretch(**asked: int | None) -> queries.MeetingList:
        return queries.meetings(**where, asked=Asked(where=queries.Where(rows=2, **asked)))

    there, found = [], stretch()
    while True:
        there += [head.number for head in found.heads]
        if found.after is None:
            break
        found = stretch(after=found.after)
    assert there == wanted
    back = [found.heads[0].number]
    while found.before is not None:
        found = stretch(before=found.before)
        back = [head.number for head in found.heads] + back
    assert back == wanted


def counted_in_both(meet: Meetings, what: Callable[[], Any]) -> tuple[int, int]:
    """How often the decided store is asked, and how often the build. The first time is not counted: it fills what is kept for a process."""
    what()
    pages, read = meet.where["build"].pages(), list[str]()
    pages.set_trace_callback(read.append)
    try:
        return counted(meet, what), len(read)
    finally:
        pages.set_trace_callback(None)


@pytest.mark.parametrize("kind", ["exploitation_panel", "place_conference"])
def test_who_is_proposed_and_the_pack_of_many_subjects_are_read_as_often_as_of_one(
    meet: Meetings, town: World, kind: str
) -> None:
    of = "place" if kind == "place_conference" else "child"
    first, *others = [place_of(town), "a", "b", "c"] if of == "place" else ["ANA", "BEA", "MAX", "ANA"]
    later = meet.as_(at=NOW + timedelta(days=3))
    where = {"viewing": later, **meet.where}

    def case(subject: str, called: str) -> int:
        made = meet.case(subject, of, "plan" if of == "child" else "proposed", called)
        what = f"Ring about {called}"
        agreed.agree(viewing=meet.as_(), **meet.where, new=[NewAction(what, Owner("police", "A constable"), date(2026, 4, 8), made)])  # fmt: skip
        return made

    number = meet.calls(kind, case(first, "the flat"))
    meet.invites(number)
    looks: list[Callable[[], Any]] = [
        lambda: queries.meeting(**where, number=number),
        lambda: queries.proposed(**where, number=number),
        lambda: records.pack(**where, number=number),
        lambda: records.pack(**where, number=number, audience="police"),
    ]
    few = [counted_in_both(meet, look) for look in looks]
    on = [case(subject, f"the corner {n}") for n, subject in enumerate(others)]
    actions.put_on_agenda(viewing=meet.as_(), **meet.where, number=number, cases=on)
    meet.invites(number)
    assert [counted_in_both(meet, look) for look in looks] == few
    assert len(meet.shows(number, later).overdue) == 4


def test_what_was_decided_stays_when_its_case_is_taken_off_the_agenda(meet: Meetings) -> None:
    number = held_panel(meet)
    (case,) = meet.shows(number).agenda.titles
    actions.take_off_agenda(viewing=meet.as_(), **meet.where, number=number, case=case)
    assert meet.shows(number).agenda.titles == {}
    assert [one.what for one in record(meet, number).decisions] == ["Keep the plan"]
    found = records.register(viewing=meet.as_("detective", "police"), **meet.where, asked=records.Asked())
    assert [one.what for one in found.decisions] == ["Keep the plan"]
    declares("mara3", "ANA")
    found = records.register(viewing=meet.as_(user_id="mara3"), **meet.where, asked=records.Asked())
    assert found.decisions == ()


RECORD = {
    "harm": "x", "risk": "x", "not_known": "x", "section_47": "yes", "section_47_why": "x", "agencies": "joint", "conference": "yes", "others_named": "no", "interim": "x",
    "disagreed": "no",
}  # fmt: skip


def clock(meet: Meetings, case: int, code: str) -> list[tuple[str, str]]:
    return [(run.state.value, str(run.due.latest_on) if run.due else "") for run in meet.sees(case).runs if run.clock.code == code]  # fmt: skip


def test_section_47_begins_with_a_discussion_that_was_marked_as_held_and_a_conference_asked_for_here_ends_its_clock(
    meet: Meetings,
) -> None:
    case = meet.case("ANA")
    number = meet.calls("strategy_discussion", case, starts_at=JUST_NOW)
    detective = meet.as_("detective", "police")
    meet.brings(case, "police")
    with pytest.raises(MoveRefused, match="Strategy discussion held"):
        meet.writes(case, "strategy_record", detective, **RECORD)
    assert clock(meet, case, "C5") == []
    meet.invites(number)
    meet.came(number, ("social_care", "social_worker"), ("police", "detective"))
    with pytest.raises(MeetingRefused):
        meet.holds(number)
    meet.holds(number, meet.as_("team_manager"), reason="Health phoned in at four.")
    meet.writes(case, "strategy_record", detective, **RECORD)
    agreed = Told.objects.get(case=case, event="section47.agreed")
    assert (agreed.from_at, agreed.precision) == (JUST_NOW, "minute")
    assert [clock(meet, case, code) for code in ("C5", "C6")] == [[("running", "2026-04-28")], [("warning", "2026-04-08")]]  # fmt: skip
    meet.calls("initial_conference", case)
    assert clock(meet, case, "C6") == [("in_time", "2026-04-08")]


def test_a_review_conference_tells_of_its_day_its_invitations_and_that_it_was_put_off(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    number = meet.calls("review_conference", case, starts_at=NOW + timedelta(days=42))
    # Tuesday 19 May, and twenty working days before it over May Day.
    assert clock(meet, case, "C11") == [("running", "2026-04-20")]
    done = Holding(number, meet.shows(number).head.version, "The family is away.")
    later = NOW + timedelta(days=49)
    actions.call_off(viewing=meet.as_(), **meet.where, done=done, starts_at=later)
    # Tuesday 26 May, after a bank holiday: one working day fewer than a week later.
    assert clock(meet, case, "C11") == [("running", "2026-04-24")]
    meet.invites(number)
    assert clock(meet, case, "C11") == [("in_time", "2026-04-24")]
    actions.take_off_agenda(viewing=meet.as_(), **meet.where, number=number, case=case)
    assert clock(meet, case, "C11") == []


def test_a_core_group_that_met_ends_its_clock(meet: Meetings) -> None:
    case = meet.case("ANA", state="plan")
    meet.writes(case, "statutory_step", step="conference_held", step_on="2026-04-01", source="Liquid 7")
    number = meet.calls("core_group", case, starts_at=JUST_NOW)
    meet.invites(number)
    meet.came(number, ("social_care", "social_worker"))
    meet.holds(number)
    assert clock(meet, case, "C7") == [("in_time", "2026-04-17")]


def test_the_log_names_the_cases_that_each_decision_of_a_meeting_concerns_and_whom_they_are_about(
    meet: Meetings,
) -> None:
    ana, bea = meet.case("ANA", state="plan"), meet.case("BEA", state="plan")
    number = meet.calls("exploitation_panel", ana, bea, starts_at=JUST_NOW)
    meet.invites(number)
    minutes.write(
        viewing=meet.as_(), **meet.where, number=number, texts=[(ana, "review", 0, "Seen at home.")]
    )
    minutes.decide(
        viewing=meet.as_(), **meet.where, number=number, made=Deciding("review", "Go on", bea, "Safer")
    )
    actions.take_off_agenda(viewing=meet.as_(), **meet.where, number=number, case=bea)

    def told(action: str) -> set[str]:
        return set(
            ",".join(AuditEvent.objects.filter(action=action).values_list("subject", flat=True)).split(",")
        )

    both = {f"meeting {number}", f"case {ana}", f"case {bea}", "ANA", "BEA"}
    assert told("meeting.convened") == told("meeting.invited") == both
    assert told("minutes.written") == {f"meeting {number}", f"case {ana}", "ANA"}
    assert told("minutes.decided") == told("meeting.item") == {f"meeting {number}", f"case {bea}", "BEA"}
