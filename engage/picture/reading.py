"""How is one person's page put together from indexed rows, cut to a day and to what the viewer may see?"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from engage.governance.policies import SPECIALIST
from engage.picture.rules import Entry, Filters, Involved, SaidField, SaidValue, Saying
from engage.picture.seeing import Base, Sight
from engage.store.area import Area
from engage.vocabulary.access import Decision, Outcome
from engage.vocabulary.time import london_day, london_midnight


Rows = Sequence[sqlite3.Row]
FIELDS = ("name", "alias", "nickname", "former", "preferred", "birth", "sex", "nhs_number", "upn", "pnc_id", "address", "phone", "email",
          "organisation", "ethnicity", "nationality", "religion")  # fmt: skip
# Of these a person may well have several at once, or agencies write them in codes of their own: difference is no conflict.
SEVERAL = frozenset(
    {
        "alias",
        "nickname",
        "former",
        "preferred",
        "address",
        "phone",
        "email",
        "organisation",
        "ethnicity",
        "nationality",
        "religion",
    }
)
ENTRY_COLUMNS = ("event_record_id", "kind", "category", "title", "outcome", "recorded_by", "happened_precision", "happened_text", "until_precision", "grade",
                 "handling", "agency", "file", "source_id", "delivery_id", "row_number")  # fmt: skip
BY_HAND = "by-hand"
_FACTS = ("event", "narrative")
# So that the same rows are read in the same order from every build.
_ORDERS = {
    "said": "record_id, field, value, known_from_on",
    "chronology": "event_record_id, person_record_id, role, known_from_on",
    "tie": "record_id, thing, thing_key, how, known_from_on",
}


def known_rows(
    pages: sqlite3.Connection, table: str, person_ids: Sequence[str], as_of: date, *, current: bool = True
) -> Rows:
    """The rows of these persons that were known on a day: as they stood then, or (`current` False) ever until then."""
    marks = ", ".join("?" * len(person_ids))
    day = as_of.isoformat()
    stands = " and (known_until_on is null or known_until_on > ?)" if current else ""
    sql = f"select * from {table} where person_id in ({marks}) and known_from_on <= ?{stands} order by {_ORDERS[table]}"
    return pages.execute(sql, [*person_ids, day, *([day] if current else [])]).fetchall()


def moment(text: str | None) -> datetime | None:
    """A stored UTC moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def may_hear(row: Any, sight: Sight, reasons: frozenset[str]) -> bool:
    """A row of `said` or `find` is open: what it says, and the tie that it comes by."""
    return sight.hears(row["access_base"], row["other_base"], row["kind"], reasons)


def said_fields(rows: Rows, as_of: date) -> tuple[SaidField, ...]:
    """Each thing that is said of the person in these rows, each value with all who say so; conflicts are of today's values."""
    values: dict[str, dict[str, list[sqlite3.Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        values[row["field"]][row["value_key"] or row["value"]].append(row)
    named = [*(f for f in FIELDS if f in values), *sorted(set(values) - set(FIELDS))]
    return tuple(_said_field(name, values[name], as_of.isoformat()) for name in named)


def _said_field(name: str, values: dict[str, list[sqlite3.Row]], day: str) -> SaidField:
    made = []
    for rows in values.values():
        says = sayings(rows, day)
        is_current = any(s.known_until_on is None for s in says)
        is_used = all(r["is_valid"] != 0 for r in rows)
        made.append(SaidValue(rows[0]["value"] or "", says, is_used, is_current))
    made.sort(key=lambda v: (not v.is_current, not v.is_used, -len(v.said_by), v.value))
    return SaidField(name, tuple(made), name not in SEVERAL and sum(v.is_current for v in made) > 1)


def sayings(rows: Iterable[sqlite3.Row], day: str) -> tuple[Saying, ...]:
    """Who says so, each record once: from when it first did, until when it last did, as far as was known on the day."""
    by_record: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        by_record[row["record_id"]].append(row)
    return tuple(_saying(record_id, own, day) for record_id, own in sorted(by_record.items()))


def _saying(record_id: str, rows: list[sqlite3.Row], day: str) -> Saying:
    ends = [row["known_until_on"] for row in rows]
    still = any(end is None or end > day for end in ends)
    return Saying(
        rows[0]["agency"], record_id, min(row["known_from_on"] for row in rows), None if still else max(ends)
    )


@dataclass(frozen=True)
class Happening:
    """One event, or one text that stands alone, with all of the person's parts in it: the rows of one line of the chronology.

    Moments are written as they are stored: UTC, so that they sort as text.
    """

    record_id: str
    agency: str
    kind: str
    from_at: str | None
    until_at: str | None
    rows: tuple[Any, ...]


def happenings(rows: Iterable[Any], sight: Sight, reasons: frozenset[str]) -> list[Happening]:
    """What the viewer may see of these rows of the chronology, one for each event."""
    events: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        if _may_see(row, sight, reasons):
            events[row["event_record_id"]].append(row)
    return [
        Happening(
            key,
            own[0]["agency"],
            own[0]["kind"],
            own[0]["happened_from_at"],
            own[0]["happened_until_at"],
            tuple(own),
        )
        for key, own in events.items()
    ]


def _may_see(row: Any, sight: Sight, reasons: frozenset[str]) -> bool:
    is_hidden = sight.bars.hides(row["event_record_id"])
    return not is_hidden and sight.strictest(_parts_happened(row), reasons).is_allowed


def newest_first(found: list[Happening]) -> list[Happening]:
    """In the order of a chronology: newest first, what happened at no known time last."""
    by_id = sorted(found, key=lambda h: h.record_id)
    return sorted(by_id, key=lambda h: (h.from_at is not None, h.from_at or ""), reverse=True)


def cut(found: Iterable[Happening], filters: Filters) -> list[Happening]:
    """What the filters let through. An interval is let through when any part of it falls within the days."""
    first = _stored(filters.from_on) if filters.from_on else None
    last = _stored(filters.until_on + timedelta(days=1)) if filters.until_on else None

    def within(h: Happening) -> bool:
        if (filters.agencies and h.agency not in filters.agencies) or (
            filters.kinds and h.kind not in filters.kinds
        ):
            return False
        if first and (h.until_at is None or h.until_at <= first):
            return False
        return not (last and (h.from_at is None or h.from_at >= last))

    return [h for h in found if within(h)]


def _stored(day: date) -> str:
    return london_midnight(day).strftime("%Y-%m-%d %H:%M:%S")


def entry(
    found: Happening, sight: Sight, reasons: frozenset[str], unjudged: frozenset[str] = frozenset()
) -> Entry:
    """One line of the chronology; `unjudged` are records of the person whose joins nobody has judged."""
    row = found.rows[0]
    text = (
        sight.of(row["narrative_base"], "narrative", reasons).outcome
        if row["narrative"] and row["event_record_id"] not in sight.bars.texts
        else Outcome.NOTHING
    )
    is_told = row["place"] and row["event_record_id"] not in sight.bars.at_places
    place = row["place"] if is_told and sight.may(row["place_base"], "location", reasons) else None
    return Entry(
        **{k: row[k] for k in ENTRY_COLUMNS},
        roles=tuple(sorted({r["role"] for r in found.rows if r["role"]})),
        details=json.loads(row["details"]) if row["details"] else {},
        happened_from_at=moment(row["happened_from_at"]),
        happened_until_at=moment(row["happened_until_at"]),
        place=place,
        narrative=row["narrative"] if text is Outcome.ALLOW else None,
        narrative_withheld=text is Outcome.SIGNPOST,
        received_on=date.fromisoformat(row["received_on"]),
        is_by_hand=row["file"] == BY_HAND,
        is_unjudged=all("is_fresh" not in r.keys() and r["person_record_id"] in unjudged for r in found.rows),  # noqa: SIM118
        is_fresh="is_fresh" in row.keys(),  # noqa: SIM118  sqlite3.Row iterates over values
    )


def involved(
    area: Area,
    said: Rows,
    chronology: Iterable[Any],
    sight: Sight,
    reasons: frozenset[str],
    unjudged: frozenset[str] = frozenset(),
) -> tuple[Involved, ...]:
    """Which agencies know the person, last contact first; those only signposted say no more than that, and whom to phone. `unjudged` are
    records of the person whose joins nobody has judged."""
    groups: dict[tuple[str, bool, str], dict[str, Any]] = {}
    for row, kind, at, parts in [
        *((r, r["kind"], None, _parts_said(r)) for r in said),
        *(
            (r, r["fact"], r["happened_from_at"], _parts_happened(r))
            for r in chronology
            if not sight.bars.hides(r["event_record_id"])
        ),
    ]:
        decision = _knowing(parts, sight, reasons)
        if decision.outcome is Outcome.NOTHING:
            continue
        is_special = any(b is not None and sight.sensitivity(b) == "health-specialist" for b, _kind in parts)
        special = "specialist" if is_special else ""
        key = (row["agency"], decision.outcome is Outcome.SIGNPOST, special)
        group = groups.setdefault(
            key, {"services": set(), "last": "", "sentence": decision.sentence, "by": set()}
        )
        group["last"] = max(group["last"], at or "")
        group["by"].add(_by(row, kind))
        if decision.outcome is Outcome.ALLOW and not special:
            group["services"].add(row["event_record_id" if kind in _FACTS else "record_id"].split(":", 3)[2])
    made = [_involved(area, key, group, unjudged) for key, group in groups.items()]
    return tuple(
        sorted(made, key=lambda i: (-(i.last_contact_on or date.min).toordinal(), i.title, i.is_signpost))
    )


def _by(row: Any, kind: str) -> str:
    """The record of the person by which an agency knows them; none by what was recorded by hand since the build."""
    if kind not in _FACTS:
        return str(row["record_id"])
    return "" if "is_fresh" in row.keys() else str(row["person_record_id"])  # noqa: SIM118


def _knowing(parts: tuple[tuple[Base | None, str], ...], sight: Sight, reasons: frozenset[str]) -> Decision:
    """Whether the agency is told of, or signposted. A part guarded as the event is goes with it into the signpost."""
    (base, kind), *_further = parts
    of_event = sight.of(base, kind, reasons) if base is not None else None
    if of_event and of_event.outcome is Outcome.SIGNPOST:
        parts = tuple((b, k) for b, k in parts if b != base or k == kind)
    return sight.strictest(parts, reasons)


def _parts_said(row: Any) -> tuple[tuple[Base | None, str], ...]:
    return ((row["access_base"], row["kind"]), (row["other_base"], row["kind"]))


def _parts_happened(row: Any) -> tuple[tuple[Base | None, str], ...]:
    """What a line rests on, besides its text and place: the event, and the person's part in it."""
    return ((row["access_base"], row["fact"]), (row["role_base"], "role"), (row["event_base"], "event"))


def _last_day(text: str) -> date | None:
    """The London day of a stored moment, or the stored day itself; a record of a person alone is no contact."""
    if not text:
        return None
    at = moment(text) if len(text) > 10 else None
    return london_day(at) if at else date.fromisoformat(text)


def _involved(
    area: Area, key: tuple[str, bool, str], group: dict[str, Any], unjudged: frozenset[str]
) -> Involved:
    code, is_signpost, special = key
    agency = area.agencies.get(code)
    title = SPECIALIST if special else (agency.title if agency else code)
    return Involved(
        agency=code, title=title, services=tuple(sorted(group["services"])), last_contact_on=_last_day(group["last"]),
        contact=agency.contact if agency else "", phone=agency.phone if agency else "", is_signpost=is_signpost,
        sentence=group["sentence"] if is_signpost else None, is_unjudged=not is_signpost and group["by"] <= unjudged,
    )  # fmt: skip
