"""What does a pack tell of each case? What happened, as far as whoever prints it may see it, and a worker of the agency for which it is printed might."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.meetings.deciding import Opened
from engage.casework.meetings.kinds.reading import seats
from engage.casework.meetings.period import since
from engage.casework.meetings.recorded import rows_of
from engage.casework.minutes.rules import Fact, Sheet
from engage.picture import reading
from engage.picture.seeing import Sight, reasons_about, sight
from engage.vocabulary.access import Viewer
from engage.vocabulary.time import london_day


FACTS = 25
# Of the ties of anything but people there is an index by what they lead to.
_AT = (
    "select distinct tie.thing_key, tie.record_id, tie.happened_from_at, tie.agency, tie.access_base, tie.other_base, tie.kind as tied, chronology.kind from tie "
    "join chronology on chronology.event_record_id = tie.record_id where tie.thing <> 'person' and tie.thing = 'place' "
    "and tie.thing_key in (select value from json_each(?)) and tie.happened_from_at >= ? "
    "and tie.known_from_on <= ? and (tie.known_until_on is null or tie.known_until_on > ?) order by tie.happened_from_at desc, tie.record_id"
)


def sheets(found: Opened, audience: str) -> list[Sheet]:
    """A sheet for each case on the agenda of which that agency is told ("" for whoever prints), in its order. The number of queries does not grow with them."""
    titles = found.desk.titles(found.book, names_children=found.kind.names_children)
    heads = [
        head
        for head in found.desk.heads(found.book)
        if not audience or audience in found.book.parts(head.number)
    ]
    facts = _facts(found, heads, audience)
    return [
        Sheet(
            head.number, titles.get(head.number, ""), head.state.title, head.worker_name if found.kind.names_children else "",
            tuple(facts.get(head.subject, [])[:FACTS]),
        )
        for head in heads
    ]  # fmt: skip


def _facts(found: Opened, heads: Iterable[Head], audience: str) -> dict[str, list[Fact]]:
    """What is told of each person or place that these cases are about, by its id or key; where no child is named, of places alone."""
    sights = [found.desk.desk.see, *([_sight_of(found, audience)] if audience else [])]
    people: set[str] = set()
    places: set[str] = set()
    for head in heads:
        is_named = head.kind in OF_PEOPLE and bool(head.subject) and found.kind.names_children
        (people if is_named else places).add(head.subject)
    return {**_at_places(found, places, sights), **_of_people(found, people, sights)}


def _sight_of(found: Opened, agency: str) -> Sight:
    """What a worker of that agency sees, in the role in which its seat is taken."""
    known = found.area.agencies.get(agency)
    seat = seats().by_code[seats().of_agency(known.kind if known else "")]
    viewer = Viewer("", "", agency, seat.reads_as)
    return sight(replace(found.viewing, viewer=viewer), found.desk.desk.see.build)


def _of_people(found: Opened, people: Collection[str], sights: Sequence[Sight]) -> dict[str, list[Fact]]:
    """What everybody of these may see: nobody gets more than whoever prints it, or than their own agency may have."""
    if not people:
        return {}
    rows = rows_of(sights[0], people, since(found.viewing, found.kind.period_months))
    reasons = [(see, reasons_about(see.build.pages(), people, see=see)) for see in sights]
    return {person: _told(rows[person][1], [(see, why[person]) for see, why in reasons]) for person in people}


def _told(rows: Sequence[Any], to: Sequence[tuple[Sight, frozenset[str]]]) -> list[Fact]:
    """What of these rows all of these may see, each with the reasons that there are for them, the newest first."""
    first, *others = [{one.record_id: one for one in reading.happenings(rows, *whom)} for whom in to]
    both = [one for key, one in first.items() if all(key in other for other in others)]
    return [_fact(one) for one in reading.newest_first(both)[:FACTS]]


def _fact(one: reading.Happening) -> Fact:
    at = reading.moment(one.from_at)
    return Fact(london_day(at) if at else None, one.kind, one.rows[0]["title"] or "", one.agency)


def _at_places(found: Opened, keys: Collection[str], sights: Sequence[Sight]) -> dict[str, list[Fact]]:
    """What happened at these places: when and of what kind, never with whom, nor in an agency's words, which may name somebody."""
    if not keys:
        return {}
    day = found.viewing.as_of.isoformat()
    from_on = since(found.viewing, found.kind.period_months).isoformat()
    rows = sights[0].build.pages().execute(_AT, [json.dumps(sorted(keys)), from_on, day, day])
    made: dict[str, list[Fact]] = defaultdict(list)
    for row in rows:
        if all(see.hears(row["access_base"], row["other_base"], row["tied"], frozenset()) for see in sights):
            at = reading.moment(row["happened_from_at"])
            made[row["thing_key"]].append(Fact(london_day(at) if at else None, row["kind"], "", row["agency"]))  # fmt: skip
    return made
