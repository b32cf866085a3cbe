"""Referrals as their referrers see them: through a link, once, and what became of them in words that are safe to read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends import locmem
from django.db import DatabaseError, connection, transaction
from django.test import Client

from engage.casework.cases import actions as cases
from engage.casework.cases import referred
from engage.casework.cases.models import Case, CaseEntry, CasePart, ReferralWaits
from engage.casework.cases.rules import MoveRefused, Written
from engage.casework.forms.reading import form_of
from engage.casework.meetings import actions as meetings
from engage.casework.meetings.actions import Convening, Person
from engage.casework.meetings.queries import proposed
from engage.casework.referrals import actions, partners, queries
from engage.casework.referrals.models import ReferralLink, ReferralLinkWord
from engage.casework.referrals.rules import Fate, LinkRefused, Partner
from engage.casework.week import queries as week
from engage.governance.models import AuditEvent
from engage.governance.queries import MayNotDo
from tests.integration.casework.conftest import REFERRAL, Office
from tests.integration.casework.test_meetings import Meetings


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SignIn = Callable[..., Client]
DECLINED = {
    "reason": "need_more", "to_referrer": "Tell us the car.", "told_how": "here", "why": "SECRET-FOR-THE-TEAM", "checked": ["record"], "safe_tonight": "yes",
    "again": "A plate",
}  # fmt: skip
TIA = Partner("Tia Marsh", "Reed Youth Club", "tia@reed.example", "charity")


@pytest.fixture(autouse=True)
def _nobody_asked_yet() -> None:
    cache.clear()


def link(office: Office, partner: Partner = TIA) -> str:
    office.worker()
    return actions.make_link(viewing=office.as_(), area=office.where["area"], partner=partner)


def sent(office: Office, token: str, **answers: Any) -> str:
    written = Written("referral", {**REFERRAL, "child": "Kim, about 14", **answers})
    return partners.refer(token=token, **office.where, at=office.as_().at, written=written, request_id="test")


def fate(office: Office, token: str) -> Fate:
    return partners.fate(token=token, area=office.where["area"], at=office.as_().at, request_id="test")


def test_a_partner_refers_once_and_reads_what_became_of_it(office: Office) -> None:
    token = link(office)
    second = sent(office, token)
    case = Case.objects.get()
    assert (case.opened_by, case.opened_by_name, case.subject) == ("social_worker.childrens_services", "partner: Tia Marsh for Reed Youth Club", "")  # fmt: skip
    assert ("charity", "referrer") in set(CasePart.objects.values_list("agency", "part"))
    assert [step.what for step in fate(office, second).steps] == ["received"]
    office.moves(case.seq, "acknowledge", office.as_(), how="here")
    office.moves(case.seq, "decline", **DECLINED)
    found = fate(office, second)
    assert [(step.what, step.to_referrer) for step in found.steps] == [("received", ""), ("acknowledged", ""), ("declined", "Tell us the car.")]  # fmt: skip
    assert "need to know more" in found.steps[-1].reason
    assert "SECRET" not in repr(found)
    assert set(AuditEvent.objects.filter(action__in=["referral.by_link", "referral.fate"]).values_list("actor", flat=True)) == {"social_worker.childrens_services"}  # fmt: skip


def test_a_partners_referral_is_their_own_agencys_also_where_it_goes_into_another_case(
    office: Office,
) -> None:
    nurse = office.as_("nurse", "health", user_id="nan")
    first = office.refers(nurse, worry="Somebody else's worry")
    tia = office.as_("parent_liaison", "charity", user_id="pia")
    sent(office, link(office), worry="He waits for her")
    case = Case.objects.latest("seq").seq
    office.moves(case, "acknowledge", how="here")
    office.writes(case, "note", title="Seen", text="SECRET")

    def read(number: int) -> tuple[list[str], bool]:
        shown = office.sees(number, tia)
        assert "SECRET" not in repr(shown)
        worries = [
            str(one.answers["worry"]) for one in shown.entries if one.answers and "worry" in one.answers
        ]
        return worries, any(one.form == "acknowledgement" and one.answers for one in shown.entries)

    assert read(case) == (["He waits for her"], True)
    # Of another agency that referred nobody reads it.
    assert "He waits" not in repr(office.sees(first, nurse))
    version = office.sees(case).head.version
    cases.identify(viewing=office.as_("team_manager"), **office.where, number=case, version=version, subject="ANA")  # fmt: skip
    assert read(first)[0] == ["He waits for her"]
    assert "He waits" not in repr(office.sees(first, nurse).entries)


def test_a_partners_agency_and_a_body_without_one_are_proposed_for_meetings(office: Office) -> None:
    meet = Meetings(office.world, office.viewing)
    number = office.refers()
    for partner in (TIA, Partner("Di Ward", "Mill Road Surgery", "07000 100001")):
        sent(office, link(office, partner))
        case = Case.objects.latest("seq").seq
        version = office.sees(case).head.version
        cases.identify(viewing=office.as_("team_manager"), **office.where, number=case, version=version, subject="ANA")  # fmt: skip
    proposed = meet.proposed(meet.calls("strategy_discussion", number)).invitees
    assert {("charity", ""), ("childrens_services", "Mill Road Surgery")} <= {(one.agency, one.holder) for one in proposed}  # fmt: skip


@pytest.mark.parametrize("how", ["used", "withdrawn", "over", "changed", "another's"])
def test_a_link_that_may_not_be_used_says_the_same_whatever_the_reason(office: Office, how: str) -> None:
    token, at = link(office), office.as_().at
    if how == "used":
        sent(office, token)
    if how == "withdrawn":
        actions.withdraw_link(viewing=office.as_(), number=ReferralLink.objects.get().seq)
    at += timedelta(days=15) if how == "over" else timedelta(0)
    token = {"changed": token[:-1] + ("a" if token[-1] != "a" else "b"), "another's": partners.new_token("no")}.get(how, token)  # fmt: skip
    before = Case.objects.count()
    with pytest.raises(LinkRefused) as refused:
        partners.check_open(token=token, at=at)
    assert str(refused.value.sentence) == str(partners.not_usable().sentence)
    with pytest.raises(LinkRefused):
        partners.refer(token=token, **office.where, at=at, written=Written("referral", REFERRAL))
    assert Case.objects.count() == before


def test_whoever_sends_the_same_twice_is_led_to_the_same_page_and_refers_once(office: Office) -> None:
    path = f"/partner/refer/{link(office)}/"
    first, again = (Client().post(path, {**REFERRAL, "child": "Kim"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == first["Location"] or Client().get(again["Location"]).status_code == 200
    assert Case.objects.count() == 1
    assert Client().post(path, {**REFERRAL, "child": "Lee"}).status_code == 404
    assert Client().post(path, {}).status_code == 404


def test_the_page_of_a_used_link_is_ended_by_whoever_may_withdraw_links(office: Office, sign_in: SignIn) -> None:  # fmt: skip
    token = link(office)
    second = sent(office, token)
    assert fate(office, second).steps
    number = ReferralLink.objects.get().seq
    sign_in().post(f"/referrals/links/{number}/withdraw/")
    with pytest.raises(LinkRefused):
        fate(office, second)
    with pytest.raises(LinkRefused):
        sent(office, token)
    assert [one.state for one in queries.links(viewing=office.as_())] == ["withdrawn"]
    with pytest.raises(LinkRefused):
        actions.withdraw_link(viewing=office.as_(), number=number)


def test_the_first_link_reads_nothing_and_the_second_refers_nothing(office: Office) -> None:
    token = link(office)
    second = sent(office, token)
    with pytest.raises(LinkRefused):
        fate(office, token)
    with pytest.raises(LinkRefused):
        partners.check_open(token=second, at=office.as_().at)


def test_of_a_link_only_a_digest_is_kept_and_the_row_stays(office: Office) -> None:
    token = link(office)
    kept = ReferralLink.objects.get()
    assert token not in repr(ReferralLink.objects.values().get())
    with pytest.raises(DatabaseError, match="is kept"), transaction.atomic():
        ReferralLink.objects.filter(pk=kept.pk).update(name="Somebody else")


def test_who_may_make_and_withdraw_one(office: Office) -> None:
    with pytest.raises(MayNotDo):
        actions.make_link(viewing=office.as_("nurse", "health"), area=office.where["area"], partner=TIA)
    link(office)
    number = ReferralLink.objects.get().seq
    with pytest.raises(LinkRefused):
        actions.withdraw_link(viewing=office.as_("team_manager", "police"), number=number)
    assert queries.links(viewing=office.as_("team_manager", "police")) == ()
    assert [one.state for one in queries.links(viewing=office.as_())] == ["open"]


def test_a_declined_referral_is_seen_by_its_referrer_also_when_their_agency_left(office: Office) -> None:
    nurse = office.as_("nurse", "health")
    number = office.refers(nurse)
    office.moves(number, "decline", **DECLINED)
    cases.leave(
        viewing=office.as_(), **office.where, number=number, which=cases.Leaving("health", "referrer")
    )
    (one,) = queries.mine(viewing=nurse, **office.where).fates
    assert (one.called, one.steps[-1].what, one.steps[-1].to_referrer) == ("Ana Petal, 2010-03-01", "declined", "Tell us the car.")  # fmt: skip
    assert "SECRET" not in repr(one)
    assert queries.mine(viewing=office.as_("nurse", "health", user_id="other"), **office.where).fates == ()


def test_what_was_corrected_in_the_answer_is_what_is_read(office: Office) -> None:
    number = office.refers()
    office.moves(number, "decline", **DECLINED)
    entry = CaseEntry.objects.get(form="declining")
    written = Written("declining", {**DECLINED, "to_referrer": "Tell us the colour."}, replaces=entry.seq)
    cases.write(viewing=office.as_("team_manager"), **office.where, number=number, written=written)
    (one,) = queries.mine(viewing=office.as_(), **office.where).fates
    assert one.steps[-1].to_referrer == "Tell us the colour."


def test_the_pages_of_a_partner_without_signing_in(office: Office) -> None:
    browser, token = Client(), link(office)
    page = browser.get(f"/partner/refer/{token}/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert not {"Tia", "Mara", "Ana Petal"} & set(re.findall(r"\w+", page.content.decode()))
    assert "sessionid" not in page.cookies
    wrong = browser.post(f"/partner/refer/{token}/", {**REFERRAL, "worry": ""})
    assert "There is a problem" in wrong.content.decode()
    done = browser.post(f"/partner/refer/{token}/", {**REFERRAL, "child": "Kim"}, follow=True)
    assert "Received" in done.content.decode()
    assert browser.get(f"/partner/refer/{token}/").status_code == 404


def by_another_process() -> Client:
    """A browser whose next page another process of the server answers: what one holds in its memory the next does not know."""
    locmem._caches.clear()
    if hasattr(caches._connections, "default"):
        del caches["default"]
    return Client()


def test_whoever_tries_addresses_out_is_answered_no_more_by_any_process(office: Office) -> None:
    answers = [by_another_process().get(f"/partner/referral/guess{n}/").status_code for n in range(61)]
    assert answers == [404] * 60 + [429]
    assert Client(REMOTE_ADDR="192.0.2.7").get("/partner/referral/guess/").status_code == 404

    # So are tries at signing in.
    tried = {"login": "mara", "password": "not hers"}
    pages = [by_another_process().post("/account/sign-in/", tried).content.decode() for _ in range(6)]
    assert ["Too many failed login attempts" in page for page in pages] == [False] * 5 + [True]


def test_the_pages_of_a_worker(office: Office, sign_in: SignIn) -> None:
    browser = sign_in()
    given = {
        "name": "Tia Marsh",
        "organisation": "Reed Youth Club",
        "reach": "tia@reed.example",
        "agency": "",
    }
    shown = browser.post("/referrals/links/", given).content.decode()
    path = re.search(r"http://testserver(/partner/refer/[^<\s]+)", shown)[1]  # type: ignore[index]
    Client().post(path, {**REFERRAL, "child": "Kim"})
    mine = browser.get("/referrals/").content.decode()
    assert "Kim, sent" in mine
    assert "by Tia Marsh, Reed Youth Club through your link" in mine
    assert "Withdraw link" not in browser.get("/referrals/links/").content.decode()
    assert sign_in("nurse", "health", "nora").get("/referrals/links/").status_code == 403


ANSWER = {"to_referrer": "Her worker has what you told us.", "told_how": "here", "why": "New: a second car.", "tonight": "no"}  # fmt: skip


def answers(office: Office, number: int, entry: int, viewing: Any = None, **more: Any) -> int:
    written = Written("referral_answer", {**ANSWER, **more})
    return actions.answer(viewing=viewing or office.as_("team_manager"), **office.where, number=number, entry=entry, written=written)  # fmt: skip


def c1(office: Office, number: int) -> list[str]:
    return [run.state.value for run in office.sees(number).runs if run.clock.code == "C1"]


def listed(office: Office, viewing: Any, code: str) -> list[int]:
    shown = week.today(viewing=viewing, **office.where)
    (one,) = [one for one in shown.lists if one.kind.code == code]
    return [row.head.number for row in one.filled.rows if row.head]


def steps(office: Office, viewing: Any) -> list[list[str]]:
    found = queries.mine(viewing=viewing, **office.where).fates
    return [[step.what for step in one.steps] for one in found]


def test_accepting_with_words_for_the_referrer_is_both_halves_of_the_answer(office: Office) -> None:
    number = office.refers()
    office.moves(number, "accept", why="Seen", safe_tonight="yes", to_referrer="We have it.")
    assert c1(office, number) == ["in_time"]


def test_a_referral_of_an_open_case_is_answered_by_itself(office: Office) -> None:
    nurse, manager = office.as_("nurse", "health", user_id="nora"), office.as_("team_manager")
    number = office.refers()
    office.moves(number, "accept", why="Seen", safe_tonight="yes", to_referrer="SECRET of the first referrer")
    assert listed(office, manager, "to_decide") == []
    assert office.refers(nurse) == number
    second = CaseEntry.objects.filter(case=number, form="referral").latest("seq").seq
    assert (c1(office, number), steps(office, nurse)) == (["in_time", "warning"], [["received"]])
    assert (listed(office, manager, "to_decide"), listed(office, nurse, "sent_by_me")) == ([number], [number])
    with pytest.raises(MoveRefused, match="answered so by"):
        answers(office, number, second, office.as_("missing_coordinator"), answer="taken_in")
    with pytest.raises(MoveRefused, match="not written from here"):
        office.writes(number, "referral_answer", answer="taken_in", **ANSWER)
    answers(office, number, second, answer="acknowledged")
    assert (c1(office, number), listed(office, manager, "to_decide")) == (["in_time", "warning"], [number])
    answers(office, number, second, answer="taken_in")
    assert (c1(office, number), listed(office, manager, "to_decide"), listed(office, nurse, "sent_by_me")) == (["in_time", "in_time"], [], [])  # fmt: skip
    assert steps(office, nurse) == [["received", "acknowledged", "accepted"]]
    assert "SECRET" not in repr(queries.mine(viewing=nurse, **office.where).fates)
    with pytest.raises(MoveRefused, match="has been answered"):
        answers(office, number, second, answer="declined", reason="need_more")


def test_a_referral_that_opens_a_case_again_waits_for_its_own_answer_and_for_a_worker(office: Office) -> None:
    nurse, manager = office.as_("nurse", "health", user_id="nora"), office.as_("team_manager")
    number = office.refers()
    office.moves(number, "decline", **DECLINED)
    assert (c1(office, number), office.refers(nurse)) == (["in_time"], number)
    assert office.sees(number).head.state.code == "reopened"
    assert (c1(office, number), listed(office, manager, "to_decide"), listed(office, manager, "to_allocate")) == (["in_time", "warning"], [number], [number])  # fmt: skip
    office.moves(number, "accept", why="Seen", safe_tonight="yes", to_referrer="We have it.")
    assert (c1(office, number), steps(office, nurse)) == (["in_time", "in_time"], [["received", "accepted"]])
    office.moves(number, "decline", **{**DECLINED, "reason": "already_known"})
    office.moves(number, "reopen", new="A car", differs="It is back", danger_now="no")
    office.moves(number, "accept", why="Seen", safe_tonight="yes", to_referrer="For nobody")
    # Nobody referred this time, so it answers nobody.
    assert (c1(office, number), steps(office, nurse)) == (["in_time", "in_time"], [["received", "declined"]])


def c2(office: Office, number: int) -> list[str]:
    return sorted(run.state.value for run in office.sees(number).runs if run.clock.code == "C2")


def test_a_referral_that_is_declined_is_on_nobodys_list_of_time_limits_for_want_of_an_assessment(office: Office) -> None:  # fmt: skip
    manager = office.as_("team_manager")
    number = office.refers(came="phone", received="2026-01-12T10:00")
    assert (c2(office, number), listed(office, manager, "clocks")) == (["overdue"], [number, number])
    office.moves(number, "decline", **DECLINED)
    # It was late by then, and stays so; nothing is left to do.
    assert (c2(office, number), listed(office, manager, "clocks")) == (["late"], [])


def test_a_case_that_is_declined_leaves_nothing_to_assess_of_what_was_taken_into_it_but_what_waits_runs_on(office: Office) -> None:  # fmt: skip
    number = office.refers()
    office.moves(number, "accept", why="Seen", safe_tonight="yes", to_referrer="We have it.")
    for answer in ("taken_in", "declined", ""):
        office.refers(office.as_("nurse", "health", user_id=f"nora{answer}"))
        entry = CaseEntry.objects.filter(case=number, form="referral").latest("seq").seq
        if answer:
            answers(office, number, entry, answer=answer, reason="need_more")
    assert c2(office, number) == ["ended", "running", "running", "running"]
    office.moves(number, "decline", **DECLINED)
    assert c2(office, number) == ["ended", "ended", "ended", "running"]


def waits() -> list[tuple[Any, ...]]:
    return sorted(ReferralWaits.objects.values_list("told", "case", "entry", "agency", "handling", "told_at"))


@pytest.mark.postgresql
def test_which_referrals_wait_is_laid_down_as_they_are_told_and_made_anew_by_a_build_and_by_the_migration(
    office: Office,
) -> None:
    """The first waits with its case, the second by itself in it, the third (which is guarded) in a case that was closed again; what is answered waits no more."""
    nurse = office.as_("nurse", "health", user_id="nora")
    number = office.refers()
    assert [case for _told, case, *_ in waits()] == [number]
    office.moves(number, "accept", why="Seen", safe_tonight="yes", to_referrer="We have it.")
    assert waits() == []
    guarded = Written("referral", dict(REFERRAL), handling="C")
    detective = office.as_("detective", "police")
    cases.refer(viewing=detective, **office.where, about=cases.About("child", "ANA"), written=guarded)
    office.moves(number, "decline", **{**DECLINED, "reason": "already_known"})
    assert office.refers(nurse, about=cases.About("child", "BEA")) != number
    laid = waits()
    assert laid == sorted(
        (one.seq, one.case, one.number, *of, one.told_at)
        for one, of in zip(referred.waiting().order_by("seq"), [("police", "C"), ("health", "")], strict=True)
    )
    ReferralWaits.objects.all().delete()
    cases.reckon_clocks(viewing=office.as_("operator", ""), **office.where)
    assert waits() == laid
    ReferralWaits.objects.all().delete()
    migration = import_module("engage.casework.cases.migrations.0011_referrals_that_wait")
    with connection.cursor() as cursor:
        cursor.execute(migration._WAITING)
    assert waits() == laid


@pytest.mark.parametrize("kind", ["place", "peer_group"])
def test_what_was_closed_is_opened_again_by_a_referral_of_every_kind(
    office: Office, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Which groups can be referred is tried with groups (test_peer_groups.py).
    monkeypatch.setattr("engage.casework.cases.membership.check_group", lambda *_: None)
    form, first = {"place": ("referral_of_place", "place"), "peer_group": ("referral_of_group", "children")}[kind]  # fmt: skip
    where = {"viewing": office.as_(), **office.where, "about": cases.About(kind, "weir lane 3", "Weir Lane")}
    written = Written(form, {first: "Weir Lane", "worry": "Girls wait there."} | ({"called": "Friday evenings"} if kind == "peer_group" else {}))  # fmt: skip
    number = cases.refer(**where, written=written)
    closing = form_of(office.where["area"], "closure_of_place")
    filled = {one.code: next(iter(one.codes), "x") for one in closing.questions}
    office.worker("team_manager")
    office.moves(number, "take_on", worker="team_manager.childrens_services", lead="childrens_services", first="Look")  # fmt: skip
    assert [step.what for one in queries.mine(viewing=office.as_(), **office.where).fates for step in one.steps] == ["received", "accepted"]  # fmt: skip
    office.moves(number, "close", **filled)
    assert cases.refer(**where, written=written) == number
    shown = office.sees(number)
    assert (shown.head.state.code, shown.head.worker) == ("reopened", "")
    assert listed(office, office.as_("team_manager"), "to_decide") == [number]
    office.moves(number, "take_on", worker="team_manager.childrens_services", lead="childrens_services", first="Look")  # fmt: skip
    assert listed(office, office.as_("team_manager"), "to_decide") == []


@pytest.mark.parametrize("kind", ["person_of_concern", "place", "peer_group"])
def test_a_referral_of_every_kind_is_acknowledged_and_declined_with_words_for_its_referrer(
    office: Office, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn, kind: str
) -> None:
    monkeypatch.setattr("engage.casework.cases.membership.check_group", lambda *_: None)
    form, about, answers = {
        "person_of_concern": ("referral_of_concern", "MAX", {"person": "Max Tarn", "under_18": "no", "why": "He waits there.", "danger_now": "no", "since": "2026-02-02"}),
        "place": ("referral_of_place", "12 quay street", {"place": "The flat", "worry": "Girls wait there."}),
        "peer_group": ("referral_of_group", "", {"called": "Fridays", "children": "Two", "worry": "They go together."}),
    }[kind]  # fmt: skip
    nurse, lead = office.as_("nurse", "health"), "police" if kind == "person_of_concern" else "childrens_services"  # fmt: skip
    number = cases.refer(viewing=nurse, **office.where, about=cases.About(kind, about, "Fridays"), written=Written(form, answers))  # fmt: skip
    manager = office.as_("team_manager", lead)
    page = sign_in("team_manager", lead, username="boss").get(f"/cases/{number}/").content.decode()
    assert all(f"/cases/{number}/move/{code}/" in page for code in ("acknowledge", "decline"))
    office.moves(number, "acknowledge", manager, how="phone")
    left = {**DECLINED, "danger_tonight": "no"}
    office.moves(number, "decline", manager, **{code: left[code] for code in left if code != "safe_tonight"})
    (one,) = queries.mine(viewing=nurse, **office.where).fates
    assert [step.what for step in one.steps] == ["received", "acknowledged", "declined"]
    assert one.steps[-1].to_referrer == "Tell us the car."
    assert "need to know more" in one.steps[-1].reason
    assert "SECRET" not in repr(one)
    assert office.sees(number, manager).head.state.code == "declined"
    assert not referred.unanswered(number)
    assert not ReferralWaits.objects.filter(case=number).exists()


def test_a_partners_referral_of_before_is_their_agencys_by_its_entry_after_the_upgrade(
    office: Office,
) -> None:
    """As it stood before referrals/0003: a used link, and a part as referrer that nothing brought in."""
    at, number = office.as_().at, office.refers()
    entry = CaseEntry.objects.get(case=number)

    def old(agency: str, says: str = "used", *joined: bool) -> None:
        made = {
            "made_by": "user",
            "agency": "childrens_services",
            "made_at": at,
            "expires_at": at + timedelta(days=1),
        }
        row = ReferralLink.objects.create(
            digest=agency, name="Tia", organisation="A club", partner_agency=agency, **made
        )
        used = {"case": number, "entry": entry.seq} if says == "used" else {}
        ReferralLinkWord.objects.create(link=row.seq, says=says, said_by="user", said_at=at, **used)
        for is_joined in joined:
            CasePart.objects.create(case=number, agency=agency, part="referrer", is_joined=is_joined, said_by="user", said_at=at)  # fmt: skip

    old("charity", "used", True)
    # It left, came another time, was withdrawn, or came of no agency: nothing follows.
    old("health", "used", True, False)
    old("education", "used")
    old("police", "withdrawn", True)
    old("")
    migration = import_module("engage.casework.referrals.migrations.0003_of_which_agency")
    before = CasePart.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(migration._BY_ENTRY)
    new = CasePart.objects.order_by("seq")[before:].values_list("agency", "part", "is_joined", "by", "number", "from_at", "said_by", "said_at", "user")  # fmt: skip
    assert list(new) == [("charity", "referrer", True, "referral", entry.seq, None, "user", at, "")]
    (own,) = office.sees(number, office.as_("parent_liaison", "charity")).entries
    assert own.answers is not None


def test_the_answer_page_of_a_body_that_is_left_out_with_a_seal_tells_of_its_own_referral_alone(
    office: Office,
) -> None:
    second = sent(office, link(office, replace(TIA, agency="")))
    number = Case.objects.get().seq
    before = fate(office, second)
    chair = Person(office.worker("team_manager"), "Kit Chair", "childrens_services")
    where = {"viewing": office.as_(), **office.where}
    convening = Convening("exploitation_panel", office.as_().at + timedelta(days=7), chair, cases=(number,))
    panel = meetings.convene(**where, convening=convening)
    (club,) = [one for one in proposed(**where, number=panel).invitees if one.holder == TIA.organisation]
    guest = meetings.Guest(club.agency, club.member, club.holder)
    word = meetings.Word("left_out", text="SECRET", is_sealed=True)
    meetings.leave_out(**where, number=panel, guest=guest, word=word)
    assert fate(office, second) == before
    token = link(office, replace(TIA, agency=""))
    partners.check_open(token=token, at=office.as_().at)
    # The next meeting does not invite who referred.
    after = meetings.convene(**where, convening=convening)
    (club,) = [one for one in proposed(**where, number=after).invitees if one.holder == TIA.organisation]
    assert {scope.holds for scope in club.scopes if scope.case == number} == {"left_out"}
