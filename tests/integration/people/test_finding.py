"""Finding a person on the page: by whatever is known, never one who may not be seen, and saying so when there are more."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from engage.governance.actions import make_user
from engage.governance.models import AuditEvent
from engage.picture.rules import Found, SearchResult
from engage.picture.search import people
from tests.conftest import NOW
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]


def found(browser: Client, words: str) -> list[str]:
    page = browser.get("/people/", {"q": words}).content.decode()
    return re.findall(r'<a class="govuk-link" href="/people/([A-Z0-9]+)/">', page)


@pytest.mark.parametrize(
    "words", ["Anna Petal", "ana pettal", "Petal, Ana", "07000 123456", "3456", "1 Reed Close"]
)
def test_a_person_is_found_by_what_is_known(ana: World, sign_in: SignIn, words: str) -> None:
    assert "ANA" in found(sign_in(), words)


@pytest.mark.parametrize("words", ["Zoe Hidden", "Dee Ashby", "A999000000015", "9 Mill Lane"])
def test_who_may_not_be_seen_is_not_found_and_the_page_does_not_call_that_nobody(
    ana: World, sign_in: SignIn, words: str
) -> None:
    browser = sign_in()

    assert found(browser, words) == []
    page = browser.get("/people/", {"q": words}).content.decode()
    assert "That nobody is found does not mean that nobody knows them." in page


def test_a_search_is_written_down_with_whom_it_found(ana: World, sign_in: SignIn) -> None:
    found(sign_in(), "Ben Reed")

    row = AuditEvent.objects.get()
    assert (row.actor, row.action) == ("mara", "people.search")
    assert "BEN" in row.subject.split(",")


def test_what_came_since_the_build_stands_apart_and_a_record_of_nobody_yet_leads_to_no_page(
    ana: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = Found(
        "zz:police:persons:9", "Nell Underhill", "", ("police",), "Nell Underhill", "police", 100.0
    )
    known = replace(record, person_id="ANA", name="Ana Quandle")
    monkeypatch.setattr(
        people,
        "search",
        lambda sought, **_rest: SearchResult(sought.words, (), False, waiting=(record, known)),
    )
    browser = sign_in()

    page = browser.get("/people/", {"q": "underhill"}).content.decode()

    assert page.index("Received since the last build") < page.index("Nell Underhill")
    assert found(browser, "underhill") == ["ANA"]
    assert AuditEvent.objects.first().subject == "zz:police:persons:9,ANA"


def test_looking_at_the_page_without_words_searches_nothing(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/people/").content.decode()

    assert "What you search for and whom you open is written in the access log" in page
    assert AuditEvent.objects.count() == 0


def test_more_than_are_shown_are_said_to_be_more(world: World, sign_in: SignIn) -> None:
    lines = "\n".join(f"{n} | police | P{n} | Sam Reed | case" for n in range(55))
    world.people(f"id | agency | person | name | cohort\n---+---+---+---+---\n{lines}").served()
    browser = sign_in()

    page = browser.get("/people/?q=Sam+Reed").content.decode()

    assert len(found(browser, "Sam Reed")) == 30
    assert "More people than these fit your words. The 30 closest are shown" in page


def test_too_many_words_are_refused_by_name(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/people/", {"q": "a" * 201}).content.decode()

    assert "There is a problem" in page
    assert "at most 200 characters" in page


NAMESAKES = """
    id | agency             | person | name      | born       | address       | handling
    ---+--------------------+--------+-----------+------------+---------------+---------
    1  | police             | AAA    | Sam Petal | 2010-03-01 | 12 Reed Close |
    2  | education          | BBB    | Sam Petal |            |               |
    3  | childrens_services | CCC    | Sam Petal | 2001-01-01 | 9 Mill Lane   |
    4  | police             | CCC    | Sam Petal | 2010-01-01 | 14 Reed Close | C
"""


@pytest.mark.parametrize(
    ("given", "fit", "not_known"),
    [
        ({"born": "2010"}, ["AAA"], ["BBB"]),
        ({"born": "1/3/2010"}, ["AAA"], ["BBB"]),
        ({"born": "about 2009"}, ["AAA"], ["BBB"]),
        ({"street": "Reed Close"}, ["AAA"], ["BBB"]),
        ({"agency": "education"}, ["BBB"], []),
        ({"born": "2010", "street": "reed close", "agency": "police"}, ["AAA"], []),
    ],
)
def test_what_else_is_known_narrows_and_not_known_is_said_apart(
    world: World, sign_in: SignIn, given: dict[str, str], fit: list[str], not_known: list[str]
) -> None:
    world.people(NAMESAKES).served()

    page = sign_in().get("/people/", {"q": "Samm Petal", **given}).content.decode()

    first, _, second = page.partition("Not known is not no.")
    ids = re.compile(r'<a class="govuk-link" href="/people/([A-Z0-9]{3})/">')
    assert (ids.findall(first), ids.findall(second)) == (fit, not_known)
    assert "<details" in page
    assert " open>" in page


def test_a_street_alone_is_looked_for_by_a_year(world: World, sign_in: SignIn) -> None:
    world.people(NAMESAKES).served()

    page = sign_in().get("/people/", {"street": "Reed Close", "born": "2010"}).content.decode()

    assert re.findall(r'href="/people/([A-Z]{3})/"', page) == ["AAA"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"born": "2010"}, "Write a name, a number or a street besides."),
        ({"agency": "police"}, "Write a name, a number or a street besides."),
        ({"q": "Sam Petal", "born": "the spring"}, "the spring"),
        ({"q": "Sam Petal", "agency": "nobody"}, "nobody"),
    ],
)
def test_what_narrows_wrongly_is_said_and_searches_nothing(
    world: World, sign_in: SignIn, given: dict[str, str], sentence: str
) -> None:
    world.people(NAMESAKES).served()

    page = sign_in().get("/people/", given).content.decode()

    assert "There is a problem" in page
    assert sentence in page
    assert AuditEvent.objects.count() == 0


def test_a_second_visit_is_not_called_the_first_though_the_clock_stands_still(
    ana: World, viewing: Callable[..., object]
) -> None:
    make_user(viewing=viewing(), username="mara", name="Mara Quill", agency="childrens_services", role="social_worker", password="made-up")  # fmt: skip
    seen = []
    for _ in range(2):
        browser = Client()
        browser.post(reverse("account_login"), {"login": "mara", "password": "made-up"})
        seen.append(browser.get("/").content.decode())

    assert "This is your first visit." in seen[0]
    assert "What is new since your last visit on 7 April 2026, 08:40." in seen[1]
    assert get_user_model().objects.get().last_visit_at is not None


def test_home_leads_to_finding_a_person(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/").content.decode()

    assert re.search(r'<form method="get" action="/people/" role="search"', page)
    assert 'name="q"' in page


def test_the_access_log_goes_on_over_pages(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    looked = {"actor": "mara", "action": "person.view", "subject": "BEN", "decision": "allow"}
    AuditEvent.objects.bulk_create(AuditEvent(**looked, at=NOW, recorded_at=NOW) for _ in range(101))

    first, second = (browser.get(f"/access-log/{query}").content.decode() for query in ("", "?page=2"))

    assert first.count("Looked at a person") == 100
    assert 'href="?page=2" rel="next"' in first
    assert 'rel="prev"' not in first
    assert second.count("Looked at a person") >= 1
    assert 'href="?page=1" rel="prev"' in second
    assert 'rel="next"' not in second
