"""What ties what to what around these people and things, of all that one viewer may see: the evidence that a chart is worked out from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engage.networks.charts import rows
from engage.networks.charts.rows import Part, Tie
from engage.networks.charts.rules import (
    EVENT,
    NAMED,
    PERSON,
    TENTATIVE,
    Edge,
    End,
    Question,
    Record,
    ends_of,
    strength_of,
)
from engage.networks.rules import Line
from engage.networks.seeing import named_lines
from engage.picture.byhand import ByHand, of_everybody
from engage.picture.reading import BY_HAND
from engage.picture.search.called import Called, called
from engage.picture.seeing import Sight, reasons_about


Two = tuple[End, End]
# Two ends, the record that ties them, and how it writes the second, if that is a thing.
_Found = tuple[End, End, Record, str]
_REVERSED = "has as "


@dataclass
class Gathered:
    """The evidence: records by the two ends that they tie, what is known of each event, how things are written, how people are called (`names`), and what was opened."""

    see: Sight
    question: Question
    records: dict[Two, set[Record]] = field(default_factory=lambda: defaultdict(set))
    facts: dict[str, Part] = field(default_factory=dict)
    labels: dict[End, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    people: dict[str, Called] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    opened: set[End] = field(default_factory=set)
    hand: ByHand = field(init=False)

    def __post_init__(self) -> None:
        self.hand = of_everybody(self.see.viewing, self.see.build)

    def edges(self) -> list[Edge]:
        """A line for every two, in the order of their ends; the records of each newest first."""
        return [
            Edge(ends, tuple(sorted(records, key=_newest_first)))
            for ends, records in sorted(self.records.items())
        ]

    def ends(self) -> set[End]:
        """Everything that some line leads to."""
        return {end for ends in self.records for end in ends}

    def label(self, end: End) -> str:
        """How most records write a thing; of several as usual the first by its letters."""
        found = self.labels.get(end)
        return min(found, key=lambda text: (-found[text], text)) if found else end[1]


def _newest_first(record: Record) -> tuple[bool, int, str, str]:
    return (record.on is None, -(record.on.toordinal() if record.on else 0), record.record_id, record.part)


def gather(see: Sight, question: Question, *, people: Collection[str], things: Collection[End]) -> Gathered:
    """All that these persons (today's ids) and things have to do with, and who else had a part in the same events; nobody of whom no name may be known."""
    made = Gathered(see, question)
    add(made, people=people, things=things)
    return made


def add(made: Gathered, *, people: Collection[str], things: Collection[End]) -> None:
    """Open further people and things; nobody of whom no name may be known: what events somebody was in would tell of them."""
    see = made.see
    call(made, people)
    people = {person for person in people if made.names[person]}
    ties = rows.ties_of_people(see, people)
    for thing in sorted({kind for kind, _key in things}):
        ties += rows.ties_of_things(see, thing, {key for kind, key in things if kind == thing})
    told = named_lines(see, people=people, things=things)
    events = {part.event for part in rows.parts_of_people(see, people)}
    events |= {tie.record_id for tie in ties if tie.is_event}
    events |= {line.key for line in told if line.thing == EVENT}
    parts = rows.parts_of_events(see, events)
    told += named_lines(see, things=[(EVENT, event) for event in events])
    _tell(made, parts)
    near = people | {part.person for part in parts} | {tie.person for tie in ties}
    call(made, near | {tie.key for tie in ties if tie.thing == PERSON} | {line.person_id for line in told})
    made.opened |= {(PERSON, person) for person in people} | set(things)
    _keep(made, (*_of_parts(made, parts), *_of_ties(made, ties), *_of_named(made, told)))


def add_things_of_events(made: Gathered) -> None:
    """What else had a part in the events that are there, as far as it is tied to the people in them."""
    people = {person for person, name in made.names.items() if name}
    ties = rows.ties_through(made.see, people, made.facts.keys())
    _keep(made, _of_ties(made, ties))


def _tell(made: Gathered, parts: Iterable[Part]) -> None:
    """What is known of each event is the same in everybody's part."""
    for part in sorted(parts, key=lambda one: (one.event, one.person, one.role)):
        made.facts.setdefault(part.event, part)


def call(made: Gathered, people: Collection[str]) -> None:
    """Know how these are called, as far as the viewer may."""
    pages, new = made.see.build.pages(), set(people) - made.people.keys()
    found = called(pages, sorted(new), made.see, reasons_about(pages, new, see=made.see))
    made.people |= found
    made.names |= {person: one.name for person, one in found.items()}


def _keep(made: Gathered, found: Iterable[_Found]) -> None:
    """The evidence of people who may be named, within the days that are asked about."""
    for one, other, record, label in found:
        if not _is_withdrawn(made, record.record_id) and all(
            _may_be_named(made, end) for end in (one, other)
        ):
            made.records[ends_of(one, other)].add(record)
            if label:
                made.labels[other][label] += 1


def _is_withdrawn(made: Gathered, record_id: str) -> bool:
    """It was recorded by hand, and taken back since the build."""
    _area, _agency, file, number = f"{record_id}:::".split(":", 3)
    return file == BY_HAND and number.rstrip(":").partition("/")[0] in made.hand.withdrawn


def _may_be_named(made: Gathered, end: End) -> bool:
    return end[0] != PERSON or bool(made.names[end[1]])


def _of_parts(made: Gathered, parts: Iterable[Part]) -> Iterator[_Found]:
    for part in parts:
        if made.question.holds(part.first_on, part.last_on):
            record = Record(
                part.event, part.agency, part.first_on, part.grade, part.role, strength_of(part.grade), part.precision, part.person
            )  # fmt: skip
            yield (PERSON, part.person), (EVENT, part.event), record, ""


def _of_ties(made: Gathered, ties: Iterable[Tie]) -> Iterator[_Found]:
    for tie in ties:
        event = made.facts.get(tie.record_id) if tie.is_event else None
        first, last = (event.first_on, event.last_on) if event else (None, None)
        if (event or not tie.is_event) and made.question.holds(first, last):
            yield _of_tie(tie, event)


def _of_tie(tie: Tie, event: Part | None) -> _Found:
    """Of two people one record makes one line, told as its source does: not once more the other way round."""
    one, other = (PERSON, tie.person), (tie.thing, tie.key)
    is_reversed = tie.thing == PERSON and tie.how.startswith(_REVERSED)
    how, whose = (tie.how.removeprefix(_REVERSED), tie.key) if is_reversed else (tie.how, tie.person)
    on, grade, precision = (event.first_on, event.grade, event.precision) if event else (None, "", "day")
    record = Record(tie.record_id, tie.agency, on, grade, how, strength_of(grade), precision, whose)
    return one, other, record, tie.label if tie.thing != PERSON else ""


def _of_named(made: Gathered, told: Iterable[Line]) -> Iterator[_Found]:
    """What texts alone say; an event of which nothing else is seen is told of by none."""
    for line in told:
        is_seen = line.thing != EVENT or line.key in made.facts
        if is_seen and made.question.holds(line.on, line.on):
            record = Record(
                line.record_id, line.agency, line.on, line.grade, NAMED, TENTATIVE, whose=line.person_id
            )
            # What is told by its normal form alone is not how anybody writes it.
            label = line.label if line.thing != EVENT and line.label != line.key else ""
            yield (PERSON, line.person_id), (line.thing, line.key), record, label


def folded(edges: Iterable[Edge], keep: Collection[End]) -> tuple[list[Edge], int]:
    """The lines without events in which only one of the people has a part, and how many such events there are; `keep` stay."""
    edges = list(edges)
    people: Mapping[End, set[End]] = _people_of(edges)
    alone = {event for event, some in people.items() if len(some) < 2 and event not in keep}
    return [edge for edge in edges if not alone & set(edge.ends)], len(alone)


def _people_of(edges: Iterable[Edge]) -> dict[End, set[End]]:
    found: dict[End, set[End]] = defaultdict(set)
    for edge in edges:
        event, other = edge.ends
        if event[0] == EVENT and other[0] == PERSON:
            found[event].add(other)
    return found
