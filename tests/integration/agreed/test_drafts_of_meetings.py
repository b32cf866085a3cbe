"""The longest texts are those of meetings: minutes, decisions and returns are kept as drafts, and of two who write at once neither loses a word."""

from __future__ import annotations

import re

import pytest

from engage.casework.cases.models import Draft
from engage.casework.minutes.models import MinutesText
from engage.casework.rounds.models import Return
from tests.integration.agreed.test_days_of_meetings import asked, called
from tests.integration.agreed.test_pages import text


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KEEP = {"save_draft": "yes"}


def versions(page):
    """What a page of minutes holds of which version it shows."""
    return dict(re.findall(r'name="(version_\d+_\w+)" value="(\d+)"', page))


def test_minutes_and_decisions_are_kept_until_they_are_sent(office, desk):
    number = called(office, office.allocated("mara"))
    bo = desk("bo")
    for page, name in (("write", "text_0_opening"), ("decide", "what"), ("said", "text"), ("action", "what")):
        path = f"/meetings/{number}/{page}/"
        shown = text(bo.post(path, {name: "Half a sentence", **KEEP}, follow=True))
        assert f'href="{path}?draft=yes"' in shown
        assert "Half a sentence" not in text(bo.get(path))
        assert "Half a sentence" in text(bo.get(f"{path}?draft=yes"))
    # Nobody else is offered it.
    assert "You began this" not in text(desk("mara").get(f"/meetings/{number}/said/"))
    path = f"/meetings/{number}/write/"
    bo.post(path, {**versions(text(bo.get(path))), "text_0_opening": "A whole one."})
    assert MinutesText.objects.get().text == "A whole one."
    assert not Draft.objects.filter(place__endswith="/write/").exists()
    # A draft is refused like the page itself to whoever may not see the meeting.
    assert desk("cass").post(f"/meetings/{number}/said/", {"text": "x", **KEEP}).status_code == 404


def test_of_two_who_write_minutes_both_stand_side_by_side(office, desk):
    number = called(office, office.allocated("mara"))
    path, bo, bea = f"/meetings/{number}/write/", desk("bo"), desk("bea")
    first = {**versions(text(bo.get(path))), "text_0_opening": "Nobody declared anything."}
    bo.post(path, first)
    shown = text(bea.post(path, {**first, "text_0_opening": "Two declared a conflict."}))
    assert "Two of you wrote at the same time" in shown
    assert "Nobody declared anything." in shown
    assert Draft.objects.filter(user="bea", place=path).exists()
    bea.post(path, {**versions(shown), "text_0_opening": "Two declared a conflict."})
    assert list(MinutesText.objects.order_by("seq").values_list("text", flat=True)) == ["Nobody declared anything.", "Two declared a conflict."]  # fmt: skip


def test_of_two_who_answer_for_one_agency_both_stand_side_by_side(office, desk):
    number = called(office, office.allocated("mara"))
    asked(office, number)
    path, idris, dana = f"/meetings/{number}/answer/", desk("idris"), desk("dana")
    request = re.search(r'name="r(\d+)_version"', text(idris.get(path)))[1]
    sent = {f"r{request}_says": "content", f"r{request}_text": "One stop of a car.", f"r{request}_version": "0"}  # fmt: skip
    assert "One stop" in text(idris.post(path, {**sent, **KEEP}, follow=True).client.get(f"{path}?draft=yes"))
    dana.post(path, {f"r{request}_says": "nil", f"r{request}_version": "0"})
    shown = text(idris.post(path, sent))
    assert "Two of you wrote at the same time" in shown
    assert "We hold nothing" in shown.split("engage-two__side")[1]
    version = re.search(rf'name="r{request}_version" value="(\d+)"', shown)[1]
    idris.post(path, {**sent, f"r{request}_version": version})
    assert list(Return.objects.filter(request=request).order_by("version").values_list("is_nil", flat=True)) == [True, False]  # fmt: skip
