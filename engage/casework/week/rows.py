"""What stands on a list of the day? Each list is a few rows and how many there are in all; the number of queries does not grow with the rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from engage.casework.cases.rules import Head
from engage.casework.cases.seeing import Desk
from engage.casework.meetings.book import Book
from engage.casework.tasks.rules import Action
from engage.picture.missing.screen import Returned
from engage.store.area import Area


# How many rows of a list are shown at first, and of one that is asked for as a whole; and so many are counted: what counts more takes longer than everything else on the page.
SHOWN, MOST, COUNTED = 10, 500, 100


@dataclass(frozen=True)
class Row:
    """One thing on a list: an action, a case, a time limit or a meeting as it is `called` (a meeting under the title of its `kind`), the page of a draft, or a child who is back, as it stood `at` a moment, or what (`kind`) an agency (`place`)
    did so often (`count`); `head` of the case it is of (None: of none), `on` the day or moment that the list is ordered by, `is_over` where that has passed."""

    action: Action | None = None
    head: Head | None = None
    place: str = ""
    meeting: int | None = None
    kind: str = ""
    called: str = ""
    is_over: bool = False
    on: date | datetime | None = None
    returned: Returned | None = None
    at: datetime | None = None
    count: int = 0


@dataclass(frozen=True)
class Filled:
    """The first rows of a list, and how many there are in all; `is_more`: at least so many, and nobody counted on."""

    rows: tuple[Row, ...]
    count: int
    is_more: bool = False


@dataclass
class Asking:
    """Whose day it is: their desk, the area, today, and when they were here last (None: never before); `own_clocks`: the time limits that have a list of their own on this day."""

    desk: Desk
    area: Area
    today: date
    since: datetime | None = None
    most: int = SHOWN
    counted: int = COUNTED
    own_clocks: frozenset[str] = frozenset()

    @property
    def user(self) -> str:
        """Whose day it is."""
        return self.desk.see.viewing.viewer.user_id

    @property
    def agency(self) -> str:
        """At which agency they work."""
        return self.desk.see.viewing.viewer.agency


@dataclass(frozen=True)
class Need:
    """What a list has yet to read, by number: cases, actions, meetings."""

    cases: Collection[int] = ()
    actions: Collection[int] = ()
    meetings: Collection[int] = ()


@dataclass
class Read:
    """What was read for the lists of a day so far, each once, by number: of cases, actions and meetings those alone of which the viewer may know."""

    heads: dict[int, Head] = field(default_factory=dict)
    actions: dict[int, Action] = field(default_factory=dict)
    books: dict[int, Book] = field(default_factory=dict)

    def heads_of(self, numbers: Iterable[int]) -> list[Head]:
        """The heads of these cases, in this order."""
        return [self.heads[number] for number in numbers if number in self.heads]

    def actions_of(self, numbers: Iterable[int]) -> list[Action]:
        """These actions, in this order."""
        return [self.actions[number] for number in numbers if number in self.actions]

    def books_of(self, numbers: Iterable[int]) -> list[Book]:
        """What was said of these meetings, in this order."""
        return [self.books[number] for number in numbers if number in self.books]


# A list is filled in steps: it says what it needs, and is given what was read for all lists of the day at once.
Steps = Generator[Need, Read, Filled]
Provider = Callable[[Asking], Steps]


@dataclass(frozen=True)
class First:
    """The numbers of the first rows of a list in their order, what else was asked of each, how many rows there are, and whether nobody counted on."""

    numbers: list[int]
    told: Mapping[int, tuple[Any, ...]]
    count: int
    is_more: bool


def first_of(asking: Asking, rows: QuerySet[Any], *columns: str) -> First:
    """The first of these rows with these columns, and how many there are, in one question: what is shown is read after it by number."""
    found = list(rows.values_list("pk", *columns)[: asking.counted + 1])
    told = {number: tuple(more) for number, *more in found[: asking.most]}
    return First(list(told), told, min(len(found), asking.counted), len(found) > asking.counted)
