"""Wordings that blame a child are shown with better ones before words are kept; nobody is stopped, and no word is changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from engage.governance.models import AuditEvent
from engage.picture.models import LookedAt, MissingCheck, Watch
from engage.records.models import HandEntry
from tests.integration.people.test_person_pages import titles
from tests.integration.people.test_recording import NOTE
from tests.spec.picture.drawing import World


pytestmark = pytest.mark.slow
SignIn = Callable[..., Client]
BLAMING = "Kay is putting herself at risk, and <b>absconded</b>."


def record(browser: Client, **changed: str) -> Any:
    return browser.post("/people/ANA/record/", {**NOTE, **changed}, follow=True)


def shown(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page))


def test_the_form_comes_back_with_what_is_better_and_why_and_nothing_is_kept(
    ana: World, sign_in: SignIn
) -> None:
    page = record(sign_in(), text=BLAMING).content.decode()

    words = shown(page)
    assert HandEntry.objects.count() == 0
    assert "Some of these words may be read as blaming the child." in words
    assert "putting herself at risk" in words
    assert "this place is not safe for children" in words
    assert "The risk comes from those who harm" in words
    assert "(Children's Society and NAPAC 2024)" in words
    assert "Keep my words as they are" in words
    assert "There is a problem" not in words
    assert 'role="alert" aria-labelledby="wording-title"' in page
    assert "&lt;b&gt;absconded&lt;/b&gt;.</textarea>" in page


def test_kept_as_they_are_they_stand_to_the_letter(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()

    page = record(browser, text=BLAMING, keep_words="yes").content.decode()

    assert titles(page)[0] == "Rang home"
    assert HandEntry.objects.get().payload["text"] == BLAMING
    assert "may be read as blaming" not in page


def test_with_other_words_it_is_kept_and_nothing_is_said(ana: World, sign_in: SignIn) -> None:
    page = record(sign_in(), text="A man she met online is putting her at risk.").content.decode()

    assert HandEntry.objects.count() == 1
    assert "may be read as blaming" not in page


def test_every_field_of_free_text_is_looked_at_and_named(ana: World, sign_in: SignIn) -> None:
    page = record(sign_in(), title="Promiscuous", text="Refuses to engage.").content.decode()

    keys = re.findall(r'govuk-summary-list__key">(.*?)</dt>', page)
    assert [unescape(key) for key in keys[:2]] == [
        "“Promiscuous” in “In one line”",
        "“Refuses to engage” in “What was seen, said or done, and by whom”",
    ]


def test_what_is_wrong_with_a_form_is_said_beside_it(ana: World, sign_in: SignIn) -> None:
    page = shown(record(sign_in(), title="", text=BLAMING).content.decode())

    assert "Say in one line what it is about." in page
    assert "may be read as blaming the child" in page


def test_of_a_form_that_was_not_sent_nothing_is_said(ana: World, sign_in: SignIn) -> None:
    assert "may be read as blaming" not in sign_in().get("/people/ANA/record/").content.decode()


def test_reasons_to_look_and_to_withdraw_are_looked_at_too(ana: World, sign_in: SignIn) -> None:
    browser = sign_in()
    record(browser)
    entry = HandEntry.objects.get().pk

    for address in ("/people/ANA/reason/", f"/people/ANA/record/{entry}/withdraw/"):
        before = AuditEvent.objects.exclude(action="person.view").count()
        back = browser.post(address, {"reason": "She absconded."})
        assert back.status_code == 200, address
        assert "Keep my words as they are" in back.content.decode()
        assert AuditEvent.objects.exclude(action="person.view").count() == before
        kept = browser.post(address, {"reason": "She absconded.", "keep_words": "yes"})
        assert kept.status_code == 302, address


def test_a_reason_about_a_child_whom_only_a_register_knows_is_looked_at(ana: World, sign_in: SignIn) -> None:
    asked = {"name": "Dee Ashby", "born": "2/5/2011", "reason": "Dee is streetwise."}
    browser = sign_in()

    back = browser.post("/people/reason/", asked).content.decode()

    assert "Keep my words as they are" in back
    assert AuditEvent.objects.count() == 0
    assert browser.post("/people/reason/", {**asked, "keep_words": "yes"}).status_code == 302


@pytest.mark.parametrize(
    "page", ["judging/question/?pair=zz:childrens_services:children:1|zz:police:persons:5"]
)
def test_reasons_of_judgements_are_looked_at(ana: World, sign_in: SignIn, page: str) -> None:
    browser = sign_in()
    asked = {"says": "different", "reason": "She is attention seeking, he is not."}

    back = browser.post(f"/{page}", asked)

    assert "Keep my words as they are" in back.content.decode()
    assert not AuditEvent.objects.filter(action="identities.judge").exists()


MISSING = """
    id | agency | who                     | kind    | when
    m1 | police | police/2 missing person | missing | 2026-04-05 20:00
    f0 | police | police/2 missing person | found   | 2026-03-05 20:00
"""
CHECKED = {"what": "person", "subject": "Her aunt", "result": "no_answer", "note": "She absconded."}
SAYS = {"says": "present", "reason": "She absconded."}


def _first_indicator(browser: Client) -> str:
    """The address part of an indicator of Ana's."""
    page = browser.get("/people/ANA/indicators/").content.decode()
    return re.findall(r"/people/ANA/indicators/([^/\"]+)/", page)[0]


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/missing/check/zz:police:events:m1/", CHECKED),
        ("/missing/check/zz:police:events:m1/", {**CHECKED, "note": "", "subject": "The promiscuous friend"}),
        ("/people/ANA/indicators/", {"outcome": "She absconded."}),
        ("/people/ANA/indicators/{indicator}/", SAYS),
        ("/watches/new/", {"kind": "person", "key": "ANA", "why": "She absconded.", "until": "2026-05-01"}),
    ],
    ids=["check", "what was checked", "looked at", "indicator", "watch"],
)
def test_what_is_written_of_a_child_anywhere_is_looked_at(
    ana: World, sign_in: SignIn, address: str, given: dict[str, str]
) -> None:
    ana.events(MISSING).served(build_id="b2")
    browser = sign_in()
    to = address.format(indicator=_first_indicator(browser))
    back = browser.post(to, given)

    assert "Keep my words as they are" in back.content.decode()
    assert (MissingCheck.objects.count(), LookedAt.objects.count(), Watch.objects.count()) == (0, 0, 0)
    assert browser.post(to, {**given, "keep_words": "yes"}).status_code == 302


def test_why_a_check_is_struck_and_a_watch_renewed_is_looked_at_too(ana: World, sign_in: SignIn) -> None:
    ana.events(MISSING).served(build_id="b2")
    browser = sign_in()
    browser.post("/missing/check/zz:police:events:m1/", {**CHECKED, "note": ""})
    browser.post("/watches/new/", {"kind": "person", "key": "ANA", "why": "Worried", "until": "2026-05-01"})
    strike = f"/missing/strike/{MissingCheck.objects.get().pk}/zz:police:events:m1/"
    renew = f"/watches/{Watch.objects.get().pk}/renew/"

    for to, given in (
        (strike, {"reason": "She absconded."}),
        (renew, {"why": "She absconded.", "until": "2026-05-01"}),
    ):
        assert "Keep my words as they are" in browser.post(to, given).content.decode(), to
        assert browser.post(to, {**given, "keep_words": "yes"}).status_code == 302, to


def test_an_area_adds_its_own_and_a_broken_file_of_its_stops_nobody(ana: World, sign_in: SignIn) -> None:
    folder = ana.area.folder / "wording"
    folder.mkdir()
    own = '{code: risk, wordings: [{says: ["frequent flyer"], better: "Say how often.", why: "It is a joke.", source: "Nowhere 2026"}]}'
    (folder / "own.yaml").write_text(own, encoding="utf-8")
    browser = sign_in()
    assert "Say how often." in record(browser, text="A frequent flyer.").content.decode()

    (folder / "own.yaml").write_text("{code: risk, wordings: [{says: [x]}]}", encoding="utf-8")

    assert "Keep my words" in record(browser, text="She absconded.").content.decode()
    record(browser, text="A frequent flyer.")
    assert HandEntry.objects.count() == 1
