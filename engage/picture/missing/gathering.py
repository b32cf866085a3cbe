"""What do the records of going missing that a viewer may see make of each child? What may not be seen makes no episode, no company and
no count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from engage.governance.served import area_settings
from engage.picture.accused import listing
from engage.picture.missing import rows as reading
from engage.picture.missing.ages import Births, births_of, may_be_child
from engage.picture.missing.episodes import episodes
from engage.picture.missing.rows import recorded
from engage.picture.missing.rules import Episode, Recorded
from engage.picture.missing.stated import Stated, of_area
from engage.picture.search.called import Called, called
from engage.picture.seeing import Base, Sight, reasons_about
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day, london_midnight


_SEND_FOUND = "select distinct agency from covers where kind = 'found' and received_on <= ?"


@dataclass(frozen=True)
class Company:
    """Somebody who has a part in a report or return of a child, as the record calls that part."""

    person_id: str
    role: str
    on: date
    record_id: str


@dataclass(frozen=True)
class ChildRecords:
    """What the viewer may see of one child: the times of being missing, what each record says, and who else is in them."""

    person_id: str
    episodes: tuple[Episode, ...]
    recorded: tuple[Recorded, ...]
    company: tuple[Company, ...]
    record_ids: Mapping[str, str]


@dataclass
class Gathered:
    """Everything that one viewing may see of going missing, at one moment. `why` are the reasons about each person that is in it,
    `by_hand` the words of what was recorded by hand since the build: whose they are, the words, and on what access to them is decided;
    `timed` and `untimed` the rows by person, `ends_sent_by` the agencies that send when children come back."""

    see: Sight
    now: datetime
    stated: Stated
    children: dict[str, ChildRecords] = field(default_factory=dict)
    why: dict[str, frozenset[str]] = field(default_factory=dict)
    how_called: dict[str, Called] = field(default_factory=dict)
    by_hand: dict[str, tuple[str, str, Base]] = field(default_factory=dict)
    timed: dict[str, list[Any]] = field(default_factory=dict)
    untimed: dict[str, list[Any]] = field(default_factory=dict)
    ends_sent_by: frozenset[str] = frozenset()

    def births(self, person_id: str) -> Births:
        """Every birth of a person that is said."""
        return births_of(self.how_called.get(person_id))

    def name(self, person_id: str) -> str:
        """How a person is called; "" where the viewer may not know."""
        return self.how_called[person_id].name if person_id in self.how_called else ""


def gather(see: Sight, days: int) -> Gathered:
    """What may be seen of children of whom something of the last `days` is recorded, or who are not back; each with what came before."""
    made = _begun(see)
    return _filled(made, reading.read(see, made.now, made.stated), days)


def gather_late(see: Sight, days: int, *, of_days: int) -> Gathered:
    """The same of those alone of whom something happened in the last `of_days`: for a page that must not go through the records of everybody. Of them all is read that `gather` reads of the last two years."""
    made = _begun(see)
    read = reading.read_late(see, made.now, made.stated, made.now - timedelta(days=of_days))
    return _filled(made, read, days)


def _begun(see: Sight) -> Gathered:
    return Gathered(see, now_of(see.viewing, see.build), of_area(area_settings().get("missing")))


def _filled(made: Gathered, read: reading.Read, days: int) -> Gathered:
    see = made.see
    made.by_hand = {
        row["event_record_id"]: (row["agency"], row["narrative"], row["narrative_base"])
        for row in read.all
        if reading.is_fresh(row) and row["narrative"]
    }
    whose = reading.whose(see, read.all)
    made.why = reasons_about(see.build.pages(), set(whose.values()), see=see)
    # What may not be seen decides nothing: neither who is listed nor whether anybody's end is told.
    made.timed = reading.visible(read.timed, whose, see, made.why)
    made.untimed = reading.visible(read.untimed, whose, see, made.why)
    open_rows = [row for own in made.timed.values() for row in own]
    made.ends_sent_by = _ends_sent_by(see, open_rows)
    concerned = _concerned(made, made.now - timedelta(days=days))
    by_event = _by_event(made, concerned)
    near = {person for parts in by_event.values() for person, _row in parts}
    made.how_called = called(see.build.pages(), sorted(near), see, made.why)
    for person_id in sorted(concerned):
        young = _as_a_child(made, _child(person_id, by_event, made))
        if young.episodes:
            made.children[person_id] = young
    made.children = _with_company(see, made.children)
    return made


def _with_company(see: Sight, children: Mapping[str, ChildRecords]) -> dict[str, ChildRecords]:
    """The same with everybody's part as lists write it: who was with a missing child is often one as well."""
    asked = {(one.person_id, one.role, one.on) for child in children.values() for one in child.company}
    said = listing.written(see, asked)
    return {
        person: replace(
            child,
            company=tuple(replace(one, role=said[one.person_id, one.role, one.on]) for one in child.company),
        )
        for person, child in children.items()
    }


def now_of(viewing: Viewing, build: Build) -> datetime:
    """Until when what is shown had happened: the moment of looking, or, of an earlier day, its end."""
    if viewing.as_of >= build.info.as_of:
        return viewing.at
    return london_midnight(viewing.as_of + timedelta(days=1))


def _as_a_child(made: Gathered, child: ChildRecords) -> ChildRecords:
    """What is recorded of the person as a child: grown-ups are left out, whose age is not known is not. Who came of age while missing
    is still looked for."""
    births = made.births(child.person_id)
    young = tuple(e for e in child.episodes if may_be_child(births, london_day(e.since.from_at)) is not False)
    ends = {e.end.record_id for e in young if e.end} | {
        e.interview.recorded.record_id for e in young if e.interview
    }
    kept = {
        one.record_id: one
        for one in child.recorded
        if one.record_id in ends or may_be_child(births, london_day(one.from_at)) is not False
    }
    company = tuple(one for one in child.company if one.record_id in kept)
    return ChildRecords(child.person_id, young, tuple(kept.values()), company, child.record_ids)


def _concerned(made: Gathered, first_at: datetime) -> set[str]:
    """Of whom something was recorded since then, or whose last report has nothing after it: of others the screen says nothing."""
    first = reading.stored(first_at)
    found = set()
    for person, rows in made.timed.items():
        own = [row for row in rows if made.stated.is_child_role(row["role"])]
        last = max((row["happened_from_at"] for row in own if row["kind"] == "missing"), default="")
        after = max((row["happened_from_at"] for row in own if row["kind"] != "missing"), default="")
        # An interview after it may be about another time.
        found_at = max((row["happened_from_at"] for row in own if row["kind"] == "found"), default="")
        if last and (last >= first or after >= first or found_at < last):
            found.add(person)
    return found


def _ends_sent_by(see: Sight, rows: Iterable[Any]) -> frozenset[str]:
    """The agencies that send when children come back: their mapping declares it, or a record of theirs says it of somebody."""
    day = see.viewing.as_of.isoformat()
    declared = {row[0] for row in see.build.pages().execute(_SEND_FOUND, [day])}
    return frozenset(reading.telling_ends(rows, declared))


def _by_event(made: Gathered, persons: Iterable[str]) -> dict[str, list[tuple[str, Any]]]:
    """Of each event in which one of these has a part, everybody's rows."""
    events = {row["event_record_id"] for person in persons for row in made.timed[person]}
    found: dict[str, list[tuple[str, Any]]] = {event: [] for event in events}
    for person, rows in made.timed.items():
        for row in rows:
            if row["event_record_id"] in found:
                found[row["event_record_id"]].append((person, row))
    return found


def _child(person_id: str, by_event: Mapping[str, list[tuple[str, Any]]], gathered: Gathered) -> ChildRecords:
    by = gathered.stated
    own = [row for row in gathered.timed[person_id] if by.is_child_role(row["role"])]
    told = {row["event_record_id"]: recorded(row) for row in own}
    others = [
        Company(person, row["role"], london_day(one.from_at), event)
        for event, one in told.items()
        for person, row in by_event[event]
        if person != person_id and one.kind != "return_interview"
        if by.is_company_role(row["role"]) or by.is_child_role(row["role"])
    ]
    made = episodes(told.values(), ends_sent_by=gathered.ends_sent_by, stated=by, now=gathered.now)
    return ChildRecords(
        person_id,
        made,
        tuple(told.values()),
        tuple(sorted(others, key=lambda one: (-one.on.toordinal(), one.person_id, one.record_id, one.role))),
        {row["event_record_id"]: row["person_record_id"] for row in own},
    )
