"""Who has a say in an agreed action, and what of what they say is refused?"""

from __future__ import annotations

from datetime import date

import pytest

from engage.casework.tasks.rules import (
    LONGEST,
    NewAction,
    Owner,
    Ties,
    Word,
    fault,
    fault_of_new,
    has_a_say,
    refusal,
)
from engage.vocabulary.access import Viewer


TIES = Ties(owner="dan", agency="police", agreed_by="mara", worker="bo")
TODAY = date(2026, 4, 7)


def viewer(user: str, agency: str = "health", role: str = "nurse") -> Viewer:
    return Viewer(user_id=user, name=user, agency=agency, role=role)


@pytest.mark.parametrize(
    ("who", "has"),
    [
        (viewer("dan"), True),
        (viewer("mara"), True),
        (viewer("bo"), True),
        (viewer("boss", "police", "team_manager"), True),
        (viewer("boss", "health", "team_manager"), False),
        (viewer("pc", "police", "detective"), False),
        (viewer(""), False),
    ],
)
def test_who_has_a_say(who, has):
    assert has_a_say(who, TIES) is has


def test_nobody_has_a_say_because_nobody_was_named():
    assert not has_a_say(viewer(""), Ties(owner="", agency="", agreed_by="mara"))
    assert not has_a_say(viewer("boss", "", "team_manager"), Ties(owner="", agency="", agreed_by="mara"))


@pytest.mark.parametrize(
    ("user", "state", "says", "may_chase", "refused"),
    [
        ("dan", "open", "done", False, ""),
        ("dan", "open", "forgotten", False, "Nobody can say"),
        ("dan", "open", "reopened", False, "open already"),
        ("dan", "done", "reopened", False, ""),
        ("dan", "done", "extended", False, "is done"),
        ("dan", "not_needed", "chased", True, "no longer needed"),
        ("eve", "open", "done", True, "This is for the owner"),
        ("eve", "open", "chased", True, ""),
        ("eve", "open", "chased", False, "does not chase"),
        ("dan", "open", "chased", False, ""),
        ("eve", "done", "reopened", True, "This is for the owner"),
    ],
)
def test_what_may_be_said_by_whom_and_when(user, state, says, may_chase, refused):
    said = refusal(viewer(user), TIES, state, says, may_chase=may_chase)
    assert refused in str(said) if refused else said is None


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        (Word("done", 1), ""),
        (Word("not_needed", 1, " "), "Say why"),
        (Word("not_needed", 1, "Moved away"), ""),
        (Word("done", 1, "x" * LONGEST), ""),
        (Word("done", 1, "x" * (LONGEST + 1)), "at most"),
        (Word("extended", 1, "Ill"), "still to come"),
        (Word("extended", 1, "Ill", TODAY), "still to come"),
        (Word("extended", 1, "Ill", date(2026, 4, 8)), ""),
        (Word("handed_over", 1, "Left"), "Name who"),
        (Word("handed_over", 1, "Left", owner=Owner("police", " ")), "Name who"),
        (Word("handed_over", 1, "Left", owner=Owner("police", "Eve Cop")), ""),
        (Word("handed_over", 1, "Left", owner=Owner("police", "", "eve")), ""),
    ],
)
def test_what_is_missing_in_what_is_said(word, wrong):
    assert wrong in str(fault(word, TODAY)) if wrong else fault(word, TODAY) is None


@pytest.mark.parametrize(
    ("what", "name", "due_on", "wrong"),
    [
        ("Visit her", "Eve Cop", TODAY, ""),
        (" ", "Eve Cop", TODAY, "Say what"),
        ("x" * (LONGEST + 1), "Eve Cop", TODAY, "at most"),
        ("Visit her", "", TODAY, "Name who"),
        ("Visit her", "Eve Cop", date(2026, 4, 6), "still to come"),
    ],
)
def test_what_is_missing_in_a_new_action(what, name, due_on, wrong):
    found = fault_of_new(NewAction(what, Owner("police", name), due_on), TODAY)
    assert wrong in str(found) if wrong else found is None
