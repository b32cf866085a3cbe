"""A case from referral to closure and beyond, through the doors: what is kept, what is refused and why, and who sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from engage.casework.cases import actions, writing
from engage.casework.cases.actions import (
    About,
    AnswersWrong,
    CaseNotShown,
    MovedOn,
    MoveRefused,
    Moving,
    Written,
)
from engage.casework.cases.models import Case, CaseEntry, CaseMove, CasePart, Told
from engage.casework.cases.writing import Opening
from engage.casework.forms.reading import form_of
from engage.casework.lifecycles.states import lifecycles
from engage.governance import audit
from engage.governance.models import AuditEvent, DeclaredRelationship
from tests.integration.casework.conftest import REFERRAL, Office


pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_referral_opens_a_case_and_tells_the_clocks(office: Office) -> None:
    number = office.refers()
    case = Case.objects.get()
    assert (case.seq, case.kind, case.subject, case.state, case.version, case.agency) == (number, "child", "ANA", "referred", 0, "childrens_services")  # fmt: skip
    assert list(Told.objects.values_list("event", "by")) == [("referral.received", "entry")]
    shown = office.sees(number)
    assert shown.name == "Ana Petal"
    assert [(one.form, one.answers["worry"]) for one in shown.entries] == [("referral", "A man in a car has collected her twice.")]  # type: ignore[index]  # fmt: skip


def test_a_referral_without_what_is_needed_is_refused_question_by_question(office: Office) -> None:
    with pytest.raises(AnswersWrong) as refused:
        office.refers(worry=" ", safe_tonight="perhaps")
    assert sorted(refused.value.faults) == ["safe_tonight", "worry"]
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("role", "agency", "code", "says"),
    [
        ("nurse", "health", "accept", "is for"),
        ("social_worker", "police", "accept", "is for workers of"),
        ("team_manager", "childrens_services", "close", "cannot follow on"),
        ("team_manager", "childrens_services", "strategy_held", "record of the meeting"),
    ],
)
def test_who_may_and_when_are_said_by_the_table_of_moves(
    office: Office, role: str, agency: str, code: str, says: str
) -> None:
    number = office.refers()
    actions.take_part(viewing=office.as_(), **office.where, number=number, agency=agency)
    with pytest.raises(MoveRefused, match=says):
        office.moves(number, code, office.as_(role, agency))
    assert Case.objects.get().state == "referred"
    assert AuditEvent.objects.filter(action="case.move_refused", subject=f"case {number}").count() == 1


def accepted(office: Office) -> int:
    number = office.refers()
    office.moves(number, "accept", office.as_(), **ACCEPTED)
    return number


ACCEPTED = {"why": "A man collects her.", "safe_tonight": "yes"}
TOLD = {"how": "phone"}


def test_whoever_comes_second_is_told_who_was_first_and_nothing_is_lost(office: Office) -> None:
    number = office.refers()
    office.moves(number, "acknowledge", office.as_(), **TOLD)
    late = Moving(number, "accept", 0, Written("acceptance", ACCEPTED))
    with pytest.raises(MovedOn, match="Social Worker moved this case"):
        actions.move(viewing=office.as_("team_manager"), **office.where, moving=late)
    assert [row.move for row in CaseMove.objects.order_by("number")] == ["opened", "acknowledge"]
    assert Case.objects.get().state == "acknowledged"


def test_a_correction_stays_beside_what_it_corrects_and_only_one_is_taken(office: Office) -> None:
    number = office.refers()
    entry = office.writes(number, "note", title="Seen", text="She was at 3 Weir Lane.")
    right = Written("note", {"title": "Seen", "text": "She was at 8 Weir Lane."}, replaces=entry)
    actions.write(viewing=office.as_(), **office.where, number=number, written=right)
    with pytest.raises(MovedOn, match="corrected this entry"):
        actions.write(viewing=office.as_(), **office.where, number=number, written=right)
    shown = {one.number: one for one in office.sees(number).entries}
    assert shown[entry].replaced_by in shown
    assert shown[entry].answers == {"title": "Seen", "text": "She was at 3 Weir Lane."}
    with pytest.raises(MoveRefused, match="on the form that it corrects"):
        office.corrects(number, shown[entry].replaced_by or 0, "referral", **REFERRAL)


def test_others_learn_that_there_is_a_case_and_whom_to_ask_and_no_more(office: Office) -> None:
    number = office.refers()
    office.writes(number, "note", title="Seen", text="She was at 3 Weir Lane.")
    shown = office.sees(number, office.as_("education_lead", "education"))
    assert not shown.takes_part
    assert all(one.answers is None for one in shown.entries)
    assert shown.choices == ()
    assert shown.runs == ()
    assert "Weir" not in repr(shown)
    with pytest.raises(CaseNotShown):
        office.writes(number, "note", office.as_("education_lead", "education"), title="I", text="May I?")
    actions.take_part(viewing=office.as_(), **office.where, number=number, agency="education")
    assert office.sees(number, office.as_("education_lead", "education")).takes_part
    actions.leave(viewing=office.as_(), **office.where, number=number, which=actions.Leaving("education"))
    assert not office.sees(number, office.as_("education_lead", "education")).takes_part


def test_whoever_declared_a_relationship_sees_no_such_case_and_no_count_of_it(office: Office) -> None:
    number, other = office.refers(), office.refers(about=About("child", "BEA"))
    mine = office.as_()
    DeclaredRelationship.objects.create(
        user=mine.viewer.user_id, kind="person", key="ANA", nature="My niece", agency="childrens_services", declared_by="x", declared_at=mine.at
    )  # fmt: skip
    with pytest.raises(CaseNotShown):
        office.sees(number, mine)
    assert ([one.number for one in office.lists(mine).heads], office.lists(mine).count) == ([other], 1)
    assert office.lists(office.as_("team_manager")).count == 2


def test_restricted_words_stay_with_the_agency_that_restricted_them(office: Office) -> None:
    number = office.refers()
    actions.take_part(viewing=office.as_(), **office.where, number=number, agency="police")
    guarded = Written("note", {"title": "Said", "text": "Her uncle works here."}, sensitivity="restricted")
    actions.write(viewing=office.as_(), **office.where, number=number, written=guarded)
    detective = office.as_("detective", "police")
    assert "uncle" not in repr(office.sees(number, detective))
    assert "uncle" in repr(office.sees(number))
    # Who cannot read it writes nothing over it, and nobody writes what they could not read again.
    (entry,) = (one.number for one in office.sees(number).entries if one.form == "note")
    instead = Written("note", {"title": "Said", "text": "Nothing."}, replaces=entry)
    with pytest.raises(CaseNotShown):
        actions.write(viewing=detective, **office.where, number=number, written=instead)
    special = replace(guarded, sensitivity="health-specialist")
    with pytest.raises(MoveRefused, match="could not read this again"):
        actions.write(viewing=detective, **office.where, number=number, written=special)
    assert office.sees(number).entries[-1].number == entry


def test_nothing_is_kept_when_the_line_in_the_log_cannot_be_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.refers()

    def fails(**_row: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "_append", fails)
    with pytest.raises(audit.AuditNotWritten):
        actions.write(
            viewing=office.as_(),
            **office.where,
            number=number,
            written=Written("note", {"title": "Said", "text": "Lost?"}),
        )
    assert CaseEntry.objects.filter(form="note").count() == 0


def test_the_form_of_a_move_is_not_written_without_it_and_nothing_else_refers(office: Office) -> None:
    about = {"child": "ANA", "person_of_concern": "MAX"}
    for kind, life in lifecycles().items():
        opening = Opening(kind, about.get(kind, ""), "Mill Park", life.first.code, "childrens_services", (("childrens_services", "lead"),))  # fmt: skip
        number = writing.open_case(office.as_(), opening, form_of(office.world.area, "note"), Written("note"))
        for code in {move.form for move in life.moves if move.form}:
            # A team manager may fill in each; a correction goes another way (test_rights has one).
            with pytest.raises(MoveRefused, match=r"with a move of the case only|not written from here"):
                office.writes(number, code, office.as_("team_manager"))
            if code != life.referral:
                with pytest.raises(MoveRefused, match="does not belong here"):
                    actions.refer(viewing=office.as_("team_manager"), **office.where, about=About(kind, "", "Somebody"), written=Written(code))  # fmt: skip
        assert [one.form for one in office.sees(number).entries] == ["note"]


@pytest.mark.parametrize("model", [CaseMove, CaseEntry, CasePart, Told])
def test_the_database_refuses_to_change_or_delete_what_was_kept(office: Office, model: type) -> None:
    office.refers()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(agency="police")  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")  # type: ignore[attr-defined]


def test_the_head_changes_only_as_a_move_changes_it(office: Office) -> None:
    office.refers()
    for values in ({"kind": "place"}, {"version": 7}, {"opened_by": "nobody"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Case.objects.update(**values)


def opens_concern(office: Office, person: str) -> int:
    written = Written("referral_of_concern", {**CONCERN})
    about = About("person_of_concern", person)
    return actions.refer(
        viewing=office.as_("detective", "police"), **office.where, about=about, written=written
    )


CONCERN = {"person": "As named", "why": "He drives two girls.", "under_18": "no", "since": "2026-03-01", "danger_now": "no"}  # fmt: skip
ALLOCATED = {"lead": "police", "first": "Ask licensing today"}


def test_somebody_grown_up_is_taken_on_and_somebody_under_18_only_as_practice_asks(office: Office) -> None:
    worker = office.worker("detective", "police")
    for person, is_taken in (("MAX", True), ("TOM", False), ("CAL", False)):
        number = opens_concern(office, person)
        answers = {**ALLOCATED, "worker": worker}
        if is_taken:
            office.moves(number, "take_on", office.as_("detective", "police"), **answers)
            assert Case.objects.get(pk=number).worker == worker
        else:
            with pytest.raises(MoveRefused, match="under 18 at the time, or no birth is known"):
                office.moves(number, "take_on", office.as_("detective", "police"), **answers)


def test_closing_one_case_closes_no_other(office: Office) -> None:
    child, concern = office.refers(about=About("child", "TOM")), opens_concern(office, "TOM")
    assert [one.number for one in office.sees(child).others] == [concern]
    office.moves(concern, "close", office.as_("team_manager", "police"), **CLOSED_CONCERN)
    assert {row.seq: row.state for row in Case.objects.all()} == {
        child: "referred",
        concern: "closed",
    }


CLOSED_CONCERN = {
    "reason": "no_ground", "why": "Another man of the name", "lines_open": "no", "spoken": "yes", "children": "yes", "access": "no", "disagreed": "no",
    "contingency": "Ask the detective",
}  # fmt: skip


def test_a_case_of_somebody_not_yet_known_is_named_by_its_referral_until_somebody_says_who_it_is(
    office: Office,
) -> None:
    number = office.refers(about=About("child", "", "Ana, about 15"))
    assert office.sees(number).name == "Ana, about 15"
    actions.identify(viewing=office.as_(), **office.where, number=number, version=0, subject="ANA")
    assert office.sees(number).name == "Ana Petal"
    with pytest.raises(MoveRefused, match="known already"):
        actions.identify(viewing=office.as_(), **office.where, number=number, version=1, subject="BEA")


def test_a_list_is_read_by_state_and_worker(office: Office) -> None:
    first, second = office.refers(), office.refers(about=About("child", "BEA"))
    office.moves(first, "decline", **DECLINED)
    assert [one.number for one in office.lists().heads] == [second]
    assert [one.number for one in office.lists(state="ended").heads] == [first]
    assert [one.number for one in office.lists(state="", subject="ANA").heads] == [first]
    assert office.lists(kind="place").count == 0


DECLINED = {
    "reason": "already_known",
    "to_referrer": "Call again.",
    "told_how": "phone",
    "why": "Has a worker",
    "checked": ["record"],
    "safe_tonight": "yes",
    "again": "Anything new",
}


def test_a_second_referral_of_the_same_child_is_written_in_the_open_case_and_opens_again_one_that_ended(
    office: Office,
) -> None:
    school = office.as_("education_lead", "education")
    number = office.refers()
    assert office.refers(school, worry="Left at noon again.") == number
    assert office.sees(number, school).only_referred
    office.moves(number, "decline", **DECLINED)
    assert office.refers(school, worry="And today.") == number
    shown = office.sees(number)
    assert shown.head.state.code == "reopened"
    assert [move.move for move in shown.moves] == ["opened", "decline", "referred_again"]
    assert [one.answers["worry"] for one in shown.entries if one.form == "referral"][1:] == [
        "Left at noon again.",
        "And today.",
    ]  # type: ignore[index]


@pytest.mark.parametrize(
    ("form", "answers", "at_fault"),
    [
        ("visit", {"at": "2027-04-07T10:00", "seen": "yes", "alone": "yes", "said": "Well"}, "at"),
        (
            "statutory_step",
            {"step": "assessment_ended", "step_on": "2027-01-05", "source": "Letter"},
            "step_on",
        ),
    ],
)
def test_what_has_happened_does_not_lie_ahead(
    office: Office, form: str, answers: dict[str, str], at_fault: str
) -> None:
    number = office.refers()
    with pytest.raises(AnswersWrong) as refused:
        office.writes(number, form, **answers)
    assert str(refused.value.faults[at_fault]).endswith("is yet to come.")
    with pytest.raises(AnswersWrong) as refused:
        office.refers(about=About("child", "BEA"), came="phone", received="2027-04-06T10:00")
    assert set(refused.value.faults) == {"received"}


INTERVIEW = {
    "by_hand": "no", "returned": "2026-04-05T10:00", "offered": "yes", "offered_at": "2026-04-05T11:00", "offered_by": "By phone", "answer": "accepted", "answered_at": "2026-04-05T11:00",
    "held": "yes", "held_at": "2026-04-06T10:00", "held_by": "Lena", "carer": "no", "alone": "yes", "learned": "A flat", "harm": "no", "told": "no", "told_not_why": "Tomorrow",
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"carer": "yes"}, {"held_at": "2026-04-05T09:00"}, {"held_at": "2027-01-01"}]
)
def test_a_return_interview_by_the_page_of_the_case_keeps_the_rules_of_its_own_page(
    office: Office, wrong: dict[str, str]
) -> None:
    number = office.refers()
    with pytest.raises(AnswersWrong) as refused:
        office.writes(number, "return_interview", **{**INTERVIEW, **wrong})
    assert set(refused.value.faults) == set(wrong)
    with pytest.raises(AnswersWrong):
        actions.write_about(viewing=office.as_(), **office.where, person_id="ANA", written=Written("return_interview", {**INTERVIEW, **wrong}))  # fmt: skip
    office.writes(number, "return_interview", **INTERVIEW)
