"""Who may agree an action, say what became of it, and see it; and is nothing lost when many write at once?"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, connections

from engage.casework.agreed import actions, queries
from engage.casework.agreed.queries import Asked
from engage.casework.cases.actions import MovedOn, MoveRefused
from engage.casework.cases.parts import parts_of
from engage.casework.tasks.models import ActionWord, AgreedAction
from engage.casework.tasks.rules import ActionNotShown, ActionRefused, Owner
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from tests.integration.agreed.conftest import TODAY


pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.postgresql]
LATE = TODAY - timedelta(days=10)


def shown(office, by, asked=None, **more):
    asked = asked or Asked(**more)
    return queries.actions(viewing=office.at(by), build=office.build, asked=asked)


def whats(found):
    return [one.what for one in found.actions]


def made_late(number):
    """The clock cannot be moved back: a day that is over is written by a word that extends it to a day before today."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update tasks_agreedaction set due_on = %s, version = version + 1 where seq = %s", [LATE, number]
        )


def test_agreeing_brings_the_agency_into_the_case_and_tells_the_log(office):
    case = office.case()
    assert "health" not in {part.agency for part in parts_of([case])[case]}

    number = office.agree("mara", "Offer a health assessment", case=case, to="nia")

    assert ("health", "action") in {(part.agency, part.part) for part in parts_of([case])[case]}
    row = AgreedAction.objects.get(pk=number)
    assert (row.agency, row.owner, row.owner_name, row.made_by) == ("health", "nia", "Nia Quill", "mara")
    said = AuditEvent.objects.get(action="action.agreed")
    assert said.subject == f"action {number},case {case},ANA"
    assert whats(shown(office, "nia")) == ["Offer a health assessment"]
    office.say("nia", number, "done", reason="Done.")
    assert AuditEvent.objects.get(action="action.done").subject == f"action {number},case {case},ANA"


def test_many_are_agreed_or_none(office):
    case = office.case()
    good = actions.NewAction("Ring the school", Owner("education", "The lead"), TODAY, case=case)
    with pytest.raises(ActionRefused, match="Say what is to be done"):
        actions.agree(viewing=office.at("mara"), build=office.build, area=office.area, new=[good, replace(good, what=" ")])  # fmt: skip
    assert not AgreedAction.objects.exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("nia", True),  # owns it
        ("idris", True),  # agreed it
        ("mara", True),  # has the case
        ("bo", False),  # a manager, of another agency than the owner's
        ("cass", None),  # takes no part: for them it is not there
        ("gov", None),
    ],
)
def test_whose_word_counts(office, who, may):
    case = office.allocated("mara")
    # The police take part by having an action of their own.
    office.agree("mara", "Look for the car", case=case, to="idris")
    number = office.agree("idris", "Offer a health assessment", case=case, to="nia")
    if may:
        office.say(who, number, "done")
        assert AgreedAction.objects.get(pk=number).state == "done"
        return
    with pytest.raises(ActionNotShown if may is None else ActionRefused):
        office.say(who, number, "done")
    assert AgreedAction.objects.get(pk=number).state == "open"
    last = AuditEvent.objects.latest("id")
    assert (last.actor, last.decision) == (who, "nothing")


def test_a_manager_of_the_owners_agency_may_say_so(office):
    case = office.case()
    number = office.agree("mara", "Look for the car", case=case, to="idris")
    office.say("dana", number, "handed_over", reason="Idris is away.", owner=Owner("police", "", "dana"))
    row = AgreedAction.objects.get(pk=number)
    assert (row.owner, row.owner_name, row.version) == ("dana", "Dana Quill", 1)


@pytest.mark.parametrize(
    ("says", "more", "sentence"),
    [
        ("not_needed", {}, "Say why"),
        ("extended", {"reason": "She is away."}, "still to come"),
        ("extended", {"reason": "She is away.", "due_on": date(2026, 4, 7)}, "still to come"),
        ("handed_over", {"reason": "She is away."}, "Name who does it"),
        ("reopened", {"reason": "Not done."}, "open already"),
        ("eaten", {}, "Nobody can say"),
    ],
)
def test_what_a_word_needs(office, says, more, sentence):
    number = office.agree("mara", "Ring the school", to="mara")
    with pytest.raises(ActionRefused, match=sentence):
        office.say("mara", number, says, **more)
    assert not ActionWord.objects.exists()


def test_a_course_of_words_is_kept_in_order(office):
    number = office.agree("mara", "Ring the school", to="mara")
    office.say("mara", number, "extended", reason="She is away.", due_on=date(2026, 4, 20))
    office.say("mara", number, "done")
    with pytest.raises(ActionRefused, match="is done"):
        office.say("mara", number, "chased")
    office.say("mara", number, "reopened", reason="It was the wrong school.")
    found = queries.action(viewing=office.at("mara"), build=office.build, number=number)
    assert [(one.number, one.says) for one in found.words] == [
        (1, "extended"),
        (2, "done"),
        (3, "reopened"),
    ]
    assert (found.action.due_on, found.action.state) == (date(2026, 4, 20), "open")


def test_an_open_action_keeps_a_case_open_and_a_closed_case_takes_none(office):
    case = office.allocated()
    number = office.agree("mara", "Ring the school", case=case, to="mara")
    with pytest.raises(MoveRefused, match="Actions are still open"):
        office.move(case, "bo", "close", 2)
    office.say("mara", number, "done")
    # What the form of closing asks is another's matter here: the head is moved as the move would.
    with connection.cursor() as cursor:
        cursor.execute("update cases_case set state = 'closed', version = 3 where seq = %s", [case])
    with pytest.raises(ActionRefused, match="not open"):
        office.agree("mara", "One more", case=case, to="mara")
    with pytest.raises(ActionRefused, match="not open"):
        office.say("mara", number, "reopened", reason="Once more.")


def test_business_support_sees_who_and_when_and_not_what_and_chases(office):
    case = office.case()
    number = office.agree("mara", "Ask about the boyfriend", case=case, to="idris")
    found = shown(office, "bea")
    assert [(one.what, one.owner.name, one.due_on) for one in found.actions] == [(None, "Idris Quill", TODAY)]
    said = actions.chase_many(viewing=office.at("bea"), build=office.build, area=office.area, numbers=[number, 999], reason="Please answer")  # fmt: skip
    assert (said.chased, said.left) == (1, 1)
    one = queries.action(viewing=office.at("bea"), build=office.build, number=number)
    assert [(word.says, word.reason) for word in one.words] == [("chased", None)]
    with pytest.raises(ActionRefused):
        office.say("bea", number, "done")


def test_whoever_cannot_read_a_case_is_given_nothing_of_it_in_the_same_words(office):
    case = office.case()
    office.declare("nia")
    told = set()
    for somebody in ("nia", "bea", "nobody"):
        with pytest.raises(ActionRefused) as refused:
            office.agree("mara", "Write to them", case=case, to=somebody)
        told.add(str(refused.value))
    assert len(told) == 1


def test_others_learn_nothing_through_lists_counts_or_refusals(office):
    case = office.case()
    number = office.agree("mara", "Ask about the boyfriend", case=case, to="idris")
    alone = office.agree("mara", "Order leaflets", to="mara")
    nothing = office.at("cass")
    assert (shown(office, "cass").actions, shown(office, "cass").count) == ((), 0)
    refused = set()
    for asked in (number, alone, 999):
        with pytest.raises(ActionNotShown) as error:
            queries.action(viewing=nothing, build=office.build, number=asked)
        refused.add(str(error.value))
    assert len(refused) == 1
    # The police take part in the case, and not in what children's services do among themselves.
    assert whats(shown(office, "idris")) == ["Ask about the boyfriend"]
    # A relationship that was declared: the action is gone from the list, the count and its own page.
    office.declare("idris")
    assert (shown(office, "idris").actions, shown(office, "idris").count) == ((), 0)
    with pytest.raises(ActionNotShown):
        office.say("idris", number, "done")


def test_roles_that_agree_nothing_agree_nothing(office):
    with pytest.raises(MayNotDo):
        office.agree("gov", "Anything", to="mara")
    with pytest.raises(MayNotDo):
        actions.chase_many(viewing=office.at("gov"), build=office.build, area=office.area, numbers=[1])


def test_lists_by_person_agency_case_meeting_and_what_is_overdue(office):
    case = office.case()
    late = office.agree("mara", "late", case=case, to="idris")
    made_late(late)
    office.agree("mara", "of a meeting", case=case, meeting=7, to="mara")
    office.agree("mara", "mine", to="mara", due=date(2026, 4, 30))
    assert whats(shown(office, "mara", case=case)) == ["late", "of a meeting"]
    assert whats(shown(office, "mara", meeting=7)) == ["of a meeting"]
    assert whats(shown(office, "mara", agency="police")) == ["late"]
    assert whats(shown(office, "mara", state="overdue")) == ["late"]
    found = queries.mine(viewing=office.at("mara"), build=office.build, asked=Asked())
    assert whats(found) == ["of a meeting", "mine"]
    assert (shown(office, "mara").count, shown(office, "mara").overdue_count) == (3, 1)
    assert shown(office, "mara").names["ANA"].name == "Ana Petal"


def test_pages_of_fifty_and_no_more_queries_for_more_rows(office, django_assert_max_num_queries):
    case = office.case()
    office.agree("mara", "action 0", case=case, to="mara")

    def count():
        with connection.execute_wrapper(lambda run, *a: (asked.append(1), run(*a))[1]):
            asked = []
            shown(office, "mara")
            return len(asked)

    one = count()
    for number in range(1, 55):
        office.agree("mara", f"action {number}", case=case, to="mara")
    assert count() == one
    first, second = shown(office, "mara"), shown(office, "mara", page=2)
    assert (len(first.actions), len(second.actions), first.page_count) == (50, 5, 2)
    assert whats(shown(office, "mara", page=99)) == whats(second)


@pytest.mark.parametrize("statement", ["update {t} set {c} = 'x'", "delete from {t}"])
@pytest.mark.parametrize(
    ("table", "column"), [("tasks_agreedaction", "what"), ("tasks_actionword", "reason")]
)
def test_the_database_keeps_what_was_agreed_and_said(office, table, column, statement):
    number = office.agree("mara", "Ring the school", to="mara")
    office.say("mara", number, "chased")
    with pytest.raises(DatabaseError, match="is kept"), connection.cursor() as cursor:
        cursor.execute(statement.format(t=table, c=column))


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_who_write_at_once_one_is_kept_and_fifteen_are_told(office):
    number = office.agree("mara", "Ring the school", to="mara")
    build, start, told = office.build, threading.Barrier(16), []

    def say(writer):
        word = actions.Word("extended", 0, f"writer {writer}", date(2026, 5, 1) + timedelta(days=writer))
        try:
            start.wait(timeout=30)
            actions.say(viewing=office.at("mara"), build=build, area=office.area, number=number, word=word)
            told.append("kept")
        except MovedOn:
            told.append("moved on")
        except Exception as fault:
            told.append(repr(fault))
        finally:
            connections.close_all()

    writers = [threading.Thread(target=say, args=(one,)) for one in range(16)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(told) == ["kept", *["moved on"] * 15]
    row, word = AgreedAction.objects.get(), ActionWord.objects.get()
    assert (row.version, row.due_on) == (1, word.due_on)


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_who_chase_at_once_every_word_is_kept_in_order(office):
    number = office.agree("mara", "Ring the school", to="mara")
    build, start, faults = office.build, threading.Barrier(16), []

    def chase(_writer):
        try:
            start.wait(timeout=30)
            while True:
                version = AgreedAction.objects.get(pk=number).version
                try:
                    actions.say(
                        viewing=office.at("mara"), build=build, area=office.area, number=number, word=actions.Word("chased", version)
                    )  # fmt: skip
                except MovedOn:
                    continue
                break
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connections.close_all()

    writers = [threading.Thread(target=chase, args=(one,)) for one in range(16)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    numbers = list(ActionWord.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 17))
    assert AgreedAction.objects.get().version == 16
