"""Which answers can be kept? Drawn as tables: what was filled in, what is kept of it, and which questions are at fault."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engage.casework.forms.counting import band, points
from engage.casework.forms.happening import faults
from engage.casework.forms.rules import (
    Band,
    Choice,
    Condition,
    Form,
    Kind,
    Question,
    Tells,
    check,
    moment_of,
)


def _if(question: str, *answers: str) -> Condition:
    return Condition(question, frozenset(answers))


FORM = Form(
    "visit", "Visit", "", "", "1", date(2026, 1, 1),
    (
        Question("seen", "Was the child seen?", Kind.YES_NO, needed=True),
        Question("alone", "Alone?", Kind.YES_NO, needed=True, shown_when=_if("seen", "yes")),
        Question("alone_why", "Why not alone?", Kind.LONG_TEXT, needed=True, shown_when=_if("alone", "no", "not_known")),
        Question("where", "Where?", Kind.CHOICE, choices=(Choice("home", "At home", 1), Choice("school", "At school", 5))),
        Question("present", "Who was there?", Kind.CHOICES, choices=(Choice("parent", "A parent", 1), Choice("friend", "A friend", 2)), needed_when=(_if("where", "home"), _if("seen", "no"))),
        Question("on", "On which day?", Kind.DAY),
        Question("at", "When?", Kind.MOMENT),
        Question("minutes", "How long?", Kind.NUMBER),
        Question("title", "In one line", Kind.TEXT),
    ),
)  # fmt: skip


# filled in                                        | kept besides seen                    | at fault
ASKED = [
    ({}, {}, {"seen"}),
    ({"seen": ""}, {}, {"seen"}),
    ({"seen": "maybe"}, {}, {"seen"}),
    ({"seen": "not_known"}, {}, set()),
    ({"seen": "not_asked"}, {}, set()),
    ({"seen": "yes"}, {}, {"alone"}),
    ({"seen": "yes", "alone": "yes"}, {"alone": "yes"}, set()),
    ({"seen": "yes", "alone": "no"}, {"alone": "no"}, {"alone_why"}),
    ({"seen": "yes", "alone": "not_known"}, {"alone": "not_known"}, {"alone_why"}),
    ({"seen": "yes", "alone": "no", "alone_why": "  "}, {"alone": "no"}, {"alone_why"}),
    ({"seen": "yes", "alone": "no", "alone_why": " A carer stayed. "}, {"alone": "no", "alone_why": "A carer stayed."}, set()),
    # What hangs on a question that is itself not asked is not asked either, whatever came with the page.
    ({"seen": "not_known", "alone": "no", "alone_why": "An answer from before"}, {}, set()),
    ({"seen": "not_known", "where": "home"}, {"where": "home"}, {"present"}),
    ({"seen": "not_known", "where": "home", "present": ["parent"]}, {"where": "home", "present": ["parent"]}, set()),
    ({"seen": "no"}, {}, {"present"}),
    ({"seen": "no", "present": ["friend", "friend", ""]}, {"present": ["friend"]}, set()),
    ({"seen": "no", "present": ["friend", "nobody"]}, {"present": ["friend", "nobody"]}, {"present"}),
    ({"seen": "not_known", "not_a_question": "x"}, {}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("filled", "kept", "at_fault"), ASKED)
def test_what_is_asked_and_needed(filled, kept, at_fault):
    checked = check(FORM, filled)
    assert {code: answer for code, answer in checked.answers.items() if code != "seen"} == kept
    assert set(checked.faults) == at_fault


# question | written             | can be kept
WRITTEN = [
    ("on", "2026-02-28", True),
    ("on", "2026-02-29", False),
    ("on", "28 2 2026", False),
    ("at", "2026-04-07T21:30", True),
    ("at", "2026-04-07", True),
    ("at", "2026-04-07T25:00", False),
    ("at", "7 4 2026 half past nine", False),
    # At one in the morning of this day the clocks went from one to two.
    ("at", "2026-03-29T01:30", False),
    ("at", "2026-03-29T02:00", True),
    ("at", "2026-10-25T01:30", True),
    ("at", "2026-04-07T21:30+01:00", False),
    ("minutes", "45", True),
    ("minutes", "0", True),
    ("minutes", "-1", False),
    ("minutes", "4.5", False),
    ("minutes", "about ten", False),
    ("title", "x" * 300, True),
    ("title", "x" * 301, False),
]


@pytest.mark.parametrize(("question", "written", "can_be_kept"), WRITTEN)
def test_what_can_be_read(question, written, can_be_kept):
    checked = check(FORM, {"seen": "not_known", question: written})
    assert (question not in checked.faults) is can_be_kept
    assert checked.answers[question] == written


def test_a_fault_names_what_was_written_and_how_to_write_it():
    assert str(check(FORM, {"seen": "not_known", "on": "31 2 2026"}).faults["on"]) == (
        "“31 2 2026” is not a day: write it as 7 4 2026."
    )


@pytest.mark.parametrize(
    ("answer", "at"),
    [
        ("2026-04-07T21:30", datetime(2026, 4, 7, 20, 30, tzinfo=UTC)),
        ("2026-01-07T21:30", datetime(2026, 1, 7, 21, 30, tzinfo=UTC)),
        # A day alone is no moment: nobody said an hour.
        ("2026-04-07", None),
    ],
)
def test_moments_are_read_by_the_clock_on_the_wall(answer, at):
    assert moment_of(answer) == at


COUNTING = Form(FORM.code, "", "", "", "1", FORM.effective_on, FORM.questions, bands=(Band(0, "A"), Band(6, "B"), Band(8, "C")), is_local=True)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "total", "called"),
    [
        ({}, 0, "A"),
        ({"where": "school"}, 5, "A"),
        ({"where": "school", "present": ["parent"]}, 6, "B"),
        ({"where": "school", "present": ["parent", "friend"]}, 8, "C"),
        ({"where": "gone"}, 0, "A"),
    ],
)
def test_a_form_that_counts_points_sums_its_own(answers, total, called):
    assert (points(COUNTING, answers), band(COUNTING, answers)) == (total, called)
    assert (points(FORM, answers), band(FORM, answers)) == (None, "")


HAPPENED = Form(
    "step", "Step", "", "", "1", date(2026, 1, 1),
    (
        Question("began", "When did it begin?", Kind.MOMENT),
        Question("ended", "When did it end?", Kind.MOMENT, not_before="began"),
        Question("on", "On which day?", Kind.DAY),
        Question("by_on", "By which day?", Kind.DAY, is_ahead=True),
        Question("step", "Which step?", Kind.TEXT),
        Question("step_on", "On which day?", Kind.DAY, ahead_when=Condition("step", frozenset({"planned"}))),
        Question("until_on", "Until which day?", Kind.DAY),
        Question("review_on", "When is it looked at again?", Kind.DAY),
        Question("held_by", "By whom?", Kind.YES_NO, never={"yes": "Somebody else."}),
    ),
    tells=(Tells("order.began", until="until_on"),), review="review_on",
)  # fmt: skip
# It is half past noon by the clock in London, on 7 April 2026.
NOON = datetime(2026, 4, 7, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "at_fault"),
    [
        ({"on": "2026-04-07", "began": "2026-04-07T12:30"}, ""),
        ({"on": "2026-04-08"}, "on"),
        ({"began": "2026-04-07T12:31"}, "began"),
        ({"began": "2026-04-08"}, "began"),
        # The hour is not known: it may have been this morning.
        ({"began": "2026-04-07"}, ""),
        ({"by_on": "2026-05-01", "until_on": "2027-04-06", "review_on": "2026-05-01"}, ""),
        ({"began": "2026-04-06T10:00", "ended": "2026-04-06T09:59"}, "ended"),
        ({"began": "2026-04-06T10:00", "ended": "2026-04-06"}, ""),
        ({"began": "2026-04-06T10:00", "ended": "2026-04-05"}, "ended"),
        ({"ended": "2026-04-05"}, ""),
        ({"held_by": "yes"}, "held_by"),
        ({"held_by": "no"}, ""),
        ({"step": "planned", "step_on": "2026-05-01"}, ""),
        ({"step": "held", "step_on": "2026-05-01"}, "step_on"),
        ({"step_on": "2026-05-01"}, "step_on"),
    ],
)
def test_what_has_happened_lies_behind_and_what_is_to_come_may_lie_ahead(given, at_fault):
    assert set(faults(HAPPENED, given, NOON)) == ({at_fault} if at_fault else set())
