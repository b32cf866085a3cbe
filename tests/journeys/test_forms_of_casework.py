"""A form of casework in the gallery: what hangs on an answer comes with it, also without scripts, and the list of faults leads to the boxes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect


def _open(visit: Callable[..., Any], **options: Any) -> Any:
    mara = visit(**options)
    mara.sign_in("mara")
    mara.open_well("gallery/")
    return mara


def test_a_question_comes_and_goes_with_the_answer_on_which_it_hangs(visit: Callable[..., Any]) -> None:
    mara = _open(visit)
    form = mara.page.locator("#asked")
    seen = form.get_by_role("group", name="Was the child seen?")
    alone = form.get_by_role("group", name="Was the child seen alone?")
    why = form.get_by_label("Why not alone?")
    expect(alone).to_be_hidden()

    seen.get_by_label("Yes").focus()
    mara.page.keyboard.press("Space")
    expect(alone).to_be_visible()
    expect(why).to_be_hidden()
    alone.get_by_label("No", exact=True).check()
    expect(why).to_be_visible()
    assert mara.axe() == []
    # What hangs on a question that is gone goes too, though its answer is still chosen.
    seen.get_by_label("Not known").check()
    expect(alone).to_be_hidden()
    expect(why).to_be_hidden()


def test_without_scripts_every_question_stands_with_a_word_on_when_it_is_asked(
    visit: Callable[..., Any],
) -> None:
    mara = _open(visit, java_script_enabled=False)
    form = mara.page.locator("#asked")
    expect(form.get_by_role("group", name="Was the child seen alone?")).to_be_visible()
    expect(form.get_by_text("Only if you answered “Yes” to “Was the child seen?”.")).to_be_visible()
    expect(form.get_by_label("Why not alone?")).to_be_visible()


def test_the_list_of_faults_leads_to_the_first_box_of_a_day(visit: Callable[..., Any]) -> None:
    mara = _open(visit)
    mara.page.get_by_role("link", name="“31 2 2026” is not a day: write it as 7 4 2026.").click()
    first = mara.page.locator("#asked-wrong").get_by_role("group", name="On which day is it looked at again?").get_by_label("Day")  # fmt: skip
    expect(first).to_be_focused()
    expect(first).to_have_value("31")


def test_the_gallery_is_well_with_forms_in_it(visit: Callable[..., Any]) -> None:
    mara = _open(visit)
    assert mara.faults(["gallery/"]) == {}
