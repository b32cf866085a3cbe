"""Saying whom a case is about is undone by a further row, also where it went into another case: what is kept stays, and what followed from it is as before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from engage.casework.agreed import actions as agreed
from engage.casework.cases import actions
from engage.casework.cases.actions import About, CaseNotShown, MovedOn, MoveRefused, Written
from engage.casework.cases.models import Case, CaseEntry, CasePart, ClockDue, Told
from engage.casework.cases.referred import APART, waiting
from engage.casework.cases.seeing import Desk
from engage.casework.meetings.inviting import is_barred
from engage.casework.meetings.seeing import MeetingDesk
from engage.casework.referrals import actions as referrals
from engage.casework.referrals import queries as mine
from engage.casework.tasks.rules import NewAction, Owner, Word
from engage.governance.models import AuditEvent, DeclaredRelationship
from engage.governance.queries import MayNotDo
from engage.picture.seeing import sight
from engage.vocabulary.access import Viewing
from tests.integration.casework.conftest import REFERRAL, Office


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SignIn = Callable[..., Client]
WHY = {"why": "The birthday was a sister's.", "called": "A girl in the park"}
ACCEPTED = {"why": "A man collects her.", "safe_tonight": "yes"}
DECLINED = {
    "reason": "already_known", "to_referrer": "Call again.", "told_how": "phone", "why": "Has a worker", "checked": ["record"], "safe_tonight": "yes",
    "again": "Anything new",
}  # fmt: skip
CONCERN = {"person": "As named", "why": "He drives two girls.", "under_18": "no", "since": "2026-03-01", "danger_now": "no"}  # fmt: skip


def identified(office: Office, number: int, subject: str, viewing: Viewing | None = None) -> int:
    version = Case.objects.get(pk=number).version
    return actions.identify(
        viewing=viewing or office.as_(), **office.where, number=number, version=version, subject=subject
    )


def not_about(office: Office, number: int, viewing: Viewing | None = None, **answers: str) -> frozenset[int]:
    version = Case.objects.get(pk=number).version
    written = Written("about_another", {**WHY, **answers})
    return actions.say_not_about(
        viewing=viewing or office.as_(), **office.where, number=number, version=version, written=written
    )


def declared(office: Office, key: str, kind: str = "person") -> Viewing:
    who = office.as_("team_manager", user_id=f"aunt of {key}")
    DeclaredRelationship.objects.create(
        user=who.viewer.user_id, kind=kind, key=key, nature="aunt", agency="childrens_services", declared_by="x", declared_at=who.at
    )  # fmt: skip
    return who


def steps(office: Office, who: Viewing) -> list[list[str]]:
    """What whoever referred is told of each of their referrals, the newest first."""
    return [[step.what for step in one.steps] for one in mine.mine(viewing=who, **office.where).fates]


def clocks(office: Office, number: int) -> set[str]:
    """What is laid down as due in a case."""
    return set(ClockDue.objects.filter(case=number).values_list("clock", flat=True))


def test_a_case_that_is_not_about_them_stays_where_it_is_and_is_nobodys_until_somebody_says_who_it_is(
    office: Office,
) -> None:
    number = office.refers(about=About("child", "ANA", "Ana Petal, 1 March 2010"))
    office.moves(number, "accept", office.as_(), **ACCEPTED)
    told = list(Told.objects.filter(case=number).values_list("event", "replaces"))
    before = clocks(office, number)
    assert not_about(office, number) == {number}
    shown = office.sees(number)
    assert (shown.head.state.code, shown.head.subject, shown.name) == ("accepted", "", "A girl in the park")
    assert [(move.move, move.title) for move in shown.moves][-1] == ("not_about", "It is not about them after all")  # fmt: skip
    assert shown.entries[-1].answers == WHY
    assert CaseEntry.objects.get(form="about_another").subject == "ANA"
    # What was told stays; what Ana's records told (her eighteenth birthday) is laid down here no more.
    assert list(Told.objects.filter(case=number).values_list("event", "replaces")) == told
    assert before - clocks(office, number) == {"C17b"}
    with pytest.raises(MoveRefused, match="Say first who"):
        office.moves(number, "allocate", worker=office.worker(), lead="childrens_services", first="Visit")
    with pytest.raises(MoveRefused, match="Nobody has said yet"):
        not_about(office, number)
    assert office.sees(number).not_about is None
    assert identified(office, number, "BEA") == number
    assert office.sees(number).name == "Bea Reed"
    assert clocks(office, number) == before


@pytest.mark.parametrize(
    ("kind", "subject", "form", "answers"),
    [
        ("person_of_concern", "MAX", "referral_of_concern", CONCERN),
        ("place", "12 quay street", "referral_of_place", {"place": "The flat", "worry": "Late at night"}),
    ],
)
def test_of_a_person_of_concern_and_a_place_it_is_undone_alike(
    office: Office, kind: str, subject: str, form: str, answers: dict[str, str]
) -> None:
    detective = office.as_("detective", "police")
    about = About(kind, subject, "As named")
    number = actions.refer(viewing=detective, **office.where, about=about, written=Written(form, answers))
    if kind == "place":
        office.brings(number, "police")
    not_about(office, number, detective)
    head = office.sees(number, detective).head
    assert (head.subject, head.called, head.state.code) == ("", WHY["called"], "proposed")
    # Of nobody it is known that they were grown up.
    assert head.stands == ("question" if kind == "person_of_concern" else "")


def test_who_may_not_take_part_is_told_nothing_and_who_comes_second_is_told_who_was_first(
    office: Office,
) -> None:
    number = office.refers(about=About("child", "ANA"))
    for who, error in (
        (office.as_("education_lead", "education"), CaseNotShown),
        (office.as_("information_governance"), MayNotDo),
        (office.as_("business_support"), MayNotDo),
        (declared(office, "ANA"), CaseNotShown),
    ):
        with pytest.raises(error):
            not_about(office, number, who)
    with pytest.raises(MovedOn):
        actions.say_not_about(
            viewing=office.as_(),
            **office.where,
            number=number,
            version=7,
            written=Written("about_another", WHY),
        )
    with pytest.raises(MoveRefused, match="saying whom or what"):
        office.moves(number, "not_about", office.as_(), **WHY)
    office.moves(number, "decline", **DECLINED)
    with pytest.raises(MoveRefused, match="cannot follow on"):
        not_about(office, number)
    assert Case.objects.get().subject == "ANA"
    assert office.sees(number).not_about is None


@pytest.mark.parametrize(
    ("kind", "key", "form", "answers"),
    [
        ("child", "ANA", "referral", REFERRAL),
        ("place", "12 quay street|ab1 2cd", "referral_of_place", {"place": "The flat", "worry": "Late"}),
    ],
)
def test_whoever_is_barred_from_whom_it_was_taken_for_is_kept_out_of_what_was_written_meanwhile(
    office: Office, kind: str, key: str, form: str, answers: dict[str, str]
) -> None:
    barred = [declared(office, key, "person" if kind == "child" else "address")]
    about, written = About(kind, key, "As named"), Written(form, answers)
    number = actions.refer(viewing=office.as_(), **office.where, about=about, written=written)
    office.writes(number, "note", title="Seen", text="Her aunt works here.")
    not_about(office, number)
    if kind == "child":
        barred.append(declared(office, "BEA"))
        identified(office, number, "BEA")
    other = office.as_("team_manager", user_id="kit")
    meetings = MeetingDesk(Desk(sight(other, office.where["build"])))
    for who in barred:
        assert (office.lists(who).heads, office.lists(who).count) == ((), 0)
        with pytest.raises(CaseNotShown):
            office.sees(number, who)
        # Nor is one of them invited to it, or given it: others see the case.
        assert is_barred(meetings, who.viewer.user_id, meetings.desk.heads(list(Case.objects.all())))
    assert office.lists(other).count == 1


@dataclass(frozen=True)
class Went:
    """Ana's case, which had been declined, two of a nurse's that went into it with the same words, and their copies there."""

    nurse: Viewing
    into: int
    first: int
    second: int
    copies: tuple[CaseEntry, ...]


@pytest.fixture
def went(office: Office) -> Went:
    nurse = office.as_("nurse", "health", user_id="nan")
    into = office.refers(about=About("child", "ANA"))
    office.moves(into, "decline", **DECLINED)
    first, second = (office.refers(nurse, about=About("child", "", "A girl")) for _ in range(2))
    office.moves(first, "acknowledge", office.as_(), how="phone")
    for number in (first, second):
        assert identified(office, number, "ANA") == into
    copies = CaseEntry.objects.filter(case=into).exclude(copy_of=None).order_by("seq")
    return Went(nurse, into, first, second, tuple(copies))


def test_a_case_that_is_another_after_all_begins_again_and_both_histories_hold_it(
    office: Office, went: Went
) -> None:
    assert office.sees(went.first).not_about.move.code == "apart"  # type: ignore[union-attr]
    with pytest.raises(MoveRefused, match="Another case went into this one"):
        not_about(office, went.into)
    assert not_about(office, went.first) == {went.first, went.into}
    own, other = office.sees(went.first), office.sees(went.into)
    assert (own.head.state.code, own.head.subject, own.name) == ("referred", "", WHY["called"])
    assert (other.head.state.code, other.head.subject) == ("reopened", "ANA")
    (gone,) = (one for one in other.entries if one.form == APART)
    assert (gone.replaces, gone.answers) == (went.copies[0].seq, {"why": WHY["why"]})
    assert [one.number for one in other.entries if one.replaced_by == gone.number] == [went.copies[0].seq]
    # The clock of answering it runs here again, from when it came, and there no more.
    (told,) = waiting().filter(case=went.first)
    assert told.from_at == own.head.opened_at
    assert set(waiting().values_list("number", flat=True)) == {own.entries[0].number, went.copies[1].seq}
    assert other.waiting == {went.copies[1].seq}
    log = AuditEvent.objects.filter(action__in=["case.apart", "case.went_apart"]).order_by("pk")
    assert list(log.values_list("action", "subject")) == [
        ("case.apart", f"case {went.first}"),
        ("case.went_apart", f"case {went.first},case {went.into}"),
    ]


def test_what_belongs_to_another_case_after_all_is_read_in_that_one_alone(
    office: Office, went: Went, sign_in: Callable[..., Client]
) -> None:
    secret = "A woman in a red car"
    office.corrects(went.into, went.copies[0].seq, "referral", **{**went.copies[0].answers, "worry": secret})
    assert secret in repr(office.sees(went.into))
    not_about(office, went.first)
    other = office.sees(went.into)
    apart = next(one for one in other.entries if one.form == APART)
    hidden = [one for one in other.entries if one.why_not]
    assert {one.number for one in hidden} == {went.copies[0].seq, apart.replaces}
    assert {(one.answers, one.evidence) for one in hidden} == {(None, ())}
    assert secret not in repr(other)
    mara = sign_in()
    for page in ("", "print/"):
        told = mara.get(f"/cases/{went.into}/{page}").content.decode()
        assert secret not in told
        assert "it belongs to another case after all" in told
    # In its own case it stands, and what stays in the other is read there.
    assert office.sees(went.first).entries[0].answers
    assert next(one for one in other.entries if one.number == went.copies[1].seq).answers


def test_the_referrer_has_one_referral_all_the_time_and_reads_what_answers_it_in_its_own_case(
    office: Office, went: Went
) -> None:
    taken_in = {"answer": "taken_in", "to_referrer": "It has come.", "told_how": "phone", "tonight": "no", "why": "New"}  # fmt: skip
    manager, written = office.as_("team_manager"), Written("referral_answer", taken_in)
    referrals.answer(viewing=manager, **office.where, number=went.into, entry=went.copies[0].seq, written=written)  # fmt: skip
    assert steps(office, went.nurse) == [["received"], ["received", "acknowledged", "accepted"]]
    not_about(office, went.first)
    assert steps(office, went.nurse) == [["received"], ["received", "acknowledged"]]
    # Their agency takes part in the other for what is left there, until that too is another after all.
    assert office.sees(went.into, office.as_("nurse", "health")).only_referred
    not_about(office, went.second)
    assert not office.sees(went.into, office.as_("nurse", "health")).only_referred
    assert office.sees(went.second, office.as_("nurse", "health")).only_referred
    # What was said can be said again, of whomever.
    assert identified(office, went.first, "ANA") == went.into
    not_about(office, went.first)
    not_about(office, went.into)
    assert identified(office, went.first, "ANA") == went.first
    office.moves(went.first, "accept", office.as_(), **ACCEPTED)
    assert steps(office, went.nurse) == [["received"], ["received", "acknowledged", "accepted"]]
    assert set(waiting().values_list("case", flat=True)) == {went.second}


def test_what_was_corrected_in_the_other_case_and_a_referral_of_ones_own_there(office: Office) -> None:
    nurse = office.as_("nurse", "health", user_id="nan")
    into = office.refers(nurse, about=About("child", "ANA"))
    number = office.refers(nurse, about=About("child", "", "A girl"))
    identified(office, number, "ANA")
    (copy,) = CaseEntry.objects.filter(case=into).exclude(copy_of=None)
    corrected = office.corrects(into, copy.seq, "referral", **{**copy.answers, "worry": "A woman in a car."})
    not_about(office, number)
    assert CaseEntry.objects.get(form=APART).replaces == corrected
    assert office.sees(into).waiting == {office.sees(into).entries[0].number}
    # Their own referral stands there, and with it their part.
    assert office.sees(into, office.as_("nurse", "health")).only_referred
    parts = CasePart.objects.filter(case=into, agency="health").order_by("seq")
    assert list(parts.values_list("by", "number", "is_joined")) == [(None, None, True), ("case", number, True), ("case", number, False)]  # fmt: skip


def test_the_referral_of_another_person_of_concern_decides_nothing_here_and_opens_no_question_to_its_referrer(
    office: Office,
) -> None:
    """Tom is 16, so his case is a question; of Max, a grown-up, one referral says that he may be under 18."""
    nurse, detective = office.as_("nurse", "health", user_id="nan"), office.as_("detective", "police")

    def proposes(who: Viewing, subject: str, under_18: str) -> int:
        written = Written("referral_of_concern", {**CONCERN, "under_18": under_18})
        about = About("person_of_concern", subject, "A boy")
        return actions.refer(viewing=who, **office.where, about=about, written=written)

    for subject, before, between in (("TOM", "question", "question"), ("MAX", "grown_up", "question")):
        into, number = proposes(detective, subject, "no"), proposes(nurse, "", "yes")
        assert office.sees(into, detective).head.stands == before
        identified(office, number, subject, detective)
        assert (office.sees(into, nurse).only_referred, office.sees(into, nurse).head.stands) == (
            True,
            between,
        )
        not_about(office, number, detective)
        assert office.sees(into, detective).head.stands == before
        assert office.sees(number, nurse).only_referred
        if before == "question":
            with pytest.raises(CaseNotShown):
                office.sees(into, nurse)


def test_a_case_in_which_somebody_has_to_do_something_yet_goes_into_no_other(office: Office) -> None:
    into, number = office.refers(about=About("child", "ANA")), office.refers(about=About("child", "", "A girl"))  # fmt: skip
    new = NewAction(
        "Ring the school", Owner("childrens_services", "Mara Quill"), date(2026, 4, 10), case=number
    )
    (action,) = agreed.agree(viewing=office.as_(), **office.where, new=[new])
    with pytest.raises(MoveRefused, match="actions are still open here") as error:
        identified(office, number, "ANA")
    # Whoever says whom it is about closes nothing.
    assert "close" not in f"{error.value.sentence} {error.value.remedy}"
    with pytest.raises(MoveRefused, match="Say whom or what"):
        identified(office, number, "")
    assert Case.objects.get(pk=number).subject == ""
    agreed.say(viewing=office.as_(), **office.where, number=action, word=Word("done", 0))
    assert identified(office, number, "ANA") == into


def test_nothing_of_it_is_kept_where_the_other_case_cannot_be_written_in(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    into, number = office.refers(about=About("child", "ANA")), office.refers(about=About("child", "", "A girl"))  # fmt: skip
    identified(office, number, "ANA")
    (copy,) = CaseEntry.objects.exclude(copy_of=None)
    # Somebody corrects the copy in the same moment.
    monkeypatch.setattr("engage.casework.cases.merging._as_it_stands", lambda _entry: copy.seq)
    office.corrects(into, copy.seq, "referral", **{**copy.answers, "worry": "A woman in a car."})
    before = (Case.objects.get(pk=number).state, CaseEntry.objects.count(), Told.objects.count())
    with pytest.raises(MovedOn, match="corrected this entry"):
        not_about(office, number)
    assert (Case.objects.get(pk=number).state, CaseEntry.objects.count(), Told.objects.count()) == before


def test_the_page_of_a_case_leads_to_it_and_says_what_is_missing(office: Office, sign_in: SignIn) -> None:
    into, number = (office.refers(about=about) for about in (About("child", "ANA", "Ana Petal, 1 March 2010"), About("child", "", "A girl")))  # fmt: skip
    identified(office, number, "ANA")
    browser = sign_in("social_worker")
    page = browser.get(f"/cases/{into}/").content.decode()
    assert "It is not about them after all" in page
    assert "Another case went into this one" in page
    address = f"/cases/{number}/not-about/"
    assert f'href="{address}' in browser.get(f"/cases/{number}/").content.decode()
    form = browser.get(address).content.decode()
    assert 'value="A girl"' in form
    assert "close it" in form
    version = Case.objects.get(pk=number).version
    assert "Why is it not about them?" in browser.post(address, {"version": version, "called": "A girl"}).content.decode()  # fmt: skip
    assert Case.objects.get(pk=number).state == "joined"
    page = browser.post(address, {"version": version, **WHY}, follow=True).content.decode()
    assert "A girl in the park" in page
    assert "Is another case after all" in page
    assert "If this case was opened again by it" in browser.get(f"/cases/{into}/").content.decode()
    # What was opened about somebody bears their name, which is not offered.
    assert "Ana Petal, 1 March 2010" not in browser.get(f"/cases/{into}/not-about/").content.decode()
    assert sign_in("education_lead", "education", "edu").get(f"/cases/{into}/not-about/").status_code == 404
