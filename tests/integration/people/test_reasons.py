"""A register shows nobody until a named worker gives a reason, about a child named exactly; and nothing again once it is ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from engage.governance.models import AuditEvent, SafeguardingReason
from engage.identities.models import PersonAssignment, PersonIdEvent
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
DEE = {"name": "Dee Ashby", "born": "2/5/2011", "number": "", "reason": "A teacher rang, worried."}
NOT_FOUND = "No one person is found by exactly that."


def ask(browser: Client, **changed: str) -> Any:
    return browser.post("/people/reason/", {**DEE, **changed}, follow=True)


def test_before_a_reason_neither_search_nor_page_shows_the_child(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()

    assert browser.get("/people/DEE/").status_code == 404
    found = browser.get("/people/?q=Dee+Ashby").content.decode()
    assert "/people/DEE/" not in found
    assert '<a class="govuk-link" href="/people/reason/">' in found


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"name": "ashby  DEE"},
        {"born": "2 May 2011"},
        {"name": "", "born": "", "number": "A999 0000 00015"},
    ],
)
def test_named_exactly_the_child_is_shown_and_the_reason_is_kept(
    ana: World, sign_in: SignIn, known: dict[str, str]
) -> None:
    page = ask(sign_in(), **known)

    assert page.redirect_chain == [("/people/DEE/", 302)]
    assert "Dee Ashby" in page.content.decode()
    given = SafeguardingReason.objects.get()
    assert (given.person_id, given.recorded_by, given.reason) == ("DEE", "mara", DEE["reason"])
    assert AuditEvent.objects.get(action="reason.given").subject == "DEE"


@pytest.mark.parametrize(
    "known",
    [
        {"name": "Dee"},
        {"name": "Dee Ashbee"},
        {"born": "3/5/2011"},
        {"number": "A999000000016"},
        {"name": "Nobody Known"},
        # Known to the specialist nurse and in what the police guard: that there is such a child must not be told.
        {"name": "Zoe Hidden", "born": "9/9/2009"},
    ],
)
def test_nothing_near_and_nothing_guarded_is_found_and_the_asking_is_written_down(
    ana: World, sign_in: SignIn, known: dict[str, str]
) -> None:
    page = ask(sign_in(), **known).content.decode()

    assert NOT_FOUND in page
    assert SafeguardingReason.objects.count() == 0
    sought = AuditEvent.objects.get(action="reason.sought")
    assert (sought.actor, sought.subject, sought.decision, sought.why) == (
        "mara",
        "none",
        "nothing",
        DEE["reason"],
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": "  "}, "Say why you need to see what registers hold about this person."),
        ({"name": ""}, "Write the whole name and the day of birth, or a number."),
        ({"born": ""}, "Write the day of birth too: a name alone is not exact."),
        ({"born": "May 2011"}, "Write the day of birth as day/month/year, 27/3/2011 for instance."),
    ],
)
def test_what_is_missing_is_named(
    ana: World, sign_in: SignIn, changed: dict[str, str], sentence: str
) -> None:
    page = ask(sign_in(), **changed).content.decode()

    assert sentence in page
    assert SafeguardingReason.objects.count() == 0


def test_two_of_the_same_name_and_day_are_not_told_apart_by_guessing(world: World, sign_in: SignIn) -> None:
    world.people("""
        id | agency    | person | name      | born       | cohort
        ---+-----------+--------+-----------+------------+----------
        1  | education | ONE    | Dee Ashby | 2011-05-02 | register
        2  | education | TWO    | Dee Ashby | 2011-05-02 | register
    """).served()

    assert NOT_FOUND in ask(sign_in()).content.decode()
    assert SafeguardingReason.objects.count() == 0


def test_ending_the_reason_closes_the_register_again_and_keeps_the_row(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    ask(browser)
    assert "You have given one." in browser.get("/people/DEE/reason/").content.decode()

    ended = browser.post("/people/DEE/reason/", follow=True)

    assert ended.redirect_chain == [("/people/", 302)]
    assert "Your reason is ended." in ended.content.decode()
    assert browser.get("/people/DEE/").status_code == 404
    assert SafeguardingReason.objects.get().ended_by == "mara"
    assert AuditEvent.objects.get(action="reason.ended").subject == "DEE"


def test_a_reason_goes_with_its_person_when_two_ids_are_one(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    ask(browser)
    held = PersonAssignment.objects.filter(person_id="DEE").values_list("record_id", flat=True)
    at = datetime(2026, 4, 7, 8, tzinfo=UTC)
    for record in list(held):
        last = PersonAssignment.objects.create(
            record_id=record, person_id="DEETOO", assigned_at=at, cause="judgement"
        )
    PersonIdEvent.objects.create(
        person_id="DEE", kind="merged", other_id="DEETOO", at=at, cause="judgement", after_seq=last.seq
    )

    assert "Dee Ashby" in browser.get("/people/DEETOO/").content.decode()
    assert "Dee Ashby" in browser.get("/people/DEE/", follow=True).content.decode()
    assert sign_in("detective", "police", "idris").get("/people/DEETOO/").status_code == 200

    assert "End my reason" in browser.get("/people/DEETOO/reason/").content.decode()
    browser.post("/people/DEETOO/reason/")
    assert SafeguardingReason.objects.get().ended_by == "mara"
    assert browser.get("/people/DEETOO/").status_code == 404


def test_one_worker_does_not_end_anothers_reason(ana: World, sign_in: SignIn) -> None:
    ask(sign_in())
    other = sign_in("detective", "police", "idris")

    page = other.get("/people/DEE/reason/").content.decode()
    other.post("/people/DEE/reason/", {"reason": "Named in a report."})
    other.post("/people/DEE/reason/")

    assert "Mara Quill, Nowhere Children&#x27;s Services" in page
    assert "End my reason" not in page
    open_still = SafeguardingReason.objects.filter(ended_at=None)
    assert [reason.recorded_by for reason in open_still] == ["mara"]


def test_a_role_that_gives_no_reason_is_refused_and_shown_no_way_there(ana: World, sign_in: SignIn) -> None:
    analyst = sign_in("analyst", "police")

    assert analyst.post("/people/reason/", DEE).status_code == 403
    assert analyst.post("/people/ANA/reason/", {"reason": "Curious"}).status_code == 403
    assert "/people/reason/" not in analyst.get("/people/?q=Dee").content.decode()
    assert SafeguardingReason.objects.count() == 0
