"""How is a question answered with a chart? From evidence that the viewer may see, and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from engage.identities import assignments
from engage.networks.charts import crowds
from engage.networks.charts.ages import age_of
from engage.networks.charts.gathering import Gathered, add, add_things_of_events, call, folded, gather
from engage.networks.charts.nights import missing_together
from engage.networks.charts.rules import (
    BETWEEN,
    EVENT,
    MOST_NODES,
    NIGHTS,
    PERSON,
    Chart,
    Edge,
    End,
    Node,
    Question,
    Record,
)
from engage.networks.charts.ways import between, steps_from
from engage.networks.seeing import with_lines
from engage.picture.accused import listing
from engage.picture.seeing import Sight


def charted(see: Sight, question: Question) -> Chart | None:
    """The chart, its people by today's ids; None when the viewer may see nothing of something that is asked about. `question` names people by today's ids."""
    if question.asks == BETWEEN:
        return _between(see, question)
    return _nights(see, question) if question.asks == NIGHTS else _around(see, question)


def _apart(ends: Iterable[End]) -> tuple[set[str], set[End]]:
    """The people among these, and the things."""
    ends = set(ends)
    return {key for kind, key in ends if kind == PERSON}, {
        end for end in ends if end[0] not in (PERSON, EVENT)
    }


def _around(see: Sight, question: Question) -> Chart | None:
    people, things = _apart((*question.about, *question.expand))
    made = gather(see, question, people=people, things=things)
    if not _are_shown(made, question.about):
        return None
    add_things_of_events(made)
    edges, alone = folded(made.edges(), ())
    steps = steps_from(question.about, edges)
    return _chart(made, edges, steps, alone)


def _are_shown(made: Gathered, asked: Collection[End]) -> bool:
    """Something may be seen of each, whatever the days that are asked about: of a person a name."""
    people, things = _apart(asked)
    if not all(made.names[person] for person in people):
        return False
    unseen = things - made.ends()
    if not unseen:
        return True
    ever = gather(made.see, Question(), people=(), things=unseen)
    for thing in unseen:
        made.labels[thing] = ever.labels[thing]
    return unseen <= ever.ends()


def may_ask_about(see: Sight, asked: Collection[End]) -> bool:
    """Something may be seen of each of these, so that a chart may start from them. People by today's ids."""
    people, things = _apart(asked)
    made = gather(see, Question(), people=(), things=things)
    call(made, people)
    return _are_shown(made, asked)


def _between(see: Sight, question: Question) -> Chart | None:
    one, other = question.about[:2]
    people, things = _apart((one, other, *question.expand))
    made = gather(see, question, people=people, things=things)
    if not _are_shown(made, (one, other)):
        return None
    wide = _open_further(made, (one, other))
    closed = wide - {one, other, *question.expand}
    edges = [edge for edge in made.edges() if not closed & set(edge.ends)]
    on_the_way = between(one, other, edges, is_longer=question.is_longer)
    kept = [edge for edge in edges if set(edge.ends) <= on_the_way]
    return replace(_chart(made, kept, steps_from([one, other], kept), 0), is_joined=bool(on_the_way))


def _open_further(made: Gathered, starts: Collection[End]) -> frozenset[End]:
    """Open what is one line away from either, but not what is common; return what is."""
    near = {end for end, lines in steps_from(starts, made.edges()).items() if lines == 1}
    people, things = _apart(near)
    wide = crowds.common(made.see, things)
    add(made, people=people, things=things - wide)
    return wide


def _nights(see: Sight, question: Question) -> Chart | None:
    pairs = missing_together(see, question)
    whose = set(question.about)
    if whose:
        pairs = {two: some for two, some in pairs.items() if whose & set(two)}
    people, things = _apart((*whose, *question.expand, *(end for two in pairs for end in two)))
    made = gather(see, question, people=people, things=things)
    if not _are_shown(made, question.about):
        return None
    add_things_of_events(made)
    for two, records in pairs.items():
        made.records[two] |= records
    edges, alone = folded(made.edges(), ())
    starts = question.about or [end for two in pairs for end in two]
    return _chart(made, edges, steps_from(starts, edges), alone)


def _chart(made: Gathered, edges: Iterable[Edge], steps: Mapping[End, int], alone: int) -> Chart:
    """Of everything that is within reach the nearest MOST_NODES, and what was left out by kind."""
    near = [edge for edge in edges if set(edge.ends) <= steps.keys()]
    newest = _newest(near)
    order = sorted(steps, key=lambda end: (steps[end], -newest.get(end, 0), end))
    drawn, left = order[:MOST_NODES], order[MOST_NODES:]
    shown = set(drawn)
    kept = tuple(edge for edge in near if set(edge.ends) <= shown)
    things = [end for end in drawn if end[0] not in (PERSON, EVENT)]
    common = crowds.common(made.see, things)
    lined = with_lines(made.see, set(things) - common)
    records = _records(kept)
    nodes = (_node(made, end, steps[end], records.get(end, ())) for end in drawn)
    marked = tuple(replace(node, is_common=node.end in common, has_lines=node.end in lined) for node in nodes)
    told = Counter(end[0] for end in left)
    return Chart(
        made.question,
        marked,
        _listed(made.see, kept),
        dict(sorted(told.items())),
        alone,
        by_hand=_by_hand(made, shown),
    )


def _listed(see: Sight, edges: Collection[Edge]) -> tuple[Edge, ...]:
    """The same lines with what each record says as lists write it: who is not known to have been 18 then is called a suspect on no chart and in no file of one."""
    asked: dict[bool, set[listing.Asked]] = {True: set(), False: set()}
    for edge in edges:
        asked[_is_titled(edge)] |= {_asked(edge, record) for record in edge.records}
    said = {titled: listing.written(see, some, is_titled=titled) for titled, some in asked.items()}
    return tuple(
        replace(edge, records=tuple(replace(one, part=said[_is_titled(edge)][_asked(edge, one)]) for one in edge.records))
        for edge in edges
    )  # fmt: skip


def _is_titled(edge: Edge) -> bool:
    """What ties somebody to a thing by an event is told with the event's title before it."""
    return EVENT not in dict(edge.ends) and not all(kind == PERSON for kind, _key in edge.ends)


def _asked(edge: Edge, record: Record) -> listing.Asked:
    whose = record.whose or next((key for kind, key in edge.ends if kind == PERSON), "")
    return whose, record.part, record.on


def _by_hand(made: Gathered, shown: Collection[End]) -> dict[str, int]:
    """How much was recorded by hand since the build about each of the people who are drawn, of what the viewer may see."""
    of_whom = [row["person_record_id"] for row in made.hand.rows]
    persons = assignments.persons_of(made.see.build, of_whom) if of_whom else {}
    counted = Counter(persons[record] for record in of_whom if (PERSON, persons.get(record, "")) in shown)
    return dict(sorted(counted.items()))


def _newest(edges: Iterable[Edge]) -> dict[End, int]:
    found: dict[End, int] = {}
    for edge in edges:
        if edge.last_on:
            for end in edge.ends:
                found[end] = max(found.get(end, 0), edge.last_on.toordinal())
    return found


def _records(edges: Iterable[Edge]) -> dict[End, list[Record]]:
    found: dict[End, list[Record]] = {}
    for edge in edges:
        for end in edge.ends:
            found.setdefault(end, []).extend(edge.records)
    return found


def _node(made: Gathered, end: End, steps: int, records: Collection[Record]) -> Node:
    kind, key = end
    if kind == EVENT:
        fact = made.facts[key]
        return Node(kind, key, fact.title, fact.kind, steps=steps, on=fact.first_on, precision=fact.precision)
    is_open = end in made.opened
    if kind != PERSON:
        return Node(kind, key, made.label(end), is_open=is_open, steps=steps)
    own = [record for record in records if record.whose in ("", key)] or list(records)
    age = age_of(made.people[key], own, made.see.viewing.as_of)
    return Node(kind, key, made.names[key], age=age, is_open=is_open, steps=steps)
