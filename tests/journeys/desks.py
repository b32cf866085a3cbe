"""Workers at their browsers, who go by links and buttons as somebody at work does: by their words and with the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import expect

from engage.casework.forms.reading import load
from tests.journeys.filling import fill
from tests.journeys.keys import enter


@dataclass
class Desk:
    """One worker at their browser. Every page they cross is held to axe, and again where it says something else (an error, another state of the case);
    what axe finds is kept by page."""

    visit: Any
    faults: dict[str, list[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    @property
    def page(self) -> Any:
        """The page as it stands."""
        return self.visit.page

    def looks(self) -> None:
        """The page that came is held to axe, unless the same one with the same parts was before."""
        parts = "[...document.querySelectorAll('main h2, [role=alert]')].map(e => e.textContent).join()"
        shape = self.page.evaluate(f"location.pathname + {parts}")
        if shape in self.seen:
            return
        self.seen.add(shape)
        found = self.visit.axe()
        if found:
            self.faults[self.page.url] = found

    def follow(self, *names: str) -> None:
        """Follow links by their whole words, one after the other, by keyboard."""
        for name in names:
            self.press(
                self.page.locator(".govuk-back-link, main a")
                .filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
                .first
            )

    def main(self, name: str) -> None:
        """Go by the navigation."""
        self.press(
            self.page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True)
        )

    def send(self, button: str) -> None:
        """Press a button by keyboard."""
        self.press(self.page.get_by_role("button", name=button, exact=True))

    def press(self, what: Any) -> None:
        """Tab to a link or button, and Enter; whatever page comes is looked at."""
        enter(what)
        self.looks()

    def writes(self, form: str, **answers: Any) -> None:
        """Write something down in the case that is open."""
        self.page.get_by_text("Write something down", exact=True).click()
        self.follow(load()[form].title)
        fill(self.page, form, **answers)
        self.send("Keep")
        expect(self.page.get_by_text("Kept, with your name.")).to_be_visible()

    def moves(self, move: str, form: str, **answers: Any) -> None:
        """Make a move of the case that is open."""
        self.follow(move)
        fill(self.page, form, **answers)
        self.send(move)
        expect(self.page.get_by_text("Kept, with your name.")).to_be_visible()

    def stands(self, state: str) -> None:
        """The case that is open is in that state."""
        expect(self.page.locator("dl").first.locator(".govuk-tag").first).to_have_text(state)


@pytest.fixture
def desk(visit: Callable[..., Any]) -> Iterator[Callable[..., Desk]]:
    """Somebody signs in, on the site of all journeys or another; in the end no page that anybody crossed may have a fault."""
    desks: list[Desk] = []

    def start(username: str, *where: Any) -> Desk:
        made = Desk(visit(*where))
        made.visit.sign_in(username)
        made.looks()
        desks.append(made)
        return made

    yield start
    assert [one.faults for one in desks if one.faults] == []
