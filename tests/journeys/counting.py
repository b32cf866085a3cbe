"""What does one piece of work take by hand: so many pages, clicks and fields?

A click is a link, a button, a tick or a fold that is opened. A field is words typed or one answer chosen from a list, however long the words. A page is every one that comes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Hand:
    """Somebody's hand on the page on which their day begins. What is not done through it is not counted, so nothing else may act on the page."""

    page: Any
    clicks: int = 0
    fields: int = 0
    pages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """From now on each page that comes is counted."""
        self.page.on("framenavigated", lambda frame: self.pages.append(frame.url) if frame == self.page.main_frame else None)  # fmt: skip

    @property
    def took(self) -> tuple[int, int, int]:
        """Pages, clicks and fields so far."""
        return len(self.pages), self.clicks, self.fields

    def goes(self, *names: str) -> None:
        """Follow links of the page, or of the navigation, by their words."""
        for name in names:
            self.presses(self.page.get_by_role("link", name=name).first)

    def sends(self, button: str) -> None:
        """Press a button."""
        self.presses(self.page.get_by_role("button", name=button, exact=True).first)

    def presses(self, what: Any) -> None:
        """A click after which another page comes."""
        self.clicks += 1
        with self.page.expect_navigation():
            what.click()

    def ticks(self, what: Any) -> None:
        """A click after which the page stays: a tick, a fold, a file that is taken away."""
        self.clicks += 1
        what.click()

    def writes(self, label: str, words: str) -> None:
        """Words in a box."""
        self.fields += 1
        self.page.get_by_label(label).first.fill(words)

    def chooses(self, label: str, answer: str) -> None:
        """One answer from a list."""
        self.fields += 1
        self.page.get_by_label(label).select_option(answer)
