"""One person's pages as a browser gets them: shown, signposted and refused; and withheld means nowhere in what is sent."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client

from engage.governance.models import AuditEvent
from engage.identities.models import PersonAssignment
from engage.picture.rules import Involved
from engage.web.people.chronology import COLUMNS
from engage.web.people.presenters import Reader, involved_table
from tests.conftest import NOW
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
READ = (
    "",
    "chronology/",
    "chronology/print/",
    "chronology.csv",
    "identity/",
    "identity/why/",
    "connections/",
)
ALL = (*READ, "record/", "reason/")
GUARDED_BY_POLICE = ("text-of-e3", "title-of-e3", "intelligence", "Intelligence", "1AC")
GUARDED_BY_NURSE = ("text-of-e4", "title-of-e4", "attendance", "Health attendance")


def everything(browser: Client, person: str, pages: tuple[str, ...] = READ) -> Iterator[tuple[str, str]]:
    """Every page of the person, as it is sent."""
    for page in pages:
        answer = browser.get(f"/people/{person}/{page}")
        assert answer.status_code == 200, page
        yield page, answer.content.decode()


def titles(page: str) -> list[str]:
    """The titles of a chronology, in its order."""
    return [unescape(t) for t in re.findall(r'moj-timeline__title">(.*?)<', page)]


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("role", "agency", "nowhere"),
    [
        ("social_worker", "childrens_services", GUARDED_BY_POLICE + GUARDED_BY_NURSE),
        ("parent_liaison", "charity", GUARDED_BY_POLICE + GUARDED_BY_NURSE),
        ("nurse", "health", GUARDED_BY_POLICE),
        ("detective", "police", GUARDED_BY_NURSE),
        ("business_support", "childrens_services", (*GUARDED_BY_POLICE, *GUARDED_BY_NURSE, "text-of-")),
    ],
)
def test_what_is_withheld_is_nowhere_in_any_page_csv_or_print(
    ana: World, sign_in: SignIn, role: str, agency: str, nowhere: tuple[str, ...]
) -> None:
    for page, sent in everything(sign_in(role, agency), "ANA"):
        # What an agency's extracts cover is no fact about the person: silences may name a kind.
        shown = sent.split('class="engage-about"')[0]
        assert [word for word in nowhere if word in shown] == [], page


def test_whoever_holds_the_guarded_sees_it(ana: World, sign_in: SignIn) -> None:
    detective = sign_in("detective", "police", "idris").get("/people/ANA/chronology/").content.decode()
    nurse = sign_in("nurse", "health", "nia").get("/people/ANA/chronology/").content.decode()

    assert "text-of-e3" in detective
    assert "Grade 1AC" in detective
    assert "text-of-e4" in nurse


@pytest.mark.parametrize("page", ALL)
def test_who_has_no_business_gets_the_answer_for_nobody(ana: World, sign_in: SignIn, page: str) -> None:
    stranger = sign_in("information_governance", "childrens_services")

    known, unknown = (stranger.get(f"/people/{who}/{page}") for who in ("ANA", "NOBODY"))

    may_not_write = page in ("record/", "reason/")
    assert known.status_code == unknown.status_code == (403 if may_not_write else 404)
    texts = [
        re.sub(r"ANA|NOBODY|nonce-\S+|nonce=\S+|value=\S+", "", a.content.decode()) for a in (known, unknown)
    ]
    assert texts[0] == texts[1]
    assert not re.search("Petal|text-of|Reed", texts[0])


def test_a_refusal_is_written_down(ana: World, sign_in: SignIn) -> None:
    sign_in("information_governance", "childrens_services").get("/people/ANA/")

    row = AuditEvent.objects.get()
    assert (row.actor, row.action, row.subject, row.decision) == ("mara", "person.view", "ANA", "nothing")


def test_of_a_person_who_is_only_signposted_the_page_says_whom_to_phone_and_no_name(
    ana: World, sign_in: SignIn
) -> None:
    browser = sign_in()

    overview = browser.get("/people/ZOE/").content.decode()

    assert "Name not shown" in overview
    assert "Specialist nurse, 07000 100004" in overview
    assert "Health, specialist nurse" in overview
    for page, sent in everything(browser, "ZOE"):
        for word in ("Zoe", "Hidden", "text-of-e7", "title-of-e8", "2009"):
            assert word not in sent, page


def test_who_is_involved_stands_first_with_part_last_contact_and_whom_to_phone(
    ana: World, sign_in: SignIn
) -> None:
    page = sign_in().get("/people/ANA/").content.decode()

    main = page[page.index("<main") :]
    first_table = main[main.index("Who is involved") : main.index("Who this is")]
    assert main.index("<table") < main.index("Who this is") < main.index("Latest in the chronology")
    for word in ("Nowhere Police", "Police", "1 February 2026", "Exploitation team, 07000 100001"):
        assert word in first_table


def test_what_was_recorded_here_by_hand_is_called_so_and_not_by_the_name_of_a_file() -> None:
    one = Involved("police", "Nowhere Police", ("by-hand", "custody_log"), None, "", "", is_signpost=False)
    reader = Reader({}, NOW.date())
    assert involved_table([one], reader).rows[0][2] == "recorded here by hand, custody log"


def test_values_stand_side_by_side_with_who_says_so_and_that_they_differ(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/people/ANA/identity/").content.decode()

    born = page[page.index('id="birth"') : page.index('id="address"')]
    assert "Sources differ" in born
    assert "1 March 2010" in born
    assert "3 January 2010" in born
    assert "Nowhere Schools, pupils 3, received 5 January 2026" in born


def test_a_date_is_told_no_more_exactly_than_its_source_did(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/people/ANA/chronology/").content.decode()

    assert "Some time in May 2025" in page
    assert "Date not known" in page
    assert "<strong>1 February 2026</strong>" in page
    assert "Received 3 February 2026. Source: events e2, row" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["=Theft()", "Front door", "Not home", "Spring term"]),
        ("?agency=police", ["=Theft()", "Not home"]),
        ("?kind=contact&kind=missing", ["Front door", "Not home"]),
        ("?from_on=2026-01-03", ["=Theft()"]),
        ("?until_on=2025-06-10", ["Not home"]),
        ("?agency=police&kind=absence", []),
        ("?agency=nobody", []),
    ],
)
def test_the_chronology_is_cut_by_agency_kind_and_days_on_page_print_and_csv(
    ana: World, sign_in: SignIn, query: str, expected: list[str]
) -> None:
    browser = sign_in()

    shown = [browser.get(f"/people/ANA/chronology/{rest}{query}").content.decode() for rest in ("", "print/")]

    assert [titles(page) for page in shown] == [expected, expected]
    in_csv = [
        row["title"].removeprefix("'") for row in rows(browser.get(f"/people/ANA/chronology.csv{query}"))
    ]
    assert in_csv == expected


def test_filters_offer_only_what_the_viewer_sees(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/people/ANA/chronology/").content.decode()

    assert set(re.findall(r'name="agency" value="(\w+)"', page)) == {
        "childrens_services",
        "police",
        "education",
    }
    assert set(re.findall(r'name="kind" value="(\w+)"', page)) == {"contact", "crime", "absence", "missing"}


def test_a_filter_day_that_is_none_is_named_and_nothing_is_cut_by_it(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/people/ANA/chronology/?from_on=31-31-2026").content.decode()

    assert "Enter a valid date." in page
    assert len(titles(page)) == 4


def test_an_impossible_day_or_one_to_come_is_refused_with_a_remedy(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()

    for asked, sentence in (("2026-02-30", "is not a day"), ("2027-01-01", "received as late as")):
        answer = browser.get(f"/people/ANA/?as_of={asked}")
        assert answer.status_code == 400
        assert sentence in answer.content.decode()


def test_as_known_on_a_day_only_what_was_received_by_then_and_links_keep_the_day(
    ana: World, sign_in: SignIn
) -> None:
    browser = sign_in()

    page = browser.get("/people/ANA/chronology/?as_of=2026-02-03").content.decode()

    assert titles(page) == ["=Theft()", "Front door"]
    assert "As known on 3 February 2026" in page
    assert "uses today's identities" in page
    for there in ("/people/ANA/identity/", "/people/ANA/chronology/print/", "/people/ANA/chronology.csv"):
        assert f'href="{there}?as_of=2026-02-03"' in page
    assert len(rows(browser.get("/people/ANA/chronology.csv?as_of=2026-02-03"))) == 2


def test_an_agency_whose_facts_are_shown_is_not_called_silent(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    page = browser.get("/people/ANA/").content.decode()

    about = page[page.index('class="engage-about"') :]
    assert "The Lantern Project has sent nothing by 6 April 2026" in about
    assert "Nowhere Children&#x27;s Services had not said by 6 April 2026 what its extracts cover" in about
    assert (
        "Nowhere Schools sends “Missing” for everybody, from 1 January 2025 on: none is shown here." in about
    )


def test_no_cell_of_the_csv_is_taken_for_a_formula(ana: World, sign_in: SignIn) -> None:
    answer = sign_in().get("/people/ANA/chronology.csv")

    taken = rows(answer)
    assert list(taken[0]) == list(COLUMNS)
    assert (taken[0]["title"], taken[0]["text"]) == ("'=Theft()", "'@text-of-e2")
    assert not [v for row in taken for v in row.values() if v[:1] in "=+-@\t\r" and v]
    assert answer["Content-Disposition"] == 'attachment; filename="chronology-ANA.csv"'
    assert answer["Cache-Control"] == "no-store"


def test_a_sources_markup_is_text(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/people/ANA/chronology/").content.decode()

    assert "&lt;b&gt;late&lt;/b&gt;" in page
    assert "<b>late</b>" not in page


@pytest.mark.parametrize(
    ("page", "actions"),
    [
        ("", ["person.view"]),
        ("chronology/", ["person.view"]),
        ("identity/", ["person.view"]),
        ("chronology/print/", ["person.view", "chronology.export"]),
        ("chronology.csv", ["person.view", "chronology.export"]),
    ],
)
def test_every_view_is_written_down_and_taking_away_as_an_export(
    ana: World, sign_in: SignIn, page: str, actions: list[str]
) -> None:
    sign_in().get(f"/people/ANA/{page}")

    written = AuditEvent.objects.order_by("id").values_list("actor", "action", "subject", "decision")
    assert list(written) == [("mara", action, "ANA", "allow") for action in actions]


def test_ties_and_household_lead_to_the_other_persons_page(ana: World, sign_in: SignIn) -> None:
    page = sign_in().get("/people/ANA/connections/").content.decode()

    assert page.count('<a class="govuk-link" href="/people/BEN/">Ben Reed</a>') == 2
    assert "this person is “sister of” them" in page
    assert "07000123456" in page
    assert "1 Reed Close, QX1 1AA" in page


def test_a_pair_of_which_one_record_may_not_be_seen_is_as_if_it_were_not_there(
    ana: World, sign_in: SignIn
) -> None:
    browser = sign_in()
    hidden = "zz:health:patients:4"

    pages = [
        browser.get("/people/join/", {"left": "zz:police:persons:2", "right": other}).content.decode()
        for other in (hidden, "zz:police:persons:none")
    ]
    seen = browser.get(
        "/people/join/", {"left": "zz:police:persons:2", "right": "zz:childrens_services:children:1"}
    )

    assert all("There is no pair of records here of which you may see both." in page for page in pages)
    assert not any("Ana Petal" in page for page in pages)
    assert "Nowhere Police, persons 2" in seen.content.decode()


def test_pages_are_read_only_by_reading(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()

    assert [browser.post(f"/people/ANA/{page}").status_code for page in READ] == [405] * len(READ)


def test_nobody_sees_anything_without_signing_in(ana: World) -> None:
    for page in ALL:
        answer = Client().get(f"/people/ANA/{page}")
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/sign-in/")


def test_a_judgement_since_the_build_holds_at_once_and_is_told(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    notice = "was judged after the last build"
    assert notice not in browser.get("/people/ANA/").content.decode()

    PersonAssignment.objects.create(
        record_id="zz:police:persons:2", person_id="BEN", assigned_at=NOW, build_id="", cause="judgement"
    )

    pages = {who: browser.get(f"/people/{who}/identity/").content.decode() for who in ("ANA", "BEN")}
    assert all(notice in page for page in pages.values())
    assert "Anna Petal" not in pages["ANA"]
    assert "Anna Petal" in pages["BEN"]


@pytest.mark.parametrize("query", ["", "?as_of=2026-02-03"])
def test_every_way_that_a_page_offers_leads_somewhere(ana: World, sign_in: SignIn, query: str) -> None:
    browser = sign_in()
    here = [f"/people/ANA/{page}{query}" for page in (*ALL, "chronology/") if page != "chronology.csv"]
    offered = {
        unescape(way)
        for page in here
        for way in re.findall(r'<a [^>]*href="(/[^"#]*)', browser.get(page).content.decode())
    }

    assert {way: code for way in sorted(offered) if (code := browser.get(way).status_code) != 200} == {}
    assert len(offered) > 12
