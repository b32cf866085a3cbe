"""Do the shipped forms ask what practice asks, of whom it asks it, in words that blame nobody?"""

from __future__ import annotations

import shutil

import pytest
import yaml

from engage.casework.clocks import catalogue as clock_catalogue
from engage.casework.clocks.rules import Kind as ClockKind
from engage.casework.forms import agreement
from engage.casework.forms.checking import faults_together
from engage.casework.forms.counting import band, points
from engage.casework.forms.happening import may_lie_ahead
from engage.casework.forms.reading import SHIPPED, load
from engage.casework.forms.rules import Kind, check
from engage.casework.lifecycles.states import KINDS, lifecycles
from engage.picture.wording.noticing import noticed
from engage.picture.wording.vocabulary import load as wordings
from tests.house import tree


FORMS = load()
EVENTS = tree.ROOT / "engage" / "casework" / "clocks" / "events.yaml"
MOVES = [(kind, move) for kind, one in lifecycles().items() for move in one.moves]


def test_every_file_is_a_form_named_after_its_code():
    assert {file.stem for file in SHIPPED.glob("*.yaml")} == set(FORMS)


def test_forms_and_moves_fit_together():
    assert list(faults_together(FORMS)) == []


def test_a_move_and_its_form_tell_the_same_only_of_an_allocation_which_the_form_alone_tells_then():
    """An area's own form may not tell of it, and then the move does (writing.py)."""
    twice = {
        one.event
        for _kind, move in MOVES
        if move.form
        for one in FORMS[move.form].tells
        if one.event in move.tells
    }
    assert twice == {"allocation"}


@pytest.mark.skipif(not EVENTS.is_file(), reason="the clocks' events are not there yet")
def test_what_forms_and_moves_tell_is_known_to_the_clocks():
    known = {row["code"] for row in yaml.safe_load(EVENTS.read_text(encoding="utf-8"))}
    told = {one.event for form in FORMS.values() for one in form.tells}
    told |= {event for _kind, move in MOVES for event in move.tells}
    assert told <= known


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_case_can_be_begun_noted_and_closed(kind):
    begun = {
        "child": "referral",
        "person_of_concern": "referral_of_concern",
        "place": "referral_of_place",
        "peer_group": "referral_of_group",
    }[kind]
    closing = next(move.form for one, move in MOVES if one == kind and move.code == "close")
    assert all(kind in FORMS[code].of for code in (begun, "note", "supervision", closing))


def test_the_products_own_words_blame_no_child():
    known = wordings()
    blaming = [
        (form.code, text, one.words)
        for form in FORMS.values()
        for question in form.questions
        for text in (form.title, form.means, question.label, question.hint, question.heading, *(c.title for c in question.choices))
        for one in noticed(text, known)
    ]  # fmt: skip
    assert blaming == []


def test_no_shipped_form_counts_points():
    assert not [form.code for form in FORMS.values() if form.bands or any(c.points for q in form.questions for c in q.choices)]  # fmt: skip


# form              | answers                                   | must be answered besides
MUST = [
    ("closure", {"lines_open": "yes"}, {"lines_which"}),
    ("closure", {"account": "no"}, {"account_why"}),
    ("closure", {"account": "not_known"}, {"account_why"}),
    ("closure", {"suspects": "not_asked"}, {"suspects_why"}),
    ("closure", {"disagreed": "yes"}, {"disagreed_who"}),
    ("closure", {}, {"lines_open", "account", "suspects", "disagreed", "child_view", "parents_view", "worker_view", "contingency"}),
    ("declining", {}, {"reason", "to_referrer", "why", "again"}),
    ("declining", {"reason": "other_area"}, {"passed_to"}),
    ("declining", {"safe_tonight": "not_known"}, {"tonight"}),
    ("closure_of_place", {"lines_open": "not_asked"}, {"lines_which"}),
    ("young_person_of_concern", {"nrm": "no", "section_45": "not_asked"}, {"nrm_why", "section_45_why"}),
    ("return_interview", {"offered": "yes", "answer": "refused"}, {"refused_by", "offer_learned", "answered_at"}),
    ("return_interview", {"offered": "yes", "answer": "accepted", "held": "yes"}, {"held_at", "held_by", "learned", "harm", "told"}),
    ("return_interview", {"offered": "yes", "answer": "accepted", "held": "yes", "harm": "yes"}, {"harm_done"}),
    ("return_interview", {"by_hand": "no"}, {"returned"}),
    ("young_person_of_concern", {}, {"agreed", "agreed_by", "nrm", "section_45", "worker"}),
    ("young_person_of_concern", {"nrm": "yes", "section_45": "yes"}, {"nrm_outcome", "section_45_outcome"}),
    ("disruption_measure", {}, {"tactic", "target_kind", "authoriser", "necessity", "victim_view", "from_on"}),
    ("strategy_record", {"others_named": "yes"}, {"others"}),
    ("strategy_record", {"section_47": "yes"}, {"agencies"}),
    ("visit", {"where": "home", "seen": "yes"}, {"alone"}),
    ("visit", {"where": "home", "seen": "no"}, {"not_seen_why"}),
    ("visit", {"where": "home", "seen": "yes", "alone": "not_known"}, {"alone_why"}),
    ("visit", {"where": "online"}, {"spoke"}),
    ("return_interview", {"offered": "yes", "answer": "accepted", "held": "no"}, {"held_not"}),
    ("assessment", {}, {"harm", "exposure", "vulnerability", "protective", "level", "chosen_by", "reasons", "change_mind"}),
    ("handed_over", {}, {"agreed_by", "agreed_on"}),
    ("reopening", {}, {"differs"}),
    ("acceptance", {"safe_tonight": "not_known"}, {"tonight"}),
    ("police_step", {"step": "charge"}, {"told"}),
    ("nrm_referral", {"refer": "yes"}, {"decided_where"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "answers", "needed"), MUST)
def test_what_practice_asks_must_be_answered(code, answers, needed):
    assert needed <= set(check(FORMS[code], answers).faults)


def test_who_is_referred_and_who_answers_may_both_not_know():
    """Where "not known" and "no" differ for a child's safety the question has both answers."""
    asked = {
        "referral": ("safe_tonight", "parents_know", "ask_parents"),
        "visit": ("seen", "alone"),
        "closure": ("lines_open", "account", "suspects"),
        "return_interview": ("harm",),
        "young_person_of_concern": ("nrm", "section_45"),
    }
    kinds = {FORMS[code].question(one).kind for code, some in asked.items() for one in some}
    assert kinds == {Kind.YES_NO}


# agreed | NRM considered | section 45 considered | goes on
AGREED = [
    ("yes", "yes", "yes", True),
    ("no", "yes", "yes", False),
    ("yes", "no", "yes", False),
    ("yes", "not_known", "yes", False),
    ("yes", "yes", "not_asked", False),
    ("yes", "yes", None, False),
]


@pytest.mark.parametrize(("agreed", "nrm", "section_45", "goes_on"), AGREED)
def test_a_child_is_a_person_of_concern_only_where_all_was_agreed_and_considered(agreed, nrm, section_45, goes_on):  # fmt: skip
    answers = {
        "agreed": agreed,
        "nrm": nrm,
        "worker": "mara",
        **({"section_45": section_45} if section_45 else {}),
    }
    assert agreement.lets_go_on(answers) is goes_on
    assert not agreement.lets_go_on({**answers, "worker": ""})
    asked = {question.code for question in FORMS[agreement.FORM].questions}
    assert set(answers) <= asked


def test_what_parents_say_and_danger_from_them_stand_apart():
    view = {question.code for question in FORMS["parents_view"].questions}
    assert not view & {question.code for question in FORMS["risk_from_parent"].questions} - {"who"}
    assert "parent_liaison" not in FORMS["risk_from_parent"].who


def test_moving_a_child_is_no_measure():
    titles = [choice.title.lower() for choice in FORMS["disruption_measure"].question("tactic").choices]
    assert not [title for title in titles if "child" in title and "mov" in title]


@pytest.fixture
def area_forms(tmp_path):
    for file in (tree.ROOT / "examples" / "forms").glob("*.yaml"):
        shutil.copy(file, tmp_path)
    return load(tmp_path)


# vulnerabilities | moderate | significant            | total | category
SERAF = [
    (0, 0, {}, 0, "Category 1"),
    (5, 0, {}, 5, "Category 1"),
    (5, 1, {}, 6, "Category 2"),
    (0, 0, {"s1": "now", "s2": "now"}, 10, "Category 2"),
    (0, 0, {"s1": "both", "s2": "now"}, 11, "Category 3"),
    (4, 0, {"s1": "both", "s2": "now"}, 15, "Category 3"),
    (4, 1, {"s1": "both", "s2": "now", "s3": "none"}, 16, "Category 4"),
    (0, 0, {"s1": "before"}, 1, "Category 1"),
]


@pytest.mark.parametrize(("vulnerabilities", "moderate", "significant", "total", "called"), SERAF)
def test_the_example_counts_as_published_guidance_does(area_forms, vulnerabilities, moderate, significant, total, called):  # fmt: skip
    form = area_forms["seraf"]
    answers = {
        "vulnerabilities": [f"v{n + 1}" for n in range(vulnerabilities)],
        "moderate": [f"m{n + 1}" for n in range(moderate)],
        **significant,
    }
    assert (points(form, answers), band(form, answers)) == (total, called)


def test_the_checklist_has_no_sum_and_the_example_town_has_the_other(area_forms):
    assert points(area_forms["domains"], {"health": "yes"}) is None
    town = tree.ROOT / "engage" / "example" / "areas" / "ashdown" / "forms" / "seraf.yaml"
    assert town.read_text(encoding="utf-8") == (tree.ROOT / "examples" / "forms" / "seraf.yaml").read_text(encoding="utf-8")  # fmt: skip


def test_only_what_is_yet_to_be_done_may_lie_ahead():
    """Every other day and moment of the shipped forms says when something happened."""
    ahead = {
        f"{form.code}.{question.code}"
        for form in FORMS.values()
        for question in form.questions
        if may_lie_ahead(form, question)
    }
    assert {one for one in ahead if not one.endswith((".review_on", ".until_on"))} == {
        "goal.by_on", "strategy_decision.hold_by", "stepping_down.stays_until", "disruption_measure.from_on", "safety_plan.from_on", "supervision.next_on",
    }  # fmt: skip
    days = {f"{form.code}.{q.code}" for form in FORMS.values() for q in form.questions if q.kind in (Kind.DAY, Kind.MOMENT)}  # fmt: skip
    assert {one for one in days if one.endswith((".review_on", ".until_on"))} <= ahead


def test_what_a_time_limit_counts_backwards_from_can_be_told_while_it_lies_ahead():
    planned = {event for versions in clock_catalogue.load().clocks.values() for one in versions if one.kind is ClockKind.BEFORE for event in one.starts}  # fmt: skip
    told = [(form, one) for form in FORMS.values() for one in form.tells if one.event in planned and one.at]
    assert "conference.review_planned" in {one.event for _form, one in told}
    for form, one in told:
        answers = {one.when.question: next(iter(one.when.answers))} if one.when else {}
        assert may_lie_ahead(form, form.question(one.at), answers), f"{form.code}: {one.event}"
