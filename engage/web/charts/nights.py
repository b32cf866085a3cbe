"""Named nights one after the other: who was missing in the same hours and who had a part in the same event, as a picture and as a table that says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engage.networks.charts.rules import AWAY, EVENT, NIGHTS, PERSON, Chart, End, Node
from engage.web.charts import words
from engage.web.charts.listing import FEW, Fold
from engage.web.charts.presenters import Reader
from engage.web.components import Cell, Table


# Of the picture: the room of names, of a day at least, of each thing of a day, of a person, and above the first.
NAMES, DAY, LANE, PERSON_HIGH, TOP = 230, 24, 14, 30, 52
LONGEST = 26


@dataclass(frozen=True)
class Together:
    """What puts people together on a day: an event, or (`event` None) that they were missing in the same hours of the night that begins then."""

    on: date
    event: Node | None
    people: tuple[Node, ...]
    agencies: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """One day of what puts people together: where it stands, from the first of these people to the last, and the middle of each."""

    x: int
    y1: int
    y2: int
    dots: tuple[int, ...]
    is_away: bool


@dataclass(frozen=True)
class Timeline:
    """The picture: a row for each person, a column for each day."""

    people: tuple[tuple[int, str], ...]
    days: tuple[tuple[int, str], ...]
    marks: tuple[Mark, ...]
    width: int
    height: int


def together(made: Chart) -> list[Together]:
    """Everything of a known day, in order of days."""
    named = {node.end: node for node in made.nodes}
    found = [*_events(made, named), *_away(made, named)]
    return sorted(found, key=lambda one: (one.on, one.event is not None, [node.end for node in one.people]))


def _events(made: Chart, named: dict[End, Node]) -> Iterator[Together]:
    parts: dict[End, list[tuple[Node, str, str]]] = defaultdict(list)
    for edge in made.edges:
        event, person = edge.ends
        if event[0] == EVENT and person[0] == PERSON:
            parts[event] += [(named[person], one.agency, one.record_id) for one in edge.records]
    for end, some in parts.items():
        on = named[end].on
        if on is not None:
            people, agencies, records = zip(*some, strict=True)
            yield Together(on, named[end], _by_name(people), _once(agencies), _once(records))


def _away(made: Chart, named: dict[End, Node]) -> Iterator[Together]:
    for edge in made.edges:
        nights = {one.on for one in edge.records if one.part == AWAY and one.on}
        for on in nights:
            some = [one for one in edge.records if one.part == AWAY and one.on == on]
            people = _by_name(named[end] for end in edge.ends)
            agencies, records = (one.agency for one in some), (one.record_id for one in some)
            yield Together(on, None, people, _once(agencies), _once(records))


def _once(some: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(some)))


def _by_name(people: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(dict.fromkeys(people), key=lambda node: (words.label(node), node.key)))


def fold(some: Sequence[Together], reader: Reader) -> Fold:
    """A row for each thing that put people together, day by day."""
    head = (_("Day"), _("What"), _("Who"), _("Agency"), _("Records"))
    rows = [
        (
            date_format(one.on, "l j F Y"),
            f"{words.label(one.event)}, {words.kind_of(one.event)}" if one.event else words.part(AWAY),
            ", ".join(words.label(node) for node in one.people),
            ", ".join(reader.agency(code) for code in one.agencies),
            Cell(", ".join(record.split(":", 1)[-1] for record in one.records), is_verbatim=True),
        )
        for one in some
    ]
    title = _("Day by day (%(count)s)") % {"count": len(rows)}
    empty = _("Nothing that you may see puts anybody together on these nights.")
    table = Table(title, head, rows, empty=empty, is_caption_hidden=True)
    return Fold(title, table, "day-by-day", is_open=len(rows) <= FEW)


def timeline(made: Chart, some: Iterable[Together]) -> Timeline | None:
    """The picture of nights that were asked about; None of other questions, and where nothing is to be drawn."""
    some, question = list(some), made.question
    if question.asks != NIGHTS or not some or question.from_on is None or question.until_on is None:
        return None
    people = _by_name(node for one in some for node in one.people)
    at = {node.end: TOP + number * PERSON_HIGH + PERSON_HIGH // 2 for number, node in enumerate(people)}
    # The last night is over on the morning of the next day.
    days = [question.from_on + timedelta(days=number) for number in range((question.until_on - question.from_on).days + 2)]  # fmt: skip
    of_day = {day: [one for one in some if one.on == day] for day in days}
    marks: list[Mark] = []
    told, x = [], NAMES
    for number, day in enumerate(days):
        marks += [_mark(one, at, x + LANE * (place + 1)) for place, one in enumerate(of_day[day])]
        if of_day[day] or number % 7 == 0:
            told.append((x, date_format(day, "j M")))
        x += max(DAY, LANE * (len(of_day[day]) + 1))
    names = tuple((at[node.end], _cut(words.label(node))) for node in people)
    return Timeline(names, tuple(told), tuple(marks), x + DAY, TOP + len(people) * PERSON_HIGH + 8)


def _mark(one: Together, at: dict[End, int], x: int) -> Mark:
    dots = tuple(sorted(at[node.end] for node in one.people))
    return Mark(x, dots[0], dots[-1], dots, one.event is None)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"
