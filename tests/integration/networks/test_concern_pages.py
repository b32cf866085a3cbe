"""Lists of concern, and the pages of one: facts in order, opened to records, and nothing that the viewer may not see."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engage.governance.models import AuditEvent
from engage.networks import queries
from engage.networks.rules import code_of
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
POLICE = ("detective", "police", "idris")
FLAT = code_of("place", "flat 2 for ana petal")


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    shown = answer.content.decode()
    assert not re.search(r"\bscore|\brisk\b|\bhub\b|\bbroker", _main(shown))
    return shown


def _main(shown: str) -> str:
    return shown.partition("<main")[2].partition("</main")[0]


def cells(shown: str, row: str) -> dict[str, str]:
    """The facts of a row by the head of their column."""
    (found,) = re.findall(rf'<th scope="row"[^>]*>(?:<a[^>]*>)?{re.escape(row)}<.*?</tr>', shown, re.S)
    told = re.findall(r'data-label="([^"]*)">(.*?)</td>', found, re.S)
    return {label: re.sub(r"<[^>]*>", "", text).strip() for label, text in told}


def test_people_stand_in_an_order_of_facts_with_the_lines_that_put_them_there(
    two: World, sign_in: SignIn
) -> None:
    shown = page(sign_in(*POLICE), "/concern/")
    assert "None of this is a finding, and most links have harmless reasons." in shown
    assert "most distinct children first, then most agencies that hold a link" in shown
    facts = cells(shown, "Max Tarn")
    assert (facts["Age now"], facts["Distinct children"], facts["Agencies that hold a link"]) == (
        "28",
        "3",
        "1: Police",
    )
    assert facts["Newest link"] == "5 March 2026"
    assert "Vehicle QQ11ABC" in facts["What it shares with children"]
    assert facts["Opened by"] == "nobody"
    assert shown.index("Max Tarn") < shown.index("Len Pool")
    for words in (
        'href="/people/ANA/chronology/?from_on=2026-02-01&amp;until_on=2026-02-01#entry-',
        "1 February 2026; Nowhere Police; here as: driver, the child as: passenger; recorded",
        "grade 3DP; here as: subject, the child as: subject; read in a text, or graded low",
    ):
        assert words in shown


def test_what_the_viewer_may_not_see_is_in_no_count_and_no_link(two: World, sign_in: SignIn) -> None:
    shown = page(sign_in(), "/concern/")
    facts = cells(shown, "Max Tarn")
    assert (facts["Distinct children"], facts["Newest link"]) == ("2", "1 March 2026")
    assert "CAT" not in shown.partition("Who is not counted")[0]
    assert "5 March 2026" not in page(sign_in(username="other"), f"/concern/places/{FLAT}/")


def test_who_is_not_counted_is_listed_with_why_and_a_day(two: World, sign_in: SignIn) -> None:
    shown = page(sign_in(*POLICE), "/concern/")
    facts = cells(shown, "Sue Worker")
    assert facts["Why it does not count"].startswith("told of it, saw it or was wronged")
    assert facts["To be looked at again"] == "1 May 2027"
    assert "local authority designated officer (LADO)" in shown


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("/concern/vehicles/", "QQ11ABC", {"Distinct children": "2", "Adults of concern": "2"}),
        ("/concern/places/", "Flat 2 for Ana Petal", {"Distinct children": "3", "Adults of concern": "1"}),
    ],
)
def test_places_and_vehicles_likewise(
    two: World, sign_in: SignIn, path: str, name: str, expected: dict[str, str]
) -> None:
    facts = cells(page(sign_in(*POLICE), path), name)
    assert expected.items() <= facts.items()


def test_a_vehicle_is_not_called_by_the_kind_of_an_event(two: World, sign_in: SignIn) -> None:
    shown = page(sign_in(*POLICE), f"/concern/vehicles/{code_of('vehicle', 'QQ11ABC')}/")
    assert '<span class="govuk-caption-l">Vehicle</span>' in shown


def test_phones_say_that_there_are_none_to_be_seen(two: World, sign_in: SignIn) -> None:
    assert "None that you may see. That is not the same as none." in page(sign_in(), "/concern/phones/")


def test_the_page_of_a_place_tells_by_month_its_adults_and_every_line(two: World, sign_in: SignIn) -> None:
    shown = page(sign_in(*POLICE), f"/concern/places/{FLAT}/")
    march = cells(shown, "March 2026")
    assert march == {
        "Distinct children": "2",
        "Adults of concern": "1",
        "Records": "2",
        "Agencies": "Nowhere Police",
    }
    assert "Bea Reed (a child then or now)" in shown
    assert 'href="/concern/people/MAX/"' in shown
    written = AuditEvent.objects.filter(action="concern.subject").latest("id")
    assert written.subject.split(",")[0] == f"place:{FLAT}"
    assert {"ANA", "BEA", "CAT", "MAX", "MUM"} <= set(written.subject.split(","))


def test_the_page_of_a_person_leads_to_what_they_share_with_children(two: World, sign_in: SignIn) -> None:
    shown = page(sign_in(*POLICE), "/concern/people/MAX/")
    shared = shown.partition("that they share with two children or more")[2].partition("</table>")[0]
    assert re.findall(r">(QQ11ABC|Flat 2 for Ana Petal)</a>", shared) == ["Flat 2 for Ana Petal", "QQ11ABC"]
    assert f'href="/concern/places/{FLAT}/"' in shared


def test_a_place_without_names_holds_no_name_id_or_link_of_a_child_and_keeps_the_counts(
    two: World, sign_in: SignIn
) -> None:
    browser = sign_in(*POLICE)
    opening = {"reason": "Ana Petal was seen here.", "grade": "2BP"} | seen_of(
        browser, f"/concern/places/{FLAT}/decide/"
    )
    browser.post(f"/concern/places/{FLAT}/decide/", opening)
    shown = page(browser, f"/concern/places/{FLAT}/?names=no")
    for told in (
        "Petal",
        "Ana",
        "Bea",
        "Reed",
        "Cat Moss",
        "ANA",
        "BEA",
        "CAT",
        "MUM",
        "#entry-",
        "police:events",
    ):
        assert not re.search(rf"\b{re.escape(told)}\b", shown), told
    assert set(re.findall(r'href="/(?:concern/)?people/(\w+)', _main(shown))) == {"MAX"}
    assert cells(shown, "March 2026") == cells(page(browser, f"/concern/places/{FLAT}/"), "March 2026")
    assert "3 distinct children" in shown
    assert "Max Tarn" in shown
    assert "Child 3" in shown
    assert "Opened as of concern by Idris Quill" in shown
    written = AuditEvent.objects.filter(action="concern.place_without_names").latest("id")
    assert written.subject == f"place:{FLAT},MAX"


def test_an_adult_of_concern_who_was_a_child_elsewhere_has_a_number_and_counts(
    two: World, sign_in: SignIn
) -> None:
    two.events("""
        id | agency | who                                | kind | when       | received
        o1 | police | police/4 victim, police/3 subject  | crime | 2014-01-01 | 2026-01-05
    """).served(build_id="b2")
    browser = sign_in(*POLICE)
    named, shown = (page(browser, f"/concern/places/{FLAT}/{asked}") for asked in ("", "?names=no"))
    assert ("1 adult of concern" in named, "1 adult of concern" in shown) == (True, True)
    assert ("Max Tarn" in named, "Max Tarn" in shown, "MAX" in shown) == (True, False, False)


def seen_of(browser: Client, path: str) -> dict[str, str]:
    """What the form of a page says was before the worker."""
    found = re.search(r'name="seen" value="([^"]*)"', page(browser, path))
    assert found
    return {"seen": found[1].replace("&quot;", '"')}


@pytest.mark.parametrize(
    "path",
    [
        "/concern/places/none/",
        "/concern/shoes/MAX/",
        "/concern/people/BEA/",
        "/concern/people/NOBODY/",
        "/groups/9/",
    ],
)
def test_what_is_not_there_or_may_not_be_seen_is_the_same_page(
    two: World, sign_in: SignIn, path: str
) -> None:
    assert sign_in(*POLICE).get(path).status_code == 404


def test_no_address_holds_a_plate_or_a_street(two: World, sign_in: SignIn) -> None:
    browser = sign_in(*POLICE)
    shown = page(browser, "/concern/vehicles/") + page(browser, "/concern/places/")
    assert not [
        href for href in re.findall(r'href="(/concern/[^"]*)"', shown) if re.search("QQ11|flat", href, re.I)
    ]


def test_a_place_without_names_holds_none_in_its_normal_form_nor_of_a_grown_up_who_is_not_of_concern(
    two: World, viewing: Any
) -> None:
    for place in two.rows["location"]:
        if place.get("name"):
            place["name"] = "Flat 2 for Ana Petal and May Petal"
    two.served(build_id="b2")
    code = code_of("place", "flat 2 for ana petal and may petal")
    found = queries.place_without_names(
        viewing=viewing("detective", "police"), build=two.warehouse.current(), area=two.area, code=code
    )
    assert "petal" not in repr(found).lower()
    assert found.labels == {("place", "flat 2 for … and …"): "Flat 2 for … and …"}
