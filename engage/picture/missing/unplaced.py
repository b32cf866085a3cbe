"""What do records say of going missing that makes no time of being missing: because none says when, or none says who is missing?

It is listed as it is, and not guessed at: "time not known" is no reason to show nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engage.picture.accused import listing
from engage.picture.missing.ages import births_of, may_be_child
from engage.picture.missing.gathering import Gathered
from engage.picture.missing.rows import recorded, stored
from engage.picture.missing.rules import BACK, Recorded
from engage.picture.reading import moment
from engage.picture.search.called import called
from engage.vocabulary.time import london_day, london_midnight


@dataclass(frozen=True)
class Untimed:
    """A report, or a record of being found (`kind`), of which no record says when: it was so before it was received. `text` is what its
    source wrote of the time, "" for nothing; `name` "" where the viewer may not know it."""

    person_id: str
    name: str
    record_id: str
    kind: str
    agency: str
    text: str
    received_on: date


@dataclass(frozen=True)
class Part:
    """Who has which part in a report."""

    person_id: str
    name: str
    role: str


@dataclass(frozen=True)
class Unnamed:
    """A report in which nobody whom the viewer may see has a missing child's part; `since` is None where no record says when."""

    record_id: str
    agency: str
    category: str
    since: Recorded | None
    received_on: date
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Unplaced:
    """Both, newest first. `earlier_unnamed` is how many reports of the second kind are older than those that are listed."""

    untimed: tuple[Untimed, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()
    earlier_unnamed: int = 0

    @property
    def person_ids(self) -> frozenset[str]:
        """Everybody in them."""
        return frozenset(
            {one.person_id for one in self.untimed}
            | {part.person_id for one in self.unnamed for part in one.parts}
        )


def unplaced(gathered: Gathered) -> Unplaced:
    """What may be seen of both, of everybody; of agencies that never send ends, and of reports in which nobody is a missing child, those
    of the stated days."""
    rows = [(person, row) for person, row in _untimed_rows(gathered)]
    reports = _unnamed_rows(gathered)
    people = {person for person, _row in rows} | {person for own in reports.values() for person, _row in own}
    how = called(gathered.see.build.pages(), sorted(people), gathered.see, gathered.why)
    names = {person: one.name for person, one in how.items()}
    untimed = [
        Untimed(person, names[person], row["event_record_id"], row["kind"], row["agency"], row["happened_text"] or "", _received(row))
        for person, row in rows
        if may_be_child(births_of(how[person]), _received(row)) is not False
    ]  # fmt: skip
    said = _as_listed(gathered, (part for own in reports.values() for part in own))
    unnamed = [_unnamed(own, names, said) for own in reports.values()]
    first = gathered.now - timedelta(days=gathered.stated.days["end_not_received"])
    listed = [one for one in unnamed if _last_at(one) >= first]
    return Unplaced(
        tuple(sorted(untimed, key=lambda one: (-one.received_on.toordinal(), one.name, one.record_id))),
        tuple(sorted(listed, key=lambda one: (_last_at(one), one.record_id), reverse=True)),
        len(unnamed) - len(listed),
    )


def _asked(person: str, row: Any) -> listing.Asked:
    at = moment(row["happened_from_at"])
    return person, row["role"] or "", london_day(at) if at else None


def _as_listed(gathered: Gathered, parts: Iterable[tuple[str, Any]]) -> Mapping[listing.Asked, str]:
    """Everybody's part in these reports, as lists write it."""
    return listing.written(gathered.see, [_asked(person, row) for person, row in parts])


def _received(row: Any) -> date:
    return date.fromisoformat(row["received_on"])


def _last_at(one: Unnamed) -> datetime:
    """The last moment at which it may have been."""
    return one.since.until_at if one.since else london_midnight(one.received_on + timedelta(days=1))


def _untimed_rows(gathered: Gathered) -> Iterable[tuple[str, Any]]:
    """Those of a child, with whose they are, after which no record with a time tells anything of the child."""
    by = gathered.stated
    first = london_day(gathered.now) - timedelta(days=by.days["end_not_received"])
    for person, rows in gathered.untimed.items():
        child = gathered.children.get(person)
        timed = [r["happened_from_at"] for r in gathered.timed.get(person, ()) if by.is_child_role(r["role"])]
        for row in rows:
            received = _received(row)
            is_last = max(timed, default="") < stored(london_midnight(received + timedelta(days=1)))
            is_listed = (
                child is not None and child.episodes[-1].state != BACK
                if row["kind"] == "found"
                else row["agency"] in gathered.ends_sent_by or received >= first
            )
            if row["kind"] != "return_interview" and by.is_child_role(row["role"]) and is_last and is_listed:
                yield person, row


def _unnamed_rows(gathered: Gathered) -> dict[str, list[tuple[str, Any]]]:
    """The rows of each report in which nobody has a missing child's part, with whose they are."""
    reports: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for shown in (gathered.timed, gathered.untimed):
        for person, rows in shown.items():
            for row in rows:
                if row["kind"] == "missing":
                    reports[row["event_record_id"]].append((person, row))
    is_child = gathered.stated.is_child_role
    return {
        report: own
        for report, own in reports.items()
        if not any(is_child(row["role"]) for _person, row in own)
    }


def _unnamed(own: list[tuple[str, Any]], names: dict[str, str], said: Mapping[listing.Asked, str]) -> Unnamed:
    row = own[0][1]
    return Unnamed(
        record_id=row["event_record_id"],
        agency=row["agency"],
        category=row["category"] or "",
        since=recorded(row) if row["happened_from_at"] else None,
        received_on=_received(row),
        parts=tuple(
            Part(person, name, role)
            for name, person, role in sorted(
                {(names[person], person, said[_asked(person, part)]) for person, part in own}
            )
        ),
    )
