"""What does a pack tell of each case? What happened, as far as whoever prints it may see it, and a worker of the agency for which it is printed might."""

from __future__ import annotations

from dataclasses import replace

from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.meetings.deciding import Opened
from engage.casework.meetings.holders import rows_of
from engage.casework.meetings.kinds.reading import seats
from engage.casework.meetings.period import since
from engage.casework.minutes.rules import Fact, Sheet
from engage.picture import reading
from engage.picture.seeing import Sight, reasons_about, sight
from engage.vocabulary.access import Viewer
from engage.vocabulary.time import london_day


FACTS = 25
_AT = (
    "select distinct tie.record_id, tie.happened_from_at, tie.agency, tie.access_base, tie.other_base, tie.kind as tied, chronology.kind from tie "
    "join chronology on chronology.event_record_id = tie.record_id where tie.thing = 'place' and tie.thing_key = ? and tie.happened_from_at >= ? "
    "and tie.known_from_on <= ? and (tie.known_until_on is null or tie.known_until_on > ?) order by tie.happened_from_at desc, tie.record_id"
)


def sheets(found: Opened, audience: str) -> list[Sheet]:
    """A sheet for each case on the agenda of which that agency is told ("" for whoever prints), in its order."""
    titles = found.desk.titles(found.book, names_children=found.kind.names_children)
    heads = [
        head
        for head in found.desk.heads(found.book)
        if not audience or audience in found.book.parts(head.number)
    ]
    return [_sheet(found, head, titles.get(head.number, ""), audience) for head in heads]


def _sheet(found: Opened, head: Head, title: str, audience: str) -> Sheet:
    sights = [found.desk.desk.see, *([_sight_of(found, audience)] if audience else [])]
    is_person = head.kind in OF_PEOPLE and bool(head.subject)
    facts = (
        _of_person(found, head, sights)
        if is_person and found.kind.names_children
        else _of_place(found, head, sights)
    )
    worker = head.worker_name if found.kind.names_children else ""
    return Sheet(head.number, title, head.state.title, worker, tuple(facts[:FACTS]))


def _sight_of(found: Opened, agency: str) -> Sight:
    """What a worker of that agency sees, in the role in which its seat is taken."""
    known = found.area.agencies.get(agency)
    seat = seats().by_code[seats().of_agency(known.kind if known else "")]
    viewer = Viewer("", "", agency, seat.reads_as)
    return sight(replace(found.viewing, viewer=viewer), found.desk.desk.see.build)


def _of_person(found: Opened, head: Head, sights: list[Sight]) -> list[Fact]:
    """What everybody of these may see: nobody gets more than whoever prints it, or than their own agency may have."""
    _said, rows = rows_of(sights[0], head.subject, since(found.viewing, found.kind.period_months))
    seen = []
    for see in sights:
        reasons = reasons_about(see.build.pages(), [head.subject], see=see)[head.subject]
        seen.append({one.record_id: one for one in reading.happenings(rows, see, reasons)})
    both = [one for key, one in seen[0].items() if all(key in other for other in seen)]
    return [_fact(one) for one in reading.newest_first(both)]


def _fact(one: reading.Happening) -> Fact:
    at = reading.moment(one.from_at)
    return Fact(london_day(at) if at else None, one.kind, one.rows[0]["title"] or "", one.agency)


def _of_place(found: Opened, head: Head, sights: list[Sight]) -> list[Fact]:
    """What happened at a place: when and of what kind, never with whom, nor in an agency's words, which may name somebody."""
    day = found.viewing.as_of.isoformat()
    from_on = since(found.viewing, found.kind.period_months).isoformat()
    rows = sights[0].build.pages().execute(_AT, [head.subject, from_on, day, day]).fetchall()
    made = []
    for row in rows:
        if all(see.hears(row["access_base"], row["other_base"], row["tied"], frozenset()) for see in sights):
            at = reading.moment(row["happened_from_at"])
            made.append(Fact(london_day(at) if at else None, row["kind"], "", row["agency"]))
    return made
