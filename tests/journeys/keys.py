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
