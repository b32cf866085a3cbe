"""Cases on pages: refer from where the evidence is, move, write, correct, and what a worker of another agency is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engage.casework.cases.models import Case, CaseEntry
from engage.casework.forms.reading import load
from engage.casework.forms.rules import Kind
from tests.integration.casework.conftest import REFERRAL, Office
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def sends(browser: Client, path: str, **given: Any) -> str:
    """A form is opened and sent as it stands there."""
    page = browser.get(path).content.decode()
    held = {"version": version(page)} if 'name="version"' in page else {}
    return str(browser.post(path, {**held, **given}, follow=True).content.decode())


def test_referring_from_a_childs_indicators_brings_the_records_that_speak_there(
    ana: World, sign_in: SignIn
) -> None:
    browser = sign_in()
    page = browser.get("/people/ANA/indicators/").content.decode()
    path = re.search(r'href="(/cases/refer/child/[^"]*)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    shown = browser.get(path).content.decode()
    assert "About: Ana Petal, 2010-03-01" in shown
    shown = browser.post(path, REFERRAL, follow=True).content.decode()
    assert "Child: Ana Petal" in shown
    assert "Referral received" in shown
    assert CaseEntry.objects.get().evidence == ["zz:police:events:m1"]
    assert Case.objects.get().subject == "ANA"


def test_what_is_missing_is_said_at_its_question_and_nothing_is_kept(ana: World, sign_in: SignIn) -> None:
    shown = sends(sign_in(), "/cases/refer/child/?about=ANA", **{**REFERRAL, "worry": ""})
    assert "There is a problem" in shown
    assert "07000 100009" in shown
    assert not Case.objects.exists()


def test_a_move_that_cannot_be_made_stands_there_with_the_sentence_that_refuses_it(
    office: Office, sign_in: SignIn
) -> None:
    number = office.refers()
    shown = sign_in("social_worker").get(f"/cases/{number}/").content.decode()
    assert f'href="/cases/{number}/move/accept/"' in shown
    assert f'href="/cases/{number}/move/decline/"' not in shown
    assert "“Decline” is for: team manager." in shown


def test_a_declined_referral_comes_back_with_how_it_ended_when_it_is_opened_again(
    office: Office, sign_in: SignIn
) -> None:
    number = office.refers()
    declined = {"reason": "need_more", "to_referrer": "Tell us the car.", "told_how": "phone", "why": "One visit", "checked": ["record"], "safe_tonight": "yes", "again": "A plate"}  # fmt: skip
    shown = sends(sign_in("team_manager", username="lena"), f"/cases/{number}/move/decline/", **declined)
    assert "Declined" in shown
    browser = sign_in("nurse", "health", "nora")
    assert browser.get(f"/cases/{number}/move/reopen/").status_code == 404
    office.brings(number, "health")
    shown = sends(browser, f"/cases/{number}/move/reopen/", **answers_of("reopening"))
    assert "How it ended the last time, and why" in shown
    assert "Tell us the car." in shown


def answers_of(form: str) -> dict[str, Any]:
    """Something for every question of a form that has to be answered."""
    given: dict[str, Any] = {}
    for question in load()[form].questions:
        if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
            given[question.code] = f"Words on {question.code}"
        elif question.codes:
            given[question.code] = question.codes[0]
        elif question.kind is Kind.DAY:
            given |= {f"{question.code}_0": "1", f"{question.code}_1": "4", f"{question.code}_2": "2026"}
    return given


def test_two_who_write_at_once_see_both_versions(office: Office, sign_in: SignIn) -> None:
    number = office.refers()
    browser = sign_in("social_worker", username="mara")
    path = f"/cases/{number}/move/acknowledge/"
    page = browser.get(path).content.decode()
    office.moves(number, "acknowledge", office.as_("team_manager"), how="phone", said="We have it.")
    late = {"version": version(page), "how": "email", "said": "I wrote this too."}
    shown = browser.post(path, late).content.decode()
    assert "Team Manager moved this case while you were writing" in shown
    assert "I wrote this too." in shown
    assert CaseEntry.objects.filter(form="acknowledgement").count() == 1


def test_two_corrections_of_one_note_stand_side_by_side(office: Office, sign_in: SignIn) -> None:
    number = office.refers()
    note = office.writes(number, "note", title="Seen", text="At the station.")
    browser, path = sign_in(), f"/cases/{number}/write/note/?replaces={note}"
    browser.get(path)
    office.corrects(number, note, title="Seen", text="At the bus stop.")
    mine = {"title": "Seen", "text": "At the car park.", "replaces": str(note)}
    shown = browser.post(path, mine).content.decode()
    assert "What Social Worker kept while you were writing" in shown
    assert "At the bus stop." in shown
    assert "At the car park." in shown
    theirs = re.search(r'name="replaces" value="(\d+)"', shown)[1]  # type: ignore[index]
    browser.post(path, {**mine, "replaces": theirs})
    assert list(CaseEntry.objects.filter(form="note").order_by("seq").values_list("answers__text", flat=True)) == ["At the station.", "At the bus stop.", "At the car park."]  # fmt: skip


def test_another_agency_is_told_whom_to_ask_and_shown_no_word(office: Office, sign_in: SignIn) -> None:
    number = office.refers()
    shown = sign_in("education_lead", "education", "edith").get(f"/cases/{number}/").content.decode()
    assert "Your agency takes no part in this case" in shown
    assert "collected her twice" not in shown
    assert "What can follow" not in shown


def test_who_may_not_see_a_case_finds_the_same_page_as_for_none(office: Office, sign_in: SignIn) -> None:
    number = office.refers()
    browser = sign_in("information_governance", "childrens_services", "ivo")
    there, nowhere = (browser.get(f"/cases/{n}/") for n in (number, 999))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert re.findall(r"<h1.*?</h1>|There is no case[^<]*", there.content.decode()) == re.findall(r"<h1.*?</h1>|There is no case[^<]*", nowhere.content.decode())  # fmt: skip


def test_the_list_by_kind_state_and_person(office: Office, sign_in: SignIn) -> None:
    number = office.refers()
    browser = sign_in()
    assert f"Case {number}" in browser.get("/cases/").content.decode()
    assert f"Case {number}" in browser.get("/cases/?state=&about=ANA").content.decode()
    for query in ("?kind=place", "?state=ended", "?about=BEA", "?mine=yes"):
        assert f"Case {number}" not in browser.get(f"/cases/{query}").content.decode()


def test_how_cases_go_is_shown_as_a_picture_and_the_same_as_a_table(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    assert 'href="/cases/states/"' in browser.get("/cases/").content.decode()
    shown = browser.get("/cases/states/").content.decode()
    assert shown.count("<svg xmlns") == 4
    assert "Write at least one goal first" in shown
    picture, table = shown.split("</svg>")[0], shown.split("</svg>")[1]
    for words in ("Call a strategy discussion", "Handing over to another area", "Strategy discussion held"):
        assert words in picture
        assert words in table


def test_of_a_missed_limit_the_page_asks_why_names_it_in_the_form_and_shows_who_authorised_it(
    office: Office, sign_in: SignIn
) -> None:
    worker, number = office.worker("team_manager"), office.refers(came="phone", received="2026-03-02T10:00")
    browser = sign_in()
    page = browser.get(f"/cases/{number}/").content.decode()
    path = re.search(r'href="([^"]+)">Say why C1 was missed', page)[1].replace("&amp;", "&")  # type: ignore[index]
    for other in (
        sign_in("analyst", username="ann").get(f"/cases/{number}/"),
        browser.get(f"/cases/{number}/print/"),
    ):
        assert "Nobody has said why" in other.content.decode()
        assert "Say why C1 was missed" not in other.content.decode()
    options = re.findall(r"<option [^>]*value=.C1[^>]*>[^<]*", browser.get(path).content.decode())
    assert ("selected" in options[0], options[0].endswith("since Monday 2 March 2026, 10:00")) == (
        True,
        True,
    ), options
    key = next(one.key for one in office.sees(number).runs if one.clock.code == "C1")
    shown = sends(
        browser, path, clock=key, why="The form lay in a box.", authorised_by=worker, sensitivity="standard"
    )
    assert "The form lay in a box.; authorised by Team_Manager" in shown
    assert "Say why C1 was missed" not in shown
    assert "Overdue" in shown


def test_the_sum_of_an_areas_form_stays_as_it_was_kept(office: Office, sign_in: SignIn) -> None:
    forms = office.where["area"].folder / "forms"
    forms.mkdir(exist_ok=True)
    written = """code: our_form
title: "Our form"
means: "Ours"
source: "Ours"
version: "1"
effective: 2025-01-01
of: [child]
questions:
  - {code: late, label: "Out late?", kind: choice, choices: [{code: now, title: "Now", points: 5}, {code: none, title: "Neither is known"}]}
bands: [{from: 0, title: "Low band"}, {from: 5, title: "High band"}]
"""
    (forms / "our_form.yaml").write_text(written, encoding="utf-8")
    number = office.refers()
    office.writes(number, "our_form", late="now")
    browser = sign_in()
    assert "5: High band" in browser.get(f"/cases/{number}/").content.decode()
    assert CaseEntry.objects.get(form="our_form").answers["total_of_form"] == ["5", "High band"]
    # Somebody changes the file and gives it no new version.
    (forms / "our_form.yaml").write_text(written.replace("points: 5", "points: 1"), encoding="utf-8")
    shown = browser.get(f"/cases/{number}/print/").content.decode()
    assert "5: High band" in shown
    assert "total_of_form" not in shown


def test_of_a_long_history_the_newest_stand_open_and_the_rest_under_their_heads(office: Office, sign_in: SignIn) -> None:  # fmt: skip
    number = office.refers()
    for at in range(5):
        office.writes(number, "note", title="Call", text=f"Note {at}.")
    browser = sign_in("social_worker")
    page, printed = (browser.get(f"/cases/{number}/{part}").content.decode() for part in ("", "print/"))

    # Five notes and the referral, three of which stand open.
    assert page.count("engage-history__fold") == 3
    assert all(f"Note {at}." in page for at in range(5))
    assert "Note 0." in printed
    assert "engage-history__fold" not in printed


def test_clocks_that_run_stand_open_and_those_that_have_ended_under_their_number(office: Office, sign_in: SignIn) -> None:  # fmt: skip
    number = office.refers()
    office.moves(number, "acknowledge", how="phone", said="We have it.")
    office.moves(number, "accept", why="She is harmed.", safe_tonight="yes")
    browser = sign_in("social_worker")
    page, printed = (browser.get(f"/cases/{number}/{part}").content.decode() for part in ("", "print/"))

    running, ended = re.split(r"\d clocks? that ha\w+ ended", page, maxsplit=1)
    assert "C2 Child and family assessment" in running
    assert "C1 Referral decided" in ended
    assert "C1 Referral decided" in printed
