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


def texts(page):
    """What stands in each field of a page of minutes."""
    found = re.findall(r'<textarea[^>]*?name="(text_\d+_\w+)"[^>]*>([^<]*)</textarea>', page)
    return {name: words.strip() for name, words in found}


def test_who_writes_in_one_place_of_the_minutes_puts_nothing_back_in_another(office, desk):
    number = called(office, office.allocated("mara"))
    path, bo, bea = f"/meetings/{number}/write/", desk("bo"), desk("bea")
    bo.post(path, {**versions(text(bo.get(path))), "text_0_opening": "First.", "text_0_overdue": "None."})
    page = text(bo.get(path))
    shown = {**versions(page), **texts(page)}
    bea.post(path, {**shown, "text_0_overdue": "Two."})
    # Bo had the page before Bea wrote, and writes elsewhere: nothing of his is overtaken.
    bo.post(path, {**shown, "text_0_opening": "Second."})
    # Bea, with what she saw, writes where Bo wrote: that alone is beside hers, and the rest is as it stands now.
    again = text(bea.post(path, {**shown, "text_0_opening": "Third."}))
    sides = again.split("engage-two__side", 1)[1].split("<form", 1)[0]
    assert "Second." in sides
    assert "None." not in sides
    assert texts(again) | {"text_0_opening": "Third.", "text_0_overdue": "Two."} == texts(again)
    bea.post(path, {**versions(again), **texts(again)})
    kept = MinutesText.objects.order_by("seq").values_list("section", "version", "text", "said_by")
    assert list(kept)[2:] == [("overdue", 2, "Two.", "bea"), ("opening", 2, "Second.", "bo"), ("opening", 3, "Third.", "bea")]  # fmt: skip


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
