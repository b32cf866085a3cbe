"""Who may judge, what the pages say of a question, and what they do with what is no question."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from engage.identities.models import Judgement, JudgementWithdrawal
from engage.store.area import open_area
from tests.conftest import AREA_YAML
from tests.integration.identities.conftest import Town
from tests.spec.identities.towns import drawn


TOWN = drawn("""
    id | forename | surname   | born       | sex    | address     | phone       | nhs_number | agency
    a  | Maud     | Tarrant   | 2010-05-17 | female | 3 Weir Lane | 07000100111 | 9990000018 | police
    b  | Maud     | Veale     | 2010-03-02 | female | 9 Mill Lane |             |            | education
    p  | Maud     |           | 2009-09-01..2010-09-01 | female | 5 Far Row | 07000100111 |  | police
    t  | Clara    | Tarrant   | 2010-05-17 | female | 3 Weir Lane |             |            | health
""")
A, P = "zz:police:persons:a", "zz:police:persons:p"
B, T = "zz:education:persons:b", "zz:health:persons:t"


@pytest.fixture
def town(served: Path, db: None) -> Town:
    """A built town that the site serves."""
    (served / "area.yaml").write_text(AREA_YAML, encoding="utf-8")
    (served / "secret.key").write_text("a key for tests only, of no use elsewhere", encoding="utf-8")
    made = Town(open_area(served))
    made.made(TOWN)
    return made


@pytest.fixture
def worker(town: Town, sign_in: Callable[..., Client]) -> Callable[..., Client]:
    def signed_in(username: str = "mara", **who: Any) -> Client:
        return sign_in(**{"role": "social_worker", "agency": "childrens_services", **who}, username=username)

    return signed_in


def _address(*pairs: tuple[str, str]) -> str:
    return reverse("judging_question") + "?" + "&".join(f"pair={left}|{right}" for left, right in pairs)


def _text(response: Any) -> str:
    """What stands in the page, without its marks, each space once."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(bare))


def _say(browser: Client, address: str, says: str, reason: str = "Seen both.") -> Any:
    return browser.post(address, {"says": says, "reason": reason})


def test_whoever_may_not_judge_is_refused_and_is_not_offered_it(sign_in: Callable[..., Client]) -> None:
    browser = sign_in(role="business_support")

    assert browser.get(reverse("judging")).status_code == 403
    assert reverse("judging") in sign_in(username="ines").get(reverse("people")).content.decode()
    assert reverse("judging") not in browser.get(reverse("people")).content.decode()


def test_what_names_no_pair_is_not_found(sign_in: Callable[..., Client]) -> None:
    browser = sign_in()

    for address in ("", "?pair=one", "?pair=a|b|c"):
        assert browser.get(reverse("judging_question") + address).status_code == 404


@pytest.mark.slow
def test_what_was_answered_does_not_come_next_and_is_told_when_looked_at_again(worker: Any) -> None:
    browser, address = worker(), _address((A, T))
    answered = _say(browser, address, "same")
    assert (A, T) not in [tuple(p.split("|")) for p in parse_qs(urlsplit(answered.url).query).get("pair", [])]
    after = _text(browser.get(answered.url))
    assert "It is followed when a second person says the same." in after
    assert re.search(r"Look at person P\w{8} .*Take judgement \d+ back", after)
    again = _text(browser.get(address))
    assert re.search(
        r"You judged this on 7 April 2026, \d\d:\d\d as “one person”; your last word counts\.", again
    )
    assert "your last word counts" not in _text(worker("ines").get(address))


@pytest.mark.slow
def test_the_queue_names_who_is_asked_about(worker: Any) -> None:
    page = _text(worker().get(reverse("judging")))
    assert re.search(r"Maud, born 1 September 2009 to 1 September 2010 \(.*persons p\): 2 candidates", page)
    assert "0 pairs are judged;" in page


@pytest.mark.slow
def test_a_question_shows_who_is_which_and_marks_only_what_differs(worker: Any) -> None:
    page = worker().get(_address((A, P), (B, P)))
    text = _text(page)
    assert text.count("Which of these is the same person?") == 3  # in the title, as heading and as legend
    assert "Are they one person?" not in text
    assert "Candidate 1: Maud Tarrant, born 17 May 2010" in text
    assert "Candidate 2: Maud Veale, born 2 March 2010" in text
    assert "3 Weir Lane" in text
    assert re.search(r"[^≠] 17 May 2010 \(fit, within a year\)", text)
    assert re.search(r"[^≠] 3 Weir Lane, 07000100111 \(the same phone\)", text)
    assert "≠ 9 Mill Lane (different)" in text
    assert "one or both not known" not in text
    apart = _text(worker("ines").get(_address((A, T))))
    assert "≠ Maud (different)" in apart
    assert re.search(r"[^≠] Tarrant \(the same\)", apart)


@pytest.mark.slow
def test_what_a_yes_would_break_and_how_often_such_a_pair_is_one_are_said(
    worker: Any, monkeypatch: Any
) -> None:
    from engage.identities import chances

    monkeypatch.setattr(chances, "of_pair", lambda *_a, **_k: 0.42)
    text = _text(worker().get(_address((A, P))))
    assert "All together Of 100 pairs like this one, about 42 are one person." in text
    assert not re.search("All together .*(somewhat|strongly) (for|against)", text)


@pytest.mark.slow
def test_none_of_them_is_one_act(worker: Any, town: Town, monkeypatch: Any) -> None:
    browser, address = worker(), _address((A, P), (B, P))
    _say(worker("ines"), _address((B, T)), "same")
    before = Judgement.objects.count()
    from engage.identities.judging import deciding
    from engage.identities.judging.rules import JudgementRefused
    from engage.vocabulary.words import Sentence

    seen: list[int] = []

    def refuse_the_second(*_a: Any, **_k: Any) -> None:
        seen.append(1)
        if len(seen) == 2:
            raise JudgementRefused(Sentence("This contradicts what was judged before."))

    monkeypatch.setattr(deciding, "_check_followed", refuse_the_second)
    refused = _say(browser, address, "none")
    assert (refused.status_code, Judgement.objects.count()) == (200, before)
    assert "This contradicts what was judged before" in _text(refused)
    monkeypatch.undo()
    assert _say(browser, address, "none").status_code == 302
    assert Judgement.objects.count() == before + 2


@pytest.mark.slow
def test_taking_back_says_what_is_taken_back_and_is_offered_once_to_whoever_may(worker: Any) -> None:
    mara = worker()
    _say(mara, _address((A, P)), "different", reason="Another school.")
    seq = Judgement.objects.get().seq
    assert "Take it back, or see what relied on it" in _text(mara.get(reverse("judging_said") + "?mine=1"))
    address = reverse("judging_take_back", args=[seq])
    for browser, is_offered in ((mara, True), (worker("ines"), False)):
        page = _text(browser.get(address))
        for words in (
            "Maud Tarrant, born 17 May 2010",
            "different people",
            "Another school.",
            "mara",
            "7 April 2026",
        ):
            assert words in page
        assert "It moved no record." in page
        assert ("What has changed?" in page) is is_offered
    done = _text(mara.post(address, {"why": "It was her cousin."}))
    assert "Taken back." in done
    after = _text(worker("lead", role="team_manager").get(address))
    for words in ("Taken back by mara", "It was her cousin."):
        assert words in after
    assert "What has changed?" not in after


@pytest.mark.slow
def test_a_judgement_that_is_to_be_judged_blind_is_not_shown_by_its_number(worker: Any) -> None:
    _say(worker(), _address((A, T)), "same")
    seq = Judgement.objects.get().seq
    address = reverse("judging_take_back", args=[seq])
    assert worker("ines").get(address).status_code == 404
    lead = worker("lead", role="team_manager")
    assert lead.post(address, {"why": "By its number."}).status_code == 404
    assert not JudgementWithdrawal.objects.exists()
