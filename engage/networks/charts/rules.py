"""What is a chart: its question, its nodes and its lines, already cut to what one viewer may see? Plain values, no store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from engage.vocabulary.words import N_


PERSON, EVENT, PLACE, VEHICLE, PHONE, ACCOUNT = "person", "event", "place", "vehicle", "phone", "account"
KINDS = (PERSON, PLACE, VEHICLE, PHONE, ACCOUNT, EVENT)
# What a chart can start from, and be opened at: events open by themselves.
STARTS = (PERSON, PLACE, VEHICLE, PHONE, ACCOUNT)
AROUND, BETWEEN, NIGHTS = "around", "between", "nights"
QUESTIONS = {
    AROUND: N_("What is around this person or thing?"),
    BETWEEN: N_("What lies between these two?"),
    NIGHTS: N_("Who was with whom on these nights?"),
}
MOST_NODES = 500
MOST_NIGHTS = 92
# Lines from one of two to the other.
MOST_LINES = 4
CONFIRMED, TENTATIVE, INFERRED = "confirmed", "tentative", "inferred"
STRENGTHS = (CONFIRMED, TENTATIVE, INFERRED)
CHILD, GROWN, NOT_KNOWN = "child", "grown", "not_known"
# How something is tied where no source's word says it.
LIVES_AT, LIVED_AT, USES, USED, NAMED, AWAY = (
    "lives at", "lived at", "uses", "used", "named in a text", "missing in the same hours of the night",
)  # fmt: skip
HOW = {
    LIVES_AT: N_("lives at"),
    LIVED_AT: N_("lived at"),
    USES: N_("uses"),
    USED: N_("used"),
    NAMED: N_("named in a text"),
    AWAY: N_("missing in the same hours of the night"),
}
# Somebody or something: its kind, and its id or normal form.
End = tuple[str, str]


@dataclass(frozen=True)
class Question:
    """What is asked. `about` are today's or earlier ids, or normal forms of things; `from_on` and `until_on` London days, both within; `expand` what
    is opened besides; `is_longer`: between two all ways of at most MOST_LINES lines, not the shortest alone."""

    asks: str = AROUND
    about: tuple[End, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    expand: tuple[End, ...] = ()
    is_longer: bool = False

    def holds(self, first: date | None, last: date | None) -> bool:
        """Something of these days is within what is asked. What is of no known day is, but on named nights."""
        if first is None:
            return self.asks != NIGHTS
        # A night is over on the morning of the next day.
        until = self.until_on + timedelta(days=int(self.asks == NIGHTS)) if self.until_on else None
        return (self.from_on is None or (last or first) >= self.from_on) and (until is None or first <= until)

    def names_night(self, on: date) -> bool:
        """A night that begins on that day is asked about."""
        return (self.from_on is None or on >= self.from_on) and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True)
class Record:
    """One record behind a line: whose it is, when it happened and how exactly that is known, its grade verbatim, the part that it gives and to whom (a
    person's id), and how strong it is."""

    record_id: str
    agency: str
    on: date | None
    grade: str
    part: str
    strength: str
    precision: str = "day"
    whose: str = ""


@dataclass(frozen=True)
class Node:
    """Somebody or something on the chart. `age` says of a person whether a child, at any time that the chart shows; `is_common`: many people have to do with
    it; `is_open`: all that it has to do with is drawn; `steps`: lines from what was asked about; `on` when an event happened; `has_lines`: of a thing, whether the
    page of what ties it to children shows this viewer anything."""

    kind: str
    key: str
    label: str
    of_kind: str = ""
    age: str = ""
    is_common: bool = False
    is_open: bool = False
    steps: int = 0
    on: date | None = None
    precision: str = "day"
    has_lines: bool = False

    @property
    def end(self) -> End:
        """By what lines name it."""
        return (self.kind, self.key)

    @property
    def is_child(self) -> bool:
        """A person who was, or may have been, under 18 at the time."""
        return self.age == CHILD


@dataclass(frozen=True)
class Edge:
    """A line between two, with all the records behind it, newest first. The first end is the one of the smaller kind and key."""

    ends: tuple[End, End]
    records: tuple[Record, ...]

    @property
    def how(self) -> tuple[str, ...]:
        """What ties them, in the sources' words."""
        return tuple(sorted({record.part for record in self.records if record.part}))

    @property
    def strength(self) -> str:
        """As strong as the strongest record behind it."""
        return min((record.strength for record in self.records), key=STRENGTHS.index)

    @property
    def first_on(self) -> date | None:
        """The earliest day of its records; None when none has a day."""
        return min((record.on for record in self.records if record.on), default=None)

    @property
    def last_on(self) -> date | None:
        """The newest day of its records; None when none has a day."""
        return max((record.on for record in self.records if record.on), default=None)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Whose records they are."""
        return tuple(sorted({record.agency for record in self.records}))


@dataclass(frozen=True)
class Chart:
    """What is drawn, nearest first. `left_out` counts by kind what the viewer may see and the chart has no room for; `alone` how many events have nobody else in
    them, and are told by their lines or on the person's page; `is_joined`: between two, whether anything was found; `by_hand` how many things were recorded by hand
    about people on it since the build, by their ids: they tie nobody to anybody until a build has read them."""

    question: Question
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    alone: int = 0
    is_joined: bool = True
    by_hand: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def parts(self) -> Mapping[End, tuple[str, ...]]:
        """The ids of the people who have a part in each event, in order of their ids."""
        found: dict[End, set[str]] = {}
        for edge in self.edges:
            kinds = dict(edge.ends)
            if set(kinds) == {EVENT, PERSON}:
                found.setdefault((EVENT, kinds[EVENT]), set()).add(kinds[PERSON])
        return {end: tuple(sorted(some)) for end, some in found.items()}

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of the people on it, in order of their ids."""
        return tuple(sorted(node.key for node in self.nodes if node.kind == PERSON))


_WEAK = re.compile(r"(3[A-E]|[12][CDE])|([DE][1-5]|[ABC][45])")


def strength_of(grade: str) -> str:
    """Tentative where the grade says that the source is not reliable, or that what it says stands alone or is not known, as lines are laid out (3x5x2 and
    5x5x5; `networks.laying.counted`); else confirmed."""
    read = re.sub(r"[^A-Za-z0-9]", "", grade).upper()
    return TENTATIVE if _WEAK.match(read) else CONFIRMED


def ends_of(one: End, other: End) -> tuple[End, End]:
    """Two ends in the order of a line."""
    return (one, other) if one <= other else (other, one)
