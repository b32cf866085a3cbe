"""What happens between two moments: persons are merged by a later build after a relationship was declared, and an action is agreed while its case is being closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engage.casework.agreed import actions as agreed
from engage.casework.agreed import queries as lists_of_actions
from engage.casework.agreed.actions import ActionRefused, NewAction, Owner
from engage.casework.cases import writing
from engage.casework.cases.actions import About, CaseNotShown, MoveRefused
from engage.casework.cases.models import Case, CaseEntry, CaseMove
from engage.casework.meetings import actions as meetings
from engage.casework.meetings.actions import Convening, MeetingRefused, Person
from engage.casework.referrals import queries as referrals
from engage.casework.tasks.models import AgreedAction
from engage.governance.models import AuditEvent, DeclaredRelationship
from engage.identities.models import PersonAssignment, PersonIdEvent
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import Office


CLOSED = {
    "reason": "safer", "why": "No more risk is known.", "lines_open": "no", "account": "yes", "suspects": "yes", "child_view": "Fine", "parents_view": "Fine",
    "worker_view": "Fine", "places_people": "He is in prison.", "disagreed": "no", "contingency": "Ring the team", "told": "Everybody",
}  # fmt: skip


def merged(office: Office, old: str, into: str) -> None:
    """A later build finds that these are one person."""
    at, now = office.as_().at, dict(PersonAssignment.objects.order_by("seq").values_list("record_id", "person_id"))  # fmt: skip
    rows = [
        PersonAssignment.objects.create(record_id=record, person_id=into, assigned_at=at, build_id="b2", cause="build")
        for record, person in now.items()
        if person == old
    ]  # fmt: skip
    PersonIdEvent.objects.create(
        person_id=old, kind="merged", other_id=into, at=at, build_id="b2", cause="build", after_seq=rows[-1].seq
    )  # fmt: skip


def serves_anew(office: Office) -> None:
    """The later build is served."""
    of = dict(PersonAssignment.objects.order_by("seq").values_list("record_id", "person_id"))
    office.world.person_of = of
    office.world.served(build_id="b2")
    office.where["build"] = office.world.warehouse.current()


def declared_by(office: Office, user: str, person: str) -> Viewing:
    mine = office.as_("team_manager", user_id=user)
    DeclaredRelationship.objects.create(
        user=user, kind="person", key=person, nature="aunt", agency="childrens_services", declared_by="x", declared_at=mine.at
    )  # fmt: skip
    return mine


def test_of_whom_was_barred_under_an_id_that_was_merged_since_nothing_is_listed_counted_or_given(
    office: Office,
) -> None:
    worker = office.worker("team_manager")
    mine = declared_by(office, worker, "ANA")
    numbers = [office.refers(mine, about=About("child", who)) for who in ("CAL", "BEA", "TOM")]
    due = mine.at.date() + timedelta(days=3)
    for number in numbers:
        new = [NewAction("Ring", Owner("childrens_services", "Mara"), due, case=number)]
        agreed.agree(viewing=office.as_(), **office.where, new=new)
    # Cal was Ana: the record of Cal was given to Ana, then to Tom by a judgement; and Ana is Bea.
    merged(office, "CAL", "ANA")
    PersonAssignment.objects.create(
        record_id=office.world.named("police/5"), person_id="TOM", assigned_at=mine.at, cause="judgement"
    )
    merged(office, "ANA", "BEA")
    serves_anew(office)
    shown = office.lists(mine)
    assert ([one.number for one in shown.heads], shown.count) == ([numbers[2]], 1)
    asked = lists_of_actions.Asked()
    found = lists_of_actions.actions(viewing=mine, build=office.where["build"], asked=asked)
    assert ([one.case for one in found.actions], found.count) == ([numbers[2]], 1)
    assert [CaseEntry.objects.get(pk=one.number).case for one in referrals.mine(viewing=mine, **office.where).fates] == [numbers[2]]  # fmt: skip
    for number in numbers[:2]:
        with pytest.raises(CaseNotShown):
            office.sees(number, mine)
        # Nor is it given to them: whoever looks for somebody to do it is told no more than that they cannot.
        new = [NewAction("Visit", Owner("childrens_services", "", worker), due, case=number)]
        with pytest.raises(ActionRefused, match="cannot be given"):
            agreed.agree(viewing=office.as_(), **office.where, new=new)
        chaired = Convening("strategy_discussion", mine.at + timedelta(days=7), Person(worker, "Kit", "childrens_services"), cases=(number,))  # fmt: skip
        with pytest.raises(MeetingRefused, match="Kit cannot chair this"):
            meetings.convene(viewing=office.as_(), **office.where, convening=chaired)
    assert office.lists(office.as_("team_manager", user_id="kit")).count == len(numbers)


@pytest.mark.parametrize("is_reopened", [False, True])
def test_a_case_is_not_closed_over_an_action_that_was_agreed_or_opened_again_meanwhile(
    office: Office, monkeypatch: pytest.MonkeyPatch, is_reopened: bool
) -> None:
    number, keep = office.refers(), writing.move_case
    office.moves(number, "accept", office.as_(), why="Seen", safe_tonight="yes")
    new = [NewAction("Ring", Owner("police", "Mara"), office.as_().at.date(), case=number)]

    def says(what: str, version: int) -> None:
        word = agreed.Word(what, version, "It was" if what == "done" else "Not yet")
        agreed.say(viewing=office.as_(), **office.where, number=AgreedAction.objects.get().seq, word=word)

    def meanwhile(*given: Any) -> int:
        if is_reopened:
            says("reopened", 1)
        else:
            agreed.agree(viewing=office.as_(), **office.where, new=new)
        return keep(*given)

    if is_reopened:
        agreed.agree(viewing=office.as_(), **office.where, new=new)
        says("done", 0)
    monkeypatch.setattr(writing, "move_case", meanwhile)
    with pytest.raises(MoveRefused, match="Actions are still open"):
        office.moves(number, "close", **CLOSED)
    assert Case.objects.get().state == "accepted"
    assert CaseMove.objects.filter(move="close").count() == 0
    assert CaseEntry.objects.filter(form="closure").count() == 0
    refused = AuditEvent.objects.filter(
        action="case.move_refused", subject=f"case {number}", decision="nothing"
    )
    assert refused.count() == 1
