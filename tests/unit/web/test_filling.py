"""Is a form of casework asked as its file says, are faults said at their question, and is what was answered read as what it is?"""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from engage.casework.forms.reading import load
from engage.casework.forms.rules import Band, Choice, Condition, Form, Kind, Question
from engage.web.filling.fields import People
from engage.web.filling.forms import form_for
from engage.web.filling.presenters import answers_rows
from engage.web.filling.widgets import joined, parted


PEOPLE = People((("mara", "Mara Quill"),), (("police", "Nowhere Police"),))
FORM = Form(
    "visit", "Visit", "", "", "1", date(2026, 1, 1),
    (
        Question("seen", "Was the child seen?", Kind.YES_NO, needed=True),
        Question("why_not", "Why not?", Kind.LONG_TEXT, hint="What was tried <b>first</b>", needed=True, shown_when=Condition("seen", frozenset({"no", "not_known"}))),
        Question("where", "Where?", Kind.CHOICE, choices=(Choice("home", "At home", 2), Choice("school", "At school", 3)), heading="The place"),
        Question("present", "Who was there?", Kind.CHOICES, choices=(Choice("parent", "A parent"), Choice("friend", "A friend"))),
        Question("on", "On which day?", Kind.DAY),
        Question("at", "When?", Kind.MOMENT),
        Question("worker", "Who?", Kind.WORKER),
        Question("agency", "Which agency?", Kind.AGENCY),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def served(settings, area):
    """The area whose own wordings are looked for besides."""
    settings.ENGAGE_AREA = str(area.folder)


# typed in the boxes              | kept
BOXES = [
    (["", "", ""], ""),
    (["7", "4", "2026"], "2026-04-07"),
    (["07", "04", "2026"], "2026-04-07"),
    (["31", "2", "2026"], "31 2 2026"),
    (["7", "4", "26"], "7 4 26"),
    (["7", "", "2026"], "7  2026"),
    (["", "", "", ""], ""),
    (["7", "4", "2026", ""], "2026-04-07"),
    (["7", "4", "2026", "21:30"], "2026-04-07T21:30"),
    (["7", "4", "2026", "9.05"], "2026-04-07T09:05"),
    (["7", "4", "2026", "2130"], "2026-04-07T21:30"),
    (["7", "4", "2026", "25:00"], "7 4 2026 25:00"),
    (["7", "4", "2026", "half past nine"], "7 4 2026 half past nine"),
    (["", "", "", "21:30"], "   21:30"),
]


@pytest.mark.parametrize(("typed", "kept"), BOXES)
def test_boxes_are_one_answer_and_show_again_what_was_typed(typed, kept):
    assert joined(typed) == kept
    if kept and not kept[:4].isdecimal():
        assert parted(kept)[: len(typed)] == typed


@pytest.mark.parametrize(
    ("kept", "boxes"),
    [
        ("2026-04-07", ["7", "4", "2026", ""]),
        ("2026-04-07T09:05", ["7", "4", "2026", "09:05"]),
        ("", ["", "", "", ""]),
    ],
)
def test_a_kept_answer_goes_back_into_its_boxes(kept, boxes):
    assert parted(kept) == boxes


def test_a_filled_form_gives_what_can_be_kept():
    data = {
        "seen": "yes", "why_not": "left over", "where": "home", "present": ["parent", "friend"], "on_0": "7", "on_1": "4", "on_2": "2026",
        "at_0": "7", "at_1": "4", "at_2": "2026", "at_3": "21:30", "worker": "mara", "agency": "police",
    }  # fmt: skip
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    form = form_for(FORM, sent, people=PEOPLE)
    assert form.is_valid(), form.errors
    assert form.answers == {
        "seen": "yes", "where": "home", "present": ["parent", "friend"], "on": "2026-04-07", "at": "2026-04-07T21:30", "worker": "mara", "agency": "police",
    }  # fmt: skip


# sent                                            | the question at fault, and what is said of it
FAULTS = [
    ({}, "seen", "Answer “Was the child seen?”."),
    ({"seen": "no"}, "why_not", "Answer “Why not?”."),
    ({"seen": "yes", "where": "moon"}, "where", "“moon” is none of the answers to choose from."),
    ({"seen": "yes", "on_0": "31", "on_1": "2", "on_2": "2026"}, "on", "“31 2 2026” is not a day"),
    ({"seen": "yes", "at_3": "21:30"}, "at", "is not a day with a time"),
    ({"seen": "yes", "worker": "nobody"}, "worker", "Choose somebody from the list."),
    ({"seen": "yes", "agency": "nobody"}, "agency", "Choose somebody from the list."),
]


@pytest.mark.parametrize(("sent", "question", "said"), FAULTS)
def test_a_fault_is_said_at_its_question_alone(sent, question, said):
    form = form_for(FORM, sent, people=PEOPLE)
    assert not form.is_valid()
    assert list(form.errors) == [question]
    assert said in form.errors[question][0]


def test_a_worker_who_left_stays_in_an_entry_that_is_corrected():
    form = form_for(FORM, {"seen": "yes", "worker": "gone"}, answers={"worker": "gone"}, people=PEOPLE)
    assert form.is_valid()
    assert form.answers["worker"] == "gone"
    assert 'value="gone" selected' in str(form["worker"])


def test_a_question_says_when_it_is_asked_and_carries_it_for_the_script():
    html = form_for(FORM, people=PEOPLE, prefix="a").as_div()
    assert "Only if you answered “No” or “Not known” to “Was the child seen?”." in html
    assert 'data-hangs-on="a-seen" data-answers="no not_known"' in html
    assert "<h2" in html
    assert "What was tried &lt;b&gt;first&lt;/b&gt;" in html
    assert "Where? (if known)" in html
    assert "Was the child seen? (if known)" not in html


def test_a_draft_stands_in_the_form_again():
    answers = {"seen": "no", "why_not": "Nobody was at home", "on": "2026-04-07", "at": "7 4 soon", "present": ["friend"]}  # fmt: skip
    html = form_for(FORM, answers=answers, people=PEOPLE).as_div()
    assert 'value="no" id="id_seen_1" checked' in html
    assert "Nobody was at home</textarea>" in html
    for box in ('name="on_0" type="text" inputmode="numeric" autocomplete="off" value="7"', 'name="at_2" type="text" inputmode="numeric" autocomplete="off" value="soon"'):  # fmt: skip
        assert box in html
    assert 'value="friend" id="id_present_1" checked' in html


def test_blaming_words_in_any_long_text_are_shown_and_may_stay():
    sent = {"seen": "no", "why_not": "She refuses to engage."}
    form = form_for(FORM, sent, people=PEOPLE)
    assert not form.is_valid()
    assert form.errors == {}
    assert "refuses to engage" in form.wording_rows[0].key
    assert form_for(FORM, {**sent, "keep_words": "yes"}, people=PEOPLE).is_valid()


def test_every_shipped_form_looks_at_all_its_long_texts():
    for shipped in load().values():
        long = {question.code for question in shipped.questions if question.kind is Kind.LONG_TEXT}
        assert set(form_for(shipped).free_text) == long


def _read(answers):
    return {
        row.key: [(cell.text, cell.is_known) for cell in row.values]
        for row in answers_rows(FORM, answers, PEOPLE)
    }


# answer | read as
READ = [
    ({"seen": "no"}, "Was the child seen?", [("No", True)]),
    ({"seen": "not_known"}, "Was the child seen?", [("Not known", False)]),
    ({"seen": "not_asked"}, "Was the child seen?", [("Not asked", False)]),
    ({}, "Was the child seen?", [("Not answered", False)]),
    ({"where": "school"}, "Where?", [("At school", True)]),
    ({"present": ["parent", "friend"]}, "Who was there?", [("A parent", True), ("A friend", True)]),
    ({"on": "2026-04-07"}, "On which day?", [("7 April 2026", True)]),
    ({"at": "2026-04-07T21:30"}, "When?", [("7 April 2026, 21:30", True)]),
    ({"at": "2026-04-07"}, "When?", [("7 April 2026", True)]),
    ({"worker": "mara"}, "Who?", [("Mara Quill", True)]),
    ({"worker": "gone"}, "Who?", [("gone", True)]),
    ({"agency": "police"}, "Which agency?", [("Nowhere Police", True)]),
    # An answer to a question that is asked no longer is not lost.
    ({"old": "As it was"}, "old (asked in an earlier version of this form)", [("As it was", True)]),
    ({"seen": "yes", "why_not": "As it was"}, "Why not?", [("As it was", True)]),
]


@pytest.mark.parametrize(("answers", "question", "read"), READ)
def test_answers_are_read_as_what_they_are(answers, question, read):
    assert _read(answers)[question] == read


def test_what_was_not_asked_is_not_shown_as_unanswered():
    assert "Why not?" not in _read({"seen": "yes"})
    assert _read({"seen": "no"})["Why not?"] == [("Not answered", False)]


def test_the_total_of_an_areas_form_stands_on_it_as_its_own():
    counting = Form("c", "C", "", "", "1", FORM.effective_on, FORM.questions, bands=(Band(0, "Category 1"), Band(3, "Category 2")), is_local=True)  # fmt: skip
    last = answers_rows(counting, {"where": "school"})[-1]
    assert (last.key, last.values[0].text) == ("Total of this form", "3: Category 2")
    assert "own sum" in last.values[1].text
    assert "Total of this form" not in _read({"where": "school"})
