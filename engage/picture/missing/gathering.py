"""Which records of going missing may a viewer see, whose are they today, and what do they make of each child?

Every row is a record's first: it belongs to whoever that record is today. What the viewer may not see makes no episode, no company
and no count. What was recorded by hand since the build stands among the rows.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from engage.identities import assignments
from engage.picture import byhand
from engage.picture.missing import ends, rules
from engage.picture.missing.episodes import episodes
from engage.picture.missing.rules import Episode, Recorded
from engage.picture.missing.stated import Stated, stated
from engage.picture.missing.tables import KINDS
from engage.picture.reading import happenings, moment
from engage.picture.search.called import Called, called
from engage.picture.seeing import Base, Sight, reasons_about
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.time import london_day, london_midnight


_COLUMNS = (
    "person_id, person_record_id, fact, event_record_id, role, kind, category, title, outcome, recorded_by, details, happened_from_at, "
    "happened_until_at, happened_precision, until_precision, agency, file, source_id, known_from_on, access_base, role_base, event_base"
)
_ROWS = f"""
    select {_COLUMNS} from chronology where {KINDS} and happened_from_at >= ? and happened_from_at < ?
    and known_from_on <= ? and (known_until_on is null or known_until_on > ?) order by event_record_id, person_record_id, role
"""
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
    `by_hand` the words of what was recorded by hand since the build: whose they are, the words, and on what access to them is decided."""

    see: Sight
    now: datetime
    stated: Stated
    children: dict[str, ChildRecords] = field(default_factory=dict)
    why: dict[str, frozenset[str]] = field(default_factory=dict)
    how_called: dict[str, Called] = field(default_factory=dict)
    by_hand: dict[str, tuple[str, str, Base]] = field(default_factory=dict)

    def name(self, person_id: str) -> str:
        """How a person is called; "" where the viewer may not know."""
        return self.how_called[person_id].name if person_id in self.how_called else ""


def gather(see: Sight, days: int) -> Gathered:
    """What may be seen of children of whom something of the last `days` is recorded, or who are not back; each with what came before."""
    now, by = now_of(see.viewing, see.build), stated()
    rows = _rows(see, now, by.days["before"])
    made = Gathered(see, now, by)
    made.by_hand = {
        row["event_record_id"]: (row["agency"], row["narrative"], row["narrative_base"])
        for row in rows
        if _is_fresh(row) and row["narrative"]
    }
    whose = _whose(see, rows)
    made.why = reasons_about(see.build.pages(), set(whose.values()), see=see)
    shown = _visible(rows, whose, see, made.why)
    # What may not be seen decides nothing: neither who is listed nor whether anybody's end is told.
    open_rows = [row for own in shown.values() for row in own]
    concerned = _concerned(open_rows, whose, now - timedelta(days=days))
    events = {row["event_record_id"] for row in open_rows if whose[_key(row)] in concerned}
    visible = {
        person: near
        for person, own in shown.items()
        if (near := [row for row in own if row["event_record_id"] in events])
    }
    ends_sent_by = _ends_sent_by(see, open_rows)
    made.how_called = called(see.build.pages(), sorted(visible), see, made.why)
    for person_id in sorted(concerned & visible.keys()):
        child = _child(person_id, visible, ends_sent_by, by, now)
        young = _as_a_child(made, child)
        if young.episodes:
            made.children[person_id] = young
    return made


def now_of(viewing: Viewing, build: Build) -> datetime:
    """Until when what is shown had happened: the moment of looking, or, of an earlier day, its end."""
    if viewing.as_of >= build.info.as_of:
        return viewing.at
    return london_midnight(viewing.as_of + timedelta(days=1))


def born_of(one: Called) -> tuple[date, date] | None:
    """The first day of birth that is possible by what the viewer may know, and the first that is not any more."""
    exact = one.birth
    if len(exact) == 10 and exact[4] == exact[7] == "-":
        day = date.fromisoformat(exact)
        return day, day + timedelta(days=1)
    keys = [
        row["value_key"]
        for row in one.rows
        if row["field"] == "birth" and row["is_valid"] and row["value_key"]
    ]
    spans = [tuple(map(date.fromisoformat, key.split("/"))) for key in keys if key.count("/") == 1]
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


def _as_a_child(made: Gathered, child: ChildRecords) -> ChildRecords:
    """What is recorded of the person as a child: grown-ups are left out, whose age is not known is not. Who came of age while missing
    is still looked for."""
    one = made.how_called.get(child.person_id)
    born = born_of(one) if one else None
    young = tuple(e for e in child.episodes if rules.is_child(born, london_day(e.since.from_at)) is not False)
    ends = {e.end.record_id for e in young if e.end} | {
        e.interview.recorded.record_id for e in young if e.interview
    }
    kept = {
        one.record_id: one
        for one in child.recorded
        if one.record_id in ends or rules.is_child(born, london_day(one.from_at)) is not False
    }
    company = tuple(one for one in child.company if one.record_id in kept)
    return ChildRecords(child.person_id, young, tuple(kept.values()), company, child.record_ids)


def _rows(see: Sight, now: datetime, days: int) -> list[Any]:
    day, viewing = see.viewing.as_of.isoformat(), see.viewing
    first, last = (_stored(at) for at in (now - timedelta(days=days), now))
    built = see.build.pages().execute(_ROWS, [first, last, day, day]).fetchall()
    hand = byhand.of_everybody(viewing, see.build)
    fresh = [row for row in hand.rows if row["kind"] in ("missing", "found", "return_interview")]
    return [
        row
        for row in hand.standing([*built, *fresh])
        if row["happened_from_at"] and row["happened_from_at"] < last
    ]


def _stored(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def _is_fresh(row: Any) -> bool:
    """It was recorded by hand since the build."""
    return "is_fresh" in row.keys()  # noqa: SIM118  sqlite3.Row iterates over values


def _key(row: Any) -> tuple[str, str]:
    return row["person_record_id"], row["event_record_id"]


def _whose(see: Sight, rows: Iterable[Any]) -> dict[tuple[str, str], str]:
    """The person that each row is of today."""
    found, fresh = {}, {}
    for row in rows:
        if _is_fresh(row):
            fresh[_key(row)] = row["person_record_id"]
        else:
            found[_key(row)] = see.today.person(row["person_record_id"], row["person_id"])
    if fresh:
        persons = assignments.persons_of(see.build, set(fresh.values()))
        found |= {key: persons.get(record, "") for key, record in fresh.items()}
    return found


def _concerned(rows: Iterable[Any], whose: Mapping[tuple[str, str], str], first_at: datetime) -> set[str]:
    """Of whom something was recorded since then, or whose last report has nothing after it: of others the screen says nothing."""
    reported: dict[str, str] = defaultdict(str)
    after: dict[str, str] = defaultdict(str)
    for row in rows:
        if stated().is_child_role(row["role"]):
            at = reported if row["kind"] == "missing" else after
            person = whose[_key(row)]
            at[person] = max(at[person], row["happened_from_at"])
    first = _stored(first_at)
    return {
        person
        for person, last in reported.items()
        if person and (last >= first or after[person] >= first or after[person] < last)
    }


def _visible(
    rows: Iterable[Any], whose: Mapping[tuple[str, str], str], see: Sight, why: Mapping[str, frozenset[str]]
) -> dict[str, list[Any]]:
    """The rows that the viewer may see, by person."""
    by_person: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[whose[_key(row)]].append(row)
    return {
        person: seen
        for person, own in by_person.items()
        if person and (seen := [row for one in happenings(own, see, why[person]) for row in one.rows])
    }


def _ends_sent_by(see: Sight, rows: Iterable[Any]) -> frozenset[str]:
    """The agencies that send when children come back: their mapping declares it, or a record of theirs says it of somebody."""
    day = see.viewing.as_of.isoformat()
    declared = {row[0] for row in see.build.pages().execute(_SEND_FOUND, [day])}
    told = {row["agency"] for row in rows if row["kind"] == "found" or ends.says_end(_recorded(row))}
    return frozenset(declared | told)


def _child(
    person_id: str,
    visible: Mapping[str, list[Any]],
    ends_sent_by: AbstractSet[str],
    by: Stated,
    now: datetime,
) -> ChildRecords:
    own = [row for row in visible[person_id] if by.is_child_role(row["role"])]
    recorded = {row["event_record_id"]: _recorded(row) for row in own}
    others = [
        Company(
            person, row["role"], london_day(recorded[row["event_record_id"]].from_at), row["event_record_id"]
        )
        for person, rows in visible.items()
        for row in rows
        if person != person_id and row["event_record_id"] in recorded and row["kind"] != "return_interview"
        if by.is_company_role(row["role"]) or by.is_child_role(row["role"])
    ]
    made = episodes(recorded.values(), ends_sent_by=ends_sent_by, stated=by, now=now)
    return ChildRecords(
        person_id,
        made,
        tuple(recorded.values()),
        tuple(sorted(others, key=lambda one: (-one.on.toordinal(), one.person_id))),
        {row["event_record_id"]: row["person_record_id"] for row in own},
    )


def _recorded(row: Any) -> Recorded:
    first = moment(row["happened_from_at"])
    assert first is not None  # noqa: S101  rows without a time are not read
    until = moment(row["happened_until_at"]) or first
    return Recorded(
        row["event_record_id"], row["kind"], row["agency"], first, until, row["happened_precision"], row["category"] or "",
        row["title"] or "", row["outcome"] or "", row["recorded_by"] or "", json.loads(row["details"]) if row["details"] else {},
        _is_fresh(row), row["until_precision"] or "",
    )  # fmt: skip
