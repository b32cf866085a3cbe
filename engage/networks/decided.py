"""What did named people decide of somebody or something of concern, as far as one viewer may know?

A decision rests on the records that were before whoever made it: it is told to nobody who may not see one of them, nor one of that agency's notes.
It changes nothing of what is worked out from records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from engage.governance import queries as access
from engage.identities import assignments
from engage.networks.concern import PERSON, Key
from engage.networks.indicators.opened import base_of
from engage.networks.models import ConcernDecision
from engage.networks.rules import Line
from engage.networks.seeing import lines_of_records
from engage.picture.indicators.decided import counts
from engage.picture.seeing import Sight


@dataclass(frozen=True)
class Decision:
    """That a named person opened or closed somebody or something as of concern, or reviewed who is not counted (`says`), and why."""

    kind: str
    key: str
    says: str
    reason: str
    grade: str
    review_on: date | None
    said_by_name: str
    agency: str
    said_at: datetime


@dataclass(frozen=True)
class Decided:
    """The decisions that a viewer may know of, by whom or what they are of, newest first."""

    rows: Mapping[Key, tuple[Decision, ...]]

    def of(self, kind: str, key: str) -> tuple[Decision, ...]:
        """All of them of one."""
        return self.rows.get((kind, key), ())

    def opened(self, kind: str, key: str) -> Decision | None:
        """The decision by which it stands open; None where none does."""
        last = next((one for one in self.of(kind, key) if one.says in ("opened", "closed")), None)
        return last if last and last.says == "opened" else None

    def reviewed(self, kind: str, key: str) -> Decision | None:
        """The last review of somebody who is not counted."""
        return next((one for one in self.of(kind, key) if one.says == "not_counted"), None)

    def all_opened(self, kinds: Collection[str]) -> list[Key]:
        """What of these kinds stands open, by key."""
        return sorted(key for key in self.rows if key[0] in kinds and self.opened(*key))


def may_hear(see: Sight, agency: str, grade: str) -> bool:
    """What a worker decides is their agency's, as a note recorded by hand is, under the handling that its grade ends with."""
    return see.may(base_of(agency, grade), "event", frozenset({"*"}))


def decided(see: Sight, shown: Iterable[Line]) -> Decided:
    """What was decided by the viewing's day. `shown`: all lines that the viewer may see."""
    rows = [row for row in ConcernDecision.objects.order_by("seq") if counts(see, row.said_at)]
    if not rows:
        return Decided({})
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of_records(see, {record for row in rows for record in row.seen}):
        lines[line.record_id].append(line)
    visible = frozenset(shown)
    found: dict[Key, list[Decision]] = defaultdict(list)
    # Whether what was opened last was told to this viewer.
    told: dict[Key, bool] = {}
    for row, keys in zip(rows, _keys(see, rows, lines), strict=True):
        for key in keys:
            may_know = may_hear(see, row.agency, row.grade) and _may_know(see, row, key, lines, visible)
            if row.says == "opened":
                told[key] = may_know
            if row.says == "closed":
                # It tells that there was an opening; and whoever knows that one must learn that it stands no more.
                one = _decision(row, key) if may_know else replace(_decision(row, key), reason="")
                found[key] += [one] if told.get(key) else []
            elif may_know:
                found[key].append(_decision(row, key))
    return Decided(
        {key: tuple(reversed(some)) for key, some in found.items() if some and not see.bars.hides_thing(*key)}
    )


def _decision(row: ConcernDecision, key: Key) -> Decision:
    return Decision(*key, row.says, row.reason, row.grade, row.review_on, row.said_by_name, row.agency, row.said_at)  # fmt: skip


def _keys(
    see: Sight, rows: Iterable[ConcernDecision], lines: Mapping[str, Iterable[Line]]
) -> Iterator[list[Key]]:
    """Of whom or what each was decided, as of today. A person's goes with those of their records that were before whoever decided, wherever judgements moved
    these; where none of them is known any more, with the id."""
    of_people = [row for row in rows if row.kind == PERSON]
    now = assignments.today(see.build, {row.key for row in of_people})
    records = {
        line.person_record_id for row in of_people for record in row.seen for line in lines.get(record, ())
    }
    ever = assignments.rows_of(see.build, records) if records else []
    for row in rows:
        if row.kind != PERSON:
            yield [(row.kind, row.key)]
            continue
        # Of each record whose it was then.
        whose = {one.record_id: one.person_id for one in ever if one.assigned_at <= row.said_at}
        moved = {
            line.person_id
            for record in row.seen
            for line in lines.get(record, ())
            if whose.get(line.person_record_id) == row.key
        }
        yield [(PERSON, person) for person in sorted(moved or {now.get(row.key, row.key)})]


def _may_know(
    see: Sight,
    row: ConcernDecision,
    key: Key,
    lines: Mapping[str, Iterable[Line]],
    visible: Collection[Line],
) -> bool:
    """Of each record that was before whoever decided the viewer sees something, and all that ties the one it is of. Of a record that is gone, and of what
    rests on none, only who may decide in the same agency."""
    viewer = see.viewing.viewer
    is_own = viewer.agency == row.agency and access.can(viewer=viewer, what="open_concern")
    if not row.seen and row.says != "closed":
        return is_own
    for record in row.seen:
        some = list(lines.get(record, ()))
        if not some and not is_own:
            return False
        if some and not any(line in visible for line in some):
            return False
        if any(_is_of(line, key) and line not in visible for line in some):
            return False
    return True


def _is_of(line: Line, key: Key) -> bool:
    return key in ((PERSON, line.person_id), (line.thing, line.key))
