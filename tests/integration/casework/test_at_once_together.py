"""Sixteen say something of one action, or of one meeting, at the same moment: each is a row of its own, or is told who was first. On SQLite and PostgreSQL."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from engage.casework.agreed import actions as agreed
from engage.casework.agreed import queries as actions_read
from engage.casework.agreed.actions import NewAction, Owner, Word
from engage.casework.cases.actions import About
from engage.casework.meetings import actions, queries
from engage.casework.meetings.actions import Convening, Guest, Holding, Person
from engage.casework.meetings.actions import Word as Said
from engage.casework.meetings.models import Invitee, InviteeWord, Meeting, MeetingMove
from engage.casework.minutes import actions as minutes
from engage.casework.minutes.actions import Deciding
from engage.casework.minutes.models import Decision, MinutesText
from engage.casework.rounds import actions as rounds
from engage.casework.rounds.actions import Answer, Asking
from engage.casework.rounds.models import InformationRequest, Return
from engage.casework.tasks.models import ActionWord, AgreedAction
from engage.governance.models import AuditEvent
from tests.integration.casework.conftest import Office
from tests.integration.casework.crowd import WRITERS, Crowd, crowd


__all__ = ["crowd"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.postgresql]
# What is said of the action in each turn, half of the workers one thing and half the other; the last ends it.
TURNS = (("extended", "chased"), ("handed_over", "extended"), ("done", "not_needed"))


def test_of_sixteen_who_say_something_of_one_action_one_is_kept_each_time_and_the_others_are_told(
    crowd: Crowd,
) -> None:
    office = crowd.office
    case, today = office.refers(), office.as_().at.date()
    new = NewAction("Ring", Owner("police", "Mara"), today, case=case)
    (number,) = agreed.agree(viewing=office.as_(), **office.where, new=[new])

    def work(mine: int) -> None:
        viewing = office.as_(request_id=f"writer {mine}")
        for turn, says in enumerate(TURNS):
            version = actions_read.action(viewing=viewing, build=office.where["build"], number=number).action.version  # fmt: skip
            crowd.all_looked.wait(timeout=60)
            word = Word(says[mine % 2], version, f"By {mine}", today + timedelta(days=1 + mine), Owner("police", f"Nia {mine}"))  # fmt: skip
            crowd.tries(turn, lambda w=word: agreed.say(viewing=viewing, **office.where, number=number, word=w))  # type: ignore[misc]  # fmt: skip
            crowd.all_looked.wait(timeout=60)
        own = NewAction(f"Visit {mine}", Owner("health", "Jo"), today, case=case)
        agreed.agree(viewing=viewing, **office.where, new=[own])

    crowd.at_once(work)
    assert crowd.kept == Counter(dict.fromkeys(range(len(TURNS)), 1))
    assert crowd.late == Counter(dict.fromkeys(range(len(TURNS)), WRITERS - 1))
    the_head_is_what_the_words_say(number)
    assert sorted(AgreedAction.objects.exclude(pk=number).values_list("what", flat=True)) == sorted(f"Visit {n}" for n in range(WRITERS))  # fmt: skip


def the_head_is_what_the_words_say(number: int) -> None:
    """Each word changed the head as it says, no other did, and each has its line in the log."""
    words = list(ActionWord.objects.filter(action=number).order_by("number"))
    assert [word.number for word in words] == [1, 2, 3]
    head = AgreedAction.objects.get(pk=number)
    assert (head.version, head.state) == (len(words), words[-1].says)
    assert head.due_on == next(word.due_on for word in reversed(words) if word.says in ("extended", "handed_over"))  # fmt: skip
    owners = [word.owner_name for word in words if word.says == "handed_over"]
    assert head.owner_name == (owners or ["Mara"])[-1]
    lines = AuditEvent.objects.filter(subject__startswith=f"action {number},", action__in=[f"action.{w}" for t in TURNS for w in t])  # fmt: skip
    assert sorted(lines.values_list("request_id", "action")) == sorted((w.request_id, f"action.{w.says}") for w in words)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """A panel about Ana, to which the police are invited and asked, and at which one thing was decided."""

    number: int
    case: int
    police: int
    asked: int
    decided: int
    at: datetime


def panel(office: Office) -> Panel:
    """It is called."""
    case, soon = office.refers(about=About("child", "ANA")), office.as_().at + timedelta(days=7)
    chair = Person("chair", "Kit Chair", "childrens_services")
    convening = Convening("exploitation_panel", soon, chair, cases=(case,))
    number = actions.convene(viewing=office.as_(), **office.where, convening=convening)
    where = {**office.where, "number": number}
    actions.invite(viewing=office.as_(), **where, guests=[Guest("police", "police")])
    (police,) = Invitee.objects.filter(meeting=number, agency="police").values_list("pk", flat=True)
    rounds.ask(viewing=office.as_(), **where, asking=Asking((police,)))
    (asked,) = InformationRequest.objects.filter(meeting=number, to_agency="police").values_list("pk", flat=True)  # fmt: skip
    decided = minutes.decide(viewing=office.as_(), **where, made=Deciding("new", "Look again", case))
    return Panel(number, case, police, asked, decided, soon)


def test_of_sixteen_in_one_meeting_every_word_is_kept_and_of_what_there_is_one_of_the_first(
    crowd: Crowd,
) -> None:
    office = crowd.office
    one = panel(office)
    where = {**office.where, "number": one.number}

    def work(mine: int) -> None:
        viewing = office.as_(request_id=f"writer {mine}")
        detective = office.as_("detective", "police", request_id=f"writer {mine}")
        version = queries.meeting(viewing=viewing, **where).head.version
        crowd.all_looked.wait(timeout=60)
        crowd.tries("invited", lambda: actions.invite(viewing=viewing, **where, guests=[Guest("health", "health")]))  # fmt: skip
        said = Said(("coming", "not_coming")[mine % 2], text=f"Said by {mine}")
        crowd.tries("reply", lambda: actions.say(viewing=detective, **where, invitee=one.police, word=said))
        crowd.tries("decision", lambda: minutes.decide(viewing=viewing, **where, made=Deciding("new", f"Of {mine}", one.case)))  # fmt: skip
        right = Deciding("new", f"Corrected by {mine}", one.case, replaces=one.decided)
        crowd.tries("correction", lambda: minutes.decide(viewing=viewing, **where, made=right))
        crowd.tries("minutes", lambda: minutes.write(viewing=viewing, **where, texts=[(one.case, "new", 0, f"By {mine}")]))  # fmt: skip
        crowd.tries("return", lambda: rounds.answer(viewing=detective, **where, answers=[Answer(one.asked, 0, False, f"Seen by {mine}")]))  # fmt: skip
        put_off = Holding(one.number, version, f"Ill, says {mine}")
        crowd.tries("put off", lambda: actions.call_off(viewing=viewing, **office.where, done=put_off, starts_at=one.at + timedelta(days=mine)))  # fmt: skip

    crowd.at_once(work)
    once, each = ("correction", "minutes", "return", "put off"), ("invited", "reply", "decision")
    assert crowd.kept == Counter(dict.fromkeys(each, WRITERS) | dict.fromkeys(once, 1))
    assert crowd.late == Counter(dict.fromkeys(once, WRITERS - 1))
    every_word_is_a_row(one)
    of_each_there_is_one(one)


def every_word_is_a_row(one: Panel) -> None:
    """Who was invited, what was replied and decided: each of the sixteen."""
    (health,) = Invitee.objects.filter(meeting=one.number, agency="health").values_list("pk", flat=True)
    assert set(InviteeWord.objects.filter(invitee=health).values_list("says", "request_id")) == {("invited", f"writer {n}") for n in range(WRITERS)}  # fmt: skip
    assert sorted(InviteeWord.objects.filter(invitee=one.police).exclude(text="").values_list("text", flat=True)) == sorted(f"Said by {n}" for n in range(WRITERS))  # fmt: skip
    assert sorted(Decision.objects.filter(what__startswith="Of ").values_list("what", flat=True)) == sorted(f"Of {n}" for n in range(WRITERS))  # fmt: skip
    for model, action in ((Decision, "minutes.decided"), (MinutesText, "minutes.written"), (Return, "round.returned")):  # fmt: skip
        assert AuditEvent.objects.filter(action=action).count() == model.objects.count()  # type: ignore[attr-defined]


def of_each_there_is_one(one: Panel) -> None:
    """One correction, one text, one return and one new day: the head is as that one says."""
    rows = (Decision.objects.filter(replaces=one.decided), MinutesText.objects.all(), Return.objects.all(), MeetingMove.objects.filter(move="changed"))  # fmt: skip
    assert [some.count() for some in rows] == [1, 1, 1, 1]
    head, moved = Meeting.objects.get(pk=one.number), MeetingMove.objects.get(move="changed")
    assert (head.version, head.starts_at) == (1, one.at + timedelta(days=int(moved.reason.split()[-1])))
