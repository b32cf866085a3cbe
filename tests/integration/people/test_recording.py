"""What a worker records by hand stands at once, is told apart, can be withdrawn, and is never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engage.governance.models import AuditEvent
from engage.records.models import HandEntry
from tests.integration.people.test_person_pages import titles
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
NOTE = {"kind": "note", "title": "Rang home", "when": "3/4/2026 14:05", "text": "Her aunt said she is well.", "handling": "", "grade": ""}  # fmt: skip


def record(browser: Client, **changed: str) -> Any:
    return browser.post("/people/ANA/record/", {**NOTE, **changed}, follow=True)


def chronology(browser: Client, query: str = "") -> str:
    return browser.get(f"/people/ANA/chronology/{query}").content.decode()


def test_it_stands_in_the_chronology_at_once_and_is_told_apart(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()

    page = record(browser).content.decode()

    assert titles(page)[0] == "Rang home"
    assert "3 April 2026, 14:05" in page
    assert "Recorded by hand, not yet in a build" in page
    assert "Her aunt said she is well." in page
    assert "Recorded by:</span> Mara Quill" in page
    assert "Recorded. It stands in the chronology now" in page
    written = AuditEvent.objects.get(action="hand.recorded")
    assert (written.actor, written.subject, written.decision) == ("mara", "ANA", "recorded")


def test_another_agency_sees_it_as_its_handling_says(ana: World, sign_in: SignIn) -> None:
    detective = sign_in("detective", "police", "idris")
    record(detective, title="Open to partners", grade="2BP")
    record(detective, title="Guarded", grade="1AC", text="text-guarded")

    own, partner = chronology(detective), chronology(sign_in())

    assert {"Open to partners", "Guarded"} <= set(titles(own))
    assert "Grade 2BP" in partner
    assert "Open to partners" in titles(partner)
    assert "uarded" not in partner


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("3/4/2026", "<strong>3 April 2026</strong>"),
        ("March 2026", "Some time in March 2026"),
        ("2009", "Some time in 2009"),
        ("about 2009", "About 2009"),
        ("", "Date not known"),
    ],
)
def test_a_date_is_kept_as_exactly_as_it_is_known(ana: World, sign_in: SignIn, when: str, shown: str) -> None:
    page = record(sign_in(), when=when).content.decode()

    assert shown in page[page.index("Rang home") - 2000 : page.index("Rang home") + 800]
    assert HandEntry.objects.get().payload["happened_text"] == when


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Choose what it is"),
        ({"kind": "crime"}, "kind", "Select a valid choice"),
        ({"title": " "}, "title", "Say in one line what it is about."),
        ({"text": ""}, "text", "Write what was seen, said or done, and by whom."),
        ({"when": "last Tuesday"}, "when", "last Tuesday"),
        ({"when": "31/2/2026"}, "when", "31/2/2026"),
        ({"when": "1/5/2026"}, "when", "This is in the future. Check the date."),
        ({"grade": "9Z"}, "grade", "Write the grade as a number 1 to 3"),
        ({"grade": "1AC"}, "grade", "Your role does not see what is handled C"),
        ({"handling": "C"}, "handling", "Select a valid choice"),
    ],
)
def test_what_cannot_stand_is_named_beside_its_field_and_nothing_typed_is_lost(
    ana: World, sign_in: SignIn, changed: dict[str, str], field: str, sentence: str
) -> None:
    page = record(sign_in(), **changed).content.decode()

    assert "There is a problem" in page
    assert f'<a href="#id_{field}' in page
    assert sentence in page
    assert HandEntry.objects.count() == 0
    kept = {**NOTE, **changed}
    assert kept["text"] in page
    assert f'value="{kept["title"].strip()}"' in page or not kept["title"].strip()


def test_grade_and_handling_must_not_gainsay_each_other(ana: World, sign_in: SignIn) -> None:
    detective = sign_in("detective", "police")

    page = record(detective, grade="2BP", handling="C").content.decode()

    assert "The grade ends with another handling than the one chosen above." in page
    assert HandEntry.objects.count() == 0


def test_withdrawing_takes_it_from_the_chronology_and_keeps_both(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    record(browser)
    number = HandEntry.objects.get().pk
    address = f"/people/ANA/record/{number}/withdraw/"
    assert f'href="{address}"' in chronology(browser)

    asked = browser.get(address).content.decode()
    empty = browser.post(address, {"reason": ""}).content.decode()
    done = browser.post(address, {"reason": "It was her sister."}, follow=True).content.decode()

    assert titles(asked) == ["Rang home"]
    assert "Say why it is withdrawn." in empty
    assert "Rang home" not in titles(done)
    assert [e.reason for e in HandEntry.objects.order_by("pk")] == ["", "It was her sister."]
    assert AuditEvent.objects.get(action="hand.withdrawn").why == "It was her sister."
    assert browser.post(address, {"reason": "Again"}).status_code == 404
    assert HandEntry.objects.count() == 2


def test_only_an_agency_itself_withdraws_what_it_recorded_and_only_from_that_person(
    ana: World, sign_in: SignIn
) -> None:
    record(sign_in())
    number = HandEntry.objects.get().pk
    other = sign_in("detective", "police", "idris")

    assert "Withdraw this entry" not in chronology(other)
    assert other.post(f"/people/ANA/record/{number}/withdraw/", {"reason": "No"}).status_code == 404
    colleague = sign_in("team_manager", "childrens_services", "lorna")
    assert colleague.post(f"/people/BEN/record/{number}/withdraw/", {"reason": "No"}).status_code == 404
    assert HandEntry.objects.count() == 1


def test_on_an_earlier_day_nothing_is_offered_for_withdrawal(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    record(browser)

    assert "Withdraw this entry" not in chronology(browser, "?as_of=2026-02-03")


@pytest.mark.parametrize("role", ["analyst", "information_governance"])
def test_a_role_that_records_nothing_is_offered_no_page_for_it(
    ana: World, sign_in: SignIn, role: str
) -> None:
    browser = sign_in(role, "police")

    answer = browser.post("/people/ANA/record/", NOTE)

    assert answer.status_code == 403
    assert "Your role does not include this" in answer.content.decode()
    assert HandEntry.objects.count() == 0
    if role == "analyst":
        assert "Record something" not in browser.get("/people/ANA/").content.decode()
