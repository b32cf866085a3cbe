"""A child's indicators and the worklist as pages: opened to records and words, ordered by facts, for those who may see."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from engage.governance.models import AuditEvent
from engage.picture.models import IndicatorStatement, LookedAt
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]


@pytest.fixture
def two(world: World) -> World:
    """Ana: a text about a phone, an investigation; Bea: something newer that the police guard."""
    world.people("""
        id | agency             | person | name      | born
        1  | childrens_services | ANA    | Ana Petal | 2010-03-01
        2  | police             | ANA    | Ana Petal | 2010-03-01
        3  | police             | BEA    | Bea Reed  | 2011-05-05
    """).events("""
        id | agency             | who                        | kind          | title   | when       | text                                    | handling
        e1 | childrens_services | childrens_services/1 child | contact       | Front   | 2026-01-02 | Her older boyfriend bought her a new phone <b>. |
        e2 | police             | police/2 victim            | investigation | Op Fern | 2026-02-01 |                                         |
        e3 | police             | police/3 victim            | investigation | Op Elm  | 2026-02-09 |                                         | C
    """).read().served()
    return world


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_an_indicator_opens_to_the_very_words_and_says_that_they_are_weaker(
    two: World, sign_in: SignIn
) -> None:
    shown = page(sign_in(), "/people/ANA/indicators/G2/")
    assert re.search(r'Her older (boyfriend )?(bought her )?<mark class="engage-read">[^<]*new phone', shown)
    assert "&lt;b&gt;" in shown
    assert "weaker than what somebody recorded as such" in shown
    assert "Op Fern" in page(sign_in(username="other"), "/people/ANA/indicators/A1/")


def test_the_list_of_indicators_tells_present_from_not_known_and_not_asked(
    two: World, sign_in: SignIn
) -> None:
    shown = page(sign_in(), "/people/ANA/indicators/")
    for words in (
        "A new or further phone",
        "1 text (read by rules, weaker)",
        "not known",
        "not asked",
        "not present",
    ):
        assert words in shown
    assert not re.search(r"\bscore\b|\brisk\b|\btotal\b", shown.partition("<main")[2].partition("</main")[0])


def test_what_a_worker_says_stands_beside_the_evidence_and_is_taken_back(two: World, sign_in: SignIn) -> None:
    browser = sign_in()
    address = "/people/ANA/indicators/A1/"
    seen = re.search(r'name="seen" value="([^"]*)"', page(browser, address))
    assert seen
    form = {"says": "explained", "reason": "Already with Op Fern.", "seen": seen[1].replace("&quot;", '"')}
    shown = browser.post(address, form, follow=True).content.decode()
    assert "explained by Mara Quill" in shown
    assert "Already with Op Fern." in shown
    written = AuditEvent.objects.get(action="indicator.said")
    assert (written.actor, written.subject, written.decision) == ("mara", "ANA", "explained")

    row = IndicatorStatement.objects.get()
    shown = browser.post(f"{address}take-back/{row.seq}/", follow=True).content.decode()
    assert "Already with Op Fern." not in shown


def test_a_reason_is_asked_for_and_nothing_is_kept_without(two: World, sign_in: SignIn) -> None:
    shown = sign_in().post("/people/ANA/indicators/A1/", {"says": "confirmed", "reason": ""}).content.decode()
    assert "Say why: others will read it beside the evidence." in shown
    assert not IndicatorStatement.objects.exists()


def test_who_may_not_record_is_offered_no_form(two: World, sign_in: SignIn) -> None:
    browser = sign_in("analyst", "police", "ines")
    assert "Keep what I say" not in page(browser, "/people/ANA/indicators/A1/")
    assert browser.post("/people/ANA/indicators/A1/", {"says": "confirmed", "reason": "x"}).status_code == 403


def children(shown: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a class="govuk-link" href="/people/(\w+)/indicators/', shown)


def test_the_worklist_names_its_order_and_shows_nobody_of_whom_the_viewer_may_not_see_the_evidence(
    two: World, sign_in: SignIn
) -> None:
    own, partner = sign_in("detective", "police", "idris"), sign_in()
    assert children(page(own, "/worklist/")) == ["ANA", "BEA"]
    shown = page(partner, "/worklist/")
    assert children(shown) == ["ANA"]
    assert "Bea Reed" not in shown
    assert "Most children on this list are not being exploited." in shown
    assert "agencies with new signs of harm, most first; newest sign of harm, newest first" in shown
    assert children(page(own, "/worklist/?by1=newest_harm")) == ["BEA", "ANA"]
    assert children(page(own, "/worklist/?by1=shoe_size")) == ["ANA", "BEA"]


def test_who_was_looked_at_leaves_the_list_with_the_reason_on_their_page(two: World, sign_in: SignIn) -> None:
    browser = sign_in()
    seen = re.search(r'name="seen" value="([^"]*)"', page(browser, "/people/ANA/indicators/"))
    assert seen
    form = {"outcome": "Strategy discussion on Friday.", "seen": seen[1].replace("&quot;", '"')}
    shown = browser.post("/people/ANA/indicators/", form, follow=True).content.decode()
    assert "Strategy discussion on Friday." in shown
    assert children(page(browser, "/worklist/")) == []
    assert LookedAt.objects.get().looked_by == "mara"


def test_every_indicator_is_explained_with_its_step(two: World, sign_in: SignIn) -> None:
    shown = page(sign_in(), "/indicators/")
    for words in ("What it does not mean:", "select * from happened", "off by default"):
        assert words in shown


def test_the_area_s_weekly_limit_is_told_and_drops_nobody(two: World, sign_in: SignIn) -> None:
    settings = two.area.folder / "area.yaml"
    settings.write_text(settings.read_text() + "\nworklist: {weekly_limit: 1}\n")
    assert "The area&#x27;s limit is 1 a week" in page(sign_in("detective", "police", "idris"), "/worklist/")


def test_how_indicators_are_used_is_told_by_what_the_viewer_may_see(two: World, sign_in: SignIn) -> None:
    def carried(browser: Client) -> str:
        row = re.search(r"A1 Named as a victim.*?</tr>", page(browser, "/indicators/use/"), re.S)
        assert row
        return re.findall(r"<td[^>]*>\s*([^<]*)", row[0])[0]

    assert carried(sign_in("detective", "police", "idris")) == "2"
    assert carried(sign_in()) == "1"
