"""Somebody who has a keyboard and no mouse: Tab, Enter, Space, and letters in boxes. Nothing is focused for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engage.casework.forms.reading import load
from engage.casework.forms.rules import Answer, Kind
from tests.journeys.conftest import PASSWORD
from tests.journeys.filling import plainest


# No page has so many places to stop at; whoever has pressed so often is in a circle.
MOST = 250
FOCUSED = """() => {
    const e = document.activeElement, label = e.labels && e.labels.length ? e.labels[0] : e;
    return [e.name || '', label.textContent.trim().replace(/\\s+/g, ' ')];
}"""


# How often Tab is to be pressed from where the focus is until it is there, as the page is written; where that is behind it, once round.
STEPS = """target => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
        e => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden' && e.checkVisibility({visibilityProperty: true}));
    const stops = all.filter(e => e.type !== 'radio' || e.checked || !all.some(o => o.name === e.name && o.checked)
        && all.find(o => o.type === 'radio' && o.name === e.name) === e);
    const focused = document.activeElement;
    const before = stops.filter(e => e === focused || focused.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING).length;
    const from = focused === document.body ? 0 : before;
    const steps = stops.indexOf(target) + 1 - from;
    return steps > 0 ? steps : steps + stops.length;
}"""
# Nothing has the focus yet, and the skip link is the first stop of the page.
IS_IN_MAIN = "target => document.activeElement === document.body && Boolean(target.closest('main'))"
IS_SKIP_LINK = "document.activeElement.matches('.govuk-skip-link')"
IS_FOCUSED = "target => document.activeElement === target"


def tab_to(page: Any, target: Any) -> None:
    """Press Tab until this link or button has the focus, on a page that just came by way of its skip link. Most presses go unlooked at, with the key held down: how
    many it takes is counted first, so that a journey stays a journey and not a crawl; that they led there is looked at."""
    if target.evaluate(IS_IN_MAIN):
        page.keyboard.press("Tab")
        # The browser may begin further down, where the page before was left.
        if page.evaluate(IS_SKIP_LINK):
            page.keyboard.press("Enter")
    steps = target.evaluate(STEPS) - 1
    for _press in range(steps):
        page.keyboard.down("Tab")
    if steps > 0:
        page.keyboard.up("Tab")
    for _press in range(MOST):
        page.keyboard.press("Tab")
        if target.evaluate(IS_FOCUSED):
            return
    raise AssertionError(f"Tab does not lead to {target} on {page.url}")


def enter(what: Any) -> None:
    """Tab to a link or button, and Enter; a page comes."""
    what.wait_for()
    tab_to(what.page, what)
    with what.page.expect_navigation():
        what.page.keyboard.press("Enter")


def tick(what: Any) -> None:
    """Tab to a box, and Space; of some of which one is chosen to where Tab stops among them, and down until it is this one."""
    page, name = what.page, what.get_attribute("name")
    if what.get_attribute("type") != "radio":
        tab_to(page, what)
        page.keyboard.press("Space")
    else:
        group = page.locator(f'input[type="radio"][name="{name}"]')
        chosen = group.and_(page.locator(":checked"))
        tab_to(page, chosen if chosen.count() else group.first)
        page.keyboard.press("Space")
        for _press in range(group.count()):
            if not what.is_checked():
                page.keyboard.press("ArrowDown")
    assert what.is_checked()


@dataclass
class Keys:
    """A keyboard at a page."""

    page: Any

    def tab_to(self, *, name: str = "", text: str = "") -> None:
        """Press Tab until the field of that name, or the link, button or box of those words, has the focus."""
        for _press in range(MOST):
            self.page.keyboard.press("Tab")
            field, words = self.page.evaluate(FOCUSED)
            if (name and field == name) or (text and words == text):
                return
        raise AssertionError(f"Tab does not lead to {name or text} on {self.page.url}")

    def follow(self, text: str) -> None:
        """Enter on a link or button of those words; another page comes."""
        self.tab_to(text=text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def sign_in(self, address: str, username: str) -> None:
        """From the sign-in page on."""
        self.page.goto(address)
        for words, label in ((username, "Username"), (PASSWORD, "Password")):
            self.tab_to(text=label)
            self.page.keyboard.type(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, form: str, **given: str) -> None:
        """Fill in the shipped form of that code. Of answers to choose from the first is taken, to which Tab leads and which Space chooses."""
        answers: dict[str, Answer] = {}
        for question in load()[form].questions:
            if not question.is_needed(answers):
                continue
            answers[question.code] = given.get(question.code, plainest(question))
            assert question.kind not in (Kind.DAY, Kind.MOMENT, Kind.WORKER, Kind.AGENCY), question.code
            self.tab_to(name=question.code)
            if question.codes:
                self.page.keyboard.press("Space")
            else:
                self.page.keyboard.type(str(answers[question.code]))
